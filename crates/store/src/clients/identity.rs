//! Who a client is: sealing it, and making it findable.

use uuid::Uuid;

use super::{
    Telephone, bulk,
    terms::{telephone_hash, terms_of},
};
use crate::{
    Keys, SiteId, StoreError, TenantId, Tx,
    db::on,
    keys::{Owner, Secret, Wrapped},
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
    /// Whatever else is known, in the caller's format; nobody is found by it.
    pub details: Option<&'a str>,
}

/// A client sealed and hashed, ready to be written: all that needs keys and no database.
#[derive(Debug)]
pub struct Prepared {
    pub(super) owner: Owner,
    pub(super) site: SiteId,
    pub(super) name: Vec<u8>,
    pub(super) company: Option<Vec<u8>>,
    pub(super) plate: Option<Vec<u8>>,
    pub(super) details: Option<Vec<u8>>,
    pub(super) telephones: Vec<SealedTelephone>,
    pub(super) terms: Vec<i64>,
}

/// A telephone, sealed, with the hashes that it is found by.
#[derive(Debug)]
pub(super) struct SealedTelephone {
    pub(super) rank: i64,
    pub(super) number: Vec<u8>,
    /// Of the whole number, its last eight and its last four digits.
    pub(super) hashes: [Vec<u8>; 3],
}

/// Seals `identity` with the data key `key` of `owner`.
pub(super) fn prepare(
    keys: &Keys,
    key: &Secret,
    owner: Owner,
    site: SiteId,
    identity: &Identity<'_>,
) -> Result<Prepared, StoreError> {
    let sealed =
        |field, text: Option<&str>| text.map(|text| seal(key, owner, field, text)).transpose();
    let telephone = |(rank, telephone): (i64, &String)| {
        let hash = |by| telephone_hash(keys, owner.tenant, by, telephone);
        let hashes = [
            hash(Telephone::Whole(telephone)),
            hash(Telephone::Last8(telephone)),
            hash(Telephone::Last4(telephone)),
        ];
        let number = seal(key, owner, "telephone", telephone)?;
        Ok::<_, StoreError>(SealedTelephone { rank, number, hashes })
    };
    Ok(Prepared {
        owner,
        site,
        name: seal(key, owner, "name", identity.name)?,
        company: sealed("company", identity.company)?,
        plate: sealed("plate", identity.plate)?,
        details: sealed("details", identity.details)?,
        telephones: (1_i64..).zip(identity.telephones).map(telephone).collect::<Result<_, _>>()?,
        terms: terms_of(keys, owner.tenant, site, identity),
    })
}

/// Replaces who the client is. [`StoreError::Erased`] after it was erased.
pub async fn identify(
    tx: &mut Tx,
    keys: &Keys,
    tenant: TenantId,
    id: Uuid,
    identity: &Identity<'_>,
) -> Result<(), StoreError> {
    const SQL: &str =
        "UPDATE client SET name = $3, company = $4, plate = $5, details = $6, terms = $7
        WHERE tenant = $1 AND id = $2";
    let owner = Owner { tenant, client: id };
    let key = data_key(tx, keys, owner).await?;
    let site = forget(tx, tenant, id).await?;
    let prepared = prepare(keys, &key, owner, site, identity)?;
    on!(tx, conn => sqlx::query(SQL)
        .bind(tenant)
        .bind(id)
        .bind(&prepared.name)
        .bind(&prepared.company)
        .bind(&prepared.plate)
        .bind(&prepared.details)
        .bind(packed(&prepared.terms))
        .execute(conn)
        .await?
        .rows_affected());
    bulk::add_telephones_and_terms(tx, &[&prepared]).await
}

/// Takes away what the client is found by; its site.
pub(super) async fn forget(tx: &mut Tx, tenant: TenantId, id: Uuid) -> Result<SiteId, StoreError> {
    const TELEPHONES: &str = "DELETE FROM client_telephone WHERE tenant = $1 AND client = $2";
    let site = forget_terms(tx, tenant, id).await?;
    on!(tx, conn => sqlx::query(TELEPHONES).bind(tenant).bind(id).execute(conn).await?.rows_affected());
    Ok(site)
}

/// Takes away the parts that the client is found by; its site.
pub(super) async fn forget_terms(
    tx: &mut Tx,
    tenant: TenantId,
    id: Uuid,
) -> Result<SiteId, StoreError> {
    const KNOWN: &str = "SELECT site, terms FROM client WHERE tenant = $1 AND id = $2";
    const TERM: &str =
        "DELETE FROM client_term WHERE tenant = $1 AND site = $2 AND term = $3 AND client = $4";
    // Entered before the terms were kept beside the client: all terms are looked through.
    const TERMS: &str = "DELETE FROM client_term WHERE tenant = $1 AND client = $2";
    let known: Option<(SiteId, Option<Vec<u8>>)> = on!(tx, conn => sqlx::query_as(KNOWN)
        .bind(tenant)
        .bind(id)
        .fetch_optional(conn)
        .await?);
    let (site, terms) = known.ok_or(StoreError::NotFound("client"))?;
    let Some(terms) = terms else {
        on!(tx, conn => sqlx::query(TERMS).bind(tenant).bind(id).execute(conn).await?.rows_affected());
        return Ok(site);
    };
    for term in unpacked(&terms) {
        on!(tx, conn => sqlx::query(TERM)
            .bind(tenant)
            .bind(site)
            .bind(term)
            .bind(id)
            .execute(conn)
            .await?
            .rows_affected());
    }
    Ok(site)
}

/// Terms as a client keeps them, eight bytes each.
pub(super) fn packed(terms: &[i64]) -> Vec<u8> {
    terms.iter().flat_map(|term| term.to_be_bytes()).collect()
}

fn unpacked(bytes: &[u8]) -> impl Iterator<Item = i64> {
    bytes.as_chunks::<8>().0.iter().map(|term| i64::from_be_bytes(*term))
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
