//! Two records that turn out to be one client: merged on both streams, and parted again while nothing has
//! happened since.

use domain::{
    attribution::{
        Client as Attributed,
        decide::{Likeness, Sameness, sameness},
        rules::Relation,
    },
    people::ClientId,
};
use rulebook::Trail;
use serde_json::json;
use store::{
    StoreError, StreamId, Tx, clients,
    journal::{self, NewEntry},
    notes, retry,
};
use uuid::Uuid;

use super::{Client, Known, change::known_command, client_of};
use crate::{
    App, AppError, Caller, CommandId,
    attribution::{HeldClient, standing_or_last},
    privacy,
    record::client_stream,
    roles::Permission,
    rotation::{moment, zone_of},
    rulebooks::Ruling,
};

fn conflict(message: &str, hint: &str) -> AppError {
    AppError::conflict(message, hint)
}

/// What both records hold: in the order of time, so that the first registration still counts first.
fn united(one: &Attributed, two: &Attributed) -> Attributed {
    let mut client = one.clone();
    client.registrations.extend(two.registrations.iter().cloned());
    client.contacts.extend(two.contacts.iter().copied());
    client.rights.extend(two.rights.iter().cloned());
    client.registrations.sort_by_key(|registration| registration.at);
    client.contacts.sort_by_key(|contact| contact.at);
    client.rights.sort_by_key(|right| right.from);
    client.closing = match (one.closing, two.closing) {
        (Some(one), Some(two)) => Some(if one.at <= two.at { one } else { two }),
        (one, two) => one.or(two),
    };
    client
}

/// Both clients, claimed in order of id: `from` and `into`.
async fn both(
    tx: &mut Tx,
    caller: &Caller,
    from: ClientId,
    into: ClientId,
    ruling: Option<&Ruling>,
    zone: chrono_tz::Tz,
) -> Result<(HeldClient, HeldClient), AppError> {
    let tenant = caller.tenant;
    let at = |at| moment(zone, at);
    if from < into {
        let one = HeldClient::claim(tx, tenant, from, ruling, at).await?;
        Ok((one, HeldClient::claim(tx, tenant, into, ruling, at).await?))
    } else {
        let two = HeldClient::claim(tx, tenant, into, ruling, at).await?;
        Ok((HeldClient::claim(tx, tenant, from, ruling, at).await?, two))
    }
}

/// Says that the record `from` is the client `into`, once for each `id`; `reason` is kept sealed. What both
/// hold counts for `into` from now on, and whose client that is follows from all of it.
pub async fn merge(
    app: &App,
    caller: &Caller,
    id: CommandId,
    from: ClientId,
    into: ClientId,
    reason: &str,
) -> Result<Client, AppError> {
    caller.require(Permission::MergeClients)?;
    if reason.trim().is_empty() {
        return Err(AppError::invalid("reason", "there is no reason", "say why"));
    }
    if from == into {
        return Err(conflict("a record cannot be merged into itself", "choose the other record"));
    }
    retry!(AppError, async {
        let mut tx = app.db.write().await?;
        if let Some(entry) = journal::by_command(&mut tx, caller.tenant, id).await? {
            if entry.command_kind != "merge_client" || entry.stream != client_stream(from.0) {
                return Err(known_command(id));
            }
        } else {
            merge_once(app, &mut tx, caller, id, from, into, reason).await?;
        }
        let row = clients::get(&mut tx, caller.tenant, into.0).await?;
        let names = crate::people::names(&mut tx, caller.tenant).await?;
        tx.commit().await?;
        client_of(app, row, &names)
    })
}

async fn merge_once(
    app: &App,
    tx: &mut Tx,
    caller: &Caller,
    id: CommandId,
    from: ClientId,
    into: ClientId,
    reason: &str,
) -> Result<(), AppError> {
    let (tenant, now) = (caller.tenant, app.clock.now());
    let site = clients::get(tx, tenant, into.0).await?.site;
    caller.at(site).map_err(|_| AppError::NotFound("client"))?;
    let zone = zone_of(tx, tenant, site).await?;
    let ruling = crate::rulebooks::ruling_at(app, tx, tenant, site, now).await?;
    let ruling = ruling.as_deref();
    let (mut one, mut two) = both(tx, caller, from, into, ruling, zone).await?;
    for row in [&one.row, &two.row] {
        if row.site != site {
            return Err(conflict("the records belong to two sites", "merge within one site"));
        }
        if row.erased_at.is_some() {
            return Err(StoreError::Erased.into());
        }
        if row.merged_into.is_some() {
            return Err(conflict(
                "one of them was merged before",
                "choose the record that is left",
            ));
        }
    }
    let (known, before) = (privacy::opened(app, &one.row)?, privacy::opened(app, &two.row)?);
    let mut trail = Trail::default();
    let telephone = known.telephones.iter().any(|number| before.telephones.contains(number));
    let relation = clients::ties(tx, tenant, from.0).await?.into_iter();
    let relation =
        relation.filter(|tie| tie.other == into.0).find_map(|t| Relation::of_word(&t.relation));
    let name = !known.name.is_empty() && store::fold(&known.name) == store::fold(&before.name);
    let likeness = Likeness { telephone, name, relation, proven: true, ruled: false };
    let alike = telephone || name || relation.is_some();
    if let Some(ruling) = ruling.filter(|_| alike)
        && sameness(&ruling.attribution, likeness, &mut trail) == Ok(Sameness::Different)
    {
        return Err(conflict(
            "by the rulebook these are two clients",
            "tie them together as family instead",
        ));
    }
    let identity =
        serde_json::to_string(&Former::of(&before)).map_err(AppError::unusable("note"))?;
    let former = Uuid::now_v7();
    let written_by = caller.person.map(|person| person.0);
    let note =
        notes::NewNote { tenant, site, id: former, text: &identity, written_by, written_at: now };
    notes::add(tx, &app.keys, &note).await?;
    let note = crate::notes::add(app, tx, caller, site, reason, now).await?;
    let after = before.filled_with(&known);
    let known = Known::of(&after)?;
    let state = serde_json::to_value(&two.client).map_err(AppError::unusable("client"))?;
    two.client = united(&two.client, &one.client);
    let command = json!({ "event": "merged", "from": from, "into": into, "note": note,
        "former": former, "state": state, "owner": two.row.owner });
    let because = trail.because();
    let because = serde_json::to_string(&because).map_err(AppError::unusable("entry"))?;
    let version = ruling.and_then(|ruling| ruling.id);
    for (part, held) in [(0, &one), (1, &two)] {
        let new = NewEntry {
            tenant,
            claimed: &held.claimed,
            command_id: id,
            part,
            actor: &caller.spelled(),
            command_kind: "merge_client",
            command: &command.to_string(),
            events: &json!([{ "event": "merged", "from": from, "into": into }]).to_string(),
            because: &because,
            outcome: r#"{"outcome":"done"}"#,
            rulebook_version: version,
            happened_at: now,
            recorded_at: now,
        };
        journal::append(tx, new).await?;
    }
    clients::merge(tx, tenant, from.0, into.0).await?;
    clients::identify(tx, &app.keys, tenant, into.0, &known.identity()).await?;
    clients::mark(tx, tenant, into.0, &known.marks()).await?;
    for tie in clients::ties(tx, tenant, from.0).await? {
        clients::untie(tx, tenant, from.0, tie.other).await?;
        if tie.other != into.0 {
            clients::tie(tx, tenant, into.0, tie.other, &tie.relation, now).await?;
        }
    }
    let at = moment(zone, now);
    let standing = standing_or_last(ruling, &two.client, at, &mut Trail::default());
    two.save(tx, tenant, standing.as_ref(), now).await?;
    one.save_owner(tx, tenant, one.row.owner.map(crate::PersonId), now).await?;
    publish(tx, caller, site, from, into, now).await
}

async fn publish(
    tx: &mut Tx,
    caller: &Caller,
    site: store::SiteId,
    from: ClientId,
    into: ClientId,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<(), AppError> {
    let (from, into) = (from.to_string(), into.to_string());
    let changes = [("client", from.as_str()), ("client", into.as_str())];
    store::changes::publish(tx, caller.tenant, site, &changes, now).await?;
    Ok(())
}

/// Who a client was before another record was merged into it.
#[derive(serde::Serialize, serde::Deserialize)]
struct Former {
    kind: super::Kind,
    name: String,
    telephones: Vec<String>,
    company: Option<String>,
    plate: Option<String>,
    grade: Option<super::Grade>,
    source: Option<super::Source>,
    extra: super::Extra,
}

impl Former {
    fn of(new: &super::NewClient) -> Self {
        let new = new.clone();
        Self {
            kind: new.kind,
            name: new.name,
            telephones: new.telephones,
            company: new.company,
            plate: new.plate,
            grade: new.grade,
            source: new.source,
            extra: new.extra,
        }
    }

    fn client(self) -> super::NewClient {
        super::NewClient {
            kind: self.kind,
            name: self.name,
            telephones: self.telephones,
            company: self.company,
            plate: self.plate,
            grade: self.grade,
            source: self.source,
            extra: self.extra,
        }
    }
}

/// Takes the merging of `from` back, while nothing has happened to the other record since.
pub async fn part(
    app: &App,
    caller: &Caller,
    id: CommandId,
    from: ClientId,
) -> Result<Client, AppError> {
    caller.require(Permission::MergeClients)?;
    retry!(AppError, async {
        let mut tx = app.db.write().await?;
        if journal::by_command(&mut tx, caller.tenant, id).await?.is_none() {
            part_once(app, &mut tx, caller, id, from).await?;
        }
        let row = clients::get(&mut tx, caller.tenant, from.0).await?;
        let names = crate::people::names(&mut tx, caller.tenant).await?;
        tx.commit().await?;
        client_of(app, row, &names)
    })
}

async fn part_once(
    app: &App,
    tx: &mut Tx,
    caller: &Caller,
    id: CommandId,
    from: ClientId,
) -> Result<(), AppError> {
    let (tenant, now) = (caller.tenant, app.clock.now());
    let row = clients::get(tx, tenant, from.0).await?;
    caller.at(row.site).map_err(|_| AppError::NotFound("client"))?;
    let site = row.site;
    let into = row.merged_into.map(ClientId);
    let into = into.ok_or_else(|| conflict("this record was not merged", "look at it again"))?;
    let zone = zone_of(tx, tenant, site).await?;
    let ruling = crate::rulebooks::ruling_at(app, tx, tenant, site, now).await?;
    let ruling = ruling.as_deref();
    let (mut one, mut two) = both(tx, caller, from, into, ruling, zone).await?;
    let last: StreamId = two.claimed.id;
    let entry = journal::get(tx, tenant, last, two.claimed.version - 1).await?;
    let command: serde_json::Value =
        serde_json::from_str(&entry.command).map_err(AppError::unusable("entry"))?;
    let of = |name: &str| command.get(name).and_then(|id| id.as_str()?.parse::<Uuid>().ok());
    if entry.command_kind != "merge_client" || of("from") != Some(from.0) {
        return Err(conflict(
            "something has happened to the client since they were merged",
            "the merging stays; register the other person anew",
        ));
    }
    let former = of("former").ok_or(AppError::NotFound("note"))?;
    let text = privacy::note(app, tx, tenant, former).await?;
    let text = text.ok_or(AppError::NotFound("note"))?;
    let before: Former = serde_json::from_str(&text).map_err(AppError::unusable("note"))?;
    let state = command.get("state").cloned().unwrap_or_default();
    two.client = serde_json::from_value(state).map_err(AppError::unusable("client"))?;
    let event = json!({ "event": "parted", "from": from, "into": into });
    for (part, held) in [(0, &one), (1, &two)] {
        let new = NewEntry {
            tenant,
            claimed: &held.claimed,
            command_id: id,
            part,
            actor: &caller.spelled(),
            command_kind: "part_clients",
            command: &event.to_string(),
            events: &json!([event]).to_string(),
            because: "[]",
            outcome: r#"{"outcome":"done"}"#,
            rulebook_version: None,
            happened_at: now,
            recorded_at: now,
        };
        journal::append(tx, new).await?;
    }
    clients::unmerge(tx, tenant, from.0).await?;
    for (client, known) in
        [(from, Known::of(&privacy::opened(app, &one.row)?)?), (into, Known::of(&before.client())?)]
    {
        clients::identify(tx, &app.keys, tenant, client.0, &known.identity()).await?;
        clients::mark(tx, tenant, client.0, &known.marks()).await?;
    }
    notes::erase(tx, tenant, former).await?;
    let at = moment(zone, now);
    for held in [&mut one, &mut two] {
        let standing = standing_or_last(ruling, &held.client, at, &mut Trail::default());
        held.save(tx, tenant, standing.as_ref(), now).await?;
    }
    publish(tx, caller, site, from, into, now).await
}

/// The streams that tell of `client`: its own, and those of the records that turned out to be it.
pub(crate) async fn streams_of(
    tx: &mut Tx,
    tenant: store::TenantId,
    client: ClientId,
) -> Result<Vec<StreamId>, AppError> {
    let mut streams = vec![client_stream(client.0)];
    let mut next = 0;
    while let Some(stream) = streams.get(next).copied().filter(|_| next < 50) {
        let merged = clients::merged_into(tx, tenant, stream.id).await?;
        streams.extend(merged.into_iter().map(client_stream));
        next += 1;
    }
    Ok(streams)
}
