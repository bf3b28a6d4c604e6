//! Small named values of a tenant, as text.

use crate::{StoreError, TenantId, Tx, db::on};

/// Sets `name` to `value`, whatever it was.
pub async fn set(tx: &mut Tx, tenant: TenantId, name: &str, value: &str) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO setting (tenant, name, value) VALUES ($1, $2, $3)
        ON CONFLICT (tenant, name) DO UPDATE SET value = excluded.value";
    on!(tx, conn => sqlx::query(SQL).bind(tenant).bind(name).bind(value).execute(conn).await?.rows_affected());
    Ok(())
}

/// Sets `name` to `value` unless it is set, and returns what it is then.
pub async fn set_first(
    tx: &mut Tx,
    tenant: TenantId,
    name: &str,
    value: &str,
) -> Result<String, StoreError> {
    // The update that changes nothing makes the row that is there come back.
    const SQL: &str = "INSERT INTO setting (tenant, name, value) VALUES ($1, $2, $3)
        ON CONFLICT (tenant, name) DO UPDATE SET value = setting.value RETURNING value";
    Ok(on!(tx, conn => sqlx::query_scalar(SQL)
        .bind(tenant)
        .bind(name)
        .bind(value)
        .fetch_one(conn)
        .await?))
}

/// The value of `name`, if it is set.
pub async fn get(tx: &mut Tx, tenant: TenantId, name: &str) -> Result<Option<String>, StoreError> {
    const SQL: &str = "SELECT value FROM setting WHERE tenant = $1 AND name = $2";
    Ok(on!(tx, conn => sqlx::query_scalar(SQL).bind(tenant).bind(name).fetch_optional(conn).await?))
}
