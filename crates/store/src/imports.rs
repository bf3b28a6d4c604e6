//! Files of clients on their way in: how far each is, and its rows, sealed, part by part.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    Keys, SiteId, StoreError, TenantId, Tx,
    db::on,
    keys::{self, Owner, Wrapped, new_data_key},
};

/// A file on its way in.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Import {
    /// The company.
    pub tenant: TenantId,
    /// The site whose clients they will be.
    pub site: SiteId,
    /// Its id.
    pub id: Uuid,
    /// The name of the file.
    pub file: String,
    /// A hash of its content, once it was read completely.
    pub digest: Option<Vec<u8>>,
    /// How far it is, as the caller spells it.
    pub stage: String,
    /// What is to be done with it, JSON.
    pub plan: String,
    /// How many rows it has.
    pub rows_count: i64,
    /// How many of them this stage is through with.
    pub done_count: i64,
    /// How many can be written.
    pub good_count: i64,
    /// How many cannot.
    pub bad_count: i64,
    /// How many are clients who are here already.
    pub known_count: i64,
    /// How many were written.
    pub written_count: i64,
    /// Who began it; nobody for the command line.
    pub started_by: Option<Uuid>,
    /// When.
    pub started_at: DateTime<Utc>,
    /// When it last moved.
    pub changed_at: DateTime<Utc>,
    /// Why it stopped, if it did.
    pub last_error: Option<String>,
}

/// Some rows of an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its place in the file, from 1.
    pub part: i64,
    /// How far it is, as the caller spells it.
    pub stage: String,
    /// Its rows, in the caller's format; gone once they were written.
    pub content: Option<String>,
    /// What is wrong with some, in the caller's format.
    pub faults: Option<String>,
}

macro_rules! select_imports {
    ($rest:literal) => {
        concat!(
            "SELECT tenant, site, id, file, digest, stage, plan, rows_count, done_count, good_count, \
             bad_count, known_count, written_count, started_by, started_at, changed_at, last_error \
             FROM client_import ",
            $rest
        )
    };
}

/// Adds `import`; its id must be new.
pub async fn add(tx: &mut Tx, import: &Import) -> Result<(), StoreError> {
    const SQL: &str =
        "INSERT INTO client_import (tenant, site, id, file, digest, stage, plan, rows_count, done_count,
            good_count, bad_count, known_count, written_count, started_by, started_at, changed_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0, 0, 0, 0, $9, $10, $10) ON CONFLICT DO NOTHING";
    let added = on!(tx, conn => sqlx::query(SQL)
        .bind(import.tenant)
        .bind(import.site)
        .bind(import.id)
        .bind(&import.file)
        .bind(&import.digest)
        .bind(&import.stage)
        .bind(&import.plan)
        .bind(import.rows_count)
        .bind(import.started_by)
        .bind(import.started_at)
        .execute(conn)
        .await?
        .rows_affected());
    if added == 0 { Err(StoreError::Duplicate("import")) } else { Ok(()) }
}

/// Saves how far `import` is. [`StoreError::Conflict`] if it is no longer in the stage `from`.
pub async fn save(tx: &mut Tx, import: &Import, from: &str) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE client_import SET digest = $4, stage = $5, plan = $6, rows_count = $7,
            done_count = $8, good_count = $9, bad_count = $10, known_count = $11, written_count = $12,
            changed_at = $13, last_error = $14
        WHERE tenant = $1 AND id = $2 AND stage = $3";
    let saved = on!(tx, conn => sqlx::query(SQL)
        .bind(import.tenant)
        .bind(import.id)
        .bind(from)
        .bind(&import.digest)
        .bind(&import.stage)
        .bind(&import.plan)
        .bind(import.rows_count)
        .bind(import.done_count)
        .bind(import.good_count)
        .bind(import.bad_count)
        .bind(import.known_count)
        .bind(import.written_count)
        .bind(import.changed_at)
        .bind(&import.last_error)
        .execute(conn)
        .await?
        .rows_affected());
    if saved == 0 { Err(StoreError::Conflict("import")) } else { Ok(()) }
}

/// The import with this id.
pub async fn get(tx: &mut Tx, tenant: TenantId, id: Uuid) -> Result<Import, StoreError> {
    const SQL: &str = select_imports!("WHERE tenant = $1 AND id = $2");
    let row: Option<Import> =
        on!(tx, conn => sqlx::query_as(SQL).bind(tenant).bind(id).fetch_optional(conn).await?);
    row.ok_or(StoreError::NotFound("import"))
}

/// The last `limit` imports of `site`, the newest first.
pub async fn of_site(
    tx: &mut Tx,
    tenant: TenantId,
    site: SiteId,
    limit: i64,
) -> Result<Vec<Import>, StoreError> {
    const SQL: &str = select_imports!(
        "WHERE tenant = $1 AND site = $2 ORDER BY started_at DESC, id DESC LIMIT $3"
    );
    Ok(
        on!(tx, conn => sqlx::query_as(SQL).bind(tenant).bind(site).bind(limit).fetch_all(conn).await?),
    )
}

/// Adds a part of the import `id`, or replaces what it says.
pub async fn put_part(
    tx: &mut Tx,
    keys: &Keys,
    tenant: TenantId,
    id: Uuid,
    part: &Part,
) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO client_import_part
            (tenant, import, part, stage, key_id, wrapped, content, faults)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (tenant, import, part) DO UPDATE SET stage = excluded.stage, key_id = excluded.key_id,
            wrapped = excluded.wrapped, content = excluded.content, faults = excluded.faults";
    let owner = Owner { tenant, client: id };
    let key = new_data_key()?;
    let wrapped = keys.wrap(owner, &key)?;
    let sealed = |what: &str, text: &Option<String>| {
        let context = owner.context(&format!("{what} {}", part.part));
        text.as_ref().map(|text| keys::seal(&key, &context, text.as_bytes())).transpose()
    };
    let (content, faults) = (sealed("rows", &part.content)?, sealed("faults", &part.faults)?);
    on!(tx, conn => sqlx::query(SQL)
        .bind(tenant)
        .bind(id)
        .bind(part.part)
        .bind(&part.stage)
        .bind(&wrapped.key_id)
        .bind(&wrapped.bytes)
        .bind(&content)
        .bind(&faults)
        .execute(conn)
        .await?
        .rows_affected());
    Ok(())
}

/// The next `limit` parts of the import `id` that are in `stage`, after the part `after`.
pub async fn parts(
    tx: &mut Tx,
    keys: &Keys,
    tenant: TenantId,
    id: Uuid,
    stage: &str,
    after: i64,
    limit: i64,
) -> Result<Vec<Part>, StoreError> {
    const SQL: &str = "SELECT part, key_id, wrapped, content, faults FROM client_import_part
        WHERE tenant = $1 AND import = $2 AND stage = $3 AND part > $4 ORDER BY part LIMIT $5";
    type Row = (i64, String, Vec<u8>, Option<Vec<u8>>, Option<Vec<u8>>);
    let rows: Vec<Row> = on!(tx, conn => sqlx::query_as(SQL)
        .bind(tenant)
        .bind(id)
        .bind(stage)
        .bind(after)
        .bind(limit)
        .fetch_all(conn)
        .await?);
    let owner = Owner { tenant, client: id };
    let open = |(part, key_id, wrapped, content, faults): Row| {
        let key = keys.unwrap(owner, &Wrapped { key_id, bytes: wrapped })?;
        let opened = |what: &str, bytes: Option<Vec<u8>>| {
            let context = owner.context(&format!("{what} {part}"));
            let text = bytes.map(|bytes| keys::open(&key, &context, &bytes)).transpose()?;
            let text = text.map(|text| String::from_utf8(text.to_vec()));
            text.transpose().map_err(|_| StoreError::Unopenable)
        };
        let (content, faults) = (opened("rows", content)?, opened("faults", faults)?);
        Ok(Part { part, stage: stage.to_owned(), content, faults })
    };
    rows.into_iter().map(open).collect()
}

/// Forgets the rows of the import `id`, and what was wrong with them.
pub async fn drop_parts(tx: &mut Tx, tenant: TenantId, id: Uuid) -> Result<(), StoreError> {
    const SQL: &str = "DELETE FROM client_import_part WHERE tenant = $1 AND import = $2";
    on!(tx, conn => sqlx::query(SQL).bind(tenant).bind(id).execute(conn).await?.rows_affected());
    Ok(())
}

/// Sets all parts of the import `id` that are in the stage `from` to the stage `to`.
pub async fn move_parts(
    tx: &mut Tx,
    tenant: TenantId,
    id: Uuid,
    from: &str,
    to: &str,
) -> Result<(), StoreError> {
    const SQL: &str =
        "UPDATE client_import_part SET stage = $4 WHERE tenant = $1 AND import = $2 AND stage = $3";
    on!(tx, conn => sqlx::query(SQL).bind(tenant).bind(id).bind(from).bind(to).execute(conn).await?.rows_affected());
    Ok(())
}
