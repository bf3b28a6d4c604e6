//! Finding clients by a part of what they are called, or by telephone.

use std::collections::HashMap;

use uuid::Uuid;

use super::{
    Client, ClientRow, all_with_telephones, select_clients,
    terms::{telephone_hash, term_for},
};
use crate::{Keys, SiteId, StoreError, TenantId, Tx, db::on};

/// How a telephone is given. Digits count; signs, spaces and width do not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Telephone<'a> {
    /// The whole number in E.164.
    Whole(&'a str),
    /// Its last eight digits, or any number that ends in them.
    Last8(&'a str),
    /// Its last four digits, or any number that ends in them.
    Last4(&'a str),
}

/// One row for each client, though it may have two telephones with the same last digits.
macro_rules! find_by {
    ($column:literal) => {
        concat!(
            "SELECT c.tenant, c.site, c.id, c.name, c.company, c.plate, c.details, c.kind, c.grade, c.source, \
             c.last_contact_at, c.lapses_on, c.merged_into, c.owner, c.owner_since, c.closed, c.created_at, \
             c.registered_at, c.erased_at, k.key_id, k.wrapped FROM \
             (SELECT DISTINCT client FROM client_telephone WHERE tenant = $1 AND site = $2 AND ",
            $column,
            " = $3 ORDER BY client DESC LIMIT $4) AS t JOIN client c ON c.tenant = $1 AND c.id = t.client \
             AND c.merged_into IS NULL \
             LEFT JOIN client_key k ON k.tenant = $1 AND k.client = c.id ORDER BY c.id DESC"
        )
    };
}

/// At most `limit` clients of `site` with `part` in their name, pinyin, initials, company or plate, the
/// newest first. Spaces, case and width do not matter; a part of Latin letters must begin where a word,
/// syllable or initial begins. Beyond 16 characters the rest of `part` is not looked at.
pub async fn find_by_part(
    tx: &mut Tx,
    keys: &Keys,
    tenant: TenantId,
    site: SiteId,
    part: &str,
    limit: i64,
) -> Result<Vec<Client>, StoreError> {
    const SQL: &str = select_clients!(
        "client_term t JOIN client c ON c.tenant = t.tenant AND c.id = t.client \
         LEFT JOIN client_key k ON k.tenant = t.tenant AND k.client = t.client \
         WHERE t.tenant = $1 AND t.site = $2 AND t.term = $3 ORDER BY t.client DESC LIMIT $4"
    );
    let Some(term) = term_for(keys, tenant, site, part) else { return Ok(Vec::new()) };
    let rows: Vec<ClientRow> = on!(tx, conn => sqlx::query_as(SQL)
        .bind(tenant)
        .bind(site)
        .bind(term)
        .bind(limit)
        .fetch_all(conn)
        .await?);
    all_with_telephones(tx, rows).await
}

/// Which of `telephones`, in E.164, belong to clients of `site`, and to which: the one known longest.
pub async fn known_telephones(
    tx: &mut Tx,
    keys: &Keys,
    tenant: TenantId,
    site: SiteId,
    telephones: &[&str],
) -> Result<HashMap<String, Uuid>, StoreError> {
    const ROWS_MAX: usize = 500;
    let mut known = HashMap::new();
    for some in telephones.chunks(ROWS_MAX) {
        let hashed: HashMap<Vec<u8>, &str> = some
            .iter()
            .map(|number| (telephone_hash(keys, tenant, Telephone::Whole(number), number), *number))
            .collect();
        let rows: Vec<(Vec<u8>, Uuid)> = on!(tx, conn => {
            let mut sql = sqlx::QueryBuilder::new(
                "SELECT t.whole, t.client FROM client_telephone t
                 JOIN client c ON c.tenant = t.tenant AND c.id = t.client AND c.merged_into IS NULL
                 WHERE t.tenant = ");
            sql.push_bind(tenant).push(" AND t.site = ").push_bind(site).push(" AND t.whole IN (");
            let mut list = sql.separated(", ");
            for hash in hashed.keys() {
                list.push_bind(hash.clone());
            }
            sql.push(") ORDER BY t.client DESC");
            sql.build_query_as().fetch_all(conn).await?
        });
        let named =
            |(hash, client): (Vec<u8>, Uuid)| Some(((*hashed.get(&hash)?).to_owned(), client));
        known.extend(rows.into_iter().filter_map(named));
    }
    Ok(known)
}

/// At most `limit` clients of `site` with this telephone, the newest first.
pub async fn find_by_telephone(
    tx: &mut Tx,
    keys: &Keys,
    tenant: TenantId,
    site: SiteId,
    telephone: Telephone<'_>,
    limit: i64,
) -> Result<Vec<Client>, StoreError> {
    const WHOLE: &str = find_by!("whole");
    const LAST8: &str = find_by!("last8");
    const LAST4: &str = find_by!("last4");
    let (sql, number) = match telephone {
        Telephone::Whole(number) => (WHOLE, number),
        Telephone::Last8(number) => (LAST8, number),
        Telephone::Last4(number) => (LAST4, number),
    };
    let hash = telephone_hash(keys, tenant, telephone, number);
    let rows: Vec<ClientRow> = on!(tx, conn => sqlx::query_as(sql)
        .bind(tenant)
        .bind(site)
        .bind(&hash)
        .bind(limit)
        .fetch_all(conn)
        .await?);
    all_with_telephones(tx, rows).await
}
