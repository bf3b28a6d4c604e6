//! The versions of each site's rulebooks (制度). A version that was activated never changes.

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::{SiteId, StoreError, TenantId, Tx, db::on};

/// A version to be added, as a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRulebook<'a> {
    /// The company.
    pub tenant: TenantId,
    /// The site.
    pub site: SiteId,
    /// Its id; what decisions cite.
    pub id: Uuid,
    /// Which rulebook.
    pub slug: &'a str,
    /// Which version of it: 1, 2, 3 .., see [`next_number`].
    pub number: i64,
    /// The whole document as TOML, everything that it extends included.
    pub document: &'a str,
    /// Its title in Chinese.
    pub title_zh: &'a str,
    /// Its title in English.
    pub title_en: &'a str,
    /// Who wrote it; none if it came with the installation.
    pub created_by: Option<Uuid>,
    /// When.
    pub created_at: DateTime<Utc>,
    /// The preset it goes back to, if it is a copy.
    pub preset: Option<&'a str>,
}

/// A version of a rulebook. The fields are those of [`NewRulebook`], and its life.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Rulebook {
    /// The company.
    pub tenant: TenantId,
    /// The site.
    pub site: SiteId,
    /// Its id.
    pub id: Uuid,
    /// Which rulebook.
    pub slug: String,
    /// Which version of it.
    pub number: i64,
    /// The whole document as TOML.
    pub document: String,
    /// SHA-256 of the document, 32 bytes.
    pub hash: Vec<u8>,
    /// Its title in Chinese.
    pub title_zh: String,
    /// Its title in English.
    pub title_en: String,
    /// Who wrote it.
    pub created_by: Option<Uuid>,
    /// When it was written.
    pub created_at: DateTime<Utc>,
    /// Who approved it.
    pub approved_by: Option<Uuid>,
    /// When it was approved.
    pub approved_at: Option<DateTime<Utc>>,
    /// From when on it rules; none while it is a draft.
    pub effective_at: Option<DateTime<Utc>>,
    /// From when on it rules no more; its own beginning where it was withdrawn before that.
    pub retired_at: Option<DateTime<Utc>>,
    /// The preset it goes back to.
    pub preset: Option<String>,
    /// How often it was written, from 1: whoever changes it says which one they saw.
    pub revision: i64,
    /// Who changed it last; nobody since it was written.
    pub changed_by: Option<Uuid>,
    /// When it was changed last.
    pub changed_at: Option<DateTime<Utc>>,
    /// Who handed it in for approval.
    pub submitted_by: Option<Uuid>,
    /// When it was handed in.
    pub submitted_at: Option<DateTime<Utc>>,
}

/// The columns of [`Rulebook`].
macro_rules! select_rulebooks {
    ($rest:literal) => {
        concat!(
            "SELECT tenant, site, id, slug, number, document, hash, title_zh, title_en, created_by, \
             created_at, approved_by, approved_at, effective_at, retired_at, preset, revision, changed_by, changed_at, \
             submitted_by, submitted_at FROM rulebook ",
            $rest
        )
    };
}

/// The number of the next version of `slug`. Two writers may get the same one; the second to [`add`] is
/// told that it is taken.
pub async fn next_number(
    tx: &mut Tx,
    tenant: TenantId,
    site: SiteId,
    slug: &str,
) -> Result<i64, StoreError> {
    const SQL: &str = "SELECT COALESCE(MAX(number), 0) + 1 FROM rulebook
        WHERE tenant = $1 AND site = $2 AND slug = $3";
    Ok(on!(tx, conn => sqlx::query_scalar(SQL)
        .bind(tenant)
        .bind(site)
        .bind(slug)
        .fetch_one(conn)
        .await?))
}

/// Adds `new` as a draft; its id, and its number within the slug, must be new.
pub async fn add(tx: &mut Tx, new: &NewRulebook<'_>) -> Result<(), StoreError> {
    const SQL: &str =
        "INSERT INTO rulebook (tenant, site, id, slug, number, document, hash, title_zh, title_en,
            created_by, created_at, preset)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT DO NOTHING";
    let added = on!(tx, conn => sqlx::query(SQL)
        .bind(new.tenant)
        .bind(new.site)
        .bind(new.id)
        .bind(new.slug)
        .bind(new.number)
        .bind(new.document)
        .bind(hash_of(new.document))
        .bind(new.title_zh)
        .bind(new.title_en)
        .bind(new.created_by)
        .bind(new.created_at)
        .bind(new.preset)
        .execute(conn)
        .await?
        .rows_affected());
    if added == 0 { Err(StoreError::Duplicate("rulebook version")) } else { Ok(()) }
}

/// What a draft says from now on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rewrite<'a> {
    /// The revision that its author saw.
    pub revision: i64,
    /// The whole document as TOML.
    pub document: &'a str,
    /// Its title in Chinese.
    pub title_zh: &'a str,
    /// Its title in English.
    pub title_en: &'a str,
    /// Who changes it.
    pub by: Option<Uuid>,
    /// When.
    pub at: DateTime<Utc>,
}

/// Replaces document and titles of a draft; what was handed in or approved must be so again.
///
/// [`StoreError::Conflict`] once it was activated, and where somebody else changed it meanwhile.
pub async fn rewrite(
    tx: &mut Tx,
    tenant: TenantId,
    id: Uuid,
    new: &Rewrite<'_>,
) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE rulebook SET document = $4, hash = $5, title_zh = $6, title_en = $7,
            revision = revision + 1, changed_by = $8, changed_at = $9,
            submitted_by = NULL, submitted_at = NULL, approved_by = NULL, approved_at = NULL
        WHERE tenant = $1 AND id = $2 AND revision = $3 AND effective_at IS NULL";
    let updated = on!(tx, conn => sqlx::query(SQL)
        .bind(tenant)
        .bind(id)
        .bind(new.revision)
        .bind(new.document)
        .bind(hash_of(new.document))
        .bind(new.title_zh)
        .bind(new.title_en)
        .bind(new.by)
        .bind(new.at)
        .execute(conn)
        .await?
        .rows_affected());
    if updated == 0 { Err(StoreError::Conflict("rulebook version")) } else { Ok(()) }
}

/// Hands a draft in for approval. [`StoreError::Conflict`] once it was activated.
pub async fn submit(
    tx: &mut Tx,
    tenant: TenantId,
    id: Uuid,
    by: Option<Uuid>,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE rulebook SET submitted_by = $3, submitted_at = $4
        WHERE tenant = $1 AND id = $2 AND effective_at IS NULL";
    let updated = on!(tx, conn => sqlx::query(SQL)
        .bind(tenant)
        .bind(id)
        .bind(by)
        .bind(at)
        .execute(conn)
        .await?
        .rows_affected());
    if updated == 0 { Err(StoreError::Conflict("rulebook version")) } else { Ok(()) }
}

/// Approves revision `revision` of a draft that was handed in; [`StoreError::Conflict`] for any other.
pub async fn approve(
    tx: &mut Tx,
    tenant: TenantId,
    id: Uuid,
    revision: i64,
    by: Option<Uuid>,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE rulebook SET approved_by = $4, approved_at = $5
        WHERE tenant = $1 AND id = $2 AND revision = $3 AND effective_at IS NULL
            AND submitted_at IS NOT NULL";
    let updated = on!(tx, conn => sqlx::query(SQL)
        .bind(tenant)
        .bind(id)
        .bind(revision)
        .bind(by)
        .bind(at)
        .execute(conn)
        .await?
        .rows_affected());
    if updated == 0 { Err(StoreError::Conflict("rulebook version")) } else { Ok(()) }
}

/// Lets a draft rule from `effective_at` on; whoever approved it before stays. [`StoreError::Conflict`] if it
/// was activated before.
pub async fn activate(
    tx: &mut Tx,
    tenant: TenantId,
    id: Uuid,
    approved_by: Option<Uuid>,
    approved_at: DateTime<Utc>,
    effective_at: DateTime<Utc>,
) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE rulebook SET effective_at = $5,
            approved_by = CASE WHEN approved_at IS NULL THEN $3 ELSE approved_by END,
            approved_at = COALESCE(approved_at, $4)
        WHERE tenant = $1 AND id = $2 AND effective_at IS NULL";
    let updated = on!(tx, conn => sqlx::query(SQL)
        .bind(tenant)
        .bind(id)
        .bind(approved_by)
        .bind(approved_at)
        .bind(effective_at)
        .execute(conn)
        .await?
        .rows_affected());
    if updated == 0 { Err(StoreError::Conflict("rulebook version")) } else { Ok(()) }
}

/// Takes a version back that does not rule yet at `now`: it never will.
/// [`StoreError::Conflict`] if it rules, was withdrawn or is a draft.
pub async fn withdraw(
    tx: &mut Tx,
    tenant: TenantId,
    id: Uuid,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE rulebook SET retired_at = effective_at
        WHERE tenant = $1 AND id = $2 AND effective_at > $3 AND retired_at IS NULL";
    let updated = on!(tx, conn => sqlx::query(SQL)
        .bind(tenant)
        .bind(id)
        .bind(now)
        .execute(conn)
        .await?
        .rows_affected());
    if updated == 0 { Err(StoreError::Conflict("rulebook version")) } else { Ok(()) }
}

/// The scenario files of a version: pairs of name and text, by name.
pub async fn scenarios(
    tx: &mut Tx,
    tenant: TenantId,
    id: Uuid,
) -> Result<Vec<(String, String)>, StoreError> {
    const SQL: &str = "SELECT file, text FROM rulebook_scenario
        WHERE tenant = $1 AND rulebook = $2 ORDER BY file";
    Ok(on!(tx, conn => sqlx::query_as(SQL).bind(tenant).bind(id).fetch_all(conn).await?))
}

/// Puts the scenario file `file` of a version in the place of what it was; no text takes it out.
pub async fn put_scenario(
    tx: &mut Tx,
    tenant: TenantId,
    id: Uuid,
    file: &str,
    text: Option<&str>,
) -> Result<(), StoreError> {
    const PUT: &str = "INSERT INTO rulebook_scenario (tenant, rulebook, file, text)
        VALUES ($1, $2, $3, $4)
        ON CONFLICT (tenant, rulebook, file) DO UPDATE SET text = excluded.text";
    const REMOVE: &str =
        "DELETE FROM rulebook_scenario WHERE tenant = $1 AND rulebook = $2 AND file = $3";
    match text {
        Some(text) => on!(tx, conn => sqlx::query(PUT)
            .bind(tenant)
            .bind(id)
            .bind(file)
            .bind(text)
            .execute(conn)
            .await?
            .rows_affected()),
        None => on!(tx, conn => sqlx::query(REMOVE)
            .bind(tenant)
            .bind(id)
            .bind(file)
            .execute(conn)
            .await?
            .rows_affected()),
    };
    Ok(())
}

/// Lets an activated version rule no more from `at` on; the first end stands.
pub async fn retire(
    tx: &mut Tx,
    tenant: TenantId,
    id: Uuid,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE rulebook SET retired_at = COALESCE(retired_at, $3)
        WHERE tenant = $1 AND id = $2 AND effective_at IS NOT NULL";
    let updated = on!(tx, conn => sqlx::query(SQL)
        .bind(tenant)
        .bind(id)
        .bind(at)
        .execute(conn)
        .await?
        .rows_affected());
    if updated == 0 { Err(StoreError::Conflict("rulebook version")) } else { Ok(()) }
}

/// The version with this id.
pub async fn get(tx: &mut Tx, tenant: TenantId, id: Uuid) -> Result<Rulebook, StoreError> {
    const SQL: &str = select_rulebooks!("WHERE tenant = $1 AND id = $2");
    let row: Option<Rulebook> =
        on!(tx, conn => sqlx::query_as(SQL).bind(tenant).bind(id).fetch_optional(conn).await?);
    row.ok_or(StoreError::NotFound("rulebook version"))
}

/// All versions of a site, by slug, the newest first.
pub async fn of_site(
    tx: &mut Tx,
    tenant: TenantId,
    site: SiteId,
) -> Result<Vec<Rulebook>, StoreError> {
    const SQL: &str =
        select_rulebooks!("WHERE tenant = $1 AND site = $2 ORDER BY slug, number DESC");
    Ok(on!(tx, conn => sqlx::query_as(SQL).bind(tenant).bind(site).fetch_all(conn).await?))
}

/// The version that rules `site` at `at`: of those in effect the one that came into effect last.
pub async fn active_at(
    tx: &mut Tx,
    tenant: TenantId,
    site: SiteId,
    at: DateTime<Utc>,
) -> Result<Option<Rulebook>, StoreError> {
    const SQL: &str = select_rulebooks!(
        "WHERE tenant = $1 AND site = $2 AND effective_at <= $3 AND (retired_at IS NULL OR retired_at > $3) \
         ORDER BY effective_at DESC, approved_at DESC, id DESC LIMIT 1"
    );
    Ok(on!(tx, conn => sqlx::query_as(SQL)
        .bind(tenant)
        .bind(site)
        .bind(at)
        .fetch_optional(conn)
        .await?))
}

/// The id of the version that rules `site` at `at`, without its document; see [`active_at`].
pub async fn active_id_at(
    tx: &mut Tx,
    tenant: TenantId,
    site: SiteId,
    at: DateTime<Utc>,
) -> Result<Option<Uuid>, StoreError> {
    const SQL: &str = "SELECT id FROM rulebook
        WHERE tenant = $1 AND site = $2 AND effective_at <= $3 AND (retired_at IS NULL OR retired_at > $3)
        ORDER BY effective_at DESC, approved_at DESC, id DESC LIMIT 1";
    Ok(on!(tx, conn => sqlx::query_scalar(SQL)
        .bind(tenant)
        .bind(site)
        .bind(at)
        .fetch_optional(conn)
        .await?))
}

fn hash_of(document: &str) -> Vec<u8> {
    Sha256::digest(document.as_bytes()).to_vec()
}
