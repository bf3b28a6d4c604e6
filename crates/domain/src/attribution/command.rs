//! What can be asked of a client's stream, and what comes of it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{
    rules::{Channel, Evidence, Field, Relation},
    state::{ContactKind, RegistrationId},
};
use crate::{calendar::Moment, people::PersonId};

/// A command to the stream of a client.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "command", rename_all = "snake_case")]
pub enum Command {
    /// Somebody registers the client.
    Register {
        /// The new registration.
        id: RegistrationId,
        /// Whose registration.
        by: PersonId,
        /// How the contact came about.
        channel: Channel,
        /// What it holds.
        fields: BTreeSet<Field>,
        /// Whether the consultant signed.
        signed: bool,
    },
    /// Something missing is added to a registration.
    Complete {
        /// Which.
        id: RegistrationId,
        /// What is added.
        fields: BTreeSet<Field>,
        /// Whether the consultant signs now.
        signed: bool,
    },
    /// Somebody was in contact with the client.
    Contact {
        /// Who.
        by: PersonId,
        /// How.
        kind: ContactKind,
        /// Whether the record is complete.
        complete: bool,
    },
    /// Somebody received the client by the rotation, and the client is theirs from now on.
    Received {
        /// Who.
        by: PersonId,
    },
    /// Somebody in authority gives the client to somebody.
    Assign {
        /// To whom.
        to: PersonId,
    },
    /// A leaver's client is given to somebody.
    Distribute {
        /// To whom.
        to: PersonId,
    },
    /// The consultant is changed for cause: whoever had the client has no more part in it.
    Change {
        /// To whom.
        to: PersonId,
    },
    /// A deal is closed.
    Close {
        /// Who closed it.
        by: PersonId,
        /// How the buyer is related to whom is registered, where the names differ.
        buyer: Option<Relation>,
    },
    /// The deal did not come about after all.
    CancelClosing,
    /// Somebody claims the client.
    Claim {
        /// Who.
        by: PersonId,
        /// Where the record stands that they show.
        evidence: Evidence,
        /// When the record was made.
        recorded_at: Moment,
    },
    /// A claim is ruled on.
    Rule {
        /// Whose client it is.
        owner: PersonId,
    },
}

/// What came of a command.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    /// It was registered; valid from `valid_from`, or not valid for what is missing.
    Registered {
        /// From when it counts; nothing: it does not.
        valid_from: Option<Moment>,
        /// What is missing.
        missing: Vec<Field>,
        /// Whether the consultant's signature is missing.
        unsigned: bool,
    },
    /// It was recorded.
    Recorded,
    /// The client is somebody's.
    Owned {
        /// Whose; nobody's.
        owner: Option<PersonId>,
    },
    /// The claim is admitted; this is what the rulebook says.
    ClaimHeard {
        /// Whose client it is by the rulebook.
        owner: Option<PersonId>,
    },
    /// It is not possible.
    Refused {
        /// Why, a translation key.
        reason: String,
    },
    /// Nobody has decided a setting that is needed.
    Undecided {
        /// Which.
        setting: String,
    },
}
