//! The use cases, on both databases.
//!
//! The PostgreSQL half needs `TEST_POSTGRES`, the address of a server without a database, and `psql`; it
//! fails without them: `TEST_POSTGRES=$(crates/store/tests/postgres.sh start DIR PORT)`.

mod follow_up;
mod harness;

mod attribution;
mod client_book;
mod client_import;
mod clients;
mod commands;
mod commission;
mod demo;
mod jobs;
mod people;
mod rulebooks;
mod sessions;
mod undo;
