//! Clauses 条款: what a regulation says, and which settings carry it.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A clause's own id in its rulebook, such as `3` or `8.2`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ClauseId(pub String);

impl fmt::Display for ClauseId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A text in Simplified Chinese and in English.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// Simplified Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl From<[String; 2]> for Words {
    fn from([zh, en]: [String; 2]) -> Self {
        Self { zh, en }
    }
}

impl From<[&str; 2]> for Words {
    fn from([zh, en]: [&str; 2]) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }
}

/// What is the same in both languages, or has been said in one only.
impl From<String> for Words {
    fn from(text: String) -> Self {
        Self { zh: text.clone(), en: text }
    }
}

/// What is the same in both languages, or has been said in one only.
impl From<&str> for Words {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

/// How a clause is put into effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Carry {
    /// Lunpai decides or blocks by it.
    Enforce,
    /// Lunpai works out a figure by it.
    Compute,
    /// Lunpai shows it to whom it concerns at the right moment.
    Prompt,
    /// Lunpai has it written down.
    Record,
    /// Only a person can see whether it was kept.
    Attest,
}

impl Carry {
    /// The five words a rulebook may use.
    pub const NAMES: [(&'static str, Self); 5] = [
        ("enforce", Self::Enforce),
        ("compute", Self::Compute),
        ("prompt", Self::Prompt),
        ("record", Self::Record),
        ("attest", Self::Attest),
    ];

    /// The word a rulebook uses.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Enforce => "enforce",
            Self::Compute => "compute",
            Self::Prompt => "prompt",
            Self::Record => "record",
            Self::Attest => "attest",
        }
    }
}

/// One clause of a rulebook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Clause {
    /// Its id in this rulebook.
    pub id: ClauseId,
    /// The clauses of the catalogue that it states, such as `c06`.
    pub covers: Vec<String>,
    /// How it is put into effect.
    pub carry: Carry,
    /// What it says, in our own words.
    pub text: Words,
    /// A plain warning where the clause is legally doubtful; empty where it is not.
    pub warning: Option<Words>,
    /// The settings that carry it, by path; a trailing `.*` names a whole table.
    pub carried_by: Vec<String>,
    /// The line of the document it starts on, counted from 1.
    pub line: usize,
    /// The rulebook it was written in (differs from the reader's when inherited).
    pub rulebook: String,
}

impl Clause {
    /// Whether the setting at `path` carries this clause.
    #[must_use]
    pub fn is_carried_by(&self, path: &str) -> bool {
        self.carried_by.iter().any(|carrier| carries(carrier, path))
    }
}

/// Whether `carrier` (a path, or a table ending in `.*`) names the setting at `path`.
#[must_use]
pub fn carries(carrier: &str, path: &str) -> bool {
    match carrier.strip_suffix(".*") {
        Some(table) => path.strip_prefix(table).is_some_and(|rest| rest.starts_with('.')),
        None => carrier == path,
    }
}
