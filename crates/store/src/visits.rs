//! Visits as boards, registers and reports read them.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use crate::{SiteId, StoreError, StreamId, TenantId, Tx, db::on};

/// A visit (来访).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    /// The company.
    pub tenant: TenantId,
    /// The site.
    pub site: SiteId,
    /// Its id.
    pub id: Uuid,
    /// The day, in the time zone of the site.
    pub day: NaiveDate,
    /// Its number of the day: 1, 2, 3 ..
    pub number: i64,
    /// When the visitor came in.
    pub arrived_at: DateTime<Utc>,
    /// The situation, as the rulebook names it.
    pub situation: String,
    /// How many people came.
    pub party_size: i64,
    /// The client, once known.
    pub client: Option<Uuid>,
    /// The ring that served it.
    pub ring: String,
    /// How it stands, as the floor names it.
    pub status: String,
    /// Who receives, once decided.
    pub receiver: Option<Uuid>,
    /// When the reception began.
    pub started_at: Option<DateTime<Utc>>,
    /// When it ended.
    pub ended_at: Option<DateTime<Utc>>,
    /// The stream of the journal entry with the decision.
    pub decision_stream: StreamId,
    /// The version of that entry.
    pub decision_version: i64,
    /// Whose turn it was, if it cost anybody one.
    pub charged_to: Option<Uuid>,
}

/// A visit as the database has it.
#[derive(Debug, sqlx::FromRow)]
struct VisitRow {
    tenant: TenantId,
    site: SiteId,
    id: Uuid,
    day: NaiveDate,
    number: i64,
    arrived_at: DateTime<Utc>,
    situation: String,
    party_size: i64,
    client: Option<Uuid>,
    ring: String,
    status: String,
    receiver: Option<Uuid>,
    started_at: Option<DateTime<Utc>>,
    ended_at: Option<DateTime<Utc>>,
    decision_kind: String,
    decision_stream: Uuid,
    decision_version: i64,
    charged_to: Option<Uuid>,
}

impl TryFrom<VisitRow> for Visit {
    type Error = StoreError;

    fn try_from(row: VisitRow) -> Result<Self, StoreError> {
        Ok(Self {
            tenant: row.tenant,
            site: row.site,
            id: row.id,
            day: row.day,
            number: row.number,
            arrived_at: row.arrived_at,
            situation: row.situation,
            party_size: row.party_size,
            client: row.client,
            ring: row.ring,
            status: row.status,
            receiver: row.receiver,
            started_at: row.started_at,
            ended_at: row.ended_at,
            decision_stream: StreamId { kind: row.decision_kind.parse()?, id: row.decision_stream },
            decision_version: row.decision_version,
            charged_to: row.charged_to,
        })
    }
}

/// The columns of [`VisitRow`].
macro_rules! select_visits {
    ($rest:literal) => {
        concat!(
            "SELECT tenant, site, id, day, number, arrived_at, situation, party_size, client, ring, status, \
             receiver, started_at, ended_at, decision_kind, decision_stream, decision_version, charged_to \
             FROM visit ",
            $rest
        )
    };
}

/// Adds `visit`, or replaces what was stored under its id. A number that another visit of the day has is a
/// [`StoreError::Conflict`]; the floor's stream hands numbers out, so that does not happen.
pub async fn put(tx: &mut Tx, visit: &Visit) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO visit (tenant, site, id, day, number, arrived_at, situation, party_size,
            client, ring, status, receiver, started_at, ended_at, decision_kind, decision_stream,
            decision_version, charged_to)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
        ON CONFLICT (tenant, id) DO UPDATE SET day = excluded.day, number = excluded.number,
            arrived_at = excluded.arrived_at, situation = excluded.situation,
            party_size = excluded.party_size, client = excluded.client, ring = excluded.ring,
            status = excluded.status, receiver = excluded.receiver, started_at = excluded.started_at,
            ended_at = excluded.ended_at, decision_kind = excluded.decision_kind,
            decision_stream = excluded.decision_stream, decision_version = excluded.decision_version,
            charged_to = excluded.charged_to";
    on!(tx, conn => sqlx::query(SQL)
        .bind(visit.tenant)
        .bind(visit.site)
        .bind(visit.id)
        .bind(visit.day)
        .bind(visit.number)
        .bind(visit.arrived_at)
        .bind(&visit.situation)
        .bind(visit.party_size)
        .bind(visit.client)
        .bind(&visit.ring)
        .bind(&visit.status)
        .bind(visit.receiver)
        .bind(visit.started_at)
        .bind(visit.ended_at)
        .bind(visit.decision_stream.kind.as_str())
        .bind(visit.decision_stream.id)
        .bind(visit.decision_version)
        .bind(visit.charged_to)
        .execute(conn)
        .await?
        .rows_affected());
    Ok(())
}

/// Removes the row of a visit whose arrival was undone; the journal keeps both.
pub async fn remove(tx: &mut Tx, tenant: TenantId, id: Uuid) -> Result<(), StoreError> {
    const SQL: &str = "DELETE FROM visit WHERE tenant = $1 AND id = $2";
    on!(tx, conn => sqlx::query(SQL).bind(tenant).bind(id).execute(conn).await?.rows_affected());
    Ok(())
}

/// The visit with this id.
pub async fn get(tx: &mut Tx, tenant: TenantId, id: Uuid) -> Result<Visit, StoreError> {
    const SQL: &str = select_visits!("WHERE tenant = $1 AND id = $2");
    let row: Option<VisitRow> =
        on!(tx, conn => sqlx::query_as(SQL).bind(tenant).bind(id).fetch_optional(conn).await?);
    row.ok_or(StoreError::NotFound("visit"))?.try_into()
}

/// The visits of `site` from `from` to `to`, both included, by day and number.
pub async fn of_days(
    tx: &mut Tx,
    tenant: TenantId,
    site: SiteId,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<Visit>, StoreError> {
    const SQL: &str = select_visits!(
        "WHERE tenant = $1 AND site = $2 AND day >= $3 AND day <= $4 ORDER BY day, number"
    );
    let rows: Vec<VisitRow> = on!(tx, conn => sqlx::query_as(SQL)
        .bind(tenant)
        .bind(site)
        .bind(from)
        .bind(to)
        .fetch_all(conn)
        .await?);
    rows.into_iter().map(Visit::try_from).collect()
}

/// The visits that `receiver` received from `from` to `to`, both included, by day and number.
pub async fn of_receiver(
    tx: &mut Tx,
    tenant: TenantId,
    receiver: Uuid,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<Visit>, StoreError> {
    const SQL: &str = select_visits!(
        "WHERE tenant = $1 AND receiver = $2 AND day >= $3 AND day <= $4 ORDER BY day, number"
    );
    let rows: Vec<VisitRow> = on!(tx, conn => sqlx::query_as(SQL)
        .bind(tenant)
        .bind(receiver)
        .bind(from)
        .bind(to)
        .fetch_all(conn)
        .await?);
    rows.into_iter().map(Visit::try_from).collect()
}

/// The last `limit` visits of `client`, the newest first.
pub async fn of_client(
    tx: &mut Tx,
    tenant: TenantId,
    client: Uuid,
    limit: i64,
) -> Result<Vec<Visit>, StoreError> {
    const SQL: &str = select_visits!(
        "WHERE tenant = $1 AND client = $2 ORDER BY day DESC, arrived_at DESC LIMIT $3"
    );
    let rows: Vec<VisitRow> = on!(tx, conn => sqlx::query_as(SQL)
        .bind(tenant)
        .bind(client)
        .bind(limit)
        .fetch_all(conn)
        .await?);
    rows.into_iter().map(Visit::try_from).collect()
}
