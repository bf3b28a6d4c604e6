//! Something happened: the tasks that must follow it.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use rulebook::{ClauseId, facts};

use super::{
    super::{
        command::Outcome,
        events::Event,
        rules::{Assignee, Clients, Due, Field, Group, Means, Occasion, Trigger, TriggerRules},
        state::{Agreed, Record, Task, TaskId},
    },
    Desk, Halt,
    due::{Span, first_moment, last_moment},
};
use crate::{
    calendar::{Moment, after, day_of, days_after, minutes},
    people::PersonId,
};

impl Desk<'_> {
    pub(super) fn happened(
        &mut self,
        trigger: Trigger,
        by: PersonId,
        agreed: Option<Agreed>,
        fields: &BTreeSet<Field>,
    ) -> Result<Outcome, Halt> {
        let means = match trigger {
            Trigger::Visit => Some(Means::Reception),
            Trigger::Call => Some(Means::Call),
            Trigger::Outing => Some(Means::Visit),
            _ => None,
        };
        let comes_back = matches!(trigger, Trigger::Visit | Trigger::Registration);
        if comes_back && self.tracking.ended.is_some() {
            self.emit(Event::Resumed);
        }
        if trigger == Trigger::UnsureQuestion {
            self.require(Occasion::UnsureQuestion, fields)?;
        }
        if let Some(means) = means {
            let record = Record {
                by,
                means,
                occasion: Occasion::Contact,
                fields: BTreeSet::new(),
                at: self.at,
            };
            self.emit(Event::Recorded { record: record.clone() });
            self.complete(&record);
            self.plan(by)?;
        }
        match trigger {
            Trigger::Registration => self.owe_follow_ups(by)?,
            Trigger::Deal => self.class_on_deal(),
            _ => {}
        }
        if let (Trigger::Promise, Some(next)) = (trigger, agreed) {
            return Ok(Outcome::Opened { tasks: self.promise(by, next)? });
        }
        Ok(Outcome::Opened { tasks: self.open(trigger, by, agreed)? })
    }

    /// Opens the tasks that the rulebook asks for after `trigger`.
    pub(super) fn open(
        &mut self,
        trigger: Trigger,
        by: PersonId,
        agreed: Option<Agreed>,
    ) -> Result<Vec<TaskId>, Halt> {
        let all = self.rules;
        let Some(rules) = all.on.get(&trigger) else { return Ok(Vec::new()) };
        if rules.task.value() != Some(&true) {
            return Ok(Vec::new());
        }
        self.trail.cite("must_follow", true, &rules.task, facts![kind = trigger.word()]);
        let clients = self.trail.apply("for_clients", &rules.clients, Vec::new())?;
        if clients == Clients::Key && !self.tracking.key {
            return Ok(Vec::new());
        }
        let mut opened = Vec::new();
        for span in self.spans(rules, agreed)? {
            opened.push(self.open_one(trigger, rules, by, agreed, span)?);
        }
        Ok(opened)
    }

    pub(super) fn open_one(
        &mut self,
        trigger: Trigger,
        rules: &TriggerRules,
        by: PersonId,
        agreed: Option<Agreed>,
        span: Span,
    ) -> Result<TaskId, Halt> {
        let assignee = self.trail.apply("task_of", &rules.for_whom, Vec::new())?;
        let due = *rules.due.decided()?;
        let grace_minutes = rules.grace_minutes.limit()?.copied().unwrap_or(0);
        let remind_at = remind_at(rules, due, span);
        let from = remind_at.map_or(span.from, |remind| remind.min(span.from).max(self.at));
        let mut task = self.plain_task(trigger, self.person(assignee, by), span.due);
        task.assignee = assignee;
        task.from = from;
        task.grace_minutes = grace_minutes;
        task.remind_at = remind_at;
        task.escalate_to = rules.escalate_to.value().cloned().unwrap_or_default();
        task.done_by = rules.done_by.value().cloned().unwrap_or_default();
        task.manner = agreed.and_then(|agreed| agreed.means);
        task.fields = rules.fields.value().cloned().unwrap_or_default();
        task.prompts = rules.prompts.value().cloned().unwrap_or_default();
        task.passed_to = rules.passed_to.value().cloned().unwrap_or_default();
        task.withholds_next = rules.withholds_next.value() == Some(&true);
        let length = rules.after.value().and_then(|after| after.first()).copied();
        task.repeats_days = length.filter(|_| rules.repeats.value() == Some(&true));
        let settings = [
            &rules.task.clauses,
            &rules.clients.clauses,
            &rules.for_whom.clauses,
            &rules.done_by.clauses,
            &rules.fields.clauses,
            &rules.due.clauses,
            &rules.after.clauses,
            &rules.remind_minutes.clauses,
            &rules.remind_days.clauses,
            &rules.grace_minutes.clauses,
            &rules.escalate_to.clauses,
            &rules.prompts.clauses,
            &rules.passed_to.clauses,
            &rules.withholds_next.clauses,
            &rules.repeats.clauses,
        ];
        task.clauses = once(settings.into_iter().flatten());
        Ok(self.add(task))
    }

    /// A task of `person` without anything special about it.
    pub(super) fn plain_task(
        &self,
        trigger: Trigger,
        person: Option<PersonId>,
        due: Option<Moment>,
    ) -> Task {
        let count = u32::try_from(self.tracking.tasks.len()).unwrap_or(u32::MAX);
        Task {
            id: TaskId(count.saturating_add(1)),
            trigger,
            person,
            assignee: Assignee::Owner,
            opened: self.at,
            from: self.at,
            due,
            grace_minutes: 0,
            remind_at: None,
            escalate_at: None,
            escalate_to: Vec::new(),
            done_by: Vec::new(),
            manner: None,
            times_needed: 1,
            times_done: 0,
            fields: Vec::new(),
            prompts: Vec::new(),
            passed_to: Vec::new(),
            withholds_next: false,
            repeats_days: None,
            end: None,
            clauses: Vec::new(),
        }
    }

    pub(super) fn add(&mut self, task: Task) -> TaskId {
        let id = task.id;
        self.emit(Event::TaskOpened { task });
        id
    }

    /// Whose task it is by `assignee`, where `by` handled what it follows.
    pub(super) fn person(&self, assignee: Assignee, by: PersonId) -> Option<PersonId> {
        match assignee {
            Assignee::Owner => self.tracking.owner.or(Some(by)),
            Assignee::Doer => Some(by),
            Assignee::ServiceRepresentative => self.tracking.service,
        }
    }

    /// A new client is owed so many follow-ups.
    fn owe_follow_ups(&mut self, by: PersonId) -> Result<(), Halt> {
        let rules = self.rules.new_client.clone();
        let Some(least) = rules.least.value().copied() else { return Ok(()) };
        self.trail.cite("follow_ups_owed", true, &rules.least, facts![count = least]);
        self.trail.cite("owed_within", true, &rules.within_days, Vec::new());
        let within = rules.within_days.limit()?.copied();
        let due = within.map(|days| last_moment(self.at, days_after(day_of(self.at), days)));
        let mut task =
            self.plain_task(Trigger::Registration, self.person(Assignee::Owner, by), due);
        task.times_needed = least;
        task.done_by =
            self.counts().into_iter().filter(|means| *means != Means::Reception).collect();
        task.clauses = once(rules.least.clauses.iter().chain(&rules.within_days.clauses));
        self.add(task);
        Ok(())
    }

    /// After the first contact, the plan of the client's class.
    pub(super) fn plan(&mut self, by: PersonId) -> Result<(), Halt> {
        let groups = [self.tracking.class.and_then(|class| class.group()), Some(Group::Everyone)];
        for group in groups.into_iter().flatten() {
            let all = self.rules;
            let Some(rules) = all.rhythm.get(&group) else { continue };
            let days = rules.plan_days.value().cloned().unwrap_or_default();
            if rules.task.value() != Some(&true)
                || days.is_empty()
                || !self.tracking.is_followed()
                || !self.tracking.planned.is_empty()
            {
                continue;
            }
            self.trail.cite("plan", true, &rules.plan_days, facts![kind = group.word()]);
            self.emit(Event::Planned { group });
            let assignee = *rules.for_whom.decided()?;
            let today = day_of(self.at);
            for day in days.iter().map(|days| days_after(today, *days)) {
                let due = Some(last_moment(self.at, day));
                let mut task = self.plain_task(Trigger::Plan, self.person(assignee, by), due);
                task.assignee = assignee;
                task.from = first_moment(self.at, day);
                task.remind_at = Some(task.from);
                task.done_by = rules.done_by.value().cloned().unwrap_or_default();
                task.escalate_to = rules.escalate_to.value().cloned().unwrap_or_default();
                task.clauses = once(rules.plan_days.clauses.iter().chain(&rules.task.clauses));
                self.add(task);
            }
        }
        Ok(())
    }

    /// What counts as a follow-up.
    pub(super) fn counts(&self) -> Vec<Means> {
        self.rules.contact.counts.value().cloned().unwrap_or_default()
    }
}

/// From when the person is reminded.
fn remind_at(rules: &TriggerRules, due: Due, span: Span) -> Option<Moment> {
    let until = span.due?;
    if let Some(length) = rules.remind_minutes.value() {
        return Some(after(until, -minutes(*length)));
    }
    if let Some(days) = rules.remind_days.value() {
        let day = day_of(until).checked_sub_days(chrono::Days::new(u64::from(*days)))?;
        return Some(first_moment(until, day));
    }
    match due {
        Due::OnDays => Some(span.from),
        Due::AgreedTime => Some(until),
        _ => Some(after(until, TimeDelta::seconds(1))),
    }
}

/// Each clause once.
pub(super) fn once<'a>(clauses: impl Iterator<Item = &'a ClauseId>) -> Vec<ClauseId> {
    let mut kept: Vec<ClauseId> = Vec::new();
    for clause in clauses {
        if !kept.contains(clause) {
            kept.push(clause.clone());
        }
    }
    kept
}
