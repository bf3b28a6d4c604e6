//! Make-up turns 补接: granting, due and used.

use rulebook::{ClauseId, facts};

use super::{
    super::{
        command::Outcome,
        events::Event,
        rules::{Among, MakeUpKind, MakeUpOpens, OrdinaryPlace},
        state::{MakeUp, MakeUpState, RingId},
    },
    Halt,
    deal::Deal,
    desk::{Desk, clauses_of},
    readiness::Readiness,
};
use crate::people::PersonId;

impl Desk<'_> {
    /// Grants a make-up turn, unless the holder has as many as the rulebook lets them.
    pub(super) fn grant(
        &mut self,
        person: PersonId,
        ring: RingId,
        kind: MakeUpKind,
        needs_verification: bool,
        clauses: Vec<ClauseId>,
    ) {
        if kind == MakeUpKind::None {
            return;
        }
        let alive = self.floor.make_ups.iter().filter(|m| m.person == person && m.state.is_alive());
        let held = u32::try_from(alive.count()).unwrap_or(u32::MAX);
        if let Some(most) = self.rules.make_up.held_most.value().copied() {
            let within = held < most;
            self.trail.cite(
                "make_ups_held",
                within,
                &self.rules.make_up.held_most,
                facts![person, held, most],
            );
            if !within {
                return;
            }
        }
        let on_notice = self.rules.make_up.opens.value() == Some(&MakeUpOpens::OnNotice);
        let state = if needs_verification {
            MakeUpState::AwaitsVerification
        } else if on_notice {
            self.trail.cite("opens_on_notice", true, &self.rules.make_up.opens, facts![person]);
            MakeUpState::AwaitsNotice
        } else {
            MakeUpState::Open
        };
        self.trail.holds("make_up_granted", true, facts![person, kind = kind.word()]);
        let id = self.floor.next_make_up;
        self.emit(Event::MakeUpGranted { id, person, ring, kind, state, clauses });
    }

    /// The make-up turn that comes before `by_order`, if one is due.
    pub(super) fn due_make_up(
        &self,
        ring: RingId,
        by_order: Option<&Deal>,
    ) -> Option<(u64, PersonId)> {
        let mut due: Vec<&MakeUp> = self
            .floor
            .make_ups
            .iter()
            .filter(|m| m.ring == ring && m.state == MakeUpState::Open)
            .filter(|m| self.ring(ring).order.contains(&m.person))
            .filter(|m| self.readiness(ring, m.person) == Readiness::Free)
            .filter(|m| self.is_due(m, by_order))
            .collect();
        let order = &self.ring(ring).order;
        let place = |m: &MakeUp| order.iter().position(|other| *other == m.person);
        let by_place = self.rules.make_up.among.value() == Some(&Among::ByOrder);
        let priority_first = self.rules.make_up.priority_first.value() != Some(&false);
        due.sort_by_key(|m| {
            let later = priority_first && m.kind != MakeUpKind::Priority;
            (later, by_place.then(|| place(m)), m.id)
        });
        due.first().map(|m| (m.id, m.person))
    }

    fn is_due(&self, make_up: &MakeUp, by_order: Option<&Deal>) -> bool {
        if make_up.kind == MakeUpKind::Priority {
            return true;
        }
        match self.rules.make_up.ordinary_place.value() {
            Some(OrdinaryPlace::AtOnce) | None => true,
            Some(OrdinaryPlace::AfterOnTurn) => {
                by_order.is_none() || self.ring(make_up.ring).turns > make_up.opened_turns
            }
            Some(OrdinaryPlace::EndOfRound) => by_order.is_none_or(|deal| deal.rounds > 0),
        }
    }

    pub(super) fn note_make_up_used(&mut self, id: u64, person: PersonId) {
        let Some(make_up) = self.floor.make_up(id).cloned() else { return };
        let rules = self.rules;
        let kind = make_up.kind.word();
        let number = u32::try_from(id).unwrap_or(u32::MAX);
        if make_up.kind == MakeUpKind::Ordinary {
            let place = &rules.make_up.ordinary_place;
            self.trail.cite("make_up_due", true, place, facts![person, kind, number]);
        } else {
            let first = &rules.make_up.priority_first;
            self.trail.cite("make_up_due", true, first, facts![person, kind, number]);
        }
        self.trail.granted("make_up_granted_by", &make_up.clauses, facts![person]);
    }

    pub(super) fn verify_make_up(&mut self, id: u64) -> Result<Outcome, Halt> {
        let make_up = self.floor.make_up(id).ok_or(Halt::Refused("make_up_unknown"))?;
        if make_up.state != MakeUpState::AwaitsVerification {
            return Err(Halt::Refused("make_up_needs_no_verification"));
        }
        let (person, clauses) = (make_up.person, make_up.clauses.clone());
        let verified_by = self.rules.non_buyer.reported_to.clone();
        self.require(&verified_by, "may_not_verify")?;
        self.trail.granted("verified", &clauses, facts![person]);
        self.emit(Event::MakeUpOpened { id });
        Ok(Outcome::Done)
    }

    pub(super) fn give_notice(&mut self, person: PersonId) -> Result<Outcome, Halt> {
        self.member(person)?;
        let waiting: Vec<u64> = self
            .floor
            .make_ups
            .iter()
            .filter(|m| m.person == person && m.state == MakeUpState::AwaitsNotice)
            .map(|make_up| make_up.id)
            .collect();
        self.emit(Event::NoticeGiven { person });
        self.trail.cite("notice_given", true, &self.rules.make_up.opens, facts![person]);
        for id in waiting {
            self.emit(Event::MakeUpOpened { id });
        }
        Ok(Outcome::Done)
    }

    pub(super) fn take_make_up(&mut self, id: u64) -> Result<Outcome, Halt> {
        self.require_authority()?;
        let make_up = self.floor.make_up(id).ok_or(Halt::Refused("make_up_unknown"))?;
        if !make_up.state.is_alive() {
            return Err(Halt::Refused("make_up_over"));
        }
        let clauses = clauses_of(&self.rules.order.posted_by);
        self.emit(Event::MakeUpTakenAway { id, clauses });
        Ok(Outcome::Done)
    }
}
