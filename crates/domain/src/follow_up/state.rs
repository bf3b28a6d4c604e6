//! What is known of following a client up: tasks, records, class, cases. One stream a client.

use std::collections::BTreeSet;

use rulebook::ClauseId;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::rules::{
    Assignee, CaseStep, Class, Department, Field, Flow, Group, Means, Occasion, Prompt, Tag,
    Trigger,
};
use crate::{
    calendar::{Moment, after, minutes},
    people::{ClientId, PersonId, Role},
};

/// Identifies a task of a client: their first is 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TaskId(pub u32);

/// Identifies a case of a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CaseId(pub Uuid);

/// A client, as follow-up sees them; or the site itself, for what is done without a client.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Tracking {
    /// Since when the client is known here.
    pub since: Option<Moment>,
    /// Whose client it was when last told.
    pub owner: Option<PersonId>,
    /// Who looks after the client once something is delivered.
    pub service: Option<PersonId>,
    /// How the client is classed.
    pub class: Option<Class>,
    /// Whether it is a key client.
    pub key: bool,
    /// What the client is known for.
    pub tags: BTreeSet<Tag>,
    /// Every task, in the order in which they were opened.
    pub tasks: Vec<Task>,
    /// Every record, in the order of their entry.
    pub records: Vec<Record>,
    /// The groups whose plan of follow-ups was opened.
    pub planned: BTreeSet<Group>,
    /// When the file was last confirmed.
    pub confirmed: Option<Moment>,
    /// Since when the client wishes not to be disturbed.
    pub undisturbed: Option<Moment>,
    /// When following up ended.
    pub ended: Option<Moment>,
    /// Whether the client is archived, and on no list of calls.
    pub archived: bool,
    /// Questions and faults that are handled step by step.
    pub cases: Vec<Case>,
    /// Whom the client has brought.
    pub introduced: Vec<ClientId>,
}

/// Something that must be done for a client.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// Which.
    pub id: TaskId,
    /// What it follows.
    pub trigger: Trigger,
    /// Whose task it is; nobody's yet.
    pub person: Option<PersonId>,
    /// By which rule it is theirs.
    pub assignee: Assignee,
    /// When it was opened.
    pub opened: Moment,
    /// From when it is on the list.
    pub from: Moment,
    /// The last moment on time; nothing: open until it is done.
    pub due: Option<Moment>,
    /// Minutes late that are still on time.
    pub grace_minutes: u32,
    /// From when its person is reminded.
    pub remind_at: Option<Moment>,
    /// From when others see that it is missed.
    pub escalate_at: Option<Moment>,
    /// Who else sees it when it is missed.
    pub escalate_to: Vec<Role>,
    /// What completes it; empty: any contact that counts.
    pub done_by: Vec<Means>,
    /// The manner that was agreed.
    pub manner: Option<Means>,
    /// How often it must be done.
    pub times_needed: u32,
    /// How often it was done.
    pub times_done: u32,
    /// What must be filled in to complete it.
    pub fields: Vec<Field>,
    /// What is shown with it.
    pub prompts: Vec<Prompt>,
    /// Who is told when it is done.
    pub passed_to: Vec<Department>,
    /// Whether its person gets no next number before it is done.
    pub withholds_next: bool,
    /// Whether it comes again after so many days.
    pub repeats_days: Option<u32>,
    /// How it ended.
    pub end: Option<TaskEnd>,
    /// The clauses it rests on.
    pub clauses: Vec<ClauseId>,
}

/// How a task ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "end", rename_all = "snake_case")]
pub enum TaskEnd {
    /// It was done.
    Done {
        /// When.
        at: Moment,
        /// By whom.
        by: PersonId,
        /// Whether it was late.
        late: bool,
    },
    /// It is no longer wanted.
    Cancelled {
        /// When.
        at: Moment,
    },
}

/// Somebody was in contact with a client, or did something for them, and wrote it down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Who.
    pub by: PersonId,
    /// By what.
    pub means: Means,
    /// What it is about.
    pub occasion: Occasion,
    /// What it holds.
    pub fields: BTreeSet<Field>,
    /// When.
    pub at: Moment,
}

/// A time that was agreed with the client, and the manner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreed {
    /// When.
    pub at: Moment,
    /// By what.
    pub means: Option<Means>,
}

/// A question or fault that is handled step by step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// Which.
    pub id: CaseId,
    /// How it is handled.
    pub flow: Flow,
    /// The steps that were taken.
    pub steps: Vec<TakenStep>,
}

/// A step of a case that was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakenStep {
    /// Which.
    pub step: CaseStep,
    /// By whom.
    pub by: PersonId,
    /// When.
    pub at: Moment,
}

/// How a task stands at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It is not on the list yet.
    Ahead,
    /// It is on the list.
    Open,
    /// It is on the list, and its person is reminded.
    Reminded,
    /// It is late.
    Missed,
    /// It is done or no longer wanted.
    Over,
}

impl Task {
    /// The last moment that counts as on time.
    #[must_use]
    pub fn deadline(&self) -> Option<Moment> {
        self.due.map(|due| after(due, minutes(self.grace_minutes)))
    }

    /// How it stands at `at`.
    #[must_use]
    pub fn standing(&self, at: Moment) -> Standing {
        if self.end.is_some() {
            Standing::Over
        } else if self.deadline().is_some_and(|deadline| at > deadline) {
            Standing::Missed
        } else if self.remind_at.is_some_and(|remind| at >= remind) {
            Standing::Reminded
        } else if at >= self.from {
            Standing::Open
        } else {
            Standing::Ahead
        }
    }

    /// Whether it is on the list at `at`.
    #[must_use]
    pub fn is_listed(&self, at: Moment) -> bool {
        matches!(self.standing(at), Standing::Open | Standing::Reminded | Standing::Missed)
    }

    /// Whether those whom the rulebook names see at `at` that it is not done.
    #[must_use]
    pub fn is_escalated(&self, at: Moment) -> bool {
        let passed = self.escalate_at.or(self.deadline()).is_some_and(|moment| at > moment);
        self.end.is_none() && !self.escalate_to.is_empty() && passed
    }
}

impl Tracking {
    /// The tasks that are not over.
    pub fn open_tasks(&self) -> impl Iterator<Item = &Task> {
        self.tasks.iter().filter(|task| task.end.is_none())
    }

    /// The task with this id.
    #[must_use]
    pub fn task(&self, id: TaskId) -> Option<&Task> {
        self.tasks.iter().find(|task| task.id == id)
    }

    /// Whether the client is followed up at all.
    #[must_use]
    pub const fn is_followed(&self) -> bool {
        self.ended.is_none() && self.undisturbed.is_none()
    }

    /// When somebody was last in contact by one of `counts`.
    #[must_use]
    pub fn last_contact(&self, counts: &[Means]) -> Option<Moment> {
        let contacts = self.records.iter().filter(|record| counts.contains(&record.means));
        contacts.map(|record| record.at).max()
    }
}
