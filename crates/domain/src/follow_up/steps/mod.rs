//! The sentences of scenarios about what must be followed up, by whom and by when.

mod cases;
mod circumstances;
mod expectations;
mod happenings;
mod lexicon;
mod lists;
mod records;
mod supervision;

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveTime};

use super::{
    Event, Outcome, Tracking,
    callback::{Obstacle, Session},
    figures::{Handling, ReviewRefused},
    state::CaseId,
};
use crate::{
    people::{ClientId, PersonId},
    scenario::StepDefinition,
};

/// Every step about what must be followed up, by whom and by when.
pub const ALL: &[&[StepDefinition]] = &[
    circumstances::STEPS,
    happenings::STEPS,
    records::STEPS,
    lists::STEPS,
    expectations::STEPS,
    cases::STEPS,
    supervision::STEPS,
];

/// What a scenario knows about what must be followed up, by whom and by when.
#[derive(Debug, Default)]
pub struct Known {
    /// What is known of each client; of the site's own duties where there is none.
    pub(crate) trackings: BTreeMap<Option<ClientId>, Tracking>,
    /// Whose clients they are, where a step says so.
    pub(crate) owners: BTreeMap<ClientId, PersonId>,
    /// When shifts end.
    pub(crate) shift_ends: BTreeMap<PersonId, NaiveTime>,
    /// Who keeps the site's own duties.
    pub(crate) keeper: Option<PersonId>,
    /// What came of the last command.
    pub(crate) outcome: Option<Outcome>,
    /// What happened, and for whom.
    pub(crate) events: Vec<(Option<ClientId>, Event)>,
    /// Up to which day the days were opened.
    pub(crate) brought_up: Option<NaiveDate>,
    /// Attribution hears of a follow-up now, and need not say so.
    pub(crate) from_attribution: bool,
    /// The case that the last steps spoke of.
    case: Option<(String, CaseId)>,
    /// The session of callbacks, and what stands in its way.
    session: Option<Session>,
    obstacle: Option<Obstacle>,
    /// Figures that were worked out last.
    handling: Option<Handling>,
    shares: BTreeMap<String, Option<u32>>,
    cooling_off: Option<Option<NaiveDate>>,
    review: Option<Result<(), ReviewRefused>>,
    received: Option<NaiveDate>,
    effective: Option<NaiveDate>,
    next_number: Option<bool>,
}

/// The word at `at`, empty where the sentence has none.
fn word<'a>(words: &[&'a str], at: usize) -> &'a str {
    words.get(at).copied().unwrap_or("")
}

/// The whole number at `at`.
fn int<T: std::str::FromStr>(words: &[&str], at: usize) -> Result<T, String> {
    word(words, at).parse().map_err(|_| format!("`{}` is no number", word(words, at)))
}

/// Whether `word` denies.
fn denies(word: &str) -> bool {
    ["不", "没", "未", "无"].iter().any(|no| word.contains(no))
        || word.contains("not")
        || word.contains("no ")
}
