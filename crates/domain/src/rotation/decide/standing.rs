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
    readiness::Readiness,
};
use crate::{
    calendar::{after, minutes, moment_on, time_of},
    people::PersonId,
};

impl Desk<'_> {
    /// Ends a slot that is over or whose holder cannot stand, and begins the next.
    pub(super) fn keep_standing(&mut self) {
        self.expect_hours();
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
                self.end_slot(slot, false);
                self.trail.cite(
                    "serves_owed",
                    true,
                    &self.rules.standing.owed,
                    facts![person = owed],
                );
                self.begin_slot(owed, None);
            } else if let Some(first) = self.first_of_the_day(slot.person) {
                self.begin_slot(first, None);
            }
        }
        let vacant = !early && !late && self.floor.standing.now.is_none();
        if vacant && let Some(next) = self.next_to_stand() {
            self.begin_slot(next, rest);
        }
    }

    /// Has the clock look again when the hours of standing duty begin or end, and when a slot of
    /// receiving is over.
    fn expect_hours(&mut self) {
        let rules = &self.rules.standing;
        let stands = !matches!(rules.order.value(), None | Some(StandingOrder::None));
        let hours = [&rules.start, &rules.end].into_iter().filter(|_| stands);
        let wakes_at = hours
            .filter_map(|time| time.value().map(|time| moment_on(self.at, *time)))
            .chain(self.next_slot())
            .filter(|moment| *moment > self.at)
            .min();
        if wakes_at != self.floor.standing.wakes_at {
            self.emit(Event::StandingWakes { at: wakes_at });
        }
    }

    /// While the team is still signing in, before the first visitor and before the first slot is
    /// over: who comes before `standing` in the order, if anybody.
    fn first_of_the_day(&self, standing: PersonId) -> Option<PersonId> {
        let state = &self.floor.standing;
        if self.floor.next_visit > 0 || !state.stood.is_empty() {
            return None;
        }
        let first = self.standing_order().into_iter().find(|person| self.can_stand(*person));
        first.filter(|first| *first != standing)
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
        let idle = served && self.on_turn(walk_in) == Some(person);
        if idle && rules.idle_costs_turn.is_unset() {
            self.trail.cite("idle_slot", true, &rules.idle_costs_turn, facts![person]);
            self.prompt(Prompt::Undecided, None, None);
        }
        if idle && rules.idle_costs_turn.value() == Some(&true) {
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
        if let Some(length) = length {
            self.trail.cite("stands_for", true, &rules.slot_minutes, facts![person, length]);
        }
        self.emit(Event::StandingBegan { person, until });
        self.prompt(Prompt::StandNow, Some(person), None);
        self.look_for_check_in(person);
    }

    /// Whoever begins to stand without having checked in at the post is told, and on the first
    /// slot of the day so is the supervisor.
    fn look_for_check_in(&mut self, person: PersonId) {
        let setting = self.rules.posts.check_in.clone();
        let at_post = self.floor.people.get(&person).is_some_and(|m| m.checked_in.is_some());
        if setting.value() != Some(&true) || at_post {
            return;
        }
        self.trail.cite("checked_in", false, &setting, facts![person]);
        self.prompt(Prompt::CheckIn, Some(person), None);
        if self.floor.standing.past.is_empty() {
            self.prompt(Prompt::PostEmpty, None, None);
        }
    }

    /// Who owes standing time, has just become free and serves it right after the reception.
    fn owed_at_once(&self, standing: PersonId) -> Option<PersonId> {
        if self.rules.standing.owed.value() != Some(&OwedStanding::AtOnce) {
            return None;
        }
        let owes = |person: &PersonId| self.floor.standing.owed_seconds.contains_key(person);
        self.finished.filter(|person| *person != standing && owes(person) && self.is_free(*person))
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
            order.sort_by_key(|person| self.is_late_to_stand(*person));
        }
        order
    }

    /// Whether `person` signed in after standing duty began for the day, or after the first turn.
    fn is_late_to_stand(&self, person: PersonId) -> bool {
        let Some(member) = self.floor.people.get(&person) else { return false };
        let state = &self.floor.standing;
        let began = state.past.iter().chain(&state.now).map(|slot| slot.since).min();
        let start = self.rules.standing.start.value().map(|start| moment_on(self.at, *start));
        let began = start.or(began);
        member.late || began.is_some_and(|began| member.signed_in.is_some_and(|at| at > began))
    }

    /// Who stands next, if somebody can; whoever is receiving when their slot comes owes it.
    pub(super) fn next_to_stand(&mut self) -> Option<PersonId> {
        let order = self.standing_order();
        let owes = |person: &&PersonId| self.floor.standing.owed_seconds.contains_key(*person);
        if let Some(person) = order.iter().filter(owes).find(|person| self.is_free(**person)) {
            return Some(*person);
        }
        let stood = self.floor.standing.stood.clone();
        let before = |person: &PersonId, next: PersonId| *person != next;
        let to_come: Vec<PersonId> =
            order.iter().copied().filter(|person| !stood.contains(person)).collect();
        if let Some(next) = to_come.iter().copied().find(|person| self.can_stand(*person)) {
            let missing = to_come.iter().take_while(|person| before(person, next));
            missing.for_each(|person| self.miss_slot(*person));
            return Some(next);
        }
        let next = order.iter().copied().find(|person| self.can_stand(*person))?;
        to_come.iter().for_each(|person| self.miss_slot(*person));
        self.emit(Event::StandingRoundBegan);
        let missing = order.iter().take_while(|person| before(person, next));
        missing.filter(|person| !to_come.contains(person)).for_each(|person| {
            self.miss_slot(*person);
        });
        Some(next)
    }

    /// Notes that `person` owes a slot that came while they were busy.
    fn miss_slot(&mut self, person: PersonId) {
        let rules = self.rules.standing.clone();
        let made_up = rules.missed.value() == Some(&MissedStanding::MadeUp);
        let busy = matches!(self.availability(person), Readiness::Busy(_));
        let Some(slot) = rules.slot_minutes.value().copied().filter(|_| made_up && busy) else {
            return;
        };
        self.trail.cite("standing_missed", true, &rules.missed, facts![person]);
        let owed_seconds = minutes(slot).num_seconds();
        self.emit(Event::StandingMissed {
            person,
            owed_seconds,
            clauses: clauses_of(&rules.missed),
        });
    }

    /// Whether `person` could stand now; a suspension takes nobody off standing duty.
    fn can_stand(&self, person: PersonId) -> bool {
        let rings = self.rings_of(person);
        let may = |reason: Option<&str>| reason.is_none_or(|reason| reason == "suspended");
        self.is_free(person) && rings.first().is_some_and(|ring| may(self.not_in(*ring, person)))
    }
}
