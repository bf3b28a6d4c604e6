//! What can be asked of a client's stream, and what comes of it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{
    rules::{Channel, Evidence, Field, Relation},
    state::{ContactKind, FilingId, Holding, RegistrationId},
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
        /// How the client came.
        #[serde(default)]
        origin: Origin,
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
        /// Whether whoever had the client has left, a fact.
        #[serde(default)]
        left: bool,
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
    /// A registration is countersigned.
    Countersign {
        /// Which.
        id: RegistrationId,
    },
    /// An agent or channel files the client.
    File {
        /// The new filing.
        id: FilingId,
        /// Who files.
        by: PersonId,
    },
    /// A filing is confirmed on the first visit.
    ConfirmFiling {
        /// Which.
        id: FilingId,
        /// When the visitor came.
        came_at: Moment,
    },
    /// The owner shares the client with others.
    Share {
        /// Everybody who has a share, the owner first.
        holdings: Vec<Holding>,
    },
    /// The sharing is confirmed.
    ConfirmShare,
    /// The new owner confirms that they were told.
    Acknowledge {
        /// Who.
        by: PersonId,
    },
    /// The owner gives the client up.
    Release {
        /// Who.
        by: PersonId,
        /// Whether they leave the company.
        #[serde(default)]
        left: bool,
    },
    /// Somebody claims the client from the public pool.
    Take {
        /// Who.
        by: PersonId,
        /// How many clients they hold, a fact.
        #[serde(default)]
        held: u32,
        /// How many they have claimed today, a fact.
        #[serde(default)]
        taken_today: u32,
    },
}

/// How a client came to whoever receives them, as far as it is known.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Origin {
    /// What brought them.
    pub way: Way,
    /// Whom they name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub named: Option<PersonId>,
    /// Who invited them or answered their call.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<PersonId>,
    /// Whether their first receiver was present and did not recognise them.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub unrecognised: bool,
}

/// What brought a client.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "way", rename_all = "snake_case")]
pub enum Way {
    /// They came on their own.
    #[default]
    OwnAccord,
    /// They cannot say.
    Unknown,
    /// They had called before.
    Called,
    /// They were invited by telephone.
    Invited,
    /// Outreach brought them.
    Outreach,
    /// A client introduced them.
    Introduced {
        /// Whose client the introducer is.
        owner: PersonId,
        /// Whether a deal with the introducer is closed.
        closed: bool,
    },
    /// They are relatives or friends of a member of staff.
    Relative {
        /// Whose.
        of: PersonId,
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
        /// Whether it is still to be countersigned.
        #[serde(default)]
        provisional: bool,
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
    /// Several lay claim to the client; somebody must rule.
    Disputed {
        /// Who.
        between: Vec<PersonId>,
    },
    /// It was filed.
    Filed {
        /// The last day of the protection; nothing: without end, or the filing is void.
        protected_until: Option<chrono::NaiveDate>,
        /// Whether it counts.
        counts: bool,
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
