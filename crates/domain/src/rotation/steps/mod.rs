//! The sentences of scenarios about rotation.

mod arrivals;
mod circumstances;
mod duty;
mod expectations;
mod expected_turns;
mod greeting;
mod months;
mod people;
mod presence;
mod prompts;
mod receptions;
mod supervision;

pub(crate) use circumstances::read as read_circumstances;
pub use months::Known;

use crate::scenario::StepDefinition;

/// Every step about rotation.
pub const ALL: &[&[StepDefinition]] = &[
    people::STEPS,
    presence::STEPS,
    arrivals::STEPS,
    receptions::STEPS,
    supervision::STEPS,
    expectations::STEPS,
    expected_turns::STEPS,
    prompts::STEPS,
    greeting::STEPS,
    months::STEPS,
    duty::STEPS,
];

/// Declares steps about rotation.
macro_rules! steps {
    ($($steps:tt)+) => { crate::scenario::steps! { "rotation"; $($steps)+ } };
}
use steps;

/// The word at `at`, empty where the sentence has none.
fn word<'a>(words: &[&'a str], at: usize) -> &'a str {
    words.get(at).copied().unwrap_or("")
}

/// The whole number at `at`.
fn number(words: &[&str], at: usize) -> Result<u32, String> {
    word(words, at).parse().map_err(|_| format!("`{}` is no whole number", word(words, at)))
}
