//! The sign-in sheet of the open day.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;
use domain::{people::PersonId, rotation::Command};
use store::SiteId;
use uuid::Uuid;

use super::{
    Kind, Written, command_id,
    fault::{Fault, What},
    row::{Line, lines},
};
use crate::{
    App, AppError, Caller,
    people::{self, Person},
    rotation,
    workbook::Sheet,
};

/// The day that is open, as its sheets need it.
pub(super) struct OpenDay {
    date: NaiveDate,
    zone: Tz,
    /// Now.
    pub now: DateTime<Utc>,
    /// The last thing that happened on the floor.
    pub last_at: Option<DateTime<Utc>>,
}

impl OpenDay {
    /// The open day of `site`, if one is.
    pub async fn of(app: &App, caller: &Caller, site: SiteId) -> Result<Option<Self>, AppError> {
        let now = app.clock.now();
        let last_at = rotation::last_moment(app, caller, site).await?;
        let zone = crate::sites::site(app, caller, site).await?;
        let zone = zone.time_zone.parse().unwrap_or(Tz::Asia__Shanghai);
        let board = rotation::board(app, caller, site).await?;
        Ok(board.day.map(|date| Self { date, zone, now, last_at }))
    }

    /// `time` of the day.
    pub fn at(&self, time: NaiveTime) -> DateTime<Utc> {
        let local = self.zone.from_local_datetime(&self.date.and_time(time)).earliest();
        local.map_or(self.now, |local| local.to_utc())
    }
}

/// A row: who, and when; nobody signed in where there is no time.
fn read(line: &mut Line<'_>, people: &[Person]) -> Option<(PersonId, Option<NaiveTime>)> {
    line.needed("name");
    let person = line.person("name", people);
    let at = line.time("at");
    let whole = line.faults.is_empty();
    person.filter(|_| whole).map(|person| (person, at))
}

/// What is wrong with each row.
pub(super) async fn judge(
    app: &App,
    caller: &Caller,
    site: SiteId,
    sheet: &Sheet,
) -> Result<Vec<Vec<Fault>>, AppError> {
    let people = people::all(app, caller, Some(site)).await?;
    let day = OpenDay::of(app, caller, site).await?;
    let mut seen = BTreeSet::new();
    let mut faults = Vec::new();
    for mut line in Kind::SignInSheet.layout().iter().flat_map(|layout| lines(sheet, layout)) {
        if let Some((person, at)) = read(&mut line, &people) {
            if !seen.insert(person) {
                line.fault("name", What::Twice);
            }
            match (&day, at) {
                (None, _) => line.faults.push(Fault::row(What::NotOpen)),
                (Some(day), Some(time)) if day.at(time) > day.now => {
                    line.fault("at", What::Future);
                }
                _ => {}
            }
        }
        faults.push(line.faults);
    }
    Ok(faults)
}

/// Signs in whoever the sheet has with a time, in the order of the times.
///
/// What happened before the floor's last entry is entered in the order of the sheet as of now: time never
/// runs backwards on a floor.
pub(super) async fn write(
    app: &App,
    caller: &Caller,
    site: SiteId,
    id: Uuid,
    sheet: &Sheet,
) -> Result<Written, AppError> {
    let mut written = Written::default();
    let faults = judge(app, caller, site, sheet).await?;
    let people = people::all(app, caller, Some(site)).await?;
    let Some(day) = OpenDay::of(app, caller, site).await? else {
        return Err(AppError::conflict("the day is not open", "open the day first"));
    };
    let mut rows = Vec::new();
    let all = Kind::SignInSheet.layout().iter().flat_map(|layout| lines(sheet, layout));
    for (mut line, faults) in all.zip(faults) {
        let Some((person, at)) = read(&mut line, &people).filter(|_| faults.is_empty()) else {
            continue;
        };
        if let Some(time) = at {
            rows.push((day.at(time), line.number, person));
        }
    }
    rows.sort();
    for (at, number, person) in rows {
        let happened_at = Some(at).filter(|at| day.last_at.is_none_or(|last| *at >= last));
        let command = Command::SignIn { person };
        let command_id = command_id(id, number, "sign_in");
        match rotation::carry_out(app, caller, site, command_id, command, happened_at).await {
            Ok(carried) if carried.repeated => written.known_count += 1,
            Ok(carried) => match carried.outcome {
                rotation::Outcome::Refused { reason } if reason == "already_signed_in" => {
                    written.known_count += 1;
                }
                rotation::Outcome::Refused { reason } => written.refused.push((number, reason)),
                _ => written.written_count += 1,
            },
            Err(AppError::Store(error)) => return Err(AppError::Store(error)),
            Err(error) => written.refused.push((number, error.to_string())),
        }
    }
    Ok(written)
}
