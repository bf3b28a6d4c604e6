//! Sessions of the browsers that are signed in. The token itself is only in the browser.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{StoreError, TenantId, Tx, db::on};

/// A browser that is signed in.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Session {
    /// The company.
    pub tenant: TenantId,
    /// The hash of its token, as [`tokens::hash_of`](crate::tokens::hash_of) makes it.
    pub token_hash: Vec<u8>,
    /// Who is signed in.
    pub person: Uuid,
    /// What forms must bring along, against forged requests.
    pub csrf: String,
    /// What the browser says it is.
    pub user_agent: String,
    /// When the person signed in.
    pub created_at: DateTime<Utc>,
    /// When it was last used, as far as [`touch`] was told.
    pub seen_at: DateTime<Utc>,
    /// When it ends: from this moment on it does not count.
    pub expires_at: DateTime<Utc>,
}

/// Adds `session`; its token must be new.
pub async fn add(tx: &mut Tx, session: &Session) -> Result<(), StoreError> {
    const SQL: &str =
        "INSERT INTO session (tenant, token_hash, person, csrf, user_agent, created_at, seen_at,
            expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING";
    let added = on!(tx, conn => sqlx::query(SQL)
        .bind(session.tenant)
        .bind(&session.token_hash)
        .bind(session.person)
        .bind(&session.csrf)
        .bind(&session.user_agent)
        .bind(session.created_at)
        .bind(session.seen_at)
        .bind(session.expires_at)
        .execute(conn)
        .await?
        .rows_affected());
    if added == 0 { Err(StoreError::Duplicate("session")) } else { Ok(()) }
}

/// The session of a token, unless it has ended by `at`.
pub async fn by_token(
    tx: &mut Tx,
    token_hash: &[u8],
    at: DateTime<Utc>,
) -> Result<Option<Session>, StoreError> {
    const SQL: &str =
        "SELECT tenant, token_hash, person, csrf, user_agent, created_at, seen_at, expires_at
        FROM session WHERE token_hash = $1 AND expires_at > $2";
    Ok(on!(tx, conn => sqlx::query_as(SQL).bind(token_hash).bind(at).fetch_optional(conn).await?))
}

/// All sessions of a person that have not ended by `at`, the newest first.
pub async fn of_person(
    tx: &mut Tx,
    tenant: TenantId,
    person: Uuid,
    at: DateTime<Utc>,
) -> Result<Vec<Session>, StoreError> {
    const SQL: &str = "SELECT tenant, token_hash, person, csrf, user_agent, created_at, seen_at, expires_at
        FROM session WHERE tenant = $1 AND person = $2 AND expires_at > $3 ORDER BY created_at DESC";
    Ok(on!(tx, conn => sqlx::query_as(SQL)
        .bind(tenant)
        .bind(person)
        .bind(at)
        .fetch_all(conn)
        .await?))
}

/// Notes that a session was used at `at`, and moves its end to `expires_at`.
pub async fn touch(
    tx: &mut Tx,
    token_hash: &[u8],
    at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE session SET seen_at = $2, expires_at = $3 WHERE token_hash = $1";
    let updated = on!(tx, conn => sqlx::query(SQL)
        .bind(token_hash)
        .bind(at)
        .bind(expires_at)
        .execute(conn)
        .await?
        .rows_affected());
    if updated == 0 { Err(StoreError::NotFound("session")) } else { Ok(()) }
}

/// Ends a session; it may have ended already.
pub async fn end(tx: &mut Tx, token_hash: &[u8]) -> Result<(), StoreError> {
    const SQL: &str = "DELETE FROM session WHERE token_hash = $1";
    on!(tx, conn => sqlx::query(SQL).bind(token_hash).execute(conn).await?.rows_affected());
    Ok(())
}

/// Ends all sessions of a person, after a change of password, roles or employment; returns how many.
pub async fn end_all(tx: &mut Tx, tenant: TenantId, person: Uuid) -> Result<u64, StoreError> {
    const SQL: &str = "DELETE FROM session WHERE tenant = $1 AND person = $2";
    Ok(on!(tx, conn => sqlx::query(SQL)
        .bind(tenant)
        .bind(person)
        .execute(conn)
        .await?
        .rows_affected()))
}

/// Forgets the sessions that have ended by `at`; returns how many.
pub async fn prune(tx: &mut Tx, at: DateTime<Utc>) -> Result<u64, StoreError> {
    const SQL: &str = "DELETE FROM session WHERE expires_at <= $1";
    Ok(on!(tx, conn => sqlx::query(SQL).bind(at).execute(conn).await?.rows_affected()))
}
