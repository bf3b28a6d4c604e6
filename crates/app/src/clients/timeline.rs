//! Everything that happened with a client, the newest first: registrations, visits, calls, follow-ups, whose
//! they became and why, corrections, merging, looks in full; page by page.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::people::{ClientId, PersonId, VisitId};
use serde::Serialize;
use serde_json::Value;
use store::{Tx, clients, journal, journal::Entry, visits};
use uuid::Uuid;

use super::merge::streams_of;
use crate::{App, AppError, Caller, EntryId, privacy, roles::Permission};

/// Something that happened with a client.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Happening {
    /// The entry of the journal; its reasons are told by its page.
    pub entry: EntryId,
    /// What, in a word: that of the command, or `visit`.
    pub kind: String,
    /// Who did it, by name; nobody for the installation.
    pub by: Option<String>,
    /// When.
    pub happened_at: DateTime<Utc>,
    /// Whose the client was before, for a change of owner.
    pub owner_before: Option<String>,
    /// Whose the client was after it.
    pub owner_after: Option<String>,
    /// The visit that it was, or that led to it.
    pub visit: Option<VisitId>,
    /// Another client who took part: tied, merged.
    pub other: Option<ClientId>,
    /// The words of what was corrected.
    pub changed: Vec<String>,
    /// The reason that was typed, if one was.
    pub reason: Option<String>,
}

/// A page of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Timeline {
    /// What happened, the newest first.
    pub happenings: Vec<Happening>,
    /// From where the next page goes on backwards; nothing: this is all.
    pub next: Option<DateTime<Utc>>,
}

/// At most about `limit` things that happened with `client` before `before`, the newest first. Things of the
/// same moment stay on one page.
pub async fn timeline(
    app: &App,
    caller: &Caller,
    client: ClientId,
    before: Option<DateTime<Utc>>,
    limit: usize,
) -> Result<Timeline, AppError> {
    caller.require(Permission::SeeClients)?;
    let tenant = caller.tenant;
    let limit = limit.clamp(1, 200);
    let mut tx = app.db.read().await?;
    let found = clients::get(&mut tx, tenant, client.0).await?;
    caller.at(found.site).map_err(|_| AppError::NotFound("client"))?;
    let names = crate::people::names(&mut tx, tenant).await?;
    let until = before.unwrap_or(app.clock.now() + chrono::TimeDelta::days(1));
    let asked = i64::try_from(limit).unwrap_or(200) + 1;
    let mut happenings = Vec::new();
    for stream in streams_of(&mut tx, tenant, client).await? {
        for entry in journal::happened_before(&mut tx, tenant, stream, until, asked).await? {
            happenings.push(of_entry(app, &mut tx, &names, &entry).await?);
        }
        for visit in visits::of_client(&mut tx, tenant, stream.id, asked).await? {
            if visit.arrived_at < until {
                happenings.push(of_visit(&visit, &names));
            }
        }
    }
    happenings
        .sort_by(|one, two| two.happened_at.cmp(&one.happened_at).then(two.entry.cmp(&one.entry)));
    let last = happenings.get(limit.saturating_sub(1)).map(|last| last.happened_at);
    let more = happenings.len() > limit;
    if let (true, Some(last)) = (more, last) {
        happenings.retain(|happening| happening.happened_at >= last);
    }
    Ok(Timeline { happenings, next: last.filter(|_| more) })
}

fn of_visit(visit: &visits::Visit, names: &BTreeMap<PersonId, String>) -> Happening {
    let receiver = visit.receiver.map(PersonId);
    Happening {
        entry: EntryId { stream: visit.decision_stream, version: visit.decision_version },
        kind: "visit".to_owned(),
        by: receiver.and_then(|receiver| names.get(&receiver).cloned()),
        happened_at: visit.arrived_at,
        owner_before: None,
        owner_after: None,
        visit: Some(VisitId(visit.id)),
        other: None,
        changed: Vec::new(),
        reason: None,
    }
}

async fn of_entry(
    app: &App,
    tx: &mut Tx,
    names: &BTreeMap<PersonId, String>,
    entry: &Entry,
) -> Result<Happening, AppError> {
    let command: Value =
        serde_json::from_str(&entry.command).map_err(AppError::unusable("command of an entry"))?;
    let id = |name: &str| -> Option<Uuid> { command.get(name)?.as_str()?.parse().ok() };
    let reason = match id("note") {
        Some(note) => privacy::note(app, tx, entry.tenant, note).await?,
        None => None,
    };
    let by = entry.actor.strip_prefix("person:").and_then(|id| id.parse().ok()).map(PersonId);
    let name = |id: Option<Uuid>| id.and_then(|id| names.get(&PersonId(id)).cloned());
    let own = Some(entry.stream.id);
    let other = ["other", "into", "from"].into_iter().filter_map(id).find(|id| Some(*id) != own);
    let changed = command.get("changed").and_then(Value::as_array);
    let words = changed.into_iter().flatten().filter_map(|word| Some(word.as_str()?.to_owned()));
    let is_owner = matches!(entry.command_kind.as_str(), "set_owner" | "register_client");
    let to = ["to", "owner", "after"].into_iter().find_map(id);
    Ok(Happening {
        entry: EntryId::of(entry),
        kind: entry.command_kind.clone(),
        by: by.and_then(|by| names.get(&by).cloned()),
        happened_at: entry.happened_at,
        owner_before: name(id("before").filter(|_| is_owner)),
        owner_after: name(to.filter(|_| entry.command_kind != "merge_client")),
        visit: id("visit").map(VisitId),
        other: other.map(ClientId),
        changed: words.collect(),
        reason,
    })
}
