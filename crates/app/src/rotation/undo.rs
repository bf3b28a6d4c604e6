//! Taking back a mistap: within a minute, if nothing has happened since; else by its opposite.

use chrono::{DateTime, TimeDelta, Utc};
use domain::rotation::{Command, Event, Floor, Outcome};
use rulebook::{Because, Decision};
use serde::Serialize;
use serde_json::json;
use store::{StreamKind, journal, journal::Entry, retry};

use super::{
    carry_out::{Carried, carry_out},
    happened::{Asked, Happened, Kept},
    held::{Addition, Held},
    opposite::opposite,
    ownership,
    replay::{Replay, hash_of, run},
    saved::floor_stream,
    turn_rows, visit_rows,
};
use crate::{App, AppError, Caller, CommandId, EntryId, roles::Permission};

/// How a mistap was taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "undone", rename_all = "snake_case")]
pub enum Undone {
    /// Nothing had happened since: the floor is what it was before.
    Restored {
        /// The entry that says so.
        entry: EntryId,
    },
    /// Something else had happened since: the opposite command was carried out.
    Opposite {
        /// That command.
        carried: Box<Carried>,
    },
}

/// Takes back the command of `entry`, once for each `id`; by whoever gave it, or by a supervisor.
pub async fn undo(
    app: &App,
    caller: &Caller,
    entry: EntryId,
    id: CommandId,
) -> Result<Undone, AppError> {
    caller.require(Permission::Attend)?;
    if entry.stream.kind != StreamKind::Floor {
        return Err(AppError::NotFound("decision"));
    }
    match retry!(AppError, restore(app, caller, entry, id))? {
        Restored::Done(entry) => Ok(Undone::Restored { entry }),
        Restored::TooLate(command) => {
            let site = store::SiteId(entry.stream.id);
            let carried = carry_out(app, caller, site, id, *command, None).await?.accepted()?;
            Ok(Undone::Opposite { carried: Box::new(carried) })
        }
    }
}

enum Restored {
    Done(EntryId),
    /// Something else has happened since; this command is the opposite.
    TooLate(Box<Command>),
}

async fn restore(
    app: &App,
    caller: &Caller,
    wanted: EntryId,
    id: CommandId,
) -> Result<Restored, AppError> {
    let now = app.clock.now();
    let site = store::SiteId(wanted.stream.id);
    caller.at(site)?;
    let tenant = caller.tenant;
    let mut tx = app.db.write().await?;
    let mut held = Held::claim(app, &mut tx, tenant, site, now).await?;
    if let Some(known) = journal::by_command(held.tx, tenant, id).await? {
        tx.rollback().await?;
        return match known.command_kind.as_str() {
            _ if known.stream != wanted.stream || known.actor != caller.spelled() => {
                Err(AppError::other_command(id))
            }
            "undo" => Ok(Restored::Done(EntryId::of(&known))),
            _ => opposite_again(&known).ok_or_else(|| AppError::other_command(id)),
        };
    }
    let undone = journal::get(held.tx, tenant, wanted.stream, wanted.version).await?;
    check(app, caller, &undone, now)?;
    let since = journal::of_stream(held.tx, tenant, wanted.stream, wanted.version + 1, 200).await?;
    let since = still_standing(since);
    if !since.is_empty() {
        let away = match undone.command_kind.as_str() {
            "return" => floor_before(&mut held, &undone).await?.floor,
            _ => Floor::default(),
        };
        let command = opposite(caller, &away, &undone, &since)?;
        tx.rollback().await?;
        return Ok(Restored::TooLate(Box::new(command)));
    }
    let entry = put_back(&mut held, caller, &undone, id, now).await?;
    held.close(now).await?;
    tx.commit().await?;
    Ok(Restored::Done(entry))
}

/// The entries that changed something and still stand: not what was taken back, nor the taking back.
fn still_standing(entries: Vec<Entry>) -> Vec<Entry> {
    let taken_back: Vec<i64> = entries
        .iter()
        .filter(|entry| entry.command_kind == "undo")
        .filter_map(|entry| serde_json::from_str::<serde_json::Value>(&entry.command).ok())
        .filter_map(|command| command.pointer("/undo/entry")?.as_i64())
        .collect();
    let stands = |entry: &Entry| {
        entry.events != "[]" && entry.command_kind != "undo" && !taken_back.contains(&entry.version)
    };
    entries.into_iter().filter(stands).collect()
}

/// The opposite was carried out before under this id: it is answered by that. Nothing where the entry is
/// of another command.
fn opposite_again(known: &Entry) -> Option<Restored> {
    let asked: Asked = serde_json::from_str(&known.command).ok()?;
    let opposite = matches!(
        asked.command,
        Command::Return { .. }
            | Command::SignOut { .. }
            | Command::Reopen { .. }
            | Command::StepOut { .. }
    );
    opposite.then(|| Restored::TooLate(Box::new(asked.command)))
}

/// Whether the caller may take `undone` back, and it is not too late.
fn check(app: &App, caller: &Caller, undone: &Entry, now: DateTime<Utc>) -> Result<(), AppError> {
    if undone.actor != caller.spelled() {
        caller.require(Permission::Supervise)?;
    }
    if undone.events == "[]" {
        return Err(AppError::conflict("this changed nothing", "there is nothing to take back"));
    }
    if matches!(undone.command_kind.as_str(), "undo" | "settle") {
        return Err(AppError::conflict("this cannot be taken back", "correct it by a new entry"));
    }
    let seconds = app.config.undo_seconds;
    if now - undone.recorded_at > TimeDelta::seconds(seconds) {
        return Err(AppError::conflict(
            format!("this was more than {seconds} seconds ago"),
            "let a supervisor correct it by a new entry",
        ));
    }
    Ok(())
}

/// Puts the floor back to what it was before `undone`, as an entry of its own.
async fn put_back(
    held: &mut Held<'_>,
    caller: &Caller,
    undone: &Entry,
    id: CommandId,
    now: DateTime<Utc>,
) -> Result<EntryId, AppError> {
    let (tenant, site) = (held.tenant, held.site);
    let before = floor_before(held, undone).await?;
    let owners = ownership::give_back(held, undone, id, now).await?;
    let events = Carried::of(undone, false)?.events;
    take_rows_back(held, undone, &events, &before.floor).await?;
    held.saved.floor = before.floor;
    held.saved.decided_by = before.decided_by;
    held.saved.last_at = before.last_at.max(held.saved.last_at);
    held.saved.kept.retain(|kept| *kept != undone.version);
    held.saved.owner_given.retain(|visit, _| !owners.contains(visit));
    held.saved.tidy();
    let touched = visit_rows::touched(&events);
    held.put_visits(&touched).await?;
    let floor_hash = hash_of(&held.saved.floor)?;
    let happened = [Happened::Kept(Kept::Undone { entry: undone.version, floor_hash })];
    let decision: Decision<Outcome, Event> =
        Decision { outcome: Outcome::Done, events: Vec::new(), because: Because(Vec::new()) };
    let command = json!({ "undo": { "entry": undone.version, "kind": undone.command_kind } });
    let at = held.present(now);
    let actor = caller.spelled();
    let entry = held
        .append(&Addition {
            actor: &actor,
            command_id: id,
            part: 0,
            kind: "undo",
            command: command.to_string(),
            happened: &happened,
            decision: &decision,
            at,
            now,
        })
        .await?;
    held.changed("board", site.0.to_string());
    for visit in touched {
        held.changed("visit", visit.to_string());
    }
    debug_assert_eq!(entry.tenant, tenant);
    Ok(EntryId::of(&entry))
}

/// The floor before `undone`: replayed from the last entry before it that keeps the whole floor.
async fn floor_before(held: &mut Held<'_>, undone: &Entry) -> Result<Replay, AppError> {
    let kept = held.saved.kept.iter().copied().filter(|kept| *kept < undone.version).max();
    let mut replay = Replay::default();
    let mut from = 1;
    if let Some(kept) = kept {
        let entry = journal::get(held.tx, held.tenant, floor_stream(held.site), kept).await?;
        let happened: Vec<Happened> = serde_json::from_str(&entry.events)
            .map_err(AppError::unusable("events of an entry"))?;
        let floor = happened.into_iter().find_map(|happened| match happened {
            Happened::Kept(Kept::FloorKept { floor }) => Some(*floor),
            _ => None,
        });
        if let Some(floor) = floor {
            replay.floor = floor;
            replay.last_at = Some(held.moment(entry.happened_at));
            let visits = &replay.floor.visits;
            replay.decided_by = held.saved.decided_by.clone();
            replay.decided_by.retain(|visit, by| visits.contains_key(visit) && *by <= kept);
            from = kept + 1;
        }
    }
    let (tenant, site, zone) = (held.tenant, held.site, held.zone);
    run(held.tx, tenant, site, zone, &mut replay, from, undone.version - 1).await?;
    Ok(replay)
}

/// Removes the rows of turns and of arrivals that never were.
async fn take_rows_back(
    held: &mut Held<'_>,
    undone: &Entry,
    events: &[Event],
    before: &Floor,
) -> Result<(), AppError> {
    let mut place = 0;
    loop {
        let row = turn_rows::row_id(undone.command_id, undone.version, place);
        if !store::turns::remove(held.tx, held.tenant, row).await? {
            break;
        }
        place += 1;
    }
    for visit in visit_rows::touched(events) {
        if !before.visits.contains_key(&visit) {
            store::visits::remove(held.tx, held.tenant, visit.0).await?;
        }
    }
    Ok(())
}
