//! Recording a deal: attribution hears of the closing, commission of who shares it, in one transaction.

use chrono::{DateTime, Utc};
use domain::{
    attribution::{self, rules::Relation},
    commission::{
        Circumstances, Command,
        rules::Stage,
        state::{Reception, ReceptionKind},
    },
    journeys::closing,
    money::Currency,
    people::{ClientId, PersonId},
};
use rulebook::Trail;
use store::{
    SiteId, TenantId, Tx, clients,
    journal::{self, NewEntry},
    retry, stream,
};

use super::held::{Carried, Given, HeldDeal};
use crate::{
    App, AppError, Caller, CommandId,
    attribution::{HeldClient, standing_or_last},
    roles::Permission,
    rotation::{moment, zone_of},
    rulebooks::Ruling,
};

/// A deal as somebody types it in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDeal {
    /// Who brought it about.
    pub closer: PersonId,
    /// The stage it has reached.
    pub stage: Stage,
    /// What was sold, in their words.
    pub unit: String,
    /// The price, in minor units.
    pub price: Option<i64>,
    /// The commission, in minor units.
    pub commission: Option<i64>,
    /// The currency of both.
    pub currency: Currency,
    /// How the buyer is related to the client, where the names differ.
    pub buyer: Option<Relation>,
    /// Who received together with them.
    pub joint_with: Vec<PersonId>,
    /// The colleague through whom a relation of the client's helped.
    pub related_through: Option<PersonId>,
    /// How they came to receive somebody else's client; nothing: as the floor knows it.
    pub reception: Option<ReceptionKind>,
}

/// Records `new` with `client`, exactly once for each `id`, which is the id of the deal too.
pub async fn record(
    app: &App,
    caller: &Caller,
    client: ClientId,
    id: CommandId,
    new: &NewDeal,
    happened_at: Option<DateTime<Utc>>,
) -> Result<Carried, AppError> {
    caller.require(Permission::RecordDeals)?;
    let own = caller.is_system() || caller.is_person(new.closer);
    if !own {
        caller.require(Permission::AttendForOthers)?;
    }
    let now = app.clock.now();
    let at = happened_at.unwrap_or(now);
    if at > now {
        return Err(AppError::invalid(
            "happened_at",
            format!("`{at}` is in the future"),
            "give a time that has passed, or none",
        ));
    }
    retry!(AppError, once(app, caller, client, id, new, (at, now)))
}

async fn once(
    app: &App,
    caller: &Caller,
    client: ClientId,
    id: CommandId,
    new: &NewDeal,
    (at, now): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Carried, AppError> {
    let tenant = caller.tenant;
    let mut tx = app.db.write().await?;
    let site = clients::get(&mut tx, tenant, client.0).await?.site;
    caller.at(site).map_err(|_| AppError::NotFound("client"))?;
    for person in [new.closer].iter().chain(&new.joint_with).chain(&new.related_through) {
        works_here(&mut tx, tenant, site, *person).await?;
    }
    let zone = zone_of(&mut tx, tenant, site).await?;
    let ruling = crate::rulebooks::ruling_at(app, &mut tx, tenant, site, now).await?;
    let ruling = ruling.ok_or_else(|| {
        AppError::conflict("no rulebook is in effect at this site", "activate a rulebook")
    })?;
    // The client first, then the deal, then the ledgers: nobody waits for another in a circle.
    let mut held =
        HeldClient::claim(&mut tx, tenant, client, Some(&ruling), |at| moment(zone, at)).await?;
    let mut deal = HeldDeal::claim(&mut tx, (tenant, site), id, ruling.clone(), at).await?;
    if let Some(entry) = journal::by_command(&mut tx, tenant, id).await? {
        let same = entry.stream == deal.claimed.id && entry.actor == caller.spelled();
        stream::release(&mut tx, tenant, &held.claimed).await?;
        stream::release(&mut tx, tenant, &deal.claimed).await?;
        return if same { Carried::of(&entry) } else { Err(AppError::other_command(id)) };
    }
    let when = moment(zone, at);
    let mut known = known_of(&ruling, &held, when);
    known.joint_with.clone_from(&new.joint_with);
    known.related_through = new.related_through;
    known.reception = match new.reception {
        Some(kind) => Some(Reception { kind, at: when }),
        None => seen_on_floor(&mut tx, tenant, site, client, new.closer, known.owner).await?,
    };
    let closes = ruling.commission.closing.counts.value().is_none_or(|counts| new.stage >= *counts);
    let attributed = if closes && held.client.closing.is_none() {
        let command = attribution::Command::Close { by: new.closer, buyer: new.buyer };
        let decision =
            attribution::decide(&ruling.attribution, &held.client, &command, &caller.actor(), when);
        if let (Some(_), attribution::Outcome::Owned { owner }) = (new.buyer, &decision.outcome) {
            // A buyer who is not the client has nobody else's consultant.
            known.owner = *owner;
        }
        Some((command, decision)).filter(|(_, decision)| !decision.events.is_empty())
    } else {
        None
    };
    if !new.unit.trim().is_empty() {
        deal.unit = Some(crate::notes::add(app, &mut tx, caller, site, &new.unit, now).await?);
    }
    let command = Command::Record {
        client,
        closer: new.closer,
        circumstances: known,
        stage: new.stage,
        price: new.price,
        commission: new.commission,
        currency: new.currency,
    };
    // The client's entry is written before the ledgers are claimed; the deal's comes first in the command.
    match attributed {
        Some((command, decision)) => {
            for event in &decision.events {
                held.client.evolve(event, when);
            }
            let unusable = AppError::unusable;
            let new = NewEntry {
                tenant,
                claimed: &held.claimed,
                command_id: id,
                part: 1,
                actor: &caller.spelled(),
                command_kind: "close",
                command: &serde_json::to_string(&command).map_err(unusable("command"))?,
                events: &serde_json::to_string(&decision.events).map_err(unusable("events"))?,
                because: &serde_json::to_string(&decision.because).map_err(unusable("reasons"))?,
                outcome: &serde_json::to_string(&decision.outcome).map_err(unusable("outcome"))?,
                rulebook_version: ruling.id,
                happened_at: at,
                recorded_at: now,
            };
            journal::append(&mut tx, new).await?;
            let mut trail = Trail::default();
            let standing = standing_or_last(Some(&ruling), &held.client, when, &mut trail);
            held.save(&mut tx, tenant, standing.as_ref(), at).await?;
        }
        None => stream::release(&mut tx, tenant, &held.claimed).await?,
    }
    let given = Given { caller, id, at, now, note: None };
    let carried = deal.carry_out(&mut tx, &command, &caller.actor(), &given).await?;
    if matches!(carried.outcome, domain::commission::Outcome::Refused { .. }) {
        // Nothing came of it: the client is not closed either.
        tx.rollback().await?;
        return Ok(carried);
    }
    let subjects = [("client", &*client.to_string()), ("deal", &*id.to_string())];
    store::changes::publish(&mut tx, tenant, site, &subjects, now).await?;
    tx.commit().await?;
    Ok(carried)
}

/// What attribution knows of the client that matters for the parts; what nobody has decided is as it was
/// last.
fn known_of(ruling: &Ruling, held: &HeldClient, at: crate::Moment) -> Circumstances {
    let mut open = held.client.clone();
    let closed = open.closing.take();
    match closing::of_client(&ruling.attribution, &open, at) {
        Ok((known, _)) => {
            let owner = closed.and_then(|closed| closed.owner).or(known.owner);
            Circumstances { owner, ..known }
        }
        Err(_) => {
            let mut trail = Trail::default();
            let standing = standing_or_last(Some(ruling), &held.client, at, &mut trail);
            let owner = standing.map(|standing| standing.owner);
            Circumstances { owner, ..Circumstances::default() }
        }
    }
}

/// How `closer` received `client`, as the floor knows it today.
async fn seen_on_floor(
    tx: &mut Tx,
    tenant: TenantId,
    site: SiteId,
    client: ClientId,
    closer: PersonId,
    owner: Option<PersonId>,
) -> Result<Option<Reception>, AppError> {
    let floor = crate::rotation::floor_of(tx, tenant, site).await?;
    let entrusted =
        owner.and_then(|owner| floor.people.get(&owner)).and_then(|member| member.delegate);
    let of = |visit: &&domain::rotation::state::Visit| visit.arrival.client == Some(client);
    let seen = floor.visits.values().filter(of).max_by_key(|visit| visit.arrived_at);
    Ok(seen.and_then(|visit| closing::of_visit(visit, closer, entrusted)))
}

async fn works_here(
    tx: &mut Tx,
    tenant: TenantId,
    site: SiteId,
    person: PersonId,
) -> Result<(), AppError> {
    let known = store::people::get(tx, tenant, person.0).await;
    if known.is_ok_and(|known| known.site == Some(site)) {
        return Ok(());
    }
    Err(AppError::invalid(
        "person",
        format!("`{person}` does not work at the client's site"),
        "choose somebody of the site",
    ))
}
