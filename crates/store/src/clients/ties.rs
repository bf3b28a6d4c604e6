//! How clients belong together: family, household, company. Each tie is known from both ends.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{StoreError, TenantId, Tx, db::on};

/// Somebody whom a client belongs together with.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Tie {
    /// The other client.
    pub other: Uuid,
    /// How, as the caller spells it.
    pub relation: String,
    /// Since when it is known.
    pub made_at: DateTime<Utc>,
}

/// Ties `client` and `other` together by `relation`; a tie between them is replaced.
pub async fn tie(
    tx: &mut Tx,
    tenant: TenantId,
    client: Uuid,
    other: Uuid,
    relation: &str,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO client_tie (tenant, client, other, relation, made_at)
        VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (tenant, client, other) DO UPDATE SET relation = excluded.relation";
    for (one, two) in [(client, other), (other, client)] {
        on!(tx, conn => sqlx::query(SQL)
            .bind(tenant)
            .bind(one)
            .bind(two)
            .bind(relation)
            .bind(at)
            .execute(conn)
            .await?
            .rows_affected());
    }
    Ok(())
}

/// Takes the tie between `client` and `other` away; whether there was one.
pub async fn untie(
    tx: &mut Tx,
    tenant: TenantId,
    client: Uuid,
    other: Uuid,
) -> Result<bool, StoreError> {
    const SQL: &str = "DELETE FROM client_tie WHERE tenant = $1
        AND ((client = $2 AND other = $3) OR (client = $3 AND other = $2))";
    let gone = on!(tx, conn => sqlx::query(SQL)
        .bind(tenant)
        .bind(client)
        .bind(other)
        .execute(conn)
        .await?
        .rows_affected());
    Ok(gone > 0)
}

/// Everybody whom `client` belongs together with, the longest known first.
pub async fn ties(tx: &mut Tx, tenant: TenantId, client: Uuid) -> Result<Vec<Tie>, StoreError> {
    const SQL: &str = "SELECT other, relation, made_at FROM client_tie
        WHERE tenant = $1 AND client = $2 ORDER BY made_at, other LIMIT 100";
    Ok(on!(tx, conn => sqlx::query_as(SQL).bind(tenant).bind(client).fetch_all(conn).await?))
}
