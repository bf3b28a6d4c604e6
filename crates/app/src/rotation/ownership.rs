//! Whose client a visit makes its visitor: the first receiver's, if it is nobody's yet.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use domain::{
    people::{ClientId, PersonId, VisitId},
    rotation::{
        Outcome,
        rules::OwnerAfter,
        state::{Phase, Purpose, Visit},
    },
};
use rulebook::Because;
use serde_json::{Value, json};
use store::{
    StreamId, StreamKind, clients,
    journal::{self, Entry, NewEntry},
    stream,
};
use uuid::Uuid;

use super::held::{Held, Step, to_json};
use crate::{AppError, CommandId, record::client_stream};

/// A client who gets an owner, another one, or none, by a visit.
struct Transfer {
    visit: VisitId,
    client: ClientId,
    after: Option<PersonId>,
}

/// Whose client the visitor of `visit` is by that visit alone.
fn owner_by(visit: &Visit) -> Option<PersonId> {
    let arrival = &visit.arrival;
    let received = matches!(visit.phase, Phase::Received | Phase::Ended);
    if !received || !matches!(arrival.purpose, Purpose::Buying | Purpose::Enquiry) {
        return None;
    }
    match visit.owner_after? {
        OwnerAfter::Receiver => visit.receiver,
        OwnerAfter::Named => arrival.named,
        OwnerAfter::Contact => arrival.contact,
        OwnerAfter::IntroducerOwner => arrival.introduced_by.map(|ownership| ownership.owner),
        OwnerAfter::Unchanged | OwnerAfter::Nobody => None,
    }
}

/// Follows what happened to the `touched` visits on the streams of their clients.
///
/// An owner whom a visit gave follows that visit: another receiver, a colleague's client found out, a
/// visitor who turns out not to buy. An owner from elsewhere is never touched.
pub(super) async fn follow(
    held: &mut Held<'_>,
    step: &Step<'_>,
    entry: &Entry,
    because: &Because,
    touched: &BTreeSet<VisitId>,
) -> Result<(), AppError> {
    let mut transfers: Vec<Transfer> = Vec::new();
    for id in touched {
        let Some(visit) = held.saved.floor.visits.get(id) else { continue };
        let Some(client) = visit.arrival.client else { continue };
        let given = held.saved.owner_given.get(id).copied();
        // What it is known as now came from elsewhere, so this visit gives nothing.
        let after = match visit.arrival.ownership {
            Some(ownership) if Some(ownership.owner) != given => given.map(|_| ownership.owner),
            _ => owner_by(visit),
        };
        if after != given {
            transfers.push(Transfer { visit: *id, client, after });
        }
    }
    if transfers.is_empty() {
        return Ok(());
    }
    // In order of id, as everybody claims clients after the floor.
    transfers.sort_by_key(|transfer| (transfer.client, transfer.visit));
    for (part, transfer) in (step.part + 1..).zip(&transfers) {
        let id = client_stream(transfer.client.0);
        transfer_one(held, entry, because, part, id, transfer).await?;
    }
    Ok(())
}

async fn transfer_one(
    held: &mut Held<'_>,
    entry: &Entry,
    because: &Because,
    part: i64,
    id: StreamId,
    transfer: &Transfer,
) -> Result<(), AppError> {
    let tenant = held.tenant;
    stream::ensure(held.tx, tenant, held.site, id).await?;
    let claimed = stream::claim(held.tx, tenant, &[id]).await?;
    let claimed = claimed.first().ok_or(AppError::NotFound("client"))?;
    let client = clients::get(held.tx, tenant, transfer.client.0).await?;
    let given = held.saved.owner_given.get(&transfer.visit).copied();
    let before = client.owner.map(PersonId);
    if (before.is_some() && before != given) || before == transfer.after {
        // Somebody else's since: the first stands, and this visit never gave it.
        if before != transfer.after {
            held.saved.owner_given.remove(&transfer.visit);
        }
        stream::release(held.tx, tenant, claimed).await?;
        return Ok(());
    }
    let after = transfer.after;
    let owner = after.map(|person| person.0);
    clients::set_owner(held.tx, tenant, client.id, owner, entry.happened_at).await?;
    let reasons = because.0.iter().filter(|finding| finding.condition == "owner_after").cloned();
    let reasons = Because(reasons.collect());
    let event = json!({ "event": "owner_set", "client": client.id, "before": before, "after": after,
        "visit": transfer.visit, "entry": entry.version });
    let new = NewEntry {
        tenant,
        claimed,
        command_id: entry.command_id,
        part,
        actor: &entry.actor,
        command_kind: "set_owner",
        command: &event.to_string(),
        events: &json!([event]).to_string(),
        because: &to_json(&reasons)?,
        outcome: r#"{"outcome":"done"}"#,
        rulebook_version: entry.rulebook_version,
        happened_at: entry.happened_at,
        recorded_at: entry.recorded_at,
    };
    journal::append(held.tx, new).await?;
    match after {
        Some(person) => held.saved.owner_given.insert(transfer.visit, person),
        None => held.saved.owner_given.remove(&transfer.visit),
    };
    held.changed("client", client.id.to_string());
    Ok(())
}

/// Gives clients back whom the undone command had given an owner; the visits that did.
pub(super) async fn give_back(
    held: &mut Held<'_>,
    undone: &Entry,
    id: CommandId,
    now: DateTime<Utc>,
) -> Result<BTreeSet<VisitId>, AppError> {
    let tenant = held.tenant;
    let mut visits = BTreeSet::new();
    let mut entries = journal::of_command(held.tx, tenant, undone.command_id).await?;
    entries.retain(|entry| entry.stream.kind == StreamKind::Client);
    entries.sort_by_key(|entry| entry.stream);
    for (part, given) in (1..).zip(&entries) {
        let fact = |name: &str| -> Option<Uuid> {
            let command: Value = serde_json::from_str(&given.command).ok()?;
            command.get(name)?.as_str()?.parse().ok()
        };
        visits.extend(fact("visit").map(VisitId));
        let (before, after) = (fact("before"), fact("after"));
        let stream_id = client_stream(given.stream.id);
        let claimed = stream::claim(held.tx, tenant, &[stream_id]).await?;
        let claimed = claimed.first().ok_or(AppError::NotFound("client"))?;
        let client = clients::get(held.tx, tenant, given.stream.id).await?;
        if client.owner != after {
            stream::release(held.tx, tenant, claimed).await?;
            continue;
        }
        clients::set_owner(held.tx, tenant, client.id, before, now).await?;
        let event = json!({ "event": "owner_set", "client": client.id, "before": after,
            "after": before, "undone": given.version });
        let new = NewEntry {
            tenant,
            claimed,
            command_id: id,
            part,
            actor: &given.actor,
            command_kind: "set_owner",
            command: &event.to_string(),
            events: &json!([event]).to_string(),
            because: "[]",
            outcome: &to_json(&Outcome::Done)?,
            rulebook_version: None,
            happened_at: now,
            recorded_at: now,
        };
        journal::append(held.tx, new).await?;
        held.changed("client", client.id.to_string());
    }
    Ok(visits)
}
