//! Teams of a site.

use uuid::Uuid;

use crate::{SiteId, StoreError, TenantId, Tx, db::on};

/// A team.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Team {
    /// Its company.
    pub tenant: TenantId,
    /// Its site.
    pub site: SiteId,
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// Its place among the teams of the site, smallest first.
    pub rank: i64,
}

/// Adds `team`; its id must be new.
pub async fn add(tx: &mut Tx, team: &Team) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO team (tenant, site, id, name, rank) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT DO NOTHING";
    let added = on!(tx, conn => sqlx::query(SQL)
        .bind(team.tenant)
        .bind(team.site)
        .bind(team.id)
        .bind(&team.name)
        .bind(team.rank)
        .execute(conn)
        .await?
        .rows_affected());
    if added == 0 { Err(StoreError::Duplicate("team")) } else { Ok(()) }
}

/// Replaces name and rank of `team`.
pub async fn update(tx: &mut Tx, team: &Team) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE team SET name = $3, rank = $4 WHERE tenant = $1 AND id = $2";
    let updated = on!(tx, conn => sqlx::query(SQL)
        .bind(team.tenant)
        .bind(team.id)
        .bind(&team.name)
        .bind(team.rank)
        .execute(conn)
        .await?
        .rows_affected());
    if updated == 0 { Err(StoreError::NotFound("team")) } else { Ok(()) }
}

/// The teams of `site` by rank.
pub async fn of_site(tx: &mut Tx, tenant: TenantId, site: SiteId) -> Result<Vec<Team>, StoreError> {
    const SQL: &str = "SELECT tenant, site, id, name, rank FROM team
        WHERE tenant = $1 AND site = $2 ORDER BY rank, id";
    Ok(on!(tx, conn => sqlx::query_as(SQL).bind(tenant).bind(site).fetch_all(conn).await?))
}
