//! Something is found out while a visitor is received: a colleague's client, not a buyer.

use rulebook::facts;

use super::{
    super::{
        command::Outcome,
        events::{Event, Prompt},
        rules::{MakeUpKind, OwnerAfter, Receiver, Situation, Turn},
        state::{Arrival, OwnerAnswer, Pending, PendingOn, Phase, Purpose},
    },
    Halt,
    chain::{Around, Found},
    desk::{Desk, clauses_of},
};
use crate::{
    attribution::Ownership,
    calendar::minutes,
    people::{PersonId, VisitId},
};

impl Desk<'_> {
    /// Whether `visit` was found out within the minutes that `window` gives; no limit: always.
    fn within(&mut self, visit: VisitId, window: &rulebook::Setting<u32>) -> Result<bool, Halt> {
        let began = self.visit(visit)?.received_at.unwrap_or(self.at);
        let Some(most) = window.limit()?.copied() else { return Ok(true) };
        let after = self.at - began;
        let held = after <= minutes(most);
        self.trail.cite("found_in_time", held, window, facts![after, most]);
        Ok(held)
    }

    pub(super) fn found_colleague(
        &mut self,
        visit: VisitId,
        ownership: Ownership,
        answer: Option<OwnerAnswer>,
    ) -> Result<Outcome, Halt> {
        let before = self.open_visit(visit)?.clone();
        let (Some(finder), Phase::Received) = (before.receiver, before.phase) else {
            return Err(Halt::Refused("nobody_receives"));
        };
        if ownership.owner == finder {
            return Err(Halt::Refused("own_client"));
        }
        let rules = self.rules.colleague.clone();
        if !self.within(visit, &rules.window_minutes)? {
            return Ok(Outcome::Stays { visit, by: finder });
        }
        let arrival = Arrival {
            ownership: Some(ownership),
            answer: answer.or(before.arrival.answer),
            ..before.arrival
        };
        let chain = rules.receiver.decided()?.clone();
        let ring = self.ring_for(&arrival);
        let around = Around { ring, counted: false, current: Some(finder) };
        let situation = if ownership.closed { Situation::OwnClosed } else { Situation::OwnOpen };
        match self.find(&rules.receiver, &chain, &arrival, around) {
            Found::Ask(owner) => {
                self.prompt(Prompt::ClientHere, Some(owner), Some(visit));
                Ok(Outcome::AsksOwner { visit, owner })
            }
            Found::Person(person) => {
                self.compensate_finder(visit, finder);
                self.emit(Event::Classified { visit, situation, arrival });
                self.emit(Event::OwnerSet { visit, owner: OwnerAfter::Unchanged });
                self.prompt(Prompt::ClientHere, Some(ownership.owner), Some(visit));
                self.emit(Event::Received { visit, by: person });
                let counted = false;
                Ok(Outcome::Receives { visit, by: person, situation, counted, answer_until: None })
            }
            Found::ByTurn(_) | Found::Current => self.carry_on(visit, finder, arrival),
            Found::Nobody => {
                self.compensate_finder(visit, finder);
                let situation = Situation::OwnerAbsent;
                self.emit(Event::Classified { visit, situation, arrival });
                self.emit(Event::Waits { visit });
                self.deal_visit(visit)
            }
        }
    }

    /// What the finder gets who hands a colleague's client over.
    fn compensate_finder(&mut self, visit: VisitId, finder: PersonId) {
        let rules = self.rules.colleague.clone();
        let turn = rules.turn.value().copied();
        self.trail.cite(
            "finders_turn",
            true,
            &rules.turn,
            facts![person = finder, counts = turn.map_or("unset", Turn::word)],
        );
        let kind = rules.make_up.value().copied().unwrap_or(MakeUpKind::None);
        if kind == MakeUpKind::None {
            match turn {
                Some(Turn::NotCounted) => self.give_turn_back(visit, &clauses_of(&rules.turn)),
                Some(Turn::Counted) => {}
                // The client is handed over whatever becomes of the turn, which nobody decided.
                None => self.prompt(Prompt::Undecided, None, Some(visit)),
            }
            return;
        }
        self.trail.cite(
            "finders_make_up",
            true,
            &rules.make_up,
            facts![person = finder, kind = kind.word()],
        );
        let ring = self.floor.visits.get(&visit).and_then(|v| v.turn).map(|turn| turn.ring);
        if let Some(ring) = ring {
            if turn == Some(Turn::NotCounted) {
                self.exchange_turn(visit, kind, &clauses_of(&rules.turn));
            }
            self.grant(finder, ring, kind, false, clauses_of(&rules.make_up));
        }
    }

    /// The owner cannot be had: the finder carries on, for a make-up or a share.
    fn carry_on(
        &mut self,
        visit: VisitId,
        finder: PersonId,
        arrival: Arrival,
    ) -> Result<Outcome, Halt> {
        let rules = self.rules.colleague.clone();
        let ring = self.ring_for(&arrival);
        let situation = Situation::OwnerAbsent;
        self.emit(Event::Classified { visit, situation, arrival });
        self.emit(Event::OwnerSet { visit, owner: OwnerAfter::Unchanged });
        self.tell_owner(visit, finder);
        let kind = rules.continued_make_up.value().copied().unwrap_or(MakeUpKind::None);
        let clauses = clauses_of(&rules.continued_make_up);
        self.trail.cite(
            "carries_on",
            true,
            &rules.continued_make_up,
            facts![person = finder, kind = kind.word()],
        );
        if kind != MakeUpKind::None {
            if rules.continued_unless_closed.value() == Some(&true) {
                self.trail.cite(
                    "unless_closed_today",
                    true,
                    &rules.continued_unless_closed,
                    facts![person = finder],
                );
                let on = PendingOn::NoDealToday { visit, make_up: kind };
                self.emit(Event::PendingAdded {
                    pending: Pending { person: finder, ring, on, clauses },
                });
            } else {
                self.grant(finder, ring, kind, false, clauses);
            }
        }
        Ok(Outcome::Stays { visit, by: finder })
    }

    /// Tells the owner that `person` receives their client, where the rulebook wants it.
    fn tell_owner(&mut self, visit: VisitId, person: PersonId) {
        let absent = self.rules.situation.get(&Situation::OwnerAbsent);
        let Some(told) = absent.map(|rules| rules.owner_notified.clone()) else { return };
        let ownership = self.floor.visits.get(&visit).and_then(|v| v.arrival.ownership);
        let owner = ownership.map(|ownership| ownership.owner).filter(|owner| *owner != person);
        if let Some(owner) = owner.filter(|_| told.value() == Some(&true)) {
            self.trail.cite("owner_told", true, &told, facts![person = owner]);
            self.prompt(Prompt::ClientReceived, Some(owner), Some(visit));
        }
    }

    pub(super) fn found_non_buyer(
        &mut self,
        visit: VisitId,
        carries_on: bool,
    ) -> Result<Outcome, Halt> {
        let before = self.visit(visit)?.clone();
        let Some(finder) = before.receiver else { return Err(Halt::Refused("nobody_receives")) };
        let rules = self.rules.non_buyer.clone();
        let in_time = self.within(visit, &rules.window_minutes)?;
        let still_here = before.phase != Phase::Ended;
        let before_exit = rules.before_exit.value() == Some(&true);
        if before_exit {
            self.trail.cite("before_exit", still_here, &rules.before_exit, facts![visit]);
        }
        if !(still_here && (in_time || before_exit)) {
            return Ok(Outcome::Stays { visit, by: finder });
        }
        let chain = rules.receiver.decided()?.clone();
        self.report_non_buyer(visit);
        let arrival = Arrival { purpose: Purpose::NonBuyer, ..before.arrival };
        let ring = self.ring_for(&arrival);
        let around = Around { ring, counted: false, current: Some(finder) };
        let wanted: Vec<Receiver> =
            chain.into_iter().filter(|way| (*way == Receiver::Current) == carries_on).collect();
        let found = self.find(&rules.receiver, &wanted, &arrival, around);
        let turn = *rules.turn.decided()?;
        let situation = Situation::NonBuyer;
        match found {
            Found::Person(person) => {
                self.trail.cite(
                    "finders_turn",
                    true,
                    &rules.turn,
                    facts![person = finder, counts = turn.word()],
                );
                if turn == Turn::NotCounted {
                    self.give_turn_back(visit, &clauses_of(&rules.turn));
                }
                self.emit(Event::Classified { visit, situation, arrival });
                self.emit(Event::OwnerSet { visit, owner: OwnerAfter::Nobody });
                self.emit(Event::Received { visit, by: person });
                let counted = false;
                Ok(Outcome::Receives { visit, by: person, situation, counted, answer_until: None })
            }
            Found::Current => {
                self.keep_non_buyer(visit, finder, arrival);
                Ok(Outcome::Stays { visit, by: finder })
            }
            _ => Err(Halt::Refused(if carries_on { "must_hand_over" } else { "must_carry_on" })),
        }
    }

    /// Tells those to whom a visitor who is no buyer is reported.
    pub(super) fn report_non_buyer(&mut self, visit: VisitId) {
        let setting = self.rules.non_buyer.reported_to.clone();
        for role in setting.value().into_iter().flatten() {
            self.trail.cite("reported_to", true, &setting, facts![role = role.word()]);
            self.prompt(Prompt::Reported(*role), None, Some(visit));
        }
    }

    fn keep_non_buyer(&mut self, visit: VisitId, finder: PersonId, arrival: Arrival) {
        let rules = self.rules.non_buyer.clone();
        let kind = rules.make_up.value().copied().unwrap_or(MakeUpKind::None);
        let ring = self.ring_for(&arrival);
        let had_turn = self.floor.visits.get(&visit).is_some_and(|visit| visit.turn.is_some());
        let verified = rules.verified.value() == Some(&true);
        if kind != MakeUpKind::None && had_turn {
            self.trail.cite(
                "finders_make_up",
                true,
                &rules.make_up,
                facts![person = finder, kind = kind.word()],
            );
            if verified {
                self.trail.cite(
                    "needs_verification",
                    true,
                    &rules.verified,
                    facts![person = finder],
                );
            }
            if rules.turn.value() == Some(&Turn::NotCounted) && !verified {
                self.exchange_turn(visit, kind, &clauses_of(&rules.turn));
            }
            self.grant(finder, ring, kind, verified, clauses_of(&rules.make_up));
        } else if rules.turn.value() == Some(&Turn::NotCounted) {
            self.trail.cite(
                "finders_turn",
                true,
                &rules.turn,
                facts![person = finder, counts = "not_counted"],
            );
            self.give_turn_back(visit, &clauses_of(&rules.turn));
        }
        let before = self.floor.visits.get(&visit).and_then(|visit| visit.situation);
        let situation = before.unwrap_or(Situation::New);
        self.emit(Event::Classified { visit, situation, arrival });
        self.emit(Event::OwnerSet { visit, owner: OwnerAfter::Nobody });
    }
}
