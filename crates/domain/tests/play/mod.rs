//! A floor on which moves are played, with the clock running.

pub mod moves;
pub mod rulebooks;

use std::collections::BTreeMap;

use chrono::{DateTime, Days, FixedOffset, TimeDelta};
use domain::{
    attribution::Ownership,
    calendar::Moment,
    people::{Actor, ClientId, PersonId, TeamId, VisitId},
    rotation::{
        Command, Event, Floor, Outcome, Rules, decide,
        decide::next_deadline,
        rules::{Situation, TeamRings},
        state::{Arrival, Channel, Member, OwnerAnswer, Phase, Profile, RingId, Visit},
    },
};
use moves::{CLIENTS, Coming, Move, PEOPLE, ROLES};
use rulebook::Decision;
use uuid::Uuid;

/// One command that was given, and what came of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Given {
    pub command: Command,
    pub at: Moment,
    pub decision: Decision<Outcome, Event>,
    /// Whoever receives by it had as many new clients before as anybody may have.
    pub was_full: bool,
}

/// A floor on which moves are played.
#[derive(Debug, Clone)]
pub struct Game<'a> {
    pub rules: &'a Rules,
    pub floor: Floor,
    pub now: Moment,
    pub given: Vec<Given>,
    owners: BTreeMap<ClientId, Ownership>,
    visits: Vec<VisitId>,
}

pub fn person(number: usize) -> PersonId {
    PersonId(Uuid::from_u128(100 + (number % PEOPLE) as u128))
}

fn team(number: usize) -> TeamId {
    TeamId(Uuid::from_u128(200 + (number % 2) as u128))
}

fn opening() -> Moment {
    DateTime::<FixedOffset>::parse_from_rfc3339("2026-03-02T09:30:00+08:00").unwrap()
}

/// The numbers from 0 to `PEOPLE`, in the order that `code` stands for.
fn order(code: usize) -> Vec<PersonId> {
    let (mut left, mut code): (Vec<usize>, usize) = ((0..PEOPLE).collect(), code);
    let mut order = Vec::new();
    while !left.is_empty() {
        order.push(person(left.remove(code % left.len())));
        code /= left.len() + 1;
    }
    order
}

impl<'a> Game<'a> {
    /// A morning on which `signed_in` of the people are there.
    pub fn new(rules: &'a Rules, signed_in: usize) -> Self {
        let (floor, given, visits) = (Floor::default(), Vec::new(), Vec::new());
        let mut game =
            Self { rules, floor, now: opening(), given, owners: BTreeMap::new(), visits };
        for number in 0..PEOPLE {
            game.set_profile(number);
        }
        game.open_day(order(0));
        for ring in game.rings() {
            let there = order(0).into_iter().take(signed_in);
            let order: Vec<PersonId> = there.filter(|p| game.belongs(*p, ring)).collect();
            game.give(Command::SetOrder { ring, order });
        }
        for number in 0..signed_in {
            game.give(Command::SignIn { person: person(number) });
        }
        game
    }

    fn rings(&self) -> Vec<RingId> {
        let per_team = self.rules.rings.teams.value() == Some(&TeamRings::PerTeam);
        let teams = if per_team { vec![Some(team(0)), Some(team(1))] } else { vec![None] };
        teams.into_iter().map(|team| RingId { channel: Channel::WalkIn, team }).collect()
    }

    fn belongs(&self, person: PersonId, ring: RingId) -> bool {
        let team = self.floor.people.get(&person).and_then(|member| member.profile.team);
        ring.team.is_none() || ring.team == team
    }

    fn set_profile(&mut self, number: usize) {
        let profile = Profile {
            team: Some(team(number)),
            certified: true,
            rotates: true,
            number: u32::try_from(number).ok(),
            rank: u32::try_from(PEOPLE - number).ok(),
            batch: u32::try_from(number % 2).unwrap(),
            ..Profile::default()
        };
        self.give(Command::SetProfile { person: person(number), profile });
    }

    fn open_day(&mut self, mut roster: Vec<PersonId>) {
        roster.retain(|person| self.floor.people.contains_key(person));
        self.give(Command::OpenDay { date: self.now.date_naive(), roster: Some(roster) });
    }

    /// Gives `command` now.
    pub fn give(&mut self, command: Command) -> Outcome {
        let actor = Actor::new(PersonId(Uuid::nil()), ROLES);
        let before = self.floor.clone();
        let decision = decide(self.rules, &self.floor, &command, &actor, self.now);
        for event in &decision.events {
            self.floor.evolve(event, self.now);
        }
        if decision.outcome.is_refused() {
            assert!(decision.events.is_empty(), "refused, and yet: {:?}", decision.events);
            assert_eq!(before, self.floor);
        }
        self.remember_owners();
        let outcome = decision.outcome.clone();
        let was_full = match outcome {
            Outcome::Receives { by, .. } => self.is_full(&before, by),
            _ => false,
        };
        self.given.push(Given { command, at: self.now, decision, was_full });
        outcome
    }

    fn is_full(&self, floor: &Floor, person: PersonId) -> bool {
        let most = self.rules.concurrent.new_clients_most.value().copied().unwrap_or(u32::MAX);
        let open = u32::try_from(floor.open_visits_of(person).count()).unwrap();
        open >= most && !floor.people.get(&person).is_some_and(|member| member.permitted)
    }

    fn remember_owners(&mut self) {
        for visit in self.floor.visits.values().filter(|visit| visit.ended_at.is_some()) {
            if let (Some(client), Some(owner)) = (visit.arrival.client, Visit::owner(visit)) {
                let closed = self.owners.get(&client).is_some_and(|known| known.closed);
                self.owners.insert(client, Ownership { owner, closed });
            }
        }
    }

    /// Lets time pass; what falls due happens on the way.
    pub fn wait(&mut self, length: TimeDelta) {
        let to = self.now + length;
        while let Some(due) = next_deadline(&self.floor).filter(|due| *due <= to) {
            self.now = self.now.max(due);
            self.give(Command::Settle);
            let next = next_deadline(&self.floor);
            assert!(next.is_none_or(|next| next > self.now), "the clock spins at {}", self.now);
        }
        self.now = to;
    }

    fn next_day(&mut self, code: usize) {
        self.give(Command::CloseDay { end_open: true });
        let tomorrow = self.now.date_naive().checked_add_days(Days::new(1)).unwrap();
        let opening = tomorrow.and_time(opening().time());
        self.now = opening.and_local_timezone(self.now.timezone()).unwrap();
        self.open_day(order(code));
        for person in order(code) {
            self.give(Command::SignIn { person });
        }
        self.visits.clear();
    }

    /// The visit with this number among those that `fit`; sometimes any, which is then refused.
    fn visit(&self, number: usize, fit: impl Fn(&Visit) -> bool) -> Option<VisitId> {
        let any = number % 9 == 8;
        let known =
            self.visits.iter().filter(|id| any || self.floor.visits.get(id).is_some_and(&fit));
        let known: Vec<&VisitId> = known.collect();
        known.get(number.checked_rem(known.len())?).map(|id| **id)
    }

    /// The person with this number among those that `fit`; sometimes any, which is then refused.
    fn member(&self, number: usize, fit: impl Fn(&Member) -> bool) -> PersonId {
        let fitting = self.floor.people.iter().filter(|(_, member)| fit(member));
        let fitting: Vec<&PersonId> = fitting.map(|(person, _)| person).collect();
        let chosen = number.checked_rem(fitting.len()).filter(|_| number % 9 != 8);
        chosen.map_or_else(|| person(number), |at| *fitting[at])
    }

    fn new_visit(&mut self) -> VisitId {
        let visit = VisitId(Uuid::from_u128(10_000 + self.given.len() as u128));
        self.visits.push(visit);
        visit
    }

    fn arrival(&mut self, coming: &Coming) -> Arrival {
        let number = coming.client.unwrap_or(CLIENTS + self.given.len());
        let client = ClientId(Uuid::from_u128(1_000 + number as u128));
        let calls = self.rules.situation.get(&Situation::CallNew);
        let has_calls = calls.is_some_and(|rules| rules.receiver.value().is_some());
        let channel = if coming.phone && has_calls { Channel::Phone } else { Channel::WalkIn };
        let introducer = coming.introduced_by;
        Arrival {
            client: Some(client),
            ownership: self.owners.get(&client).copied(),
            channel,
            came: coming.came,
            contact: coming.contact.map(person),
            named: coming.named.map(person),
            introduced_by: introducer.map(|(p, closed)| Ownership { owner: person(p), closed }),
            purpose: coming.purpose,
            property_owner: coming.property_owner,
            people: coming.households,
            households: coming.households,
            assigned: coming.assigned.map(person),
            team: Some(team(coming.team)),
            delegated: coming.delegated.map(person),
            ..Arrival::default()
        }
    }

    /// Plays one move.
    pub fn play(&mut self, one: &Move) {
        match one {
            Move::Wait(minutes) => self.wait(TimeDelta::minutes(i64::from(*minutes))),
            Move::NextDay(code) => self.next_day(*code),
            Move::Arrive(coming) => {
                let (arrival, visit) = (self.arrival(coming), self.new_visit());
                let outcome = self.give(Command::Arrive { visit, arrival });
                let called = matches!(outcome, Outcome::Receives { answer_until: Some(_), .. });
                if called && coming.accepted {
                    self.give(Command::Accept { visit });
                }
            }
            Move::RecordPast(coming, by) => {
                let (arrival, visit) = (self.arrival(coming), self.new_visit());
                let receiver = person(*by);
                self.give(Command::RecordPast {
                    visit,
                    arrival,
                    receiver,
                    ended: true,
                    until: None,
                });
            }
            Move::Correct(number, coming) => {
                let arrival = self.arrival(coming);
                if let Some(visit) = self.visit(*number, |visit| visit.phase != Phase::Ended) {
                    self.give(Command::Correct { visit, arrival });
                }
            }
            one => {
                if let Some(command) = self.command(one) {
                    self.give(command);
                }
            }
        }
    }

    fn command(&self, one: &Move) -> Option<Command> {
        use Command as C;
        let received = |number: &usize| self.visit(*number, |v| v.phase == Phase::Received);
        let offered =
            |number: &usize| self.visit(*number, |v| matches!(v.phase, Phase::Offered { .. }));
        let asking = |number: &usize| self.visit(*number, |v| matches!(v.phase, Phase::Asking(_)));
        let ended = |number: &usize| self.visit(*number, |v| v.phase == Phase::Ended);
        let open = |number: &usize| self.visit(*number, |v| v.phase != Phase::Ended);
        let ring = |person: PersonId| {
            self.rings().into_iter().find(|ring| self.belongs(person, *ring)).unwrap_or_default()
        };
        Some(match one {
            Move::SignIn(p) => C::SignIn { person: self.member(*p, |m| m.signed_in.is_none()) },
            Move::SignOut(p) => C::SignOut { person: person(*p) },
            Move::StepOut(p, kind, approved) => {
                let (kind, approved) = (*kind, *approved);
                C::StepOut { person: person(*p), kind, until: None, approved }
            }
            Move::Return(p) => C::Return { person: self.member(*p, |m| m.away.is_some()) },
            Move::AnswerOuting(p, yes) => {
                let person = self.member(*p, |m| m.away.is_some_and(|a| a.approved.is_none()));
                C::AnswerOuting { person, approved: *yes }
            }
            Move::BecomeBusy(p, kind) => C::BecomeBusy { person: person(*p), kind: *kind },
            Move::BecomeFree(p) => C::BecomeFree { person: self.member(*p, |m| m.busy.is_some()) },
            Move::GiveNotice(p) => C::GiveNotice { person: person(*p) },
            Move::CheckIn(p) => C::CheckIn { person: person(*p) },
            Move::Accept(v) => C::Accept { visit: offered(v)? },
            Move::Decline(v) => C::Decline { visit: offered(v)? },
            Move::Finish(v) => C::Finish { visit: received(v)? },
            Move::Reopen(v) => C::Reopen { visit: ended(v)? },
            Move::DealClosed(v) => C::DealClosed { visit: open(v)? },
            Move::Override(v, p) => {
                C::Override { visit: open(v)?, receiver: person(*p), reason: None }
            }
            Move::CallHelp(v, p) => C::CallHelp { visit: received(v)?, helper: p.map(person) },
            Move::AnswerOwner(v, answer) => {
                C::AnswerOwner { visit: asking(v)?, answer: owner_answer(*answer)? }
            }
            Move::FoundColleague(v, p, closed, answer) => {
                let ownership = Ownership { owner: person(*p), closed: *closed };
                C::FoundColleague { visit: received(v)?, ownership, answer: owner_answer(*answer) }
            }
            Move::FoundNonBuyer(v, on) => C::FoundNonBuyer { visit: received(v)?, carries_on: *on },
            Move::VerifyMakeUp(nth) => C::VerifyMakeUp { id: self.make_up(*nth)? },
            Move::TakeMakeUp(nth) => C::TakeMakeUp { id: self.make_up(*nth)? },
            Move::GrantMakeUp(p, kind) => {
                C::GrantMakeUp { person: person(*p), ring: ring(person(*p)), kind: *kind }
            }
            Move::RestoreTurn(p) => {
                let ring = ring(person(*p));
                let done = self.floor.rings.get(&ring)?.done.keys().next().copied();
                C::RestoreTurn { person: done.unwrap_or(person(*p)), ring }
            }
            Move::Suspend(p, days) => C::Suspend { person: person(*p), days: *days, reason: None },
            Move::Lift(p) => C::LiftSuspension { person: person(*p) },
            Move::NoteBreach(p, kind) => C::NoteBreach { person: person(*p), kind: *kind },
            Move::SetUnfit(p, unfit) => {
                C::SetUnfit { person: person(*p), unfit: *unfit, reason: None }
            }
            Move::Entrust(p, to) => C::Entrust { person: person(*p), delegate: to.map(person) },
            Move::PermitSecond(p) => C::PermitSecond { person: person(*p) },
            Move::GiveUp(p, excused) => {
                let ring = ring(person(*p));
                let on_turn = self.floor.rings.get(&ring).and_then(|ring| ring.on_turn);
                let person = on_turn.map_or(person(*p), |on_turn| on_turn.person);
                C::GiveUp { person, ring, excused: *excused }
            }
            Move::SetOrder(code) => {
                let ring = self.rings().into_iter().next()?;
                let members = order(*code).into_iter().filter(|person| {
                    self.belongs(*person, ring) && self.floor.people.contains_key(person)
                });
                C::SetOrder { ring, order: members.collect() }
            }
            Move::Remove(p) => C::RemoveMember { person: person(*p) },
            _ => return None,
        })
    }

    fn make_up(&self, nth: usize) -> Option<u64> {
        let all = &self.floor.make_ups;
        all.get(nth.checked_rem(all.len())?).map(|make_up| make_up.id)
    }
}

fn owner_answer(code: usize) -> Option<OwnerAnswer> {
    const BOTH: usize = PEOPLE;
    const NOBODY: usize = PEOPLE + 1;
    const UNREACHABLE: usize = PEOPLE + 2;
    Some(match code {
        BOTH => OwnerAnswer::Both,
        NOBODY => OwnerAnswer::Nobody,
        UNREACHABLE => OwnerAnswer::Unreachable,
        code if code < PEOPLE => OwnerAnswer::Names(person(code)),
        _ => return None,
    })
}
