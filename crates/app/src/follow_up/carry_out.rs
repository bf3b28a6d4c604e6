//! Carrying out a command about following a client up: once, in one transaction, with attribution.

use domain::{
    attribution as rights,
    follow_up::{Command, Outcome},
    journeys::care::{after_follow_up, who},
    people::ClientId,
};
use rulebook::{Because, Trail};
use serde::Serialize;
use store::{Tx, clients, journal, journal::NewEntry, retry, stream};

use super::held::{Held, Told};
use crate::{
    App, AppError, Caller, CommandId, EntryId,
    attribution::{HeldClient, standing_or_last},
    roles::Permission,
    rotation::{moment, zone_of},
};

/// A command about following a client up, as the journal has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Carried {
    /// The entry.
    pub entry: EntryId,
    /// What came of it.
    pub outcome: Outcome,
    /// Why.
    pub because: Because,
    /// Whether the journal had it already, and nothing was done now.
    pub repeated: bool,
}

/// Carries out `command` about `client`, exactly once for each `id`.
pub async fn carry_out(
    app: &App,
    caller: &Caller,
    client: ClientId,
    id: CommandId,
    command: &Command,
) -> Result<Carried, AppError> {
    caller.require(Permission::RegisterClients)?;
    if let Some(by) = who(command) {
        crate::attribution::themselves(caller, by)?;
    }
    retry!(AppError, once(app, caller, client, id, command))
}

async fn once(
    app: &App,
    caller: &Caller,
    client: ClientId,
    id: CommandId,
    command: &Command,
) -> Result<Carried, AppError> {
    let (tenant, now) = (caller.tenant, app.clock.now());
    let mut tx = app.db.write().await?;
    let site = clients::get(&mut tx, tenant, client.0).await?.site;
    caller.at(site).map_err(|_| AppError::NotFound("client"))?;
    let zone = zone_of(&mut tx, tenant, site).await?;
    let ruling = crate::rulebooks::ruling_at(app, &mut tx, tenant, site, now).await?;
    let ruling = ruling.ok_or_else(|| {
        AppError::conflict("no rulebook is in effect at this site", "activate a rulebook")
    })?;
    // Clients are claimed before their follow-ups, by everybody.
    let mut rights =
        HeldClient::claim(&mut tx, tenant, client, Some(&ruling), |at| moment(zone, at)).await?;
    let standing =
        standing_or_last(Some(&ruling), &rights.client, moment(zone, now), &mut Trail::default());
    let actor = caller.spelled();
    let owner = standing.map(|standing| standing.owner);
    let told = Told {
        tenant,
        site,
        client,
        owner,
        command,
        actor: &actor,
        id,
        part: 0,
        zone,
        at: now,
        now,
    };
    let mut held = Held::claim(&mut tx, &told).await?;
    if let Some(entry) = journal::by_command(&mut tx, tenant, id).await? {
        stream::release(&mut tx, tenant, &rights.claimed).await?;
        held.release(&mut tx, &told).await?;
        return repeated(&entry, &told);
    }
    let decision = held.decide(&ruling, &told);
    let entry = held.record(&mut tx, &ruling, &told, &decision).await?;
    match after_follow_up(command, &decision.outcome) {
        Some(contact) => renew(&mut tx, &mut rights, &ruling, &told, &contact).await?,
        None => stream::release(&mut tx, tenant, &rights.claimed).await?,
    }
    let subject = client.to_string();
    let changes = [("client", subject.as_str()), ("follow_up", subject.as_str())];
    store::changes::publish(&mut tx, tenant, site, &changes, now).await?;
    tx.commit().await?;
    let entry = EntryId::of(&entry);
    Ok(Carried { entry, outcome: decision.outcome, because: decision.because, repeated: false })
}

fn repeated(entry: &journal::Entry, told: &Told<'_>) -> Result<Carried, AppError> {
    if entry.stream != crate::record::follow_up_stream(told.client.0) || entry.actor != told.actor {
        return Err(AppError::conflict(
            format!("the command id `{}` belongs to another command", told.id),
            "give every command an id of its own",
        ));
    }
    let unusable = AppError::unusable;
    Ok(Carried {
        entry: EntryId::of(entry),
        outcome: serde_json::from_str(&entry.outcome).map_err(unusable("outcome of an entry"))?,
        because: serde_json::from_str(&entry.because).map_err(unusable("reasons of an entry"))?,
        repeated: true,
    })
}

/// Attribution hears of the same contact: a complete record renews the right.
async fn renew(
    tx: &mut Tx,
    held: &mut HeldClient,
    ruling: &crate::rulebooks::Ruling,
    told: &Told<'_>,
    contact: &rights::Command,
) -> Result<(), AppError> {
    let at = moment(told.zone, told.at);
    let actor = domain::people::Actor::clock();
    let decision = rights::decide(&ruling.attribution, &held.client, contact, &actor, at);
    for event in &decision.events {
        held.client.evolve(event, at);
    }
    let json = |what: Result<String, serde_json::Error>| what.map_err(AppError::unusable("entry"));
    let new = NewEntry {
        tenant: told.tenant,
        claimed: &held.claimed,
        command_id: told.id,
        part: 1,
        actor: told.actor,
        command_kind: "contact",
        command: &json(serde_json::to_string(contact))?,
        events: &json(serde_json::to_string(&decision.events))?,
        because: &json(serde_json::to_string(&decision.because))?,
        outcome: &json(serde_json::to_string(&decision.outcome))?,
        rulebook_version: ruling.id,
        happened_at: told.at,
        recorded_at: told.now,
    };
    journal::append(tx, new).await?;
    let standing = standing_or_last(Some(ruling), &held.client, at, &mut Trail::default());
    held.save(tx, told.tenant, standing.as_ref(), told.now).await
}
