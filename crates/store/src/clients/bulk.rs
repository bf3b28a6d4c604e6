//! Writing new clients, many in one go: sealed beforehand, each table in one statement after another.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::identity::{Identity, Prepared, packed, prepare};
use crate::{
    Keys, SiteId, StoreError, TenantId, Tx,
    db::on,
    keys::{Owner, Wrapped, new_data_key},
};

/// How many rows go into one statement. SQLite takes 32766 values, PostgreSQL 65535.
const ROWS_MAX: usize = 500;

/// A client to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewClient<'a> {
    /// The company.
    pub tenant: TenantId,
    /// The site.
    pub site: SiteId,
    /// The id. Ids of version 7 sort by time, which [`find_by_part`](super::find_by_part) relies on.
    pub id: Uuid,
    /// Who it is.
    pub identity: Identity<'a>,
    /// What it is filed under.
    pub marks: Marks,
    /// Whose client it is, if anybody's.
    pub owner: Option<Uuid>,
    /// Since when.
    pub owner_since: Option<DateTime<Utc>>,
    /// Whether there was a closing (成交客户).
    pub closed: bool,
    /// When it was entered here.
    pub created_at: DateTime<Utc>,
    /// When the registration became valid (有效登记).
    pub registered_at: Option<DateTime<Utc>>,
}

/// What a client is filed under: words, never free text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marks {
    /// A person, household or company, as the caller spells it.
    pub kind: &'static str,
    /// The grade of intention.
    pub grade: Option<&'static str>,
    /// Where the client comes from.
    pub source: Option<&'static str>,
    /// When somebody was last in contact.
    pub last_contact_at: Option<DateTime<Utc>>,
    /// The last day on which the client is the owner's.
    pub lapses_on: Option<NaiveDate>,
}

impl Default for Marks {
    fn default() -> Self {
        Self { kind: "person", grade: None, source: None, last_contact_at: None, lapses_on: None }
    }
}

/// A client that is sealed and hashed, with a key of its own, ready for [`add_all`].
#[derive(Debug)]
pub struct Ready {
    /// The id.
    pub id: Uuid,
    marks: Marks,
    owner: Option<Uuid>,
    owner_since: Option<DateTime<Utc>>,
    closed: bool,
    created_at: DateTime<Utc>,
    registered_at: Option<DateTime<Utc>>,
    wrapped: Wrapped,
    prepared: Prepared,
}

/// Seals `new` with a key of its own. Takes some hundred microseconds, and no database.
pub fn ready(keys: &Keys, new: &NewClient<'_>) -> Result<Ready, StoreError> {
    let owner = Owner { tenant: new.tenant, client: new.id };
    let key = new_data_key()?;
    Ok(Ready {
        id: new.id,
        marks: new.marks,
        owner: new.owner,
        owner_since: new.owner_since,
        closed: new.closed,
        created_at: new.created_at,
        registered_at: new.registered_at,
        wrapped: keys.wrap(owner, &key)?,
        prepared: prepare(keys, &key, owner, new.site, &new.identity)?,
    })
}

/// Adds `new` with a key of its own; its id must be new.
pub async fn add(tx: &mut Tx, keys: &Keys, new: &NewClient<'_>) -> Result<(), StoreError> {
    add_all(tx, &[ready(keys, new)?]).await
}

/// Adds all of `clients`; their ids must be new.
pub async fn add_all<'a>(
    tx: &mut Tx,
    clients: impl IntoIterator<Item = &'a Ready>,
) -> Result<(), StoreError> {
    const CLIENTS: &str = "INSERT INTO client (tenant, site, id, name, company, plate, details, terms, kind, grade,
        source, last_contact_at, lapses_on, owner, owner_since, closed, created_at, registered_at) ";
    const KEYS: &str = "INSERT INTO client_key (tenant, client, key_id, wrapped) ";
    let clients: Vec<&Ready> = clients.into_iter().collect();
    for some in clients.chunks(ROWS_MAX) {
        let added = on!(tx, conn => sqlx::QueryBuilder::new(CLIENTS)
            .push_values(some, |mut row, new| {
                let prepared = &new.prepared;
                row.push_bind(prepared.owner.tenant)
                    .push_bind(prepared.site)
                    .push_bind(new.id)
                    .push_bind(&prepared.name)
                    .push_bind(&prepared.company)
                    .push_bind(&prepared.plate)
                    .push_bind(&prepared.details)
                    .push_bind(packed(&prepared.terms))
                    .push_bind(new.marks.kind)
                    .push_bind(new.marks.grade)
                    .push_bind(new.marks.source)
                    .push_bind(new.marks.last_contact_at)
                    .push_bind(new.marks.lapses_on)
                    .push_bind(new.owner)
                    .push_bind(new.owner_since)
                    .push_bind(new.closed)
                    .push_bind(new.created_at)
                    .push_bind(new.registered_at);
            })
            .push(" ON CONFLICT DO NOTHING")
            .build()
            .execute(conn)
            .await?
            .rows_affected());
        if added != some.len() as u64 {
            return Err(StoreError::Duplicate("client"));
        }
        on!(tx, conn => sqlx::QueryBuilder::new(KEYS)
            .push_values(some, |mut row, new| {
                row.push_bind(new.prepared.owner.tenant)
                    .push_bind(new.id)
                    .push_bind(&new.wrapped.key_id)
                    .push_bind(&new.wrapped.bytes);
            })
            .build()
            .execute(conn)
            .await?
            .rows_affected());
    }
    let prepared: Vec<&Prepared> = clients.iter().map(|client| &client.prepared).collect();
    add_telephones_and_terms(tx, &prepared).await
}

/// Makes clients findable by their telephones and by the parts of what they are called.
pub(super) async fn add_telephones_and_terms(
    tx: &mut Tx,
    clients: &[&Prepared],
) -> Result<(), StoreError> {
    const TELEPHONES: &str = "INSERT INTO client_telephone
        (tenant, site, client, rank, number, whole, last8, last4) ";
    const TERMS: &str = "INSERT INTO client_term (tenant, site, term, client) ";
    let telephones: Vec<_> = clients
        .iter()
        .flat_map(|client| client.telephones.iter().map(move |telephone| (client, telephone)))
        .collect();
    for some in telephones.chunks(ROWS_MAX) {
        on!(tx, conn => sqlx::QueryBuilder::new(TELEPHONES)
            .push_values(some, |mut row, (client, telephone)| {
                let [whole, last8, last4] = &telephone.hashes;
                row.push_bind(client.owner.tenant)
                    .push_bind(client.site)
                    .push_bind(client.owner.client)
                    .push_bind(telephone.rank)
                    .push_bind(&telephone.number)
                    .push_bind(whole)
                    .push_bind(last8)
                    .push_bind(last4);
            })
            .build()
            .execute(conn)
            .await?
            .rows_affected());
    }
    let mut terms: Vec<(i64, &Prepared)> = clients
        .iter()
        .flat_map(|client| client.terms.iter().map(move |term| (*term, *client)))
        .collect();
    // In the order of the table: each of its pages is touched once.
    terms.sort_unstable_by_key(|(term, client)| (*term, client.owner.client));
    for some in terms.chunks(ROWS_MAX) {
        on!(tx, conn => sqlx::QueryBuilder::new(TERMS)
            .push_values(some, |mut row, (term, client)| {
                row.push_bind(client.owner.tenant)
                    .push_bind(client.site)
                    .push_bind(*term)
                    .push_bind(client.owner.client);
            })
            .build()
            .execute(conn)
            .await?
            .rows_affected());
    }
    Ok(())
}
