//! Changing each setting in turn: what no scenario notices is not shown by any.

use rulebook::{Document, Problems, Schema, Shape, Value, value::Read};
use serde::Serialize;

use super::{
    feature::Feature,
    ground::Ground,
    run::{run_on, understand},
};
use crate::commission::Split;

/// One change of one setting, and whether a scenario noticed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mutant {
    /// The setting.
    pub setting: String,
    /// What it said.
    pub before: Value,
    /// What it was changed to.
    pub after: Value,
    /// What came of it.
    pub result: MutantResult,
}

/// What came of a mutant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MutantResult {
    /// A scenario that passed before failed.
    Noticed,
    /// No scenario noticed.
    Unnoticed,
    /// The changed rulebook cannot be read.
    Invalid,
}

/// Changes every setting that `document` writes under `prefix`, one at a time, and runs `features`.
#[must_use]
pub fn mutate(
    document: &Document,
    features: &[Feature],
    schema: &Schema,
    prefix: &str,
    readable: &dyn Fn(&Document, &mut Problems),
) -> Vec<Mutant> {
    let ground = Ground::new(document.clone());
    let scenarios: Vec<_> = features
        .iter()
        .flat_map(|feature| &feature.scenarios)
        .filter_map(|scenario| understand(scenario).ok())
        .filter(|scenario| run_on(&ground, scenario).is_ok())
        .collect();
    let mut mutants = Vec::new();
    for (path, written) in &document.settings {
        let Some(declared) = schema.get(path).filter(|_| path.starts_with(prefix)) else {
            continue;
        };
        for after in others(&written.value, &declared.shape) {
            let mut changed = document.clone();
            if let Some(setting) = changed.settings.get_mut(path) {
                setting.value = after.clone();
            }
            let mut problems = Problems::default();
            readable(&changed, &mut problems);
            let result = if problems.is_readable() {
                let ground = Ground::new(changed);
                let noticed = scenarios.iter().any(|scenario| run_on(&ground, scenario).is_err());
                if noticed { MutantResult::Noticed } else { MutantResult::Unnoticed }
            } else {
                MutantResult::Invalid
            };
            let (setting, before) = (path.clone(), written.value.clone());
            mutants.push(Mutant { setting, before, after, result });
        }
    }
    mutants
}

/// Other values of the same shape.
fn others(value: &Value, shape: &Shape) -> Vec<Value> {
    let is_unset = matches!(value.as_text(), Some("unset"));
    match (shape, value) {
        _ if is_unset => Vec::new(),
        (Shape::Choice(choices), Value::Text(word)) => choices
            .iter()
            .filter(|choice| choice.word != word)
            .map(|choice| Value::Text(choice.word.into()))
            .collect(),
        (Shape::Flag, Value::Flag(flag)) => vec![Value::Flag(!flag)],
        (Shape::Whole { .. }, Value::Number(number)) => {
            vec![Value::Number(number + 1), Value::Number(number - 1)]
        }
        (Shape::Whole { .. }, Value::Text(_)) => vec![Value::Number(1)],
        (Shape::Clock, Value::Text(time)) => shifted(time),
        (Shape::Text, text) => other_splits(text),
        (Shape::List(inner), Value::List(items)) => (0..items.len())
            .map(|gone| {
                let left = items.iter().enumerate().filter(|(index, _)| *index != gone);
                Value::List(left.map(|(_, item)| item.clone()).collect())
            })
            .chain(neighbours(inner, items))
            .collect(),
        _ => Vec::new(),
    }
}

/// Other ways to share a deal, where `value` is one.
fn other_splits(value: &Value) -> Vec<Value> {
    let Ok(split) = Split::read(value) else { return Vec::new() };
    let reversed = match &split {
        Split::Shares(shares) => Split::Shares(shares.iter().rev().copied().collect()),
        other => other.clone(),
    };
    let halves = |split: &Split| matches!(split.written().as_str(), "equal" | "1/2-1/2");
    [Split::Owner, Split::Closer, Split::Equal, Split::Negotiated, reversed]
        .into_iter()
        .filter(|other| *other != split && !(halves(other) && halves(&split)))
        .map(|other| other.write())
        .collect()
}

/// The list with one of its numbers one more or one less.
fn neighbours(inner: &Shape, items: &[Value]) -> Vec<Value> {
    let numbers = matches!(inner, Shape::Whole { .. });
    let mut lists = Vec::new();
    for (at, item) in items.iter().enumerate().filter(|_| numbers) {
        for other in others(item, inner) {
            let mut list = items.to_vec();
            if let Some(place) = list.get_mut(at) {
                *place = other;
            }
            lists.push(Value::List(list));
        }
    }
    lists
}

/// A minute earlier and a minute later.
fn shifted(time: &str) -> Vec<Value> {
    let Ok(time) = chrono::NaiveTime::parse_from_str(time, "%H:%M") else { return Vec::new() };
    let minute = chrono::TimeDelta::minutes(1);
    [time - minute, time + minute]
        .into_iter()
        .map(|time| Value::Text(time.format("%H:%M").to_string()))
        .collect()
}
