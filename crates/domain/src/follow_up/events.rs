//! What happens in following a client up, and how the state follows.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{
    rules::{Assignee, CaseStep, Class, Flow, Group, Tag},
    state::{Case, CaseId, Record, TakenStep, Task, TaskEnd, TaskId, Tracking},
};
use crate::{
    calendar::Moment,
    people::{ClientId, PersonId},
};

/// Something that happened; the moment is the command's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names and field names say it; evolve says what each does")]
#[expect(clippy::large_enum_variant, reason = "a decision has a handful of them, for a moment")]
pub enum Event {
    Known,
    OwnerTold { owner: PersonId },
    TaskOpened { task: Task },
    TaskAdvanced { task: TaskId },
    TaskDone { task: TaskId, by: PersonId, late: bool },
    TaskCancelled { task: TaskId },
    TaskDelayed { task: TaskId, until: Moment },
    Recorded { record: Record },
    Planned { group: Group },
    Classified { class: Class },
    Described { key: bool, tags: BTreeSet<Tag>, service: Option<PersonId> },
    FileConfirmed,
    AskedForQuiet,
    Ended { archived: bool },
    Resumed,
    CaseOpened { id: CaseId, flow: Flow },
    CaseAdvanced { id: CaseId, step: CaseStep, by: PersonId },
    Introduced { client: ClientId },
}

impl Tracking {
    /// Follows `event`, which happened at `at`.
    pub fn evolve(&mut self, event: &Event, at: Moment) {
        match event {
            Event::Known => self.since = Some(at),
            Event::OwnerTold { owner } => self.hand_to(*owner),
            Event::TaskOpened { task } => self.tasks.push(task.clone()),
            Event::TaskAdvanced { task } => self.change(*task, |task| task.times_done += 1),
            Event::TaskDone { task, by, late } => self.change(*task, |task| {
                task.times_done += 1;
                task.end = Some(TaskEnd::Done { at, by: *by, late: *late });
            }),
            Event::TaskCancelled { task } => {
                self.change(*task, |task| task.end = Some(TaskEnd::Cancelled { at }));
            }
            Event::TaskDelayed { task, until } => {
                self.change(*task, |task| task.due = Some(*until));
            }
            Event::Recorded { record } => self.records.push(record.clone()),
            Event::Planned { group } => {
                self.planned.insert(*group);
            }
            Event::Classified { class } => self.class = Some(*class),
            Event::Described { key, tags, service } => {
                self.key = *key;
                self.tags.clone_from(tags);
                self.service = *service;
            }
            Event::FileConfirmed => self.confirmed = Some(at),
            Event::AskedForQuiet => self.undisturbed = Some(at),
            Event::Ended { archived } => {
                self.ended = Some(at);
                self.archived = *archived;
            }
            Event::Resumed => {
                self.ended = None;
                self.archived = false;
            }
            Event::CaseOpened { id, flow } => {
                self.cases.push(Case { id: *id, flow: *flow, steps: Vec::new() });
            }
            Event::CaseAdvanced { id, step, by } => {
                if let Some(case) = self.cases.iter_mut().find(|case| case.id == *id) {
                    case.steps.push(TakenStep { step: *step, by: *by, at });
                }
            }
            Event::Introduced { client } => self.introduced.push(*client),
        }
    }

    fn change(&mut self, id: TaskId, change: impl FnOnce(&mut Task)) {
        if let Some(task) = self.tasks.iter_mut().find(|task| task.id == id) {
            change(task);
        }
    }

    /// The owner's open tasks go with the client.
    fn hand_to(&mut self, owner: PersonId) {
        self.owner = Some(owner);
        let open = |task: &&mut Task| task.end.is_none() && task.assignee == Assignee::Owner;
        for task in self.tasks.iter_mut().filter(open) {
            task.person = Some(owner);
        }
    }
}
