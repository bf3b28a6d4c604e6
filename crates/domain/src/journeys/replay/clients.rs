//! The clients of a replay on both sides.

use std::collections::BTreeMap;

use rulebook::{Because, Trail};
use uuid::Uuid;

use super::{difference::ClientDiffers, recorded::Act};
use crate::{
    attribution::{
        self, Client, Event, Outcome, Ownership,
        decide::Standing,
        state::{Basis, Closing, Right},
    },
    calendar::Moment,
    journeys::ownership::{Followed, follow, give, standing_or_last},
    people::{Actor, ClientId, PersonId},
};

/// A client as recorded, and as the other rulebook has it.
#[derive(Debug, Clone, Default)]
struct Sides {
    then: Client,
    would: Client,
}

/// Every client that was met.
#[derive(Debug, Default)]
pub(super) struct Clients {
    known: BTreeMap<ClientId, Sides>,
}

/// What came of an act by the other rulebook, where it is worth saying.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Came {
    /// Nothing to say.
    Of,
    /// It is not possible.
    Refused(String),
    /// A setting is open.
    Undecided(String),
}

impl Clients {
    /// Follows what happened to a client before the replay begins.
    pub fn remember(&mut self, client: ClientId, events: &[Event], at: Moment) {
        if events.is_empty() {
            return;
        }
        let sides = self.known.entry(client).or_default();
        for event in events {
            sides.then.evolve(event, at);
            sides.would.evolve(event, at);
        }
    }

    /// Follows what happened to a client as it was recorded.
    pub fn then(&mut self, client: ClientId, events: &[Event], at: Moment) {
        if events.is_empty() {
            return;
        }
        let sides = self.known.entry(client).or_default();
        for event in events {
            sides.then.evolve(event, at);
        }
    }

    /// Does what was done about a client, by `rules`.
    pub fn act(
        &mut self,
        rules: &attribution::Rules,
        client: ClientId,
        act: &Act,
        actor: &Actor,
        at: Moment,
    ) -> Came {
        if matches!(act, Act::Followed) {
            return Came::Of;
        }
        let would = &mut self.known.entry(client).or_default().would;
        match act {
            Act::Command(command) => {
                let decision = attribution::decide(rules, would, command, actor, at);
                for event in &decision.events {
                    would.evolve(event, at);
                }
                match decision.outcome {
                    Outcome::Refused { reason } => Came::Refused(reason),
                    Outcome::Undecided { setting } => Came::Undecided(setting),
                    _ => Came::Of,
                }
            }
            Act::Given(to) => {
                give(rules, would, *to, Basis::Assigned, at);
                Came::Of
            }
            Act::Closed(closed) => {
                let standing = standing_or_last(rules, would, at, &mut Trail::default());
                let owner = standing.map(|standing| standing.owner);
                let by = owner.or(actor.person).unwrap_or(PersonId(Uuid::nil()));
                let event =
                    if *closed { Event::Closed { by, owner } } else { Event::ClosingCancelled };
                would.evolve(&event, at);
                Came::Of
            }
            Act::Followed => Came::Of,
        }
    }

    /// Whose client it would be at `now`; where nobody has met them, as `recorded` at the time, and whether
    /// that was so.
    pub fn ownership(
        &mut self,
        rules: &attribution::Rules,
        client: ClientId,
        recorded: Option<Ownership>,
        now: Moment,
    ) -> (Option<Ownership>, bool) {
        let met = self.known.contains_key(&client);
        if let Some(known) = recorded.filter(|_| !met) {
            let sides = self.known.entry(client).or_default();
            for side in [&mut sides.then, &mut sides.would] {
                adopt(rules, side, known, now);
            }
        }
        let owner = self
            .known
            .get(&client)
            .and_then(|sides| standing_or_last(rules, &sides.would, now, &mut Trail::default()));
        (owner.map(Standing::ownership), recorded.is_some() && !met)
    }

    /// Follows a transfer that a visit of the other side makes; whose client it was, if it moved.
    pub fn follow(
        &mut self,
        rules: &attribution::Rules,
        client: ClientId,
        given: Option<PersonId>,
        after: Option<PersonId>,
        at: Moment,
    ) -> Followed {
        let would = &mut self.known.entry(client).or_default().would;
        follow(rules, would, given, after, at)
    }

    /// Gives `client` back to whoever had them before a command that was taken back, if it is still
    /// `after`'s.
    pub fn give_back(
        &mut self,
        rules: &attribution::Rules,
        client: ClientId,
        before: Option<PersonId>,
        after: Option<PersonId>,
        at: Moment,
    ) {
        let would = &mut self.known.entry(client).or_default().would;
        let now = standing_or_last(rules, would, at, &mut Trail::default());
        if now.map(|standing| standing.owner) == after {
            give(rules, would, before, Basis::Reception, at);
        }
    }

    /// How many there are.
    pub fn count(&self) -> u64 {
        u64::try_from(self.known.len()).unwrap_or(u64::MAX)
    }

    /// The clients who would be somebody else's at `at`.
    pub fn differing(
        &self,
        then: &attribution::Rules,
        would: &attribution::Rules,
        at: Moment,
    ) -> impl Iterator<Item = ClientDiffers> {
        let owner = move |rules: &attribution::Rules, client: &Client| {
            let mut trail = Trail::default();
            let standing = standing_or_last(rules, client, at, &mut trail);
            (standing.map(|standing| standing.owner), trail.because())
        };
        self.known.iter().filter_map(move |(client, sides)| {
            let (before, because_then): (_, Because) = owner(then, &sides.then);
            let (after, because_would) = owner(would, &sides.would);
            (before != after).then_some(ClientDiffers {
                client: *client,
                then: before,
                would: after,
                because_then,
                because_would,
            })
        })
    }
}

/// Takes over whose client somebody was, where the journal does not say how they became it.
fn adopt(rules: &attribution::Rules, client: &mut Client, known: Ownership, from: Moment) {
    let days = rules.validity.days.value().copied();
    let by = known.owner;
    client.rights.push(Right { by, basis: Basis::Reception, from, days, ended: None });
    if known.closed {
        client.closing = Some(Closing { at: from, by, owner: Some(by) });
    }
}
