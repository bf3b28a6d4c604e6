//! Step definitions: sentences in Chinese and English, and what each does.

use std::sync::LazyLock;

use regex::Regex;
use serde::Serialize;

use super::{
    text::{captured, compile},
    wording,
    world::World,
};

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
    // Rotation comes late: some of its sentences end in anything.
    let kinds = [
        crate::follow_up::steps::ALL,
        crate::rotation::steps::ALL,
        crate::attribution::steps::ALL,
        crate::registers::steps::ALL,
        crate::attribution::steps::LAST,
        // Who proposes what share may be said in many words: what is no form is one.
        crate::commission::steps::ALL,
    ];
    kinds.into_iter().flatten().copied().flatten().collect()
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
    COMPILED.iter().find_map(|(regex, step)| Some((*step, captured(regex, text)?)))
}

/// A sentence, understood.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The step that it says.
    pub step: &'static StepDefinition,
    /// The words that it gives.
    pub words: Vec<String>,
    /// The time that it tells, where the step itself has no place for one.
    pub time: Option<String>,
    /// The date that it tells.
    pub date: Option<String>,
}

/// Understands `text`: as it stands, in other words, or with the time told apart.
#[must_use]
pub fn read(text: &str) -> Option<Reading> {
    if let Some(reading) = read_dated(text) {
        return Some(reading);
    }
    match wording::without_date(text) {
        Some((rest, date)) => {
            let reading = read_undated(&rest)?;
            Some(Reading { date: Some(date), ..reading })
        }
        None => read_undated(text),
    }
}

/// Understands a sentence that has a place for a date of its own, such as an agreed day; a day and a
/// time before it tell when it is said.
fn read_dated(text: &str) -> Option<Reading> {
    let dated = |text: &str| {
        let (step, words) = matching(text)?;
        let has_place = [step.zh, step.en].iter().any(|pattern| pattern.contains("{date}"));
        has_place.then_some((step, words))
    };
    if let Some((step, words)) = dated(text) {
        return Some(Reading { step, words, time: None, date: None });
    }
    let (rest, date, time) = wording::without_beginning(text)?;
    let (step, words) = dated(&rest)?;
    Some(Reading { step, words, time, date })
}

fn read_undated(text: &str) -> Option<Reading> {
    let reworded = wording::reword(text);
    let direct = |text: &str, time: Option<String>| {
        let (step, words) = matching(text)?;
        // A time that the step has no place for is told apart first.
        let has_place =
            [step.zh, step.en].iter().any(|p| p.contains("{time}") || p.contains("{value}"));
        let told = has_place || time.is_some() || wording::without_time(text).is_none();
        told.then_some(Reading { step, words, time, date: None })
    };
    direct(text, None).or_else(|| direct(&reworded, None)).or_else(|| {
        [text, &reworded].into_iter().find_map(|text| {
            let (rest, time) = wording::without_time(text)?;
            let again = wording::reword(&rest);
            direct(&rest, Some(time.clone())).or_else(|| direct(&again, Some(time)))
        })
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

/// Declares the steps of a kind of rule: patterns in both languages, an example in each, what they do.
macro_rules! steps {
    ($kind:literal; $($zh:literal, $en:literal, $example_zh:literal, $example_en:literal => $run:expr;)+) => {
        pub(super) const STEPS: &[crate::scenario::StepDefinition] = &[$(
            crate::scenario::StepDefinition {
                kind: $kind,
                zh: $zh,
                en: $en,
                example_zh: $example_zh,
                example_en: $example_en,
                run: $run,
            },
        )+];
    };
}
pub(crate) use steps;
