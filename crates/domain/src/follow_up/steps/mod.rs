//! The sentences of scenarios about what must be followed up, by whom and by when.

use crate::scenario::StepDefinition;

/// Every step about what must be followed up, by whom and by when.
pub const ALL: &[&[StepDefinition]] = &[];

/// What a scenario knows about what must be followed up, by whom and by when.
#[derive(Debug, Default)]
pub struct Known {}
