//! Which unset settings the sharing of deals depends on: they must be decided before activation.

use rulebook::Setting;

use super::{super::share::Split, Period, Rules, Situation};
use crate::needed::Needed;

impl Rules {
    /// The unset settings that an enforced rule depends on.
    ///
    /// A rulebook that shares nothing, in no situation, does not speak of commission: a deal with
    /// somebody else's client then waits for a ruling, and nothing is needed.
    #[must_use]
    pub fn undecided(&self) -> Vec<Needed> {
        let mut open = Vec::new();
        let splits: Vec<(Situation, &Setting<Split>)> = Situation::ALL
            .iter()
            .filter(|situation| **situation != Situation::Own)
            .filter_map(|situation| Some((*situation, self.split_of(*situation)?)))
            .collect();
        let speaks = splits.iter().any(|(_, split)| split.value().is_some());
        for (situation, split) in &splits {
            need(&mut open, *split, speaks, proposed(*situation));
        }
        let mut all = splits.iter().map(|(_, split)| *split).chain([&self.split.own]);
        let negotiated = all.any(|split| split.value() == Some(&Split::Negotiated));
        need(&mut open, &self.negotiation.days, negotiated, "7");
        need(&mut open, &self.negotiation.fallback, negotiated, "\"owner\"");
        let periods = self.appraisal.periods.value().map(Vec::as_slice).unwrap_or_default();
        let has = |period| periods.contains(&period);
        need(&mut open, &self.appraisal.month, has(Period::Month), "\"performance\"");
        need(&mut open, &self.appraisal.year, has(Period::Year), "\"year_end\"");
        open
    }
}

/// What most sites write.
const fn proposed(situation: Situation) -> &'static str {
    match situation {
        Situation::SameDayColleague => "\"1/2-1/2\"",
        Situation::ReferralAway | Situation::OwnerAbsentUnfollowed => "\"1/3-2/3\"",
        Situation::Joint | Situation::ThirdPartyRelation => "\"equal\"",
        Situation::ChangedForCause => "\"closer\"",
        _ => "\"owner\"",
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
