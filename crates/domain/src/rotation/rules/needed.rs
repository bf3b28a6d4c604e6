//! Which unset settings an enforced rule depends on: they must be decided before activation.

use super::{
    super::rules::{
        MakeUpKind, OrderSource, Passing, Rules, Situation, SituationRules, StandingOrder,
    },
    OwnerAfter,
};

/// A setting that must be decided, and a sensible value to propose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Needed {
    /// Its path.
    pub setting: String,
    /// What most sites would write.
    pub proposal: &'static str,
}

/// The situations that a floor meets whatever its rulebook says.
const USUAL: &[Situation] = &[
    Situation::New,
    Situation::SameDayRepeat,
    Situation::OwnOpen,
    Situation::OwnClosed,
    Situation::OwnerAbsent,
    Situation::OwnerBusy,
    Situation::Named,
    Situation::PhoneNamed,
    Situation::PhoneUnnamed,
    Situation::OutreachNamed,
    Situation::OutreachUnnamed,
    Situation::Contacted,
    Situation::ReferralOpen,
    Situation::ReferralClosed,
    Situation::PropertyOwner,
    Situation::Enquiry,
    Situation::MaterialOnly,
    Situation::NonBuyer,
    Situation::NonViewing,
    Situation::SupervisorAssigned,
];

impl Rules {
    /// The unset settings that an enforced rule depends on, in the order of the tables.
    #[must_use]
    pub fn undecided(&self) -> Vec<Needed> {
        let mut needed = Vec::new();
        let mut need = |unset: bool, setting: &str, proposal| {
            if unset {
                needed.push(Needed { setting: setting.to_owned(), proposal });
            }
        };
        let order = &self.order;
        need(order.source.is_unset(), &order.source.path, "\"sign_in\"");
        need(order.carry_over.is_unset(), &order.carry_over.path, "\"pointer\"");
        let by_slots = order.source.value() == Some(&OrderSource::TimeSlots);
        need(by_slots && order.slot_minutes.is_unset(), &order.slot_minutes.path, "15");
        need(self.hours.start.is_unset(), &self.hours.start.path, "\"09:00\"");
        need(self.hours.end.is_unset(), &self.hours.end.path, "\"18:00\"");
        need(self.away.most_at_once.is_unset(), &self.away.most_at_once.path, "2");
        for absence in self.absence.values() {
            need(absence.result.is_unset(), &absence.result.path, "\"make_up\"");
            let grace = absence.grace_minutes.value().copied().unwrap_or(0) > 0;
            need(
                grace && absence.grace_result.is_unset(),
                &absence.grace_result.path,
                "\"make_up\"",
            );
            let confirmed = absence.needs_confirmation.value() == Some(&true);
            let unset = confirmed && absence.unconfirmed_as.is_unset();
            need(unset, &absence.unconfirmed_as.path, "\"private\"");
        }
        for busy in self.busy.values() {
            need(busy.result.is_unset(), &busy.result.path, "\"make_up\"");
        }
        let make_up = &self.make_up;
        let ordinary = self.grants(Passing::MakeUp, MakeUpKind::Ordinary);
        let any = ordinary || self.grants(Passing::PriorityMakeUp, MakeUpKind::Priority);
        let unset = ordinary && make_up.ordinary_place.is_unset();
        need(unset, &make_up.ordinary_place.path, "\"at_once\"");
        need(any && make_up.expires.is_unset(), &make_up.expires.path, "\"end_of_day\"");
        need(any && make_up.held_most.is_unset(), &make_up.held_most.path, "3");
        need(self.offer.accept_seconds.is_unset(), &self.offer.accept_seconds.path, "60");
        need(self.forfeit.idle_minutes.is_unset(), &self.forfeit.idle_minutes.path, "\"none\"");
        let often = &self.forfeit.voluntary_most;
        need(often.is_unset(), &often.path, "\"none\"");
        let stands = self.standing.order.value() != Some(&StandingOrder::None);
        let slot = &self.standing.slot_minutes;
        need(stands && slot.is_unset(), &slot.path, "30");
        for situation in USUAL.iter().chain(self.situations_by_setting()) {
            if let Some(rules) = self.situation.get(situation) {
                need_situation(rules, &mut need);
            }
        }
        let colleague = &self.colleague;
        need(
            colleague.receiver.is_unset(),
            &colleague.receiver.path,
            "[\"owner\", \"ask_owner\", \"current\"]",
        );
        need(colleague.turn.is_unset(), &colleague.turn.path, "\"not_counted\"");
        need(colleague.window_minutes.is_unset(), &colleague.window_minutes.path, "\"none\"");
        let non_buyer = &self.non_buyer;
        need(
            non_buyer.receiver.is_unset(),
            &non_buyer.receiver.path,
            "[\"last_in_order\", \"current\"]",
        );
        need(non_buyer.turn.is_unset(), &non_buyer.turn.path, "\"not_counted\"");
        need(non_buyer.window_minutes.is_unset(), &non_buyer.window_minutes.path, "\"none\"");
        needed
    }

    /// The situations that only some rulebooks bring about.
    fn situations_by_setting(&self) -> &'static [Situation] {
        let limited = self.hours.start.value().is_some() || self.hours.end.value().is_some();
        let calls = self.rings.phone.value() == Some(&super::PhoneRing::Separate);
        match (limited, calls) {
            (true, true) => &[
                Situation::OutsideHours,
                Situation::CallNew,
                Situation::CallKnown,
                Situation::CallReferral,
            ],
            (true, false) => &[Situation::OutsideHours],
            (false, true) => &[Situation::CallNew, Situation::CallKnown, Situation::CallReferral],
            (false, false) => &[],
        }
    }

    /// Whether any rule grants make-up turns of that kind.
    fn grants(&self, passing: Passing, kind: MakeUpKind) -> bool {
        let passed = |setting: &rulebook::Setting<Passing>| setting.value() == Some(&passing);
        let kinds = |setting: &rulebook::Setting<MakeUpKind>| setting.value() == Some(&kind);
        self.absence.values().any(|rules| passed(&rules.result) || passed(&rules.grace_result))
            || self.busy.values().any(|rules| passed(&rules.result))
            || self.situation.values().any(|rules| kinds(&rules.make_up))
            || kinds(&self.colleague.make_up)
            || kinds(&self.colleague.continued_make_up)
            || kinds(&self.non_buyer.make_up)
    }
}

fn need_situation(rules: &SituationRules, need: &mut impl FnMut(bool, &str, &'static str)) {
    if rules.like.value().is_some() {
        return;
    }
    need(rules.receiver.is_unset(), &rules.receiver.path, "[\"on_turn\"]");
    need(rules.turn.is_unset(), &rules.turn.path, "\"counted\"");
    let nobody = rules.owner.value() == Some(&OwnerAfter::Nobody);
    need(rules.owner.is_unset() && !nobody, &rules.owner.path, "\"receiver\"");
}
