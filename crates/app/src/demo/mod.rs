//! The demo company: a property gallery with three months of history, made with a fixed seed by running the
//! real commands at made-up times.

mod chance;
mod company;
mod day;
mod names;
mod plan;

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use domain::rotation::rules::Role;
use store::{SiteId, TenantId, settings};

use self::{chance::Chance, company::Company, day::Day};
use crate::{App, AppError, Caller, rotation::Held, rulebooks};

/// How far the history goes back.
const DAYS: u64 = 90;

/// The seed of the history.
const SEED: u64 = 20_260_301;

/// The zone of the gallery.
const ZONE: Tz = Tz::Asia__Shanghai;

/// The setting that marks the demo company.
const MARK: &str = "demo";

/// The password of everybody in the demo company.
pub const PASSWORD: &str = "yunqi-demo-2026";

/// The demo company.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Demo {
    /// The company.
    pub tenant: TenantId,
    /// The gallery.
    pub site: SiteId,
    /// Who can sign in, all with [`PASSWORD`].
    pub sign_ins: Vec<DemoSignIn>,
}

/// Somebody who can sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoSignIn {
    /// What is typed.
    pub login: String,
    /// The name.
    pub name: String,
    /// The roles.
    pub roles: Vec<Role>,
}

/// The demo company of this database, if it was built before.
pub async fn found(app: &App) -> Result<Option<Demo>, AppError> {
    for (tenant, _) in crate::sites::companies(app).await? {
        let mut tx = app.db.read().await?;
        if settings::get(&mut tx, tenant, MARK).await?.as_deref() == Some("built") {
            drop(tx);
            return demo_of(app, tenant).await.map(Some);
        }
    }
    Ok(None)
}

async fn demo_of(app: &App, tenant: TenantId) -> Result<Demo, AppError> {
    let caller = Caller::system(tenant);
    let sites = crate::sites::sites(app, &caller).await?;
    let site = sites.first().ok_or(AppError::NotFound("site"))?.id;
    let people = crate::people::all(app, &caller, None).await?;
    let sign_ins = people.into_iter().filter(|person| person.active).map(|person| DemoSignIn {
        login: person.login,
        name: person.display_name,
        roles: person.roles,
    });
    Ok(Demo { tenant, site, sign_ins: sign_ins.collect() })
}

/// Builds the demo company by the preset `slug`, unless it is there. `progress` is told how many days of how
/// many are done.
pub async fn build(app: &App, slug: &str, progress: impl Fn(u64, u64)) -> Result<Demo, AppError> {
    build_days(app, slug, DAYS, progress).await
}

/// The same, with so many days of history.
pub async fn build_days(
    app: &App,
    slug: &str,
    days: u64,
    progress: impl Fn(u64, u64),
) -> Result<Demo, AppError> {
    if let Some(demo) = found(app).await? {
        return Ok(demo);
    }
    let now = app.clock.now();
    let today = now.with_timezone(&ZONE).date_naive();
    let first = today.checked_sub_days(Days::new(days)).unwrap_or(today);
    let start = moment(first, 8, 0);
    let mut chance = Chance::new(SEED);
    let company = Company::found(app, start).await?;
    let caller = Caller::system(company.tenant);
    let draft = rulebooks::copy_preset(app, &caller, company.site, slug).await?;
    rulebooks::activate(app, &caller, draft.id, Some(start)).await?;
    let mut clients = Vec::new();
    for (done, date) in (0..).zip(first.iter_days().take_while(|date| *date <= today)) {
        progress(done, days + 1);
        let until = if date == today { Some(now) } else { None };
        let opened_at = opening(date, until);
        let mut tx = app.db.write().await?;
        let mut held = Held::claim(app, &mut tx, company.tenant, company.site, opened_at).await?;
        let mut day = Day::new(app, &mut held, &company, &mut chance, &mut clients, opened_at);
        day.run(date, until).await?;
        if until.is_none() {
            held.forget_changes();
        }
        held.close(until.unwrap_or_else(|| moment(date, 23, 0))).await?;
        tx.commit().await?;
    }
    let mut tx = app.db.write().await?;
    settings::set(&mut tx, company.tenant, MARK, "built").await?;
    tx.commit().await?;
    progress(days + 1, days + 1);
    demo_of(app, company.tenant).await
}

/// When the day is opened: at half past eight, or an hour and a half before now where now is earlier.
fn opening(date: NaiveDate, until: Option<DateTime<Utc>>) -> DateTime<Utc> {
    let usual = moment(date, 8, 30);
    let midnight = moment(date, 0, 0);
    until.map_or(usual, |now| usual.min(now - TimeDelta::minutes(90)).max(midnight))
}

/// `hour:minute` of `date` at the gallery.
fn moment(date: NaiveDate, hour: u32, minute: u32) -> DateTime<Utc> {
    let time = NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default();
    let local = ZONE.from_local_datetime(&date.and_time(time)).single();
    local.map_or_else(DateTime::default, |local| local.to_utc())
}

/// Whether more visitors come on that day.
fn is_weekend(date: NaiveDate) -> bool {
    date.weekday().number_from_monday() >= 6
}
