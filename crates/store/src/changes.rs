//! Changes that browsers must see, numbered site by site in the order of the commits.
//!
//! A sequence of PostgreSQL gives numbers before the commit, so number 8 may become visible before
//! number 7, and a reader that went on to 8 would never see 7. Here the number is taken from a row of the
//! site that stays locked until the commit: whoever sees a number sees all smaller ones. The commands of
//! one floor wait for each other anyway (they claim the same stream), so this costs no concurrency there;
//! other writers publish last, which keeps the lock short.

use chrono::{DateTime, Utc};

use crate::{SiteId, StoreError, TenantId, Tx, db::on};

/// One thing that changed.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Change {
    /// Its number within the site: 1, 2, 3 .. without gaps.
    pub seq: i64,
    /// What kind of thing, such as `board`.
    pub topic: String,
    /// Which one, often an id.
    pub subject: String,
    /// When.
    pub published_at: DateTime<Utc>,
}

/// Publishes changes as pairs of topic and subject, and wakes listeners when `tx` commits. Call it last
/// in a transaction. Returns the number of the last change.
pub async fn publish(
    tx: &mut Tx,
    tenant: TenantId,
    site: SiteId,
    changes: &[(&str, &str)],
    at: DateTime<Utc>,
) -> Result<i64, StoreError> {
    const COUNT: &str = "INSERT INTO change_counter (tenant, site, seq) VALUES ($1, $2, $3)
        ON CONFLICT (tenant, site) DO UPDATE SET seq = change_counter.seq + excluded.seq RETURNING seq";
    const SQL: &str = "INSERT INTO change (tenant, site, seq, topic, subject, published_at)
        VALUES ($1, $2, $3, $4, $5, $6)";
    let count =
        i64::try_from(changes.len()).map_err(|error| StoreError::invalid("changes", error))?;
    if count == 0 {
        return latest_seq(tx, tenant, site).await;
    }
    let last: i64 = on!(tx, conn => sqlx::query_scalar(COUNT)
        .bind(tenant)
        .bind(site)
        .bind(count)
        .fetch_one(conn)
        .await?);
    for (seq, (topic, subject)) in (last - count + 1..).zip(changes) {
        on!(tx, conn => sqlx::query(SQL)
            .bind(tenant)
            .bind(site)
            .bind(seq)
            .bind(topic)
            .bind(subject)
            .bind(at)
            .execute(conn)
            .await?
            .rows_affected());
    }
    tx.published = true;
    Ok(last)
}

/// At most `limit` changes of `site` after number `after`, in order. If the first is not `after + 1`, or none
/// comes though [`latest_seq`] is larger, some were forgotten meanwhile: load everything again.
pub async fn since(
    tx: &mut Tx,
    tenant: TenantId,
    site: SiteId,
    after: i64,
    limit: i64,
) -> Result<Vec<Change>, StoreError> {
    const SQL: &str = "SELECT seq, topic, subject, published_at FROM change
        WHERE tenant = $1 AND site = $2 AND seq > $3 ORDER BY seq LIMIT $4";
    Ok(on!(tx, conn => sqlx::query_as(SQL)
        .bind(tenant)
        .bind(site)
        .bind(after)
        .bind(limit)
        .fetch_all(conn)
        .await?))
}

/// The number of the last change of `site`; 0 if there was none.
pub async fn latest_seq(tx: &mut Tx, tenant: TenantId, site: SiteId) -> Result<i64, StoreError> {
    const SQL: &str = "SELECT seq FROM change_counter WHERE tenant = $1 AND site = $2";
    let seq: Option<i64> = on!(tx, conn => sqlx::query_scalar(SQL)
        .bind(tenant)
        .bind(site)
        .fetch_optional(conn)
        .await?);
    Ok(seq.unwrap_or(0))
}

/// Forgets changes that were published before `before`; returns how many. Numbers are not used again.
pub async fn prune(
    tx: &mut Tx,
    tenant: TenantId,
    site: SiteId,
    before: DateTime<Utc>,
) -> Result<u64, StoreError> {
    const SQL: &str = "DELETE FROM change WHERE tenant = $1 AND site = $2 AND published_at < $3";
    Ok(on!(tx, conn => sqlx::query(SQL)
        .bind(tenant)
        .bind(site)
        .bind(before)
        .execute(conn)
        .await?
        .rows_affected()))
}
