//! Whose client a visit makes its visitor, and what that does to the rights to the client.

use std::collections::{BTreeMap, BTreeSet};

use rulebook::Trail;

use crate::{
    attribution::{
        self, Client, Event,
        decide::{Standing, standing},
        state::{Basis, Right},
    },
    calendar::Moment,
    people::{ClientId, PersonId, VisitId},
    rotation::{
        Floor,
        rules::OwnerAfter,
        state::{Phase, Purpose, Visit},
    },
};

/// A client who gets an owner, another one, or none, by a visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Transfer {
    /// The visit.
    pub visit: VisitId,
    /// Its visitor.
    pub client: ClientId,
    /// Whose client the visitor is by the visit.
    pub after: Option<PersonId>,
}

/// What a transfer came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Followed {
    /// Nothing changed.
    Nothing,
    /// The client is somebody else's since, so the visit never gave it.
    Forgotten,
    /// The rights changed.
    Moved {
        /// Whose client it was.
        before: Option<PersonId>,
        /// What happened to the rights.
        rights: Vec<Event>,
    },
}

/// Whose client the visitor of `visit` is by that visit alone.
fn owner_by(visit: &Visit) -> Option<PersonId> {
    let arrival = &visit.arrival;
    let received = matches!(visit.phase, Phase::Received | Phase::Ended);
    if !received || !matches!(arrival.purpose, Purpose::Buying | Purpose::Enquiry) {
        return None;
    }
    match visit.owner_after? {
        OwnerAfter::Receiver => visit.receiver,
        OwnerAfter::Named => arrival.named,
        OwnerAfter::Contact => arrival.contact,
        OwnerAfter::IntroducerOwner => arrival.introduced_by.map(|ownership| ownership.owner),
        OwnerAfter::Unchanged | OwnerAfter::Nobody => None,
    }
}

/// What the `touched` visits of `floor` change about whose client their visitors are, in the order of
/// clients; `given` holds whom each visit has made an owner so far.
///
/// An owner whom a visit gave follows that visit: another receiver, a colleague's client found out, a
/// visitor who turns out not to buy. An owner from elsewhere is never touched.
#[must_use]
pub fn transfers(
    floor: &Floor,
    given: &BTreeMap<VisitId, PersonId>,
    touched: &BTreeSet<VisitId>,
) -> Vec<Transfer> {
    let mut transfers = Vec::new();
    for id in touched {
        let Some(visit) = floor.visits.get(id) else { continue };
        let Some(client) = visit.arrival.client else { continue };
        let given = given.get(id).copied();
        // What it is known as now came from elsewhere, so this visit gives nothing.
        let after = match visit.arrival.ownership {
            Some(ownership) if Some(ownership.owner) != given => given.map(|_| ownership.owner),
            _ => owner_by(visit),
        };
        if after != given {
            transfers.push(Transfer { visit: *id, client, after });
        }
    }
    transfers.sort_by_key(|transfer| (transfer.client, transfer.visit));
    transfers
}

/// Follows a transfer to `after` on the record of its client; `given` is whom the visit made an owner
/// before.
pub fn follow(
    rules: &attribution::Rules,
    client: &mut Client,
    given: Option<PersonId>,
    after: Option<PersonId>,
    at: Moment,
) -> Followed {
    // A right that has lapsed is nobody's.
    let before = standing_or_last(rules, client, at, &mut Trail::default());
    let before = before.map(|standing| standing.owner);
    if (before.is_some() && before != given) || before == after {
        // Somebody else's since: the first stands.
        return if before == after { Followed::Nothing } else { Followed::Forgotten };
    }
    Followed::Moved { before, rights: give(rules, client, after, Basis::Reception, at) }
}

/// A visit, or somebody in authority, says whose client it is: the rights follow, on the terms of `rules`.
pub fn give(
    rules: &attribution::Rules,
    client: &mut Client,
    to: Option<PersonId>,
    basis: Basis,
    at: Moment,
) -> Vec<Event> {
    let mut holders: Vec<PersonId> = Vec::new();
    for right in client.rights.iter().filter(|right| right.stands(at)) {
        if Some(right.by) != to && !holders.contains(&right.by) {
            holders.push(right.by);
        }
    }
    let ended = holders.into_iter().map(|by| Event::RightEnded { by, clauses: Vec::new() });
    let mut events: Vec<Event> = ended.collect();
    if let Some(by) = to {
        let days = rules.validity.days.value().copied();
        let right = Right { by, basis, from: at, days, ended: None };
        events.push(Event::RightFounded { right });
    }
    for event in &events {
        client.evolve(event, at);
    }
    events
}

/// Whose client it is at `at`; where the rulebook leaves it open, whose it was made last.
pub fn standing_or_last(
    rules: &attribution::Rules,
    client: &Client,
    at: Moment,
    trail: &mut Trail,
) -> Option<Standing> {
    match standing(rules, client, at, trail) {
        Ok(standing) => standing,
        Err(_) => {
            let right = client.rights.iter().rev().find(|right| right.stands(at))?;
            let (owner, since) = (right.by, right.from);
            Some(Standing { owner, since, renewed: since, until: None, closed: false })
        }
    }
}
