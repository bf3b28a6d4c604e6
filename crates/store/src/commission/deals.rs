//! Deals: the streams decide, these rows follow.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use crate::{SiteId, StoreError, TenantId, Tx, db::on};

/// A deal (成交), as lists show it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Deal {
    /// The company.
    pub tenant: TenantId,
    /// The site.
    pub site: SiteId,
    /// Its id, that of its stream.
    pub id: Uuid,
    /// With whom.
    pub client: Uuid,
    /// Who brought it about.
    pub closer: Uuid,
    /// The last stage it reached.
    pub stage: String,
    /// The price, in minor units.
    pub price: Option<i64>,
    /// The commission, in minor units.
    pub commission: Option<i64>,
    /// The currency of both.
    pub currency: String,
    /// What it is to the rules about its parts, once it closed.
    pub situation: Option<String>,
    /// What is open: `same_day`, `agreement`, `undecided`.
    pub pending: Option<String>,
    /// When that falls due by itself.
    pub due_at: Option<DateTime<Utc>>,
    /// When it was recorded.
    pub opened_at: DateTime<Utc>,
    /// The day it closed, in the time zone of the site.
    pub closed_on: Option<NaiveDate>,
    /// When it was called off.
    pub cancelled_at: Option<DateTime<Utc>>,
    /// The note that says what was sold.
    pub unit: Option<Uuid>,
}

/// The columns of [`Deal`].
macro_rules! select_deals {
    ($rest:literal) => {
        concat!(
            "SELECT tenant, site, id, client, closer, stage, price, commission, currency, situation, \
             pending, due_at, opened_at, closed_on, cancelled_at, unit FROM deal ",
            $rest
        )
    };
}

/// Adds `deal`, or replaces what was stored under its id.
pub async fn put(tx: &mut Tx, deal: &Deal) -> Result<(), StoreError> {
    const SQL: &str =
        "INSERT INTO deal (tenant, site, id, client, closer, stage, price, commission, currency,
            situation, pending, due_at, opened_at, closed_on, cancelled_at, unit)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
        ON CONFLICT (tenant, id) DO UPDATE SET stage = excluded.stage, price = excluded.price,
            commission = excluded.commission, situation = excluded.situation,
            pending = excluded.pending, due_at = excluded.due_at, closed_on = excluded.closed_on,
            cancelled_at = excluded.cancelled_at, unit = excluded.unit";
    on!(tx, conn => sqlx::query(SQL)
        .bind(deal.tenant)
        .bind(deal.site)
        .bind(deal.id)
        .bind(deal.client)
        .bind(deal.closer)
        .bind(&deal.stage)
        .bind(deal.price)
        .bind(deal.commission)
        .bind(&deal.currency)
        .bind(&deal.situation)
        .bind(&deal.pending)
        .bind(deal.due_at)
        .bind(deal.opened_at)
        .bind(deal.closed_on)
        .bind(deal.cancelled_at)
        .bind(deal.unit)
        .execute(conn)
        .await?
        .rows_affected());
    Ok(())
}

/// The deal with this id.
pub async fn get(tx: &mut Tx, tenant: TenantId, id: Uuid) -> Result<Deal, StoreError> {
    const SQL: &str = select_deals!("WHERE tenant = $1 AND id = $2");
    let row: Option<Deal> =
        on!(tx, conn => sqlx::query_as(SQL).bind(tenant).bind(id).fetch_optional(conn).await?);
    row.ok_or(StoreError::NotFound("deal"))
}

/// The last `limit` deals of `site`, the newest first; only what is open where `open` says so.
pub async fn of_site(
    tx: &mut Tx,
    tenant: TenantId,
    site: SiteId,
    open: bool,
    limit: i64,
) -> Result<Vec<Deal>, StoreError> {
    const ALL: &str =
        select_deals!("WHERE tenant = $1 AND site = $2 ORDER BY opened_at DESC, id DESC LIMIT $3");
    const OPEN: &str = select_deals!(
        "WHERE tenant = $1 AND site = $2 AND pending IS NOT NULL AND cancelled_at IS NULL
         ORDER BY opened_at DESC, id DESC LIMIT $3"
    );
    let sql = if open { OPEN } else { ALL };
    Ok(on!(tx, conn => sqlx::query_as(sql)
        .bind(tenant)
        .bind(site)
        .bind(limit)
        .fetch_all(conn)
        .await?))
}

/// The deals with `client`, the newest first.
pub async fn of_client(
    tx: &mut Tx,
    tenant: TenantId,
    client: Uuid,
) -> Result<Vec<Deal>, StoreError> {
    const SQL: &str =
        select_deals!("WHERE tenant = $1 AND client = $2 ORDER BY opened_at DESC, id DESC");
    Ok(on!(tx, conn => sqlx::query_as(SQL).bind(tenant).bind(client).fetch_all(conn).await?))
}

/// At most `limit` deals of which something has fallen due by `now`, the longest due first.
pub async fn due(
    tx: &mut Tx,
    tenant: TenantId,
    now: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<Deal>, StoreError> {
    const SQL: &str = select_deals!(
        "WHERE tenant = $1 AND due_at <= $2 AND cancelled_at IS NULL ORDER BY due_at, id LIMIT $3"
    );
    Ok(on!(tx, conn => sqlx::query_as(SQL)
        .bind(tenant)
        .bind(now)
        .bind(limit)
        .fetch_all(conn)
        .await?))
}
