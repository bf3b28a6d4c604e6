//! Which unset settings an enforced rule depends on: they must be decided before activation.

use rulebook::{Setting, value::Read};

use super::{
    BreachResult, BusyKind, LastOfMonth, MakeUpKind, OrderSource, Passing, PhoneRing, RosterDue,
    Rules, ShortMonth, Situation, SituationRules, StandingOrder, proposals::proposal,
    words::MissedStanding,
};

pub use crate::needed::Needed;

/// What has been found to be open.
#[derive(Default)]
struct Open(Vec<Needed>);

impl Open {
    /// Adds what is `unset` in a table, but for those settings that nothing would look at.
    fn add(&mut self, unset: Vec<&str>, idle: &[(&str, bool)]) {
        for path in unset {
            let name = path.rsplit('.').next().unwrap_or(path);
            if !idle.contains(&(name, true)) {
                self.0.push(Needed { setting: path.to_owned(), proposal: proposal(path) });
            }
        }
    }
}

impl Rules {
    /// The unset settings that an enforced rule depends on, in the order of the tables.
    ///
    /// A setting that nothing would look at is left out: the minutes of a slot where the order
    /// does not come from slots, the result of a grace of no minutes, standing duty where nobody
    /// stands, and the longest minutes of an absence, which only remind.
    #[must_use]
    pub fn undecided(&self) -> Vec<Needed> {
        let mut open = Open::default();
        self.order_needs(&mut open);
        self.presence_needs(&mut open);
        self.make_up_needs(&mut open);
        self.conduct_needs(&mut open);
        self.standing_needs(&mut open);
        self.duty_needs(&mut open);
        for situation in Situation::ALL {
            self.situation_needs(*situation, &mut open);
        }
        self.found_needs(&mut open);
        open.0
    }

    fn order_needs(&self, open: &mut Open) {
        use OrderSource as Source;
        let source = self.order.source.value();
        let slots = source == Some(&Source::TimeSlots);
        // Where every day has an order of its own, or the counts decide, nothing is carried over.
        let daily =
            matches!(source, Some(Source::SignIn | Source::ManagerRoster | Source::TodayResult));
        let counted = source == Some(&Source::CumulativeCount);
        open.add(
            self.order.unset(),
            &[
                ("carry_over", slots || daily || counted),
                ("slot_minutes", !slots),
                ("late_sign_in", slots),
                ("cyclic", slots || counted),
            ],
        );
        if slots && self.order.slot_minutes.limit() == Ok(None) {
            open.add(vec![&self.order.slot_minutes.path], &[]);
        }
        open.add(self.rings.unset(), &[]);
        let one = self.batches.count.value().is_some_and(|count| *count <= 1);
        open.add(self.batches.unset(), &[("alternate", one)]);
        open.add(self.members.unset(), &[]);
        open.add(self.hours.unset(), &[("evening_people", !self.has_hours())]);
    }

    fn has_hours(&self) -> bool {
        self.hours.start.value().is_some() || self.hours.end.value().is_some()
    }

    fn presence_needs(&self, open: &mut Open) {
        let graces = self.absence.values().any(|rules| has_minutes(&rules.grace_minutes));
        let confirmed = self.absence.values().any(|rules| is(&rules.needs_confirmation, true));
        open.add(self.away.unset(), &[("grace_from", !graces), ("confirmed_by", !confirmed)]);
        for rules in self.absence.values() {
            let (grace, confirmed) =
                (has_minutes(&rules.grace_minutes), is(&rules.needs_confirmation, true));
            open.add(
                rules.unset(),
                &[
                    ("grace_result", !grace),
                    ("unconfirmed_as", !confirmed),
                    ("limit_minutes", true),
                ],
            );
        }
        let unlimited = self.concurrent.new_clients_most.limit() == Ok(None);
        for (kind, rules) in &self.busy {
            let never = *kind == BusyKind::NewClient && unlimited;
            open.add(rules.unset(), &[("result", never)]);
        }
        open.add(self.concurrent.unset(), &[("permitted_by", unlimited)]);
    }

    fn make_up_needs(&self, open: &mut Open) {
        let ordinary = self.grants(MakeUpKind::Ordinary);
        let priority = self.grants(MakeUpKind::Priority);
        let none = !ordinary && !priority;
        open.add(
            self.make_up.unset(),
            &[
                ("ordinary_place", !ordinary),
                ("priority_first", !ordinary || !priority),
                ("among", none),
                ("opens", none),
                ("expires", none),
                ("held_most", none),
            ],
        );
    }

    /// Whether any rule grants make-up turns of that kind; turns that are given back after their
    /// round is over are ordinary ones.
    fn grants(&self, kind: MakeUpKind) -> bool {
        let passing = match kind {
            MakeUpKind::None => return false,
            MakeUpKind::Ordinary => Passing::MakeUp,
            MakeUpKind::Priority => Passing::PriorityMakeUp,
        };
        let gives_back = kind == MakeUpKind::Ordinary
            && (has_minutes(&self.short_visit.most_minutes)
                || is(&self.colleague.turn, super::Turn::NotCounted)
                || is(&self.non_buyer.turn, super::Turn::NotCounted));
        let offer = [
            &self.offer.timeout,
            &self.offer.decline,
            &self.members.missed,
            &self.assigned.on_turn,
        ];
        let forfeit = [&self.forfeit.idle_result, &self.forfeit.voluntary_result];
        let found =
            [&self.colleague.make_up, &self.colleague.continued_make_up, &self.non_buyer.make_up];
        gives_back
            || self.absence.values().any(|r| is(&r.result, passing) || is(&r.grace_result, passing))
            || self.busy.values().any(|rules| is(&rules.result, passing))
            || offer.into_iter().chain(forfeit).any(|setting| is(setting, passing))
            || self.situation.values().any(|rules| is(&rules.make_up, kind))
            || found.into_iter().any(|setting| is(setting, kind))
    }

    fn conduct_needs(&self, open: &mut Open) {
        let timed = self.offer.accept_seconds.value().is_some();
        open.add(self.offer.unset(), &[("timeout", !timed)]);
        let waives = self.forfeit.idle_minutes.value().is_some();
        let limited = self.forfeit.voluntary_most.value().is_some();
        open.add(
            self.forfeit.unset(),
            &[
                ("idle_result", !waives),
                ("suspension_days", !limited),
                ("suspend_from", !limited),
                ("automatic_counts", !limited),
            ],
        );
        for rules in self.breach.values() {
            let suspends = is(&rules.result, BreachResult::Suspend);
            let halves = is(&rules.result, BreachResult::HalfRate);
            open.add(
                rules.unset(),
                &[
                    ("suspension_days", !suspends),
                    ("suspend_from", !suspends),
                    ("half_rate_days", !halves),
                ],
            );
        }
        let asks = has_minutes(&self.posts.questions_least);
        open.add(self.posts.unset(), &[("questioner", !asks)]);
        open.add(self.nobody_free.unset(), &[]);
        open.add(self.help.unset(), &[]);
    }

    fn duty_needs(&self, open: &mut Open) {
        let rush = is(&self.rush.allowed, true);
        let trial = is(&self.rush.trial_staff, true);
        let idle = [
            ("called_by", !rush),
            ("turn", !rush),
            ("trial_staff", !rush),
            ("trial_owner", !rush || !trial),
        ];
        open.add(self.rush.unset(), &idle);
        open.add(self.assigned.unset(), &[]);
        let assessment = &self.assessment;
        let short = !is(&assessment.short_month, ShortMonth::None);
        let last = [&assessment.lowest_rate, &assessment.lowest_result];
        let last_of_month = last.iter().any(|setting| !is(setting, LastOfMonth::None));
        let requalifies = last.iter().any(|setting| is(setting, LastOfMonth::Requalify));
        let idle = [
            ("conversions_least", !short),
            ("percent_least", !short),
            ("early_return", !short),
            ("ties", !last_of_month),
            ("returns_after", !short && !requalifies),
            ("attempts_most", !requalifies),
            ("returns_to", !short && !last_of_month),
        ];
        open.add(assessment.unset(), &idle);
        let due = self.roster.due.value();
        let idle = [
            ("weekday", due != Some(&RosterDue::Week)),
            ("published_by", due == Some(&RosterDue::None)),
        ];
        open.add(self.roster.unset(), &idle);
        open.add(self.planned.unset(), &[]);
        open.add(self.fairness.unset(), &[("gap_most", true)]);
    }

    fn standing_needs(&self, open: &mut Open) {
        if is(&self.standing.order, StandingOrder::None) {
            return;
        }
        let made_up = is(&self.standing.missed, MissedStanding::MadeUp);
        open.add(self.standing.unset(), &[("owed", !made_up)]);
    }

    fn situation_needs(&self, situation: Situation, open: &mut Open) {
        let Some(rules) = self.situation.get(&situation) else { return };
        if rules.like.value().is_some() || (is_silent(rules) && !self.must_speak_of(situation)) {
            return;
        }
        let no_make_up = is(&rules.make_up, MakeUpKind::None);
        open.add(rules.unset(), &[("like", true), ("make_up_verified", no_make_up)]);
    }

    /// Whether a floor meets `situation` even where the rulebook is silent about it; the others
    /// are then taken for something else, or do not arise.
    fn must_speak_of(&self, situation: Situation) -> bool {
        use Situation as S;
        match situation {
            S::SameDayRepeat
            | S::ReferralAway
            | S::ReferralUnnamed
            | S::OwnNamed
            | S::CallNamed
            | S::CallContacted => false,
            S::OutsideHours => self.has_hours(),
            // Whoever says who answers a new caller deals calls.
            S::CallNew | S::CallKnown | S::CallReferral => {
                is(&self.rings.phone, PhoneRing::Separate)
                    || self.situation.get(&S::CallNew).is_some_and(|call| !is_silent(call))
            }
            S::PhoneNamed | S::PhoneUnnamed | S::OutreachNamed | S::OutreachUnnamed => {
                self.situation.get(&S::Contacted).is_none_or(is_silent)
            }
            _ => true,
        }
    }

    fn found_needs(&self, open: &mut Open) {
        let carries_on = !is(&self.colleague.continued_make_up, MakeUpKind::None);
        open.add(self.colleague.unset(), &[("continued_unless_closed", !carries_on)]);
        let none = is(&self.non_buyer.make_up, MakeUpKind::None);
        let always = self.non_buyer.window_minutes.limit() == Ok(None);
        open.add(self.non_buyer.unset(), &[("verified", none), ("before_exit", always)]);
        open.add(self.short_visit.unset(), &[]);
    }
}

fn is<T: Read>(setting: &Setting<T>, value: T) -> bool {
    setting.value() == Some(&value)
}

fn has_minutes(setting: &Setting<u32>) -> bool {
    setting.value().is_some_and(|number| *number > 0)
}

/// Whether the rulebook says nothing of who receives.
fn is_silent(rules: &SituationRules) -> bool {
    rules.like.is_unset() && rules.receiver.is_unset()
}
