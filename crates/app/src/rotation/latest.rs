//! The last decisions of a floor, in brief.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::{
    people::PersonId,
    rotation::{Command, Event, Outcome},
};
use rulebook::{Because, ClauseId, Fact};
use serde::Serialize;
use store::{SiteId, TenantId, Tx, journal, journal::Entry};

use super::{carry_out::Carried, happened::Asked, saved::floor_stream};
use crate::{App, AppError, Caller, EntryId, roles::Permission};

/// A decision in brief; [`why`](super::why()) tells all of it.
#[derive(Debug, Clone, Serialize)]
pub struct Told {
    /// The entry.
    pub entry: EntryId,
    /// What was asked; nothing for an undo.
    pub command: Option<Command>,
    /// The command's word, also for an undo.
    pub kind: String,
    /// Who asked; nobody for the clock and the installation.
    pub by: Option<PersonId>,
    /// What came of it.
    pub outcome: Outcome,
    /// What happened.
    pub events: Vec<Event>,
    /// The clauses that were cited.
    pub clauses: Vec<ClauseId>,
    /// Who accepted, declined or ended a reception.
    pub receiver: Option<PersonId>,
    /// When it happened.
    pub happened_at: DateTime<Utc>,
    /// When it was written down.
    pub recorded_at: DateTime<Utc>,
}

impl Told {
    pub(crate) fn of(entry: &Entry) -> Result<Self, AppError> {
        let carried = Carried::of(entry, false)?;
        let asked: Option<Asked> = serde_json::from_str(&entry.command).ok();
        Ok(Self {
            entry: carried.entry,
            command: asked.map(|asked| asked.command),
            kind: entry.command_kind.clone(),
            by: person_of(&entry.actor),
            outcome: carried.outcome,
            events: carried.events,
            clauses: carried.because.clauses(),
            receiver: receiver_in(&carried.because),
            happened_at: entry.happened_at,
            recorded_at: entry.recorded_at,
        })
    }
}

/// Whose reception a step was about.
fn receiver_in(because: &Because) -> Option<PersonId> {
    let about = ["accepted", "declined", "ended"];
    let finding = because.0.iter().find(|finding| about.contains(&finding.condition.as_str()))?;
    finding.facts.iter().find_map(|(_, fact)| match fact {
        Fact::Person(person) => Some(PersonId(*person)),
        _ => None,
    })
}

/// The person whom the journal spells `actor`.
pub(crate) fn person_of(actor: &str) -> Option<PersonId> {
    actor.strip_prefix("person:").and_then(|id| id.parse().ok()).map(PersonId)
}

/// The last `limit` decisions of the floor of `site`, the newest first, and the names in them.
pub async fn latest(
    app: &App,
    caller: &Caller,
    site: SiteId,
    limit: i64,
) -> Result<(Vec<Told>, BTreeMap<PersonId, String>), AppError> {
    caller.at(site)?;
    caller.require(Permission::SeeFloor)?;
    let mut tx = app.db.read().await?;
    let told = of_floor(&mut tx, caller.tenant, site, limit).await?;
    Ok((told, crate::people::names(&mut tx, caller.tenant).await?))
}

pub(super) async fn of_floor(
    tx: &mut Tx,
    tenant: TenantId,
    site: SiteId,
    limit: i64,
) -> Result<Vec<Told>, AppError> {
    let stream = floor_stream(site);
    let version = store::stream::peek(tx, tenant, stream).await?.map_or(0, |peeked| peeked.version);
    let from = (version - limit + 1).max(1);
    let entries = journal::of_stream(tx, tenant, stream, from, limit).await?;
    entries.iter().rev().map(Told::of).collect()
}
