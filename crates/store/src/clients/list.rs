//! Lists of clients: by owner, grade, source, lapse, contact, closing, day of entry and text, paged by key.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::{
    Client, Telephone, get,
    terms::{telephone_hash, term_for},
};
use crate::{Keys, SiteId, StoreError, TenantId, Tx, db::on};

/// Which clients a list holds: those for whom all of it is true.
#[derive(Debug, Clone, Default)]
pub struct Filter<'a> {
    /// Whose they are.
    pub whose: Whose,
    /// The day by which a right is judged as lapsed.
    pub today: NaiveDate,
    /// A person, household or company.
    pub kind: Option<&'a str>,
    /// The grade of intention.
    pub grade: Option<&'a str>,
    /// Where they come from.
    pub source: Option<&'a str>,
    /// Whether a deal closed.
    pub closed: Option<bool>,
    /// The right ends from the first to the last of these days.
    pub lapses: Option<(NaiveDate, NaiveDate)>,
    /// Nobody was in contact since.
    pub silent_since: Option<DateTime<Utc>>,
    /// Entered from this moment on.
    pub created_from: Option<DateTime<Utc>>,
    /// Entered before this moment.
    pub created_before: Option<DateTime<Utc>>,
    /// A part of name, pinyin, initials, company or plate.
    pub part: Option<&'a str>,
    /// A telephone.
    pub telephone: Option<Telephone<'a>>,
}

/// Whose clients are listed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Whose {
    /// Anybody's and nobody's.
    #[default]
    All,
    /// Those of one person whose right has not lapsed.
    Of(Uuid),
    /// Nobody's, also because the right has lapsed.
    Nobodys,
}

/// In which order a list is read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Order {
    /// The newest first.
    #[default]
    Newest,
    /// Those whose right ends next first; those without an end are left out.
    LapsesNext,
}

/// Where a page of a list ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The last client.
    pub id: Uuid,
    /// The last day of their right.
    pub lapses_on: Option<NaiveDate>,
}

/// At most `limit` clients of `site` that `filter` lets through, after `after` in `order`.
#[expect(clippy::too_many_arguments, reason = "a list is asked for in one go")]
pub async fn list(
    tx: &mut Tx,
    keys: &Keys,
    tenant: TenantId,
    site: SiteId,
    filter: &Filter<'_>,
    order: Order,
    after: Option<Place>,
    limit: i64,
) -> Result<Vec<Client>, StoreError> {
    let places = places(tx, keys, tenant, site, filter, order, after, limit).await?;
    let mut clients = Vec::with_capacity(places.len());
    for place in places {
        clients.push(get(tx, tenant, place.id).await?);
    }
    Ok(clients)
}

/// The same, the ids alone.
#[expect(clippy::too_many_arguments, reason = "a list is asked for in one go")]
pub async fn places(
    tx: &mut Tx,
    keys: &Keys,
    tenant: TenantId,
    site: SiteId,
    filter: &Filter<'_>,
    order: Order,
    after: Option<Place>,
    limit: i64,
) -> Result<Vec<Place>, StoreError> {
    let term = match filter.part {
        None => None,
        Some(part) => match term_for(keys, tenant, site, part) {
            Some(term) => Some(term),
            None => return Ok(Vec::new()),
        },
    };
    let rows: Vec<(Uuid, Option<NaiveDate>)> = on!(tx, conn => {
        let mut sql = sqlx::QueryBuilder::new("SELECT c.id, c.lapses_on FROM ");
        if let Some(term) = term {
            sql.push("client_term t JOIN client c ON c.tenant = t.tenant AND c.id = t.client WHERE t.tenant = ")
                .push_bind(tenant).push(" AND t.site = ").push_bind(site)
                .push(" AND t.term = ").push_bind(term);
        } else {
            sql.push("client c WHERE c.tenant = ").push_bind(tenant)
                .push(" AND c.site = ").push_bind(site);
        }
        sql.push(" AND c.merged_into IS NULL");
        match filter.whose {
            Whose::All => {}
            Whose::Of(owner) => {
                sql.push(" AND c.owner = ").push_bind(owner)
                    .push(" AND (c.closed OR c.lapses_on IS NULL OR c.lapses_on >= ")
                    .push_bind(filter.today).push(")");
            }
            Whose::Nobodys => {
                sql.push(" AND (c.owner IS NULL OR (NOT c.closed AND c.lapses_on < ")
                    .push_bind(filter.today).push("))");
            }
        }
        for (column, word) in [("kind", filter.kind), ("grade", filter.grade), ("source", filter.source)] {
            if let Some(word) = word {
                sql.push(" AND c.").push(column).push(" = ").push_bind(word);
            }
        }
        match filter.closed {
            Some(true) => { sql.push(" AND c.closed"); }
            Some(false) => { sql.push(" AND NOT c.closed"); }
            None => {}
        }
        if let Some((first, last)) = filter.lapses {
            sql.push(" AND NOT c.closed AND c.owner IS NOT NULL AND c.lapses_on >= ").push_bind(first)
                .push(" AND c.lapses_on <= ").push_bind(last);
        }
        if let Some(since) = filter.silent_since {
            sql.push(" AND COALESCE(c.last_contact_at, c.created_at) < ").push_bind(since);
        }
        if let Some(from) = filter.created_from {
            sql.push(" AND c.created_at >= ").push_bind(from);
        }
        if let Some(before) = filter.created_before {
            sql.push(" AND c.created_at < ").push_bind(before);
        }
        if let Some(by) = filter.telephone {
            let (column, number) = match by {
                Telephone::Whole(number) => ("whole", number),
                Telephone::Last8(number) => ("last8", number),
                Telephone::Last4(number) => ("last4", number),
            };
            sql.push(" AND c.id IN (SELECT client FROM client_telephone WHERE tenant = ").push_bind(tenant)
                .push(" AND site = ").push_bind(site).push(" AND ").push(column).push(" = ")
                .push_bind(telephone_hash(keys, tenant, by, number)).push(")");
        }
        // The order of the table that is read first: no sorting, however many there are.
        let id = if term.is_some() { "t.client" } else { "c.id" };
        match order {
            Order::Newest => {
                if let Some(after) = after {
                    sql.push(" AND ").push(id).push(" < ").push_bind(after.id);
                }
                sql.push(" ORDER BY ").push(id).push(" DESC");
            }
            Order::LapsesNext => {
                sql.push(" AND c.lapses_on IS NOT NULL");
                if let Some((day, last)) = after.and_then(|after| Some((after.lapses_on?, after.id))) {
                    sql.push(" AND (c.lapses_on, c.id) > (").push_bind(day).push(", ").push_bind(last).push(")");
                }
                sql.push(" ORDER BY c.lapses_on, c.id");
            }
        }
        sql.push(" LIMIT ").push_bind(limit);
        sql.build_query_as().fetch_all(conn).await?
    });
    Ok(rows.into_iter().map(|(id, lapses_on)| Place { id, lapses_on }).collect())
}
