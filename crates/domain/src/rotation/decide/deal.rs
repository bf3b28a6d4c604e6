//! Who is next in a ring, and what it costs those who are passed by.

use rulebook::facts;

use super::{
    super::{
        events::Event,
        rules::{LateSignIn, MakeUpExpiry, OrderSource},
        state::{Ring, RingId},
    },
    desk::{Desk, clauses_of},
    readiness::Readiness,
};
use crate::{
    calendar::{Moment, after, minutes, moment_on, time_of},
    people::{PersonId, VisitId},
};

/// Somebody who was looked at on the way to the next receiver.
#[derive(Debug, Clone, Copy)]
pub(super) struct Passed {
    pub person: PersonId,
    /// Rounds after the current one.
    pub rounds: u32,
    pub readiness: Readiness,
}

/// Who is next, and who is passed by.
#[derive(Debug, Clone)]
pub(super) struct Deal {
    pub person: PersonId,
    /// Rounds after the current one.
    pub rounds: u32,
    /// The make-up turn that is due, if it is one.
    pub make_up: Option<u64>,
    pub passed: Vec<Passed>,
}

/// How many rounds ahead somebody free is looked for.
const ROUNDS_AHEAD: u32 = 2;

impl Desk<'_> {
    pub(super) fn source(&self) -> Option<OrderSource> {
        self.rules.order.source.value().copied()
    }

    /// Whether everybody has one turn in each round.
    fn has_rounds(&self) -> bool {
        !matches!(self.source(), Some(OrderSource::CumulativeCount | OrderSource::TimeSlots))
    }

    /// Everybody in `ring`, in the order in which turns come, with the rounds ahead of now.
    pub(super) fn sequence(&self, ring: &Ring) -> Vec<(PersonId, u32)> {
        match self.source() {
            Some(OrderSource::CumulativeCount) => {
                let mut order = ring.order.clone();
                order.sort_by_key(|person| ring.counts.get(person).copied().unwrap_or(0));
                return order.into_iter().map(|person| (person, 0)).collect();
            }
            Some(OrderSource::TimeSlots) => return self.slot_sequence(ring),
            _ => {}
        }
        let ahead = if self.rules.order.cyclic.value() == Some(&false) { 0 } else { ROUNDS_AHEAD };
        let left = ring.order.iter().filter(|person| !ring.done.contains_key(*person));
        let over = ring.kept_over.iter().filter(|person| ring.order.contains(person));
        let mut sequence: Vec<(PersonId, u32)> = over.chain(left).map(|p| (*p, 0)).collect();
        for rounds in 1..=ahead {
            sequence.extend(ring.order.iter().map(|person| (*person, rounds)));
        }
        sequence
    }

    /// With slots of time: whose slot it is, then those after them.
    fn slot_sequence(&self, ring: &Ring) -> Vec<(PersonId, u32)> {
        let people: Vec<PersonId> = ring
            .order
            .iter()
            .copied()
            .filter(|person| self.floor.people.get(person).is_some_and(|m| m.signed_in.is_some()))
            .collect();
        let minutes = self.rules.order.slot_minutes.value().copied().unwrap_or(0);
        let start = self.rules.hours.start.value().copied();
        let start = start.or_else(|| self.floor.day.map(|day| time_of(day.opened_at)));
        let since = start.map_or(0, |start| (time_of(self.at) - start).num_minutes().max(0));
        let slots = since.checked_div(i64::from(minutes)).unwrap_or(0);
        let slot = usize::try_from(slots).unwrap_or(0);
        let shift = slot.checked_rem(people.len()).unwrap_or(0);
        people.iter().cycle().skip(shift).take(people.len()).map(|person| (*person, 0)).collect()
    }

    /// When the slot of receiving that runs is over, where the order goes by slots.
    pub(super) fn next_slot(&self) -> Option<Moment> {
        if self.source() != Some(OrderSource::TimeSlots) {
            return None;
        }
        let length = self.rules.order.slot_minutes.value().copied().filter(|length| *length > 0)?;
        let day = self.floor.day?;
        let start = self.rules.hours.start.value().copied();
        let start = start.map_or(day.opened_at, |start| moment_on(self.at, start));
        let passed = (self.at - start).num_minutes().max(0).checked_div(i64::from(length))?;
        let slots = i32::try_from(passed + 1).ok()?;
        Some(after(start, minutes(length) * slots))
    }

    /// Who comes next by the order alone, with everybody passed on the way.
    pub(super) fn next_by_order(&self, id: RingId) -> Option<Deal> {
        let ring = self.ring(id);
        let mut passed: Vec<Passed> = Vec::new();
        let over = ring.kept_over.iter().filter(|person| ring.order.contains(person)).count();
        for (place, (person, rounds)) in self.sequence(&ring).into_iter().enumerate() {
            let waits = self.floor.awaits_approval(person, id);
            if place < over && (waits.is_some() || self.readiness(id, person) != Readiness::Free) {
                continue;
            }
            let readiness = match self.readiness(id, person) {
                // Back from an outing that nobody has approved: this round's turn waits for that.
                Readiness::Free if rounds == 0 && waits == Some(ring.round) => {
                    Readiness::NotIn("awaits_approval")
                }
                ready @ Readiness::NotIn(_) => ready,
                ready => match self.owes(id, &ring, person, rounds, &passed) {
                    Some(half_rate) => Readiness::Owes { half_rate },
                    None => ready,
                },
            };
            if readiness == Readiness::Free {
                return Some(Deal { person, rounds, make_up: None, passed });
            }
            passed.push(Passed { person, rounds, readiness });
        }
        None
    }

    /// Whether `person`'s turn in that round is taken off; true for one turn in two rounds.
    fn owes(
        &self,
        id: RingId,
        ring: &Ring,
        person: PersonId,
        rounds: u32,
        passed: &[Passed],
    ) -> Option<bool> {
        let before = |half: bool| {
            let owed = Readiness::Owes { half_rate: half };
            passed.iter().filter(|p| p.person == person && p.readiness == owed).count()
        };
        // Where counts or the time decide, a turn used ahead weighs in the count, or not at all.
        let ahead = if self.has_rounds() { ring.ahead.get(&person).copied() } else { None };
        let ahead = ahead.unwrap_or(0);
        if usize::try_from(ahead).unwrap_or(0) > before(false) {
            return Some(false);
        }
        let half_rate = self.floor.people.get(&person)?.half_rate.as_ref()?;
        if half_rate.until.is_some_and(|until| until < crate::calendar::day_of(self.at)) {
            return None;
        }
        let skips = half_rate.skips_next.get(&id).copied().unwrap_or(false);
        let skips = if rounds >= ROUNDS_AHEAD { !skips } else { skips };
        (skips && before(true) == 0).then_some(true)
    }

    /// Who is on turn in `ring`: a make-up turn that is due, or the next by the order.
    pub(super) fn next(&self, ring: RingId) -> Option<Deal> {
        let by_order = self.next_by_order(ring);
        match self.due_make_up(ring, by_order.as_ref()) {
            Some((id, person)) => {
                Some(Deal { person, rounds: 0, make_up: Some(id), passed: Vec::new() })
            }
            None => by_order,
        }
    }

    /// Who is on turn in `ring`.
    #[must_use]
    pub fn on_turn(&self, ring: RingId) -> Option<PersonId> {
        self.next(ring).map(|deal| deal.person)
    }

    /// Everybody who could receive from `ring` now, in the order in which turns come.
    pub(super) fn free_in_order(&self, id: RingId) -> Vec<PersonId> {
        let ring = self.ring(id);
        let mut free: Vec<PersonId> = Vec::new();
        for (person, _) in self.sequence(&ring) {
            if !free.contains(&person) && self.readiness(id, person) == Readiness::Free {
                free.push(person);
            }
        }
        free
    }

    /// Uses the turn that `deal` gives for `visit`, and settles with those passed by.
    pub(super) fn use_deal(&mut self, id: RingId, deal: &Deal, visit: VisitId, count: u32) {
        self.note_order(id, deal.person);
        self.note_check_in(deal.person);
        if let Some(make_up) = deal.make_up {
            self.note_make_up_used(make_up, deal.person);
            let person = deal.person;
            self.emit(Event::MakeUpUsed { id: make_up, visit, person, ring: id });
            return;
        }
        let mut round = self.ring(id).round;
        let mut begun = 0;
        for passed in &deal.passed {
            if passed.rounds > begun {
                begun = passed.rounds;
                round = self.begin_round(id, round);
            }
            self.pass(id, round, *passed);
        }
        let again = !self.has_rounds() && self.ring(id).done.contains_key(&deal.person);
        if deal.rounds > begun || again {
            round = self.begin_round(id, round);
        }
        let person = deal.person;
        let clauses = clauses_of(&self.rules.order.source);
        self.emit(Event::TurnUsed { visit, person, ring: id, round, count, clauses });
    }

    fn begin_round(&mut self, ring: RingId, round: u32) -> u32 {
        let next = round.saturating_add(1);
        self.trail.cite("round_over", true, &self.rules.order.cyclic, facts![round]);
        let batch = self.batch_on_site();
        self.emit(Event::RoundBegan { ring, round: next, batch });
        if self.rules.make_up.expires.value() == Some(&MakeUpExpiry::EndOfRound) {
            let old: Vec<u64> = self
                .floor
                .make_ups
                .iter()
                .filter(|m| m.ring == ring && m.state.is_alive() && m.round < round)
                .map(|make_up| make_up.id)
                .collect();
            for id in old {
                let clauses = clauses_of(&self.rules.make_up.expires);
                self.emit(Event::MakeUpExpired { id, clauses });
            }
        }
        next
    }

    /// The batch on site, where batches alternate.
    pub(super) fn batch_on_site(&self) -> Option<u32> {
        let batches = self.rules.batches.count.value().copied().unwrap_or(1);
        self.floor.day.filter(|_| batches > 1).map(|day| day.batch)
    }

    fn note_order(&mut self, id: RingId, person: PersonId) {
        let ring = self.ring(id);
        let round = ring.round;
        let place = ring.order.iter().position(|other| *other == person).map_or(0, |at| at + 1);
        self.trail.cite(
            "next_in_order",
            true,
            &self.rules.order.source,
            facts![person, place, round],
        );
        let permitted = self.floor.people.get(&person).is_some_and(|member| member.permitted);
        if permitted && self.floor.open_visits_of(person).next().is_some() {
            let by = self.rules.concurrent.permitted_by.clone();
            self.trail.cite("second_permitted", true, &by, facts![person]);
        }
        if ring.turns_today == 0 && ring.turns > 0 {
            self.trail.cite("carried_over", true, &self.rules.order.carry_over, facts![round]);
        }
    }

    /// Notes whether who is on turn was at the post when the visitor came.
    fn note_check_in(&mut self, person: PersonId) {
        let setting = &self.rules.posts.check_in;
        if setting.value() == Some(&true) {
            let at_post = self.floor.people.get(&person).is_some_and(|m| m.checked_in.is_some());
            self.trail.cite("checked_in", at_post, setting, facts![person]);
        }
    }

    /// Uses a turn of `person`, who receives without being on turn.
    pub(super) fn use_own_turn(
        &mut self,
        id: RingId,
        person: PersonId,
        visit: VisitId,
        count: u32,
    ) {
        let ring = self.ring(id);
        if !ring.order.contains(&person) {
            self.trail.holds("no_turn_in_ring", true, facts![person]);
            return;
        }
        let clauses = clauses_of(&self.rules.order.source);
        self.emit(Event::TurnUsed { visit, person, ring: id, round: ring.round, count, clauses });
    }

    /// Puts somebody who signs in into the rings they belong to.
    pub(super) fn join_rings(&mut self, person: PersonId) {
        for id in self.rings_of(person) {
            let ring = self.ring(id);
            if !ring.order.contains(&person) {
                if ring.posted && self.source() == Some(OrderSource::PostedTable) {
                    self.trail.cite("on_table", false, &self.rules.order.source, facts![person]);
                    continue;
                }
                let place = self.place_for(&ring, person);
                self.emit(Event::Joined { ring: id, person, place });
            }
            if self.ring(id).turns_today > 0 {
                let late = self.rules.order.late_sign_in.value().copied();
                let late = late.unwrap_or(LateSignIn::EndOfOrder);
                self.trail.cite("came_late", true, &self.rules.order.late_sign_in, facts![person]);
                if late == LateSignIn::EndOfOrder {
                    let clauses = clauses_of(&self.rules.order.late_sign_in);
                    self.emit(Event::MovedToEnd { person, ring: id, clauses });
                }
                let next_round = late == LateSignIn::NextRound;
                self.emit(Event::CameLate { person, ring: id, next_round });
            }
        }
    }

    /// Where a newcomer is put into `ring`: by number or rank where they rule, else at the end.
    pub(super) fn place_for(&self, ring: &Ring, person: PersonId) -> usize {
        let by_rank = self.source() == Some(OrderSource::LastMonthRank);
        if !by_rank && self.source() != Some(OrderSource::FixedNumber) {
            return ring.order.len();
        }
        let number = |person: &PersonId| {
            let profile = self.floor.people.get(person).map(|member| &member.profile);
            let number = profile.and_then(|p| if by_rank { p.rank } else { p.number });
            number.unwrap_or(u32::MAX)
        };
        let own = number(&person);
        ring.order.iter().position(|other| number(other) > own).unwrap_or(ring.order.len())
    }
}
