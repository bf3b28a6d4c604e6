//! What waits is settled: by the clock, by a return, by an answer, by the end of the day.

use rulebook::facts;

use super::{
    super::{
        command::Outcome,
        events::{Event, Prompt},
        state::{Floor, Pending, PendingOn, Phase},
    },
    Halt,
    desk::Desk,
};
use crate::{
    calendar::{Moment, after},
    people::{PersonId, VisitId},
};

/// When the clock must next look at `floor`, if ever.
#[must_use]
pub fn next_deadline(floor: &Floor) -> Option<Moment> {
    let second = chrono::TimeDelta::seconds(1);
    let offers = floor.visits.values().filter_map(|visit| match visit.phase {
        Phase::Offered { until } => Some(until),
        _ => None,
    });
    let pending = floor.pending.iter().filter_map(|pending| match pending.on {
        PendingOn::Return { until, .. } => Some(after(until, second)),
        _ => None,
    });
    let away = floor.people.values().filter_map(|member| {
        let away = member.away.filter(|away| !away.reminded)?;
        away.until.map(|until| after(until, second))
    });
    let standing = floor.standing.now.and_then(|slot| slot.until);
    let wakes = floor.standing.wakes_at;
    offers.chain(pending).chain(away).chain(standing).chain(wakes).min()
}

impl Desk<'_> {
    pub(super) fn settle(&mut self) -> Result<Outcome, Halt> {
        self.expire_offers()?;
        self.expire_graces();
        self.remind_absent();
        Ok(Outcome::Done)
    }

    fn expire_offers(&mut self) -> Result<(), Halt> {
        let expired: Vec<(VisitId, PersonId)> = self
            .floor
            .visits
            .iter()
            .filter_map(|(id, visit)| match (visit.phase, visit.receiver) {
                (Phase::Offered { until }, Some(person)) if until <= self.at => Some((*id, person)),
                _ => None,
            })
            .collect();
        for (visit, person) in expired {
            let by = self.rules.offer.timeout.clone();
            let seconds = self.rules.offer.accept_seconds.clone();
            let limit = seconds.value().copied().unwrap_or(0);
            self.trail.cite("no_answer", true, &seconds, facts![person, limit]);
            self.trail.cite("no_answer_result", true, &by, facts![person]);
            let dealt = self.end_offer(visit, person, false, &by);
            if self.rules.forfeit.automatic_counts.value() == Some(&true) {
                self.count_give_up(person);
            }
            dealt?;
        }
        Ok(())
    }

    fn expire_graces(&mut self) {
        let over: Vec<Pending> = self
            .floor
            .pending
            .iter()
            .filter(|p| matches!(p.on, PendingOn::Return { until, .. } if until < self.at))
            .cloned()
            .collect();
        for pending in over {
            self.lose_after_grace(pending);
        }
    }

    fn lose_after_grace(&mut self, pending: Pending) {
        let PendingOn::Return { kind, round, .. } = pending.on else { return };
        let (person, ring) = (pending.person, pending.ring);
        self.emit(Event::PendingSettled { pending, held: false });
        let Some(rules) = self.rules.absence.get(&kind).cloned() else { return };
        self.trail.cite("within_grace", false, &rules.grace_minutes, facts![person]);
        self.apply_absence(ring, round, person, kind);
    }

    /// Somebody is back: what waited for that is decided.
    pub(super) fn settle_return(&mut self, person: PersonId) {
        let waiting: Vec<Pending> = self
            .floor
            .pending
            .iter()
            .filter(|p| p.person == person && matches!(p.on, PendingOn::Return { .. }))
            .cloned()
            .collect();
        for pending in waiting {
            let PendingOn::Return { until, kind, round } = pending.on else { continue };
            if self.at > until {
                self.lose_after_grace(pending);
                continue;
            }
            let ring = pending.ring;
            self.emit(Event::PendingSettled { pending, held: true });
            let Some(rules) = self.rules.absence.get(&kind).cloned() else { continue };
            self.trail.cite("within_grace", true, &rules.grace_minutes, facts![person]);
            self.trail.cite("back_in_time", true, &rules.grace_result, facts![person]);
            self.pass_with(ring, round, person, &rules.grace_result);
        }
    }

    /// An outing was approved or refused: what waited for that is decided.
    pub(super) fn settle_approval(&mut self, person: PersonId, approved: bool) {
        let waiting: Vec<Pending> = self
            .floor
            .pending
            .iter()
            .filter(|p| p.person == person && matches!(p.on, PendingOn::Approval { .. }))
            .cloned()
            .collect();
        for pending in waiting {
            let PendingOn::Approval { kind, round } = pending.on else { continue };
            let ring = pending.ring;
            self.emit(Event::PendingSettled { pending, held: approved });
            let counts_as = if approved { kind } else { self.unconfirmed(kind) };
            self.apply_absence(ring, round, person, counts_as);
        }
    }

    /// The day ends: nobody is coming back, nothing will be approved, nothing will close.
    pub(super) fn settle_at_close(&mut self) {
        for pending in self.floor.pending.clone() {
            match pending.on {
                PendingOn::Return { .. } => self.lose_after_grace(pending),
                PendingOn::Approval { .. } => self.settle_approval(pending.person, false),
                PendingOn::NoDealToday { make_up, .. } => {
                    let (person, ring) = (pending.person, pending.ring);
                    let clauses = pending.clauses.clone();
                    self.trail.granted("no_deal_today", &clauses, facts![person]);
                    self.emit(Event::PendingSettled { pending, held: true });
                    self.grant(person, ring, make_up, false, clauses);
                }
            }
        }
    }

    fn remind_absent(&mut self) {
        let late: Vec<_> = self
            .floor
            .people
            .iter()
            .filter_map(|(person, member)| {
                let away = member.away.filter(|away| !away.reminded)?;
                away.until.filter(|until| *until < self.at).map(|_| (*person, away.kind))
            })
            .collect();
        for (person, kind) in late {
            if let Some(rules) = self.rules.absence.get(&kind) {
                let limit = rules.limit_minutes.clone();
                self.trail.cite(
                    "absent_too_long",
                    true,
                    &limit,
                    facts![person, kind = kind.word()],
                );
            }
            self.prompt(Prompt::AbsentTooLong(kind), Some(person), None);
        }
    }
}
