//! What a day of made-up history holds: who works, who comes, and when.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::{
    people::PersonId,
    rotation::{
        rules::AbsenceKind,
        state::{Arrival, Came, Purpose},
    },
};

use super::{
    day::{Coming, Day, Known},
    is_weekend, moment, names,
};
use crate::{AppError, Caller, Ownership};

impl Day<'_, '_> {
    /// Who works today, and when they go to lunch.
    pub(super) fn plan_people(&mut self, date: NaiveDate, is_today: bool) {
        let day_number = i64::from(chrono::Datelike::num_days_from_ce(&date));
        for place in 0..self.company.consultants.len() {
            let turn = i64::try_from(place).unwrap_or(0);
            let day_off = (day_number + turn * 3).rem_euclid(7) == 0 && !is_today;
            if day_off {
                continue;
            }
            let late = self.chance.percent(4) && !is_today;
            let minutes =
                if late { self.chance.between(35, 70) } else { self.chance.between(3, 24) };
            let at = self.opened_at + TimeDelta::minutes(minutes);
            self.plan(at, Coming::SignIn(place));
            let lunch = self.between(moment(date, 11, 30), moment(date, 13, 10));
            let minutes = self.chance.between(22, 43);
            self.plan(lunch, Coming::StepOut(place, AbsenceKind::Meal, minutes));
            if self.chance.percent(30) {
                let at = self.between(moment(date, 9, 30), moment(date, 17, 0));
                let minutes = self.chance.between(3, 12);
                self.plan(at, Coming::StepOut(place, AbsenceKind::Short, minutes));
            }
            if self.chance.percent(8) {
                let kinds = [AbsenceKind::Business, AbsenceKind::Private, AbsenceKind::Unreported];
                let kind = self.chance.one_of(&kinds).copied().unwrap_or(AbsenceKind::Private);
                let at = self.between(moment(date, 9, 40), moment(date, 15, 0));
                let minutes = self.chance.between(25, 110);
                self.plan(at, Coming::StepOut(place, kind, minutes));
            }
        }
        if self.chance.percent(12) {
            let at = self.between(moment(date, 10, 0), moment(date, 17, 0));
            self.plan(at, Coming::Supervise);
        }
    }

    pub(super) fn plan_visitors(&mut self, date: NaiveDate, until: Option<DateTime<Utc>>) {
        let usual = if is_weekend(date) { 15 } else { 9 };
        let count = usual + self.chance.between(-3, 4);
        let from = self.opened_at + TimeDelta::minutes(27);
        let to = moment(date, 17, 40).max(from + TimeDelta::minutes(60));
        for _ in 0..count {
            let at = self.between(from, to);
            self.plan(at, Coming::Visitor);
        }
        if let Some(now) = until {
            // Somebody has just come, so that the board moves when it is opened first.
            for minutes in [38, 21, 9, 2] {
                self.plan(now - TimeDelta::minutes(minutes), Coming::Visitor);
            }
        }
    }

    /// Who comes: mostly new people, some who were here before, a few for something else.
    pub(super) async fn arrival(
        &mut self,
        desk: &Caller,
        at: DateTime<Utc>,
    ) -> Result<Arrival, AppError> {
        let people = u32::try_from(self.chance.between(1, 4)).unwrap_or(1);
        let mut arrival = Arrival { people, households: 1, ..Arrival::default() };
        let kind = self.chance.between(0, 99);
        if kind < 24 && !self.clients.is_empty() {
            // Who was here lately comes again sooner.
            let recent = self.clients.len().saturating_sub(120);
            let lately = self.clients.get(recent..).unwrap_or_default();
            arrival.client = self.chance.one_of(lately).map(|known| known.id);
            return Ok(arrival);
        }
        match kind {
            24..=29 => arrival.purpose = Purpose::Enquiry,
            30..=32 => arrival.purpose = Purpose::NonViewing,
            33..=35 => arrival.purpose = Purpose::Material,
            _ => {}
        }
        if arrival.purpose != Purpose::Buying {
            return Ok(arrival);
        }
        match kind {
            36..=40 => arrival.named = self.somebody(),
            41..=43 => arrival.came = Came::Contacted,
            44..=48 => arrival.introduced_by = self.introducer(),
            _ => {}
        }
        if arrival.came == Came::Contacted {
            arrival.contact = self.somebody();
        }
        if self.chance.percent(80) {
            let new = names::client(self.chance);
            let site = self.company.site;
            let id = crate::clients::add(self.app, self.held.tx, desk, site, &new, at).await?;
            self.clients.push(Known { id, closed: false });
            arrival.client = Some(id);
        }
        Ok(arrival)
    }

    pub(super) fn somebody(&mut self) -> Option<PersonId> {
        self.chance.one_of(&self.company.consultants).and_then(|caller| caller.person)
    }

    fn introducer(&mut self) -> Option<Ownership> {
        let owner = self.somebody()?;
        Some(Ownership { owner, closed: self.chance.percent(40) })
    }
}
