//! The databases, SQLite and PostgreSQL: the only crate that says sqlx.
//!
//! Every function is free, takes the transaction first, and runs one SQL text on both databases. States,
//! commands, events and decisions are JSON text here; what they mean is for `domain` to say. A use case
//! begins with [`Db::write`], claims its streams ([`stream::claim`]), appends to the journal
//! ([`journal::append`]), saves the states ([`stream::save`]), updates what people read, publishes
//! ([`changes::publish`]) last, commits ([`Tx::commit`]), and stands inside [`retry!`].

pub mod audit;
pub mod bare;
pub mod changes;
pub mod checkpoint;
pub mod clients;
pub mod commission;
mod db;
mod error;
mod fold;
pub mod follow_ups;
mod hex;
pub mod imports;
pub mod jobs;
pub mod journal;
pub mod keys;
pub mod lists;
pub mod notes;
pub mod people;
pub mod replays;
mod retry;
pub mod rulebooks;
pub mod sealed;
pub mod sessions;
pub mod settings;
pub mod sites;
pub mod stream;
pub mod teams;
pub mod tenants;
pub mod tokens;
pub mod turns;
pub mod visits;
mod wake;

pub use db::{ATTEMPTS_MAX, CONNECTIONS_MAX, Db, Pool, Tx};
pub use error::StoreError;
pub use fold::fold;
pub use keys::Keys;
pub use retry::pause;
pub use sealed::Sealed;
pub use sites::SiteId;
pub use stream::{StreamId, StreamKind};
pub use tenants::TenantId;
