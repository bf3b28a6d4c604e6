//! What becomes of a turn that passes somebody by.

use rulebook::{Setting, facts};

use super::{
    super::{
        events::{Event, Prompt},
        rules::{AbsenceKind, GraceFrom, MakeUpKind, Passing},
        state::{Away, Pending, PendingOn, RingId, Suspension, SuspensionCause},
    },
    deal::Passed,
    desk::{Desk, clauses_of},
    readiness::Readiness,
};
use crate::{
    calendar::{Moment, after, day_of, minutes},
    people::PersonId,
};

impl Desk<'_> {
    /// Passes somebody by in `round`.
    pub(super) fn pass(&mut self, ring: RingId, round: u32, passed: Passed) {
        let person = passed.person;
        match passed.readiness {
            Readiness::Free => {}
            Readiness::NotIn(reason) => {
                if reason != "not_signed_in" && reason != "not_rotating" {
                    self.note_not_in(person, reason);
                }
                let missed = self.rules.members.missed.clone();
                let excused = ["in_training", "unwell", "other_work", "other_ground"];
                if excused.contains(&reason) && missed.value() != Some(&Passing::Kept) {
                    self.trail.cite("missed_on_ground", true, &missed, facts![person]);
                    self.pass_with(ring, round, person, &missed);
                }
            }
            Readiness::Owes { half_rate } => self.take_off(ring, round, person, half_rate),
            Readiness::Away(away) => self.pass_absent(ring, round, person, away),
            Readiness::Busy(kind) => {
                let Some(rules) = self.rules.busy.get(&kind) else { return };
                let (result, most) = (rules.result.clone(), rules.make_ups_most.clone());
                self.trail.cite("busy", true, &result, facts![person, kind = kind.word()]);
                if self.made_up_already(ring, person, &result, &most) {
                    let (passing, clauses) = (Passing::Lost, clauses_of(&most));
                    self.emit(Event::TurnPassed { person, ring, round, passing, clauses });
                    return;
                }
                self.pass_with(ring, round, person, &result);
            }
        }
    }

    /// Whether `person` has as many make-up turns from what keeps them busy as `most` gives.
    fn made_up_already(
        &mut self,
        ring: RingId,
        person: PersonId,
        result: &Setting<Passing>,
        most: &Setting<u32>,
    ) -> bool {
        let makes_up = matches!(result.value(), Some(Passing::MakeUp | Passing::PriorityMakeUp));
        let limit = most.value().copied().filter(|most| *most > 0 && makes_up);
        let Some(limit) = limit else { return false };
        let busy = self.floor.people.get(&person).and_then(|m| m.busy).map(|busy| busy.since);
        let visits = self.floor.open_visits_of(person).filter_map(|(_, visit)| visit.received_at);
        let since = visits.chain(busy).min().unwrap_or(self.at);
        let of_now = |m: &&super::super::state::MakeUp| {
            m.person == person && m.ring == ring && m.granted_at >= since
        };
        let granted = self.floor.make_ups.iter().filter(of_now).count();
        let reached = u32::try_from(granted).unwrap_or(u32::MAX) >= limit;
        self.trail.cite("made_up_already", reached, most, facts![person, granted, limit]);
        reached
    }

    fn take_off(&mut self, ring: RingId, round: u32, person: PersonId, half_rate: bool) {
        let clauses = if half_rate {
            let member = self.floor.people.get(&person);
            member.and_then(|m| m.half_rate.as_ref()).map(|h| h.clauses.clone()).unwrap_or_default()
        } else {
            clauses_of(&self.rules.order.source)
        };
        self.trail.holds(if half_rate { "half_rate" } else { "used_ahead" }, true, facts![person]);
        self.emit(Event::TurnTakenOff { person, ring, round, half_rate, clauses });
    }

    /// The kind that an absence counts as, and whether that still depends on an approval.
    pub(super) fn counts_as(&mut self, away: Away) -> (AbsenceKind, bool) {
        let Some(rules) = self.rules.absence.get(&away.kind) else { return (away.kind, false) };
        if rules.needs_confirmation.value() != Some(&true) || away.approved == Some(true) {
            return (away.kind, false);
        }
        let confirmation = &rules.needs_confirmation;
        self.trail.cite("approved", false, confirmation, facts![kind = away.kind.word()]);
        if away.approved.is_none() {
            return (away.kind, true);
        }
        (self.unconfirmed(away.kind), false)
    }

    pub(super) fn unconfirmed(&mut self, kind: AbsenceKind) -> AbsenceKind {
        let Some(rules) = self.rules.absence.get(&kind) else { return kind };
        let setting = rules.unconfirmed_as.clone();
        let counts_as = setting.value().copied().unwrap_or(AbsenceKind::Unreported);
        self.trail.cite("counts_as", true, &setting, facts![kind = counts_as.word()]);
        counts_as
    }

    fn pass_absent(&mut self, ring: RingId, round: u32, person: PersonId, away: Away) {
        let waits = self.floor.pending.iter().any(|p| {
            p.person == person && p.ring == ring && !matches!(p.on, PendingOn::NoDealToday { .. })
        });
        if waits {
            self.trail.holds("already_pending", true, facts![person]);
            return;
        }
        let (kind, depends) = self.counts_as(away);
        if depends {
            let on = PendingOn::Approval { kind, round };
            self.leave_pending(ring, round, person, on, Passing::Kept);
            return;
        }
        let Some(rules) = self.rules.absence.get(&kind).cloned() else { return };
        let grace = rules.grace_minutes.value().copied().unwrap_or(0);
        if grace > 0 {
            let until = self.grace_until(away, grace);
            let within = self.at <= until;
            let since = self.at - away.since;
            self.trail.cite(
                "within_grace",
                within,
                &rules.grace_minutes,
                facts![person, since, grace],
            );
            if within {
                let on = PendingOn::Return { until, kind, round };
                self.leave_pending(ring, round, person, on, Passing::Kept);
                return;
            }
        }
        self.apply_absence(ring, round, person, kind);
    }

    /// Does with the turn what the absence costs; leaving without a word may count as giving up.
    pub(super) fn apply_absence(
        &mut self,
        ring: RingId,
        round: u32,
        person: PersonId,
        kind: AbsenceKind,
    ) {
        let Some(rules) = self.rules.absence.get(&kind).cloned() else { return };
        self.trail.cite("absent", true, &rules.result, facts![person, kind = kind.word()]);
        let result = rules.result.value().copied();
        let counts = &self.rules.forfeit.automatic_counts;
        let lost = result == Some(Passing::Lost) && kind == AbsenceKind::Unreported;
        if lost && counts.value() == Some(&true) {
            self.trail.cite("counts_as_given_up", true, counts, facts![person]);
            let (voluntary, clauses) = (true, clauses_of(&rules.result));
            self.emit(Event::TurnGivenUp { person, ring, round, voluntary, clauses });
            self.count_give_up(person);
            return;
        }
        self.pass_with(ring, round, person, &rules.result);
        if result == Some(Passing::OutForDay) {
            self.out_for_day(person, kind, &rules.result);
        }
    }

    fn grace_until(&self, away: Away, grace: u32) -> Moment {
        let from = match self.rules.away.grace_from.value() {
            Some(GraceFrom::Arrival) => self.at,
            _ => away.since,
        };
        after(from, minutes(grace))
    }

    fn leave_pending(
        &mut self,
        ring: RingId,
        round: u32,
        person: PersonId,
        on: PendingOn,
        passing: Passing,
    ) {
        let clauses = match on {
            PendingOn::Return { kind, .. } | PendingOn::Approval { kind, .. } => {
                self.rules.absence.get(&kind).map(|r| clauses_of(&r.result)).unwrap_or_default()
            }
            PendingOn::NoDealToday { .. } => Vec::new(),
        };
        self.emit(Event::TurnPassed { person, ring, round, passing, clauses: clauses.clone() });
        self.emit(Event::PendingAdded { pending: Pending { person, ring, on, clauses } });
    }

    pub(super) fn out_for_day(
        &mut self,
        person: PersonId,
        kind: AbsenceKind,
        by: &Setting<Passing>,
    ) {
        self.suspend_today(person, SuspensionCause::Absent(kind), by);
    }

    /// Takes `person` out of the rings for the rest of the day.
    pub(super) fn suspend_today(
        &mut self,
        person: PersonId,
        cause: SuspensionCause,
        by: &Setting<Passing>,
    ) {
        let today = day_of(self.at);
        let clauses = clauses_of(by);
        let suspension = Suspension { from: today, until: Some(today), cause, clauses };
        self.emit(Event::Suspended { person, suspension });
    }

    /// Applies the passing that `by` says; unset, nothing is taken and the supervisor is told.
    pub(super) fn pass_with(
        &mut self,
        ring: RingId,
        round: u32,
        person: PersonId,
        by: &Setting<Passing>,
    ) {
        let clauses = clauses_of(by);
        let Some(passing) = by.value().copied() else {
            self.emit(Event::TurnPassed { person, ring, round, passing: Passing::Kept, clauses });
            self.prompt(Prompt::Undecided, None, None);
            return;
        };
        match passing {
            Passing::ToEnd => {
                self.emit(Event::TurnPassed {
                    person,
                    ring,
                    round,
                    passing: Passing::Kept,
                    clauses: clauses.clone(),
                });
                self.emit(Event::MovedToEnd { person, ring, clauses });
            }
            Passing::Lost | Passing::Kept | Passing::OutForDay => {
                self.emit(Event::TurnPassed { person, ring, round, passing, clauses });
            }
            Passing::MakeUp | Passing::PriorityMakeUp => {
                self.emit(Event::TurnPassed {
                    person,
                    ring,
                    round,
                    passing,
                    clauses: clauses.clone(),
                });
                let kind = if passing == Passing::MakeUp {
                    MakeUpKind::Ordinary
                } else {
                    MakeUpKind::Priority
                };
                self.grant(person, ring, kind, false, clauses);
            }
        }
    }
}
