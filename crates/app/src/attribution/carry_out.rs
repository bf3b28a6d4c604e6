//! Carrying out a command about a client: once, in one transaction, answered from the journal if done.

use chrono::{DateTime, Utc};
use domain::{
    attribution::{Command, Outcome, decide},
    journeys::care::after_attribution,
    people::{ClientId, PersonId},
    rotation::rules::Role,
};
use rulebook::{Because, Trail};
use serde::Serialize;
use store::{
    SiteId, StoreError, TenantId, Tx, clients, journal, journal::Entry, journal::NewEntry, retry,
    stream,
};

use super::held::{HeldClient, standing_or_last};
use crate::{
    App, AppError, Caller, CommandId, EntryId,
    follow_up::{Told, hear},
    roles::Permission,
    rotation::{moment, zone_of},
};

/// A command about a client that was carried out, refused or left undecided, as the journal has it.
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

impl Carried {
    fn of(entry: &Entry) -> Result<Self, AppError> {
        let unusable = AppError::unusable;
        Ok(Self {
            entry: EntryId::of(entry),
            outcome: serde_json::from_str(&entry.outcome)
                .map_err(unusable("outcome of an entry"))?,
            because: serde_json::from_str(&entry.because)
                .map_err(unusable("reasons of an entry"))?,
            repeated: true,
        })
    }
}

/// Carries out `command` about `client`, exactly once for each `id`.
///
/// `happened_at` is for what is typed in late; it lies in the past.
pub async fn carry_out(
    app: &App,
    caller: &Caller,
    client: ClientId,
    id: CommandId,
    command: &Command,
    happened_at: Option<DateTime<Utc>>,
) -> Result<Carried, AppError> {
    permit(caller, command)?;
    let now = app.clock.now();
    let at = happened_at.unwrap_or(now);
    if at > now {
        return Err(AppError::invalid(
            "happened_at",
            format!("`{at}` is in the future"),
            "give a time that has passed, or none",
        ));
    }
    retry!(AppError, once(app, caller, client, id, command, at, now))
}

async fn once(
    app: &App,
    caller: &Caller,
    client: ClientId,
    id: CommandId,
    command: &Command,
    at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<Carried, AppError> {
    let tenant = caller.tenant;
    let mut tx = app.db.write().await?;
    let site = clients::get(&mut tx, tenant, client.0).await?.site;
    caller.at(site).map_err(|_| AppError::NotFound("client"))?;
    at_site(&mut tx, tenant, site, command).await?;
    let zone = zone_of(&mut tx, tenant, site).await?;
    let ruling = crate::rulebooks::ruling_at(app, &mut tx, tenant, site, now).await?;
    let ruling = ruling.ok_or_else(|| {
        AppError::conflict("no rulebook is in effect at this site", "activate a rulebook")
    })?;
    let mut held =
        HeldClient::claim(&mut tx, tenant, client, Some(&ruling), |at| moment(zone, at)).await?;
    if let Some(entry) = journal::by_command(&mut tx, tenant, id).await? {
        let same = entry.stream == held.claimed.id && entry.actor == caller.spelled();
        stream::release(&mut tx, tenant, &held.claimed).await?;
        return if same { Carried::of(&entry) } else { Err(other_command(id)) };
    }
    let actor = caller.actor();
    let command = &with_facts(&mut tx, tenant, &held.row, command).await?;
    let decision = decide(&ruling.attribution, &held.client, command, &actor, moment(zone, at));
    for event in &decision.events {
        held.client.evolve(event, moment(zone, at));
    }
    let json = |what: Result<String, serde_json::Error>| what.map_err(AppError::unusable("entry"));
    let new = NewEntry {
        tenant,
        claimed: &held.claimed,
        command_id: id,
        part: 0,
        actor: &caller.spelled(),
        command_kind: word_of(command),
        command: &asked(caller, command)?,
        events: &json(serde_json::to_string(&decision.events))?,
        because: &json(serde_json::to_string(&decision.because))?,
        outcome: &json(serde_json::to_string(&decision.outcome))?,
        rulebook_version: ruling.id,
        happened_at: at,
        recorded_at: now,
    };
    let entry = journal::append(&mut tx, new).await?;
    let mut trail = Trail::default();
    let standing = standing_or_last(Some(&ruling), &held.client, moment(zone, now), &mut trail);
    held.save(&mut tx, tenant, standing.as_ref(), at).await?;
    if let Some(care) = after_attribution(command).filter(|_| !decision.events.is_empty()) {
        let told = Told {
            tenant,
            site,
            client,
            owner: standing.map(|standing| standing.owner),
            command: &care,
            actor: &caller.spelled(),
            id,
            part: 1,
            zone,
            at,
            now,
        };
        hear(&mut tx, &ruling, &told).await?;
    }
    let subject = client.to_string();
    store::changes::publish(&mut tx, tenant, site, &[("client", &subject)], now).await?;
    tx.commit().await?;
    let entry = EntryId::of(&entry);
    Ok(Carried { entry, outcome: decision.outcome, because: decision.because, repeated: false })
}

/// The command with the roles of whoever gave it, as the journal has it.
fn asked(caller: &Caller, command: &Command) -> Result<String, AppError> {
    let unusable = AppError::unusable;
    let mut asked = serde_json::to_value(command).map_err(unusable("command"))?;
    let roles = serde_json::to_value(&caller.roles).map_err(unusable("roles"))?;
    if let Some(fields) = asked.as_object_mut() {
        fields.insert("roles".to_owned(), roles);
    }
    Ok(asked.to_string())
}

/// Whoever a command names works at the site of the client; who is to have the client still does.
pub(super) async fn at_site(
    tx: &mut Tx,
    tenant: TenantId,
    site: SiteId,
    command: &Command,
) -> Result<(), AppError> {
    let (field, person, must_be_active) = match command {
        Command::Register { by, .. }
        | Command::Contact { by, .. }
        | Command::Received { by, .. }
        | Command::Close { by, .. }
        | Command::Claim { by, .. }
        | Command::File { by, .. }
        | Command::Acknowledge { by }
        | Command::Release { by, .. } => ("by", *by, false),
        Command::Take { by, .. } => ("by", *by, true),
        Command::Assign { to } | Command::Distribute { to, .. } | Command::Change { to } => {
            ("to", *to, true)
        }
        Command::Rule { owner } => ("owner", *owner, true),
        Command::Share { holdings } => {
            for holding in holdings {
                works_at(tx, tenant, site, ("holdings", holding.person, true)).await?;
            }
            return Ok(());
        }
        Command::Complete { .. }
        | Command::CancelClosing
        | Command::Countersign { .. }
        | Command::ConfirmFiling { .. }
        | Command::ConfirmShare => return Ok(()),
    };
    works_at(tx, tenant, site, (field, person, must_be_active)).await
}

/// Somebody whom `field` of a command names works at `site`.
async fn works_at(
    tx: &mut Tx,
    tenant: TenantId,
    site: SiteId,
    (field, person, must_be_active): (&'static str, PersonId, bool),
) -> Result<(), AppError> {
    let known = match store::people::get(tx, tenant, person.0).await {
        Ok(known) => Some(known),
        Err(StoreError::NotFound(_)) => None,
        Err(error) => return Err(error.into()),
    };
    let fits = |known: store::people::Person| {
        known.site == Some(site) && (known.active || !must_be_active)
    };
    if known.is_some_and(fits) {
        return Ok(());
    }
    Err(AppError::invalid(
        field,
        format!("`{person}` does not work at the client's site"),
        "choose somebody of the site",
    ))
}

/// `command` with the facts that only the database knows.
pub(super) async fn with_facts(
    tx: &mut Tx,
    tenant: TenantId,
    row: &clients::Client,
    command: &Command,
) -> Result<Command, AppError> {
    Ok(match command {
        Command::Distribute { to, .. } => {
            let left = match row.owner {
                Some(owner) => !store::people::get(tx, tenant, owner).await?.active,
                None => false,
            };
            Command::Distribute { to: *to, left }
        }
        other => other.clone(),
    })
}

fn other_command(id: CommandId) -> AppError {
    AppError::conflict(
        format!("the command id `{id}` belongs to another command"),
        "give every command an id of its own",
    )
}

/// Who may: a consultant for themselves, the desk for everybody, authority for what moves a client.
pub(super) fn permit(caller: &Caller, command: &Command) -> Result<(), AppError> {
    match command {
        Command::Register { by, .. }
        | Command::Contact { by, .. }
        | Command::Close { by, .. }
        | Command::Claim { by, .. }
        | Command::File { by, .. }
        | Command::Acknowledge { by }
        | Command::Release { by, .. }
        | Command::Take { by, .. } => {
            caller.require(Permission::RegisterClients)?;
            themselves(caller, *by)
        }
        Command::Complete { .. } | Command::ConfirmFiling { .. } | Command::Share { .. } => {
            caller.require(Permission::RegisterClients)
        }
        Command::Received { .. } => caller.require(Permission::Deal),
        Command::Assign { .. }
        | Command::Distribute { .. }
        | Command::Change { .. }
        | Command::CancelClosing
        | Command::Countersign { .. }
        | Command::ConfirmShare
        | Command::Rule { .. } => caller.require(Permission::SetOwner),
    }
}

pub(crate) fn themselves(caller: &Caller, by: PersonId) -> Result<(), AppError> {
    let for_others = caller.is_system()
        || [Role::Receptionist, Role::Secretary, Role::Supervisor, Role::Manager]
            .iter()
            .any(|role| caller.is(*role));
    if for_others || caller.is_person(by) {
        Ok(())
    } else {
        Err(AppError::NotPermitted(Permission::AttendForOthers))
    }
}

/// The name of a command in the journal.
const fn word_of(command: &Command) -> &'static str {
    match command {
        Command::Register { .. } => "register",
        Command::Complete { .. } => "complete_registration",
        Command::Contact { .. } => "contact",
        Command::Received { .. } => "received",
        Command::Assign { .. } => "assign",
        Command::Distribute { .. } => "distribute",
        Command::Change { .. } => "change_consultant",
        Command::Close { .. } => "close_deal",
        Command::CancelClosing => "cancel_closing",
        Command::Claim { .. } => "claim",
        Command::Rule { .. } => "rule_on_claim",
        Command::Countersign { .. } => "countersign",
        Command::File { .. } => "file_client",
        Command::ConfirmFiling { .. } => "confirm_filing",
        Command::Share { .. } => "share_client",
        Command::ConfirmShare => "confirm_share",
        Command::Acknowledge { .. } => "acknowledge",
        Command::Release { .. } => "release_client",
        Command::Take { .. } => "take_from_pool",
    }
}
