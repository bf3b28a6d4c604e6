//! What keeps somebody out of the rings after a month's result, until they have brought what is asked.

use chrono::NaiveDate;
use rulebook::ClauseId;
use serde::{Deserialize, Serialize};

use crate::{people::PersonId, rotation::rules::Requirement};

/// The result of one person for a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonthResult {
    /// Who.
    pub person: PersonId,
    /// Clients received or calls taken.
    pub received: u32,
    /// How many of them were converted.
    pub converted: u32,
}

/// Why somebody is kept out of the rings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BarCause {
    /// A month short of conversions.
    ShortMonth,
    /// The lowest rate of the month.
    LowestRate,
    /// The worst result of the month.
    LowestResult,
}

/// Something that keeps somebody out of the rings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bar {
    /// Why.
    pub cause: BarCause,
    /// The first day.
    pub from: NaiveDate,
    /// The last day at least; nothing: as soon as everything is brought.
    pub until: Option<NaiveDate>,
    /// What they still have to bring.
    pub lacks: Vec<Requirement>,
    /// Whether only a supervisor can end it: standby, or no attempt left.
    pub closed: bool,
    /// Attempts that are left; nothing: any number.
    pub attempts_left: Option<u32>,
    /// The clauses it rests on.
    pub clauses: Vec<ClauseId>,
}

impl Bar {
    /// Whether it keeps its holder out on `day`.
    #[must_use]
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        let served = self.until.is_none_or(|until| until < day);
        self.from <= day && (self.closed || !served || !self.lacks.is_empty())
    }

    /// Whether it is over for good on `day`.
    #[must_use]
    pub fn is_over_on(&self, day: NaiveDate) -> bool {
        self.from <= day && !self.holds_on(day)
    }
}
