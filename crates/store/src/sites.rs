//! Galleries, showrooms and floors (案场, 网点).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{StoreError, TenantId, Tx, db::on};

/// Identifies a site within its tenant.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, sqlx::Type,
)]
#[sqlx(transparent)]
pub struct SiteId(pub Uuid);

/// A site.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Site {
    /// Its company.
    pub tenant: TenantId,
    /// Its id.
    pub id: SiteId,
    /// Its name.
    pub name: String,
    /// Its time zone by name, such as `Asia/Shanghai`.
    pub time_zone: String,
    /// When it was entered here.
    pub created_at: DateTime<Utc>,
    /// When it was given up, if it was.
    pub closed_at: Option<DateTime<Utc>>,
}

/// Adds `site`; its id must be new.
pub async fn add(tx: &mut Tx, site: &Site) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO site (tenant, id, name, time_zone, created_at, closed_at)
        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING";
    let added = on!(tx, conn => sqlx::query(SQL)
        .bind(site.tenant)
        .bind(site.id)
        .bind(&site.name)
        .bind(&site.time_zone)
        .bind(site.created_at)
        .bind(site.closed_at)
        .execute(conn)
        .await?
        .rows_affected());
    if added == 0 { Err(StoreError::Duplicate("site")) } else { Ok(()) }
}

/// Replaces what may change of `site`: name, time zone and end.
pub async fn update(tx: &mut Tx, site: &Site) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE site SET name = $3, time_zone = $4, closed_at = $5
        WHERE tenant = $1 AND id = $2";
    let updated = on!(tx, conn => sqlx::query(SQL)
        .bind(site.tenant)
        .bind(site.id)
        .bind(&site.name)
        .bind(&site.time_zone)
        .bind(site.closed_at)
        .execute(conn)
        .await?
        .rows_affected());
    if updated == 0 { Err(StoreError::NotFound("site")) } else { Ok(()) }
}

/// The site with this id.
pub async fn get(tx: &mut Tx, tenant: TenantId, id: SiteId) -> Result<Site, StoreError> {
    const SQL: &str = "SELECT tenant, id, name, time_zone, created_at, closed_at FROM site
        WHERE tenant = $1 AND id = $2";
    let site =
        on!(tx, conn => sqlx::query_as(SQL).bind(tenant).bind(id).fetch_optional(conn).await?);
    site.ok_or(StoreError::NotFound("site"))
}

/// All sites of `tenant`, the oldest first.
pub async fn of_tenant(tx: &mut Tx, tenant: TenantId) -> Result<Vec<Site>, StoreError> {
    const SQL: &str = "SELECT tenant, id, name, time_zone, created_at, closed_at FROM site
        WHERE tenant = $1 ORDER BY created_at, id";
    Ok(on!(tx, conn => sqlx::query_as(SQL).bind(tenant).fetch_all(conn).await?))
}
