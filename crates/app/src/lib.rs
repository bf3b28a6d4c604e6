//! The use cases 用例: load, decide, record, enqueue, commit.
//!
//! Pages, API, command line, jobs and telephone all come through here, with a [`Caller`] that says who asks.
//! A use case checks what the caller may do ([`roles`]), runs in one transaction inside `store::retry!`, and
//! leaves an entry in the journal. Nothing is decided here: that is for `domain`.

pub mod attribution;
pub mod audit;
mod caller;
pub mod clients;
pub mod clock;
pub mod commission;
pub mod demo;
mod error;
pub mod follow_up;
pub mod import;
pub mod jobs;
mod notes;
pub mod people;
pub mod presets;
pub mod privacy;
mod record;
pub mod replay;
pub mod roles;
pub mod rotation;
pub mod rulebooks;
pub mod sessions;
pub mod sites;
pub mod workbook;

use std::sync::Arc;

pub use caller::Caller;
pub use clock::Clock;
pub use domain::{
    attribution::Ownership,
    calendar::Moment,
    people::{Actor, ClientId, PersonId, TeamId, VisitId},
    rotation::rules::Role,
};
pub use error::AppError;
pub use presets::Presets;
pub use record::EntryId;
use store::{Db, Keys};
pub use store::{SiteId, TenantId};
pub use uuid::Uuid as CommandId;

/// What an installation may choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// How long a session lasts after it was last used.
    pub session_hours: i64,
    /// How many wrong passwords lock a sign-in.
    pub lockout_failures_count: i64,
    /// For how long.
    pub lockout_minutes: i64,
    /// How long a mistap can be undone.
    pub undo_seconds: i64,
}

impl Default for Config {
    fn default() -> Self {
        Self { session_hours: 12, lockout_failures_count: 5, lockout_minutes: 15, undo_seconds: 60 }
    }
}

/// Everything a use case needs besides its arguments. Cheap to clone.
#[derive(Debug, Clone)]
pub struct App {
    /// The open database.
    pub db: Db,
    /// The keys of the installation.
    pub(crate) keys: Arc<Keys>,
    /// The time.
    pub clock: Clock,
    /// The rulebooks that come with the program.
    pub presets: Presets,
    /// What the installation chose.
    pub config: Config,
    pub(crate) rulings: Arc<rulebooks::Rulings>,
}

impl App {
    /// Puts an application together.
    #[must_use]
    pub fn new(db: Db, keys: Keys, clock: Clock, presets: Presets, config: Config) -> Self {
        let (keys, rulings) = (Arc::new(keys), Arc::default());
        Self { db, keys, clock, presets, config, rulings }
    }
}

/// Checks that the keys belong to this database; to be called at every start.
pub async fn check_keys(app: &App) -> Result<(), AppError> {
    let mut tx = app.db.write().await?;
    for tenant in store::tenants::all(&mut tx).await? {
        store::keys::check(&mut tx, tenant.id, &app.keys).await?;
    }
    Ok(tx.commit().await?)
}
