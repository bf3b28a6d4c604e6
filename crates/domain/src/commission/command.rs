//! What can be asked of a deal's stream, and what comes of it.

use serde::{Deserialize, Serialize};

use super::{
    rules::Stage,
    share::PersonShare,
    state::{Circumstances, Pending},
};
use crate::{
    money::Currency,
    people::{ClientId, PersonId},
};

/// A command to the stream of a deal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "command", rename_all = "snake_case")]
pub enum Command {
    /// A deal is recorded at the stage it has reached.
    Record {
        /// With whom.
        client: ClientId,
        /// Who brought it about.
        closer: PersonId,
        /// What is known of how.
        circumstances: Circumstances,
        /// The stage.
        stage: Stage,
        /// The price, in minor units.
        price: Option<i64>,
        /// The commission, in minor units.
        commission: Option<i64>,
        /// The currency of both.
        currency: Currency,
    },
    /// It reaches a later stage.
    Advance {
        /// Which.
        stage: Stage,
        /// What is known by then.
        circumstances: Circumstances,
    },
    /// The amounts become known or are corrected.
    SetAmounts {
        /// The price, in minor units.
        price: Option<i64>,
        /// The commission, in minor units.
        commission: Option<i64>,
    },
    /// A party proposes parts.
    Propose {
        /// Who.
        by: PersonId,
        /// The parts.
        shares: Vec<PersonShare>,
    },
    /// A party agrees to what was proposed.
    Confirm {
        /// Who.
        by: PersonId,
    },
    /// A party does not agree to what was proposed.
    Decline {
        /// Who.
        by: PersonId,
    },
    /// It is called off.
    Cancel,
    /// Somebody in authority rules on the parts.
    Rule {
        /// The parts.
        shares: Vec<PersonShare>,
    },
    /// It turns out to be somebody else's client: the parts are worked out anew.
    Recompute {
        /// What is known now.
        circumstances: Circumstances,
    },
    /// Time passed.
    Settle,
}

/// What came of a command.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    /// It was recorded, and is not closed yet.
    Recorded,
    /// It is closed, and its parts are open.
    Waits {
        /// What for.
        pending: Pending,
    },
    /// Its parts are certain.
    Shared {
        /// The parts.
        parts: Vec<PersonShare>,
    },
    /// It was called off.
    Cancelled,
    /// Nothing was due.
    Nothing,
    /// It is not possible.
    Refused {
        /// Why, a translation key.
        reason: String,
    },
    /// Nobody has decided a setting that is needed; the deal is on record and waits for a ruling.
    Undecided {
        /// Which.
        setting: String,
    },
}
