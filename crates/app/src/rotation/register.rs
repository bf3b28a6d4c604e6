//! The visitor register 来访登记表 of a day.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    people::{ClientId, PersonId, VisitId},
    rotation::{
        Command, Event,
        state::{Arrival, Channel},
    },
};
use rulebook::ClauseId;
use serde::Serialize;
use serde_json::json;
use store::{SiteId, Tx, retry};

use super::latest::Told;
use crate::{
    App, AppError, Caller, EntryId, privacy,
    record::{Write, people_stream, write},
    roles::Permission,
};

/// Which visits of a day are wanted.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// The day at the site.
    pub day: NaiveDate,
    /// Only those that somebody received.
    pub receiver: Option<PersonId>,
    /// Only those of this situation, by its word.
    pub situation: Option<String>,
    /// Only those of these clients.
    pub clients: Option<Vec<ClientId>>,
    /// How many are passed over, the newest first.
    pub skip: usize,
    /// The most that are shown.
    pub most: usize,
}

/// A part of the register.
#[derive(Debug, Clone, Serialize)]
pub struct Register {
    /// How many visits were wanted.
    pub total: usize,
    /// Those that are shown, the newest first.
    pub rows: Vec<Registered>,
    /// The names of everybody mentioned.
    pub names: BTreeMap<PersonId, String>,
}

/// A line of the register.
#[derive(Debug, Clone, Serialize)]
pub struct Registered {
    /// Which visit.
    pub visit: VisitId,
    /// Its number of the day.
    pub number: i64,
    /// When they came.
    pub arrived_at: DateTime<Utc>,
    /// The client's name, masked.
    pub name: Option<String>,
    /// The client's first telephone, masked.
    pub telephone: Option<String>,
    /// How many people came.
    pub people: i64,
    /// The situation, by its word.
    pub situation: String,
    /// What was known of them.
    pub arrival: Option<Arrival>,
    /// How it stands: `waiting`, `asking`, `offered`, `received`, `ended`.
    pub status: String,
    /// Who received.
    pub receiver: Option<PersonId>,
    /// When the reception began.
    pub started_at: Option<DateTime<Utc>>,
    /// When it ended.
    pub ended_at: Option<DateTime<Utc>>,
    /// The decision.
    pub decision: EntryId,
    /// The clauses that it rests on.
    pub clauses: Vec<ClauseId>,
    /// Whether it was written down afterwards.
    pub late: bool,
    /// Whether somebody else received by authority.
    pub overridden: bool,
}

/// The visits of a day at `site` that are `wanted`.
pub async fn register(
    app: &App,
    caller: &Caller,
    site: SiteId,
    wanted: &Wanted,
) -> Result<Register, AppError> {
    caller.at(site)?;
    caller.require(Permission::SeeFloor)?;
    let tenant = caller.tenant;
    let mut tx = app.db.read().await?;
    let mut all = store::visits::of_days(&mut tx, tenant, site, wanted.day, wanted.day).await?;
    all.retain(|visit| {
        let clients = wanted.clients.as_ref();
        wanted.receiver.is_none_or(|receiver| visit.receiver == Some(receiver.0))
            && wanted.situation.as_ref().is_none_or(|situation| visit.situation == *situation)
            && clients.is_none_or(|clients| {
                visit.client.is_some_and(|client| clients.contains(&ClientId(client)))
            })
    });
    let total = all.len();
    let mut rows = Vec::new();
    for visit in all.into_iter().rev().skip(wanted.skip).take(wanted.most) {
        rows.push(line(app, &mut tx, visit).await?);
    }
    let names = crate::people::names(&mut tx, tenant).await?;
    Ok(Register { total, rows, names })
}

/// The register as it leaves the house: the journal says who took which part of it, and when.
pub async fn export_register(
    app: &App,
    caller: &Caller,
    site: SiteId,
    wanted: &Wanted,
) -> Result<Register, AppError> {
    caller.require(Permission::ExportRegister)?;
    let register = register(app, caller, site, wanted).await?;
    let now = app.clock.now();
    let command = json!({ "event": "export_register", "day": wanted.day,
        "receiver": wanted.receiver, "situation": wanted.situation,
        "searched": wanted.clients.is_some(), "visit_count": register.rows.len() });
    retry!(AppError, async {
        let mut tx = app.db.write().await?;
        let stream = people_stream(caller.tenant);
        let entry = Write::new(site, stream, "export_register", command.clone(), now);
        write(&mut tx, caller, &entry).await?;
        Ok::<_, AppError>(tx.commit().await?)
    })?;
    Ok(register)
}

async fn line(app: &App, tx: &mut Tx, visit: store::visits::Visit) -> Result<Registered, AppError> {
    let shown = match visit.client {
        Some(client) => {
            let found = store::clients::get(tx, visit.tenant, client).await?;
            Some(privacy::shown(app, &found, false)?)
        }
        None => None,
    };
    let decision = EntryId { stream: visit.decision_stream, version: visit.decision_version };
    let entry = store::journal::get(tx, visit.tenant, decision.stream, decision.version).await.ok();
    let told = entry.as_ref().map(Told::of).transpose()?;
    let id = VisitId(visit.id);
    let command = told.as_ref().and_then(|told| told.command.as_ref());
    let overridden = matches!(command, Some(Command::Override { visit, .. }) if *visit == id);
    let past = matches!(command, Some(Command::RecordPast { .. }));
    Ok(Registered {
        visit: id,
        number: visit.number,
        arrived_at: visit.arrived_at,
        telephone: shown.as_ref().and_then(|shown| shown.telephones.first().cloned()),
        name: shown.filter(|shown| !shown.name.is_empty()).map(|shown| shown.name),
        people: visit.party_size,
        situation: visit.situation,
        arrival: told.as_ref().and_then(|told| arrival_of(&told.events, id)),
        status: visit.status,
        receiver: visit.receiver.map(PersonId),
        started_at: visit.started_at,
        ended_at: visit.ended_at,
        decision,
        clauses: told.as_ref().map_or_else(Vec::new, |told| told.clauses.clone()),
        late: past,
        overridden,
    })
}

/// What was known of the visitor when it was decided.
fn arrival_of(events: &[Event], id: VisitId) -> Option<Arrival> {
    events.iter().rev().find_map(|event| match event {
        Event::Classified { visit, arrival, .. } | Event::Arrived { visit, arrival }
            if *visit == id =>
        {
            Some(arrival.clone())
        }
        _ => None,
    })
}

impl Registered {
    /// By which way they came.
    #[must_use]
    pub fn channel(&self) -> Channel {
        self.arrival.as_ref().map_or(Channel::WalkIn, |arrival| arrival.channel)
    }
}
