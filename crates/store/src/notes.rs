//! Notes: free text that belongs to entries of the journal, sealed with a key of its own, so that erasing
//! the row erases the text and the journal stays whole.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    Keys, Sealed, SiteId, StoreError, TenantId, Tx,
    db::on,
    keys::{Owner, Wrapped, new_data_key},
    sealed::seal,
};

/// A note to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewNote<'a> {
    /// The company.
    pub tenant: TenantId,
    /// The site.
    pub site: SiteId,
    /// Its id; what entries refer to.
    pub id: Uuid,
    /// What was typed.
    pub text: &'a str,
    /// Who typed it; none for the installation itself.
    pub written_by: Option<Uuid>,
    /// When.
    pub written_at: DateTime<Utc>,
}

/// Adds `new`; its id must be new.
pub async fn add(tx: &mut Tx, keys: &Keys, new: &NewNote<'_>) -> Result<(), StoreError> {
    const SQL: &str =
        "INSERT INTO note (tenant, site, id, key_id, wrapped, text, written_by, written_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING";
    let owner = Owner { tenant: new.tenant, client: new.id };
    let key = new_data_key()?;
    let wrapped = keys.wrap(owner, &key)?;
    let text = seal(&key, owner, "note", new.text)?;
    let added = on!(tx, conn => sqlx::query(SQL)
        .bind(new.tenant)
        .bind(new.site)
        .bind(new.id)
        .bind(&wrapped.key_id)
        .bind(&wrapped.bytes)
        .bind(&text)
        .bind(new.written_by)
        .bind(new.written_at)
        .execute(conn)
        .await?
        .rows_affected());
    if added == 0 { Err(StoreError::Duplicate("note")) } else { Ok(()) }
}

/// The note with this id.
pub async fn get(tx: &mut Tx, tenant: TenantId, id: Uuid) -> Result<Sealed<String>, StoreError> {
    const SQL: &str = "SELECT key_id, wrapped, text FROM note WHERE tenant = $1 AND id = $2";
    let row: Option<(String, Vec<u8>, Vec<u8>)> =
        on!(tx, conn => sqlx::query_as(SQL).bind(tenant).bind(id).fetch_optional(conn).await?);
    let (key_id, wrapped, text) = row.ok_or(StoreError::NotFound("note"))?;
    let key = Some(Arc::new(Wrapped { key_id, bytes: wrapped }));
    Ok(Sealed::new(Owner { tenant, client: id }, "note", key, text))
}

/// Erases a note; it may have been erased already.
pub async fn erase(tx: &mut Tx, tenant: TenantId, id: Uuid) -> Result<(), StoreError> {
    const SQL: &str = "DELETE FROM note WHERE tenant = $1 AND id = $2";
    on!(tx, conn => sqlx::query(SQL).bind(tenant).bind(id).execute(conn).await?.rows_affected());
    Ok(())
}

/// Wraps at most `limit` keys of notes with the current master key that a former one still wraps; returns how
/// many. The former key is no longer needed once this, and [`clients::rewrap`](crate::clients::rewrap),
/// return 0.
pub async fn rewrap(
    tx: &mut Tx,
    keys: &Keys,
    tenant: TenantId,
    limit: i64,
) -> Result<u64, StoreError> {
    const FORMER: &str = "SELECT id, key_id, wrapped FROM note
        WHERE tenant = $1 AND key_id <> $2 ORDER BY id LIMIT $3";
    const SQL: &str = "UPDATE note SET key_id = $3, wrapped = $4 WHERE tenant = $1 AND id = $2";
    let rows: Vec<(Uuid, String, Vec<u8>)> = on!(tx, conn => sqlx::query_as(FORMER)
        .bind(tenant)
        .bind(keys.current_id())
        .bind(limit)
        .fetch_all(conn)
        .await?);
    let mut count = 0;
    for (id, key_id, bytes) in rows {
        let owner = Owner { tenant, client: id };
        let data_key = keys.unwrap(owner, &Wrapped { key_id, bytes })?;
        let wrapped = keys.wrap(owner, &data_key)?;
        count += on!(tx, conn => sqlx::query(SQL)
            .bind(tenant)
            .bind(id)
            .bind(&wrapped.key_id)
            .bind(&wrapped.bytes)
            .execute(conn)
            .await?
            .rows_affected());
    }
    Ok(count)
}
