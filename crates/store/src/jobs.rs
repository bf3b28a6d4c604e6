//! Jobs: what must happen outside a transaction, enqueued inside it, claimed once, tried again.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use crate::{SiteId, StoreError, TenantId, Tx, db::on};

/// After how many failures a job is given up.
pub const ATTEMPTS_MAX: i64 = 12;

/// The longest pause between two attempts.
const PAUSE_MAX_S: i64 = 6 * 3_600;

/// How often [`claim`] looks again when another worker was faster.
const LOOKS_MAX: u32 = 16;

/// A job to be enqueued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewJob<'a> {
    /// The company.
    pub tenant: TenantId,
    /// The site, if it belongs to one.
    pub site: Option<SiteId>,
    /// Its id.
    pub id: Uuid,
    /// What is to be done.
    pub kind: &'a str,
    /// With what, JSON.
    pub payload: &'a str,
    /// Not before this moment.
    pub run_at: DateTime<Utc>,
    /// A job with the same key is enqueued only once, ever; such as `report 2026-01-31`.
    pub dedupe_key: Option<&'a str>,
    /// When it was enqueued.
    pub created_at: DateTime<Utc>,
}

/// A job. The fields are those of [`NewJob`], and its life.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Job {
    /// The company.
    pub tenant: TenantId,
    /// The site, if it belongs to one.
    pub site: Option<SiteId>,
    /// Its id.
    pub id: Uuid,
    /// What is to be done.
    pub kind: String,
    /// With what, JSON.
    pub payload: String,
    /// Its key, if it has one.
    pub dedupe_key: Option<String>,
    /// When it was enqueued.
    pub created_at: DateTime<Utc>,
    /// Not before this moment.
    pub run_at: DateTime<Utc>,
    /// How often it was claimed.
    pub attempts: i64,
    /// Which worker has it, or had it last.
    pub claimed_by: Option<String>,
    /// Until when; afterwards others may claim it.
    pub claimed_until: Option<DateTime<Utc>>,
    /// When it was done.
    pub done_at: Option<DateTime<Utc>>,
    /// When it was given up.
    pub given_up_at: Option<DateTime<Utc>>,
    /// Why it failed last; never with personal data.
    pub last_error: Option<String>,
}

/// Enqueues `new` in the transaction that makes it necessary. `false` if a job with the same key is there
/// already.
pub async fn enqueue(tx: &mut Tx, new: &NewJob<'_>) -> Result<bool, StoreError> {
    const SQL: &str = "INSERT INTO job (tenant, site, id, kind, payload, dedupe_key, created_at, run_at, attempts)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0) ON CONFLICT (tenant, dedupe_key) DO NOTHING";
    let added = on!(tx, conn => sqlx::query(SQL)
        .bind(new.tenant)
        .bind(new.site)
        .bind(new.id)
        .bind(new.kind)
        .bind(new.payload)
        .bind(new.dedupe_key)
        .bind(new.created_at)
        .bind(new.run_at)
        .execute(conn)
        .await?
        .rows_affected());
    Ok(added == 1)
}

/// Claims the job that has been due longest, of any tenant, for `worker` until `until`; none if none is
/// due. Commit before working on it.
///
/// The outer conditions are not idle: on PostgreSQL two workers may pick the same row, the second waits
/// for the first, and then finds by them that the row is taken. It looks again for another.
pub async fn claim(
    tx: &mut Tx,
    worker: &str,
    at: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Option<Job>, StoreError> {
    const SQL: &str = "UPDATE job SET claimed_by = $1, claimed_until = $3, attempts = attempts + 1
        WHERE (tenant, id) = (SELECT tenant, id FROM job
            WHERE done_at IS NULL AND given_up_at IS NULL AND run_at <= $2
                AND (claimed_until IS NULL OR claimed_until <= $2)
            ORDER BY run_at, id LIMIT 1)
        AND done_at IS NULL AND given_up_at IS NULL AND run_at <= $2
        AND (claimed_until IS NULL OR claimed_until <= $2)
        RETURNING tenant, site, id, kind, payload, dedupe_key, created_at, run_at, attempts, claimed_by,
            claimed_until, done_at, given_up_at, last_error";
    for _ in 0..LOOKS_MAX {
        let job: Option<Job> = on!(tx, conn => sqlx::query_as(SQL)
            .bind(worker)
            .bind(at)
            .bind(until)
            .fetch_optional(conn)
            .await?);
        if job.is_some() || !any_due(tx, at).await? {
            return Ok(job);
        }
    }
    Ok(None)
}

async fn any_due(tx: &mut Tx, at: DateTime<Utc>) -> Result<bool, StoreError> {
    const SQL: &str = "SELECT COUNT(*) FROM (SELECT id FROM job
        WHERE done_at IS NULL AND given_up_at IS NULL AND run_at <= $1
            AND (claimed_until IS NULL OR claimed_until <= $1) LIMIT 1) AS due";
    let count: i64 = on!(tx, conn => sqlx::query_scalar(SQL).bind(at).fetch_one(conn).await?);
    Ok(count > 0)
}

/// Holds `job` until `until`, where it takes long. [`StoreError::Conflict`] if another worker has claimed it
/// since.
pub async fn hold(tx: &mut Tx, job: &Job, until: DateTime<Utc>) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE job SET claimed_until = $4
        WHERE tenant = $1 AND id = $2 AND attempts = $3 AND done_at IS NULL AND given_up_at IS NULL";
    let updated = on!(tx, conn => sqlx::query(SQL)
        .bind(job.tenant)
        .bind(job.id)
        .bind(job.attempts)
        .bind(until)
        .execute(conn)
        .await?
        .rows_affected());
    if updated == 0 { Err(StoreError::Conflict("job")) } else { Ok(()) }
}

/// Notes that `job` is done. [`StoreError::Conflict`] if another worker has claimed it since.
pub async fn complete(tx: &mut Tx, job: &Job, at: DateTime<Utc>) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE job SET done_at = $4, claimed_until = NULL, last_error = NULL
        WHERE tenant = $1 AND id = $2 AND attempts = $3 AND done_at IS NULL AND given_up_at IS NULL";
    let updated = on!(tx, conn => sqlx::query(SQL)
        .bind(job.tenant)
        .bind(job.id)
        .bind(job.attempts)
        .bind(at)
        .execute(conn)
        .await?
        .rows_affected());
    if updated == 0 { Err(StoreError::Conflict("job")) } else { Ok(()) }
}

/// Notes that `job` failed, and when it is tried again: after 10 s, 20 s, 40 s .. up to 6 hours. Returns
/// that moment, or none if it was given up after [`ATTEMPTS_MAX`] attempts.
pub async fn fail(
    tx: &mut Tx,
    job: &Job,
    error: &str,
    at: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>, StoreError> {
    const SQL: &str = "UPDATE job SET run_at = $4, given_up_at = $5, last_error = $6, claimed_until = NULL
        WHERE tenant = $1 AND id = $2 AND attempts = $3 AND done_at IS NULL AND given_up_at IS NULL";
    let again = (job.attempts < ATTEMPTS_MAX).then(|| at + pause_after(job.attempts));
    let updated = on!(tx, conn => sqlx::query(SQL)
        .bind(job.tenant)
        .bind(job.id)
        .bind(job.attempts)
        .bind(again.unwrap_or(at))
        .bind(again.is_none().then_some(at))
        .bind(error)
        .execute(conn)
        .await?
        .rows_affected());
    if updated == 0 { Err(StoreError::Conflict("job")) } else { Ok(again) }
}

fn pause_after(attempts: i64) -> TimeDelta {
    let doublings = u32::try_from(attempts.clamp(1, 20) - 1).unwrap_or(0);
    TimeDelta::seconds((10_i64 << doublings).min(PAUSE_MAX_S))
}

/// The last `limit` jobs of `tenant`, the newest first.
pub async fn of_tenant(tx: &mut Tx, tenant: TenantId, limit: i64) -> Result<Vec<Job>, StoreError> {
    const SQL: &str =
        "SELECT tenant, site, id, kind, payload, dedupe_key, created_at, run_at, attempts,
            claimed_by, claimed_until, done_at, given_up_at, last_error
        FROM job WHERE tenant = $1 ORDER BY created_at DESC, id DESC LIMIT $2";
    Ok(on!(tx, conn => sqlx::query_as(SQL).bind(tenant).bind(limit).fetch_all(conn).await?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_from_ten_seconds_up_to_six_hours() {
        assert_eq!(pause_after(1), TimeDelta::seconds(10));
        assert_eq!(pause_after(2), TimeDelta::seconds(20));
        assert_eq!(pause_after(12), TimeDelta::seconds(20_480));
        assert_eq!(pause_after(13), TimeDelta::hours(6));
        assert_eq!(pause_after(1_000), TimeDelta::hours(6));
    }
}
