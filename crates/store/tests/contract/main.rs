//! Every store function, on both databases.
//!
//! The PostgreSQL half needs `TEST_POSTGRES`, the address of a server without a database, and fails
//! without it: `TEST_POSTGRES=$(tests/postgres.sh start DIR PORT)`.

mod follow_ups;
mod harness;

mod audit;
mod bare;
mod changes;
mod checkpoint;
mod client_book;
mod clients;
mod commission;
mod db;
mod jobs;
mod journal;
mod keys;
mod notes;
mod people;
mod replays;
mod rulebooks;
mod schema;
mod sessions;
mod sites;
mod stream;
mod tokens;
mod turns;
mod visits;
