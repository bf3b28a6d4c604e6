//! Rulebooks 制度 of a site: their versions, what is wrong with them, and which of them rules.

mod change;
mod ruling;
mod scenarios;
mod versions;
mod write_out;

pub use change::{activate, copy_preset, submit};
pub use ruling::Ruling;
pub(crate) use ruling::{Rulings, at as ruling_at, by_id as ruling_by_id};
pub use scenarios::run_scenarios;
pub use versions::{
    Checked, Preset, Version, active, check, declared, difference, presets, version, versions,
};
