//! Step definitions: sentences in Chinese and English, and what each does.

use std::sync::LazyLock;

use regex::Regex;
use serde::Serialize;

use super::{text::compile, world::World};

/// What a step does with the words it matched.
pub type StepRun = fn(&mut World, &[&str]) -> Result<(), String>;

/// One sentence that scenarios may use.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct StepDefinition {
    /// The kind of rule it belongs to.
    pub kind: &'static str,
    /// The pattern in Chinese.
    pub zh: &'static str,
    /// The pattern in English.
    pub en: &'static str,
    /// An example in Chinese.
    pub example_zh: &'static str,
    /// An example in English.
    pub example_en: &'static str,
    /// What it does.
    #[serde(skip)]
    pub run: StepRun,
}

/// Every step, in the order in which they are tried.
#[must_use]
pub fn all_steps() -> Vec<&'static StepDefinition> {
    let rotation = crate::rotation::steps::ALL.iter().copied();
    rotation.flatten().collect()
}

static COMPILED: LazyLock<Vec<(Regex, &'static StepDefinition)>> = LazyLock::new(|| {
    all_steps()
        .into_iter()
        .flat_map(|step| [(compile(step.zh), step), (compile(step.en), step)])
        .filter_map(|(regex, step)| regex.map(|regex| (regex, step)))
        .collect()
});

/// The step that `text` says, with the words it gives.
#[must_use]
pub fn matching(text: &str) -> Option<(&'static StepDefinition, Vec<String>)> {
    COMPILED.iter().find_map(|(regex, step)| {
        let captures = regex.captures(text)?;
        let words = captures.iter().skip(1).map(|word| word.map_or("", |m| m.as_str()).to_owned());
        Some((*step, words.collect()))
    })
}

/// The example most like `text`, for a hint.
#[must_use]
pub fn nearest(text: &str) -> &'static str {
    let plain = |text: &str| -> String {
        let mut quoted = false;
        text.chars()
            .filter(|letter| {
                if *letter == '"' {
                    quoted = !quoted;
                }
                !quoted && !letter.is_ascii_digit() && *letter != ' '
            })
            .collect()
    };
    let wanted = plain(text);
    all_steps()
        .into_iter()
        .flat_map(|step| [step.example_zh, step.example_en])
        .min_by_key(|example| rulebook::schema::distance(&plain(example), &wanted))
        .unwrap_or("lunpai scenario steps")
}
