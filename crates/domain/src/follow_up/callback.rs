//! Calling clients back: arranged by whom the rulebook names, watched, with every result written.

use std::collections::{BTreeMap, BTreeSet};

use rulebook::{Trail, facts};
use serde::{Deserialize, Serialize};

use super::rules::{Field, Occasion, Rules};
use crate::people::{Actor, ClientId, PersonId};

/// A session of calling clients back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// Who calls.
    pub caller: PersonId,
    /// Who watches.
    pub monitor: Option<PersonId>,
    /// Whom, and what is written of each.
    pub clients: BTreeMap<ClientId, BTreeSet<Field>>,
    /// Whether whoever watches has signed.
    pub signed: bool,
}

/// What stands in the way of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "obstacle", rename_all = "snake_case")]
pub enum Obstacle {
    /// Whoever arranged it may not.
    NotArranged,
    /// Nobody watches.
    NoMonitor,
    /// Some results are not written.
    Missing {
        /// How many.
        results: usize,
    },
    /// Whoever watches has not signed.
    Unsigned,
}

/// Whether `actor` may have `session` begin.
pub fn begin(
    rules: &Rules,
    session: &Session,
    actor: &Actor,
    trail: &mut Trail,
) -> Result<(), Obstacle> {
    let setting = &rules.callback.arranged_by;
    let named = setting.value().map(Vec::as_slice).unwrap_or_default();
    let may = named.is_empty() || actor.is_any(named);
    trail.cite("callback_arranged", may, setting, Vec::new());
    if !may {
        return Err(Obstacle::NotArranged);
    }
    let setting = &rules.callback.monitor;
    let watched = session.monitor.is_some() || setting.value() != Some(&true);
    trail.cite("callback_watched", watched, setting, Vec::new());
    if watched { Ok(()) } else { Err(Obstacle::NoMonitor) }
}

/// Whether `session` may end.
pub fn end(rules: &Rules, session: &Session, trail: &mut Trail) -> Result<(), Obstacle> {
    let required = rules.record.get(&Occasion::Callback).map(|rules| &rules.required);
    let wanted = required.and_then(|setting| setting.value()).cloned().unwrap_or_default();
    let written = |fields: &BTreeSet<Field>| {
        !fields.is_empty() && wanted.iter().all(|field| fields.contains(field))
    };
    let missing = session.clients.values().filter(|fields| !written(fields)).count();
    let setting = &rules.callback.complete;
    trail.cite("results_written", missing == 0, setting, facts![missing = missing]);
    if let Some(required) = required {
        trail.cite("record_complete", missing == 0, required, Vec::new());
    }
    if missing > 0 && setting.value() == Some(&true) {
        return Err(Obstacle::Missing { results: missing });
    }
    let setting = &rules.callback.monitor;
    let signed = session.signed || setting.value() != Some(&true);
    trail.cite("monitor_signed", signed, setting, Vec::new());
    if signed { Ok(()) } else { Err(Obstacle::Unsigned) }
}
