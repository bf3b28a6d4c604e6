//! Who a client is: sealing it, and making it findable.

use uuid::Uuid;

use super::terms::{TERMS_MAX, telephone_hash, terms_of};
use crate::{
    Keys, SiteId, StoreError, TenantId, Tx,
    db::on,
    keys::{Owner, Secret, Wrapped, new_data_key},
    sealed::seal,
};

/// Who a client is, as the caller wrote it down. Pinyin is the caller's, because one name may have several
/// readings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Identity<'a> {
    /// The name.
    pub name: &'a str,
    /// Each reading of the name in pinyin, syllables apart: `wang xiao ming`.
    pub pinyin: &'a [String],
    /// The initials of each reading: `wxm`.
    pub initials: &'a [String],
    /// The company that the client comes from.
    pub company: Option<&'a str>,
    /// The number plate of the client's car.
    pub plate: Option<&'a str>,
    /// The telephones in E.164 (`+8613800001234`), the most used first.
    pub telephones: &'a [String],
}

/// Replaces who the client is. [`StoreError::Erased`] after it was erased.
pub async fn identify(
    tx: &mut Tx,
    keys: &Keys,
    tenant: TenantId,
    id: Uuid,
    identity: &Identity<'_>,
) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE client SET name = $3, company = $4, plate = $5
        WHERE tenant = $1 AND id = $2 RETURNING site";
    let owner = Owner { tenant, client: id };
    let key = data_key(tx, keys, owner).await?;
    let sealed =
        |field, text: Option<&str>| text.map(|text| seal(&key, owner, field, text)).transpose();
    let name = seal(&key, owner, "name", identity.name)?;
    let (company, plate) = (sealed("company", identity.company)?, sealed("plate", identity.plate)?);
    let site: Option<SiteId> = on!(tx, conn => sqlx::query_scalar(SQL)
        .bind(tenant)
        .bind(id)
        .bind(&name)
        .bind(&company)
        .bind(&plate)
        .fetch_optional(conn)
        .await?);
    let site = site.ok_or(StoreError::NotFound("client"))?;
    replace_telephones(tx, keys, &key, owner, site, identity.telephones).await?;
    replace_terms(tx, keys, owner, site, identity).await
}

async fn replace_telephones(
    tx: &mut Tx,
    keys: &Keys,
    key: &Secret,
    owner: Owner,
    site: SiteId,
    telephones: &[String],
) -> Result<(), StoreError> {
    const CLEAR: &str = "DELETE FROM client_telephone WHERE tenant = $1 AND client = $2";
    const SQL: &str =
        "INSERT INTO client_telephone (tenant, site, client, rank, number, whole, last8, last4)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    on!(tx, conn => sqlx::query(CLEAR)
        .bind(owner.tenant)
        .bind(owner.client)
        .execute(conn)
        .await?
        .rows_affected());
    for (rank, telephone) in (1_i64..).zip(telephones) {
        let number = seal(key, owner, "telephone", telephone)?;
        let hash = |sort| telephone_hash(keys, owner.tenant, sort, telephone);
        on!(tx, conn => sqlx::query(SQL)
            .bind(owner.tenant)
            .bind(site)
            .bind(owner.client)
            .bind(rank)
            .bind(&number)
            .bind(hash(super::Telephone::Whole(telephone)))
            .bind(hash(super::Telephone::Last8(telephone)))
            .bind(hash(super::Telephone::Last4(telephone)))
            .execute(conn)
            .await?
            .rows_affected());
    }
    Ok(())
}

async fn replace_terms(
    tx: &mut Tx,
    keys: &Keys,
    owner: Owner,
    site: SiteId,
    identity: &Identity<'_>,
) -> Result<(), StoreError> {
    const CLEAR: &str = "DELETE FROM client_term WHERE tenant = $1 AND client = $2";
    const SQL: &str = "INSERT INTO client_term (tenant, site, term, client) ";
    on!(tx, conn => sqlx::query(CLEAR)
        .bind(owner.tenant)
        .bind(owner.client)
        .execute(conn)
        .await?
        .rows_affected());
    let terms = terms_of(keys, owner.tenant, site, identity);
    // One statement for all: there are some forty of them.
    for terms in terms.chunks(TERMS_MAX) {
        on!(tx, conn => sqlx::QueryBuilder::new(SQL)
            .push_values(terms, |mut row, term| {
                row.push_bind(owner.tenant).push_bind(site).push_bind(*term).push_bind(owner.client);
            })
            .build()
            .execute(conn)
            .await?
            .rows_affected());
    }
    Ok(())
}

/// Makes a data key for a new client.
pub(super) async fn add_key(
    tx: &mut Tx,
    keys: &Keys,
    tenant: TenantId,
    client: Uuid,
) -> Result<(), StoreError> {
    const SQL: &str =
        "INSERT INTO client_key (tenant, client, key_id, wrapped) VALUES ($1, $2, $3, $4)";
    let wrapped = keys.wrap(Owner { tenant, client }, &new_data_key()?)?;
    on!(tx, conn => sqlx::query(SQL)
        .bind(tenant)
        .bind(client)
        .bind(&wrapped.key_id)
        .bind(&wrapped.bytes)
        .execute(conn)
        .await?
        .rows_affected());
    Ok(())
}

async fn data_key(tx: &mut Tx, keys: &Keys, owner: Owner) -> Result<Secret, StoreError> {
    const SQL: &str = "SELECT key_id, wrapped FROM client_key WHERE tenant = $1 AND client = $2";
    const EXISTS: &str = "SELECT COUNT(*) FROM client WHERE tenant = $1 AND id = $2";
    let row: Option<(String, Vec<u8>)> = on!(tx, conn => sqlx::query_as(SQL)
        .bind(owner.tenant)
        .bind(owner.client)
        .fetch_optional(conn)
        .await?);
    if let Some((key_id, bytes)) = row {
        return keys.unwrap(owner, &Wrapped { key_id, bytes });
    }
    let count: i64 = on!(tx, conn => sqlx::query_scalar(EXISTS)
        .bind(owner.tenant)
        .bind(owner.client)
        .fetch_one(conn)
        .await?);
    Err(if count == 0 { StoreError::NotFound("client") } else { StoreError::Erased })
}

/// Wraps at most `limit` data keys with the current master key that a former one still wraps; returns how
/// many. The former key is no longer needed once this returns 0.
pub async fn rewrap(
    tx: &mut Tx,
    keys: &Keys,
    tenant: TenantId,
    limit: i64,
) -> Result<u64, StoreError> {
    const FORMER: &str = "SELECT client, key_id, wrapped FROM client_key
        WHERE tenant = $1 AND key_id <> $2 ORDER BY client LIMIT $3";
    const SQL: &str = "UPDATE client_key SET key_id = $3, wrapped = $4
        WHERE tenant = $1 AND client = $2";
    let rows: Vec<(Uuid, String, Vec<u8>)> = on!(tx, conn => sqlx::query_as(FORMER)
        .bind(tenant)
        .bind(keys.current_id())
        .bind(limit)
        .fetch_all(conn)
        .await?);
    let mut count = 0;
    for (client, key_id, bytes) in rows {
        let owner = Owner { tenant, client };
        let data_key = keys.unwrap(owner, &Wrapped { key_id, bytes })?;
        let wrapped = keys.wrap(owner, &data_key)?;
        count += on!(tx, conn => sqlx::query(SQL)
            .bind(tenant)
            .bind(client)
            .bind(&wrapped.key_id)
            .bind(&wrapped.bytes)
            .execute(conn)
            .await?
            .rows_affected());
    }
    Ok(count)
}
