//! Settings that a rule depends on and nobody has decided.

/// A setting that must be decided, and a sensible value to propose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Needed {
    /// Its path.
    pub setting: String,
    /// What most sites would write.
    pub proposal: &'static str,
}
