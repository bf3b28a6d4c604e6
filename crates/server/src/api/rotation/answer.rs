//! What came of a command, on the wire.

use app::rotation::{self, Carried};
use chrono::{DateTime, Utc};
use domain::{
    attribution::{self, rules::Field},
    rotation::rules::Situation,
};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use super::super::words;

/// A command that was carried out, refused or left undecided, as the journal has it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Answer {
    /// The entry of the journal; `GET /decisions/{entry}` tells all about it. Nothing for a preview.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entry: Option<String>,
    /// What came of it.
    pub outcome: Outcome,
    /// The clauses that were cited.
    pub clauses: Vec<String>,
    /// Every condition that was looked at, in order.
    pub because: Vec<Finding>,
    /// The rulebook version it was decided under.
    pub rulebook_version: Option<Uuid>,
    /// When it happened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub happened_at: Option<DateTime<Utc>>,
    /// When it was written down.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recorded_at: Option<DateTime<Utc>>,
    /// Whether the journal had it already, and nothing was done now.
    pub repeated: bool,
}

/// What came of a command. Only the fields that belong to the outcome are there.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct Outcome {
    /// What: `done`, `receives`, `stays`, `waits`, `asks_owner`, `recorded`, `refused`, `undecided`; about a
    /// client also `registered`, `owned`, `claim_heard`.
    pub outcome: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub visit: Option<Uuid>,
    /// Who receives.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub receiver: Option<Uuid>,
    /// What the visit is to the rotation.
    #[schema(schema_with = words::situation)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub situation: Option<Situation>,
    /// Whether a turn of the receiver is used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub counted: Option<bool>,
    /// Until when the receiver may answer the call, if they must.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer_until: Option<DateTime<Utc>>,
    /// The owner who is asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<Uuid>,
    /// Who should have received by the rules, where somebody else did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by_rule: Option<Uuid>,
    /// From when a registration of a client counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<DateTime<Utc>>,
    /// What a registration of a client lacks.
    #[schema(schema_with = words::fields)]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<Field>,
    /// Whether a registration of a client lacks the consultant's signature.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unsigned: Option<bool>,
    /// Whether a registration of a client is still to be countersigned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provisional: Option<bool>,
    /// Who disputes a client.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub between: Vec<Uuid>,
    /// The last day that a filing protects; nothing: without end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protected_until: Option<chrono::NaiveDate>,
    /// Whether a filing counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub counts: Option<bool>,
    /// Why it is not possible, a word.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The setting that nobody has decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub setting: Option<String>,
}

/// A condition that was looked at.
#[derive(Debug, Serialize, ToSchema)]
pub struct Finding {
    /// Its name.
    pub condition: String,
    /// Whether it held.
    pub held: bool,
    /// What it was judged on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<Fact>,
    /// The setting that was applied.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub setting: Option<String>,
    /// The value of the setting at the time.
    #[schema(value_type = Option<Object>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Value>,
    /// The clauses that the setting carries.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub clauses: Vec<String>,
}

/// A fact: an id, a figure or a time, never a name or a telephone.
#[derive(Debug, Serialize, ToSchema)]
pub struct Fact {
    /// Its name.
    pub name: String,
    /// What it is: `person`, `client`, `visit`, `number`, `seconds`, `at`, `word`.
    pub kind: &'static str,
    /// As text.
    pub value: String,
}

impl From<rotation::Outcome> for Outcome {
    fn from(outcome: rotation::Outcome) -> Self {
        use rotation::Outcome as O;
        let named = |outcome| Self { outcome, ..Self::default() };
        match outcome {
            O::Done => named("done"),
            O::Receives { visit, by, situation, counted, answer_until } => Self {
                visit: Some(visit.0),
                receiver: Some(by.0),
                situation: Some(situation),
                counted: Some(counted),
                answer_until: answer_until.map(|until| until.to_utc()),
                ..named("receives")
            },
            O::Stays { visit, by } => {
                Self { visit: Some(visit.0), receiver: Some(by.0), ..named("stays") }
            }
            O::Waits { visit } => Self { visit: Some(visit.0), ..named("waits") },
            O::AsksOwner { visit, owner } => {
                Self { visit: Some(visit.0), owner: Some(owner.0), ..named("asks_owner") }
            }
            O::Recorded { visit, by, by_rule } => Self {
                visit: Some(visit.0),
                receiver: Some(by.0),
                by_rule: by_rule.map(|by| by.0),
                ..named("recorded")
            },
            O::Refused { reason } => Self { reason: Some(reason), ..named("refused") },
            O::Undecided { setting, visit } => Self {
                setting: Some(setting),
                visit: visit.map(|visit| visit.0),
                ..named("undecided")
            },
        }
    }
}

impl From<attribution::Outcome> for Outcome {
    fn from(outcome: attribution::Outcome) -> Self {
        use attribution::Outcome as O;
        let named = |outcome| Self { outcome, ..Self::default() };
        let owned = |outcome, owner: Option<app::PersonId>| Self {
            owner: owner.map(|owner| owner.0),
            ..named(outcome)
        };
        match outcome {
            O::Registered { valid_from, missing, unsigned, provisional } => Self {
                valid_from: valid_from.map(|from| from.to_utc()),
                missing,
                unsigned: Some(unsigned),
                provisional: Some(provisional),
                ..named("registered")
            },
            O::Recorded => named("recorded"),
            O::Owned { owner } => owned("owned", owner),
            O::ClaimHeard { owner } => owned("claim_heard", owner),
            O::Disputed { between } => Self {
                between: between.into_iter().map(|person| person.0).collect(),
                ..named("disputed")
            },
            O::Filed { protected_until, counts } => {
                Self { protected_until, counts: Some(counts), ..named("filed") }
            }
            O::Refused { reason } => Self { reason: Some(reason), ..named("refused") },
            O::Undecided { setting } => Self { setting: Some(setting), ..named("undecided") },
        }
    }
}

impl From<rulebook::Finding> for Finding {
    fn from(finding: rulebook::Finding) -> Self {
        let (setting, value, clauses) = match finding.applied {
            Some(applied) => (
                Some(applied.setting).filter(|setting| !setting.is_empty()),
                serde_json::to_value(&applied.value).ok(),
                applied.clauses.into_iter().map(|clause| clause.0).collect(),
            ),
            None => (None, None, Vec::new()),
        };
        let facts = finding.facts.into_iter().map(|(name, fact)| Fact::of(name, &fact)).collect();
        Self { condition: finding.condition, held: finding.held, facts, setting, value, clauses }
    }
}

impl Fact {
    fn of(name: String, fact: &rulebook::Fact) -> Self {
        use rulebook::Fact as F;
        let (kind, value) = match fact {
            F::Person(id) => ("person", id.to_string()),
            F::Client(id) => ("client", id.to_string()),
            F::Visit(id) => ("visit", id.to_string()),
            F::Number(number) => ("number", number.to_string()),
            F::Seconds(seconds) => ("seconds", seconds.to_string()),
            F::At(at) => ("at", at.to_rfc3339()),
            F::Word(word) => ("word", word.clone()),
        };
        Self { name, kind, value }
    }
}

impl Answer {
    /// A decision that was only tried out.
    pub fn tried(outcome: impl Into<Outcome>, because: rulebook::Because) -> Self {
        Self {
            entry: None,
            outcome: outcome.into(),
            clauses: clauses(&because),
            because: because.0.into_iter().map(Finding::from).collect(),
            rulebook_version: None,
            happened_at: None,
            recorded_at: None,
            repeated: false,
        }
    }
}

fn clauses(because: &rulebook::Because) -> Vec<String> {
    because.clauses().into_iter().map(|clause| clause.0).collect()
}

impl From<app::attribution::Carried> for Answer {
    fn from(carried: app::attribution::Carried) -> Self {
        Self {
            entry: Some(carried.entry.to_string()),
            repeated: carried.repeated,
            ..Self::tried(carried.outcome, carried.because)
        }
    }
}

impl From<Carried> for Answer {
    fn from(carried: Carried) -> Self {
        Self {
            entry: Some(carried.entry.to_string()),
            rulebook_version: carried.rulebook_version,
            happened_at: Some(carried.happened_at),
            recorded_at: Some(carried.recorded_at),
            repeated: carried.repeated,
            ..Self::tried(carried.outcome, carried.because)
        }
    }
}
