//! Following a client up inside a transaction: claimed, decided, written down, saved.

use chrono::{DateTime, Utc};
use domain::{
    calendar::{Moment, day_of},
    follow_up::{Circumstances, Command, Event, Outcome, Tracking, decide, decide::wakes},
    people::{ClientId, PersonId},
};
use rulebook::Decision;
use store::{
    SiteId, TenantId, Tx,
    follow_ups::{self, TaskRow},
    journal::{self, Entry, NewEntry},
    stream::{self, Claimed},
};
use uuid::Uuid;

use crate::{AppError, record::follow_up_stream, rotation::moment, rulebooks::Ruling};

/// What follow-up is told, by whom and when.
pub(crate) struct Told<'a> {
    /// The company.
    pub tenant: TenantId,
    /// The client's site.
    pub site: SiteId,
    /// The client.
    pub client: ClientId,
    /// Whose client it is now.
    pub owner: Option<PersonId>,
    /// What is asked.
    pub command: &'a Command,
    /// Who asks, as the journal spells it.
    pub actor: &'a str,
    /// The command's id.
    pub id: Uuid,
    /// The place of the entry among those of the command.
    pub part: i64,
    /// The site's time zone.
    pub zone: chrono_tz::Tz,
    /// When it happened.
    pub at: DateTime<Utc>,
    /// When it is written down.
    pub now: DateTime<Utc>,
}

/// Follow-up hears of what another kind of rule has carried out: it refuses nothing, and where nothing
/// follows nothing is written.
pub(crate) async fn hear(tx: &mut Tx, ruling: &Ruling, told: &Told<'_>) -> Result<(), AppError> {
    let mut held = Held::claim(tx, told).await?;
    let decision = held.decide(ruling, told);
    if decision.events.is_empty() {
        return held.release(tx, told).await;
    }
    held.record(tx, ruling, told, &decision).await?;
    Ok(())
}

/// The clock looks at the client: what falls due is opened; where nothing does, it looks again later.
pub(super) async fn look(tx: &mut Tx, ruling: &Ruling, told: &Told<'_>) -> Result<(), AppError> {
    let mut held = Held::claim(tx, told).await?;
    let decision = held.decide(ruling, told);
    if !decision.events.is_empty() {
        held.record(tx, ruling, told, &decision).await?;
        return Ok(());
    }
    held.list(tx, ruling, told).await?;
    held.release(tx, told).await
}

/// What is known of following a client up, held by this transaction.
pub(super) struct Held {
    tracking: Tracking,
    claimed: Claimed,
}

impl Held {
    pub async fn claim(tx: &mut Tx, told: &Told<'_>) -> Result<Self, AppError> {
        let id = follow_up_stream(told.client.0);
        stream::ensure(tx, told.tenant, told.site, id).await?;
        let claimed = stream::claim(tx, told.tenant, &[id]).await?;
        let claimed = claimed.into_iter().next().ok_or(AppError::NotFound("client"))?;
        let tracking = read(claimed.state.as_deref())?;
        Ok(Self { tracking, claimed })
    }

    pub async fn release(self, tx: &mut Tx, told: &Told<'_>) -> Result<(), AppError> {
        Ok(stream::release(tx, told.tenant, &self.claimed).await?)
    }

    pub fn decide(&self, ruling: &Ruling, told: &Told<'_>) -> Decision<Outcome, Event> {
        let known = Circumstances { owner: told.owner, ..Circumstances::default() };
        let at = moment(told.zone, told.at);
        decide(&ruling.follow_up, &self.tracking, told.command, &known, at)
    }

    /// Appends the decision, moves on, and lets the lists follow.
    pub async fn record(
        &mut self,
        tx: &mut Tx,
        ruling: &Ruling,
        told: &Told<'_>,
        decision: &Decision<Outcome, Event>,
    ) -> Result<Entry, AppError> {
        let at = moment(told.zone, told.at);
        for event in &decision.events {
            self.tracking.evolve(event, at);
        }
        let new = NewEntry {
            tenant: told.tenant,
            claimed: &self.claimed,
            command_id: told.id,
            part: told.part,
            actor: told.actor,
            command_kind: word_of(told.command),
            command: &json(told.command)?,
            events: &json(&decision.events)?,
            because: &json(&decision.because)?,
            outcome: &json(&decision.outcome)?,
            rulebook_version: ruling.id,
            happened_at: told.at,
            recorded_at: told.now,
        };
        let entry = journal::append(tx, new).await?;
        stream::save(tx, told.tenant, &self.claimed, &json(&self.tracking)?).await?;
        self.list(tx, ruling, told).await?;
        Ok(entry)
    }

    /// Lets the rows that lists read follow, and asks the clock to look again.
    async fn list(&self, tx: &mut Tx, ruling: &Ruling, told: &Told<'_>) -> Result<(), AppError> {
        let rows = rows(told.client, &self.tracking);
        let wake = wakes(&ruling.follow_up, &self.tracking, day_of(moment(told.zone, told.now)));
        let wake = wake.and_then(|day| day.and_hms_opt(0, 0, 0)).and_then(|start| {
            start.and_local_timezone(told.zone).single().map(|start| start.to_utc())
        });
        follow_ups::replace(tx, (told.tenant, told.site), told.client.0, &rows, wake).await?;
        if let Some(wake) = wake {
            super::day::enqueue(tx, told.tenant, told.site, wake, told.now).await?;
        }
        Ok(())
    }
}

/// What is known of following a client up, as a stream has it.
pub(super) fn read(state: Option<&str>) -> Result<Tracking, AppError> {
    state.map_or_else(
        || Ok(Tracking::default()),
        |text| serde_json::from_str(text).map_err(AppError::unusable("follow-up")),
    )
}

fn rows(client: ClientId, tracking: &Tracking) -> Vec<TaskRow> {
    let utc = |at: Moment| at.to_utc();
    tracking
        .open_tasks()
        .map(|task| TaskRow {
            client: client.0,
            number: i64::from(task.id.0),
            person: task.person.map(|person| person.0),
            shown_from: utc(task.from),
            due_at: task.due.map(utc),
        })
        .collect()
}

fn json<T: serde::Serialize + ?Sized>(value: &T) -> Result<String, AppError> {
    serde_json::to_string(value).map_err(AppError::unusable("follow-up"))
}

/// The name of a command in the journal.
const fn word_of(command: &Command) -> &'static str {
    match command {
        Command::Happened { .. } => "follow_up_due",
        Command::Record(_) => "follow_up",
        Command::Contacted { .. } => "contacted",
        Command::Classify { .. } => "classify",
        Command::Grade { .. } => "grade",
        Command::Describe { .. } => "describe_client",
        Command::Delay { .. } => "delay_follow_up",
        Command::AskForQuiet => "ask_for_quiet",
        Command::End { .. } => "end_follow_up",
        Command::ConfirmFile => "confirm_file",
        Command::OpenCase { .. } => "open_case",
        Command::Advance { .. } => "advance_case",
        Command::Introduce { .. } => "introduce",
        Command::OpenDay => "open_follow_up_day",
    }
}
