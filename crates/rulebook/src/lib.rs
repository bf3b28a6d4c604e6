//! The rulebook 制度: a document of clauses 条款 and settings, and the decisions that cite them.
//!
//! This crate knows no business and does no IO. What settings exist is declared by the kinds of
//! rule in `domain` with [`settings!`] and [`choices!`].

pub mod check;
pub mod clause;
pub mod compose;
pub mod decision;
pub mod difference;
pub mod document;
pub mod edit;
pub mod json_schema;
pub mod problem;
pub mod schema;
pub mod setting;
pub mod typed;
pub mod value;

pub use clause::{Carry, Clause, ClauseId, Words};
pub use decision::{Applied, Because, Decision, Fact, Finding, Trail};
pub use document::Document;
pub use problem::{Problem, Problems, Severity};
pub use schema::{Declared, Schema, Shape};
pub use setting::{Setting, State, Undecided};
pub use value::Value;
