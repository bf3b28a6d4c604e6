//! What can be asked of following a client up, and what comes of it.

use std::collections::BTreeSet;

use chrono::NaiveTime;
use serde::{Deserialize, Serialize};

use super::{
    rules::{CaseStep, Class, Field, Flow, Means, Occasion, Tag, Trigger},
    state::{Agreed, CaseId, TaskId},
};
use crate::{
    calendar::Moment,
    people::{ClientId, PersonId},
};

/// What is known outside the client's stream when a command comes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Circumstances {
    /// Whose client it is.
    pub owner: Option<PersonId>,
    /// The appointed keeper, for duties of the site itself.
    pub keeper: Option<PersonId>,
    /// When the shift of whoever handles it ends, where it is known.
    pub shift_ends: Option<NaiveTime>,
}

/// A record that somebody wants to save.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Who was in contact.
    pub by: PersonId,
    /// By what.
    pub means: Means,
    /// What it is about.
    pub occasion: Occasion,
    /// What is filled in.
    pub fields: BTreeSet<Field>,
    /// How the client is classed from now on.
    pub class: Option<Class>,
    /// The next contact that was agreed.
    pub next: Option<Agreed>,
}

/// A command about following a client up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "command", rename_all = "snake_case")]
pub enum Command {
    /// Something happened that may have to be followed.
    Happened {
        /// What.
        trigger: Trigger,
        /// Who handled it.
        by: PersonId,
        /// The time that was agreed, or by which it is promised.
        agreed: Option<Agreed>,
        /// What was noted with it.
        fields: BTreeSet<Field>,
    },
    /// Somebody saves a record.
    Record(Entry),
    /// Somebody was in contact; it is recorded elsewhere.
    Contacted {
        /// Who.
        by: PersonId,
        /// By what.
        means: Means,
    },
    /// The client is classed.
    Classify {
        /// How.
        class: Class,
    },
    /// The monthly sales of the client are known.
    Grade {
        /// Yuan.
        sales: u32,
    },
    /// What the client is known for.
    Describe {
        /// Whether it is a key client.
        key: bool,
        /// What else.
        tags: BTreeSet<Tag>,
        /// Who looks after the client once something is delivered.
        service: Option<PersonId>,
    },
    /// A task cannot be done in time.
    Delay {
        /// Which.
        task: TaskId,
        /// Until when.
        until: Moment,
        /// What is noted.
        fields: BTreeSet<Field>,
    },
    /// The client wishes not to be called any more.
    AskForQuiet,
    /// Somebody wants to stop following the client up.
    End {
        /// Who.
        by: PersonId,
        /// Whether the client refused in so many words; nothing: not said.
        refused: Option<bool>,
        /// What is noted.
        fields: BTreeSet<Field>,
    },
    /// The file was looked through and is right.
    ConfirmFile,
    /// A question or fault is handled step by step from now on.
    OpenCase {
        /// Which.
        id: CaseId,
        /// How.
        flow: Flow,
    },
    /// A step of a case is taken.
    Advance {
        /// Which case.
        id: CaseId,
        /// Which step.
        step: CaseStep,
        /// By whom.
        by: PersonId,
    },
    /// The client has brought another.
    Introduce {
        /// Whom.
        client: ClientId,
    },
    /// A day begins: what falls due by the calendar is opened.
    OpenDay,
}

/// A task that was done, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Completion {
    /// Which.
    pub task: TaskId,
    /// Whether it was late.
    pub late: bool,
}

/// What came of a command.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    /// These tasks were opened.
    Opened {
        /// Which.
        tasks: Vec<TaskId>,
    },
    /// It was saved.
    Recorded {
        /// The tasks it completes.
        completed: Vec<Completion>,
        /// What is still asked for.
        asked: Vec<Field>,
        /// Whether it was not in the manner that was agreed.
        other_manner: bool,
    },
    /// It was not saved: this is missing.
    Lacking {
        /// What.
        missing: Vec<Field>,
    },
    /// The rulebook wants to know whether the client refused in so many words.
    AsksForRefusal,
    /// The client is followed up further.
    GoesOn {
        /// When next.
        next: Moment,
    },
    /// Following up ended.
    Ended {
        /// Whether the client is archived.
        archived: bool,
    },
    /// It was noted.
    Noted,
    /// It is not possible.
    Refused {
        /// Why, a translation key.
        reason: String,
    },
    /// Nobody has decided a setting that is needed.
    Undecided {
        /// Which.
        setting: String,
    },
}
