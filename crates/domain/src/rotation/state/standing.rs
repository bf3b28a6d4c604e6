//! Standing duty: who stands, who has stood, who owes time.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{calendar::Moment, people::PersonId};

/// Standing duty 站岗.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Who stands, since when, and until when.
    pub now: Option<Slot>,
    /// Who has stood in this round of standing.
    pub stood: Vec<PersonId>,
    /// Seconds of standing time owed.
    pub owed_seconds: BTreeMap<PersonId, i64>,
    /// Today's finished slots.
    pub past: Vec<Slot>,
    /// When the clock next begins or ends standing duty.
    #[serde(default)]
    pub wakes_at: Option<Moment>,
}

/// A slot of standing duty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slot {
    /// Who.
    pub person: PersonId,
    /// From.
    pub since: Moment,
    /// To; nothing: until relieved.
    pub until: Option<Moment>,
}
