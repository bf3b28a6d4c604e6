//! The pages: a typed context for each, what its template may show and nothing else.
//!
//! A folder carries the field's word; in it `view.rs` says what the page shows, `sample.rs` holds
//! examples of it for the tests and the gallery. `templates/<word>/` holds what it looks like.

pub mod arrival;
pub mod clients;
pub mod decision;
pub mod errors;
pub(crate) mod filters;
pub mod floor;
pub mod frame;
pub mod import;
pub mod me;
pub mod people;
pub mod person;
pub mod replay;
pub mod rotation;
pub mod rulebooks;
pub mod sign_in;
pub mod visits;

#[cfg(any(test, feature = "samples"))]
pub mod sample;

#[cfg(test)]
mod tests;
