//! Facts of a decision and texts in two languages, before they are put into words.

use chrono::{DateTime, NaiveDate, Utc};

use super::Language;

/// A text that its author wrote in both languages: a clause, the name of a rulebook.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Text {
    /// A text from its two languages.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }

    /// The text in `language`; the other language where this one was left empty.
    pub fn r#in(&self, language: Language) -> &str {
        let (first, second) = match language {
            Language::Chinese => (&self.zh, &self.en),
            Language::English => (&self.en, &self.zh),
        };
        if first.is_empty() { second } else { first }
    }
}

/// A named value that a decision looked at. The name is a translation key: `fact-<name>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// As the domain calls it, units last: `days_silent`.
    pub name: String,
    /// What it was.
    pub value: Value,
}

impl Fact {
    /// A fact from its name and value.
    pub fn new(name: impl Into<String>, value: Value) -> Self {
        Self { name: name.into(), value }
    }
}

/// The value of a fact, typed so that each language can write it its own way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Shown as it is: a name, a telephone number already masked, a clause.
    Text(String),
    /// A name of the domain's: `value-<name>`.
    Named(String),
    /// A whole number.
    Number(i64),
    /// A duration in minutes.
    Minutes(i64),
    /// A duration in days.
    Days(i64),
    /// A moment.
    Time(DateTime<Utc>),
    /// A day.
    Date(NaiveDate),
    /// Yes or no.
    Flag(bool),
    /// Several, in order.
    List(Vec<Self>),
    /// Not known when the decision was made.
    Unknown,
}
