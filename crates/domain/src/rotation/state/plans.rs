//! What is planned ahead: duty rosters and receptions.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{people::PersonId, rotation::rules::PlannedKind};

/// A duty roster 值班表.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Roster {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// Who is on duty, in order.
    pub people: Vec<PersonId>,
}

impl Roster {
    /// Whether it is for `day`.
    #[must_use]
    pub fn is_for(&self, day: NaiveDate) -> bool {
        self.from <= day && day <= self.to
    }
}

/// A reception that is planned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Planned {
    /// Its number.
    pub id: u64,
    /// The day.
    pub date: NaiveDate,
    /// Whom it is for.
    pub kind: PlannedKind,
    /// Who receives.
    pub host: PersonId,
    /// Whether the host is still to be reminded the day before.
    pub remind: bool,
}
