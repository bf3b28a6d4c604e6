//! The kinds of rule 制度: pure decisions from state, command and rules.
//!
//! No database, clock, network or language of display here.

pub mod attribution;
pub mod calendar;
pub mod people;
pub mod rotation;
