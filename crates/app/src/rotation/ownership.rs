//! Whose client a visit makes its visitor: the first receiver's, if it is nobody's yet.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use domain::{
    attribution::state::Basis,
    journeys::ownership::{self as journey, Followed, Transfer},
    people::{ClientId, PersonId, VisitId},
    rotation::Outcome,
};
use rulebook::Because;
use serde_json::{Value, json};
use store::{
    StreamKind,
    journal::{self, Entry, NewEntry},
    stream,
};
use uuid::Uuid;

use super::{
    held::{Held, Step, to_json},
    saved::moment,
};
use crate::{
    AppError, CommandId,
    attribution::{Given, HeldClient},
    rulebooks::Ruling,
};

/// Follows what happened to the `touched` visits on the streams of their clients.
pub(super) async fn follow(
    held: &mut Held<'_>,
    step: &Step<'_>,
    entry: &Entry,
    because: &Because,
    touched: &BTreeSet<VisitId>,
) -> Result<(), AppError> {
    // In order of id, as everybody claims clients after the floor.
    let transfers = journey::transfers(&held.saved.floor, &held.saved.owner_given, touched);
    for (part, transfer) in (step.part + 1..).zip(&transfers) {
        transfer_one(held, entry, because, part, transfer).await?;
    }
    Ok(())
}

async fn transfer_one(
    held: &mut Held<'_>,
    entry: &Entry,
    because: &Because,
    part: i64,
    transfer: &Transfer,
) -> Result<(), AppError> {
    let tenant = held.tenant;
    let (ruling, zone, at) = (held.ruling.clone(), held.zone, held.moment(entry.happened_at));
    let ruling = ruling.as_deref();
    let mut client =
        HeldClient::claim(held.tx, tenant, transfer.client, ruling, |at| moment(zone, at)).await?;
    let given = held.saved.owner_given.get(&transfer.visit).copied();
    let rules = &Ruling::or_empty(ruling).attribution;
    let after = transfer.after;
    let (before, rights) = match journey::follow(rules, &mut client.client, given, after, at) {
        Followed::Moved { before, rights } => (before, rights),
        unmoved => {
            if unmoved == Followed::Forgotten {
                held.saved.owner_given.remove(&transfer.visit);
            }
            stream::release(held.tx, tenant, &client.claimed).await?;
            return Ok(());
        }
    };
    let reasons = because.0.iter().filter(|finding| finding.condition == "owner_after").cloned();
    let reasons = Because(reasons.collect());
    let event = json!({ "event": "owner_set", "client": transfer.client, "before": before,
        "after": after, "visit": transfer.visit, "entry": entry.version });
    let new = NewEntry {
        tenant,
        claimed: &client.claimed,
        command_id: entry.command_id,
        part,
        actor: &entry.actor,
        command_kind: "set_owner",
        command: &event.to_string(),
        events: &to_json(&rights)?,
        because: &to_json(&reasons)?,
        outcome: r#"{"outcome":"done"}"#,
        rulebook_version: entry.rulebook_version,
        happened_at: entry.happened_at,
        recorded_at: entry.recorded_at,
    };
    journal::append(held.tx, new).await?;
    client.save_owner(held.tx, tenant, after, entry.happened_at).await?;
    match after {
        Some(person) => held.saved.owner_given.insert(transfer.visit, person),
        None => held.saved.owner_given.remove(&transfer.visit),
    };
    held.changed("client", transfer.client.to_string());
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
        let (ruling, zone, at) = (held.ruling.clone(), held.zone, held.moment(now));
        let ruling = ruling.as_deref();
        let id_of_client = ClientId(given.stream.id);
        let mut client =
            HeldClient::claim(held.tx, tenant, id_of_client, ruling, |at| moment(zone, at)).await?;
        if client.row.owner != after {
            stream::release(held.tx, tenant, &client.claimed).await?;
            continue;
        }
        let to = before.map(PersonId);
        let rights = client.give(&Given { to, basis: Basis::Reception }, ruling, at);
        let event = json!({ "event": "owner_set", "client": id_of_client, "before": after,
            "after": before, "undone": given.version });
        let new = NewEntry {
            tenant,
            claimed: &client.claimed,
            command_id: id,
            part,
            actor: &given.actor,
            command_kind: "set_owner",
            command: &event.to_string(),
            events: &to_json(&rights)?,
            because: "[]",
            outcome: &to_json(&Outcome::Done)?,
            rulebook_version: None,
            happened_at: now,
            recorded_at: now,
        };
        journal::append(held.tx, new).await?;
        client.save_owner(held.tx, tenant, to, now).await?;
        held.changed("client", id_of_client.to_string());
    }
    Ok(visits)
}
