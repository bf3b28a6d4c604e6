//! What the visitor register shows.

use chrono::{DateTime, NaiveDate, Utc};

use crate::pages::arrival::view::Stage;
use crate::pages::person::Person;

/// The register of a day.
#[derive(Debug, Clone)]
pub struct VisitsView {
    /// When the page was made.
    pub now: DateTime<Utc>,
    /// What is shown.
    pub filter: VisitFilter,
    /// Everybody, for the filter.
    pub people: Vec<Person>,
    /// Situations, for the filter.
    pub situations: Vec<String>,
    /// The visits of this page of the register, newest first.
    pub rows: Vec<VisitRow>,
    /// Which page of how many.
    pub pager: Pager,
    /// Whether this reader may export.
    pub may_export: bool,
}

/// What the register shows.
#[derive(Debug, Clone, Default)]
pub struct VisitFilter {
    /// The day.
    pub day: NaiveDate,
    /// Id of the receiver; empty for all.
    pub receiver: String,
    /// Situation by name; empty for all.
    pub situation: String,
    /// Name, pinyin or telephone; empty for all.
    pub look: String,
}

impl VisitFilter {
    /// Query of the address that shows this filter's first page.
    pub fn query(&self) -> String {
        let mut query = format!("day={}", self.day);
        for (name, value) in
            [("receiver", &self.receiver), ("situation", &self.situation), ("look", &self.look)]
        {
            if !value.is_empty() {
                query.push_str(&format!("&{name}={}", escape(value)));
            }
        }
        query
    }
}

fn escape(value: &str) -> String {
    value
        .bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

/// One line of the register.
#[derive(Debug, Clone)]
pub struct VisitRow {
    /// Id.
    pub id: String,
    /// When they came.
    pub at: DateTime<Utc>,
    /// Whom, as this reader may see it.
    pub visitor: String,
    /// Telephone, masked as the rulebook says; may be empty.
    pub telephone: String,
    /// How many people came.
    pub people_count: u32,
    /// Purpose by name; may be empty.
    pub purpose: String,
    /// Way of coming by name.
    pub source: String,
    /// Situation by name.
    pub situation: String,
    /// Who received.
    pub receiver: Option<String>,
    /// How far it is.
    pub stage: Stage,
    /// From start to finish, in minutes, once finished.
    pub minutes: Option<i64>,
    /// Id of the decision.
    pub decision: String,
    /// Clauses it rests on.
    pub clauses: Vec<String>,
    /// Entered afterwards, from paper.
    pub late: bool,
    /// Decided otherwise than the rulebook.
    pub overridden: bool,
}

impl VisitRow {
    /// Whether somebody received, and no clause says so.
    pub fn lacks_clause(&self) -> bool {
        self.receiver.is_some() && self.clauses.is_empty()
    }
}

/// Which page of how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pager {
    /// From 1.
    pub page: u32,
    /// At least 1.
    pub page_count: u32,
    /// How many there are on all pages.
    pub total: u32,
}

impl Pager {
    /// Number of the page before.
    pub fn before(&self) -> Option<u32> {
        (self.page > 1).then(|| self.page - 1)
    }

    /// Number of the page after.
    pub fn after(&self) -> Option<u32> {
        (self.page < self.page_count).then(|| self.page + 1)
    }
}
