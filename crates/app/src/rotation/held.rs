//! A floor that a transaction holds: commands are carried out on it one after another, then it is saved.

use std::{collections::BTreeSet, sync::Arc};

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use domain::{
    calendar::Moment,
    journeys::care::after_visit,
    people::{Actor, ClientId, PersonId},
    rotation::{Command, Event, Outcome, decide, state::Channel},
};
use rulebook::Decision;
use store::{
    SiteId, StoreError, TenantId, Tx,
    journal::{self, Entry, NewEntry},
    stream::{self, Claimed},
};
use uuid::Uuid;

use super::{
    happened::{Asked, Happened, Kept, command_word},
    ownership,
    saved::{Saved, floor_stream, moment, zone_named},
    turn_rows, visit_rows,
};
use crate::{
    App, AppError, Caller,
    follow_up::{Told, hear},
    rulebooks::Ruling,
};

/// From here on the parts of a command are what follow-up heard of it.
const FOLLOW_UP_PARTS: i64 = 1_000_000;
/// More than one step can end visits.
const FOLLOW_UP_STRIDE: i64 = 1_000;

/// A floor that this transaction holds.
pub(crate) struct Held<'t> {
    pub tx: &'t mut Tx,
    pub tenant: TenantId,
    pub site: SiteId,
    pub zone: Tz,
    /// The rulebook in effect; nothing where the site has none.
    pub ruling: Option<Arc<Ruling>>,
    pub saved: Saved,
    /// Claimed, and no entry appended yet.
    claimed: Option<Claimed>,
    /// The claim of the last entry.
    last: Option<Claimed>,
    changes: BTreeSet<(&'static str, String)>,
}

/// One command to a floor.
pub(crate) struct Step<'a> {
    pub caller: &'a Caller,
    pub command_id: Uuid,
    /// 0, unless other entries of the command precede it.
    pub part: i64,
    pub command: Command,
    pub note: Option<Uuid>,
    /// When it happens.
    pub at: DateTime<Utc>,
    /// When it is written down.
    pub now: DateTime<Utc>,
}

/// What an entry adds to a floor, whoever decided it.
pub(crate) struct Addition<'a> {
    pub actor: &'a str,
    pub command_id: Uuid,
    pub part: i64,
    pub kind: &'a str,
    pub command: String,
    pub happened: &'a [Happened],
    pub decision: &'a Decision<Outcome, Event>,
    pub at: DateTime<Utc>,
    pub now: DateTime<Utc>,
}

impl<'t> Held<'t> {
    /// Claims the floor of `site`.
    pub async fn claim(
        app: &'t App,
        tx: &'t mut Tx,
        tenant: TenantId,
        site: SiteId,
        now: DateTime<Utc>,
    ) -> Result<Self, AppError> {
        let stream = floor_stream(site);
        let claimed = match stream::claim(tx, tenant, &[stream]).await {
            Err(StoreError::NotFound(_)) => {
                store::sites::get(tx, tenant, site).await?;
                stream::ensure(tx, tenant, site, stream).await?;
                stream::claim(tx, tenant, &[stream]).await?
            }
            claimed => claimed?,
        };
        let mut claimed = claimed.into_iter().next().ok_or(AppError::NotFound("floor"))?;
        let mut saved = Saved::read(claimed.state.take().as_deref())?;
        if saved.zone.is_empty() {
            saved.zone = store::sites::get(tx, tenant, site).await?.time_zone;
        }
        let zone = zone_named(&saved.zone)?;
        let ruling = crate::rulebooks::ruling_at(app, tx, tenant, site, now).await?;
        let (claimed, changes) = (Some(claimed), BTreeSet::new());
        Ok(Self { tx, tenant, site, zone, ruling, saved, claimed, last: None, changes })
    }

    /// `at` as the site has it.
    pub fn moment(&self, at: DateTime<Utc>) -> Moment {
        moment(self.zone, at)
    }

    /// The moment for something that happens now: time never runs backwards on a floor.
    pub fn present(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        self.saved.last_at.map_or(now, |last| now.max(last.to_utc()))
    }

    /// The rulebook in effect, or an error that says that there is none.
    pub fn ruling(&self) -> Result<Arc<Ruling>, AppError> {
        self.ruling.clone().ok_or_else(|| {
            AppError::conflict(
                "no rulebook is in effect at this site",
                "choose a rulebook and activate it",
            )
        })
    }

    /// Lets time pass up to `now`: an entry of the clock, if that changes anything.
    pub async fn settle(&mut self, now: DateTime<Utc>) -> Result<bool, AppError> {
        let at = self.present(now);
        let due = decide::next_deadline(&self.saved.floor);
        if self.ruling.is_none() || due.is_none_or(|due| due.to_utc() > at) {
            return Ok(false);
        }
        let clock = Caller::system(self.tenant);
        let (command_id, command) = (Uuid::now_v7(), Command::Settle);
        let step = Step { caller: &clock, command_id, part: 0, command, note: None, at, now };
        let decision = self.decide(&step.command, &Actor::clock(), at)?;
        if decision.events.is_empty() {
            return Ok(false);
        }
        self.record(&step, &decision).await?;
        Ok(true)
    }

    /// Decides and records `step`; the floor moves on.
    pub async fn carry_out(
        &mut self,
        step: &Step<'_>,
    ) -> Result<(Entry, Decision<Outcome, Event>), AppError> {
        let decision = self.decide(&step.command, &step.caller.actor(), step.at)?;
        let entry = self.record(step, &decision).await?;
        Ok((entry, decision))
    }

    fn decide(
        &self,
        command: &Command,
        actor: &Actor,
        at: DateTime<Utc>,
    ) -> Result<Decision<Outcome, Event>, AppError> {
        let ruling = match command {
            // Who belongs to a floor does not depend on a rulebook.
            Command::SetProfile { .. } | Command::RemoveMember { .. } => {
                self.ruling.clone().unwrap_or_else(|| Arc::new(Ruling::empty()))
            }
            _ => self.ruling()?,
        };
        let at = self.moment(at);
        Ok(decide(&ruling.rules, &self.saved.floor, command, actor, at))
    }

    async fn record(
        &mut self,
        step: &Step<'_>,
        decision: &Decision<Outcome, Event>,
    ) -> Result<Entry, AppError> {
        let at = self.moment(step.at);
        let mut turns = Vec::new();
        for event in &decision.events {
            self.saved.floor.evolve(event, at);
            turns.extend(turn_rows::rows_of(&self.saved.floor, event));
        }
        let mut happened: Vec<Happened> =
            decision.events.iter().cloned().map(Happened::Floor).collect();
        if decision.events.iter().any(|event| matches!(event, Event::DayOpened { .. })) {
            let floor = Box::new(self.saved.floor.clone());
            happened.push(Happened::Kept(Kept::FloorKept { floor }));
        }
        let command = step.command.clone();
        let asked = Asked { command, roles: step.caller.roles.clone(), note: step.note };
        let actor = if matches!(step.command, Command::Settle) {
            "clock".to_owned()
        } else {
            step.caller.spelled()
        };
        let entry = self
            .append(&Addition {
                actor: &actor,
                command_id: step.command_id,
                part: step.part,
                kind: &command_word(&step.command),
                command: to_json(&asked)?,
                happened: &happened,
                decision,
                at: step.at,
                now: step.now,
            })
            .await?;
        if decision.events.is_empty() {
            return Ok(entry);
        }
        self.keep(&entry, decision, &happened, &turns).await?;
        let touched = visit_rows::touched(&decision.events);
        ownership::follow(self, step, &entry, &decision.because, &touched).await?;
        self.follow_up(&entry, step.part, &decision.events).await?;
        Ok(entry)
    }

    /// Follow-up hears of the visits that are over; clients are claimed before, in order of id.
    async fn follow_up(
        &mut self,
        entry: &Entry,
        step_part: i64,
        events: &[Event],
    ) -> Result<(), AppError> {
        let Some(ruling) = self.ruling.clone() else { return Ok(()) };
        let mut over: Vec<(ClientId, PersonId, bool)> = Vec::new();
        for event in events {
            let Event::Ended { visit } = event else { continue };
            let Some(visit) = self.saved.floor.visits.get(visit) else { continue };
            if let (Some(client), Some(by)) = (visit.arrival.client, visit.receiver) {
                over.push((client, by, visit.arrival.channel == Channel::Phone));
            }
        }
        over.sort_unstable();
        over.dedup_by_key(|(client, ..)| *client);
        for (part, (client, by, called)) in (FOLLOW_UP_PARTS..).zip(over) {
            let owner = store::clients::get(self.tx, self.tenant, client.0).await?.owner;
            let told = Told {
                tenant: self.tenant,
                site: self.site,
                client,
                owner: owner.map(PersonId),
                command: &after_visit(by, called),
                actor: &entry.actor,
                id: entry.command_id,
                part: part + step_part * FOLLOW_UP_STRIDE,
                zone: self.zone,
                at: entry.happened_at,
                now: entry.recorded_at,
            };
            hear(self.tx, &ruling, &told).await?;
        }
        Ok(())
    }

    /// Appends an entry to the floor's journal.
    pub async fn append(&mut self, add: &Addition<'_>) -> Result<Entry, AppError> {
        let claimed = match self.claimed.take() {
            Some(claimed) => claimed,
            None => {
                let ids = [floor_stream(self.site)];
                let claimed = stream::claim(self.tx, self.tenant, &ids).await?;
                claimed.into_iter().next().ok_or(AppError::NotFound("floor"))?
            }
        };
        let new = NewEntry {
            tenant: self.tenant,
            claimed: &claimed,
            command_id: add.command_id,
            part: add.part,
            actor: add.actor,
            command_kind: add.kind,
            command: &add.command,
            events: &to_json(&add.happened)?,
            because: &to_json(&add.decision.because)?,
            outcome: &to_json(&add.decision.outcome)?,
            rulebook_version: self.ruling.as_ref().and_then(|ruling| ruling.id),
            happened_at: add.at,
            recorded_at: add.now,
        };
        let entry = journal::append(self.tx, new).await?;
        self.last = Some(claimed);
        Ok(entry)
    }

    /// Notes something that browsers must look at again.
    pub fn changed(&mut self, topic: &'static str, subject: String) {
        self.changes.insert((topic, subject));
    }

    /// Forgets what browsers would look at: made-up history is over.
    pub fn forget_changes(&mut self) {
        self.changes.clear();
    }

    /// Saves the floor, asks the clock to look again, and publishes what changed.
    pub async fn close(mut self, now: DateTime<Utc>) -> Result<(), AppError> {
        if let Some(unused) = self.claimed.take() {
            stream::release(self.tx, self.tenant, &unused).await?;
        }
        let Some(last) = self.last.take() else { return Ok(()) };
        let wake_at = decide::next_deadline(&self.saved.floor);
        if let Some(at) = wake_at.filter(|_| wake_at != self.saved.wake_at) {
            crate::jobs::enqueue_settle(self.tx, self.tenant, self.site, at.to_utc(), now).await?;
        }
        self.saved.wake_at = wake_at;
        stream::save(self.tx, self.tenant, &last, &to_json(&self.saved)?).await?;
        let changes: Vec<(&str, &str)> =
            self.changes.iter().map(|(topic, subject)| (*topic, subject.as_str())).collect();
        store::changes::publish(self.tx, self.tenant, self.site, &changes, now).await?;
        Ok(())
    }
}

pub(super) fn to_json<T: serde::Serialize + ?Sized>(value: &T) -> Result<String, AppError> {
    serde_json::to_string(value).map_err(AppError::unusable("journal entry"))
}
