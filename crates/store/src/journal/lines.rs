//! The journal of a site as a replay reads it: floor and clients together, without the reasons.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{SiteId, StoreError, StreamId, TenantId, Tx, db::on};

/// An entry without what was decided and why. The fields are those of [`NewEntry`](super::NewEntry).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The stream.
    pub stream: StreamId,
    /// Its place in the stream.
    pub version: i64,
    /// Which of the command's entries.
    pub part: i64,
    /// Who.
    pub actor: String,
    /// The command's name.
    pub command_kind: String,
    /// The command with its facts, JSON.
    pub command: String,
    /// What happened, JSON.
    pub events: String,
    /// When it happened.
    pub happened_at: DateTime<Utc>,
    /// When it was typed in.
    pub recorded_at: DateTime<Utc>,
}

#[derive(Debug, sqlx::FromRow)]
struct LineRow {
    kind: String,
    stream: Uuid,
    version: i64,
    part: i64,
    actor: String,
    command_kind: String,
    command: String,
    events: String,
    happened_at: DateTime<Utc>,
    recorded_at: DateTime<Utc>,
}

/// Where a page of lines begins: after this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct After {
    /// When it was typed in.
    pub recorded_at: DateTime<Utc>,
    /// Which of the command's entries.
    pub part: i64,
    /// Its place in its stream.
    pub version: i64,
    /// Its stream.
    pub stream: Uuid,
}

impl After {
    /// Before everything that was typed in from `at` on.
    #[must_use]
    pub const fn start(at: DateTime<Utc>) -> Self {
        Self { recorded_at: at, part: -1, version: 0, stream: Uuid::nil() }
    }

    /// After `line`.
    #[must_use]
    pub const fn line(line: &Line) -> Self {
        let (part, version, stream) = (line.part, line.version, line.stream.id);
        Self { recorded_at: line.recorded_at, part, version, stream }
    }
}

/// At most `limit` lines of the floor and the clients of a site, typed in before `until`, in the order in
/// which they were typed in.
pub async fn lines(
    tx: &mut Tx,
    tenant: TenantId,
    site: SiteId,
    after: After,
    until: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<Line>, StoreError> {
    // The first comparison of times is for the index; the row of four is what says "after".
    const SQL: &str = "SELECT kind, stream, version, part, actor, command_kind, command, events,
            happened_at, recorded_at
        FROM journal
        WHERE tenant = $1 AND site = $2 AND kind IN ('floor', 'client')
            AND recorded_at >= $3 AND recorded_at < $7
            AND (recorded_at, part, version, stream) > ($3, $4, $5, $6)
        ORDER BY recorded_at, part, version, stream LIMIT $8";
    let rows: Vec<LineRow> = on!(tx, conn => sqlx::query_as(SQL)
        .bind(tenant)
        .bind(site)
        .bind(after.recorded_at)
        .bind(after.part)
        .bind(after.version)
        .bind(after.stream)
        .bind(until)
        .bind(limit)
        .fetch_all(conn)
        .await?);
    let line = |row: LineRow| {
        Ok(Line {
            stream: StreamId { kind: row.kind.parse()?, id: row.stream },
            version: row.version,
            part: row.part,
            actor: row.actor,
            command_kind: row.command_kind,
            command: row.command,
            events: row.events,
            happened_at: row.happened_at,
            recorded_at: row.recorded_at,
        })
    };
    rows.into_iter().map(line).collect()
}

/// The commands, JSON, of the entries of `stream` with this name, the oldest first.
pub async fn commands_named(
    tx: &mut Tx,
    tenant: TenantId,
    stream: StreamId,
    command_kind: &str,
) -> Result<Vec<String>, StoreError> {
    const SQL: &str = "SELECT command FROM journal
        WHERE tenant = $1 AND kind = $2 AND stream = $3 AND command_kind = $4 ORDER BY version";
    Ok(on!(tx, conn => sqlx::query_scalar(SQL)
        .bind(tenant)
        .bind(stream.kind.as_str())
        .bind(stream.id)
        .bind(command_kind)
        .fetch_all(conn)
        .await?))
}

/// The reasons, JSON, and the rulebook version of the entry of `stream` with this version.
pub async fn reasons(
    tx: &mut Tx,
    tenant: TenantId,
    stream: StreamId,
    version: i64,
) -> Result<Option<(String, Option<Uuid>)>, StoreError> {
    const SQL: &str = "SELECT because, rulebook_version FROM journal
        WHERE tenant = $1 AND kind = $2 AND stream = $3 AND version = $4";
    Ok(on!(tx, conn => sqlx::query_as(SQL)
        .bind(tenant)
        .bind(stream.kind.as_str())
        .bind(stream.id)
        .bind(version)
        .fetch_optional(conn)
        .await?))
}

/// How many lines of the floor and the clients of a site were typed in before `until`, and the first.
pub async fn count_lines(
    tx: &mut Tx,
    tenant: TenantId,
    site: SiteId,
    until: DateTime<Utc>,
) -> Result<(i64, Option<DateTime<Utc>>), StoreError> {
    const SQL: &str = "SELECT COUNT(*) AS count, MIN(recorded_at) AS first FROM journal
        WHERE tenant = $1 AND site = $2 AND kind IN ('floor', 'client') AND recorded_at < $3";
    Ok(on!(tx, conn => sqlx::query_as(SQL)
        .bind(tenant)
        .bind(site)
        .bind(until)
        .fetch_one(conn)
        .await?))
}
