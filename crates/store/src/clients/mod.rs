//! Clients (客户): whose they are, and who they are, sealed.

mod bulk;
mod find;
mod identity;
mod list;
mod merge;
mod terms;
mod ties;

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

pub use bulk::{Marks, NewClient, Ready, add, add_all, ready};
pub use find::{Telephone, find_by_part, find_by_telephone, known_telephones};
pub use identity::{Identity, identify, rewrap};
pub use list::{Filter, Order, Place, Whose, list, places};
pub use merge::{merge, merged_into, unmerge};
pub use ties::{Tie, tie, ties, untie};

use crate::{
    Sealed, SiteId, StoreError, TenantId, Tx,
    db::on,
    keys::{Owner, Wrapped},
};

/// A client.
#[derive(Debug, Clone)]
pub struct Client {
    /// The company.
    pub tenant: TenantId,
    /// The site.
    pub site: SiteId,
    /// The id.
    pub id: Uuid,
    /// The name.
    pub name: Sealed<String>,
    /// The company that the client comes from.
    pub company: Option<Sealed<String>>,
    /// The number plate of the client's car.
    pub plate: Option<Sealed<String>>,
    /// The telephones, in E.164, the most used first.
    pub telephones: Vec<Sealed<String>>,
    /// Whatever else is known, in the caller's format.
    pub details: Option<Sealed<String>>,
    /// A person, household or company, as the caller spells it.
    pub kind: String,
    /// The grade of intention.
    pub grade: Option<String>,
    /// Where the client comes from.
    pub source: Option<String>,
    /// When somebody was last in contact.
    pub last_contact_at: Option<DateTime<Utc>>,
    /// The last day on which the client is the owner's, as of the last change.
    pub lapses_on: Option<NaiveDate>,
    /// The record that this one turned out to be.
    pub merged_into: Option<Uuid>,
    /// Whose client it is, if anybody's.
    pub owner: Option<Uuid>,
    /// Since when.
    pub owner_since: Option<DateTime<Utc>>,
    /// Whether there was a closing.
    pub closed: bool,
    /// When it was entered here.
    pub created_at: DateTime<Utc>,
    /// When the registration became valid.
    pub registered_at: Option<DateTime<Utc>>,
    /// When it was erased, if it was.
    pub erased_at: Option<DateTime<Utc>>,
}

/// A client as the database has it, with its key.
#[derive(Debug, sqlx::FromRow)]
struct ClientRow {
    tenant: TenantId,
    site: SiteId,
    id: Uuid,
    name: Vec<u8>,
    company: Option<Vec<u8>>,
    plate: Option<Vec<u8>>,
    details: Option<Vec<u8>>,
    kind: String,
    grade: Option<String>,
    source: Option<String>,
    last_contact_at: Option<DateTime<Utc>>,
    lapses_on: Option<NaiveDate>,
    merged_into: Option<Uuid>,
    owner: Option<Uuid>,
    owner_since: Option<DateTime<Utc>>,
    closed: bool,
    created_at: DateTime<Utc>,
    registered_at: Option<DateTime<Utc>>,
    erased_at: Option<DateTime<Utc>>,
    key_id: Option<String>,
    wrapped: Option<Vec<u8>>,
}

impl ClientRow {
    fn into_client(self, telephones: Vec<Vec<u8>>) -> Client {
        let owner = Owner { tenant: self.tenant, client: self.id };
        let key = match (self.key_id, self.wrapped) {
            (Some(key_id), Some(bytes)) => Some(Arc::new(Wrapped { key_id, bytes })),
            _ => None,
        };
        let sealed = |field, bytes| Sealed::new(owner, field, key.clone(), bytes);
        Client {
            tenant: self.tenant,
            site: self.site,
            id: self.id,
            name: sealed("name", self.name),
            company: self.company.map(|bytes| sealed("company", bytes)),
            plate: self.plate.map(|bytes| sealed("plate", bytes)),
            details: self.details.map(|bytes| sealed("details", bytes)),
            kind: self.kind,
            grade: self.grade,
            source: self.source,
            last_contact_at: self.last_contact_at,
            lapses_on: self.lapses_on,
            merged_into: self.merged_into,
            telephones: telephones.into_iter().map(|bytes| sealed("telephone", bytes)).collect(),
            owner: self.owner,
            owner_since: self.owner_since,
            closed: self.closed,
            created_at: self.created_at,
            registered_at: self.registered_at,
            erased_at: self.erased_at,
        }
    }
}

/// The columns of [`ClientRow`]; the literal goes on after `FROM`, and names the tables `c` and `k`.
macro_rules! select_clients {
    ($rest:literal) => {
        concat!(
            "SELECT c.tenant, c.site, c.id, c.name, c.company, c.plate, c.details, c.kind, c.grade, c.source, \
             c.last_contact_at, c.lapses_on, c.merged_into, c.owner, c.owner_since, c.closed, c.created_at, \
             c.registered_at, c.erased_at, k.key_id, k.wrapped FROM ",
            $rest
        )
    };
}
use select_clients;

/// The client with this id.
pub async fn get(tx: &mut Tx, tenant: TenantId, id: Uuid) -> Result<Client, StoreError> {
    const SQL: &str = select_clients!(
        "client c LEFT JOIN client_key k ON k.tenant = c.tenant AND k.client = c.id \
         WHERE c.tenant = $1 AND c.id = $2"
    );
    let row: Option<ClientRow> =
        on!(tx, conn => sqlx::query_as(SQL).bind(tenant).bind(id).fetch_optional(conn).await?);
    with_telephones(tx, row.ok_or(StoreError::NotFound("client"))?).await
}

/// At most `limit` clients of `site` with ids smaller than `before`, if given; the newest first.
pub async fn of_site(
    tx: &mut Tx,
    tenant: TenantId,
    site: SiteId,
    before: Option<Uuid>,
    limit: i64,
) -> Result<Vec<Client>, StoreError> {
    const SQL: &str = select_clients!(
        "client c LEFT JOIN client_key k ON k.tenant = c.tenant AND k.client = c.id \
         WHERE c.tenant = $1 AND c.site = $2 AND c.id < $3 AND c.merged_into IS NULL ORDER BY c.id DESC LIMIT $4"
    );
    let rows: Vec<ClientRow> = on!(tx, conn => sqlx::query_as(SQL)
        .bind(tenant)
        .bind(site)
        .bind(before.unwrap_or(Uuid::max()))
        .bind(limit)
        .fetch_all(conn)
        .await?);
    all_with_telephones(tx, rows).await
}

/// At most `limit` clients of `owner`, the newest first.
pub async fn of_owner(
    tx: &mut Tx,
    tenant: TenantId,
    owner: Uuid,
    limit: i64,
) -> Result<Vec<Client>, StoreError> {
    const SQL: &str = select_clients!(
        "client c LEFT JOIN client_key k ON k.tenant = c.tenant AND k.client = c.id \
         WHERE c.tenant = $1 AND c.owner = $2 ORDER BY c.id DESC LIMIT $3"
    );
    let rows: Vec<ClientRow> = on!(tx, conn => sqlx::query_as(SQL)
        .bind(tenant)
        .bind(owner)
        .bind(limit)
        .fetch_all(conn)
        .await?);
    all_with_telephones(tx, rows).await
}

async fn all_with_telephones(tx: &mut Tx, rows: Vec<ClientRow>) -> Result<Vec<Client>, StoreError> {
    let mut clients = Vec::with_capacity(rows.len());
    for row in rows {
        clients.push(with_telephones(tx, row).await?);
    }
    Ok(clients)
}

async fn with_telephones(tx: &mut Tx, row: ClientRow) -> Result<Client, StoreError> {
    const SQL: &str =
        "SELECT number FROM client_telephone WHERE tenant = $1 AND client = $2 ORDER BY rank";
    let telephones: Vec<Vec<u8>> = on!(tx, conn => sqlx::query_scalar(SQL)
        .bind(row.tenant)
        .bind(row.id)
        .fetch_all(conn)
        .await?);
    Ok(row.into_client(telephones))
}

/// Makes `owner` the owner from `since` on, or nobody.
pub async fn set_owner(
    tx: &mut Tx,
    tenant: TenantId,
    id: Uuid,
    owner: Option<Uuid>,
    since: DateTime<Utc>,
) -> Result<(), StoreError> {
    const SQL: &str =
        "UPDATE client SET owner = $3, owner_since = $4 WHERE tenant = $1 AND id = $2";
    let updated = on!(tx, conn => sqlx::query(SQL)
        .bind(tenant)
        .bind(id)
        .bind(owner)
        .bind(owner.is_some().then_some(since))
        .execute(conn)
        .await?
        .rows_affected());
    if updated == 0 { Err(StoreError::NotFound("client")) } else { Ok(()) }
}

/// Notes whether there was a closing.
pub async fn set_closed(
    tx: &mut Tx,
    tenant: TenantId,
    id: Uuid,
    closed: bool,
) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE client SET closed = $3 WHERE tenant = $1 AND id = $2";
    let updated = on!(tx, conn => sqlx::query(SQL)
        .bind(tenant)
        .bind(id)
        .bind(closed)
        .execute(conn)
        .await?
        .rows_affected());
    if updated == 0 { Err(StoreError::NotFound("client")) } else { Ok(()) }
}

/// Notes when the registration became valid; the first time stands.
pub async fn set_registered(
    tx: &mut Tx,
    tenant: TenantId,
    id: Uuid,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE client SET registered_at = COALESCE(registered_at, $3)
        WHERE tenant = $1 AND id = $2";
    let updated = on!(tx, conn => sqlx::query(SQL)
        .bind(tenant)
        .bind(id)
        .bind(at)
        .execute(conn)
        .await?
        .rows_affected());
    if updated == 0 { Err(StoreError::NotFound("client")) } else { Ok(()) }
}

/// Erases who the client is: destroys its key, telephones and terms. Id, ownership and journal stay.
/// Backups must be wiped of the key apart.
pub async fn erase(
    tx: &mut Tx,
    tenant: TenantId,
    id: Uuid,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    const MARK: &str =
        "UPDATE client SET erased_at = COALESCE(erased_at, $3), details = NULL, terms = $4
        WHERE tenant = $1 AND id = $2";
    const KEY: &str = "DELETE FROM client_key WHERE tenant = $1 AND client = $2";
    const NO_TERMS: &[u8] = &[];
    identity::forget(tx, tenant, id).await?;
    on!(tx, conn => sqlx::query(MARK)
        .bind(tenant)
        .bind(id)
        .bind(at)
        .bind(NO_TERMS)
        .execute(conn)
        .await?
        .rows_affected());
    on!(tx, conn => sqlx::query(KEY).bind(tenant).bind(id).execute(conn).await?.rows_affected());
    Ok(())
}

/// Files the client under the kind, grade and source of `marks`.
pub async fn mark(
    tx: &mut Tx,
    tenant: TenantId,
    id: Uuid,
    marks: &Marks,
) -> Result<(), StoreError> {
    const SQL: &str =
        "UPDATE client SET kind = $3, grade = $4, source = $5 WHERE tenant = $1 AND id = $2";
    let updated = on!(tx, conn => sqlx::query(SQL)
        .bind(tenant)
        .bind(id)
        .bind(marks.kind)
        .bind(marks.grade)
        .bind(marks.source)
        .execute(conn)
        .await?
        .rows_affected());
    if updated == 0 { Err(StoreError::NotFound("client")) } else { Ok(()) }
}

/// Notes the last day of the owner's right, and when somebody was last in contact.
pub async fn set_term(
    tx: &mut Tx,
    tenant: TenantId,
    id: Uuid,
    lapses_on: Option<NaiveDate>,
    last_contact_at: Option<DateTime<Utc>>,
) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE client SET lapses_on = $3, last_contact_at = $4
        WHERE tenant = $1 AND id = $2";
    let updated = on!(tx, conn => sqlx::query(SQL)
        .bind(tenant)
        .bind(id)
        .bind(lapses_on)
        .bind(last_contact_at)
        .execute(conn)
        .await?
        .rows_affected());
    if updated == 0 { Err(StoreError::NotFound("client")) } else { Ok(()) }
}
