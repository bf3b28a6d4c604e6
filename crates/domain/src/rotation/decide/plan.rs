//! What is planned ahead: periods, duty rosters, receptions with their hosts.

use chrono::{Datelike, NaiveDate, Weekday};
use rulebook::facts;

use super::{
    super::{
        command::Outcome,
        events::{Event, Prompt},
        rules::{DayOfWeek, Notice, PlannedKind, RosterDue},
        state::{Planned, Roster},
    },
    Halt,
    desk::Desk,
};
use crate::{
    calendar::{day_of, days_after},
    people::PersonId,
};

impl Desk<'_> {
    /// Begins a new period of counting where the last one is over.
    pub(super) fn begin_period(&mut self, date: NaiveDate) {
        let weeks = self.rules.order.period_weeks.clone();
        let Some(length) = weeks.value().copied().filter(|weeks| *weeks > 0) else { return };
        let days = i64::from(length) * 7;
        let from = match self.floor.period {
            None => date,
            Some(before) => {
                let passed = (date - before).num_days().checked_div(days).unwrap_or(0);
                if passed < 1 {
                    return;
                }
                days_after(before, u32::try_from(passed * days).unwrap_or(0))
            }
        };
        self.trail.cite("period_began", true, &weeks, facts![weeks = length]);
        self.emit(Event::PeriodBegan { from });
    }

    /// Reminds those who receive somebody tomorrow, and have only been told long ago.
    pub(super) fn remind_hosts(&mut self, today: NaiveDate) {
        let tomorrow = days_after(today, 1);
        let due = |planned: &&Planned| planned.remind && planned.date <= tomorrow;
        let due: Vec<Planned> = self.floor.planned.iter().filter(due).cloned().collect();
        for Planned { id, kind, host, .. } in due {
            let setting = self.notice_of(kind).clone();
            self.trail.cite("host_reminded", true, &setting, facts![person = host]);
            self.emit(Event::PlannedReminded { id });
            self.prompt(Prompt::Planned(kind), Some(host), None);
        }
    }

    const fn notice_of(&self, kind: PlannedKind) -> &rulebook::Setting<Notice> {
        match kind {
            PlannedKind::Client => &self.rules.planned.client,
            PlannedKind::Internal => &self.rules.planned.internal,
            PlannedKind::Partner => &self.rules.planned.partner,
        }
    }

    pub(super) fn plan_reception(
        &mut self,
        date: NaiveDate,
        kind: PlannedKind,
        host: PersonId,
    ) -> Result<Outcome, Halt> {
        self.member(host)?;
        let today = day_of(self.at);
        if date < today {
            return Err(Halt::Refused("in_the_past"));
        }
        let setting = self.notice_of(kind).clone();
        let notice = *setting.decided()?;
        let lead = self.rules.planned.lead_days.clone();
        let days_ahead = (date - today).num_days();
        if let Some(least) = lead.value().copied().filter(|least| *least > 0) {
            let ahead = days_ahead >= i64::from(least);
            self.trail.cite("planned_ahead", ahead, &lead, facts![days = days_ahead, least]);
        }
        let id = self.floor.next_planned;
        let remind = notice == Notice::DayBefore && days_ahead > 1;
        let planned = Planned { id, date, kind, host, remind };
        self.emit(Event::ReceptionPlanned { planned });
        if notice != Notice::None {
            self.trail.cite("host_told", true, &setting, facts![person = host]);
            self.prompt(Prompt::Planned(kind), Some(host), None);
        }
        Ok(Outcome::Done)
    }

    pub(super) fn cancel_planned(&mut self, id: u64) -> Result<Outcome, Halt> {
        if !self.floor.planned.iter().any(|planned| planned.id == id) {
            return Err(Halt::Refused("not_planned"));
        }
        self.emit(Event::PlannedCancelled { id });
        Ok(Outcome::Done)
    }

    /// The people on the roster for `day`, where one is published.
    pub(super) fn roster_for(&self, day: NaiveDate) -> Option<&Roster> {
        self.floor.rosters.iter().find(|roster| roster.is_for(day))
    }

    pub(super) fn publish_roster(
        &mut self,
        from: NaiveDate,
        to: NaiveDate,
        people: &[PersonId],
    ) -> Result<Outcome, Halt> {
        let by = self.rules.roster.published_by.clone();
        self.require(&by, "may_not_publish")?;
        self.check_order(people)?;
        if to < from {
            return Err(Halt::Refused("roster_ends_before_it_begins"));
        }
        if to < day_of(self.at) {
            return Err(Halt::Refused("in_the_past"));
        }
        self.trail.cite(
            "roster_published",
            true,
            &self.rules.roster.due,
            facts![number = people.len()],
        );
        let roster = Roster { from, to, people: people.to_vec() };
        self.emit(Event::RosterPublished { roster });
        let notified = self.rules.roster.notified.clone();
        if notified.value() == Some(&true) {
            self.trail.cite("told_of_roster", true, &notified, facts![number = people.len()]);
            for person in people {
                self.prompt(Prompt::RosterPublished, Some(*person), None);
            }
        }
        Ok(Outcome::Done)
    }

    pub(super) fn end_meeting(&mut self) -> Result<Outcome, Halt> {
        let day = self.open_date()?.date;
        self.look_for_roster(RosterDue::Meeting, day);
        Ok(Outcome::Done)
    }

    /// On the day on which next week's roster is due: reminds where there is none.
    pub(super) fn look_for_next_week(&mut self, today: NaiveDate) {
        let due = match self.rules.roster.weekday.value() {
            Some(DayOfWeek::Monday) => Weekday::Mon,
            Some(DayOfWeek::Tuesday) => Weekday::Tue,
            Some(DayOfWeek::Wednesday) => Weekday::Wed,
            Some(DayOfWeek::Thursday) => Weekday::Thu,
            Some(DayOfWeek::Friday) => Weekday::Fri,
            Some(DayOfWeek::Saturday) => Weekday::Sat,
            Some(DayOfWeek::Sunday) => Weekday::Sun,
            None => return,
        };
        if today.weekday() == due {
            let monday = days_after(today, 7 - today.weekday().num_days_from_monday());
            self.look_for_roster(RosterDue::Week, monday);
        }
    }

    fn look_for_roster(&mut self, due: RosterDue, day: NaiveDate) {
        if self.rules.roster.due.value() != Some(&due) {
            return;
        }
        let published = self.roster_for(day).is_some();
        let (setting, weekday) = (self.rules.roster.due.clone(), self.rules.roster.weekday.clone());
        self.trail.cite("roster_is_published", published, &setting, Vec::new());
        if due == RosterDue::Week {
            self.trail.cite("roster_due", true, &weekday, Vec::new());
        }
        if !published {
            self.prompt(Prompt::RosterMissing, None, None);
        }
    }
}
