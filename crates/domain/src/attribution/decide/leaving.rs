//! Whether somebody who leaves has handed over every client.

use rulebook::{Decision, Trail, Undecided, facts};
use serde::{Deserialize, Serialize};

use super::super::{events::Event, rules::Rules};
use crate::people::PersonId;

/// Whether leaving can be cleared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clearance {
    /// How many clients are still theirs.
    pub left: u32,
    /// Whether leaving can be cleared.
    pub cleared: bool,
}

/// Whether `person`, who has `left` open clients, can be cleared for leaving.
pub fn clearance(
    rules: &Rules,
    person: PersonId,
    left: u32,
) -> Result<Decision<Clearance, Event>, Undecided> {
    let setting = &rules.handover.cleared_before_leaving;
    let blocks = *setting.decided()? && left > 0;
    let mut trail = Trail::default();
    trail.cite("all_handed_over", left == 0, setting, facts![person, left]);
    let outcome = Clearance { left, cleared: !blocks };
    Ok(Decision { outcome, events: Vec::new(), because: trail.because() })
}
