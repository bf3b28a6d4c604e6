//! A decision, the clauses it rests on, and every condition that was looked at on the way.

use std::fmt;

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    clause::ClauseId,
    setting::{Setting, Undecided},
    value::{Read, Value},
};

/// What was decided, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision<T, E> {
    /// What was decided.
    pub outcome: T,
    /// What happened by it.
    pub events: Vec<E>,
    /// The reasons.
    pub because: Because,
}

/// The reasons for a decision, in the order in which they were looked at.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Because(pub Vec<Finding>);

/// One condition, whether it held, the facts it was judged on, and the setting that was applied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The condition's name, a translation key.
    pub condition: String,
    /// Whether it held.
    pub held: bool,
    /// Named values it was judged on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<(String, Fact)>,
    /// The setting that was applied, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub applied: Option<Applied>,
}

/// A setting that was applied in a decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Applied {
    /// Its path.
    pub setting: String,
    /// Its value at the time.
    pub value: Value,
    /// The clauses it carries; empty where no clause speaks of it.
    pub clauses: Vec<ClauseId>,
}

/// A fact: an id, a figure or a time, never a name or a telephone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// A person, by id.
    Person(Uuid),
    /// A client, by id.
    Client(Uuid),
    /// A visit, by id.
    Visit(Uuid),
    /// A whole number.
    Number(i64),
    /// A length of time in seconds.
    Seconds(i64),
    /// A moment.
    At(DateTime<FixedOffset>),
    /// A word of an enumeration, a translation key.
    Word(String),
}

impl fmt::Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Person(id) | Self::Client(id) | Self::Visit(id) => write!(f, "{id}"),
            Self::Number(number) => write!(f, "{number}"),
            Self::Seconds(seconds) => write!(f, "{seconds}s"),
            Self::At(at) => write!(f, "{}", at.format("%H:%M")),
            Self::Word(word) => f.write_str(word),
        }
    }
}

macro_rules! fact_from {
    ($($type:ty => $make:expr;)+) => {
        $(impl From<$type> for Fact {
            fn from(value: $type) -> Self { ($make)(value) }
        })+
    };
}
fact_from! {
    i64 => Self::Number;
    u32 => |number: u32| Self::Number(i64::from(number));
    usize => |number: usize| Self::Number(i64::try_from(number).unwrap_or(i64::MAX));
    DateTime<FixedOffset> => Self::At;
    &str => |word: &str| Self::Word(word.to_owned());
    chrono::TimeDelta => |length: chrono::TimeDelta| Self::Seconds(length.num_seconds());
}

/// `facts![days_late, grace = terms.grace_days]`
#[macro_export]
macro_rules! facts {
    ($($name:ident $(= $value:expr)?),* $(,)?) => {
        vec![$((stringify!($name).to_owned(), $crate::Fact::from($crate::facts!(@ $name $($value)?)))),*]
    };
    (@ $name:ident) => { $name };
    (@ $name:ident $value:expr) => { $value };
}

impl Because {
    /// Every clause cited, each once, in the order of first mention.
    #[must_use]
    pub fn clauses(&self) -> Vec<ClauseId> {
        let mut clauses = Vec::new();
        for clause in self.0.iter().filter_map(|f| f.applied.as_ref()).flat_map(|a| &a.clauses) {
            if !clauses.contains(clause) {
                clauses.push(clause.clone());
            }
        }
        clauses
    }

    /// Whether `clause` is cited.
    #[must_use]
    pub fn cites(&self, clause: &str) -> bool {
        self.0
            .iter()
            .filter_map(|f| f.applied.as_ref())
            .any(|a| a.clauses.iter().any(|c| c.0 == clause))
    }

    /// The settings that were needed and not set.
    #[must_use]
    pub fn undecided(&self) -> Vec<&str> {
        let unset = Value::Text("unset".into());
        self.0
            .iter()
            .filter_map(|f| f.applied.as_ref())
            .filter(|a| a.value == unset)
            .map(|a| a.setting.as_str())
            .collect()
    }
}

/// Collects findings while a rule is applied.
#[derive(Debug, Clone, Default)]
pub struct Trail {
    findings: Vec<Finding>,
}

impl Trail {
    /// Notes whether `condition` held, and passes the answer on.
    pub fn holds(&mut self, condition: &str, held: bool, facts: Vec<(String, Fact)>) -> bool {
        self.findings.push(Finding { condition: condition.into(), held, facts, applied: None });
        held
    }

    /// Applies `setting` under `condition`: it is cited, and its value passed on.
    pub fn apply<T: Read>(
        &mut self,
        condition: &str,
        setting: &Setting<T>,
        facts: Vec<(String, Fact)>,
    ) -> Result<T, Undecided> {
        self.cite(condition, true, setting, facts);
        setting.decided().cloned()
    }

    /// Notes whether `condition` held by `setting`.
    pub fn cite<T: Read>(
        &mut self,
        condition: &str,
        held: bool,
        setting: &Setting<T>,
        facts: Vec<(String, Fact)>,
    ) -> bool {
        let applied = Some(Applied {
            setting: setting.path.to_string(),
            value: setting.written(),
            clauses: setting.clauses.clone(),
        });
        self.findings.push(Finding { condition: condition.into(), held, facts, applied });
        held
    }

    /// Notes that `clauses` were applied before, and that this rests on it.
    pub fn granted(&mut self, condition: &str, clauses: &[ClauseId], facts: Vec<(String, Fact)>) {
        let applied = Some(Applied {
            setting: String::new(),
            value: Value::Flag(true),
            clauses: clauses.to_vec(),
        });
        self.findings.push(Finding { condition: condition.into(), held: true, facts, applied });
    }

    /// Takes over the findings of another trail.
    pub fn append(&mut self, other: Self) {
        self.findings.extend(other.findings);
    }

    /// The reasons collected.
    #[must_use]
    pub fn because(self) -> Because {
        Because(self.findings)
    }
}
