//! What happened to somebody's turns today, each with the decision that did it.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    people::{PersonId, VisitId},
    rotation::Event,
};
use serde::Serialize;
use store::SiteId;

use super::{
    latest::Told,
    saved::{floor_stream, look, moment},
};
use crate::{App, AppError, Caller, roles::Permission};

/// Something that happened to a turn, and the decision that did it.
#[derive(Debug, Clone, Serialize)]
pub struct ToldTurn {
    /// When.
    pub at: DateTime<Utc>,
    /// What, by the word of the row: `taken`, `passed`, `lost`, `granted`, `made_up` ..
    pub kind: String,
    /// Whether they gave it up.
    pub given_up: bool,
    /// The visit, if it was about one.
    pub visit: Option<VisitId>,
    /// The visitor, masked.
    pub visitor: Option<String>,
    /// The decision.
    pub told: Told,
}

/// How many entries a day is looked for in.
const ENTRIES_BACK: i64 = 600;

/// What happened to the turns of `person` today, the newest first, at most `most`.
pub async fn told_turns(
    app: &App,
    caller: &Caller,
    site: SiteId,
    person: PersonId,
    most: usize,
) -> Result<Vec<ToldTurn>, AppError> {
    caller.at(site)?;
    let own = caller.is_person(person);
    caller.require(if own { Permission::SeeFloor } else { Permission::SeeFairness })?;
    let (now, tenant) = (app.clock.now(), caller.tenant);
    let mut tx = app.db.read().await?;
    let (saved, version, zone) = look(&mut tx, tenant, site).await?;
    let floor = &saved.floor;
    let day: NaiveDate = floor.day.map_or_else(|| moment(zone, now).date_naive(), |day| day.date);
    let mut rows = store::turns::of_person(&mut tx, tenant, person.0, day, day).await?;
    rows.reverse();
    rows.truncate(most);
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let opened = saved.kept.last().copied().unwrap_or(1);
    let from = (version - ENTRIES_BACK + 1).max(opened).max(1);
    let stream = floor_stream(site);
    let entries = store::journal::of_stream(&mut tx, tenant, stream, from, ENTRIES_BACK).await?;
    let id = person.to_string();
    let mut by_moment: BTreeMap<DateTime<Utc>, Told> = BTreeMap::new();
    for entry in entries.iter().filter(|entry| entry.events.contains(&id)) {
        if rows.iter().any(|row| row.happened_at == entry.happened_at) {
            by_moment.insert(entry.happened_at, Told::of(entry)?);
        }
    }
    let mut turns = Vec::new();
    for row in rows {
        let Some(told) = by_moment.get(&row.happened_at).cloned() else { continue };
        let given_up = told.events.iter().any(
            |event| matches!(event, Event::TurnGivenUp { person: whose, .. } if *whose == person),
        );
        let visit = row.visit.map(VisitId);
        let client = visit.and_then(|id| floor.visits.get(&id)).and_then(|v| v.arrival.client);
        let visitor = match client {
            Some(client) => crate::privacy::masked_name(app, &mut tx, tenant, client).await?,
            None => None,
        };
        turns.push(ToldTurn {
            at: row.happened_at,
            kind: row.kind,
            given_up,
            visit,
            visitor,
            told,
        });
    }
    Ok(turns)
}
