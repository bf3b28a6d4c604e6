//! A reception: what the floor knows of a visitor says whose client they are.

use rulebook::Decision;

use crate::{
    attribution::{
        self, Client, Command, Event, Outcome,
        command::{Origin, Way},
        decide::{decide, speaks},
    },
    calendar::Moment,
    people::Actor,
    rotation::{
        rules::OwnerAfter,
        state::{Arrival, Came, Channel, Purpose, Visit},
    },
};

/// How a visitor came, as attribution takes it; `visit` is the one that goes on.
#[must_use]
pub fn origin_of(arrival: &Arrival, visit: Option<&Visit>) -> Origin {
    let named = arrival.named;
    let contact = arrival.contact;
    let way = if let Some(of) = arrival.relative_of {
        Way::Relative { of }
    } else if let Some(introducer) = arrival.introduced_by {
        Way::Introduced { owner: introducer.owner, closed: introducer.closed }
    } else {
        match arrival.came {
            Came::Outreach => Way::Outreach,
            Came::Contacted => Way::Invited,
            Came::Phoned => Way::Called,
            Came::Naturally if arrival.channel == Channel::Phone => Way::Called,
            Came::Naturally if arrival.origin_unknown => Way::Unknown,
            Came::Naturally => Way::OwnAccord,
        }
    };
    // Of somebody who is on the line, whoever answers is the contact.
    let answerer =
        visit.and_then(|visit| visit.receiver).filter(|_| arrival.channel == Channel::Phone);
    Origin { way, named, contact: contact.or(answerer), unrecognised: arrival.unrecognised }
}

/// Whose client `visit` makes the visitor by the rules of attribution; nothing where those do not
/// speak of how the visitor came, and the rotation's own rule stands.
#[must_use]
pub fn decide_owner(
    rules: &attribution::Rules,
    client: &Client,
    visit: &Visit,
    at: Moment,
) -> Option<Decision<Outcome, Event>> {
    let by = visit.receiver?;
    if !matches!(visit.arrival.purpose, Purpose::Buying | Purpose::Enquiry) {
        return None;
    }
    // Where the rotation itself says whose the visitor is, its rule stands.
    let call = visit.arrival.channel == Channel::Phone;
    let told = visit.owner_after.is_some_and(|after| call || after != OwnerAfter::Unchanged);
    if told && !visit.arrival.unrecognised {
        return None;
    }
    let origin = origin_of(&visit.arrival, Some(visit));
    if !speaks(rules, client, &origin, at) {
        return None;
    }
    Some(decide(rules, client, &Command::Received { by, origin }, &Actor::clock(), at))
}
