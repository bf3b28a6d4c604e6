//! What lives now under the settings that another version changes, counted before it is activated.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::attribution::{
    Client,
    decide::{Change, Effect, effect},
};
use rulebook::{Words, difference::Difference};
use serde::Serialize;
use store::{StreamKind, Tx, rulebooks, stream};
use uuid::Uuid;

use super::{
    approval::reached,
    ruling::{Ruling, SCHEMA, at as ruling_at, by_id},
};
use crate::{
    App, AppError, Caller,
    roles::Permission,
    rotation::{Saved, moment, zone_of},
};

/// The settings that a right, once granted, keeps; only these can be converted.
pub const CONVERTIBLE: [&str; 2] = ["attribution.validity.days", "attribution.validity.call_days"];

/// How many clients are read at a time.
pub(super) const PAGE: i64 = 500;

/// What a changed setting touches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Touched {
    /// Rights to clients.
    Rights,
    /// Make-up turns that are open.
    MakeUps,
    /// Suspensions that run.
    Suspensions,
}

/// A changed setting that touches what lives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Living {
    /// Its path.
    pub setting: String,
    /// Its name.
    pub name: Words,
    /// What it touches.
    pub touches: Touched,
    /// Whether what was granted can get the new terms.
    pub convertible: bool,
}

/// Numbers of clients by what becomes of the right to them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Rights {
    /// The right ends at once.
    pub lapse_count: u32,
    /// It ends sooner.
    pub shortened_count: u32,
    /// It ends later, or never.
    pub extended_count: u32,
}

impl Rights {
    fn add(&mut self, change: Change) {
        match change {
            Change::Nothing => {}
            Change::Lapses => self.lapse_count += 1,
            Change::Shortened => self.shortened_count += 1,
            Change::Extended => self.extended_count += 1,
        }
    }
}

/// What a version would do to what lives now.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Affected {
    /// The changed settings that touch something.
    pub living: Vec<Living>,
    /// Clients whose right lives now.
    pub client_count: u32,
    /// If every right keeps its terms.
    pub kept: Rights,
    /// If the changed terms are given to every right.
    pub converted: Rights,
    /// Make-up turns that are open.
    pub make_up_count: u32,
    /// Suspensions that run or will run.
    pub suspension_count: u32,
}

/// What the version `id` would do to what lives under the one in force, if it began to rule now.
pub async fn affected(app: &App, caller: &Caller, id: Uuid) -> Result<Affected, AppError> {
    caller.require(Permission::SeeRulebooks)?;
    let now = app.clock.now();
    let mut tx = app.db.read().await?;
    let row = reached(&mut tx, caller, id).await?;
    let after = by_id(app, &mut tx, caller.tenant, id).await?;
    let before = ruling_at(app, &mut tx, caller.tenant, row.site, now).await?;
    let before = before.unwrap_or_else(|| Arc::new(Ruling::empty()));
    let mut affected = Affected { living: living(&before, &after), ..Affected::default() };
    let touches = |touched: Touched| affected.living.iter().any(|one| one.touches == touched);
    let (rights, floor) =
        (touches(Touched::Rights), touches(Touched::MakeUps) || touches(Touched::Suspensions));
    if rights {
        count_rights(&mut tx, &row, &before, &after, now, &mut affected).await?;
    }
    if floor {
        let id = crate::rotation::floor_stream(row.site);
        let state = stream::peek(&mut tx, caller.tenant, id).await?.and_then(|peeked| peeked.state);
        let floor = Saved::read(state.as_deref())?.floor;
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        affected.make_up_count =
            count(floor.make_ups.iter().filter(|make_up| make_up.state.is_alive()).count());
        affected.suspension_count =
            count(floor.people.values().filter(|member| member.suspended.is_some()).count());
    }
    Ok(affected)
}

/// The changed settings that touch what lives.
fn living(before: &Ruling, after: &Ruling) -> Vec<Living> {
    let difference = Difference::between(&before.document, &after.document, &SCHEMA);
    let touched = |path: &str| match path {
        _ if path.starts_with("attribution.validity.") && !path.ends_with("warning_days") => {
            Some(Touched::Rights)
        }
        _ if path.starts_with("rotation.make_up.") => Some(Touched::MakeUps),
        _ if path.ends_with(".suspension_days") || path.ends_with(".suspend_from") => {
            Some(Touched::Suspensions)
        }
        _ => None,
    };
    let living = difference.settings.into_iter().filter_map(|setting| {
        Some(Living {
            touches: touched(&setting.setting)?,
            convertible: CONVERTIBLE.contains(&setting.setting.as_str()),
            setting: setting.setting,
            name: setting.name,
        })
    });
    living.collect()
}

async fn count_rights(
    tx: &mut Tx,
    row: &rulebooks::Rulebook,
    before: &Ruling,
    after: &Ruling,
    now: DateTime<Utc>,
    affected: &mut Affected,
) -> Result<(), AppError> {
    let zone = zone_of(tx, row.tenant, row.site).await?;
    let mut last = None;
    loop {
        let page =
            stream::of_site(tx, row.tenant, row.site, StreamKind::Client, last, PAGE).await?;
        let Some((id, _)) = page.last() else { return Ok(()) };
        last = Some(*id);
        for (_, state) in &page {
            let client: Client =
                serde_json::from_str(state).map_err(AppError::unusable("client"))?;
            if client.closing.is_some() || client.rights.iter().all(|right| right.ended.is_some()) {
                continue;
            }
            affected.client_count += 1;
            let at = moment(zone, now);
            let Effect { kept, converted } =
                effect(&before.attribution, &after.attribution, &client, at);
            affected.kept.add(kept);
            affected.converted.add(converted);
        }
    }
}
