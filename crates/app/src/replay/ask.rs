//! Asking for a replay, and looking at what it found.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    journeys::replay::{Difference, Summary},
    people::{ClientId, PersonId},
};
use serde::Serialize;
use serde_json::json;
use store::{
    SiteId, TenantId, Tx,
    jobs::{self, NewJob},
    journal, replays, retry, rulebooks,
};
use uuid::Uuid;

use super::{Found, Period, perform::KIND};
use crate::{
    App, AppError, Caller, CommandId,
    privacy::masked_name,
    record::{Write, rulebook_stream, write},
    roles::Permission,
};

/// The most differences of a page.
const PAGE_MAX: i64 = 500;

/// A replay, as far as it has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Replayed {
    /// Its id.
    pub id: Uuid,
    /// The site whose history it is.
    pub site: SiteId,
    /// The rulebook version that decides instead.
    pub rulebook: Uuid,
    /// The slug of that rulebook.
    pub slug: String,
    /// Its number.
    pub number: i64,
    /// The first day; nothing: the first there is.
    pub from: Option<NaiveDate>,
    /// The last day; nothing: up to when it was asked for.
    pub to: Option<NaiveDate>,
    /// Who asked.
    pub asked_by: Option<PersonId>,
    /// When.
    pub asked_at: DateTime<Utc>,
    /// Entries read so far.
    pub read: i64,
    /// Entries there are; 0 before it began.
    pub total: i64,
    /// When it was done.
    pub finished_at: Option<DateTime<Utc>>,
    /// Why it failed, if it did.
    pub failure: Option<String>,
    /// What it came to, once it is done.
    pub summary: Option<Summary>,
}

/// Which differences are wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// `visit`, `client` or `sanction`; nothing: all.
    pub kind: Option<String>,
    /// Whom they concern on either side.
    pub person: Option<PersonId>,
    /// After the one with this number.
    pub after: i64,
    /// At most so many, up to 500.
    pub limit: i64,
}

/// Asks for a replay of the history of the site under its rulebook version `rulebook`, once for each `id`.
/// It runs as a job.
pub async fn ask(
    app: &App,
    caller: &Caller,
    id: CommandId,
    rulebook: Uuid,
    period: Period,
) -> Result<Replayed, AppError> {
    caller.require(Permission::EditRulebooks)?;
    if let (Some(from), Some(to)) = (period.from, period.to)
        && to < from
    {
        return Err(AppError::invalid(
            "to",
            format!("`{to}` is before `{from}`"),
            "give a last day that is not before the first",
        ));
    }
    let now = app.clock.now();
    retry!(AppError, async {
        let mut tx = app.db.write().await?;
        let version = rulebooks::get(&mut tx, caller.tenant, rulebook).await?;
        caller.at(version.site).map_err(|_| AppError::NotFound("rulebook version"))?;
        if let Some(entry) = journal::by_command(&mut tx, caller.tenant, id).await? {
            let same = entry.command_kind == "ask_replay" && entry.actor == caller.spelled();
            tx.rollback().await?;
            return if same { Ok(()) } else { Err(known(id)) };
        }
        let (tenant, site) = (caller.tenant, version.site);
        let command = json!({ "event": "replay_asked", "replay": id, "version": rulebook,
            "from": period.from, "to": period.to });
        let plain = Write::new(site, rulebook_stream(site), "ask_replay", command, now);
        write(&mut tx, caller, &Write { command_id: id, ..plain }).await?;
        let asked_by = caller.person.map(|person| person.0);
        let (from_day, to_day) = (period.from, period.to);
        let asked_at = now;
        let new =
            replays::NewReplay { tenant, site, id, rulebook, from_day, to_day, asked_by, asked_at };
        replays::add(&mut tx, &new).await?;
        let payload = json!({ "replay": id }).to_string();
        let job = NewJob {
            tenant,
            site: Some(site),
            id: Uuid::now_v7(),
            kind: KIND,
            payload: &payload,
            run_at: now,
            dedupe_key: None,
            created_at: now,
        };
        jobs::enqueue(&mut tx, &job).await?;
        let subject = id.to_string();
        store::changes::publish(&mut tx, tenant, site, &[("replay", &subject)], now).await?;
        Ok(tx.commit().await?)
    })?;
    get(app, caller, id).await
}

fn known(id: CommandId) -> AppError {
    AppError::conflict(
        format!("the command id `{id}` belongs to another command"),
        "give every command an id of its own",
    )
}

/// The replay with this id.
pub async fn get(app: &App, caller: &Caller, id: Uuid) -> Result<Replayed, AppError> {
    let mut tx = app.db.read().await?;
    reach(&mut tx, caller, id).await
}

async fn reach(tx: &mut Tx, caller: &Caller, id: Uuid) -> Result<Replayed, AppError> {
    caller.require(Permission::EditRulebooks)?;
    let row = replays::get(tx, caller.tenant, id).await?;
    caller.at(row.site).map_err(|_| AppError::NotFound("replay"))?;
    read(tx, caller.tenant, row).await
}

async fn read(tx: &mut Tx, tenant: TenantId, row: replays::Replay) -> Result<Replayed, AppError> {
    let version = rulebooks::get(tx, tenant, row.rulebook).await?;
    let summary = row.summary.as_deref().map(serde_json::from_str).transpose();
    Ok(Replayed {
        id: row.id,
        site: row.site,
        rulebook: row.rulebook,
        slug: version.slug,
        number: version.number,
        from: row.from_day,
        to: row.to_day,
        asked_by: row.asked_by.map(PersonId),
        asked_at: row.asked_at,
        read: row.read,
        total: row.total,
        finished_at: row.finished_at,
        failure: row.failure,
        summary: summary.map_err(AppError::unusable("summary of a replay"))?,
    })
}

/// The last replays of `site`, the newest first.
pub async fn list(
    app: &App,
    caller: &Caller,
    site: SiteId,
    limit: i64,
) -> Result<Vec<Replayed>, AppError> {
    caller.require(Permission::EditRulebooks)?;
    caller.at(site)?;
    let mut tx = app.db.read().await?;
    let mut all = Vec::new();
    for row in replays::of_site(&mut tx, caller.tenant, site, limit.clamp(1, 100)).await? {
        all.push(read(&mut tx, caller.tenant, row).await?);
    }
    Ok(all)
}

/// Differences with the names of whom they are about.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Page {
    /// The differences, each with its number.
    pub found: Vec<(i64, Found)>,
    /// The names of everybody.
    pub names: BTreeMap<PersonId, String>,
    /// The names of the clients who would be somebody else's, masked.
    pub clients: BTreeMap<ClientId, String>,
}

/// The differences of a replay that are `wanted`.
pub async fn differences(
    app: &App,
    caller: &Caller,
    id: Uuid,
    wanted: &Wanted,
) -> Result<Page, AppError> {
    let mut tx = app.db.read().await?;
    reach(&mut tx, caller, id).await?;
    let wanted = replays::Wanted {
        kind: wanted.kind.clone(),
        person: wanted.person.map(|person| person.0),
        after: wanted.after,
        limit: wanted.limit.clamp(1, PAGE_MAX),
    };
    let rows = replays::differences(&mut tx, caller.tenant, id, &wanted).await?;
    let found = rows.into_iter().map(|row| {
        let found: Result<Found, _> = serde_json::from_str(&row.body);
        Ok((row.number, found.map_err(AppError::unusable("difference of a replay"))?))
    });
    let found = found.collect::<Result<Vec<_>, AppError>>()?;
    let names = crate::people::names(&mut tx, caller.tenant).await?;
    let mut clients = BTreeMap::new();
    for (_, found) in &found {
        if let Difference::Client(differs) = &found.difference {
            let name = masked_name(app, &mut tx, caller.tenant, differs.client).await?;
            clients.extend(name.map(|name| (differs.client, name)));
        }
    }
    Ok(Page { found, names, clients })
}

/// All differences of a replay, for a file; taking it out is in the journal.
pub async fn everything(app: &App, caller: &Caller, id: Uuid) -> Result<Page, AppError> {
    let replayed = get(app, caller, id).await?;
    let mut all = Page::default();
    loop {
        let after = all.found.last().map_or(0, |(number, _)| *number);
        let wanted = Wanted { after, limit: PAGE_MAX, ..Wanted::default() };
        let page = differences(app, caller, id, &wanted).await?;
        all.names = page.names;
        all.clients.extend(page.clients);
        if page.found.is_empty() {
            break;
        }
        all.found.extend(page.found);
    }
    let (now, site) = (app.clock.now(), replayed.site);
    let command =
        json!({ "event": "replay_exported", "replay": id, "difference_count": all.found.len() });
    retry!(AppError, async {
        let mut tx = app.db.write().await?;
        let entry = Write::new(site, rulebook_stream(site), "export_replay", command.clone(), now);
        write(&mut tx, caller, &entry).await?;
        Ok::<_, AppError>(tx.commit().await?)
    })?;
    Ok(all)
}
