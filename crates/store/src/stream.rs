//! Streams: what a command claims before it decides, with the small state that it decides on.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{SiteId, StoreError, TenantId, Tx, db::on};

/// How many rows go into one statement.
const ROWS_MAX: usize = 500;

/// What a stream is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StreamKind {
    /// A site's floor: presence, rings, standing duty, make-up turns, open visits.
    Floor,
    /// A client.
    Client,
    /// A dispute, complaint or approval.
    Case,
    /// A closing.
    Deal,
    /// A person's rewards and sanctions.
    Ledger,
    /// The rulebooks of a site.
    Rulebook,
    /// The people of a site or of the company.
    People,
    /// The plain registers of a site.
    Register,
    /// Following a client up; the id is the client's.
    FollowUp,
}

impl StreamKind {
    /// All kinds.
    pub const ALL: [Self; 9] = [
        Self::Floor,
        Self::Client,
        Self::Case,
        Self::Deal,
        Self::Ledger,
        Self::Rulebook,
        Self::People,
        Self::Register,
        Self::FollowUp,
    ];

    /// The word in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Floor => "floor",
            Self::Client => "client",
            Self::Case => "case",
            Self::Deal => "deal",
            Self::Ledger => "ledger",
            Self::Rulebook => "rulebook",
            Self::People => "people",
            Self::Register => "register",
            Self::FollowUp => "follow_up",
        }
    }
}

impl fmt::Display for StreamKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for StreamKind {
    type Err = StoreError;

    fn from_str(text: &str) -> Result<Self, StoreError> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str() == text)
            .ok_or(StoreError::invalid("stream kind", "no such kind of stream"))
    }
}

/// Identifies a stream within its tenant. A site's floor has the id of the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct StreamId {
    /// What it is about.
    pub kind: StreamKind,
    /// Whom or which: a site, client, case, person.
    pub id: Uuid,
}

impl fmt::Display for StreamId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.kind, self.id)
    }
}

/// A stream that this transaction holds: nobody else decides on it before the commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimed {
    /// Which.
    pub id: StreamId,
    /// Its site.
    pub site: SiteId,
    /// Its new version, the version of the one entry that this command appends to it.
    pub version: i64,
    /// Its state as JSON; none before the first entry.
    pub state: Option<String>,
}

/// A stream as a page sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Peeked {
    /// The version of its last entry; 0 before the first.
    pub version: i64,
    /// Its state as JSON; none before the first entry.
    pub state: Option<String>,
}

/// Makes sure that the stream exists, at version 0 if it is new.
pub async fn ensure(
    tx: &mut Tx,
    tenant: TenantId,
    site: SiteId,
    id: StreamId,
) -> Result<(), StoreError> {
    const SQL: &str =
        "INSERT INTO stream (tenant, kind, id, site, version) VALUES ($1, $2, $3, $4, 0)
        ON CONFLICT DO NOTHING";
    on!(tx, conn => sqlx::query(SQL)
        .bind(tenant)
        .bind(id.kind.as_str())
        .bind(id.id)
        .bind(site)
        .execute(conn)
        .await?
        .rows_affected());
    Ok(())
}

/// Claims the streams for this transaction, each once, and returns them in order of id.
///
/// All streams that a command may write are claimed in one call, so that two commands never wait for each
/// other in a circle. To each claimed stream exactly one entry is appended in the same transaction, or it
/// is given back with [`release`]; otherwise the audit reports a missing entry.
pub async fn claim(
    tx: &mut Tx,
    tenant: TenantId,
    ids: &[StreamId],
) -> Result<Vec<Claimed>, StoreError> {
    const SQL: &str =
        "UPDATE stream SET version = version + 1 WHERE tenant = $1 AND kind = $2 AND id = $3
        RETURNING site, version, state";
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids.dedup();
    let mut claimed = Vec::with_capacity(ids.len());
    for id in ids {
        let row: Option<(SiteId, i64, Option<String>)> = on!(tx, conn => sqlx::query_as(SQL)
            .bind(tenant)
            .bind(id.kind.as_str())
            .bind(id.id)
            .fetch_optional(conn)
            .await?);
        let (site, version, state) = row.ok_or(StoreError::NotFound("stream"))?;
        claimed.push(Claimed { id, site, version, state });
    }
    Ok(claimed)
}

/// Begins `streams`, which must be new, each with its state: their first version is claimed by this
/// transaction, and one entry is appended to each, as after [`claim`].
pub async fn begin_all(
    tx: &mut Tx,
    tenant: TenantId,
    site: SiteId,
    streams: &[(StreamId, Option<String>)],
) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO stream (tenant, kind, id, site, version, state) ";
    for some in streams.chunks(ROWS_MAX) {
        on!(tx, conn => sqlx::QueryBuilder::new(SQL)
            .push_values(some, |mut row, (id, state)| {
                row.push_bind(tenant)
                    .push_bind(id.kind.as_str())
                    .push_bind(id.id)
                    .push_bind(site)
                    .push_bind(1_i64)
                    .push_bind(state);
            })
            .build()
            .execute(conn)
            .await?
            .rows_affected());
    }
    Ok(())
}

/// Gives a claimed stream back to which nothing was appended. It stays locked until the commit.
pub async fn release(tx: &mut Tx, tenant: TenantId, claimed: &Claimed) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE stream SET version = version - 1
        WHERE tenant = $1 AND kind = $2 AND id = $3 AND version = $4";
    let updated = on!(tx, conn => sqlx::query(SQL)
        .bind(tenant)
        .bind(claimed.id.kind.as_str())
        .bind(claimed.id.id)
        .bind(claimed.version)
        .execute(conn)
        .await?
        .rows_affected());
    if updated == 0 { Err(StoreError::Conflict("stream")) } else { Ok(()) }
}

/// Saves the state that a claimed stream has after this transaction's entry.
pub async fn save(
    tx: &mut Tx,
    tenant: TenantId,
    claimed: &Claimed,
    state: &str,
) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE stream SET state = $5
        WHERE tenant = $1 AND kind = $2 AND id = $3 AND version = $4";
    let updated = on!(tx, conn => sqlx::query(SQL)
        .bind(tenant)
        .bind(claimed.id.kind.as_str())
        .bind(claimed.id.id)
        .bind(claimed.version)
        .bind(state)
        .execute(conn)
        .await?
        .rows_affected());
    if updated == 0 { Err(StoreError::Conflict("stream")) } else { Ok(()) }
}

/// At most `limit` streams of `kind` of a site with their states, in the order of ids after `after`; those
/// without a state are left out.
pub async fn of_site(
    tx: &mut Tx,
    tenant: TenantId,
    site: SiteId,
    kind: StreamKind,
    after: Option<Uuid>,
    limit: i64,
) -> Result<Vec<(Uuid, String)>, StoreError> {
    const SQL: &str = "SELECT id, state FROM stream
        WHERE tenant = $1 AND kind = $2 AND site = $3 AND id > $4 AND state IS NOT NULL
        ORDER BY id LIMIT $5";
    Ok(on!(tx, conn => sqlx::query_as(SQL)
        .bind(tenant)
        .bind(kind.as_str())
        .bind(site)
        .bind(after.unwrap_or(Uuid::nil()))
        .bind(limit)
        .fetch_all(conn)
        .await?))
}

/// Version and state of a stream, without claiming it; none if it does not exist.
pub async fn peek(
    tx: &mut Tx,
    tenant: TenantId,
    id: StreamId,
) -> Result<Option<Peeked>, StoreError> {
    const SQL: &str =
        "SELECT version, state FROM stream WHERE tenant = $1 AND kind = $2 AND id = $3";
    let row: Option<(i64, Option<String>)> = on!(tx, conn => sqlx::query_as(SQL)
        .bind(tenant)
        .bind(id.kind.as_str())
        .bind(id.id)
        .fetch_optional(conn)
        .await?);
    Ok(row.map(|(version, state)| Peeked { version, state }))
}
