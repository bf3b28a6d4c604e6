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

/// How many clients one transaction of [`write_clients`] has.
const CLIENTS_AT_ONCE: u32 = 5_000;

/// About as many terms as a name of three characters has.
const TERMS: i64 = 36;

/// Writes the rows of `count` clients, one statement a row and one for the terms of each, as an import writes
/// them: client, key, telephone, terms, stream and journal. Nothing is sealed, hashed, judged or looked up.
pub async fn write_clients(
    db: &Db,
    tenant: TenantId,
    site: SiteId,
    count: u32,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let mut left = count;
    while left > 0 {
        let now = left.min(CLIENTS_AT_ONCE);
        let mut tx = db.write().await?;
        for _ in 0..now {
            write_client(&mut tx, tenant, site, at).await?;
        }
        tx.commit().await?;
        left -= now;
    }
    Ok(())
}

async fn write_client(
    tx: &mut Tx,
    tenant: TenantId,
    site: SiteId,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    const CLIENT: &str = "INSERT INTO client (tenant, site, id, name, terms, closed, created_at)
        VALUES ($1, $2, $3, $4, $5, FALSE, $6)";
    const KEY: &str =
        "INSERT INTO client_key (tenant, client, key_id, wrapped) VALUES ($1, $2, 'bare', $3)";
    const TELEPHONE: &str =
        "INSERT INTO client_telephone (tenant, site, client, rank, number, whole, last8, last4)
        VALUES ($1, $2, $3, 1, $4, $5, $5, $5)";
    const TERMS_SQL: &str = "INSERT INTO client_term (tenant, site, term, client) ";
    const STREAM: &str = "INSERT INTO stream (tenant, kind, id, site, version, state)
        VALUES ($1, 'client', $2, $3, 1, NULL)";
    const JOURNAL: &str = "INSERT INTO journal (tenant, site, kind, stream, version, command_id, part, actor,
            command_kind, command, events, because, outcome, rulebook_version, happened_at, recorded_at,
            previous_hash, hash)
        VALUES ($1, $2, 'client', $3, 1, $4, 0, 'bare', 'register_client', $5, $5, '[]', '{}', NULL, $6, $6, $7, $7)";
    const SEALED: &[u8] = &[0; 64];
    const TEXT: &str =
        r#"{"event":"client_registered","client":"00000000-0000-0000-0000-000000000000"}"#;
    let id = Uuid::now_v7();
    // Spread like hashes, some of them shared by many clients.
    let random = i64::from_be_bytes(id.into_bytes().last_chunk::<8>().copied().unwrap_or_default());
    let term = |number: i64| {
        let spread =
            random.rotate_left(u32::try_from(number).unwrap_or(0)).wrapping_mul(number + 1);
        if number % 2 == 0 { spread } else { spread % 10_000 }
    };
    let terms: std::collections::BTreeSet<i64> = (0..TERMS).map(term).collect();
    on!(tx, conn => {
        sqlx::query(CLIENT).bind(tenant).bind(site).bind(id).bind(SEALED).bind(vec![0_u8; 288]).bind(at)
            .execute(&mut *conn).await?;
        sqlx::query(KEY).bind(tenant).bind(id).bind(SEALED).execute(&mut *conn).await?;
        sqlx::query(TELEPHONE).bind(tenant).bind(site).bind(id).bind(SEALED)
            .bind(id.into_bytes().to_vec()).execute(&mut *conn).await?;
        sqlx::QueryBuilder::new(TERMS_SQL)
            .push_values(&terms, |mut row, term| {
                row.push_bind(tenant).push_bind(site).push_bind(*term).push_bind(id);
            })
            .build()
            .execute(&mut *conn)
            .await?;
        sqlx::query(STREAM).bind(tenant).bind(id).bind(site).execute(&mut *conn).await?;
        sqlx::query(JOURNAL).bind(tenant).bind(site).bind(id).bind(Uuid::now_v7()).bind(TEXT).bind(at)
            .bind(SEALED).execute(&mut *conn).await?;
    });
    Ok(())
}
