//! Two records of one client: the one points to the other, and is no longer found by itself.

use uuid::Uuid;

use super::identity;
use crate::{StoreError, TenantId, Tx, db::on};

/// Lets `client` point to `into`. It keeps what it says, and is found and listed no more.
pub async fn merge(
    tx: &mut Tx,
    tenant: TenantId,
    client: Uuid,
    into: Uuid,
) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE client SET merged_into = $3, terms = $4
        WHERE tenant = $1 AND id = $2 AND merged_into IS NULL";
    const NO_TERMS: &[u8] = &[];
    identity::forget_terms(tx, tenant, client).await?;
    let merged = on!(tx, conn => sqlx::query(SQL)
        .bind(tenant)
        .bind(client)
        .bind(into)
        .bind(NO_TERMS)
        .execute(conn)
        .await?
        .rows_affected());
    if merged == 0 { Err(StoreError::Conflict("client")) } else { Ok(()) }
}

/// Takes [`merge`] back; the caller identifies the client anew, so that it is found again.
pub async fn unmerge(tx: &mut Tx, tenant: TenantId, client: Uuid) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE client SET merged_into = NULL
        WHERE tenant = $1 AND id = $2 AND merged_into IS NOT NULL";
    let parted = on!(tx, conn => sqlx::query(SQL).bind(tenant).bind(client).execute(conn).await?.rows_affected());
    if parted == 0 { Err(StoreError::Conflict("client")) } else { Ok(()) }
}

/// The records that turned out to be `client`, the oldest first.
pub async fn merged_into(
    tx: &mut Tx,
    tenant: TenantId,
    client: Uuid,
) -> Result<Vec<Uuid>, StoreError> {
    const SQL: &str =
        "SELECT id FROM client WHERE tenant = $1 AND merged_into = $2 ORDER BY id LIMIT 100";
    Ok(on!(tx, conn => sqlx::query_scalar(SQL).bind(tenant).bind(client).fetch_all(conn).await?))
}
