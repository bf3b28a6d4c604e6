//! What is known of a client: registrations, contacts, rights and closings. One stream a client.

use std::collections::BTreeSet;

use rulebook::ClauseId;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::rules::{Channel, Field};
use crate::{calendar::Moment, people::PersonId};

/// Identifies a registration of a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RegistrationId(pub Uuid);

/// A client, as attribution sees them: ids and dates, never names or telephones.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Client {
    /// Every registration, in the order of its entry.
    pub registrations: Vec<Registration>,
    /// Every contact, in the order of its entry.
    pub contacts: Vec<Contact>,
    /// The rights, in the order in which they were founded.
    pub rights: Vec<Right>,
    /// The last closing that stands.
    pub closing: Option<Closing>,
}

/// A client was registered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registration {
    /// Which.
    pub id: RegistrationId,
    /// Whose registration.
    pub by: PersonId,
    /// How the contact came about.
    pub channel: Channel,
    /// When it was entered.
    pub at: Moment,
    /// What it holds.
    pub fields: BTreeSet<Field>,
    /// When the consultant signed.
    pub signed_at: Option<Moment>,
    /// When the last missing item was added.
    pub completed_at: Moment,
}

/// Somebody was in contact with the client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// Who.
    pub by: PersonId,
    /// How.
    pub kind: ContactKind,
    /// Whether the record is complete.
    pub complete: bool,
    /// When.
    pub at: Moment,
}

/// Kinds of contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContactKind {
    /// The client was followed up.
    FollowUp,
    /// The client came.
    Visit,
    /// The client called.
    Call,
}

/// A right to the client: who, by what, since when, on which terms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Right {
    /// Who has it.
    pub by: PersonId,
    /// What it rests on.
    pub basis: Basis,
    /// Since when.
    pub from: Moment,
    /// Days it lives without renewal, as they were when it was granted; nothing: for good.
    pub days: Option<u32>,
    /// When it was taken away, and by which clauses.
    pub ended: Option<Ended>,
}

/// What a right rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// A registration.
    Registration(RegistrationId),
    /// A reception.
    Reception,
    /// Somebody in authority gave the client.
    Assigned,
    /// The client of a leaver was distributed; whoever took over has not followed up yet.
    Distributed,
    /// A ruling on a claim.
    Ruling,
}

/// A right was taken away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    /// When.
    pub at: Moment,
    /// By which clauses.
    pub clauses: Vec<ClauseId>,
}

/// A closing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closing {
    /// When.
    pub at: Moment,
    /// Who closed it.
    pub by: PersonId,
    /// Whose client it was by the rulebook.
    pub owner: Option<PersonId>,
}

impl Registration {
    /// The items of `required` that it lacks.
    #[must_use]
    pub fn missing(&self, required: &[Field]) -> Vec<Field> {
        let has = |field: &Field| {
            // A real name is a name too.
            self.fields.contains(field)
                || (*field == Field::Name && self.fields.contains(&Field::RealName))
        };
        required.iter().copied().filter(|field| !has(field)).collect()
    }
}

impl Right {
    /// Whether it stands at `at`, its period apart.
    #[must_use]
    pub fn stands(&self, at: Moment) -> bool {
        self.from <= at && self.ended.as_ref().is_none_or(|ended| ended.at > at)
    }
}

impl Client {
    /// The registration with this id.
    #[must_use]
    pub fn registration(&self, id: RegistrationId) -> Option<&Registration> {
        self.registrations.iter().find(|registration| registration.id == id)
    }
}
