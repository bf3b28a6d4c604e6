//! Rulebooks 制度 of a site: their versions, what is wrong with them, and which of them rules.

mod activation;
mod approval;
mod change;
mod conversion;
mod effects;
mod fields;
mod ruling;
mod scenarios;
mod versions;
mod write_out;

pub use activation::{Activation, activate, activate_over, withdraw};
pub use approval::{MayApprove, approve, hand_in, may_approve};
pub use change::{Change, Changed, change, copy_preset, copy_version, submit};
pub(crate) use conversion::{CONVERT, run as convert_rights};
pub use effects::{Affected, CONVERTIBLE, Living, Rights, Touched, affected};
pub use fields::{Field, fields, schema};
pub use ruling::Ruling;
pub(crate) use ruling::{Rulings, at as ruling_at, by_id as ruling_by_id};
pub use scenarios::{Tried, run_scenarios, scenario_files, steps_like, try_scenarios};
pub use versions::{
    Checked, Preset, Version, active, authors, check, compare, declared, difference, presets,
    version, versions,
};
