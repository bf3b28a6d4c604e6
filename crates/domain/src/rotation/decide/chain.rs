//! The chain of ways to find who receives: the first that works is taken.

use rulebook::{Setting, facts};

use super::{
    super::{
        rules::Receiver,
        state::{Arrival, Channel, OwnerAnswer, RingId, Visit},
    },
    deal::Deal,
    desk::Desk,
};
use crate::people::PersonId;

/// What a chain comes to.
#[derive(Debug, Clone)]
pub(super) enum Found {
    /// This person, whose turn it is by the ring.
    ByTurn(Deal),
    /// This person, whoever's turn it is.
    Person(PersonId),
    /// The owner is to be asked first.
    Ask(PersonId),
    /// Whoever receives already.
    Current,
    /// Nobody.
    Nobody,
}

/// What a chain looks at besides the arrival.
#[derive(Debug, Clone, Copy)]
pub(super) struct Around {
    pub ring: RingId,
    /// Whether the reception would use a turn.
    pub counted: bool,
    /// Who is receiving at the moment.
    pub current: Option<PersonId>,
}

impl Desk<'_> {
    /// Goes through the chain in `setting`.
    pub(super) fn find(
        &mut self,
        setting: &Setting<Vec<Receiver>>,
        chain: &[Receiver],
        arrival: &Arrival,
        around: Around,
    ) -> Found {
        for receiver in chain {
            let found = self.try_one(*receiver, arrival, around);
            self.found_by_ring = *receiver == Receiver::OnTurn;
            let held = !matches!(found, Found::Nobody) || *receiver == Receiver::Wait;
            let way = receiver.word();
            match &found {
                Found::Person(person) | Found::Ask(person) => {
                    self.trail.cite("receiver_by", held, setting, facts![way, person = *person]);
                }
                Found::ByTurn(deal) => {
                    let person = deal.person;
                    self.trail.cite("receiver_by", held, setting, facts![way, person]);
                }
                Found::Current => {
                    self.trail.cite("receiver_by", held, setting, facts![way]);
                }
                Found::Nobody => {
                    self.trail.holds("receiver_by", held, facts![way]);
                }
            }
            if held {
                return found;
            }
        }
        Found::Nobody
    }

    fn try_one(&mut self, receiver: Receiver, arrival: &Arrival, around: Around) -> Found {
        let owner = arrival.ownership.map(|ownership| ownership.owner);
        let owner = owner.or_else(|| self.received_today_by(arrival));
        let introducer = arrival.introduced_by.map(|introducer| introducer.owner);
        let in_charge = owner.or(introducer);
        let some = |person: Option<PersonId>| person.map_or(Found::Nobody, Found::Person);
        let free = |desk: &Self, person: Option<PersonId>| {
            some(person.filter(|person| desk.is_free(*person)))
        };
        match receiver {
            Receiver::OnTurn if around.counted => {
                self.next(around.ring).map_or(Found::Nobody, Found::ByTurn)
            }
            Receiver::OnTurn => some(self.free_in_order(around.ring).first().copied()),
            Receiver::Owner => some(owner.filter(|owner| {
                let names = matches!(arrival.answer, Some(OwnerAnswer::Names(_)));
                self.is_present(*owner) && !(around.current.is_some() && names)
            })),
            Receiver::AskOwner => self.ask_owner(in_charge, arrival),
            Receiver::Delegate => {
                let member = in_charge.and_then(|person| self.floor.people.get(&person));
                free(self, member.and_then(|member| member.delegate))
            }
            Receiver::SameTeam => some(self.same_team(in_charge, around)),
            Receiver::LastInOrder => some(self.last_in_order(owner, around)),
            Receiver::Named => free(self, arrival.named),
            Receiver::Contact => free(self, arrival.contact),
            Receiver::IntroducerOwner => free(self, introducer),
            Receiver::Assigned => some(arrival.assigned.filter(|person| self.is_present(*person))),
            Receiver::NamedByOnTurn => {
                let other = |person: &PersonId| self.on_turn(around.ring) != Some(*person);
                some(arrival.delegated.filter(other).filter(|person| self.is_present(*person)))
            }
            Receiver::Duty => some(self.on_duty(around)),
            Receiver::Current => {
                if around.current.is_some() {
                    Found::Current
                } else {
                    Found::Nobody
                }
            }
            Receiver::AnyPresent => some(self.any_present(around)),
            Receiver::Wait => Found::Nobody,
        }
    }

    /// Who received the same client earlier today.
    pub(super) fn received_today_by(&self, arrival: &Arrival) -> Option<PersonId> {
        let client = arrival.client?;
        let same =
            |v: &&Visit| v.arrival.client == Some(client) && v.arrival.channel == arrival.channel;
        let earlier = self.floor.visits.values().filter(same);
        earlier.filter(|v| v.ended_at.is_some()).max_by_key(|v| v.number).and_then(|v| v.receiver)
    }

    fn ask_owner(&mut self, owner: Option<PersonId>, arrival: &Arrival) -> Found {
        let Some(owner) = owner else { return Found::Nobody };
        match arrival.answer {
            None => Found::Ask(owner),
            Some(OwnerAnswer::Both) if self.is_present(owner) => Found::Person(owner),
            Some(OwnerAnswer::Names(person)) if self.is_present(person) => Found::Person(person),
            Some(answer) => {
                let answer = match answer {
                    OwnerAnswer::Both | OwnerAnswer::Names(_) => "not_present",
                    OwnerAnswer::Nobody => "names_nobody",
                    OwnerAnswer::Unreachable => "unreachable",
                };
                self.trail.holds("owner_answered", true, facts![person = owner, answer]);
                Found::Nobody
            }
        }
    }

    fn same_team(&self, owner: Option<PersonId>, around: Around) -> Option<PersonId> {
        let team = |person: PersonId| self.floor.people.get(&person).and_then(|m| m.profile.team);
        let of_owner = team(owner?)?;
        self.free_in_order(around.ring)
            .into_iter()
            .find(|person| Some(*person) != owner && team(*person) == Some(of_owner))
    }

    /// The last of those whose turn of this round is still to come; then from the back.
    fn last_in_order(&self, owner: Option<PersonId>, around: Around) -> Option<PersonId> {
        let ring = self.ring(around.ring);
        let free = self.free_in_order(around.ring);
        let may = |person: &PersonId| {
            free.contains(person) && Some(*person) != owner && Some(*person) != around.current
        };
        let to_come = ring.order.iter().rev().filter(|person| !ring.done.contains_key(*person));
        to_come.chain(ring.order.iter().rev()).find(|person| may(person)).copied()
    }

    /// Who is on duty outside the hours: those rostered for it, else the next in the order.
    fn on_duty(&mut self, around: Around) -> Option<PersonId> {
        let rostered: Vec<PersonId> = self
            .floor
            .people
            .iter()
            .filter(|(_, member)| member.profile.duty)
            .map(|(person, _)| *person)
            .collect();
        let number = self.rules.hours.evening_people.value().copied().unwrap_or(0);
        let on_duty = if rostered.is_empty() && number > 0 {
            let ring = self.ring(around.ring);
            let mut next: Vec<PersonId> = Vec::new();
            for (person, _) in self.sequence(&ring) {
                if !next.contains(&person) && self.not_in(around.ring, person).is_none() {
                    next.push(person);
                }
            }
            next.truncate(usize::try_from(number).unwrap_or(usize::MAX));
            self.trail.cite("evening_duty", true, &self.rules.hours.evening_people, facts![number]);
            next
        } else {
            rostered
        };
        on_duty.into_iter().find(|person| self.is_free(*person))
    }

    fn any_present(&self, around: Around) -> Option<PersonId> {
        let ring = RingId { channel: Channel::WalkIn, ..around.ring };
        self.free_in_order(ring).first().copied().or_else(|| {
            self.floor
                .people
                .iter()
                .find(|(person, member)| member.profile.rotates && self.is_free(**person))
                .map(|(person, _)| *person)
        })
    }

    /// Whether `person` may receive although no rule of the ring led to them.
    pub(super) fn may_receive(&mut self, ring: RingId, person: PersonId) -> bool {
        let outsiders = &self.rules.members.outsiders_may_receive;
        match self.not_in(ring, person) {
            None => true,
            Some("other_team" | "other_batch") => true,
            Some(_) if outsiders.value() == Some(&true) => true,
            Some(reason) => {
                self.trail.cite("in_rotation", false, outsiders, facts![person, reason]);
                false
            }
        }
    }
}
