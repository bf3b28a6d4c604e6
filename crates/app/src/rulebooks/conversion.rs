//! Giving what was granted the terms of a new rulebook: a job, an entry in every stream that changes.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    attribution::{Client, decide::convert},
    people::ClientId,
};
use rulebook::Trail;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{
    StreamKind, Tx,
    jobs::{self, Job, NewJob},
    journal::{self, NewEntry},
    retry, rulebooks, stream,
};
use uuid::Uuid;

use super::{
    change::note,
    effects::PAGE,
    ruling::{Ruling, at as ruling_at, by_id},
};
use crate::{
    App, AppError, Caller,
    attribution::{HeldClient, standing_or_last},
    rotation::{moment, zone_of},
};

/// Gives rights the terms of a version.
pub(crate) const CONVERT: &str = "rulebook.convert";

#[derive(Debug, Serialize, Deserialize)]
struct Payload {
    version: Uuid,
}

/// Asks for the conversion to the version of `row`, which rules from `from` on.
pub(super) async fn enqueue(
    tx: &mut Tx,
    row: &rulebooks::Rulebook,
    from: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    let payload = serde_json::to_string(&Payload { version: row.id });
    let key = format!("{CONVERT} {}", row.id);
    let job = NewJob {
        tenant: row.tenant,
        site: Some(row.site),
        id: Uuid::now_v7(),
        kind: CONVERT,
        payload: &payload.map_err(AppError::unusable("job"))?,
        run_at: from,
        dedupe_key: Some(&key),
        created_at: now,
    };
    jobs::enqueue(tx, &job).await?;
    Ok(())
}

/// Converts every right that lives to the terms of the version that `job` names.
///
/// It may stop anywhere and begin again: what is converted has nothing left to convert.
pub(crate) async fn run(app: &App, job: &Job) -> Result<(), AppError> {
    let Payload { version } =
        serde_json::from_str(&job.payload).map_err(AppError::unusable("job"))?;
    let caller = Caller::system(job.tenant);
    let mut tx = app.db.read().await?;
    let row = rulebooks::get(&mut tx, job.tenant, version).await?;
    let Some(from) = row.effective_at.filter(|from| row.retired_at != Some(*from)) else {
        // It was taken back before it ruled.
        return Ok(());
    };
    let after = by_id(app, &mut tx, job.tenant, version).await?;
    let eve = from - TimeDelta::microseconds(1);
    let Some(before) = ruling_at(app, &mut tx, job.tenant, row.site, eve).await? else {
        return Ok(());
    };
    let zone = zone_of(&mut tx, job.tenant, row.site).await?;
    drop(tx);
    let (mut last, mut count) = (None, 0_u32);
    loop {
        let mut tx = app.db.read().await?;
        let kind = StreamKind::Client;
        let page = stream::of_site(&mut tx, job.tenant, row.site, kind, last, PAGE).await?;
        drop(tx);
        let Some((id, _)) = page.last() else { break };
        last = Some(*id);
        for (id, state) in &page {
            let client: Client =
                serde_json::from_str(state).map_err(AppError::unusable("client"))?;
            let (before_rules, after_rules) = (&before.attribution, &after.attribution);
            let decision = convert(before_rules, after_rules, &client, moment(zone, from));
            if !decision.events.is_empty() {
                retry!(AppError, one(app, &caller, ClientId(*id), &before, &after, from))?;
                count += 1;
            }
        }
    }
    let now = app.clock.now();
    retry!(AppError, async {
        let mut tx = app.db.write().await?;
        let command = json!({ "version": version, "slug": row.slug, "client_count": count });
        note(&mut tx, &caller, row.site, "convert_rights", command, now).await?;
        Ok::<_, AppError>(tx.commit().await?)
    })
}

/// Converts the rights to one client, with an entry in their stream.
async fn one(
    app: &App,
    caller: &Caller,
    client: ClientId,
    before: &Ruling,
    after: &Ruling,
    from: DateTime<Utc>,
) -> Result<(), AppError> {
    let (tenant, now) = (caller.tenant, app.clock.now());
    let mut tx = app.db.write().await?;
    let site = store::clients::get(&mut tx, tenant, client.0).await?.site;
    let zone = zone_of(&mut tx, tenant, site).await?;
    let at = moment(zone, from);
    let mut held =
        HeldClient::claim(&mut tx, tenant, client, Some(before), |at| moment(zone, at)).await?;
    let decision = convert(&before.attribution, &after.attribution, &held.client, at);
    if decision.events.is_empty() {
        tx.rollback().await?;
        return Ok(());
    }
    for event in &decision.events {
        held.client.evolve(event, at);
    }
    let version = after.id.unwrap_or_default();
    let unusable = AppError::unusable;
    let command = json!({ "event": "convert_right", "client": client, "version": version });
    let new = NewEntry {
        tenant,
        claimed: &held.claimed,
        // One for each client and version, so that no client is converted twice.
        command_id: Uuid::from_u128(version.as_u128() ^ client.0.as_u128()),
        part: 0,
        actor: &caller.spelled(),
        command_kind: "convert_right",
        command: &command.to_string(),
        events: &serde_json::to_string(&decision.events).map_err(unusable("entry"))?,
        because: &serde_json::to_string(&decision.because).map_err(unusable("entry"))?,
        outcome: &serde_json::to_string(&decision.outcome).map_err(unusable("entry"))?,
        rulebook_version: after.id,
        happened_at: from,
        recorded_at: now,
    };
    journal::append(&mut tx, new).await?;
    let mut trail = Trail::default();
    let standing = standing_or_last(Some(after), &held.client, moment(zone, now), &mut trail);
    held.save(&mut tx, tenant, standing.as_ref(), now).await?;
    store::changes::publish(&mut tx, tenant, site, &[("client", &client.to_string())], now).await?;
    Ok(tx.commit().await?)
}
