//! What a rulebook may say about follow up 跟进.

use rulebook::{Document, Problems, Schema};

use crate::needed::Needed;

/// The follow up rules of a rulebook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {}

impl Rules {
    /// Reads the follow up rules of `document`; what is wrong goes to `problems`.
    #[must_use]
    pub fn read(_document: &Document, _problems: &mut Problems) -> Self {
        Self {}
    }

    /// Declares every follow up setting.
    pub fn declare(_schema: &mut Schema) {}

    /// The unset settings that an enforced rule depends on.
    #[must_use]
    pub fn undecided(&self) -> Vec<Needed> {
        Vec::new()
    }
}
