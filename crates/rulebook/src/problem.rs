//! What is wrong with a rulebook, where, and what to do about it.

use std::fmt;

use serde::Serialize;

use crate::clause::Words;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The rulebook cannot be read or activated.
    Error,
    /// The rulebook can be tested, but not activated: something enforced is undecided.
    Undecided,
    /// Worth a look.
    Warning,
}

/// A place in a document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// The slug of the rulebook.
    pub rulebook: String,
    /// The line, counted from 1; 0 where there is none.
    pub line: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}", self.rulebook),
            line => write!(f, "{}:{line}", self.rulebook),
        }
    }
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// How bad it is.
    pub severity: Severity,
    /// Where.
    pub place: Place,
    /// What; in English lower case, without a full stop.
    pub message: Words,
    /// What to do; empty where nothing can be said.
    pub hint: Words,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Undecided => "undecided",
            Severity::Warning => "warning",
        };
        write!(f, "{}: {severity}: {}", self.place, self.message.en)?;
        if !self.hint.en.is_empty() {
            write!(f, "\n  hint: {}", self.hint.en)?;
        }
        Ok(())
    }
}

/// Collects problems while a document is read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Problems(pub Vec<Problem>);

impl Problems {
    /// Notes an error; `message` and `hint` in Chinese and English: `[zh, en]`.
    pub fn error(&mut self, place: Place, message: impl Into<Words>, hint: impl Into<Words>) {
        self.note(Severity::Error, place, message, hint);
    }

    /// Notes a problem; `message` and `hint` in Chinese and English: `[zh, en]`.
    pub fn note(
        &mut self,
        severity: Severity,
        place: Place,
        message: impl Into<Words>,
        hint: impl Into<Words>,
    ) {
        let (message, hint) = (message.into(), hint.into());
        self.0.push(Problem { severity, place, message, hint });
    }

    /// Whether nothing prevents reading the document.
    #[must_use]
    pub fn is_readable(&self) -> bool {
        self.0.iter().all(|problem| problem.severity != Severity::Error)
    }

    /// Whether nothing prevents activating the rulebook.
    #[must_use]
    pub fn is_activatable(&self) -> bool {
        self.0.iter().all(|problem| problem.severity == Severity::Warning)
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for problem in &self.0 {
            writeln!(f, "{problem}")?;
        }
        Ok(())
    }
}
