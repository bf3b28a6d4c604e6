//! The sentences of scenarios about forms and client files.

mod appointments;
mod cards;
mod contacts;
mod expected_files;
mod expected_forms;
mod figures;
mod files;
mod known;
mod lists;
mod names;
mod numbers;
mod rows;

use crate::scenario::StepDefinition;

pub use known::Known;
pub use names::form_names;
use names::{form, items, named};

/// Every step about forms and client files.
pub const ALL: &[&[StepDefinition]] = &[
    contacts::STEPS,
    files::STEPS,
    rows::STEPS,
    cards::STEPS,
    numbers::STEPS,
    figures::STEPS,
    appointments::STEPS,
    lists::STEPS,
    expected_forms::STEPS,
    expected_files::STEPS,
];

/// The word at `at`, empty where the sentence has none.
fn word<'a>(words: &[&'a str], at: usize) -> &'a str {
    words.get(at).copied().unwrap_or("")
}

/// The number at `at`, or the first that there is.
fn number(words: &[&str], at: usize) -> Result<u32, String> {
    let first = || words.iter().find_map(|word| word.parse().ok());
    word(words, at).parse().ok().or_else(first).ok_or_else(|| "it names no number".into())
}

/// Fails with what is the case, unless `held`.
fn expect(held: bool, found: impl std::fmt::Debug) -> Result<(), String> {
    if held { Ok(()) } else { Err(format!("found {found:?}")) }
}
