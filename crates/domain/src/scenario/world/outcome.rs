//! What came of the last steps: outcome, events, reasons, refusals, what nobody has decided.

use std::sync::Arc;

use rulebook::Because;

use super::World;
use crate::{
    kinds::Kinds,
    rotation::{Event, Outcome},
};

impl World {
    /// Every kind of rule in force.
    #[must_use]
    pub fn kinds(&self) -> Arc<Kinds> {
        self.ground.kinds()
    }

    /// Notes that a command was refused; a step that expects nothing of the kind fails.
    pub fn note_refusal(&mut self, reason: &str) {
        self.refusal = Some(reason.into());
    }

    /// Notes that a decision stopped at a setting that nobody has decided.
    pub fn note_undecided(&mut self, setting: &str) {
        self.undecided = Some(setting.into());
    }

    /// What came of the last command.
    #[must_use]
    pub const fn outcome(&self) -> Option<&Outcome> {
        self.outcome.as_ref()
    }

    /// What happened since the last expectation.
    #[must_use]
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// Expectations so far are checked: what comes now has reasons of its own.
    pub fn forget_reasons(&mut self) {
        self.reasons.clear();
        self.events.clear();
        self.undecided = None;
    }

    /// Fails where a command was refused and no step expected it.
    pub fn check_refusal(&mut self) -> Result<(), String> {
        match self.refusal.take() {
            Some(reason) => Err(format!("the step before was refused: {reason}")),
            None => Ok(()),
        }
    }

    /// The refusal, which is expected.
    pub fn take_refusal(&mut self) -> Option<String> {
        self.refusal.take()
    }

    /// The settings that were needed and not set; the one that stopped a decision first.
    #[must_use]
    pub fn undecided(&self) -> Vec<&str> {
        let stopped = self.undecided.as_deref();
        stopped.into_iter().chain(self.reasons.iter().flat_map(Because::undecided)).collect()
    }

    /// Fails unless what happened rests on `clause`.
    pub fn check_cited(&self, clause: &str) -> Result<(), String> {
        if self.reasons.iter().any(|because| because.cites(clause)) {
            return Ok(());
        }
        let mut cited: Vec<String> =
            self.reasons.iter().flat_map(Because::clauses).map(|clause| clause.0).collect();
        cited.dedup();
        Err(format!("clause `{clause}` was not applied; those applied: {}", cited.join(", ")))
    }
}
