//! What came of a command about a client, as the journal has it, with the texts of its clauses.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::{attribution::Outcome, people::PersonId};
use rulebook::{Because, Finding, Words};
use serde::Serialize;
use store::{StreamKind, journal};

use super::sheet::texts;
use crate::{App, AppError, Caller, EntryId, roles::Permission, rotation::ClauseText};

/// A command about a client and everything its decision rests on.
#[derive(Debug, Clone, Serialize)]
pub struct Decided {
    /// The entry.
    pub entry: EntryId,
    /// The command's word.
    pub kind: String,
    /// What came of it; nothing for what is not decided by a rulebook.
    pub outcome: Option<Outcome>,
    /// Every condition that was looked at, in order.
    pub findings: Vec<Finding>,
    /// The clauses that are cited, with their texts.
    pub clauses: Vec<ClauseText>,
    /// The title of the rulebook and its version.
    pub rulebook: Option<(Words, i64)>,
    /// Settings that were needed and not set.
    pub undecided: Vec<String>,
    /// Who asked; nobody for the installation.
    pub by: Option<PersonId>,
    /// The reason that was typed, if one was.
    pub reason: Option<String>,
    /// The names of everybody.
    pub names: BTreeMap<PersonId, String>,
    /// When it happened.
    pub happened_at: DateTime<Utc>,
    /// When it was written down.
    pub recorded_at: DateTime<Utc>,
    /// The hash of the entry, hexadecimal.
    pub hash: String,
    /// The hash of the entry before it.
    pub hash_before: String,
    /// The entry before it in the stream.
    pub before: Option<EntryId>,
    /// The entry after it.
    pub after: Option<EntryId>,
}

/// Whether `entry` is of a client's stream.
#[must_use]
pub fn is_of_client(entry: EntryId) -> bool {
    entry.stream.kind == StreamKind::Client
}

/// What came of `entry` of a client's stream.
pub async fn decided(app: &App, caller: &Caller, entry: EntryId) -> Result<Decided, AppError> {
    caller.require(Permission::SeeFloor)?;
    if !is_of_client(entry) {
        return Err(AppError::NotFound("decision"));
    }
    let tenant = caller.tenant;
    let mut tx = app.db.read().await?;
    let found = journal::get(&mut tx, tenant, entry.stream, entry.version).await?;
    caller.at(found.site).map_err(|_| AppError::NotFound("journal entry"))?;
    let because: Because =
        serde_json::from_str(&found.because).map_err(AppError::unusable("reasons"))?;
    let ruling = match found.rulebook_version {
        Some(id) => Some(crate::rulebooks::ruling_by_id(app, &mut tx, tenant, id).await?),
        None => None,
    };
    let ruling = ruling.as_deref();
    let names = crate::people::names(&mut tx, tenant).await?;
    let by = found.actor.strip_prefix("person:").and_then(|id| id.parse().ok()).map(PersonId);
    let command: serde_json::Value =
        serde_json::from_str(&found.command).map_err(AppError::unusable("command of an entry"))?;
    let note = command.get("note").and_then(|note| note.as_str()?.parse().ok());
    let reason = match note {
        Some(note) => crate::privacy::note(app, &mut tx, tenant, note).await?,
        None => None,
    };
    let undecided = because.undecided().into_iter().map(str::to_owned).collect();
    let next = journal::of_stream(&mut tx, tenant, entry.stream, entry.version + 1, 1).await?;
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(Decided {
        entry,
        kind: found.command_kind.clone(),
        outcome: serde_json::from_str(&found.outcome).ok(),
        clauses: texts(ruling, because.clauses()),
        findings: because.0,
        rulebook: ruling.map(|ruling| (ruling.title.clone(), ruling.number)),
        undecided,
        by,
        reason,
        names,
        happened_at: found.happened_at,
        recorded_at: found.recorded_at,
        hash: hex(&found.hash),
        hash_before: hex(&found.previous_hash),
        before: (entry.version > 1).then(|| EntryId { version: entry.version - 1, ..entry }),
        after: next.first().map(EntryId::of),
    })
}
