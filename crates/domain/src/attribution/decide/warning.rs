//! Whom to warn before a right lapses.

use chrono::NaiveDate;
use rulebook::{Trail, Undecided, facts};
use serde::{Deserialize, Serialize};

use super::{
    super::{rules::Rules, state::Client},
    standing,
};
use crate::{
    calendar::{Moment, day_of},
    people::PersonId,
};

/// An owner is warned that their right lapses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// Whose right.
    pub owner: PersonId,
    /// The last day of it.
    pub until: NaiveDate,
    /// How many days are left; none on the last.
    pub days_left: u32,
}

/// The warning that is due at `at`, if one is.
pub fn warning(
    rules: &Rules,
    client: &Client,
    at: Moment,
    trail: &mut Trail,
) -> Result<Option<Warning>, Undecided> {
    let setting = &rules.validity.warning_days;
    let Some(days) = setting.limit()?.copied() else { return Ok(None) };
    let Some(found) = standing(rules, client, at, trail)? else { return Ok(None) };
    let Some(until) = found.until else { return Ok(None) };
    let days_left = u32::try_from((until - day_of(at)).num_days()).unwrap_or(0);
    let due = days_left <= days;
    trail.cite("lapse_near", due, setting, facts![person = found.owner, days_left, days]);
    Ok(due.then_some(Warning { owner: found.owner, until, days_left }))
}
