//! Which unset settings attribution depends on: they must be decided before activation.

use rulebook::Setting;

use super::{Channel, Match, Principle, Rules};
use crate::needed::Needed;

impl Rules {
    /// The unset settings that an enforced rule depends on.
    ///
    /// A rulebook that leaves the principle unset does not speak of attribution at all: whoever receives
    /// a client first has them, and nothing is needed.
    #[must_use]
    pub fn undecided(&self) -> Vec<Needed> {
        let mut open = Vec::new();
        let Some(principle) = self.first.principle.value() else { return open };
        let by_record = *principle == Principle::ValidRegistration;
        need(&mut open, &self.registration.required, by_record, "[\"name\", \"telephone\"]");
        let calls = self.registration.channels.value().is_some_and(|c| c.contains(&Channel::Call));
        need(&mut open, &self.first.caller, by_record && calls, "\"nobody\"");
        need(&mut open, &self.validity.days, true, "30");
        let identity = &self.identity;
        let family = [&identity.same_telephone, &identity.same_name, &identity.buyer]
            .iter()
            .any(|setting| setting.value() == Some(&Match::ByFamily));
        need(&mut open, &identity.family, family, "[\"spouse\", \"parent_child\"]");
        need(&mut open, &self.claim.window_days, true, "7");
        self.further(&mut open);
        open
    }

    /// What a rulebook needs that speaks of leads, filings or the pool.
    fn further(&self, open: &mut Vec<Needed>) {
        let (leads, filing, pool) = (&self.distribution, &self.filing, &self.pool);
        let distributed = leads.channels.value().is_some_and(|channels| !channels.is_empty());
        need(open, &leads.method, distributed, "\"by_hand\"");
        let suggested = leads.suggest_by.value().is_some_and(|by| !by.is_empty());
        need(open, &leads.prevails, suggested, "\"suitability\"");
        let departments = leads.departments.value().is_some_and(|classes| !classes.is_empty());
        need(open, &leads.enquiry_goes, departments, "\"department_ring\"");
        let filed = filing.protected_days.value().is_some();
        need(open, &filing.confirmed_days, filed, "30");
        need(open, &filing.ahead_minutes, filed, "30");
        need(open, &filing.clash, filed, "\"void\"");
        let pooled = pool.holds.value().is_some_and(|holds| !holds.is_empty());
        need(open, &pool.cool_down_days, pooled, "3");
        need(open, &pool.held_most, pooled, "100");
        need(open, &pool.claims_per_day, pooled, "5");
        let continuous = self.validity.test.value() == Some(&super::LapseTest::Continuous);
        need(open, &self.validity.interval_days, continuous, "10");
    }
}

fn need<T>(open: &mut Vec<Needed>, setting: &Setting<T>, used: bool, proposal: &'static str)
where
    T: rulebook::value::Read,
{
    if used && setting.is_unset() {
        open.push(Needed { setting: setting.path.to_string(), proposal });
    }
}
