//! What a floor's entries leave behind for people to read: visits, turns, changes; and the facts they are
//! given.

use std::{collections::BTreeSet, sync::Arc};

use chrono::{DateTime, Utc};
use domain::{
    people::{ClientId, VisitId},
    rotation::{Command, Event, Outcome, state::Arrival},
};
use rulebook::Decision;
use store::journal::Entry;

use super::{happened::Happened, held::Held, preview, turn_rows, visit_rows};
use crate::{AppError, Ownership, rulebooks::Ruling};

impl Held<'_> {
    /// Updates what people read, after `decision` was recorded as `entry`.
    pub(super) async fn keep(
        &mut self,
        entry: &Entry,
        decision: &Decision<Outcome, Event>,
        happened: &[Happened],
        turns: &[turn_rows::TurnRow],
    ) -> Result<(), AppError> {
        let at = self.moment(entry.happened_at);
        self.saved.last_at = Some(self.saved.last_at.map_or(at, |last| last.max(at)));
        if happened.iter().any(|happened| matches!(happened, Happened::Kept(_))) {
            self.saved.kept.push(entry.version);
            let old = self.saved.kept.len().saturating_sub(2);
            self.saved.kept.drain(..old);
        }
        for (visit, decides) in decision.events.iter().filter_map(visit_rows::visit_of) {
            if decides {
                self.saved.decided_by.insert(visit, entry.version);
            }
        }
        self.saved.note_grants(entry.version, at);
        self.put_visits(&visit_rows::touched(&decision.events)).await?;
        let day = self.saved.floor.day.or(self.saved.floor.last_day);
        let day = day.map_or_else(|| at.date_naive(), |day| day.date);
        for (place, turn) in turns.iter().enumerate() {
            let row = store::turns::Turn {
                tenant: self.tenant,
                site: self.site,
                id: turn_rows::row_id(entry.command_id, entry.version, place),
                person: turn.person.0,
                day,
                ring: turn.ring.to_string(),
                kind: turn.kind.to_owned(),
                clauses: turn.clauses.iter().map(|clause| clause.0.clone()).collect(),
                visit: turn.visit.map(|visit| visit.0),
                happened_at: entry.happened_at,
            };
            store::turns::add(self.tx, &row).await?;
        }
        self.saved.tidy();
        self.note_changes(decision);
        Ok(())
    }

    /// Writes the rows of `visits`.
    pub async fn put_visits(&mut self, visits: &BTreeSet<VisitId>) -> Result<(), AppError> {
        let ruling = self.ruling.clone().unwrap_or_else(|| Arc::new(Ruling::empty()));
        for id in visits {
            let Some(visit) = self.saved.floor.visits.get(id) else { continue };
            let (tenant, site) = (self.tenant, self.site);
            let row = visit_rows::row_of(tenant, site, &ruling.rules, &self.saved, *id, visit);
            store::visits::put(self.tx, &row).await?;
        }
        Ok(())
    }

    fn note_changes(&mut self, decision: &Decision<Outcome, Event>) {
        self.changed("board", self.site.0.to_string());
        for visit in visit_rows::touched(&decision.events) {
            self.changed("visit", visit.to_string());
        }
        for event in &decision.events {
            if let Event::Prompted { prompt, to, .. } = event {
                let to = to.map_or_else(|| "floor".to_owned(), |person| person.to_string());
                self.changed("prompt", format!("{to}:{}", preview::prompt_word(*prompt)));
            }
        }
    }

    /// The command with the facts that the database has: whose client it is.
    pub async fn with_facts(
        &mut self,
        command: Command,
        now: DateTime<Utc>,
    ) -> Result<Command, AppError> {
        let (tenant, site) = (self.tenant, self.site);
        let ruling = self.ruling.clone();
        let ruling = ruling.as_deref();
        Ok(match command {
            Command::Arrive { visit, arrival } => {
                let arrival = preview::known(self.tx, tenant, site, ruling, arrival, now).await?;
                Command::Arrive { visit, arrival }
            }
            Command::Correct { visit, arrival } => {
                let mut arrival =
                    preview::known(self.tx, tenant, site, ruling, arrival, now).await?;
                arrival.ownership = self.before(visit, arrival.client, arrival.ownership);
                Command::Correct { visit, arrival }
            }
            Command::RecordPast { visit, arrival, receiver, ended, until } => {
                let arrival = preview::known(self.tx, tenant, site, ruling, arrival, now).await?;
                Command::RecordPast { visit, arrival, receiver, ended, until }
            }
            Command::Claim { visit, by, arrival: Some(arrival) } => {
                let arrival = preview::known(self.tx, tenant, site, ruling, arrival, now).await?;
                Command::Claim { visit, by, arrival: Some(arrival) }
            }
            Command::Identify { visit, client, ownership } => {
                let arrival = Arrival { client, ownership, ..Arrival::default() };
                let ownership =
                    preview::known(self.tx, tenant, site, ruling, arrival, now).await?.ownership;
                let ownership = self.before(visit, client, ownership);
                Command::Identify { visit, client, ownership }
            }
            other => other,
        })
    }

    /// Whose client it was before this very visit made it somebody's.
    fn before(
        &self,
        visit: VisitId,
        client: Option<ClientId>,
        ownership: Option<Ownership>,
    ) -> Option<Ownership> {
        let same = self.saved.floor.visits.get(&visit).is_some_and(|v| v.arrival.client == client);
        let given = self.saved.owner_given.get(&visit);
        ownership.filter(|is| !(same && given == Some(&is.owner)))
    }
}
