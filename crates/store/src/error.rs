//! What can go wrong in the database, and whether it is worth another try.

use crate::db::is_postgres_contention;

/// Why a store function failed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Nothing is stored under the id that was asked for.
    #[error("no such {0}")]
    NotFound(&'static str),
    /// The id, number or name is taken. The transaction lives on.
    #[error("this {0} exists already")]
    Duplicate(&'static str),
    /// The row is no longer as the caller believed; load it again. The transaction lives on, unless a
    /// constraint of the database said it.
    #[error("the {0} was changed meanwhile; load it again")]
    Conflict(&'static str),
    /// A stored or given value cannot be used: what, and why.
    #[error("unusable {what}: {why}")]
    Invalid {
        /// What it is, as a column or field.
        what: &'static str,
        /// Why it cannot be used; never the value, which may be personal.
        why: String,
    },
    /// The key that sealed this value was destroyed: the client was erased.
    #[error("the client's data was erased")]
    Erased,
    /// The key with this id is not among the keys of this installation.
    #[error("the key `{0}` is missing; restore the key file that belongs to this database")]
    KeyMissing(String),
    /// A sealed value does not open with the key that it names: wrong key, or the value was changed.
    #[error("a sealed value cannot be opened; the key is wrong or the value was changed")]
    Unopenable,
    /// Another writer was in the way. Trying the whole transaction again is right.
    #[error("another writer was in the way")]
    Contended(#[source] sqlx::Error),
    /// The database went away in the middle. A try with the same command id is safe.
    #[error("the database is out of reach; check that it runs and that its address is right")]
    Unreachable(#[source] sqlx::Error),
    /// No connection became free, or could be made, in time.
    #[error("no connection to the database in time: it is out of reach or too busy")]
    Exhausted(#[source] sqlx::Error),
    /// The schema could not be brought up to date.
    #[error("the schema could not be brought up to date")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// Anything else that the database said.
    #[error("the database refused the statement")]
    Database(#[source] sqlx::Error),
}

impl StoreError {
    /// Whether the same transaction may well succeed if it is begun again.
    pub fn is_transient(&self) -> bool {
        matches!(self, Self::Contended(_) | Self::Unreachable(_))
    }

    /// A value that cannot be used; `why` must not contain personal data.
    pub(crate) fn invalid(what: &'static str, why: impl ToString) -> Self {
        Self::Invalid { what, why: why.to_string() }
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::BeginFailed
            | sqlx::Error::WorkerCrashed => Self::Unreachable(error),
            sqlx::Error::PoolTimedOut => Self::Exhausted(error),
            sqlx::Error::Database(database) => {
                if database.is_unique_violation() {
                    return Self::Conflict("row");
                }
                match database.code().as_deref() {
                    Some(code) if is_sqlite_contention(code) || is_postgres_contention(code) => {
                        Self::Contended(error)
                    }
                    // PostgreSQL shuts down, starts up, or lost its connection.
                    Some("57P01" | "57P02" | "57P03" | "08000" | "08003" | "08006") => {
                        Self::Unreachable(error)
                    }
                    _ => Self::Database(error),
                }
            }
            _ => Self::Database(error),
        }
    }
}

/// `SQLITE_BUSY` and `SQLITE_LOCKED` with all their extended codes.
fn is_sqlite_contention(code: &str) -> bool {
    // PostgreSQL's codes have five characters, SQLite's at most four.
    code.len() < 5 && code.parse::<u32>().is_ok_and(|code| matches!(code & 0xff, 5 | 6))
}
