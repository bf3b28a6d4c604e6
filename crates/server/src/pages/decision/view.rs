//! A decision and why: the same view and the same macro (`templates/why.html`) everywhere.

use chrono::{DateTime, Utc};

use crate::language::{Fact, Text, Words};
use crate::pages::frame::Tone;

/// A decision, ready to be shown.
#[derive(Debug, Clone)]
pub struct Why {
    /// Id of the decision, for the address of its page.
    pub id: String,
    /// What was decided, by name: `receive`; the sentence is `outcome-<name>` with `facts`.
    pub outcome: String,
    /// The variables of the sentence: `receiver`, `visitor`, ..
    pub facts: Vec<Fact>,
    /// How the outcome is meant.
    pub tone: Tone,
    /// Whether only the head is here; the reasons are fetched when somebody opens them.
    pub brief: bool,
    /// Every clause the decision rests on.
    pub clauses: Vec<Clause>,
    /// Whether it must rest on a clause; without one it is shown red.
    pub needs_clause: bool,
    /// Every condition that was looked at, in order.
    pub findings: Vec<Finding>,
    /// What is still open: what settles it and its latest time.
    pub pending: Option<Pending>,
    /// Name of the rulebook.
    pub rulebook: Text,
    /// Number of the rulebook's version.
    pub rulebook_version: u32,
    /// Who asked for it.
    pub by: String,
    /// If a person decided otherwise than the rulebook: the reason they gave.
    pub override_reason: Option<String>,
    /// When it happened.
    pub happened_at: DateTime<Utc>,
    /// When it was written down.
    pub recorded_at: DateTime<Utc>,
}

impl Why {
    /// The decision in one sentence.
    pub fn sentence(&self, words: &Words) -> String {
        words.named_with("outcome", &self.outcome, &self.facts)
    }

    /// Whether it rests on no clause and should.
    pub fn lacks_clause(&self) -> bool {
        self.needs_clause && self.clauses.is_empty()
    }

    /// Whether it was written down more than a minute after it happened.
    pub fn late(&self) -> bool {
        (self.recorded_at - self.happened_at).num_seconds() > 60
    }
}

/// A clause that is cited.
#[derive(Debug, Clone)]
pub struct Clause {
    /// Id in the rulebook: `3`, `c06`, `十二`.
    pub id: String,
    /// Its text.
    pub text: Text,
}

/// A condition that was looked at.
#[derive(Debug, Clone)]
pub struct Finding {
    /// By name: the sentence is `condition-<name>` with `facts`.
    pub condition: String,
    /// Whether it held.
    pub held: bool,
    /// What it was judged on.
    pub facts: Vec<Fact>,
}

impl Finding {
    /// The condition as a sentence.
    pub fn sentence(&self, words: &Words) -> String {
        let sentence = words.named_with("condition", &self.condition, &self.facts);
        // A refusal names its reason without saying whom it is about.
        if sentence.contains("{$") && words.has_name("value", &self.condition) {
            return words.named("value", &self.condition);
        }
        sentence
    }
}

/// A part of the decision that a later event or the clock settles.
#[derive(Debug, Clone)]
pub struct Pending {
    /// By name: `condition-<name>`.
    pub condition: String,
    /// The latest time.
    pub until: DateTime<Utc>,
}

/// The page of one decision.
#[derive(Debug, Clone)]
pub struct DecisionView {
    /// The decision.
    pub why: Why,
    /// What was asked, by name: `command-<name>`.
    pub command: String,
    /// The facts the command was given, beyond those of the conditions.
    pub given: Vec<Fact>,
    /// Kind of the stream by name: `stream-<name>`.
    pub stream: String,
    /// Place of the decision in its stream.
    pub version: i64,
    /// Hash of the entry.
    pub hash: String,
    /// Hash of the entry before; empty for the first.
    pub hash_before: String,
    /// Id of the decision before it in the stream.
    pub before: Option<String>,
    /// Id of the decision after it in the stream.
    pub after: Option<String>,
}
