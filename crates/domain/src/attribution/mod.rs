//! Attribution 客户归属: whose client a client is.

use serde::{Deserialize, Serialize};

use crate::people::PersonId;

/// Whose client somebody is at the moment, as other kinds of rule take it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ownership {
    /// The owner.
    pub owner: PersonId,
    /// Whether a deal with the client is closed.
    pub closed: bool,
}
