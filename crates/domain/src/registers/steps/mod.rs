//! The sentences of scenarios about forms: what they must hold, who fills them and by when.

use crate::scenario::StepDefinition;

/// Every step about forms: what they must hold, who fills them and by when.
pub const ALL: &[&[StepDefinition]] = &[];

/// What a scenario knows about forms: what they must hold, who fills them and by when.
#[derive(Debug, Default)]
pub struct Known {}
