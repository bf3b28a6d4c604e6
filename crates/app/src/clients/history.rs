//! What happened to a client: registered, given an owner, revealed, closed; by whom and when.

use chrono::{DateTime, Utc};
use domain::people::{ClientId, PersonId, VisitId};
use serde::Serialize;
use serde_json::Value;
use store::{clients, journal};
use uuid::Uuid;

use crate::{App, AppError, Caller, EntryId, privacy, record::client_stream, roles::Permission};

/// Something that happened to a client.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClientEntry {
    /// The entry; its reasons are told by [`why`](crate::rotation::why()).
    pub entry: EntryId,
    /// What: `register_client`, `correct_client`, `set_owner`, `set_closed`, `reveal`.
    pub kind: String,
    /// Who did it, by name; nobody for the installation.
    pub by: Option<String>,
    /// When.
    pub happened_at: DateTime<Utc>,
    /// The owner before, for a change of owner.
    pub owner_before: Option<PersonId>,
    /// The owner after.
    pub owner_after: Option<PersonId>,
    /// The visit that gave the owner, if one did.
    pub visit: Option<VisitId>,
    /// The reason that was typed, if one was.
    pub reason: Option<String>,
}

/// How many entries are read.
const ENTRIES_MAX: i64 = 500;

/// What happened to `client`, the oldest first.
pub async fn history(
    app: &App,
    caller: &Caller,
    client: ClientId,
) -> Result<Vec<ClientEntry>, AppError> {
    caller.require(Permission::SeeClients)?;
    let tenant = caller.tenant;
    let mut tx = app.db.read().await?;
    let found = clients::get(&mut tx, tenant, client.0).await?;
    caller.at(found.site).map_err(|_| AppError::NotFound("client"))?;
    let names = crate::people::names(&mut tx, tenant).await?;
    let stream = client_stream(client.0);
    let mut history = Vec::new();
    for entry in journal::of_stream(&mut tx, tenant, stream, 1, ENTRIES_MAX).await? {
        let command: Value = serde_json::from_str(&entry.command)
            .map_err(AppError::unusable("command of an entry"))?;
        let id = |name: &str| -> Option<Uuid> { command.get(name)?.as_str()?.parse().ok() };
        let reason = match id("note") {
            Some(note) => privacy::note(app, &mut tx, tenant, note).await?,
            None => None,
        };
        let by = entry.actor.strip_prefix("person:").and_then(|id| id.parse().ok()).map(PersonId);
        history.push(ClientEntry {
            entry: EntryId::of(&entry),
            kind: entry.command_kind.clone(),
            by: by.and_then(|by| names.get(&by).cloned()),
            happened_at: entry.happened_at,
            owner_before: id("before").map(PersonId),
            owner_after: id("after").map(PersonId),
            visit: id("visit").map(VisitId),
            reason,
        });
    }
    Ok(history)
}
