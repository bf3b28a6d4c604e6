//! What may be written: every setting that the kinds of rule declare.

use std::{collections::BTreeMap, fmt};

use serde::Serialize;

use crate::value::Value;

/// One word of an enumeration, with its names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// The word in the document.
    pub word: &'static str,
    /// Its Chinese name.
    pub zh: &'static str,
    /// Its English name.
    pub en: &'static str,
}

/// The form of a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// One of these words.
    Choice(Vec<Choice>),
    /// `true` or `false`.
    Flag,
    /// A whole number within bounds, both included.
    Whole {
        /// The smallest.
        least: i64,
        /// The largest.
        most: i64,
    },
    /// A time of day.
    Clock,
    /// A text.
    Text,
    /// A list of such values.
    List(Box<Shape>),
}

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Choice(choices) => {
                f.write_str("one of ")?;
                for (index, choice) in choices.iter().enumerate() {
                    let comma = if index > 0 { ", " } else { "" };
                    write!(f, "{comma}\"{}\"", choice.word)?;
                }
                Ok(())
            }
            Self::Flag => f.write_str("true or false"),
            Self::Whole { least, most } => write!(f, "a whole number from {least} to {most}"),
            Self::Clock => f.write_str("a time of day such as \"17:30\""),
            Self::Text => f.write_str("a text in quotes"),
            Self::List(inner) => write!(f, "a list of {inner}"),
        }
    }
}

impl Shape {
    /// What may be written, in Chinese; the English is its `Display`.
    #[must_use]
    pub fn zh(&self) -> String {
        match self {
            Self::Choice(choices) => {
                let words: Vec<String> =
                    choices.iter().map(|c| format!("\"{}\"（{}）", c.word, c.zh)).collect();
                format!("下列之一：{}", words.join("、"))
            }
            Self::Flag => " true 或 false".into(),
            Self::Whole { least, most } => format!(" {least} 到 {most} 之间的整数"),
            Self::Clock => "时刻，如 \"17:30\"".into(),
            Self::Text => "带引号的文字".into(),
            Self::List(inner) => format!("方括号中的列表，每项写{}", inner.zh().trim_start()),
        }
    }
}

/// A setting that may stand in a rulebook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Declared {
    /// Its path, such as `rotation.order.source`.
    pub path: String,
    /// The form of its value.
    pub shape: Shape,
    /// Its Chinese name.
    pub zh: &'static str,
    /// Its English name.
    pub en: &'static str,
    /// What holds where the rulebook does not mention it; nothing: it is unset.
    pub default: Option<Value>,
    /// Whether `"none"` may be written: decided that there is no limit.
    pub may_be_none: bool,
}

/// All settings that the kinds of rule declare, by path.
#[derive(Debug, Clone, Default)]
pub struct Schema {
    declared: BTreeMap<String, Declared>,
}

impl Schema {
    /// Adds `declared`.
    pub fn declare(&mut self, declared: Declared) {
        self.declared.insert(declared.path.clone(), declared);
    }

    /// The setting at `path`.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&Declared> {
        self.declared.get(path)
    }

    /// Every setting, in the order of the paths.
    pub fn iter(&self) -> impl Iterator<Item = &Declared> {
        self.declared.values()
    }

    /// The declared path most like `path`, for a hint.
    #[must_use]
    pub fn nearest(&self, path: &str) -> Option<&str> {
        self.declared
            .keys()
            .map(|known| (distance(known, path), known))
            .filter(|(distance, known)| *distance <= known.len() / 2)
            .min()
            .map(|(_, known)| known.as_str())
    }
}

/// Edit distance of two words (Levenshtein), in characters.
#[must_use]
pub fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut next = vec![i + 1];
        for (j, to) in b.iter().enumerate() {
            let replaced = row.get(j).copied().unwrap_or(0) + usize::from(from != *to);
            let removed = row.get(j + 1).copied().unwrap_or(0) + 1;
            let added = next.last().copied().unwrap_or(0) + 1;
            next.push(replaced.min(removed).min(added));
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}
