//! The sentences of scenarios about who shares a deal, and in which parts.

use crate::scenario::StepDefinition;

/// Every step about who shares a deal, and in which parts.
pub const ALL: &[&[StepDefinition]] = &[];

/// What a scenario knows about who shares a deal, and in which parts.
#[derive(Debug, Default)]
pub struct Known {}
