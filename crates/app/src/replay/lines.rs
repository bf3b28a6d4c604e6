//! The lines of a journal as a replay takes them: in the order of their streams, read into commands.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono_tz::Tz;
use domain::{
    attribution,
    journeys::replay::{Act, Recorded, What},
    people::{Actor, ClientId, PersonId},
    rotation::rules::Role,
};
use serde_json::Value;
use store::{StreamId, StreamKind, journal::Line};

use crate::{
    AppError,
    rotation::{Asked, Happened, moment},
};

/// How many lines wait for one before them at most; more, and it is missing from the journal.
const WAITING_MAX: usize = 2_000;

/// Puts lines into the order of their streams: two commands in the same instant may have been typed in
/// in another order than they were decided.
#[derive(Debug, Default)]
pub(super) struct InOrder {
    next: HashMap<StreamId, i64>,
    waiting: BTreeMap<(StreamId, i64), Line>,
}

impl InOrder {
    /// Takes `line`; what can be passed on now is pushed onto `ready`.
    pub fn take(&mut self, line: Line, ready: &mut Vec<Line>) {
        let (stream, version) = (line.stream, line.version);
        let next = *self.next.get(&stream).unwrap_or(&1);
        if version > next && self.waiting.len() < WAITING_MAX {
            self.waiting.insert((stream, version), line);
            return;
        }
        ready.push(line);
        let mut next = version + 1;
        while let Some(line) = self.waiting.remove(&(stream, next)) {
            ready.push(line);
            next += 1;
        }
        self.next.insert(stream, next);
    }

    /// What still waits when there is no more.
    pub fn rest(&mut self) -> Vec<Line> {
        std::mem::take(&mut self.waiting).into_values().collect()
    }
}

/// Reads lines.
#[derive(Debug)]
pub(super) struct Reader {
    pub zone: Tz,
    /// The entries of the floor that were taken back.
    pub undone: HashSet<i64>,
    /// Everybody's roles today, for entries that do not say them.
    pub roles: HashMap<PersonId, Vec<Role>>,
}

impl Reader {
    /// What `line` says; nothing where it is not about who receives or whose client somebody is.
    pub fn read(&self, line: &Line) -> Result<Option<Recorded>, AppError> {
        let what = match line.stream.kind {
            StreamKind::Floor => self.floor(line)?,
            StreamKind::Client => self.client(line)?,
            _ => None,
        };
        let Some((what, actor)) = what else { return Ok(None) };
        Ok(Some(Recorded {
            version: line.version,
            actor,
            happened_at: moment(self.zone, line.happened_at),
            recorded_at: moment(self.zone, line.recorded_at),
            what,
        }))
    }

    fn floor(&self, line: &Line) -> Result<Option<(What, Actor)>, AppError> {
        if line.command_kind == "undo" {
            let entry = undone_by(&line.command);
            return Ok(entry.map(|entry| (What::Undo { entry }, Actor::clock())));
        }
        let asked: Asked = serde_json::from_str(&line.command)
            .map_err(AppError::unusable("command of an entry"))?;
        let events = if line.events == "[]" {
            Vec::new()
        } else {
            let happened: Vec<Happened> = serde_json::from_str(&line.events)
                .map_err(AppError::unusable("events of an entry"))?;
            happened
                .into_iter()
                .filter_map(|happened| match happened {
                    Happened::Floor(event) => Some(event),
                    Happened::Kept(_) => None,
                })
                .collect()
        };
        let actor = Actor { person: person(&line.actor), roles: asked.roles };
        let undone = self.undone.contains(&line.version);
        Ok(Some((What::Floor { command: asked.command, events, undone }, actor)))
    }

    fn client(&self, line: &Line) -> Result<Option<(What, Actor)>, AppError> {
        let command: Value = serde_json::from_str(&line.command)
            .map_err(AppError::unusable("command of an entry"))?;
        let happened: Vec<Value> =
            serde_json::from_str(&line.events).map_err(AppError::unusable("events of an entry"))?;
        let count = happened.len();
        let events: Vec<attribution::Event> =
            happened.into_iter().filter_map(|event| serde_json::from_value(event).ok()).collect();
        let plain = count > 0 && events.is_empty();
        let act = match line.command_kind.as_str() {
            "set_owner" if command.get("visit").is_none() && command.get("undone").is_none() => {
                let to = command.get("after").and_then(|to| to.as_str()?.parse().ok());
                Some(Act::Given(to.map(PersonId)))
            }
            "set_owner" => Some(Act::Followed),
            "set_closed" if !plain => {
                let after = command.get("after").and_then(Value::as_bool);
                Some(Act::Closed(after.unwrap_or_default()))
            }
            _ if command.get("command").is_some() => of_rulebook(&command),
            _ => None,
        };
        let Some(act) = act.or((!events.is_empty()).then_some(Act::Followed)) else {
            return Ok(None);
        };
        let person = person(&line.actor);
        let roles = command.get("roles").cloned();
        let roles = roles.and_then(|roles| serde_json::from_value(roles).ok());
        let today = || person.and_then(|person| self.roles.get(&person).cloned());
        let actor = Actor { person, roles: roles.or_else(today).unwrap_or_default() };
        let client = ClientId(line.stream.id);
        Ok(Some((What::Client { client, act, events }, actor)))
    }
}

/// The command of an entry that a rulebook decided; a refused one changes nothing either way.
fn of_rulebook(command: &Value) -> Option<Act> {
    let inner = command.get("command").filter(|inner| inner.is_object()).unwrap_or(command);
    serde_json::from_value(inner.clone()).ok().map(Act::Command)
}

/// The entry that an entry of taking back takes back.
pub(super) fn undone_by(command: &str) -> Option<i64> {
    serde_json::from_str::<Value>(command).ok()?.pointer("/undo/entry")?.as_i64()
}

fn person(actor: &str) -> Option<PersonId> {
    actor.strip_prefix("person:")?.parse().ok().map(PersonId)
}
