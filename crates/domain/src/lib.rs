//! The kinds of rule 制度: pure decisions from state, command and rules.
//!
//! No database, clock, network or language of display here.

pub mod attribution;
pub mod calendar;
pub mod people;
pub mod rotation;
pub mod scenario;

/// Declares every setting of every kind of rule.
pub fn declare(schema: &mut rulebook::Schema) {
    rotation::Rules::declare(schema);
}
