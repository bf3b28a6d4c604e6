//! What an event does to the floor. It decides nothing and cannot fail.

mod plans;
mod standing;

use super::{
    events::{Event, Prompt},
    state::{
        Away, Day, DoneAs, Floor, MakeUp, MakeUpState, Member, Occupied, OnTurn, Phase, Ring,
        RingId, TurnUsed, Visit,
    },
};
use crate::{calendar::Moment, people::PersonId};

impl Floor {
    /// The floor after `event` at `at`.
    pub fn evolve(&mut self, event: &Event, at: Moment) {
        use Event as E;
        match event {
            E::DayOpened { day, fresh_start } => self.open_day(*day, *fresh_start),
            E::DayClosed => self.close_day(),
            E::ProfileSet { person, profile } => self.member(*person).profile = profile.clone(),
            E::MemberRemoved { person } => self.remove(*person),
            E::OrderSet { ring, order } => {
                let ring = self.ring(*ring);
                ring.order.clone_from(order);
                ring.posted = true;
            }
            E::Joined { ring, person, place } => {
                let order = &mut self.ring(*ring).order;
                order.retain(|other| other != person);
                order.insert((*place).min(order.len()), *person);
            }
            E::SignedIn { person } => self.member(*person).signed_in = Some(at),
            E::SignedOut { person } => {
                let member = self.member(*person);
                (member.signed_in, member.away, member.busy) = (None, None, None);
            }
            E::LeftFloor { person, away } => self.member(*person).away = Some(*away),
            E::Returned { person } => self.member(*person).away = None,
            E::OutingAnswered { person, approved } => {
                if let Some(away) = &mut self.member(*person).away {
                    *away = Away { approved: Some(*approved), ..*away };
                }
            }
            E::BecameBusy { person, kind } => {
                self.member(*person).busy = Some(Occupied { kind: *kind, since: at });
            }
            E::BecameFree { person } => self.member(*person).busy = None,
            E::UnfitSet { person, unfit } => self.member(*person).unfit = *unfit,
            E::DelegateSet { person, delegate } => self.member(*person).delegate = *delegate,
            E::SecondPermitted { person } => self.member(*person).permitted = true,
            E::SecondWithdrawn { person } => self.member(*person).permitted = false,
            E::CheckedIn { person } => self.member(*person).checked_in = Some(at),
            E::CameOnTurn { ring, person } => self.come_on_turn(*ring, *person, at),
            E::Suspended { person, suspension } => {
                self.member(*person).suspended = Some(suspension.clone());
            }
            E::SuspensionLifted { person } => self.member(*person).suspended = None,
            E::HalfRated { person, half_rate } => {
                self.member(*person).half_rate = Some(half_rate.clone());
            }
            E::HalfRateLifted { person } => self.member(*person).half_rate = None,
            E::PendingAdded { pending } => self.pending.push(pending.clone()),
            E::PendingSettled { pending, .. } => self.pending.retain(|other| other != pending),
            E::Prompted { prompt: Prompt::AbsentTooLong(_), to: Some(person), .. } => {
                if let Some(away) = &mut self.member(*person).away {
                    away.reminded = true;
                }
            }
            E::BreachNoted { .. } | E::NoticeGiven { .. } | E::Prompted { .. } => {}
            E::StandingBegan { .. }
            | E::StandingEnded { .. }
            | E::StandingMissed { .. }
            | E::StandingRoundBegan
            | E::StandingWakes { .. } => self.evolve_standing(event, at),
            E::RoundBegan { .. }
            | E::TurnUsed { .. }
            | E::TurnPassed { .. }
            | E::TurnTakenOff { .. }
            | E::TurnGivenUp { .. }
            | E::TurnRestored { .. }
            | E::MovedToEnd { .. }
            | E::CameLate { .. } => self.evolve_turns(event),
            E::MakeUpGranted { .. }
            | E::MakeUpOpened { .. }
            | E::MakeUpUsed { .. }
            | E::MakeUpGivenBack { .. }
            | E::MakeUpExpired { .. }
            | E::MakeUpGivenUp { .. }
            | E::MakeUpTakenAway { .. } => self.evolve_make_ups(event, at),
            E::RushSet { on } => self.rush = on.then_some(at),
            E::PeriodBegan { .. }
            | E::Barred { .. }
            | E::RequirementNoted { .. }
            | E::BarsLifted { .. }
            | E::RosterPublished { .. }
            | E::ReceptionPlanned { .. }
            | E::PlannedReminded { .. }
            | E::PlannedCancelled { .. }
            | E::Registered { .. } => self.evolve_plans(event),
            E::Arrived { .. }
            | E::Classified { .. }
            | E::Waits { .. }
            | E::OwnerAsked { .. }
            | E::Offered { .. }
            | E::OfferEnded { .. }
            | E::Received { .. }
            | E::OwnerSet { .. }
            | E::HelperJoined { .. }
            | E::Ended { .. }
            | E::EndedAt { .. }
            | E::Reopened { .. } => self.evolve_visits(event, at),
        }
    }

    fn member(&mut self, person: PersonId) -> &mut Member {
        self.people.entry(person).or_default()
    }

    fn ring(&mut self, ring: RingId) -> &mut Ring {
        let ring = self.rings.entry(ring).or_default();
        ring.round = ring.round.max(1);
        ring
    }

    fn open_day(&mut self, day: Day, fresh_start: bool) {
        self.day = Some(day);
        self.visits.retain(|_, visit| visit.phase != Phase::Ended);
        self.make_ups.retain(|make_up| make_up.state.is_alive());
        self.next_visit = 0;
        self.rush = None;
        self.forget_plans_before(day.date);
        self.standing = super::state::Standing::default();
        for member in self.people.values_mut() {
            member.given_up = 0;
            (member.permitted, member.late) = (false, false);
        }
        for ring in self.rings.values_mut() {
            ring.turns_today = 0;
            if fresh_start {
                ring.round = 1;
                ring.done.clear();
                (ring.kept, ring.kept_over) = (Vec::new(), Vec::new());
                ring.ahead.clear();
            }
        }
    }

    fn close_day(&mut self) {
        self.last_day = self.day.take();
        (self.standing.now, self.standing.wakes_at) = (None, None);
        self.pending.clear();
        for member in self.people.values_mut() {
            (member.signed_in, member.away, member.busy) = (None, None, None);
        }
        for ring in self.rings.values_mut() {
            ring.on_turn = None;
        }
    }

    fn remove(&mut self, person: PersonId) {
        self.people.remove(&person);
        for ring in self.rings.values_mut() {
            ring.order.retain(|other| *other != person);
            ring.done.remove(&person);
        }
        self.pending.retain(|pending| pending.person != person);
        self.make_ups.retain(|make_up| make_up.person != person || !make_up.state.is_alive());
        self.standing.owed_seconds.remove(&person);
        self.forget_plans_of(person);
        for member in self.people.values_mut() {
            member.delegate = member.delegate.filter(|delegate| *delegate != person);
        }
    }

    fn come_on_turn(&mut self, ring: RingId, person: Option<PersonId>, at: Moment) {
        self.ring(ring).on_turn = person.map(|person| OnTurn { person, since: at });
        if let Some(person) = person {
            self.member(person).checked_in = None;
        }
    }

    fn evolve_turns(&mut self, event: &Event) {
        match event {
            Event::RoundBegan { ring, round, batch } => self.begin_round(*ring, *round, *batch),
            Event::TurnUsed { visit, person, ring, round, count, .. } => {
                let ahead = self.use_turn(*person, *ring, *count);
                if let Some(visit) = self.visits.get_mut(visit) {
                    let (person, ring, round, count) = (*person, *ring, *round, *count);
                    let make_up = None;
                    visit.turn = Some(TurnUsed { person, ring, round, make_up, count, ahead });
                }
                self.member(*person).permitted = false;
            }
            Event::TurnPassed { person, ring, round, passing, .. } => {
                if *passing == super::rules::Passing::Kept {
                    self.keep_place(*person, *ring, *round);
                } else {
                    self.finish_turn(*person, *ring, *round, DoneAs::Passed(*passing));
                }
            }
            Event::TurnTakenOff { person, ring, round, half_rate, .. } => {
                let done = if *half_rate { DoneAs::HalfRate } else { DoneAs::Ahead };
                self.finish_turn(*person, *ring, *round, done);
                if let Some(ahead) = self.ring(*ring).ahead.get_mut(person).filter(|_| !*half_rate)
                {
                    *ahead = ahead.saturating_sub(1);
                }
                self.flip_half_rate(*person, *ring, *half_rate);
            }
            Event::TurnGivenUp { person, ring, round, voluntary, .. } => {
                self.finish_turn(*person, *ring, *round, DoneAs::GivenUp);
                if *voluntary {
                    self.member(*person).given_up += 1;
                }
            }
            Event::TurnRestored { visit, person, ring, round, .. } => {
                let of = visit.and_then(|visit| self.visits.get_mut(&visit));
                let turn = of.and_then(|visit| visit.turn.take());
                self.restore_turn(*person, *ring, *round, turn);
            }
            Event::MovedToEnd { person, ring, .. } => {
                let ring = self.ring(*ring);
                ring.kept.retain(|other| other != person);
                if ring.order.contains(person) {
                    ring.order.retain(|other| other != person);
                    ring.order.push(*person);
                }
            }
            Event::CameLate { person, ring, next_round } => {
                self.member(*person).late = true;
                if *next_round {
                    self.ring(*ring).done.insert(*person, DoneAs::Late);
                }
            }
            _ => {}
        }
    }

    /// Everybody's turn is to come again; with batches, that of those on site.
    fn begin_round(&mut self, ring: RingId, round: u32, batch: Option<u32>) {
        let others: Vec<PersonId> = self
            .people
            .iter()
            .filter(|(_, member)| batch.is_some_and(|batch| member.profile.batch != batch))
            .map(|(person, _)| *person)
            .collect();
        let ring = self.ring(ring);
        let kept = std::mem::take(&mut ring.kept);
        for person in kept {
            if !ring.done.contains_key(&person) && !ring.kept_over.contains(&person) {
                ring.kept_over.push(person);
            }
        }
        ring.round = round;
        ring.done.retain(|person, _| others.contains(person));
    }

    /// Undoes what `turn` used, or the turn of `round` where no visit used it.
    fn restore_turn(&mut self, person: PersonId, ring: RingId, round: u32, turn: Option<TurnUsed>) {
        if turn.is_some_and(|turn| turn.make_up.is_some()) {
            return;
        }
        let (count, over) = turn.map_or((1, 0), |turn| (turn.count, turn.ahead));
        let state = self.ring(ring);
        if over < count && state.round == round {
            let of_round = state.done.remove(&person).is_some();
            if turn.is_some() && !of_round && !state.kept_over.contains(&person) {
                state.kept_over.insert(0, person);
            }
        }
        if let Some(ahead) = state.ahead.get_mut(&person) {
            *ahead = ahead.saturating_sub(over);
        }
        if let Some(counts) = state.counts.get_mut(&person) {
            *counts = counts.saturating_sub(count);
        }
    }

    /// Uses `count` turns: this round's if it is still there, the coming ones' for the rest,
    /// whose number is the answer.
    fn use_turn(&mut self, person: PersonId, ring: RingId, count: u32) -> u32 {
        // A turn of a round before that waits for an approval is not the one that is used.
        let waits = self.awaits_approval(person, ring).is_some();
        let state = self.ring(ring);
        let kept = state.kept_over.iter().position(|other| *other == person && !waits);
        kept.map(|place| state.kept_over.remove(place));
        let left = if kept.is_some() { count.saturating_sub(1) } else { count };
        let over = if state.done.contains_key(&person) { left } else { left.saturating_sub(1) };
        if left > 0 {
            state.done.entry(person).or_insert(DoneAs::Used);
        }
        if over > 0 {
            *state.ahead.entry(person).or_default() += over;
        }
        *state.counts.entry(person).or_default() += count;
        state.turns += 1;
        state.turns_today += 1;
        if over == 0 {
            self.flip_half_rate(person, ring, false);
        }
        over
    }

    fn finish_turn(&mut self, person: PersonId, ring: RingId, round: u32, done: DoneAs) {
        let ring = self.ring(ring);
        if ring.round == round {
            ring.done.insert(person, done);
        } else {
            ring.kept_over.retain(|other| *other != person);
        }
        *ring.counts.entry(person).or_default() += 1;
    }

    fn keep_place(&mut self, person: PersonId, ring: RingId, round: u32) {
        let ring = self.ring(ring);
        if ring.round == round && !ring.kept.contains(&person) {
            ring.kept.push(person);
        }
    }

    fn flip_half_rate(&mut self, person: PersonId, ring: RingId, was_skipped: bool) {
        if let Some(half_rate) = &mut self.member(person).half_rate {
            half_rate.skips_next.insert(ring, !was_skipped);
        }
    }

    fn evolve_make_ups(&mut self, event: &Event, at: Moment) {
        match event {
            Event::MakeUpGranted { id, person, ring, kind, state, clauses } => {
                let of = self.ring(*ring);
                let (opened_turns, round) = (of.turns, of.round);
                self.next_make_up = self.next_make_up.max(id + 1);
                self.make_ups.push(MakeUp {
                    id: *id,
                    person: *person,
                    ring: *ring,
                    kind: *kind,
                    state: *state,
                    granted_at: at,
                    opened_turns,
                    round,
                    clauses: clauses.clone(),
                });
            }
            Event::MakeUpOpened { id } => {
                let turns = self.make_up(*id).map(|m| m.ring).map(|ring| self.ring(ring).turns);
                if let Some(make_up) = self.make_ups.iter_mut().find(|m| m.id == *id) {
                    make_up.state = MakeUpState::Open;
                    make_up.opened_turns = turns.unwrap_or(make_up.opened_turns);
                }
            }
            Event::MakeUpUsed { id, visit, person, ring } => {
                self.set_make_up(*id, MakeUpState::Used);
                let state = self.ring(*ring);
                state.turns += 1;
                state.turns_today += 1;
                let round = state.round;
                if let Some(visit) = self.visits.get_mut(visit) {
                    let (person, ring, make_up) = (*person, *ring, Some(*id));
                    let (count, ahead) = (1, 0);
                    visit.turn = Some(TurnUsed { person, ring, round, make_up, count, ahead });
                }
            }
            Event::MakeUpGivenBack { id, visit } => {
                self.set_make_up(*id, MakeUpState::Open);
                if let Some(visit) = self.visits.get_mut(visit) {
                    visit.turn = None;
                }
            }
            Event::MakeUpExpired { id, .. } | Event::MakeUpGivenUp { id, .. } => {
                self.set_make_up(*id, MakeUpState::Expired);
                if let Event::MakeUpGivenUp { person, voluntary: true, .. } = event {
                    self.member(*person).given_up += 1;
                }
                let used_by =
                    |visit: &&mut Visit| visit.turn.is_some_and(|turn| turn.make_up == Some(*id));
                self.visits.values_mut().filter(used_by).for_each(|visit| visit.turn = None);
            }
            Event::MakeUpTakenAway { id, .. } => self.set_make_up(*id, MakeUpState::TakenAway),
            _ => {}
        }
    }

    fn set_make_up(&mut self, id: u64, state: MakeUpState) {
        if let Some(make_up) = self.make_ups.iter_mut().find(|make_up| make_up.id == id) {
            make_up.state = state;
        }
    }

    fn evolve_visits(&mut self, event: &Event, at: Moment) {
        if let Event::Arrived { visit, arrival } = event {
            self.next_visit += 1;
            let visit_new = Visit {
                number: self.next_visit,
                arrival: arrival.clone(),
                arrived_at: at,
                situation: None,
                phase: Phase::Waiting,
                receiver: None,
                received_at: None,
                helpers: Vec::new(),
                let_go_by: Vec::new(),
                turn: None,
                owner_after: None,
                ended_at: None,
                registered: false,
            };
            self.visits.insert(*visit, visit_new);
            return;
        }
        let (Event::Classified { visit, .. }
        | Event::Waits { visit }
        | Event::OwnerAsked { visit, .. }
        | Event::Offered { visit, .. }
        | Event::OfferEnded { visit, .. }
        | Event::Received { visit, .. }
        | Event::OwnerSet { visit, .. }
        | Event::HelperJoined { visit, .. }
        | Event::Ended { visit }
        | Event::EndedAt { visit, .. }
        | Event::Reopened { visit }) = event
        else {
            return;
        };
        let Some(visit) = self.visits.get_mut(visit) else { return };
        match event {
            Event::Classified { situation, arrival, .. } => {
                visit.situation = Some(*situation);
                visit.arrival = arrival.clone();
            }
            Event::Waits { .. } => {
                (visit.phase, visit.receiver, visit.received_at) = (Phase::Waiting, None, None);
            }
            Event::OwnerAsked { owner, .. } => {
                (visit.phase, visit.receiver) = (Phase::Asking(*owner), None);
            }
            Event::Offered { to, until, .. } => {
                (visit.phase, visit.receiver) = (Phase::Offered { until: *until }, Some(*to));
            }
            Event::OfferEnded { person, .. } => {
                (visit.phase, visit.receiver) = (Phase::Waiting, None);
                visit.let_go_by.push(*person);
            }
            Event::Received { by, .. } => {
                let same = visit.receiver == Some(*by) && visit.received_at.is_some();
                (visit.phase, visit.receiver) = (Phase::Received, Some(*by));
                if !same {
                    visit.received_at = Some(at);
                }
            }
            Event::OwnerSet { owner, .. } => visit.owner_after = Some(*owner),
            Event::HelperJoined { person, .. } => visit.helpers.push(*person),
            Event::Ended { .. } => (visit.phase, visit.ended_at) = (Phase::Ended, Some(at)),
            Event::EndedAt { at, .. } => (visit.phase, visit.ended_at) = (Phase::Ended, Some(*at)),
            Event::Reopened { .. } => (visit.phase, visit.ended_at) = (Phase::Received, None),
            _ => {}
        }
    }
}
