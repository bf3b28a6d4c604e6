//! Visits: what is known of a visitor, how far the visit has come, the turn it used.

use serde::{Deserialize, Serialize};

use super::{Channel, RingId};
use crate::{
    attribution::Ownership,
    calendar::Moment,
    people::{ClientId, PersonId, TeamId},
    rotation::rules::{OwnerAfter, Reason, Situation},
};

/// A visit, as far as the rotation needs it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    /// The number of the day.
    pub number: u32,
    /// What is known of it.
    pub arrival: Arrival,
    /// When it came.
    pub arrived_at: Moment,
    /// What it is to the rotation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub situation: Option<Situation>,
    /// How far it has come.
    pub phase: Phase,
    /// Who is responsible for receiving.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receiver: Option<PersonId>,
    /// Since when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received_at: Option<Moment>,
    /// Who helps.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub helpers: Vec<PersonId>,
    /// Who was called and declined or did not answer; they are not called to it again.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub let_go_by: Vec<PersonId>,
    /// The turn it used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub turn: Option<TurnUsed>,
    /// Whose client it makes the visitor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner_after: Option<OwnerAfter>,
    /// When it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<Moment>,
    /// Whether the visitor is registered.
    #[serde(default, skip_serializing_if = "is_default")]
    pub registered: bool,
}

impl Visit {
    /// Whose client the visitor is by what was decided; nobody where nobody knows.
    #[must_use]
    pub fn owner(&self) -> Option<PersonId> {
        match self.owner_after {
            None | Some(OwnerAfter::Unchanged) => self.arrival.ownership.map(|known| known.owner),
            Some(OwnerAfter::Receiver) => self.receiver,
            Some(OwnerAfter::Named) => self.arrival.named,
            Some(OwnerAfter::Contact) => self.arrival.contact,
            Some(OwnerAfter::IntroducerOwner) => self.arrival.introduced_by.map(|i| i.owner),
            Some(OwnerAfter::Nobody) => None,
        }
    }
}

/// How far a visit has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Nobody receives yet.
    Waiting,
    /// The owner is asked who receives.
    Asking(PersonId),
    /// Somebody is called and has not answered.
    Offered {
        /// Until when they may answer.
        until: Moment,
    },
    /// Being received.
    Received,
    /// Over.
    Ended,
}

/// The turn that a reception used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TurnUsed {
    /// Whose.
    pub person: PersonId,
    /// In which ring.
    pub ring: RingId,
    /// In which round.
    pub round: u32,
    /// The make-up turn that it was, if it was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub make_up: Option<u64>,
    /// How many turns (households).
    pub count: u32,
    /// How many of them were taken from coming rounds.
    #[serde(default)]
    pub ahead: u32,
}

/// What is known of a visitor on arrival.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Arrival {
    /// The client, once known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client: Option<ClientId>,
    /// Whose client it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ownership: Option<Ownership>,
    /// The way in.
    #[serde(skip_serializing_if = "is_default")]
    pub channel: Channel,
    /// What brought the visitor.
    #[serde(skip_serializing_if = "is_default")]
    pub came: Came,
    /// Who invited them, answered their call or was in touch with them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<PersonId>,
    /// Whom the visitor names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub named: Option<PersonId>,
    /// The owner of the client who introduced them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub introduced_by: Option<Ownership>,
    /// The member of staff whose relative or friend they are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relative_of: Option<PersonId>,
    /// Whether they cannot say how they came.
    #[serde(skip_serializing_if = "is_default")]
    pub origin_unknown: bool,
    /// Whether their first receiver is here and has not recognised them.
    #[serde(skip_serializing_if = "is_default")]
    pub unrecognised: bool,
    /// What they want.
    #[serde(skip_serializing_if = "is_default")]
    pub purpose: Purpose,
    /// Whether they own a property here already.
    #[serde(skip_serializing_if = "is_default")]
    pub property_owner: bool,
    /// How many people.
    #[serde(skip_serializing_if = "is_default")]
    pub people: u32,
    /// How many households.
    #[serde(skip_serializing_if = "is_default")]
    pub households: u32,
    /// Whom the supervisor assigns.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assigned: Option<PersonId>,
    /// The team whose ring deals.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team: Option<TeamId>,
    /// What the owner answered when asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<OwnerAnswer>,
    /// Whom the person on turn names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delegated: Option<PersonId>,
    /// Why the supervisor assigns them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// How many opening questions were asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub questions: Option<u32>,
}

/// Whether `value` goes without saying.
fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// What brought a visitor.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Came {
    /// On their own.
    #[default]
    Naturally,
    /// Outreach in the street or elsewhere.
    Outreach,
    /// A telephone call before.
    Phoned,
    /// Other contact before.
    Contacted,
}

/// What a visitor wants.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// To look and perhaps buy.
    #[default]
    Buying,
    /// A simple question in passing.
    Enquiry,
    /// Only printed material.
    Material,
    /// Not to buy: same trade, survey, selling, looking for somebody.
    NonBuyer,
    /// Not to view: a delivery, the office.
    NonViewing,
}

/// What an owner answered when asked who receives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OwnerAnswer {
    /// Receives both.
    Both,
    /// Names a colleague.
    Names(PersonId),
    /// Names nobody.
    Nobody,
    /// Could not be reached.
    Unreachable,
}
