//! Make-up turns that late entries propose: nobody's finished turn is dealt again.

use chrono::{DateTime, Utc};
use domain::{
    people::PersonId,
    rotation::{
        Command, Outcome,
        rules::MakeUpKind,
        state::{Arrival, RingId},
    },
};
use serde::Serialize;
use serde_json::json;
use sha2::{Digest, Sha256};
use store::{SiteId, Tx, journal, retry, settings};

use super::{
    carry_out::{Carried, carry_out},
    latest::Told,
    saved::{floor_stream, look},
    visit_rows::ring_for,
};
use crate::{
    App, AppError, Caller, CommandId, EntryId,
    record::{Write, people_stream, write},
    roles::Permission,
};

/// How many entries are read at once.
const AT_ONCE: i64 = 500;

/// A make-up turn that a late entry proposes.
#[derive(Debug, Clone, Serialize)]
pub struct Proposal {
    /// The late entry.
    pub told: Told,
    /// For whom: the rules would have chosen them.
    pub person: PersonId,
    /// In which ring.
    pub ring: RingId,
}

/// The proposals of the open day of `site` that nobody has granted or dropped, the oldest first.
pub async fn proposals(
    app: &App,
    caller: &Caller,
    site: SiteId,
) -> Result<Vec<Proposal>, AppError> {
    caller.at(site)?;
    caller.require(Permission::Supervise)?;
    let mut tx = app.db.read().await?;
    let (saved, version, _) = look(&mut tx, caller.tenant, site).await?;
    if saved.floor.day.is_none() {
        return Ok(Vec::new());
    }
    let mut from = saved.kept.last().copied().unwrap_or(1);
    let mut open = Vec::new();
    while from <= version {
        let stream = floor_stream(site);
        let entries = journal::of_stream(&mut tx, caller.tenant, stream, from, AT_ONCE).await?;
        let Some(last) = entries.last() else { break };
        from = last.version + 1;
        for entry in entries.iter().filter(|entry| entry.command_kind == "record_past") {
            let Some(proposal) = proposed(app, &mut tx, caller, site, Told::of(entry)?).await?
            else {
                continue;
            };
            let id = proposal.told.entry;
            let granted = journal::by_command(&mut tx, caller.tenant, grant_id(id)).await?;
            let dropped = settings::get(&mut tx, caller.tenant, &mark(id)).await?;
            if granted.is_none() && dropped.is_none() {
                open.push(proposal);
            }
        }
    }
    Ok(open)
}

/// Grants what `entry` proposes, once however often it is asked for.
pub async fn grant_proposal(
    app: &App,
    caller: &Caller,
    site: SiteId,
    entry: EntryId,
) -> Result<Carried, AppError> {
    caller.require(Permission::Supervise)?;
    let mut tx = app.db.read().await?;
    let proposal = find(app, &mut tx, caller, site, entry).await?;
    drop(tx);
    let (person, ring) = (proposal.person, proposal.ring);
    let command = Command::GrantMakeUp { person, ring, kind: MakeUpKind::Ordinary };
    carry_out(app, caller, site, grant_id(entry), command, None).await
}

/// Drops what `entry` proposes; the journal says who did.
pub async fn drop_proposal(
    app: &App,
    caller: &Caller,
    site: SiteId,
    entry: EntryId,
) -> Result<(), AppError> {
    caller.require(Permission::Supervise)?;
    let now: DateTime<Utc> = app.clock.now();
    retry!(AppError, async {
        let mut tx = app.db.write().await?;
        let proposal = find(app, &mut tx, caller, site, entry).await?;
        let command = json!({ "event": "drop_proposal", "entry": entry,
            "person": proposal.person });
        let stream = people_stream(caller.tenant);
        write(&mut tx, caller, &Write::new(site, stream, "drop_proposal", command, now)).await?;
        settings::set(&mut tx, caller.tenant, &mark(entry), "dropped").await?;
        let subject = site.0.to_string();
        store::changes::publish(&mut tx, caller.tenant, site, &[("board", &subject)], now).await?;
        Ok::<_, AppError>(tx.commit().await?)
    })
}

async fn find(
    app: &App,
    tx: &mut Tx,
    caller: &Caller,
    site: SiteId,
    entry: EntryId,
) -> Result<Proposal, AppError> {
    caller.at(site)?;
    let missing = || AppError::NotFound("proposal");
    if entry.stream != floor_stream(site) {
        return Err(missing());
    }
    let found = journal::get(tx, caller.tenant, entry.stream, entry.version).await?;
    proposed(app, tx, caller, site, Told::of(&found)?).await?.ok_or_else(missing)
}

/// What a late entry proposes, if the rules would have chosen somebody else.
async fn proposed(
    app: &App,
    tx: &mut Tx,
    caller: &Caller,
    site: SiteId,
    told: Told,
) -> Result<Option<Proposal>, AppError> {
    let Outcome::Recorded { by, by_rule: Some(person), .. } = &told.outcome else {
        return Ok(None);
    };
    let person = *person;
    let none = Arrival::default();
    let arrival = match told.command.as_ref().filter(|_| *by != person) {
        Some(Command::RecordPast { arrival, .. }) => arrival,
        // The ring of a client who is known afterwards is the site's.
        Some(Command::Identify { .. }) => &none,
        _ => return Ok(None),
    };
    let at = told.recorded_at;
    let ruling = crate::rulebooks::ruling_at(app, tx, caller.tenant, site, at).await?;
    let ring = ruling.map_or_else(RingId::default, |ruling| ring_for(&ruling.rules, arrival));
    Ok(Some(Proposal { told, person, ring }))
}

/// The command that grants what `entry` proposes.
fn grant_id(entry: EntryId) -> CommandId {
    let digest: [u8; 32] = Sha256::digest(format!("grant {entry}")).into();
    let (id, _) = digest.split_at(16);
    uuid::Builder::from_custom_bytes(id.try_into().unwrap_or_default()).into_uuid()
}

fn mark(entry: EntryId) -> String {
    format!("proposal {entry}")
}
