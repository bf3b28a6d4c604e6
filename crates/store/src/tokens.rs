//! Bearer tokens of the API. The token itself is shown once and stored nowhere.

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::{StoreError, TenantId, Tx, db::on};

/// A token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// The company.
    pub tenant: TenantId,
    /// Its id.
    pub id: Uuid,
    /// Its hash, as [`hash_of`] makes it.
    pub token_hash: Vec<u8>,
    /// In whose name it acts.
    pub person: Uuid,
    /// What it is for, as its owner says.
    pub name: String,
    /// What it may do.
    pub scopes: Vec<String>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it ends, if ever: from this moment on it does not count.
    pub expires_at: Option<DateTime<Utc>>,
    /// When it was withdrawn, if it was.
    pub revoked_at: Option<DateTime<Utc>>,
}

/// A token as the database has it.
#[derive(Debug, sqlx::FromRow)]
struct TokenRow {
    tenant: TenantId,
    id: Uuid,
    token_hash: Vec<u8>,
    person: Uuid,
    name: String,
    scopes: String,
    created_at: DateTime<Utc>,
    expires_at: Option<DateTime<Utc>>,
    revoked_at: Option<DateTime<Utc>>,
}

impl TryFrom<TokenRow> for Token {
    type Error = StoreError;

    fn try_from(row: TokenRow) -> Result<Self, StoreError> {
        Ok(Self {
            tenant: row.tenant,
            id: row.id,
            token_hash: row.token_hash,
            person: row.person,
            name: row.name,
            scopes: serde_json::from_str(&row.scopes)
                .map_err(|error| StoreError::invalid("scopes of a token", error))?,
            created_at: row.created_at,
            expires_at: row.expires_at,
            revoked_at: row.revoked_at,
        })
    }
}

/// The hash under which a secret of at least 128 random bits is stored: SHA-256, 32 bytes. Passwords need
/// a slow hash instead.
pub fn hash_of(secret: &str) -> Vec<u8> {
    Sha256::digest(secret.as_bytes()).to_vec()
}

/// Adds `token`; id and hash must be new.
pub async fn add(tx: &mut Tx, token: &Token) -> Result<(), StoreError> {
    const SQL: &str =
        "INSERT INTO token (tenant, id, token_hash, person, name, scopes, created_at, expires_at,
            revoked_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING";
    let scopes = serde_json::to_string(&token.scopes)
        .map_err(|error| StoreError::invalid("scopes of a token", error))?;
    let added = on!(tx, conn => sqlx::query(SQL)
        .bind(token.tenant)
        .bind(token.id)
        .bind(&token.token_hash)
        .bind(token.person)
        .bind(&token.name)
        .bind(&scopes)
        .bind(token.created_at)
        .bind(token.expires_at)
        .bind(token.revoked_at)
        .execute(conn)
        .await?
        .rows_affected());
    if added == 0 { Err(StoreError::Duplicate("token")) } else { Ok(()) }
}

/// The token with this hash, unless it was withdrawn or has ended by `at`.
pub async fn by_hash(
    tx: &mut Tx,
    token_hash: &[u8],
    at: DateTime<Utc>,
) -> Result<Option<Token>, StoreError> {
    const SQL: &str = "SELECT tenant, id, token_hash, person, name, scopes, created_at, expires_at, revoked_at
        FROM token WHERE token_hash = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $2)";
    let row: Option<TokenRow> = on!(tx, conn => sqlx::query_as(SQL)
        .bind(token_hash)
        .bind(at)
        .fetch_optional(conn)
        .await?);
    row.map(Token::try_from).transpose()
}

/// All tokens of `tenant`, also those that no longer count, the newest first.
pub async fn of_tenant(tx: &mut Tx, tenant: TenantId) -> Result<Vec<Token>, StoreError> {
    const SQL: &str =
        "SELECT tenant, id, token_hash, person, name, scopes, created_at, expires_at, revoked_at
        FROM token WHERE tenant = $1 ORDER BY created_at DESC, id";
    let rows: Vec<TokenRow> =
        on!(tx, conn => sqlx::query_as(SQL).bind(tenant).fetch_all(conn).await?);
    rows.into_iter().map(Token::try_from).collect()
}

/// Withdraws a token; the first withdrawal stands.
pub async fn revoke(
    tx: &mut Tx,
    tenant: TenantId,
    id: Uuid,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE token SET revoked_at = COALESCE(revoked_at, $3)
        WHERE tenant = $1 AND id = $2";
    let updated = on!(tx, conn => sqlx::query(SQL)
        .bind(tenant)
        .bind(id)
        .bind(at)
        .execute(conn)
        .await?
        .rows_affected());
    if updated == 0 { Err(StoreError::NotFound("token")) } else { Ok(()) }
}
