//! Erasing who a client is, on request: keys, telephones, terms and notes go; ids, decisions and the chain stay.

use domain::people::ClientId;
use serde::Serialize;
use serde_json::{Value, json};
use store::{clients, journal, notes, retry};

use super::merge::streams_of;
use crate::{
    App, AppError, Caller,
    record::{Write, client_stream, write},
    roles::Permission,
};

/// What an erasure takes away, and what it leaves.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Loss {
    /// Records, with those that were merged.
    pub records_count: usize,
    /// Telephones.
    pub telephones_count: usize,
    /// Ties to other clients.
    pub ties_count: usize,
    /// Reasons and notes that were typed.
    pub notes_count: usize,
    /// Entries of the journal, which stay.
    pub entries_count: usize,
}

/// How many entries of one record are looked through.
const ENTRIES_MAX: i64 = 10_000;

/// What the erasure of `client` would take away.
pub async fn loss(app: &App, caller: &Caller, client: ClientId) -> Result<Loss, AppError> {
    caller.require(Permission::EraseClients)?;
    let mut tx = app.db.read().await?;
    let found = clients::get(&mut tx, caller.tenant, client.0).await?;
    caller.at(found.site).map_err(|_| AppError::NotFound("client"))?;
    let mut loss = Loss::default();
    for stream in streams_of(&mut tx, caller.tenant, client).await? {
        let row = clients::get(&mut tx, caller.tenant, stream.id).await?;
        loss.records_count += 1;
        loss.telephones_count += row.telephones.len();
        loss.ties_count += clients::ties(&mut tx, caller.tenant, stream.id).await?.len();
        let entries = journal::of_stream(&mut tx, caller.tenant, stream, 1, ENTRIES_MAX).await?;
        loss.entries_count += entries.len();
        loss.notes_count += entries.iter().flat_map(|entry| notes_of(&entry.command)).count();
    }
    Ok(loss)
}

/// The notes that an entry refers to.
fn notes_of(command: &str) -> Vec<uuid::Uuid> {
    let command: Value = serde_json::from_str(command).unwrap_or_default();
    let note = |name: &str| command.get(name)?.as_str()?.parse().ok();
    ["note", "former"].into_iter().filter_map(note).collect()
}

/// Erases who `client` is, for good, with every record that was merged into it. `reason` is a word of the
/// caller's: `request`, `retention`.
pub async fn erase(
    app: &App,
    caller: &Caller,
    client: ClientId,
    reason: &str,
) -> Result<(), AppError> {
    caller.require(Permission::EraseClients)?;
    if !matches!(reason, "request" | "retention" | "mistake") {
        return Err(AppError::invalid(
            "reason",
            format!("`{reason}` is no reason for erasing"),
            "one of request, retention, mistake",
        ));
    }
    let now = app.clock.now();
    let tenant = caller.tenant;
    retry!(AppError, async {
        let mut tx = app.db.write().await?;
        let found = clients::get(&mut tx, tenant, client.0).await?;
        caller.at(found.site).map_err(|_| AppError::NotFound("client"))?;
        if found.merged_into.is_some() {
            return Err(AppError::conflict(
                "this record was merged into another",
                "erase the other one; this one goes with it",
            ));
        }
        let mut streams = streams_of(&mut tx, tenant, client).await?;
        streams.sort_unstable();
        for stream in streams {
            let command = json!({ "event": "erased", "client": stream.id, "with": client,
                "for": reason });
            let entry =
                Write::new(found.site, client_stream(stream.id), "erase_client", command, now);
            write(&mut tx, caller, &entry).await?;
            for entry in journal::of_stream(&mut tx, tenant, stream, 1, ENTRIES_MAX).await? {
                for note in notes_of(&entry.command) {
                    notes::erase(&mut tx, tenant, note).await?;
                }
            }
            for tie in clients::ties(&mut tx, tenant, stream.id).await? {
                clients::untie(&mut tx, tenant, stream.id, tie.other).await?;
            }
            clients::erase(&mut tx, tenant, stream.id, now).await?;
        }
        let subject = client.to_string();
        store::changes::publish(&mut tx, tenant, found.site, &[("client", &subject)], now).await?;
        Ok::<_, AppError>(tx.commit().await?)
    })
}
