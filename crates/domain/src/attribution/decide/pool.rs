//! The public pool 公海: who is in it, who may claim them, and giving a client up.

use chrono::NaiveDate;
use rulebook::{Trail, Undecided, facts};
use serde::{Deserialize, Serialize};

use super::{
    super::{
        command::Outcome,
        events::Event,
        rules::{PoolSource, Rules},
        state::{Basis, Client},
    },
    Case, Halt, standing,
    standing::lapsed_on,
};
use crate::{
    calendar::{Moment, day_of},
    people::PersonId,
};

/// A client in the public pool.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pooled {
    /// Since which day.
    pub since: NaiveDate,
    /// Why.
    pub source: PoolSource,
    /// Whose they were last.
    pub last_owner: Option<PersonId>,
}

/// Whether `client` is in the pool at `at`, and since when.
pub fn pooled(
    rules: &Rules,
    client: &Client,
    at: Moment,
    trail: &mut Trail,
) -> Result<Option<Pooled>, Undecided> {
    let holds = &rules.pool.holds;
    if holds.value().is_none_or(Vec::is_empty) || client.closing.is_some() {
        return Ok(None);
    }
    if standing(rules, client, at, trail)?.is_some() || client.awaits.is_some() {
        return Ok(None);
    }
    let (source, since, last_owner) = if let Some(released) = client.released {
        let source = if released.left { PoolSource::Leaver } else { PoolSource::Released };
        (source, day_of(released.at), Some(released.by))
    } else if let Some((day, right)) = lapsed_on(rules, client, at)? {
        (PoolSource::Lapsed, day, Some(right))
    } else if let Some(first) = client.registrations.first().filter(|_| client.rights.is_empty()) {
        (PoolSource::Unassigned, day_of(first.at), None)
    } else {
        return Ok(None);
    };
    let held = holds.decided()?.contains(&source);
    trail.cite("in_pool", held, holds, facts![source = source.word()]);
    Ok(held.then_some(Pooled { since, source, last_owner }))
}

impl Case<'_> {
    pub(super) fn release(&mut self, by: PersonId, left: bool) -> Result<Outcome, Halt> {
        let owner = self.standing()?.map(|standing| standing.owner);
        if owner != Some(by) {
            return Err(Halt::Refused("not_the_owner"));
        }
        if self.client.closing.is_some() {
            return Err(Halt::Refused("closed_already"));
        }
        let holds = &self.rules.pool.holds;
        let source = if left { PoolSource::Leaver } else { PoolSource::Released };
        let pooled = holds.decided()?.contains(&source);
        self.trail.cite("in_pool", pooled, holds, facts![source = source.word()]);
        self.end_rights(&holds.clauses);
        self.emit(Event::Released { by, left });
        self.owned()
    }

    pub(super) fn take(
        &mut self,
        by: PersonId,
        held: u32,
        taken_today: u32,
    ) -> Result<Outcome, Halt> {
        let rules = &self.rules.pool;
        let Some(found) = pooled(self.rules, &self.client, self.at, &mut self.trail)? else {
            return Err(Halt::Refused("not_in_pool"));
        };
        let setting = rules.claimed_by.clone();
        self.authority(&setting)?;
        if let Some(days) = rules.cool_down_days.limit()?.copied()
            && found.last_owner == Some(by)
        {
            let passed = (day_of(self.at) - found.since).num_days();
            let over = passed >= i64::from(days);
            let facts = facts![person = by, passed, days];
            self.trail.cite("cooled_down", over, &rules.cool_down_days, facts);
            if !over {
                return Err(Halt::Refused("cooling_down"));
            }
        }
        if let Some(most) = rules.held_most.limit()?.copied() {
            let below = held < most;
            let facts = facts![person = by, held, most];
            self.trail.cite("below_cap", below, &rules.held_most, facts);
            if !below {
                return Err(Halt::Refused("holds_too_many"));
            }
        }
        if let Some(most) = rules.claims_per_day.limit()?.copied() {
            let below = taken_today < most;
            let facts = facts![person = by, taken_today, most];
            self.trail.cite("claims_left", below, &rules.claims_per_day, facts);
            if !below {
                return Err(Halt::Refused("claimed_enough_today"));
            }
        }
        self.hand_over(by, Basis::Pool, self.at, &setting.clauses)
    }
}
