//! Standing duty 站岗: who stands at the door, and for how long.

use chrono::TimeDelta;
use rulebook::facts;

use super::{
    super::{
        events::{Event, Prompt},
        rules::{LateStanding, MissedStanding, OwedStanding, StandingOrder},
        state::{RingId, Slot},
    },
    desk::{Desk, clauses_of},
};
use crate::{
    calendar::{after, minutes, time_of},
    people::PersonId,
};

impl Desk<'_> {
    /// Ends a slot that is over or whose holder cannot stand, and begins the next.
    pub(super) fn keep_standing(&mut self) {
        let order = self.rules.standing.order.value().copied().unwrap_or(StandingOrder::None);
        if order == StandingOrder::None {
            return;
        }
        let now = time_of(self.at);
        let early = self.rules.standing.start.value().is_some_and(|start| now < *start);
        let late = self.rules.standing.end.value().is_some_and(|end| now >= *end);
        let mut rest = None;
        if let Some(slot) = self.floor.standing.now {
            let over = slot.until.is_some_and(|until| until <= self.at);
            if over || late || !self.is_free(slot.person) {
                rest = slot.until.map(|until| until - self.at).filter(|_| !over);
                self.end_slot(slot, over || late);
            } else if let Some(owed) = self.owed_at_once(slot.person) {
                self.end_slot(slot, true);
                self.begin_slot(owed, None);
            }
        }
        if !early && !late && self.floor.standing.now.is_none() {
            if let Some(next) = self.next_to_stand() {
                self.begin_slot(next, rest);
            }
        }
    }

    fn end_slot(&mut self, slot: Slot, served: bool) {
        let rules = self.rules.standing.clone();
        let person = slot.person;
        let left = slot.until.map_or(TimeDelta::zero(), |until| until - self.at);
        let made_up = rules.missed.value() == Some(&MissedStanding::MadeUp);
        let owed = if served || !made_up { 0 } else { left.num_seconds().max(0) };
        if !served {
            self.trail.cite("standing_cut_short", true, &rules.missed, facts![person, left]);
        }
        if rules.span_recorded.value() == Some(&true) {
            self.trail.cite(
                "span_recorded",
                true,
                &rules.span_recorded,
                facts![person, since = slot.since],
            );
        }
        self.emit(Event::StandingEnded {
            person,
            owed_seconds: owed,
            clauses: clauses_of(&rules.missed),
        });
        let walk_in = self.rings_of(person).first().copied().unwrap_or_default();
        if served
            && rules.idle_costs_turn.value() == Some(&true)
            && self.on_turn(walk_in) == Some(person)
        {
            self.trail.cite("idle_slot", true, &rules.idle_costs_turn, facts![person]);
            let (round, clauses) = (self.ring(walk_in).round, clauses_of(&rules.idle_costs_turn));
            let voluntary = false;
            self.emit(Event::TurnGivenUp { person, ring: walk_in, round, voluntary, clauses });
        }
    }

    /// `rest` is what is left of the slot that was cut short, if one was.
    fn begin_slot(&mut self, person: PersonId, rest: Option<TimeDelta>) {
        let rules = self.rules.standing.clone();
        let owed = self.floor.standing.owed_seconds.get(&person).copied();
        let whole = rules.slot_minutes.value().copied().map(minutes);
        let length = match owed {
            Some(seconds) => Some(TimeDelta::seconds(seconds)),
            None if rules.fresh_slot.value() == Some(&false) => {
                rest.filter(|rest| *rest > TimeDelta::zero()).or(whole)
            }
            None => whole,
        };
        let until = length.map(|length| after(self.at, length));
        self.trail.cite("stands_next", true, &rules.order, facts![person]);
        self.emit(Event::StandingBegan { person, until });
        self.prompt(Prompt::StandNow, Some(person), None);
    }

    /// Somebody free who owes standing time that is served right after the reception.
    fn owed_at_once(&self, standing: PersonId) -> Option<PersonId> {
        if self.rules.standing.owed.value() != Some(&OwedStanding::AtOnce) {
            return None;
        }
        let owed = &self.floor.standing.owed_seconds;
        owed.keys().copied().find(|person| *person != standing && self.is_free(*person))
    }

    /// Everybody who stands, in the order of standing duty.
    pub(super) fn standing_order(&self) -> Vec<PersonId> {
        let id = RingId::default();
        let rings: Vec<RingId> =
            self.floor.rings.keys().filter(|r| r.channel == id.channel).copied().collect();
        let mut order: Vec<PersonId> = Vec::new();
        for ring in rings {
            let state = self.ring(ring);
            match self.rules.standing.order.value() {
                Some(StandingOrder::OnTurn) => {
                    for (person, _) in self.sequence(&state) {
                        if !order.contains(&person) {
                            order.push(person);
                        }
                    }
                }
                _ => order.extend(state.order.iter().copied()),
            }
        }
        if self.rules.standing.order.value() == Some(&StandingOrder::ReverseOrder) {
            order.reverse();
        }
        if self.rules.standing.latecomer.value() == Some(&LateStanding::Last) {
            order.sort_by_key(|person| self.floor.people.get(person).is_some_and(|m| m.late));
        }
        order
    }

    /// Who stands next, if somebody can; those who missed their slot owe it.
    pub(super) fn next_to_stand(&mut self) -> Option<PersonId> {
        let owing: Vec<PersonId> = self.floor.standing.owed_seconds.keys().copied().collect();
        if let Some(person) = owing.into_iter().find(|person| self.is_free(*person)) {
            return Some(person);
        }
        let order = self.standing_order();
        for _ in 0..2 {
            let stood = self.floor.standing.stood.clone();
            let to_come = order.iter().copied().filter(|person| !stood.contains(person));
            if let Some(person) = to_come.clone().find(|person| self.can_stand(*person)) {
                return Some(person);
            }
            if stood.is_empty() {
                return None;
            }
            self.emit(Event::StandingRoundBegan);
        }
        None
    }

    fn can_stand(&self, person: PersonId) -> bool {
        let rings = self.rings_of(person);
        self.is_free(person)
            && rings.first().is_some_and(|ring| self.not_in(*ring, person).is_none())
    }
}
