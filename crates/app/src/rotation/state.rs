//! What a person of the floor is doing.

use chrono::NaiveDate;
use domain::{
    calendar::Moment,
    people::{Actor, PersonId, VisitId},
    rotation::{
        Floor, Rules,
        decide::Desk,
        rules::{AbsenceKind, BusyKind, Unfit},
        state::{Member, Phase, SuspensionCause},
    },
};
use rulebook::ClauseId;
use serde::Serialize;

use super::ring::Standing;

/// What a person is doing, as far as the rotation cares.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "doing", rename_all = "snake_case")]
#[expect(missing_docs, reason = "the field names say it")]
pub enum Doing {
    /// The next new client is theirs.
    OnTurn,
    /// Called to a visitor, and has not answered.
    Called { visit: VisitId, until: Moment },
    /// Asked who receives their client.
    Asked { visit: VisitId },
    /// Receiving, since when.
    Receiving { visit: VisitId, since: Moment },
    /// Helping a colleague with a visit.
    Helping { visit: VisitId },
    /// Busy with something else.
    Busy { kind: BusyKind, since: Moment },
    /// Not on the floor. `approved` is nothing where it was not decided; `needs_approval` says whether the
    /// rulebook asks for it.
    Away {
        kind: AbsenceKind,
        since: Moment,
        until: Option<Moment>,
        approved: Option<bool>,
        needs_approval: bool,
    },
    /// Out of the ring by a sanction.
    Suspended { until: Option<NaiveDate>, cause: SuspensionCause, clauses: Vec<ClauseId> },
    /// Out of the ring for a time.
    Unfit { ground: Unfit },
    /// Not in the ring for what they are: `not_certified`, `leaving`, `other_batch`, `not_rotating`.
    Outside { reason: &'static str },
    /// In the ring, with that many free people before them.
    Waiting { ahead: u32 },
    /// Not signed in today, or signed out.
    NotSignedIn,
}

/// A person of the floor, and what they are doing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PersonState {
    /// Who.
    pub person: PersonId,
    /// What.
    #[serde(flatten)]
    pub doing: Doing,
    /// The visits they receive now.
    pub visits: Vec<VisitId>,
    /// When they signed in today.
    pub signed_in: Option<Moment>,
    /// Whether they may receive one more new client at once.
    pub second_permitted: bool,
    /// Whether they take part in the rotation at all.
    pub rotates: bool,
}

/// What `person` is doing. `ahead` counts the free people before them.
pub(crate) fn state_of(
    rules: &Rules,
    floor: &Floor,
    standing: &Standing,
    person: PersonId,
    ahead: u32,
    at: Moment,
) -> PersonState {
    let visits: Vec<VisitId> = floor.open_visits_of(person).map(|(visit, _)| *visit).collect();
    let Some(member) = floor.people.get(&person) else {
        let doing = Doing::Outside { reason: "not_on_floor" };
        return PersonState {
            person,
            doing,
            visits,
            signed_in: None,
            second_permitted: false,
            rotates: false,
        };
    };
    let doing = occupied(floor, person)
        .or_else(|| outside(rules, floor, person, member, at))
        .or_else(|| away(rules, member))
        .unwrap_or_else(|| {
            if standing.on_turn == Some(person) { Doing::OnTurn } else { Doing::Waiting { ahead } }
        });
    let (signed_in, second_permitted) = (member.signed_in, member.permitted);
    let rotates = member.profile.rotates;
    PersonState { person, doing, visits, signed_in, second_permitted, rotates }
}

/// The visit that keeps `person` busy.
fn occupied(floor: &Floor, person: PersonId) -> Option<Doing> {
    let mut receiving = None;
    for (id, visit) in &floor.visits {
        let visit_id = *id;
        match visit.phase {
            Phase::Offered { until } if visit.receiver == Some(person) => {
                return Some(Doing::Called { visit: visit_id, until });
            }
            Phase::Received if visit.receiver == Some(person) => {
                let since = visit.received_at.unwrap_or(visit.arrived_at);
                receiving = Some(Doing::Receiving { visit: visit_id, since });
            }
            Phase::Asking(owner) if owner == person && receiving.is_none() => {
                receiving = Some(Doing::Asked { visit: visit_id });
            }
            Phase::Waiting | Phase::Ended | Phase::Asking(_) => {}
            Phase::Offered { .. } | Phase::Received => {
                if visit.helpers.contains(&person) && receiving.is_none() {
                    receiving = Some(Doing::Helping { visit: visit_id });
                }
            }
        }
    }
    receiving
}

/// Why somebody is not in the ring, as the rules have it.
fn outside(
    rules: &Rules,
    floor: &Floor,
    person: PersonId,
    member: &Member,
    at: Moment,
) -> Option<Doing> {
    let clock = Actor::clock();
    let desk = Desk::new(rules, floor, &clock, at);
    let ring = desk.rings_for(person).first().copied().unwrap_or_default();
    let reason = desk.left_out(ring, person)?;
    Some(match (reason, &member.suspended, member.unfit) {
        ("suspended", Some(suspension), _) => Doing::Suspended {
            until: suspension.until,
            cause: suspension.cause,
            clauses: suspension.clauses.clone(),
        },
        ("not_signed_in", ..) => Doing::NotSignedIn,
        (_, _, Some(ground)) => Doing::Unfit { ground },
        // Who is outside the ring is first of all here or not.
        _ if member.signed_in.is_none() => Doing::NotSignedIn,
        _ => Doing::Outside { reason },
    })
}

fn away(rules: &Rules, member: &Member) -> Option<Doing> {
    if let Some(away) = member.away {
        let absence = rules.absence.get(&away.kind);
        let needs_approval =
            absence.is_some_and(|rules| rules.needs_confirmation.value() == Some(&true));
        let (kind, since, until, approved) = (away.kind, away.since, away.until, away.approved);
        return Some(Doing::Away { kind, since, until, approved, needs_approval });
    }
    member.busy.map(|busy| Doing::Busy { kind: busy.kind, since: busy.since })
}
