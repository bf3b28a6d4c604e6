//! The lines of commission ledgers: they are added, never changed.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use crate::{SiteId, StoreError, TenantId, Tx, db::on};

/// A line of a person's ledger (佣金台账).
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Line {
    /// The company.
    pub tenant: TenantId,
    /// The site.
    pub site: SiteId,
    /// Its id.
    pub id: Uuid,
    /// Whose ledger.
    pub person: Uuid,
    /// What it is: `commission`, `reversal`, `base`, `bonus`.
    pub kind: String,
    /// How much, in minor units.
    pub amount: i64,
    /// In which currency.
    pub currency: String,
    /// The day it counts for, in the time zone of the site.
    pub day: NaiveDate,
    /// The deal it came from.
    pub deal: Option<Uuid>,
    /// Its number among the lines of the deal, from 1; 0 without one.
    pub number: i64,
    /// The version of the entry that decided it, in the stream of the deal or of the ledger.
    pub decision_version: i64,
    /// When it was made.
    pub made_at: DateTime<Utc>,
}

/// The columns of [`Line`].
macro_rules! select_lines {
    ($rest:literal) => {
        concat!(
            "SELECT tenant, site, id, person, kind, amount, currency, day, deal, number, \
             decision_version, made_at FROM commission_line ",
            $rest
        )
    };
}

/// Adds `line`; its id, and its number among the lines of its deal, must be new.
pub async fn add(tx: &mut Tx, line: &Line) -> Result<(), StoreError> {
    // Not an error of the database: on PostgreSQL that would abort the whole transaction.
    const SQL: &str =
        "INSERT INTO commission_line (tenant, site, id, person, kind, amount, currency, day,
            deal, number, decision_version, made_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT DO NOTHING";
    let added = on!(tx, conn => sqlx::query(SQL)
        .bind(line.tenant)
        .bind(line.site)
        .bind(line.id)
        .bind(line.person)
        .bind(&line.kind)
        .bind(line.amount)
        .bind(&line.currency)
        .bind(line.day)
        .bind(line.deal)
        .bind(line.number)
        .bind(line.decision_version)
        .bind(line.made_at)
        .execute(conn)
        .await?
        .rows_affected());
    if added == 0 { Err(StoreError::Duplicate("commission line")) } else { Ok(()) }
}

/// The lines of `person` from `from` to `to`, both included, in order.
pub async fn of_person(
    tx: &mut Tx,
    tenant: TenantId,
    person: Uuid,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<Line>, StoreError> {
    const SQL: &str = select_lines!(
        "WHERE tenant = $1 AND person = $2 AND day >= $3 AND day <= $4 ORDER BY made_at, number, id"
    );
    Ok(on!(tx, conn => sqlx::query_as(SQL)
        .bind(tenant)
        .bind(person)
        .bind(from)
        .bind(to)
        .fetch_all(conn)
        .await?))
}

/// The lines of everybody at `site` from `from` to `to`, both included, in order.
pub async fn of_site_days(
    tx: &mut Tx,
    tenant: TenantId,
    site: SiteId,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<Line>, StoreError> {
    const SQL: &str = select_lines!(
        "WHERE tenant = $1 AND site = $2 AND day >= $3 AND day <= $4 ORDER BY made_at, number, id"
    );
    Ok(on!(tx, conn => sqlx::query_as(SQL)
        .bind(tenant)
        .bind(site)
        .bind(from)
        .bind(to)
        .fetch_all(conn)
        .await?))
}
