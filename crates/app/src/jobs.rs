//! Jobs: what happens by the clock, claimed once among all processes.

use std::{future::Future, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use store::{SiteId, TenantId, Tx, jobs, jobs::Job, jobs::NewJob, retry};
use uuid::Uuid;

use crate::{App, AppError, Caller, clients::import, roles::Permission, rotation::Held};

/// Lets time pass on a floor.
const SETTLE: &str = "rotation.settle";

/// Lets time pass for a deal.
const SETTLE_DEAL: &str = "commission.settle";

/// For how long a worker holds a job.
const HOLD_S: i64 = 60;

/// How many jobs one call runs at most.
const RUN_MAX: u32 = 500;

/// For how long changes are kept: a browser that was away for longer loads its page anew.
const CHANGES_KEPT_HOURS: i64 = 48;

/// How often is tidied, in looks.
const TIDY_EVERY_LOOKS: u32 = 7_200;

/// The longest pause between two looks.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// Asks the clock to look at the floor of `site` at `at`.
pub(crate) async fn enqueue_settle(
    tx: &mut Tx,
    tenant: TenantId,
    site: SiteId,
    at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    let key = format!("{SETTLE} {} {}", site.0, at.timestamp_micros());
    let job = NewJob {
        tenant,
        site: Some(site),
        id: Uuid::now_v7(),
        kind: SETTLE,
        payload: &json!({ "site": site }).to_string(),
        run_at: at,
        dedupe_key: Some(&key),
        created_at: now,
    };
    jobs::enqueue(tx, &job).await?;
    Ok(())
}

/// Asks the clock to look at a deal at `at`.
pub(crate) async fn enqueue_deal(
    tx: &mut Tx,
    (tenant, site): (TenantId, SiteId),
    deal: Uuid,
    at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    let key = format!("{SETTLE_DEAL} {deal} {}", at.timestamp_micros());
    let job = NewJob {
        tenant,
        site: Some(site),
        id: Uuid::now_v7(),
        kind: SETTLE_DEAL,
        payload: &json!({ "deal": deal }).to_string(),
        run_at: at,
        dedupe_key: Some(&key),
        created_at: now,
    };
    jobs::enqueue(tx, &job).await?;
    Ok(())
}

/// Which deal a job is about.
fn deal_of(job: &Job) -> Result<Uuid, AppError> {
    let payload: serde_json::Value =
        serde_json::from_str(&job.payload).map_err(AppError::unusable("job"))?;
    let id = payload.get("deal").and_then(|id| id.as_str()?.parse().ok());
    id.ok_or_else(|| AppError::Unusable { what: "job", why: "it names no deal".to_owned() })
}

/// Runs the jobs that are due, one after another; returns how many were done.
pub async fn run_due(app: &App, worker: &str) -> Result<u32, AppError> {
    let mut done = 0;
    for _ in 0..RUN_MAX {
        let now = app.clock.now();
        let hold = now + TimeDelta::seconds(HOLD_S);
        let job = retry!(AppError, async {
            let mut tx = app.db.write().await?;
            let job = jobs::claim(&mut tx, worker, now, hold).await?;
            tx.commit().await?;
            Ok::<_, AppError>(job)
        })?;
        let Some(job) = job else { break };
        if run_one(app, &job).await? {
            done += 1;
        }
    }
    Ok(done)
}

/// Runs `job`, and notes what came of it; whether it is done.
async fn run_one(app: &App, job: &Job) -> Result<bool, AppError> {
    if job.kind == crate::replay::KIND {
        // It takes longer than a floor can wait: it runs beside, and says itself when it is done.
        tokio::spawn(crate::replay::perform(app.clone(), job.clone()));
        return Ok(true);
    }
    let result = match (job.kind.as_str(), job.site) {
        (SETTLE, Some(site)) => retry!(AppError, settle(app, job.tenant, site)),
        (crate::follow_up::OPEN_DAY, Some(site)) => {
            crate::follow_up::open_day(app, job.tenant, site).await
        }
        (import::JOB, _) => import::run(app, job.tenant, &job.payload).await,
        (crate::rulebooks::CONVERT, Some(_)) => crate::rulebooks::convert_rights(app, job).await,
        (SETTLE_DEAL, Some(site)) => match deal_of(job) {
            Ok(deal) => retry!(AppError, crate::commission::settle(app, job.tenant, site, deal)),
            Err(error) => Err(error),
        },
        (kind, _) => {
            Err(AppError::Unusable { what: "job", why: format!("nobody knows how to do `{kind}`") })
        }
    };
    let now = app.clock.now();
    let noted = retry!(AppError, async {
        let mut tx = app.db.write().await?;
        match &result {
            Ok(()) => jobs::complete(&mut tx, job, now).await?,
            Err(error) => drop(jobs::fail(&mut tx, job, &error.to_string(), now).await?),
        }
        Ok::<_, AppError>(tx.commit().await?)
    });
    match noted {
        // Another worker took it over because this one was slow; settling twice is harmless.
        Err(AppError::Conflict { .. }) => Ok(false),
        noted => noted.map(|()| result.is_ok()),
    }
}

/// Lets time pass on the floor of `site`.
async fn settle(app: &App, tenant: TenantId, site: SiteId) -> Result<(), AppError> {
    let now = app.clock.now();
    let mut tx = app.db.write().await?;
    let mut held = Held::claim(app, &mut tx, tenant, site, now).await?;
    if held.settle(now).await? {
        held.close(now).await?;
        tx.commit().await?;
    } else {
        tx.rollback().await?;
    }
    Ok(())
}

/// Forgets what nobody reads any more: changes that every browser has seen, and sessions that have ended.
pub async fn tidy(app: &App) -> Result<(), AppError> {
    let now = app.clock.now();
    let before = now - TimeDelta::hours(CHANGES_KEPT_HOURS);
    for (tenant, _) in crate::sites::companies(app).await? {
        let mut tx = app.db.read().await?;
        let sites = store::sites::of_tenant(&mut tx, tenant).await?;
        drop(tx);
        for site in sites {
            retry!(AppError, async {
                let mut tx = app.db.write().await?;
                store::changes::prune(&mut tx, tenant, site.id, before).await?;
                Ok::<_, AppError>(tx.commit().await?)
            })?;
        }
    }
    retry!(AppError, async {
        let mut tx = app.db.write().await?;
        store::sessions::prune(&mut tx, now).await?;
        Ok::<_, AppError>(tx.commit().await?)
    })
}

/// Runs jobs as they become due, until `shutdown` is over.
pub async fn run(app: &App, worker: &str, shutdown: impl Future<Output = ()>) {
    tokio::pin!(shutdown);
    for look in 0_u32.. {
        let mut pause = LOOK_EVERY;
        if look % TIDY_EVERY_LOOKS == TIDY_EVERY_LOOKS - 1
            && let Err(error) = tidy(app).await
        {
            tracing::error!(error = &error as &dyn std::error::Error, "nothing was tidied");
        }
        if let Err(error) = run_due(app, worker).await {
            tracing::error!(error = &error as &dyn std::error::Error, "jobs could not be run");
            pause = LOOK_EVERY * 10;
        }
        tokio::select! {
            () = &mut shutdown => return,
            () = tokio::time::sleep(pause) => {}
        }
    }
}

/// The last `limit` jobs of the company, the newest first.
pub async fn list(app: &App, caller: &Caller, limit: i64) -> Result<Vec<Job>, AppError> {
    caller.require(Permission::Audit)?;
    let mut tx = app.db.read().await?;
    Ok(jobs::of_tenant(&mut tx, caller.tenant, limit.clamp(1, 500)).await?)
}
