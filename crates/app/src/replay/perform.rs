//! A replay as a job: found differences are kept page by page, and an attempt that broke off begins anew.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;
use store::{
    TenantId,
    jobs::{self, Job},
    replays::{self, Replay},
    retry,
};
use uuid::Uuid;

use super::{Found, Period, Running};
use crate::{App, AppError, Caller};

/// The kind of job.
pub(crate) const KIND: &str = "replay";

/// For how long it is held from one page to the next.
const HOLD_S: i64 = 120;

/// Performs the replay of `job`, and says that it is done.
pub(crate) async fn perform(app: App, job: Job) {
    let result = attempt(&app, &job).await;
    let now = app.clock.now();
    let noted = retry!(AppError, async {
        let mut tx = app.db.write().await?;
        match &result {
            Ok(()) => jobs::complete(&mut tx, &job, now).await?,
            Err(error) => {
                let again = jobs::fail(&mut tx, &job, &error.to_string(), now).await?;
                if let (None, Some(id)) = (again, replay_of(&job)) {
                    let why = error.to_string();
                    replays::finish(&mut tx, job.tenant, id, Err(&why), now).await?;
                }
            }
        }
        Ok::<_, AppError>(tx.commit().await?)
    });
    // Another worker took it over because this one was slow: what it finds is kept.
    if let Err(error) = noted
        && !matches!(error, AppError::Conflict { .. })
    {
        tracing::error!(error = &error as &dyn std::error::Error, "a replay was not noted as done");
    }
}

fn replay_of(job: &Job) -> Option<Uuid> {
    let payload: Value = serde_json::from_str(&job.payload).ok()?;
    payload.get("replay")?.as_str()?.parse().ok()
}

async fn attempt(app: &App, job: &Job) -> Result<(), AppError> {
    let id = replay_of(job).ok_or(AppError::NotFound("replay"))?;
    let tenant = job.tenant;
    let mut tx = app.db.read().await?;
    let replay = replays::get(&mut tx, tenant, id).await?;
    let ruling = crate::rulebooks::ruling_by_id(app, &mut tx, tenant, replay.rulebook).await?;
    drop(tx);
    let period = Period { from: replay.from_day, to: replay.to_day };
    let caller = Caller::system(tenant);
    let rules = (&ruling.rules, &ruling.attribution);
    let mut running = Running::begin(app, &caller, replay.site, rules, period).await?;
    let total = i64::try_from(running.total).unwrap_or(i64::MAX);
    retry!(AppError, async {
        let mut tx = app.db.write().await?;
        replays::begin(&mut tx, tenant, id, total).await?;
        Ok::<_, AppError>(tx.commit().await?)
    })?;
    let mut number = 0;
    while let Some(found) = running.next().await? {
        let rows = rows_of(&found, &mut number)?;
        keep(app, job, &replay, &rows, running.read).await?;
    }
    let read = running.read;
    let (found, summary) = running.finish().await?;
    let rows = rows_of(&found, &mut number)?;
    keep(app, job, &replay, &rows, read).await?;
    let summary =
        serde_json::to_string(&summary).map_err(AppError::unusable("summary of a replay"))?;
    end(app, tenant, &replay, &summary, app.clock.now()).await
}

/// The rows of what was found, numbered on.
fn rows_of(found: &[Found], number: &mut i64) -> Result<Vec<replays::Difference>, AppError> {
    let mut rows = Vec::with_capacity(found.len());
    for found in found {
        *number += 1;
        let (then, would) = found.people();
        rows.push(replays::Difference {
            number: *number,
            kind: found.kind().to_owned(),
            person_then: then.map(|person| person.0),
            person_would: would.map(|person| person.0),
            body: serde_json::to_string(found)
                .map_err(AppError::unusable("difference of a replay"))?,
        });
    }
    Ok(rows)
}

/// Keeps what a page led to, and goes on holding the job.
async fn keep(
    app: &App,
    job: &Job,
    replay: &Replay,
    rows: &[replays::Difference],
    read: u64,
) -> Result<(), AppError> {
    let now = app.clock.now();
    let read = i64::try_from(read).unwrap_or(i64::MAX);
    retry!(AppError, async {
        let mut tx = app.db.write().await?;
        jobs::hold(&mut tx, job, now + TimeDelta::seconds(HOLD_S)).await?;
        replays::go_on(&mut tx, job.tenant, replay.id, rows, read).await?;
        publish(&mut tx, job.tenant, replay, now).await?;
        Ok::<_, AppError>(tx.commit().await?)
    })
}

async fn end(
    app: &App,
    tenant: TenantId,
    replay: &Replay,
    summary: &str,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    retry!(AppError, async {
        let mut tx = app.db.write().await?;
        replays::finish(&mut tx, tenant, replay.id, Ok(summary), now).await?;
        publish(&mut tx, tenant, replay, now).await?;
        Ok::<_, AppError>(tx.commit().await?)
    })
}

async fn publish(
    tx: &mut store::Tx,
    tenant: TenantId,
    replay: &Replay,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    let subject = replay.id.to_string();
    store::changes::publish(tx, tenant, replay.site, &[("replay", &subject)], now).await?;
    Ok(())
}
