//! Lists of clients that somebody keeps for themselves; what they ask for is a note, since it may name
//! somebody.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{StoreError, TenantId, Tx, db::on};

/// Keeps the list `id` of `person`.
pub async fn add(
    tx: &mut Tx,
    tenant: TenantId,
    person: Uuid,
    id: Uuid,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO client_list (tenant, person, id, made_at)
        VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
    on!(tx, conn => sqlx::query(SQL)
        .bind(tenant)
        .bind(person)
        .bind(id)
        .bind(at)
        .execute(conn)
        .await?
        .rows_affected());
    Ok(())
}

/// The lists of `person`, the oldest first.
pub async fn of_person(
    tx: &mut Tx,
    tenant: TenantId,
    person: Uuid,
) -> Result<Vec<Uuid>, StoreError> {
    const SQL: &str = "SELECT id FROM client_list WHERE tenant = $1 AND person = $2
        ORDER BY made_at, id LIMIT 50";
    Ok(on!(tx, conn => sqlx::query_scalar(SQL).bind(tenant).bind(person).fetch_all(conn).await?))
}

/// Keeps the list no longer; whether it was kept.
pub async fn remove(
    tx: &mut Tx,
    tenant: TenantId,
    person: Uuid,
    id: Uuid,
) -> Result<bool, StoreError> {
    const SQL: &str = "DELETE FROM client_list WHERE tenant = $1 AND person = $2 AND id = $3";
    let gone = on!(tx, conn => sqlx::query(SQL).bind(tenant).bind(person).bind(id).execute(conn).await?.rows_affected());
    Ok(gone > 0)
}
