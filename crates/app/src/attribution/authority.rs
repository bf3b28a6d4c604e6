//! Somebody in authority says whose client it is, or that a deal closed, outside what a rulebook decides.

use chrono::{DateTime, Utc};
use domain::{
    attribution::Event,
    people::{ClientId, PersonId},
};
use rulebook::Trail;
use serde_json::{Value, json};
use store::{Tx, clients, journal, journal::NewEntry};
use uuid::Uuid;

use super::held::{Given, HeldClient, standing_or_last};
use crate::{
    App, AppError, Caller,
    rotation::{moment, zone_of},
};

/// Gives `client` to somebody, or takes them away, as `command` says; it goes into the journal.
pub(crate) async fn by_authority(
    app: &App,
    tx: &mut Tx,
    caller: &Caller,
    client: ClientId,
    given: &Given,
    command: Value,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    let tenant = caller.tenant;
    let site = clients::get(tx, tenant, client.0).await?.site;
    let zone = zone_of(tx, tenant, site).await?;
    let ruling = crate::rulebooks::ruling_at(app, tx, tenant, site, now).await?;
    let ruling = ruling.as_deref();
    let mut held = HeldClient::claim(tx, tenant, client, ruling, |at| moment(zone, at)).await?;
    let events = held.give(given, ruling, moment(zone, now));
    append(tx, caller, &held, ("set_owner", command), &events, now).await?;
    held.save_owner(tx, tenant, given.to, now).await
}

/// Says whether a deal with the client of `row` closed.
pub(crate) async fn closed_by_authority(
    app: &App,
    tx: &mut Tx,
    caller: &Caller,
    row: &clients::Client,
    closed: bool,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    let tenant = caller.tenant;
    let zone = zone_of(tx, tenant, row.site).await?;
    let ruling = crate::rulebooks::ruling_at(app, tx, tenant, row.site, now).await?;
    let ruling = ruling.as_deref();
    let at = moment(zone, now);
    let client = ClientId(row.id);
    let mut held = HeldClient::claim(tx, tenant, client, ruling, |at| moment(zone, at)).await?;
    let standing = standing_or_last(ruling, &held.client, at, &mut Trail::default());
    let owner = standing.map(|standing| standing.owner);
    let event = if closed {
        let by = owner.or(caller.person).unwrap_or(PersonId(Uuid::nil()));
        Event::Closed { by, owner }
    } else {
        Event::ClosingCancelled
    };
    held.client.evolve(&event, at);
    let command = json!({ "before": row.closed, "after": closed });
    append(tx, caller, &held, ("set_closed", command), &[event], now).await?;
    let standing = standing_or_last(ruling, &held.client, at, &mut Trail::default());
    held.save(tx, tenant, standing.as_ref(), now).await
}

async fn append(
    tx: &mut Tx,
    caller: &Caller,
    held: &HeldClient,
    (kind, mut command): (&str, Value),
    events: &[Event],
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    if let Some(fields) = command.as_object_mut() {
        fields.insert("event".to_owned(), kind.into());
        fields.insert("client".to_owned(), json!(held.row.id));
    }
    let new = NewEntry {
        tenant: caller.tenant,
        claimed: &held.claimed,
        command_id: Uuid::now_v7(),
        part: 0,
        actor: &caller.spelled(),
        command_kind: kind,
        command: &command.to_string(),
        events: &serde_json::to_string(events).map_err(AppError::unusable("entry"))?,
        because: "[]",
        outcome: r#"{"outcome":"done"}"#,
        rulebook_version: None,
        happened_at: now,
        recorded_at: now,
    };
    journal::append(tx, new).await?;
    Ok(())
}
