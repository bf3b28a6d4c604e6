//! A record is saved: what it lacks, what it completes, what comes next.

use std::collections::BTreeSet;

use rulebook::facts;

use super::{
    super::{
        command::{Completion, Entry, Outcome},
        events::Event,
        rules::{Field, Means, Missing, Occasion, Trigger},
        state::{Agreed, Record, Task, TaskId},
    },
    Desk, Halt,
    due::{first_moment, last_moment},
};
use crate::{
    calendar::{Moment, day_of, days_after},
    people::PersonId,
};

/// What a record completes.
#[derive(Debug, Default)]
pub(super) struct Completed {
    pub tasks: Vec<Completion>,
    pub other_manner: bool,
}

impl Desk<'_> {
    pub(super) fn record(&mut self, entry: &Entry) -> Result<Outcome, Halt> {
        let mut fields = entry.fields.clone();
        if let Some(next) = entry.next {
            fields.extend([Field::NextTime, Field::Appointment]);
            fields.extend(next.means.map(|_| Field::NextChannel));
            self.next_lies_ahead(next)?;
        }
        if entry.class.is_some() {
            fields.insert(Field::Class);
        }
        let mut asked = Vec::new();
        if is_contact(entry.occasion) {
            asked.extend(self.require(Occasion::Contact, &fields)?);
        }
        if entry.occasion != Occasion::Contact {
            asked.extend(self.require(entry.occasion, &fields)?);
        }
        self.require_class(entry.class)?;
        if let Some(class) = entry.class {
            self.set_class(class)?;
        } else if entry.occasion == Occasion::Interested {
            self.class_on_intention();
        }
        let (by, means, occasion) = (entry.by, entry.means, entry.occasion);
        let record = Record { by, means, occasion, fields, at: self.at };
        self.emit(Event::Recorded { record: record.clone() });
        let completed = self.complete(&record);
        if occasion == Occasion::Invitation {
            self.open(Trigger::Invitation, by, entry.next)?;
        }
        if let Some(next) = entry.next {
            self.promise(by, next)?;
        }
        self.plan(by)?;
        let other_manner = completed.other_manner;
        Ok(Outcome::Recorded { completed: completed.tasks, asked, other_manner })
    }

    /// A contact that is written down elsewhere is a record all the same.
    pub(super) fn contacted(&mut self, by: PersonId, means: Means) -> Outcome {
        let fields = Field::ALL.iter().copied().collect();
        let record = Record { by, means, occasion: Occasion::Contact, fields, at: self.at };
        self.emit(Event::Recorded { record: record.clone() });
        let completed = self.complete(&record);
        // What nobody has decided opens no plan; the contact stands.
        let _ = self.plan(by);
        let other_manner = completed.other_manner;
        Outcome::Recorded { completed: completed.tasks, asked: Vec::new(), other_manner }
    }

    /// Refuses what lacks a required item; what is only asked for comes back.
    pub(super) fn require(
        &mut self,
        occasion: Occasion,
        fields: &BTreeSet<Field>,
    ) -> Result<Vec<Field>, Halt> {
        let all = self.rules;
        let Some(rules) = all.record.get(&occasion) else { return Ok(Vec::new()) };
        let required = rules.required.value().cloned().unwrap_or_default();
        if required.is_empty() {
            return Ok(Vec::new());
        }
        let missing: Vec<Field> =
            required.iter().filter_map(|field| self.lack(*field, fields)).collect();
        let complete = missing.is_empty();
        self.trail.cite(
            "record_complete",
            complete,
            &rules.required,
            facts![kind = occasion.word(), missing = missing.len()],
        );
        if complete {
            return Ok(missing);
        }
        match self.trail.apply("record_lacks", &rules.missing, Vec::new())? {
            Missing::Refused => Err(Halt::Lacking(missing)),
            Missing::Asked => Ok(missing),
        }
    }

    /// What is missing where `field` is required: nothing, the field, or the reason for none.
    fn lack(&mut self, field: Field, fields: &BTreeSet<Field>) -> Option<Field> {
        if fields.contains(&field) {
            return None;
        }
        let next = matches!(field, Field::NextAction | Field::NextTime | Field::NextChannel);
        if next && fields.contains(&Field::NoNextAction) {
            let setting = &self.rules.contact.none_needs_reason;
            let reason = fields.contains(&Field::NoNextReason);
            let needed = setting.value() == Some(&true) && !reason;
            self.trail.cite("none_needs_reason", needed, setting, Vec::new());
            return needed.then_some(Field::NoNextReason);
        }
        Some(field)
    }

    fn next_lies_ahead(&mut self, next: Agreed) -> Result<(), Halt> {
        let setting = &self.rules.contact.next_may_be_past;
        let past = next.at <= self.at;
        self.trail.cite("next_time_ahead", !past, setting, facts![at = next.at]);
        if past && setting.value() != Some(&true) {
            return Err(Halt::Refused("next_time_past"));
        }
        Ok(())
    }

    /// The next contact that was agreed is a task.
    pub(super) fn promise(&mut self, by: PersonId, next: Agreed) -> Result<Vec<TaskId>, Halt> {
        let opened = self.open(Trigger::Promise, by, Some(next))?;
        if !opened.is_empty() {
            return Ok(opened);
        }
        // A rulebook that says nothing of it has the agreed day on the list all the same.
        let from = first_moment(next.at, day_of(next.at)).max(self.at);
        let mut task =
            self.plain_task(Trigger::Promise, self.tracking.owner.or(Some(by)), Some(next.at));
        task.from = from;
        task.remind_at = Some(next.at);
        task.manner = next.means;
        Ok(vec![self.add(task)])
    }

    /// Completes the tasks that `record` is what they ask for.
    pub(super) fn complete(&mut self, record: &Record) -> Completed {
        let counts = self.counts();
        let mut completed = Completed::default();
        let open: Vec<Task> = self.tracking.open_tasks().cloned().collect();
        let at = self.at;
        for task in open.iter().filter(|task| task.from <= at || task.due.is_none()) {
            let fits = if task.done_by.is_empty() {
                counts.contains(&record.means)
            } else {
                task.done_by.contains(&record.means)
            };
            let filled = task.fields.iter().all(|field| record.fields.contains(field));
            if !fits || !filled || !self.in_agreed_manner(task, record, &mut completed) {
                continue;
            }
            let late = task.deadline().is_some_and(|deadline| self.at > deadline);
            self.trail.granted("done_in_time", &task.clauses, facts![kind = task.trigger.word()]);
            if task.times_done.saturating_add(1) < task.times_needed {
                self.emit(Event::TaskAdvanced { task: task.id });
                continue;
            }
            self.emit(Event::TaskDone { task: task.id, by: record.by, late });
            completed.tasks.push(Completion { task: task.id, late });
            self.again(task);
        }
        completed
    }

    fn in_agreed_manner(
        &mut self,
        task: &Task,
        record: &Record,
        completed: &mut Completed,
    ) -> bool {
        let Some(manner) = task.manner.filter(|manner| *manner != record.means) else {
            return true;
        };
        let setting = &self.rules.contact.manner_kept;
        self.trail.cite("manner_kept", false, setting, facts![kind = manner.word()]);
        if setting.value() != Some(&true) {
            return true;
        }
        completed.other_manner = true;
        false
    }

    /// What comes again after so many days is opened anew.
    fn again(&mut self, task: &Task) {
        let Some(days) = task.repeats_days else { return };
        let day = days_after(day_of(self.at), days);
        let mut next = self.plain_task(task.trigger, task.person, Some(last_moment(self.at, day)));
        next.from = first_moment(self.at, day);
        next.remind_at = Some(next.from);
        next.assignee = task.assignee;
        next.grace_minutes = task.grace_minutes;
        next.escalate_to.clone_from(&task.escalate_to);
        next.done_by.clone_from(&task.done_by);
        next.fields.clone_from(&task.fields);
        next.prompts.clone_from(&task.prompts);
        next.passed_to.clone_from(&task.passed_to);
        next.repeats_days = task.repeats_days;
        next.clauses.clone_from(&task.clauses);
        self.add(next);
    }

    pub(super) fn delay(
        &mut self,
        task: TaskId,
        until: Moment,
        fields: &BTreeSet<Field>,
    ) -> Result<Outcome, Halt> {
        let known = self.tracking.task(task).filter(|task| task.end.is_none());
        let due = known.map(|task| task.due).ok_or(Halt::Refused("task_not_open"))?;
        if until <= self.at || due.is_some_and(|due| until <= due) {
            return Err(Halt::Refused("delay_not_later"));
        }
        self.require(Occasion::Delay, fields)?;
        self.emit(Event::TaskDelayed { task, until });
        Ok(Outcome::GoesOn { next: until })
    }
}

const fn is_contact(occasion: Occasion) -> bool {
    matches!(
        occasion,
        Occasion::Contact
            | Occasion::Call
            | Occasion::Visit
            | Occasion::Outing
            | Occasion::Interested
            | Occasion::Invitation
    )
}
