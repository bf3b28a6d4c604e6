//! What is known of forms and client files: contacts, rows, files, who keeps them.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::rules::{Acquaintance, BookingChannel, FeedbackKind, Item, Occasion, Purpose, Register};
use crate::{
    calendar::Moment,
    people::{ClientId, PersonId},
};

/// Identifies a contact that demands forms: a visit, a call, a test drive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ContactId(pub Uuid);

/// Identifies a row of a register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RowId(pub Uuid);

/// The registers and client files of a site, or the part of them that a decision needs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Book {
    /// Visits, calls and the like, in the order of their beginning.
    pub contacts: Vec<Contact>,
    /// Rows of all registers, in the order of their entry.
    pub rows: Vec<Row>,
    /// The files of clients.
    pub files: BTreeMap<ClientId, File>,
    /// Who kept the public data since when, the last one still does.
    pub keepers: Vec<(PersonId, Moment)>,
    /// The last public number given.
    pub last_number: u32,
    /// Appointments, in the order of their making.
    pub appointments: Vec<Appointment>,
}

/// A client is to come at a time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appointment {
    /// Who.
    pub client: ClientId,
    /// When.
    pub at: Moment,
    /// How it was made, in the order of the notes.
    pub channels: Vec<BookingChannel>,
}

/// Something happened that demands forms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// Which.
    pub id: ContactId,
    /// What.
    pub occasion: Occasion,
    /// Who received, answered or did it.
    pub by: Option<PersonId>,
    /// With whom.
    pub client: Option<ClientId>,
    /// Whether the client was here before.
    pub acquaintance: Acquaintance,
    /// When it began.
    pub began_at: Moment,
    /// When it ended.
    pub ended_at: Option<Moment>,
    /// The line of a call.
    pub line: Option<u32>,
    /// What they want who need not be registered.
    pub purpose: Option<Purpose>,
    /// The public number.
    pub number: Option<u32>,
}

/// A row of a register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Which.
    pub id: RowId,
    /// Of which form.
    pub register: Register,
    /// About which contact.
    pub contact: Option<ContactId>,
    /// Whose entry.
    pub by: PersonId,
    /// About whom.
    pub client: Option<ClientId>,
    /// When it was first saved.
    pub at: Moment,
    /// What is filled in.
    pub items: BTreeSet<Item>,
    /// What the client refused to give.
    pub refused: BTreeSet<Item>,
    /// When whoever filled it in signed.
    pub signed_at: Option<Moment>,
    /// From when it counts.
    pub counts_from: Option<Moment>,
    /// When it was handed over.
    pub handed_over_at: Option<Moment>,
    /// When it was confirmed by whose signature makes it final.
    pub confirmed_at: Option<Moment>,
    /// Whether a call-back found it untrue.
    pub untrue: bool,
}

/// The file of a client.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct File {
    /// Whose client.
    pub owner: Option<PersonId>,
    /// What is filled in.
    pub items: BTreeSet<Item>,
    /// When it was last confirmed.
    pub confirmed_at: Option<Moment>,
    /// The cards and rolls that it stands in.
    pub cards: BTreeSet<Register>,
    /// What was changed: the item, by whom, when.
    pub changes: Vec<Change>,
    /// Changes that wait for approval.
    pub proposed: Vec<Change>,
    /// Whom the client has promised to bring or brought.
    pub referred: BTreeSet<ClientId>,
    /// What the client has said, by kind.
    pub feedback: Vec<FeedbackKind>,
}

/// An item was changed; the old value is kept where personal data are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Which item.
    pub item: Item,
    /// By whom.
    pub by: PersonId,
    /// When.
    pub at: Moment,
}

impl Book {
    /// The contact with this id.
    #[must_use]
    pub fn contact(&self, id: ContactId) -> Option<&Contact> {
        self.contacts.iter().find(|contact| contact.id == id)
    }

    /// The row with this id.
    #[must_use]
    pub fn row(&self, id: RowId) -> Option<&Row> {
        self.rows.iter().find(|row| row.id == id)
    }

    /// The row of `register` about `contact`.
    #[must_use]
    pub fn row_about(&self, register: Register, contact: ContactId) -> Option<&Row> {
        self.rows.iter().find(|row| row.register == register && row.contact == Some(contact))
    }

    /// The file of `client`, an empty one where there is none.
    #[must_use]
    pub fn file(&self, client: ClientId) -> File {
        self.files.get(&client).cloned().unwrap_or_default()
    }
}
