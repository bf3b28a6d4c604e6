//! Companies that use this installation.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{StoreError, Tx, db::on};

/// Identifies a company; the first column of every table.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, sqlx::Type,
)]
#[sqlx(transparent)]
pub struct TenantId(pub Uuid);

/// A company.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Tenant {
    /// Its id.
    pub id: TenantId,
    /// Its name, as its people know it.
    pub name: String,
    /// When it was entered here.
    pub created_at: DateTime<Utc>,
}

/// Adds `tenant`; its id must be new.
pub async fn add(tx: &mut Tx, tenant: &Tenant) -> Result<(), StoreError> {
    const SQL: &str =
        "INSERT INTO tenant (id, name, created_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    let added = on!(tx, conn => sqlx::query(SQL)
        .bind(tenant.id)
        .bind(&tenant.name)
        .bind(tenant.created_at)
        .execute(conn)
        .await?
        .rows_affected());
    if added == 0 { Err(StoreError::Duplicate("tenant")) } else { Ok(()) }
}

/// All tenants, the oldest first.
pub async fn all(tx: &mut Tx) -> Result<Vec<Tenant>, StoreError> {
    const SQL: &str = "SELECT id, name, created_at FROM tenant ORDER BY created_at, id";
    Ok(on!(tx, conn => sqlx::query_as(SQL).fetch_all(conn).await?))
}
