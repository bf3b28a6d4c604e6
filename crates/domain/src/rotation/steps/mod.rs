//! The sentences of scenarios about rotation.

mod arrivals;
mod circumstances;
mod expectations;
mod expected_turns;
mod people;
mod presence;
mod prompts;
mod receptions;
mod supervision;

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
];

/// Declares steps: patterns in both languages, an example in each, and what they do.
macro_rules! steps {
    ($($zh:literal, $en:literal, $example_zh:literal, $example_en:literal => $run:expr;)+) => {
        pub(super) const STEPS: &[crate::scenario::StepDefinition] = &[$(
            crate::scenario::StepDefinition {
                kind: "rotation",
                zh: $zh,
                en: $en,
                example_zh: $example_zh,
                example_en: $example_en,
                run: $run,
            },
        )+];
    };
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
