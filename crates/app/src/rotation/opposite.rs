//! Taking back by the opposite command, after other things have happened.

use domain::rotation::{Command, Floor};
use serde_json::Value;
use store::journal::Entry;

use super::happened::Asked;
use crate::{AppError, Caller, roles::Permission};

/// The command that takes `undone` back after other things have happened; `before` is the floor before a
/// return.
pub(super) fn opposite(
    caller: &Caller,
    before: &Floor,
    undone: &Entry,
    since: &[Entry],
) -> Result<Command, AppError> {
    let asked: Asked =
        serde_json::from_str(&undone.command).map_err(AppError::unusable("command of an entry"))?;
    let (about, command) = match asked.command {
        Command::StepOut { person, .. } => (person.0, Command::Return { person }),
        Command::SignIn { person } => (person.0, Command::SignOut { person }),
        Command::Finish { visit } => (visit.0, Command::Reopen { visit }),
        Command::Return { person } => {
            let away = before.people.get(&person).and_then(|member| member.away);
            let away = away.ok_or_else(happened_since)?;
            // Only who may approve an outing can say again that it was.
            let approved = away.approved.filter(|_| caller.may(Permission::Supervise));
            let (kind, until) = (away.kind, away.until);
            (person.0, Command::StepOut { person, kind, until, approved })
        }
        _ => return Err(happened_since()),
    };
    let id = about.to_string();
    let touched = since.iter().any(|entry| entry.events.contains(&id) && !only_told(entry, &id));
    if touched { Err(happened_since()) } else { Ok(command) }
}

fn happened_since() -> AppError {
    AppError::conflict(
        "other things have happened on the floor since",
        "let a supervisor correct it by a new entry",
    )
}

/// Whether `entry` only tells somebody that they are next or stand now.
fn only_told(entry: &Entry, id: &str) -> bool {
    let Ok(events) = serde_json::from_str::<Vec<Value>>(&entry.events) else { return false };
    events.iter().filter(|event| event.to_string().contains(id)).all(|event| {
        let word = event.get("event").and_then(Value::as_str);
        matches!(word, Some("prompted" | "came_on_turn" | "standing_began" | "standing_ended"))
    })
}
