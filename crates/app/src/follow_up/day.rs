//! A day begins: the clock opens what falls due by the calendar, client by client.

use chrono::{DateTime, Utc};
use domain::{follow_up::Command, people::ClientId};
use rulebook::Trail;
use serde_json::json;
use store::{SiteId, TenantId, Tx, clients, follow_ups, jobs, jobs::NewJob, retry, stream};
use uuid::Uuid;

use super::held::{Told, look};
use crate::{
    App, AppError,
    attribution::{HeldClient, standing_or_last},
    rotation::{moment, zone_of},
};

/// Opens the day of follow-ups at a site.
pub(crate) const OPEN_DAY: &str = "follow_up.open_day";

/// How many clients one look takes.
const CLIENTS_MAX: i64 = 500;

/// Asks the clock to open the day of follow-ups that begins at `at`.
pub(super) async fn enqueue(
    tx: &mut Tx,
    tenant: TenantId,
    site: SiteId,
    at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    let key = format!("{OPEN_DAY} {} {}", site.0, at.timestamp());
    let job = NewJob {
        tenant,
        site: Some(site),
        id: Uuid::now_v7(),
        kind: OPEN_DAY,
        payload: &json!({ "site": site }).to_string(),
        run_at: at,
        dedupe_key: Some(&key),
        created_at: now,
    };
    jobs::enqueue(tx, &job).await?;
    Ok(())
}

/// Opens the day for every client of `site` who is due; each in a transaction of their own.
pub(crate) async fn open_day(app: &App, tenant: TenantId, site: SiteId) -> Result<(), AppError> {
    loop {
        let now = app.clock.now();
        let mut tx = app.db.read().await?;
        let due = follow_ups::to_wake(&mut tx, (tenant, site), now, CLIENTS_MAX).await?;
        drop(tx);
        if due.is_empty() {
            return Ok(());
        }
        for client in due {
            retry!(AppError, open_one(app, tenant, site, ClientId(client), now))?;
        }
    }
}

async fn open_one(
    app: &App,
    tenant: TenantId,
    site: SiteId,
    client: ClientId,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    let mut tx = app.db.write().await?;
    let row = clients::get(&mut tx, tenant, client.0).await?;
    let zone = zone_of(&mut tx, tenant, site).await?;
    let ruling = crate::rulebooks::ruling_at(app, &mut tx, tenant, site, now).await?;
    let Some(ruling) = ruling else {
        // Without a rulebook nothing falls due.
        follow_ups::replace(&mut tx, (tenant, site), row.id, &[], None).await?;
        return Ok(tx.commit().await?);
    };
    let held =
        HeldClient::claim(&mut tx, tenant, client, Some(&ruling), |at| moment(zone, at)).await?;
    let at = moment(zone, now);
    let standing = standing_or_last(Some(&ruling), &held.client, at, &mut Trail::default());
    stream::release(&mut tx, tenant, &held.claimed).await?;
    let told = Told {
        tenant,
        site,
        client,
        owner: standing.map(|standing| standing.owner),
        command: &Command::OpenDay,
        actor: "clock",
        id: Uuid::now_v7(),
        part: 0,
        zone,
        at: now,
        now,
    };
    look(&mut tx, &ruling, &told).await?;
    let subject = client.to_string();
    store::changes::publish(&mut tx, tenant, site, &[("follow_up", &subject)], now).await?;
    Ok(tx.commit().await?)
}
