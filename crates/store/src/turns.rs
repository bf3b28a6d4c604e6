//! What happened to everybody's turns, one row each, for fairness.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use crate::{SiteId, StoreError, TenantId, Tx, db::on};

/// Something that happened to a person's turn (轮次).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    /// The company.
    pub tenant: TenantId,
    /// The site.
    pub site: SiteId,
    /// Its id.
    pub id: Uuid,
    /// Whose turn.
    pub person: Uuid,
    /// The day, in the time zone of the site.
    pub day: NaiveDate,
    /// The ring.
    pub ring: String,
    /// What happened, a word: `taken`, `lost`, `given_up`, `kept`, `passed`, `made_up`, `granted` ..
    pub kind: String,
    /// The clauses it rests on, by id.
    pub clauses: Vec<String>,
    /// The visit, if it was about one.
    pub visit: Option<Uuid>,
    /// When.
    pub happened_at: DateTime<Utc>,
}

/// How often something happened to a person's turns.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct TurnSum {
    /// Whose turns.
    pub person: Uuid,
    /// In which ring.
    pub ring: String,
    /// What happened.
    pub kind: String,
    /// How often.
    pub count: i64,
}

/// A turn as the database has it.
#[derive(Debug, sqlx::FromRow)]
struct TurnRow {
    tenant: TenantId,
    site: SiteId,
    id: Uuid,
    person: Uuid,
    day: NaiveDate,
    ring: String,
    kind: String,
    clauses: String,
    visit: Option<Uuid>,
    happened_at: DateTime<Utc>,
}

impl TryFrom<TurnRow> for Turn {
    type Error = StoreError;

    fn try_from(row: TurnRow) -> Result<Self, StoreError> {
        Ok(Self {
            tenant: row.tenant,
            site: row.site,
            id: row.id,
            person: row.person,
            day: row.day,
            ring: row.ring,
            kind: row.kind,
            clauses: serde_json::from_str(&row.clauses)
                .map_err(|error| StoreError::invalid("clauses of a turn", error))?,
            visit: row.visit,
            happened_at: row.happened_at,
        })
    }
}

/// Adds `turn`; its id must be new.
pub async fn add(tx: &mut Tx, turn: &Turn) -> Result<(), StoreError> {
    const SQL: &str =
        "INSERT INTO turn (tenant, site, id, person, day, ring, kind, clauses, visit, happened_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING";
    let clauses = serde_json::to_string(&turn.clauses)
        .map_err(|error| StoreError::invalid("clauses of a turn", error))?;
    let added = on!(tx, conn => sqlx::query(SQL)
        .bind(turn.tenant)
        .bind(turn.site)
        .bind(turn.id)
        .bind(turn.person)
        .bind(turn.day)
        .bind(&turn.ring)
        .bind(&turn.kind)
        .bind(&clauses)
        .bind(turn.visit)
        .bind(turn.happened_at)
        .execute(conn)
        .await?
        .rows_affected());
    if added == 0 { Err(StoreError::Duplicate("turn")) } else { Ok(()) }
}

/// Removes the row of a turn whose decision was undone; whether there was one.
pub async fn remove(tx: &mut Tx, tenant: TenantId, id: Uuid) -> Result<bool, StoreError> {
    const SQL: &str = "DELETE FROM turn WHERE tenant = $1 AND id = $2";
    let removed = on!(tx, conn => sqlx::query(SQL)
        .bind(tenant)
        .bind(id)
        .execute(conn)
        .await?
        .rows_affected());
    Ok(removed > 0)
}

/// How often what happened to whom in `site`, from `from` to `to`, both included.
pub async fn sums(
    tx: &mut Tx,
    tenant: TenantId,
    site: SiteId,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<TurnSum>, StoreError> {
    const SQL: &str = "SELECT person, ring, kind, COUNT(*) AS count FROM turn
        WHERE tenant = $1 AND site = $2 AND day >= $3 AND day <= $4
        GROUP BY person, ring, kind ORDER BY person, ring, kind";
    Ok(on!(tx, conn => sqlx::query_as(SQL)
        .bind(tenant)
        .bind(site)
        .bind(from)
        .bind(to)
        .fetch_all(conn)
        .await?))
}

/// What happened to the turns of `person` from `from` to `to`, both included, in order.
pub async fn of_person(
    tx: &mut Tx,
    tenant: TenantId,
    person: Uuid,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<Turn>, StoreError> {
    const SQL: &str =
        "SELECT tenant, site, id, person, day, ring, kind, clauses, visit, happened_at FROM turn
        WHERE tenant = $1 AND person = $2 AND day >= $3 AND day <= $4 ORDER BY happened_at, id";
    let rows: Vec<TurnRow> = on!(tx, conn => sqlx::query_as(SQL)
        .bind(tenant)
        .bind(person)
        .bind(from)
        .bind(to)
        .fetch_all(conn)
        .await?);
    rows.into_iter().map(Turn::try_from).collect()
}
