//! The sentences of scenarios about who shares a deal, and in which parts.

mod agreements;
mod circumstances;
mod deals;
mod expectations;
mod known;
mod said;
mod sheets;

pub use known::Known;

use crate::{
    money,
    scenario::{StepDefinition, World},
};

/// Every step about who shares a deal, and in which parts.
pub const ALL: &[&[StepDefinition]] =
    &[circumstances::STEPS, deals::STEPS, agreements::STEPS, expectations::STEPS, sheets::STEPS];

/// The word at `at`, empty where the sentence has none.
fn word<'a>(words: &[&'a str], at: usize) -> &'a str {
    words.get(at).copied().unwrap_or("")
}

/// The last word.
fn last<'a>(words: &[&'a str]) -> &'a str {
    words.last().copied().unwrap_or("")
}

/// Whether one of `words` is among `known`.
fn says(words: &[&str], known: &[&str]) -> bool {
    words.iter().any(|word| known.contains(word))
}

/// The minor units that a word names.
fn amount(text: &str) -> Result<i64, String> {
    let plain = text.replace("人民币", "").replace("元整", "元").replace(' ', "");
    money::parse(&plain).ok_or_else(|| format!("`{text}` is no amount; write such as 3,000 元"))
}

/// The name of whoever the scenario last spoke of a deal with; an error where it has not.
fn last_deal(world: &World) -> Result<String, String> {
    world.commission.last.clone().ok_or_else(|| "no deal is closed yet".to_owned())
}
