//! What a floor's journal entries say, beyond the domain's own events.

use domain::rotation::{Command, Event, Floor, rules::Role};
use serde::{Deserialize, Serialize};

/// A command with the facts it was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// The command.
    pub command: Command,
    /// The roles of whoever gave it.
    pub roles: Vec<Role>,
    /// The note with the reason that was typed, if one was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<uuid::Uuid>,
}

/// Something in the events of an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Happened {
    /// Something that only the application knows.
    Kept(Kept),
    /// Something that happened on the floor.
    Floor(Event),
}

/// What only the application knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Kept {
    /// The whole floor, after the events before this one.
    FloorKept {
        /// The floor.
        floor: Box<Floor>,
    },
    /// The floor is what it was before the entry with this version.
    Undone {
        /// The entry that was a mistake.
        entry: i64,
        /// SHA-256 of the floor that it was put back to, hexadecimal.
        floor_hash: String,
    },
}

impl Happened {
    /// The domain's event, if it is one.
    #[must_use]
    pub const fn floor(&self) -> Option<&Event> {
        match self {
            Self::Floor(event) => Some(event),
            Self::Kept(_) => None,
        }
    }
}

/// Names a command, by the word that its JSON has.
pub(crate) fn command_word(command: &Command) -> String {
    let value = serde_json::to_value(command).unwrap_or_default();
    value.get("command").and_then(|word| word.as_str()).unwrap_or_default().to_owned()
}
