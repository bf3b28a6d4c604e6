//! What would be decided, without recording anything; and the facts that a decision is given.

use chrono::{DateTime, Utc};
use domain::{
    people::{ClientId, PersonId, VisitId},
    rotation::{Command, Event, Outcome, decide, events::Prompt, rules::Reason, state::Arrival},
};
use rulebook::Decision;
use store::{SiteId, TenantId, Tx};
use uuid::Uuid;

use super::saved::{look, moment};
use crate::{
    App, AppError, Caller, Ownership, attribution::ownership_at, roles::Permission,
    rulebooks::Ruling,
};

/// Who would receive `arrival` now, and why. Nothing is recorded.
pub async fn preview(
    app: &App,
    caller: &Caller,
    site: SiteId,
    arrival: Arrival,
) -> Result<Decision<Outcome, Event>, AppError> {
    Ok(try_out(app, caller, site, arrival, None).await?.0)
}

/// What would come of `receiver` receiving `arrival` by authority, and what the rulebook would decide
/// without. Nothing is recorded.
pub async fn preview_override(
    app: &App,
    caller: &Caller,
    site: SiteId,
    arrival: Arrival,
    receiver: PersonId,
) -> Result<[Decision<Outcome, Event>; 2], AppError> {
    let (by_rule, instead) = try_out(app, caller, site, arrival, Some(receiver)).await?;
    Ok([instead.unwrap_or_else(|| by_rule.clone()), by_rule])
}

type Tried = Decision<Outcome, Event>;

async fn try_out(
    app: &App,
    caller: &Caller,
    site: SiteId,
    arrival: Arrival,
    instead: Option<PersonId>,
) -> Result<(Tried, Option<Tried>), AppError> {
    caller.at(site)?;
    caller.require(Permission::Deal)?;
    let now = app.clock.now();
    let mut tx = app.db.read().await?;
    let (saved, _, zone) = look(&mut tx, caller.tenant, site).await?;
    let ruling = crate::rulebooks::ruling_at(app, &mut tx, caller.tenant, site, now).await?;
    let ruling = ruling.ok_or_else(|| {
        AppError::conflict("no rulebook is in effect at this site", "activate a rulebook")
    })?;
    let arrival = known(&mut tx, caller.tenant, site, Some(&ruling), arrival, now).await?;
    let at = moment(zone, now);
    let mut floor = saved.floor;
    let actor = caller.actor();
    if decide::next_deadline(&floor).is_some_and(|due| due <= at) {
        let clock = domain::people::Actor::clock();
        for event in decide(&ruling.rules, &floor, &Command::Settle, &clock, at).events {
            floor.evolve(&event, at);
        }
    }
    let visit = VisitId(Uuid::now_v7());
    let by_rule = decide(&ruling.rules, &floor, &Command::Arrive { visit, arrival }, &actor, at);
    let Some(receiver) = instead else { return Ok((by_rule, None)) };
    if by_rule.outcome.is_refused() {
        return Ok((by_rule, None));
    }
    for event in &by_rule.events {
        floor.evolve(event, at);
    }
    let command = Command::Override { visit, receiver, reason: Some(Reason::Other) };
    let decided = decide(&ruling.rules, &floor, &command, &actor, at);
    Ok((by_rule, Some(decided)))
}

/// What is known of whose client `client` is, for arrivals that name who introduced them.
pub async fn facts(
    app: &App,
    caller: &Caller,
    client: ClientId,
) -> Result<Option<Ownership>, AppError> {
    caller.require(Permission::SeeClients)?;
    let mut tx = app.db.read().await?;
    let found = store::clients::get(&mut tx, caller.tenant, client.0).await?;
    caller.at(found.site).map_err(|_| AppError::NotFound("client"))?;
    let now = app.clock.now();
    let ruling = crate::rulebooks::ruling_at(app, &mut tx, caller.tenant, found.site, now).await?;
    ownership_at(&mut tx, &found, ruling.as_deref(), now).await
}

/// `arrival` with what is known at `now` of whose client it is.
pub(super) async fn known(
    tx: &mut Tx,
    tenant: TenantId,
    site: SiteId,
    ruling: Option<&Ruling>,
    arrival: Arrival,
    now: DateTime<Utc>,
) -> Result<Arrival, AppError> {
    let Some(client) = arrival.client else { return Ok(arrival) };
    let found = store::clients::get(tx, tenant, client.0).await?;
    if found.site != site {
        return Err(AppError::NotFound("client"));
    }
    Ok(Arrival { ownership: ownership_at(tx, &found, ruling, now).await?, ..arrival })
}

/// The word for what somebody is told.
pub(crate) const fn prompt_word(prompt: Prompt) -> &'static str {
    match prompt {
        Prompt::OnTurn => "on_turn",
        Prompt::FillPlace => "fill_place",
        Prompt::StandNow => "stand_now",
        Prompt::CheckIn => "check_in",
        Prompt::Questions => "questions",
        Prompt::ClientReceived => "client_received",
        Prompt::ClientHere => "client_here",
        Prompt::NobodyFree => "nobody_free",
        Prompt::Undecided => "undecided",
        Prompt::AbsentTooLong(_) => "absent_too_long",
        Prompt::Reported(_) => "reported",
        Prompt::Call(_) => "call",
        Prompt::PostEmpty => "post_empty",
        Prompt::BreachProposed(_) => "breach_proposed",
        Prompt::Overridden(_) => "overridden",
        Prompt::Unregistered => "unregistered",
        Prompt::NameDelegate => "name_delegate",
        Prompt::RosterMissing => "roster_missing",
        Prompt::RosterPublished => "roster_published",
        Prompt::Planned(_) => "planned",
        Prompt::EliminationProposed => "elimination_proposed",
    }
}
