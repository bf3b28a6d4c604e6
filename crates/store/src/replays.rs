//! Replays 重演: what was asked, how far it has come, and the differences it found.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use crate::{SiteId, StoreError, TenantId, Tx, db::on};

/// A replay that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewReplay {
    /// The company.
    pub tenant: TenantId,
    /// The site whose history it is.
    pub site: SiteId,
    /// Its id.
    pub id: Uuid,
    /// The rulebook version that decides instead.
    pub rulebook: Uuid,
    /// The first day; nothing: the first there is.
    pub from_day: Option<NaiveDate>,
    /// The last day; nothing: up to now.
    pub to_day: Option<NaiveDate>,
    /// Who asked; nobody for the installation itself.
    pub asked_by: Option<Uuid>,
    /// When.
    pub asked_at: DateTime<Utc>,
}

/// A replay. The fields are those of [`NewReplay`], and its life.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Replay {
    /// The company.
    pub tenant: TenantId,
    /// The site.
    pub site: SiteId,
    /// Its id.
    pub id: Uuid,
    /// The rulebook version that decides instead.
    pub rulebook: Uuid,
    /// The first day.
    pub from_day: Option<NaiveDate>,
    /// The last day.
    pub to_day: Option<NaiveDate>,
    /// Who asked.
    pub asked_by: Option<Uuid>,
    /// When.
    pub asked_at: DateTime<Utc>,
    /// Entries read so far.
    pub read: i64,
    /// Entries there are.
    pub total: i64,
    /// When it was done, or failed for good.
    pub finished_at: Option<DateTime<Utc>>,
    /// Why it failed; never with personal data.
    pub failure: Option<String>,
    /// What it came to, JSON.
    pub summary: Option<String>,
}

/// Something that would have been otherwise.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Difference {
    /// Its place, from 1.
    pub number: i64,
    /// What it is about: `visit`, `client` or `sanction`.
    pub kind: String,
    /// Who had it then.
    pub person_then: Option<Uuid>,
    /// Who would have had it.
    pub person_would: Option<Uuid>,
    /// All of it, JSON; ids, words and figures only.
    pub body: String,
}

/// Which differences are wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// What they are about; nothing: anything.
    pub kind: Option<String>,
    /// Whom they concern on either side; nothing: anybody.
    pub person: Option<Uuid>,
    /// After the one with this number.
    pub after: i64,
    /// At most so many.
    pub limit: i64,
}

/// Adds `new`; its id must be new.
pub async fn add(tx: &mut Tx, new: &NewReplay) -> Result<(), StoreError> {
    const SQL: &str =
        "INSERT INTO replay (tenant, site, id, rulebook, from_day, to_day, asked_by, asked_at,
            read, total)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0) ON CONFLICT DO NOTHING";
    let added = on!(tx, conn => sqlx::query(SQL)
        .bind(new.tenant)
        .bind(new.site)
        .bind(new.id)
        .bind(new.rulebook)
        .bind(new.from_day)
        .bind(new.to_day)
        .bind(new.asked_by)
        .bind(new.asked_at)
        .execute(conn)
        .await?
        .rows_affected());
    if added == 0 { Err(StoreError::Duplicate("replay")) } else { Ok(()) }
}

macro_rules! select_replays {
    ($rest:literal) => {
        concat!(
            "SELECT tenant, site, id, rulebook, from_day, to_day, asked_by, asked_at, read, total, \
             finished_at, failure, summary FROM replay ",
            $rest
        )
    };
}

/// The replay with this id.
pub async fn get(tx: &mut Tx, tenant: TenantId, id: Uuid) -> Result<Replay, StoreError> {
    const SQL: &str = select_replays!("WHERE tenant = $1 AND id = $2");
    let row: Option<Replay> =
        on!(tx, conn => sqlx::query_as(SQL).bind(tenant).bind(id).fetch_optional(conn).await?);
    row.ok_or(StoreError::NotFound("replay"))
}

/// The last `limit` replays of a site, the newest first.
pub async fn of_site(
    tx: &mut Tx,
    tenant: TenantId,
    site: SiteId,
    limit: i64,
) -> Result<Vec<Replay>, StoreError> {
    const SQL: &str =
        select_replays!("WHERE tenant = $1 AND site = $2 ORDER BY asked_at DESC, id DESC LIMIT $3");
    Ok(on!(tx, conn => sqlx::query_as(SQL)
        .bind(tenant)
        .bind(site)
        .bind(limit)
        .fetch_all(conn)
        .await?))
}

/// Begins anew: forgets what an earlier attempt found.
pub async fn begin(tx: &mut Tx, tenant: TenantId, id: Uuid, total: i64) -> Result<(), StoreError> {
    const FORGET: &str = "DELETE FROM replay_difference WHERE tenant = $1 AND replay = $2";
    const SQL: &str = "UPDATE replay SET read = 0, total = $3, finished_at = NULL, failure = NULL,
            summary = NULL
        WHERE tenant = $1 AND id = $2";
    on!(tx, conn => sqlx::query(FORGET).bind(tenant).bind(id).execute(conn).await?.rows_affected());
    on!(tx, conn => sqlx::query(SQL)
        .bind(tenant)
        .bind(id)
        .bind(total)
        .execute(conn)
        .await?
        .rows_affected());
    Ok(())
}

/// Adds the differences that were found, and says how many entries were read.
pub async fn go_on(
    tx: &mut Tx,
    tenant: TenantId,
    id: Uuid,
    found: &[Difference],
    read: i64,
) -> Result<(), StoreError> {
    const ADD: &str = "INSERT INTO replay_difference (tenant, replay, number, kind, person_then,
            person_would, body)
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    const SQL: &str = "UPDATE replay SET read = $3 WHERE tenant = $1 AND id = $2";
    for difference in found {
        on!(tx, conn => sqlx::query(ADD)
            .bind(tenant)
            .bind(id)
            .bind(difference.number)
            .bind(&difference.kind)
            .bind(difference.person_then)
            .bind(difference.person_would)
            .bind(&difference.body)
            .execute(conn)
            .await?
            .rows_affected());
    }
    on!(tx, conn => sqlx::query(SQL)
        .bind(tenant)
        .bind(id)
        .bind(read)
        .execute(conn)
        .await?
        .rows_affected());
    Ok(())
}

/// Notes that it is over: what it came to, or why it failed.
pub async fn finish(
    tx: &mut Tx,
    tenant: TenantId,
    id: Uuid,
    ended: Result<&str, &str>,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE replay SET finished_at = $3, summary = $4, failure = $5
        WHERE tenant = $1 AND id = $2";
    on!(tx, conn => sqlx::query(SQL)
        .bind(tenant)
        .bind(id)
        .bind(at)
        .bind(ended.ok())
        .bind(ended.err())
        .execute(conn)
        .await?
        .rows_affected());
    Ok(())
}

/// The differences of a replay that are `wanted`, by number.
pub async fn differences(
    tx: &mut Tx,
    tenant: TenantId,
    id: Uuid,
    wanted: &Wanted,
) -> Result<Vec<Difference>, StoreError> {
    const SQL: &str = "SELECT number, kind, person_then, person_would, body FROM replay_difference
        WHERE tenant = $1 AND replay = $2 AND number > $3
            AND (CAST($4 AS TEXT) IS NULL OR kind = $4)
            AND ($5 = 0 OR person_then = $6 OR person_would = $6)
        ORDER BY number LIMIT $7";
    Ok(on!(tx, conn => sqlx::query_as(SQL)
        .bind(tenant)
        .bind(id)
        .bind(wanted.after)
        .bind(wanted.kind.as_deref())
        .bind(i64::from(wanted.person.is_some()))
        .bind(wanted.person.unwrap_or_default())
        .bind(wanted.limit)
        .fetch_all(conn)
        .await?))
}
