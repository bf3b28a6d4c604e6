//! Scenarios: a rulebook's examples, written by its users, run on the pure domain.

pub mod coverage;
pub mod feature;
pub mod ground;
pub mod mutate;
mod numbers;
pub mod run;
pub mod step;
pub mod text;
mod wording;
pub mod world;

pub use feature::{Feature, Scenario, ScenarioStep};
pub use ground::Ground;
pub use run::{Failure, Ran, Understood, run_feature, run_on, run_scenario, understand};
pub(crate) use step::steps;
pub use step::{Reading, StepDefinition, all_steps, read};
pub use world::World;
