//! The measure for `lunpai bench`: the rows of one decision, written as directly as possible.
//!
//! The same tables, transaction and durability as a use case, but nothing is read back, decided, hashed or
//! looked up. Only the bench calls it, on a database of its own: the audit rightly rejects what it writes.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use crate::{Db, SiteId, StoreError, StreamId, TenantId, Tx, db::on};

/// The rows of one arrival. Texts stand for what a use case would write there.
#[derive(Debug, Clone)]
pub struct Arrival<'a> {
    /// The company.
    pub tenant: TenantId,
    /// The site.
    pub site: SiteId,
    /// The stream, which must exist.
    pub stream: StreamId,
    /// The state of the stream afterwards.
    pub state: &'a str,
    /// The command with its facts.
    pub command: &'a str,
    /// What happened.
    pub events: &'a str,
    /// The findings.
    pub because: &'a str,
    /// What was decided.
    pub outcome: &'a str,
    /// The day of the visit.
    pub day: NaiveDate,
    /// The ring.
    pub ring: &'a str,
    /// Who receives.
    pub receiver: Uuid,
    /// When.
    pub at: DateTime<Utc>,
}

/// Writes `arrival` in one transaction: stream, journal, visit, turn and change. Ids are new; the version
/// of the stream is the number of the visit.
pub async fn write(db: &Db, arrival: &Arrival<'_>) -> Result<i64, StoreError> {
    const STREAM: &str = "UPDATE stream SET version = version + 1, state = $4
        WHERE tenant = $1 AND kind = $2 AND id = $3 RETURNING version";
    let mut tx = db.write().await?;
    let version: Option<i64> = on!(tx, conn => sqlx::query_scalar(STREAM)
        .bind(arrival.tenant)
        .bind(arrival.stream.kind.as_str())
        .bind(arrival.stream.id)
        .bind(arrival.state)
        .fetch_optional(conn)
        .await?);
    let version = version.ok_or(StoreError::NotFound("stream"))?;
    write_journal(&mut tx, arrival, version).await?;
    write_visit(&mut tx, arrival, version).await?;
    write_turn_and_change(&mut tx, arrival).await?;
    tx.commit().await?;
    Ok(version)
}

async fn write_journal(tx: &mut Tx, arrival: &Arrival<'_>, version: i64) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO journal (tenant, site, kind, stream, version, command_id, part, actor,
            command_kind, command, events, because, outcome, rulebook_version, happened_at, recorded_at,
            previous_hash, hash)
        VALUES ($1, $2, $3, $4, $5, $6, 0, 'bench', 'arrive', $7, $8, $9, $10, NULL, $11, $11, $12, $12)";
    const HASH: &[u8] = &[0; 32];
    on!(tx, conn => sqlx::query(SQL)
        .bind(arrival.tenant)
        .bind(arrival.site)
        .bind(arrival.stream.kind.as_str())
        .bind(arrival.stream.id)
        .bind(version)
        .bind(Uuid::now_v7())
        .bind(arrival.command)
        .bind(arrival.events)
        .bind(arrival.because)
        .bind(arrival.outcome)
        .bind(arrival.at)
        .bind(HASH)
        .execute(conn)
        .await?
        .rows_affected());
    Ok(())
}

async fn write_visit(tx: &mut Tx, arrival: &Arrival<'_>, version: i64) -> Result<(), StoreError> {
    const SQL: &str =
        "INSERT INTO visit (tenant, site, id, day, number, arrived_at, situation, party_size,
            ring, status, receiver, decision_kind, decision_stream, decision_version)
        VALUES ($1, $2, $3, $4, $5, $6, 'new', 1, $7, 'received', $8, $9, $10, $5)";
    on!(tx, conn => sqlx::query(SQL)
        .bind(arrival.tenant)
        .bind(arrival.site)
        .bind(Uuid::now_v7())
        .bind(arrival.day)
        .bind(version)
        .bind(arrival.at)
        .bind(arrival.ring)
        .bind(arrival.receiver)
        .bind(arrival.stream.kind.as_str())
        .bind(arrival.stream.id)
        .execute(conn)
        .await?
        .rows_affected());
    Ok(())
}

async fn write_turn_and_change(tx: &mut Tx, arrival: &Arrival<'_>) -> Result<(), StoreError> {
    const TURN: &str =
        "INSERT INTO turn (tenant, site, id, person, day, ring, kind, clauses, happened_at)
        VALUES ($1, $2, $3, $4, $5, $6, 'taken', '[]', $7)";
    const COUNT: &str = "INSERT INTO change_counter (tenant, site, seq) VALUES ($1, $2, 1)
        ON CONFLICT (tenant, site) DO UPDATE SET seq = change_counter.seq + 1 RETURNING seq";
    const CHANGE: &str = "INSERT INTO change (tenant, site, seq, topic, subject, published_at)
        VALUES ($1, $2, $3, 'board', '', $4)";
    on!(tx, conn => sqlx::query(TURN)
        .bind(arrival.tenant)
        .bind(arrival.site)
        .bind(Uuid::now_v7())
        .bind(arrival.receiver)
        .bind(arrival.day)
        .bind(arrival.ring)
        .bind(arrival.at)
        .execute(conn)
        .await?
        .rows_affected());
    let seq: i64 = on!(tx, conn => sqlx::query_scalar(COUNT)
        .bind(arrival.tenant)
        .bind(arrival.site)
        .fetch_one(conn)
        .await?);
    on!(tx, conn => sqlx::query(CHANGE)
        .bind(arrival.tenant)
        .bind(arrival.site)
        .bind(seq)
        .bind(arrival.at)
        .execute(conn)
        .await?
        .rows_affected());
    Ok(())
}
