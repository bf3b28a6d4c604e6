//! Following clients up in a scenario: by the names of clients, and through the days.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate, NaiveTime, TimeDelta, Weekday};
use rulebook::Trail;

use super::{World, book::date_of};
use crate::{
    calendar::{Moment, day_of, days_after},
    follow_up::{
        self, Circumstances, Command, Outcome, Tracking,
        list::{Line, of_person},
        rules::Trigger,
        state::Task,
    },
    journeys::care::{after_follow_up, after_visit, who},
    people::{ClientId, PersonId, Role, VisitId},
    rotation::state::Channel,
};

/// How many days a scenario may let pass between two looks at a list.
const DAYS_MAX: i64 = 800;

impl World {
    /// Gives `command` about following up `client`, or the site's own duties where none is named.
    pub fn follow(&mut self, client: Option<&str>, command: &Command) {
        let at = self.now();
        self.bring_up();
        self.follow_at(client, command, at);
    }

    /// The same, as of `at`.
    pub fn follow_at(&mut self, client: Option<&str>, command: &Command, at: Moment) {
        let id = client.map(|client| self.client(client));
        let outcome = self.decide_follow_up(id, command, at);
        match &outcome {
            Outcome::Refused { reason } => self.refusal = Some(reason.clone()),
            Outcome::Lacking { .. } => self.refusal = Some("record_lacks".into()),
            Outcome::AsksForRefusal => self.refusal = Some("refusal_not_told".into()),
            Outcome::Undecided { setting } => self.undecided = Some(setting.clone()),
            _ => {}
        }
        // One entry: attribution hears of the same contact.
        if let (Some(client), Some(contact)) = (client, after_follow_up(command, &outcome)) {
            let followed = std::mem::replace(&mut self.follow_up.from_attribution, true);
            self.about(client, &contact, Role::Consultant);
            self.follow_up.from_attribution = followed;
        }
        self.follow_up.outcome = Some(outcome);
    }

    /// Follow-up hears of what another kind of rule carried out; it refuses nothing then.
    pub(super) fn also_follow(&mut self, client: ClientId, command: &Command) {
        if !self.follow_up.from_attribution {
            let at = self.now();
            self.decide_follow_up(Some(client), command, at);
        }
    }

    /// A visit or a call is over.
    pub(super) fn follow_visit(&mut self, visit: VisitId) {
        let Some(visit) = self.floor.visits.get(&visit) else { return };
        let (Some(client), Some(by)) = (visit.arrival.client, visit.receiver) else { return };
        let command = after_visit(by, visit.arrival.channel == Channel::Phone);
        self.also_follow(client, &command);
    }

    fn decide_follow_up(&mut self, id: Option<ClientId>, command: &Command, at: Moment) -> Outcome {
        let known = self.circumstances(id, who(command));
        let kinds = self.kinds();
        let tracking = self.follow_up.trackings.entry(id).or_default();
        let decision = follow_up::decide(&kinds.follow_up, tracking, command, &known, at);
        for event in &decision.events {
            tracking.evolve(event, at);
        }
        self.follow_up.events.extend(decision.events.into_iter().map(|event| (id, event)));
        self.reasons.push(decision.because);
        decision.outcome
    }

    fn circumstances(&mut self, id: Option<ClientId>, by: Option<PersonId>) -> Circumstances {
        let Some(id) = id else {
            return Circumstances { keeper: self.follow_up.keeper, ..Circumstances::default() };
        };
        let told = self.follow_up.owners.get(&id).copied();
        let known = self.clients.values().find(|client| client.id == id).and_then(|c| c.ownership);
        let owner = told
            .or_else(|| known.map(|known| known.owner))
            .or_else(|| self.quiet_owner(id))
            .or_else(|| self.follow_up.trackings.get(&Some(id)).and_then(|known| known.owner));
        let shift_ends = by.or(owner).and_then(|by| self.follow_up.shift_ends.get(&by).copied());
        Circumstances { owner, keeper: None, shift_ends }
    }

    /// Opens for every client the days that have begun since it was last done.
    pub fn bring_up(&mut self) {
        let now = self.now();
        let today = day_of(now);
        let last = self.follow_up.brought_up.unwrap_or(today);
        let passed = (today - last).num_days().clamp(0, DAYS_MAX);
        let all: Vec<Option<ClientId>> = self
            .follow_up
            .trackings
            .keys()
            .copied()
            .chain(self.follow_up.keeper.map(|_| None))
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect();
        for back in (0..=passed).rev() {
            let at = if back == 0 {
                now
            } else {
                now - TimeDelta::days(back) - (now.time() - NaiveTime::default())
            };
            for id in &all {
                let outcome = self.decide_follow_up(*id, &Command::OpenDay, at);
                if let Outcome::Undecided { setting } = outcome {
                    self.undecided = Some(setting);
                }
            }
        }
        self.follow_up.brought_up = Some(today);
    }

    /// What is known of following `client` up; the days up to now are opened before.
    pub fn tracking(&mut self, client: &str) -> Tracking {
        self.bring_up();
        let id = self.client(client);
        self.follow_up.trackings.get(&Some(id)).cloned().unwrap_or_default()
    }

    /// The list of `person` now: clients and triggers in order; the reasons are noted.
    pub fn day_list(&mut self, person: PersonId) -> Vec<(Option<ClientId>, Task)> {
        self.bring_up();
        let (kinds, at) = (self.kinds(), self.now());
        let mut trail = Trail::default();
        let all: Vec<(Option<ClientId>, &Tracking)> =
            self.follow_up.trackings.iter().map(|(id, tracking)| (*id, tracking)).collect();
        let lines = of_person(&kinds.follow_up, &all, person, at, &mut trail);
        let lines = lines.iter().map(|Line { client, task, .. }| (*client, (*task).clone()));
        let lines = lines.collect();
        self.note_reasons(trail.because());
        lines
    }

    /// The last open task of `client`, of `trigger` where one is named; the last of all where none is open.
    pub fn task_of(&mut self, client: &str, trigger: Option<Trigger>) -> Result<Task, String> {
        let tracking = self.tracking(client);
        let fits = |task: &&Task| trigger.is_none_or(|trigger| task.trigger == trigger);
        let mut fitting: Vec<&Task> = tracking.tasks.iter().filter(fits).collect();
        fitting.sort_by_key(|task| (task.end.is_none(), task.id));
        let task = fitting.last().copied().cloned();
        let task = task.ok_or_else(|| format!("there is no such task for `{client}`"))?;
        let mut trail = Trail::default();
        trail.granted("on_list", &task.clauses, Vec::new());
        self.note_reasons(trail.because());
        Ok(task)
    }

    /// The name of `client`.
    #[must_use]
    pub fn client_name(&self, client: Option<ClientId>) -> String {
        let name = self.clients.iter().find(|(_, known)| Some(known.id) == client);
        name.map_or_else(|| "-".into(), |(name, _)| name.clone())
    }

    /// The day that `text` names, a date or a day as seen from today.
    pub fn day_named(&self, text: &str) -> Result<NaiveDate, String> {
        let today = self.day;
        let plain = text.trim().to_lowercase();
        let ahead = match plain.as_str() {
            "今天" | "今日" | "当天" | "当日" | "today" | "the same day" => Some(0),
            "明天" | "明日" | "次日" | "tomorrow" | "the next day" => Some(1),
            "后天" | "the day after tomorrow" => Some(2),
            "大后天" => Some(3),
            _ => None,
        };
        if let Some(ahead) = ahead {
            return Ok(days_after(today, ahead));
        }
        if matches!(plain.as_str(), "昨天" | "昨日" | "yesterday") {
            return today.pred_opt().ok_or_else(|| "there is no day before".into());
        }
        if let Some(weekday) = weekday_of(&plain) {
            let ahead = weekday.num_days_from_monday() + 7 - today.weekday().num_days_from_monday();
            let ahead = ahead % 7;
            return Ok(days_after(today, ahead));
        }
        date_of(text, today.year()).ok_or_else(|| format!("`{text}` is no day"))
    }

    /// The moment at `time` on the day that `day` names; `24:00` is its last moment.
    pub fn moment_named(&self, day: &str, time: &str) -> Result<Moment, String> {
        let day = if day.is_empty() { self.day } else { self.day_named(day)? };
        let last = NaiveTime::from_hms_opt(23, 59, 59).unwrap_or_default();
        let time = if time == "24:00" {
            last
        } else {
            NaiveTime::parse_from_str(time, "%H:%M")
                .map_err(|_| format!("`{time}` is no time of day"))?
        };
        let local = day.and_time(time).and_local_timezone(*self.now().offset()).single();
        local.ok_or_else(|| format!("`{day} {time}` is no moment"))
    }

    /// Goes on to the day that `text` names, which may be today.
    pub fn go_to_day(&mut self, text: &str) -> Result<(), String> {
        let day = self.day_named(text)?;
        self.on_date(&day.format("%Y-%m-%d").to_string())
    }
}

fn weekday_of(text: &str) -> Option<Weekday> {
    let days = [
        (Weekday::Mon, '一', "monday"),
        (Weekday::Tue, '二', "tuesday"),
        (Weekday::Wed, '三', "wednesday"),
        (Weekday::Thu, '四', "thursday"),
        (Weekday::Fri, '五', "friday"),
        (Weekday::Sat, '六', "saturday"),
        (Weekday::Sun, '日', "sunday"),
        (Weekday::Sun, '天', "sunday"),
    ];
    let zh = ["周", "星期", "礼拜"].iter().any(|word| text.contains(word));
    days.into_iter()
        .find(|(_, zh_day, en_day)| (zh && text.ends_with(*zh_day)) || text.ends_with(en_day))
        .map(|(day, ..)| day)
}
