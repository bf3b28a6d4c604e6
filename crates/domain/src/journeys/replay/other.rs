//! What a recorded command is on the other side.

use std::collections::BTreeMap;

use super::{Missing, Replay};
use crate::{
    attribution::Ownership,
    calendar::Moment,
    people::{Actor, ClientId, PersonId, VisitId},
    rotation::{
        Command,
        rules::{PhoneRing, TeamRings},
        state::{Arrival, Channel, Phase, RingId, Visit},
    },
};

/// What is to be noted of an entry.
pub(super) enum Asked {
    Nothing,
    /// The visitor was introduced, and whose client the introducer was is as recorded.
    Introduced(VisitId),
}

impl Replay<'_> {
    pub(super) fn asked_then(&self, command: &Command) -> Asked {
        match command {
            Command::Arrive { visit, arrival }
            | Command::Correct { visit, arrival }
            | Command::RecordPast { visit, arrival, .. }
                if arrival.introduced_by.is_some() =>
            {
                Asked::Introduced(*visit)
            }
            _ => Asked::Nothing,
        }
    }

    /// The commands that stand for `command` on the other side, with the facts that hold there; `now` is
    /// when it was typed in.
    pub(super) fn others(&mut self, command: &Command, now: Moment) -> Vec<Command> {
        use Command as C;
        let one = |command: Command| vec![command];
        match command {
            C::Arrive { visit, arrival } => {
                let arrival = self.known(*visit, arrival, now);
                one(C::Arrive { visit: *visit, arrival })
            }
            C::Claim { visit, by, arrival } => self.claimed(*visit, *by, arrival.as_ref(), now),
            C::RecordPast { visit, arrival, receiver, ended, until } => {
                let arrival = self.known(*visit, arrival, now);
                let (receiver, ended, until) = (*receiver, *ended, *until);
                one(C::RecordPast { visit: *visit, arrival, receiver, ended, until })
            }
            C::Correct { visit, arrival } => {
                let mut arrival = self.known(*visit, arrival, now);
                arrival.ownership = self.not_given(*visit, arrival.client, arrival.ownership);
                one(C::Correct { visit: *visit, arrival })
            }
            C::Identify { visit, client, ownership } => {
                let known =
                    Arrival { client: *client, ownership: *ownership, ..Arrival::default() };
                let ownership = self.known(*visit, &known, now).ownership;
                let ownership = self.not_given(*visit, *client, ownership);
                one(C::Identify { visit: *visit, client: *client, ownership })
            }
            C::CloseDay { .. } => {
                // Everybody goes home, whoever would still be receiving.
                self.would.leaving.clear();
                one(C::CloseDay { end_open: true })
            }
            C::SetOrder { ring, order } => self.orders(*ring, order),
            C::Return { person } => {
                // Whoever is back before they could leave never left.
                if self.would.leaving.remove(person).is_some() {
                    Vec::new()
                } else {
                    one(command.clone())
                }
            }
            C::GrantMakeUp { person, ring, kind } => {
                let (person, ring) = (*person, self.ring_here(*ring, *person));
                one(C::GrantMakeUp { person, ring, kind: *kind })
            }
            C::RestoreTurn { person, ring } => {
                one(C::RestoreTurn { person: *person, ring: self.ring_here(*ring, *person) })
            }
            C::GiveUp { person, ring, excused } => {
                let (person, ring) = (*person, self.ring_here(*ring, *person));
                one(C::GiveUp { person, ring, excused: *excused })
            }
            C::VerifyMakeUp { id } => one(C::VerifyMakeUp { id: self.make_up_here(*id) }),
            C::TakeMakeUp { id } => one(C::TakeMakeUp { id: self.make_up_here(*id) }),
            _ => match self.applies(command) {
                true => one(command.clone()),
                false => Vec::new(),
            },
        }
    }

    /// Whether a command about a visit has anything to be about on the other side.
    fn applies(&self, command: &Command) -> bool {
        use Command as C;
        let here = |visit: &VisitId| self.would.side.floor.visits.get(visit);
        let same = |visit: &VisitId| {
            let then = self.then.floor.visits.get(visit).and_then(|visit| visit.receiver);
            here(visit).is_some_and(|here| here.receiver == then)
        };
        let phase = |visit: &VisitId| here(visit).map(|visit| visit.phase);
        match command {
            C::AnswerOwner { visit, .. } => matches!(phase(visit), Some(Phase::Asking(_))),
            // Only whoever was called then has answered.
            C::Accept { visit } | C::Decline { visit } => {
                let open = matches!(phase(visit), Some(Phase::Offered { .. } | Phase::Received));
                open && same(visit)
            }
            C::Finish { visit } => phase(visit).is_some_and(|phase| phase != Phase::Ended),
            C::Reopen { visit } => phase(visit) == Some(Phase::Ended),
            C::Override { visit, receiver, .. } => here(visit).is_some_and(|here: &Visit| {
                here.receiver != Some(*receiver) || here.phase != Phase::Received
            }),
            C::FoundColleague { visit, .. }
            | C::FoundNonBuyer { visit, .. }
            | C::DealClosed { visit }
            | C::NoteRegistered { visit }
            | C::LeftUnregistered { visit }
            | C::CallHelp { visit, .. } => here(visit).is_some(),
            _ => true,
        }
    }

    /// Whoever wanted to receive and was let: where they would not be, the visitor has come all the same.
    fn claimed(
        &mut self,
        visit: VisitId,
        by: PersonId,
        arrival: Option<&Arrival>,
        now: Moment,
    ) -> Vec<Command> {
        let Some(arrival) = arrival else {
            return vec![Command::Claim { visit, by, arrival: None }];
        };
        let arrival = self.known(visit, arrival, now);
        let claim = Command::Claim { visit, by, arrival: Some(arrival.clone()) };
        let actor = Actor { person: Some(by), roles: Vec::new() };
        let floor = &self.would.side.floor;
        if crate::rotation::decide(self.rules, floor, &claim, &actor, now).outcome.is_refused() {
            return vec![Command::Arrive { visit, arrival }];
        }
        vec![claim]
    }

    /// `arrival` with whose client it is on the other side.
    fn known(&mut self, visit: VisitId, arrival: &Arrival, now: Moment) -> Arrival {
        let Some(client) = arrival.client else { return arrival.clone() };
        let (ownership, adopted) =
            self.clients.ownership(self.attribution, client, arrival.ownership, now);
        if adopted {
            self.note_missing(Missing::ClientHistory, Some(visit));
        }
        Arrival { ownership, ..arrival.clone() }
    }

    /// Whose client it was before this very visit made it somebody's.
    fn not_given(
        &self,
        visit: VisitId,
        client: Option<ClientId>,
        ownership: Option<Ownership>,
    ) -> Option<Ownership> {
        let floor = &self.would.side.floor;
        let same = floor.visits.get(&visit).is_some_and(|visit| visit.arrival.client == client);
        let given = self.would.given.get(&visit);
        ownership.filter(|is| !(same && given == Some(&is.owner)))
    }

    /// The ring of the other side in which `person` has what they had in `ring`.
    fn ring_here(&self, ring: RingId, person: PersonId) -> RingId {
        let (per_team, separate) = self.shape();
        let channel = if separate { ring.channel } else { Channel::WalkIn };
        let member = self.would.side.floor.people.get(&person);
        let team = ring.team.or_else(|| member.and_then(|member| member.profile.team));
        RingId { channel, team: team.filter(|_| per_team) }
    }

    /// Whether teams have rings of their own on the other side, and whether calls have.
    fn shape(&self) -> (bool, bool) {
        let rings = &self.rules.rings;
        let per_team = rings.teams.value() == Some(&TeamRings::PerTeam);
        (per_team, rings.phone.value() == Some(&PhoneRing::Separate))
    }

    /// An order that was set, in the rings that the other side has.
    fn orders(&self, ring: RingId, order: &[PersonId]) -> Vec<Command> {
        let (per_team, separate) = self.shape();
        if ring.channel == Channel::Phone && !separate {
            return Vec::new();
        }
        let set = |ring, order| Command::SetOrder { ring, order };
        match ring.team {
            None if per_team => {
                let mut orders: BTreeMap<RingId, Vec<PersonId>> = BTreeMap::new();
                for person in order {
                    orders.entry(self.ring_here(ring, *person)).or_default().push(*person);
                }
                orders.into_iter().map(|(ring, order)| set(ring, order)).collect()
            }
            Some(_) if !per_team => {
                let ring = RingId { team: None, ..ring };
                let before = self.would.side.floor.rings.get(&ring);
                let others = before.into_iter().flat_map(|ring| &ring.order).copied();
                let mut all: Vec<PersonId> =
                    others.filter(|person| !order.contains(person)).collect();
                all.extend(order);
                vec![set(ring, all)]
            }
            _ => vec![set(ring, order.to_vec())],
        }
    }

    /// The make-up turn of the other side that stands for the recorded one with this id; the id itself,
    /// which is then refused, where there is none.
    fn make_up_here(&self, id: u64) -> u64 {
        let Some(then) = self.then.floor.make_up(id) else { return id };
        let theirs = |own: &&crate::rotation::state::MakeUp| {
            own.person == then.person && own.state.is_alive()
        };
        let here = || self.would.side.floor.make_ups.iter().filter(theirs);
        let alike = here().find(|own| own.id == id).or_else(|| {
            here().find(|own| (own.kind, own.state) == (then.kind, then.state)).or(here().next())
        });
        // An id of somebody else's must not be hit by chance.
        alike.map_or(u64::MAX, |own| own.id)
    }

    /// Brings the rings of the floor at the beginning into the shape that the other side has.
    pub(super) fn fit_rings(&mut self) {
        let (per_team, separate) = self.shape();
        let fits = |ring: &RingId| {
            ring.team.is_some() == per_team && (ring.channel == Channel::WalkIn || separate)
        };
        let strange: Vec<(RingId, Vec<PersonId>)> = self
            .would
            .side
            .floor
            .rings
            .iter()
            .filter(|(id, ring)| !fits(id) && !ring.order.is_empty())
            .map(|(id, ring)| (*id, ring.order.clone()))
            .collect();
        if strange.is_empty() {
            return;
        }
        self.would.side.floor.rings.retain(|id, _| fits(id));
        let at = self.would.side.last_at;
        for (ring, order) in strange {
            for command in self.orders(ring, &order) {
                if let (Command::SetOrder { ring, order }, Some(at)) = (command, at) {
                    let event = crate::rotation::Event::OrderSet { ring, order };
                    self.would.side.floor.evolve(&event, at);
                }
            }
        }
    }
}
