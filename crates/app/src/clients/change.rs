//! Registering clients, and what changes about them. Every change is on the client's own stream.

use chrono::{DateTime, Utc};
use domain::{
    attribution::state::Basis,
    people::{ClientId, PersonId},
};
use serde_json::{Value, json};
use store::{SiteId, Tx, clients, journal, retry, stream};
use uuid::Uuid;

use super::{Client, Known, NewClient, client_of};
use crate::{
    App, AppError, Caller, CommandId,
    attribution::{self, Given},
    record::{Write, client_stream, write},
    roles::Permission,
};

/// Registers a client at `site`, once for each `id`. They are nobody's until somebody receives them.
pub async fn register(
    app: &App,
    caller: &Caller,
    site: SiteId,
    id: CommandId,
    new: &NewClient,
) -> Result<Client, AppError> {
    caller.require(Permission::RegisterClients)?;
    caller.at(site)?;
    let known = Known::of(new)?;
    let now = app.clock.now();
    let client = retry!(AppError, async {
        let mut tx = app.db.write().await?;
        if let Some(entry) = journal::by_command(&mut tx, caller.tenant, id).await? {
            let client = ClientId(entry.stream.id);
            let same = entry.command_kind == "register_client" && entry.actor == caller.spelled();
            return if same { Ok(client) } else { Err(known_command(id)) };
        }
        let client = add_known(app, &mut tx, caller, site, id, &known, now).await?;
        store::changes::publish(
            &mut tx,
            caller.tenant,
            site,
            &[("client", &client.to_string())],
            now,
        )
        .await?;
        tx.commit().await?;
        Ok(client)
    })?;
    super::get(app, caller, client).await
}

pub(super) fn known_command(id: CommandId) -> AppError {
    AppError::conflict(
        format!("the command id `{id}` belongs to another command"),
        "give every command an id of its own",
    )
}

/// Adds a client inside a transaction; for made-up history and imports.
pub(crate) async fn add(
    app: &App,
    tx: &mut Tx,
    caller: &Caller,
    site: SiteId,
    new: &NewClient,
    now: DateTime<Utc>,
) -> Result<ClientId, AppError> {
    add_known(app, tx, caller, site, Uuid::now_v7(), &Known::of(new)?, now).await
}

async fn add_known(
    app: &App,
    tx: &mut Tx,
    caller: &Caller,
    site: SiteId,
    command_id: CommandId,
    known: &Known,
    now: DateTime<Utc>,
) -> Result<ClientId, AppError> {
    let client = Uuid::now_v7();
    let command = json!({ "event": "client_registered", "client": client });
    let stream = client_stream(client);
    let plain = Write::new(site, stream, "register_client", command, now);
    write(tx, caller, &Write { command_id, ..plain }).await?;
    let new = known.new_client(caller.tenant, site, client, now);
    clients::add(tx, &app.keys, &new).await?;
    Ok(ClientId(client))
}

/// Replaces who a client is; the journal says that, not what.
pub async fn correct(
    app: &App,
    caller: &Caller,
    client: ClientId,
    new: &NewClient,
) -> Result<Client, AppError> {
    caller.require(Permission::RegisterClients)?;
    let known = Known::of(new)?;
    retry!(AppError, async {
        let mut tx = app.db.write().await?;
        let row = reach(&mut tx, caller, client).await?;
        clients::identify(&mut tx, &app.keys, row.tenant, row.id, &known.identity()).await?;
        clients::mark(&mut tx, row.tenant, row.id, &known.marks()).await?;
        finish(app, tx, caller, &row, "correct_client", json!({})).await
    })
}

/// Says whose client it is, by authority; `reason` is kept sealed beside the journal.
pub async fn set_owner(
    app: &App,
    caller: &Caller,
    client: ClientId,
    owner: Option<PersonId>,
    reason: &str,
) -> Result<Client, AppError> {
    caller.require(Permission::SetOwner)?;
    if reason.trim().is_empty() {
        return Err(AppError::invalid("reason", "there is no reason", "say why"));
    }
    let now = app.clock.now();
    retry!(AppError, async {
        let mut tx = app.db.write().await?;
        let row = reach(&mut tx, caller, client).await?;
        let before = row.owner;
        if let Some(owner) = owner {
            let person = store::people::get(&mut tx, row.tenant, owner.0).await?;
            if !person.active || person.site != Some(row.site) {
                return Err(AppError::invalid(
                    "owner",
                    "this person does not work at the client's site",
                    "choose somebody of the site",
                ));
            }
        }
        let note = crate::notes::add(app, &mut tx, caller, row.site, reason, now).await?;
        let command = json!({ "before": before, "after": owner, "note": note });
        let given = Given { to: owner, basis: Basis::Assigned };
        attribution::by_authority(app, &mut tx, caller, client, &given, command, now).await?;
        commit(app, tx, &row, now).await
    })
}

/// Says whether a deal with the client closed.
pub async fn set_closed(
    app: &App,
    caller: &Caller,
    client: ClientId,
    closed: bool,
) -> Result<Client, AppError> {
    caller.require(Permission::SetOwner)?;
    let now = app.clock.now();
    retry!(AppError, async {
        let mut tx = app.db.write().await?;
        let row = reach(&mut tx, caller, client).await?;
        attribution::closed_by_authority(app, &mut tx, caller, &row, closed, now).await?;
        commit(app, tx, &row, now).await
    })
}

/// The client, whose stream no other transaction writes until this one ends.
pub(super) async fn reach(
    tx: &mut Tx,
    caller: &Caller,
    client: ClientId,
) -> Result<clients::Client, AppError> {
    let found = clients::get(tx, caller.tenant, client.0).await?;
    caller.at(found.site).map_err(|_| AppError::NotFound("client"))?;
    let id = client_stream(client.0);
    stream::ensure(tx, caller.tenant, found.site, id).await?;
    for claimed in stream::claim(tx, caller.tenant, &[id]).await? {
        stream::release(tx, caller.tenant, &claimed).await?;
    }
    // What was read before the claim may have changed.
    Ok(clients::get(tx, caller.tenant, client.0).await?)
}

/// Writes the change into the journal, publishes it, commits; the client as it is now.
pub(super) async fn finish(
    app: &App,
    mut tx: Tx,
    caller: &Caller,
    row: &clients::Client,
    kind: &str,
    mut command: Value,
) -> Result<Client, AppError> {
    let now = app.clock.now();
    if let Some(fields) = command.as_object_mut() {
        fields.insert("event".to_owned(), kind.into());
        fields.insert("client".to_owned(), json!(row.id));
    }
    let stream = client_stream(row.id);
    write(&mut tx, caller, &Write::new(row.site, stream, kind, command, now)).await?;
    commit(app, tx, row, now).await
}

/// Publishes the change and commits; the client as it is now.
pub(super) async fn commit(
    app: &App,
    mut tx: Tx,
    row: &clients::Client,
    now: DateTime<Utc>,
) -> Result<Client, AppError> {
    let after = clients::get(&mut tx, row.tenant, row.id).await?;
    let names = crate::people::names(&mut tx, row.tenant).await?;
    let subject = row.id.to_string();
    store::changes::publish(&mut tx, row.tenant, row.site, &[("client", &subject)], now).await?;
    tx.commit().await?;
    client_of(app, after, &names)
}
