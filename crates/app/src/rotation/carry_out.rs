//! Carrying out a command to a floor: once, in one transaction, answered from the journal if it was done.

use chrono::{DateTime, TimeDelta, Utc};
use domain::rotation::{Command, Event, Outcome, state::Arrival};
use rulebook::Because;
use serde::Serialize;
use store::{SiteId, StreamKind, journal, journal::Entry, retry};
use uuid::Uuid;

use super::{
    happened::{Asked, Happened},
    held::{Held, Step},
    permit,
    saved::floor_stream,
};
use crate::{App, AppError, Caller, CommandId, EntryId};

/// How far a clock of another machine may be ahead.
const AHEAD_S: i64 = 120;

/// A command that was carried out, refused or left undecided, as the journal has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Carried {
    /// The entry.
    pub entry: EntryId,
    /// What came of it.
    pub outcome: Outcome,
    /// What happened on the floor.
    pub events: Vec<Event>,
    /// Why.
    pub because: Because,
    /// The rulebook version it was decided under.
    pub rulebook_version: Option<Uuid>,
    /// When it happened.
    pub happened_at: DateTime<Utc>,
    /// When it was written down.
    pub recorded_at: DateTime<Utc>,
    /// Whether the journal had it already, and nothing was done now.
    pub repeated: bool,
}

impl Carried {
    /// The answer that the journal gives.
    pub(crate) fn of(entry: &Entry, repeated: bool) -> Result<Self, AppError> {
        let unusable = AppError::unusable;
        // Other streams have events of their own.
        let happened: Vec<Happened> = if entry.stream.kind == StreamKind::Floor {
            serde_json::from_str(&entry.events).map_err(unusable("events of an entry"))?
        } else {
            Vec::new()
        };
        let floor = |happened| match happened {
            Happened::Floor(event) => Some(event),
            Happened::Kept(_) => None,
        };
        Ok(Self {
            entry: EntryId::of(entry),
            outcome: serde_json::from_str(&entry.outcome)
                .map_err(unusable("outcome of an entry"))?,
            events: happened.into_iter().filter_map(floor).collect(),
            because: serde_json::from_str(&entry.because)
                .map_err(unusable("reasons of an entry"))?,
            rulebook_version: entry.rulebook_version,
            happened_at: entry.happened_at,
            recorded_at: entry.recorded_at,
            repeated,
        })
    }

    /// Whether the rulebook said no.
    #[must_use]
    pub const fn is_refused(&self) -> bool {
        self.outcome.is_refused()
    }

    /// Turns a refusal into an error.
    pub fn accepted(self) -> Result<Self, AppError> {
        if self.is_refused() { Err(AppError::Refused(Box::new(self))) } else { Ok(self) }
    }
}

/// Carries out `command` on the floor of `site`, exactly once for each `id`.
///
/// Refusals and what nobody has decided come back as outcomes, and stand in the journal too: a refused
/// command is asked about more often than one that was carried out. `happened_at` is for what is typed in
/// late; it may lie between the last entry and now, and before that only for [`Command::RecordPast`].
pub async fn carry_out(
    app: &App,
    caller: &Caller,
    site: SiteId,
    id: CommandId,
    command: Command,
    happened_at: Option<DateTime<Utc>>,
) -> Result<Carried, AppError> {
    run(app, caller, site, &Given { id, command, happened_at, reason: None }).await
}

/// The same, with the reason that was typed: kept sealed beside the journal, shown by
/// [`why`](super::why()).
pub async fn carry_out_because(
    app: &App,
    caller: &Caller,
    site: SiteId,
    id: CommandId,
    command: Command,
    reason: &str,
) -> Result<Carried, AppError> {
    let reason = Some(reason.trim().to_owned()).filter(|reason| !reason.is_empty());
    run(app, caller, site, &Given { id, command, happened_at: None, reason }).await
}

/// Carries out, or answers from the journal what was carried out before.
///
/// The journal is asked only when something goes wrong: it takes a command once, so a repeated one fails,
/// at the latest when it is appended.
async fn run(app: &App, caller: &Caller, site: SiteId, given: &Given) -> Result<Carried, AppError> {
    caller.at(site)?;
    let error = match retry!(AppError, first(app, caller, site, given)) {
        Ok(Some(carried)) => return Ok(carried),
        Ok(None) => AppError::CommandKnown,
        Err(error) => error,
    };
    let mut tx = app.db.read().await?;
    match journal::by_command(&mut tx, caller.tenant, given.id).await? {
        Some(entry) => answer(caller, site, &entry, &given.command),
        None => Err(error),
    }
}

struct Given {
    id: CommandId,
    command: Command,
    happened_at: Option<DateTime<Utc>>,
    reason: Option<String>,
}

/// Nothing where the journal has the command already.
async fn first(
    app: &App,
    caller: &Caller,
    site: SiteId,
    given: &Given,
) -> Result<Option<Carried>, AppError> {
    match once(app, caller, site, given).await {
        Err(AppError::CommandKnown) => Ok(None),
        carried => carried.map(Some),
    }
}

async fn once(
    app: &App,
    caller: &Caller,
    site: SiteId,
    given: &Given,
) -> Result<Carried, AppError> {
    let now = app.clock.now();
    let mut tx = app.db.write().await?;
    let mut held = Held::claim(app, &mut tx, caller.tenant, site, now).await?;
    // Time first: who is called now may not be who was called when the button was shown.
    held.settle(now).await?;
    permit::permit(caller, &held.saved.floor, &given.command)?;
    let at = moment_of(&held, given, now)?;
    let command = held.with_facts(given.command.clone(), now).await?;
    let note = match &given.reason {
        Some(reason) => Some(crate::notes::add(app, held.tx, caller, site, reason, now).await?),
        None => None,
    };
    let command_id = given.id;
    let step = Step { caller, command_id, part: 0, command, note, at, now };
    let (entry, decision) = held.carry_out(&step).await?;
    held.close(now).await?;
    tx.commit().await?;
    Ok(Carried {
        entry: EntryId::of(&entry),
        outcome: decision.outcome,
        events: decision.events,
        because: decision.because,
        rulebook_version: entry.rulebook_version,
        happened_at: entry.happened_at,
        recorded_at: entry.recorded_at,
        repeated: false,
    })
}

/// When the command happens.
fn moment_of(
    held: &Held<'_>,
    given: &Given,
    now: DateTime<Utc>,
) -> Result<DateTime<Utc>, AppError> {
    let Some(at) = given.happened_at else { return Ok(held.present(now)) };
    if at > now + TimeDelta::seconds(AHEAD_S) {
        return Err(AppError::invalid(
            "happened_at",
            format!("`{at}` is in the future"),
            "give a time that has passed, or none",
        ));
    }
    let past = held.saved.last_at.is_some_and(|last| at < last.to_utc());
    if matches!(given.command, Command::RecordPast { .. }) {
        let day = held.saved.floor.day.map(|day| day.date);
        if day.is_some_and(|day| day != held.moment(at).date_naive()) {
            return Err(AppError::invalid(
                "happened_at",
                format!("`{at}` is not on the open day"),
                "only visits of the open day can be written down afterwards",
            ));
        }
        return Ok(at);
    }
    if past {
        return Err(AppError::invalid(
            "happened_at",
            format!("other things have happened on the floor since `{at}`"),
            "let a supervisor enter it as a visit of the past",
        ));
    }
    Ok(at.min(held.present(now)))
}

/// The answer of the journal to a command that it has already.
fn answer(
    caller: &Caller,
    site: SiteId,
    entry: &Entry,
    command: &Command,
) -> Result<Carried, AppError> {
    let same = entry.stream == floor_stream(site)
        && entry.actor == caller.spelled()
        && serde_json::from_str::<Asked>(&entry.command)
            .is_ok_and(|asked| plain(&asked.command) == plain(command));
    if same {
        return Carried::of(entry, true);
    }
    Err(AppError::conflict(
        format!("the command id `{}` belongs to another command", entry.command_id),
        "give every command an id of its own",
    ))
}

/// The command without the facts that the application looked up.
fn plain(command: &Command) -> Command {
    let bare = |arrival: &Arrival| Arrival {
        ownership: arrival.ownership.filter(|_| arrival.client.is_none()),
        ..arrival.clone()
    };
    match command {
        Command::Arrive { visit, arrival } => {
            Command::Arrive { visit: *visit, arrival: bare(arrival) }
        }
        Command::Correct { visit, arrival } => {
            Command::Correct { visit: *visit, arrival: bare(arrival) }
        }
        Command::Claim { visit, by, arrival: Some(arrival) } => {
            Command::Claim { visit: *visit, by: *by, arrival: Some(bare(arrival)) }
        }
        Command::Identify { visit, client: Some(client), .. } => {
            Command::Identify { visit: *visit, client: Some(*client), ownership: None }
        }
        Command::RecordPast { visit, arrival, receiver, ended, until } => Command::RecordPast {
            visit: *visit,
            arrival: bare(arrival),
            receiver: *receiver,
            ended: *ended,
            until: *until,
        },
        other => other.clone(),
    }
}
