//! A day begins: what falls due because nobody was in contact, because of a festival or a duty.

use chrono::{Datelike, NaiveDate};
use rulebook::facts;

use super::{
    super::{
        command::Outcome,
        rules::{Clients, Group, Means, RhythmRules, Rules, Tag, Trigger},
        state::{Task, TaskId, Tracking},
    },
    Desk, Halt,
    due::{first_moment, last_moment},
    open::once,
};
use crate::{
    calendar::{day_of, days_after},
    people::PersonId,
};

impl Desk<'_> {
    pub(super) fn open_day(&mut self) -> Result<Outcome, Halt> {
        let mut tasks = Vec::new();
        if self.known.keeper.is_some() {
            tasks.extend(self.duty()?);
        } else if self.tracking.is_followed() {
            tasks.extend(self.silence()?);
            tasks.extend(self.festivals());
            tasks.extend(self.short_period()?);
        } else {
            let setting = &self.rules.end.wish_wins;
            self.trail.cite("not_followed", true, setting, Vec::new());
        }
        Ok(Outcome::Opened { tasks })
    }

    /// Nobody was in contact for as long as the rulebook allows.
    fn silence(&mut self) -> Result<Option<TaskId>, Halt> {
        let all = self.rules;
        let waits = |trigger| self.tracking.open_tasks().any(|task| task.trigger == trigger);
        if waits(Trigger::Silence) {
            return Ok(None);
        }
        let Some(since) = self.tracking.since else { return Ok(None) };
        let counts = self.counts();
        for group in groups(all, &self.tracking) {
            let Some(rules) = all.rhythm.get(&group) else { continue };
            // A rhythm of plans and visits alone needs no interval.
            let other = rules.visits.value().is_some()
                || rules.plan_days.value().is_some_and(|days| !days.is_empty());
            if other && rules.interval_days.is_unset() {
                continue;
            }
            let Some(interval) = rules.interval_days.limit()?.copied() else { continue };
            let done_by = rules.done_by.value().filter(|means| !means.is_empty());
            let last = self.tracking.last_contact(done_by.unwrap_or(&counts)).unwrap_or(since);
            let day = days_after(day_of(last), interval);
            let reached = day_of(self.at) >= day;
            self.trail.cite(
                "interval_reached",
                reached,
                &rules.interval_days,
                facts![kind = group.word(), since = last, days = interval],
            );
            if reached {
                return Ok(Some(self.open_rhythm(Trigger::Silence, rules, day)));
            }
        }
        Ok(None)
    }

    fn open_rhythm(&mut self, trigger: Trigger, rules: &RhythmRules, day: NaiveDate) -> TaskId {
        let due = Some(last_moment(self.at, day));
        let assignee =
            rules.for_whom.value().copied().unwrap_or(super::super::rules::Assignee::Owner);
        let person = match assignee {
            super::super::rules::Assignee::ServiceRepresentative => self.tracking.service,
            _ => self.tracking.owner.or_else(|| self.last_person()),
        };
        let mut task = self.plain_task(trigger, person, due);
        task.assignee = assignee;
        task.from = first_moment(self.at, day);
        task.remind_at = Some(task.from);
        task.done_by = rules.done_by.value().cloned().unwrap_or_default();
        task.escalate_to = rules.escalate_to.value().cloned().unwrap_or_default();
        // Whoever is told of an interval that has passed is told at once.
        task.escalate_at = Some(task.from - chrono::TimeDelta::seconds(1));
        task.clauses = once(
            [
                &rules.task.clauses,
                &rules.interval_days.clauses,
                &rules.visits.clauses,
                &rules.period_weeks.clauses,
                &rules.for_whom.clauses,
                &rules.done_by.clauses,
                &rules.escalate_to.clauses,
            ]
            .into_iter()
            .flatten(),
        );
        self.add(task)
    }

    fn last_person(&self) -> Option<PersonId> {
        self.tracking.records.last().map(|record| record.by)
    }

    /// A festival is near: a greeting for whom the rulebook greets.
    fn festivals(&mut self) -> Vec<TaskId> {
        let all = self.rules;
        let Some(rules) = all.on.get(&Trigger::Holiday) else { return Vec::new() };
        let key_only = rules.clients.value() == Some(&Clients::Key);
        if rules.task.value() != Some(&true) || (key_only && !self.tracking.key) {
            return Vec::new();
        }
        let before = all.calendar.festival_days_before.value().copied().unwrap_or(0);
        let today = day_of(self.at);
        let mut opened = Vec::new();
        for festival in &all.days.festivals {
            let due = last_moment(self.at, festival.day);
            let near = today <= festival.day && days_after(today, before) >= festival.day;
            let greeted = self
                .tracking
                .tasks
                .iter()
                .any(|task| task.trigger == Trigger::Holiday && task.due == Some(due));
            if !near || greeted {
                continue;
            }
            self.trail.cite("festival_near", true, &rules.task, facts![at = due]);
            self.trail.cite("for_clients", true, &rules.clients, Vec::new());
            let mut task = self.plain_task(Trigger::Holiday, self.tracking.owner, Some(due));
            task.from = first_moment(self.at, today);
            task.remind_at = Some(task.from);
            task.done_by = rules.done_by.value().cloned().unwrap_or_default();
            task.prompts = rules.prompts.value().cloned().unwrap_or_default();
            let clauses = [&rules.task.clauses, &rules.clients.clauses, &rules.done_by.clauses];
            task.clauses = once(clauses.into_iter().flatten());
            opened.push(self.add(task));
        }
        opened
    }

    /// A period ended yesterday, and there were too few visits in it.
    fn short_period(&mut self) -> Result<Option<TaskId>, Halt> {
        let Some(yesterday) = day_of(self.at).pred_opt() else { return Ok(None) };
        let today = day_of(self.at);
        let told = |task: &Task| task.end.is_none() || day_of(task.opened) == today;
        let waits =
            self.tracking.tasks.iter().any(|task| task.trigger == Trigger::Period && told(task));
        let Some((group, short)) = visits_short(self.rules, &self.tracking, yesterday) else {
            return Ok(None);
        };
        let all = self.rules;
        let Some(rules) = all.rhythm.get(&group) else { return Ok(None) };
        self.trail.cite("visits_short", short > 0, &rules.visits, facts![count = short]);
        if short == 0 || waits {
            return Ok(None);
        }
        Ok(Some(self.open_rhythm(Trigger::Period, rules, today)))
    }

    /// What the site's keeper does each working day.
    fn duty(&mut self) -> Result<Vec<TaskId>, Halt> {
        let Some(keeper) = self.known.keeper else { return Ok(Vec::new()) };
        let today = day_of(self.at);
        let opened = self
            .tracking
            .tasks
            .iter()
            .any(|task| task.trigger == Trigger::WorkingDay && day_of(task.opened) == today);
        if opened || !self.rules.days.is_workday(today) {
            return Ok(Vec::new());
        }
        self.open(Trigger::WorkingDay, keeper, None)
    }
}

/// The groups of `tracking` that have a rhythm, the most particular first.
fn groups(rules: &Rules, tracking: &Tracking) -> Vec<Group> {
    let has = |group: &Group| {
        rules.rhythm.get(group).is_some_and(|rules| rules.task.value() == Some(&true))
    };
    let waiting = tracking.open_tasks().any(|task| {
        matches!(
            task.trigger,
            Trigger::Question
                | Trigger::SpecialQuestion
                | Trigger::UnsureQuestion
                | Trigger::Request
                | Trigger::Concern
                | Trigger::Order
        )
    });
    let own = [
        waiting.then_some(Group::OpenItem),
        tracking.tags.contains(&Tag::StageFour).then_some(Group::StageFour),
        tracking.key.then_some(Group::Key),
        tracking.class.and_then(|class| class.group()),
    ];
    let mut found: Vec<Group> = own.into_iter().flatten().filter(has).collect();
    if found.is_empty() {
        found.extend(Some(Group::Everyone).filter(has));
    }
    found
}

/// The first day after `today` on which the clock may open something for the client.
#[must_use]
pub fn wakes(rules: &Rules, tracking: &Tracking, today: NaiveDate) -> Option<NaiveDate> {
    if !tracking.is_followed() {
        return None;
    }
    let tomorrow = days_after(today, 1);
    let mut days = Vec::new();
    let counts = rules.contact.counts.value().cloned().unwrap_or_default();
    let since = tracking.since?;
    for rhythm in groups(rules, tracking).iter().filter_map(|group| rules.rhythm.get(group)) {
        if let Some(interval) = rhythm.interval_days.value() {
            let done_by = rhythm.done_by.value().filter(|means| !means.is_empty());
            let last = tracking.last_contact(done_by.unwrap_or(&counts)).unwrap_or(since);
            days.push(days_after(day_of(last), *interval));
        }
        if rhythm.visits.value().is_some() {
            let ahead = 7 - today.weekday().num_days_from_monday();
            days.push(days_after(today, ahead));
        }
    }
    let greets = rules.on.get(&Trigger::Holiday).filter(|on| on.task.value() == Some(&true));
    if greets.is_some() {
        let before = rules.calendar.festival_days_before.value().copied().unwrap_or(0);
        let ahead = chrono::Days::new(u64::from(before));
        let near = rules.days.festivals.iter().filter_map(|day| day.day.checked_sub_days(ahead));
        days.extend(near.filter(|day| *day > today));
    }
    days.into_iter().map(|day| day.max(tomorrow)).min()
}

/// How many visits are missing in the period that ends with `last`, and by whose rhythm; nothing where
/// no period ends then or none is demanded.
#[must_use]
pub fn visits_short(rules: &Rules, tracking: &Tracking, last: NaiveDate) -> Option<(Group, u32)> {
    for group in groups(rules, tracking) {
        let Some(rhythm) = rules.rhythm.get(&group) else { continue };
        let Some(wanted) = rhythm.visits.value().copied() else { continue };
        let weeks = rhythm.period_weeks.value().copied().filter(|weeks| *weeks > 0)?;
        let known = tracking.since.map(day_of)?;
        let first = last.checked_sub_days(chrono::Days::new(u64::from(weeks) * 7 - 1))?;
        // A period is whole weeks from Monday to Sunday, and the client is known for all of it.
        if last.weekday() != chrono::Weekday::Sun || known > first {
            return Some((group, 0));
        }
        let within = |day: NaiveDate| first <= day && day <= last;
        let visits = tracking
            .records
            .iter()
            .filter(|record| record.means == Means::Visit && within(day_of(record.at)))
            .count();
        let visits = u32::try_from(visits).unwrap_or(u32::MAX);
        return Some((group, wanted.saturating_sub(visits)));
    }
    None
}
