//! What people see of a replay.

use chrono::{DateTime, Utc};

use crate::language::Text;
use crate::pages::{decision::view::Finding, frame::Problem};

/// Where a replay is asked for, and those that were.
#[derive(Debug, Clone)]
pub struct ReplaysView {
    /// The rulebook that is to decide.
    pub slug: String,
    /// Its version.
    pub version: u32,
    /// Its title.
    pub title: Text,
    /// What makes the form one of a kind.
    pub command: String,
    /// The first day, as typed.
    pub from: String,
    /// The last day, as typed.
    pub to: String,
    /// What is wrong with the form.
    pub problems: Vec<Problem>,
    /// The replays of the site, the newest first.
    pub earlier: Vec<ReplayLine>,
}

/// A replay in the list.
#[derive(Debug, Clone)]
pub struct ReplayLine {
    /// Its id.
    pub id: String,
    /// The rulebook and its version.
    pub slug: String,
    /// The version.
    pub version: u32,
    /// When it was asked for.
    pub asked_at: DateTime<Utc>,
    /// How far it is.
    pub step: ReplayStep,
}

/// How far a replay has come.
#[derive(Debug, Clone)]
pub enum ReplayStep {
    /// It runs: entries read, and how many there are.
    Running(i64, i64),
    /// It failed, and why.
    Failed(String),
    /// It is done: visits compared, and how many differ.
    Done(u64, u64),
}

/// A replay.
#[derive(Debug, Clone)]
pub struct ReplayView {
    /// As in the list.
    pub line: ReplayLine,
    /// The first and the last day; empty: all there is.
    pub period: (String, String),
    /// The figures, each with the name of what it counts.
    pub counts: Vec<(String, u64)>,
    /// Everybody's turns on both sides.
    pub people: Vec<PersonRow>,
    /// What was not recorded, by name, and how often it was needed.
    pub missing: Vec<(String, u64)>,
    /// Settings that the rulebook leaves open, and how often they were needed.
    pub undecided: Vec<(String, u64)>,
    /// What was done then and is not possible here: command, reason and how often.
    pub not_applied: Vec<(String, String, u64)>,
    /// The differences that are shown.
    pub rows: Vec<ReplayRow>,
    /// What the rows are about: `visit`, `client`, `sanction`; empty: all.
    pub kind: String,
    /// Whom they concern; empty: anybody.
    pub person: String,
    /// Everybody who may be chosen: id and name.
    pub choices: Vec<(String, String)>,
    /// The number after which the next page begins; nothing: this is the last.
    pub next: Option<i64>,
}

impl ReplayView {
    /// Whether it still runs.
    pub fn runs(&self) -> bool {
        matches!(self.line.step, ReplayStep::Running(..))
    }

    /// Whether everything was the same.
    pub fn is_same(&self) -> bool {
        self.counts.iter().all(|(name, count)| !name.ends_with("-differ") || *count == 0)
    }
}

/// What a person got on both sides: received, turns, make-up turns, turns lost.
#[derive(Debug, Clone)]
pub struct PersonRow {
    /// The name.
    pub name: String,
    /// Pairs of then and would.
    pub pairs: [(i64, i64); 4],
}

/// A difference.
#[derive(Debug, Clone)]
pub struct ReplayRow {
    /// `visit`, `client` or `sanction`.
    pub kind: String,
    /// When; nothing: at the end.
    pub at: Option<DateTime<Utc>>,
    /// Which visit, client or sanction.
    pub about: String,
    /// The client's page; empty: none.
    pub client: String,
    /// As it was, and as it would have been.
    pub then: ReplaySide,
    /// As it would have been.
    pub would: ReplaySide,
    /// The page of the decision then; empty: none.
    pub decision: String,
    /// What was not recorded, by name.
    pub missing: Vec<String>,
}

/// One side of a difference.
#[derive(Debug, Clone, Default)]
pub struct ReplaySide {
    /// Who; empty: nobody.
    pub who: String,
    /// The situation by name; empty: none.
    pub situation: String,
    /// Whose turn was used; empty: none.
    pub turn_of: String,
    /// Whether that was a make-up turn.
    pub make_up: bool,
    /// The clauses.
    pub clauses: Vec<String>,
    /// The reasons.
    pub findings: Vec<Finding>,
}
