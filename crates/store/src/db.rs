//! The open database and its transactions.

use std::{str::FromStr, sync::Arc, time::Duration};

use sqlx::{
    Connection, Executor, PgConnection, PgPool, Postgres, Sqlite, SqlitePool, Transaction,
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use tokio::sync::watch;

use crate::{StoreError, wake::Wake};

/// How often [`retry!`](crate::retry) tries before it gives up.
pub const ATTEMPTS_MAX: u32 = 16;

/// How many connections one process opens unless told otherwise.
pub const CONNECTIONS_MAX: u32 = 16;

/// How long a statement waits for a lock, and a transaction for a connection, in seconds.
const LOCK_WAIT_S: u64 = 10;

/// The open database. Cheap to clone; all clones share the connections.
#[derive(Debug, Clone)]
pub struct Db {
    pool: Pool,
    wake: Arc<Wake>,
}

/// The connections. Public inside the crate's tests only through [`Db::pool`].
#[derive(Debug, Clone)]
pub enum Pool {
    /// One writer, because SQLite has one; several readers on snapshots beside it.
    Sqlite {
        /// Connections that cannot write.
        reader: SqlitePool,
        /// The one connection that writes.
        writer: SqlitePool,
    },
    /// Any number of writers.
    Postgres(PgPool),
}

/// A transaction on whichever database is open. Rolls back unless committed.
#[derive(Debug)]
pub struct Tx {
    /// The transaction itself.
    pub(crate) open: Open,
    /// Set when the transaction published changes: its commit wakes whoever listens.
    pub(crate) published: bool,
    wake: Arc<Wake>,
}

/// The two kinds of transaction.
#[derive(Debug)]
pub(crate) enum Open {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

/// Runs one expression on the open database; it is type-checked for both.
macro_rules! on {
    ($tx:expr, $conn:ident => $body:expr) => {
        match &mut $tx.open {
            $crate::db::Open::Sqlite(tx) => {
                let $conn = &mut **tx;
                $body
            }
            $crate::db::Open::Postgres(tx) => {
                let $conn = &mut **tx;
                $body
            }
        }
    };
}
pub(crate) use on;

impl Db {
    /// Opens the database at `url` and brings its schema up to date: `sqlite://path/to/file.db` or
    /// `postgres://user@host/name`.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        Self::open_sized(url, CONNECTIONS_MAX).await
    }

    /// Like [`Db::open`], with at most `connections_max` connections to PostgreSQL, or readers of
    /// SQLite.
    pub async fn open_sized(url: &str, connections_max: u32) -> Result<Self, StoreError> {
        let pool = if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            open_postgres(url, connections_max).await?
        } else {
            open_sqlite(url, connections_max).await?
        };
        let wake = Wake::start(&pool);
        Ok(Self { pool, wake })
    }

    /// Begins a read-only transaction on a consistent snapshot.
    pub async fn read(&self) -> Result<Tx, StoreError> {
        let open = match &self.pool {
            Pool::Sqlite { reader, .. } => Open::Sqlite(reader.begin().await?),
            Pool::Postgres(pool) => Open::Postgres(
                pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?,
            ),
        };
        Ok(Tx { open, published: false, wake: self.wake.clone() })
    }

    /// Begins a write transaction.
    ///
    /// SQLite lets one writer in at a time. On PostgreSQL the caller first claims the streams it
    /// writes with [`stream::claim`](crate::stream::claim).
    pub async fn write(&self) -> Result<Tx, StoreError> {
        let open = match &self.pool {
            Pool::Sqlite { writer, .. } => {
                Open::Sqlite(writer.begin_with("BEGIN IMMEDIATE").await?)
            }
            Pool::Postgres(pool) => {
                Open::Postgres(pool.begin_with("BEGIN ISOLATION LEVEL READ COMMITTED").await?)
            }
        };
        Ok(Tx { open, published: false, wake: self.wake.clone() })
    }

    /// A counter that moves whenever changes may have been published, by this process or another:
    /// wait for it with `changed()`, then read [`changes::since`](crate::changes::since).
    ///
    /// It wakes at once for commits of this process and, on PostgreSQL, of others (`NOTIFY`); what a
    /// crash kept from being notified is noticed within half a second. A wake without a change is
    /// possible, a change without a wake is not.
    pub fn listen(&self) -> watch::Receiver<u64> {
        self.wake.listen(&self.pool)
    }

    /// Which database this is, for people and metrics: `sqlite` or `postgres`.
    pub fn kind(&self) -> &'static str {
        match self.pool {
            Pool::Sqlite { .. } => "sqlite",
            Pool::Postgres(_) => "postgres",
        }
    }

    /// The connections, for tests that tamper with rows.
    pub fn pool(&self) -> &Pool {
        &self.pool
    }

    /// Answers if the database answers; for readiness.
    pub async fn ping(&self) -> Result<(), StoreError> {
        match &self.pool {
            Pool::Sqlite { reader, .. } => {
                sqlx::query("SELECT 1").execute(reader).await.map(drop)?
            }
            Pool::Postgres(pool) => sqlx::query("SELECT 1").execute(pool).await.map(drop)?,
        }
        Ok(())
    }

    /// Lets the connection that writes keep `megabytes` of SQLite's pages in memory, for long writes. Does
    /// nothing on PostgreSQL.
    pub async fn keep_more(&self, megabytes: u32) -> Result<(), StoreError> {
        if let Pool::Sqlite { writer, .. } = &self.pool {
            let sql = format!("PRAGMA cache_size = -{}", u64::from(megabytes) * 1024);
            sqlx::query(sqlx::AssertSqlSafe(sql)).execute(writer).await?;
        }
        Ok(())
    }

    /// `PRAGMA synchronous` of the connection that writes: 2 is FULL. `None` on PostgreSQL.
    pub async fn sqlite_synchronous(&self) -> Result<Option<i64>, StoreError> {
        match &self.pool {
            Pool::Sqlite { writer, .. } => {
                Ok(Some(sqlx::query_scalar("PRAGMA synchronous").fetch_one(writer).await?))
            }
            Pool::Postgres(_) => Ok(None),
        }
    }

    /// Waits for all transactions to end, then closes all connections.
    pub async fn close(&self) {
        match &self.pool {
            Pool::Sqlite { reader, writer } => {
                reader.close().await;
                writer.close().await;
            }
            Pool::Postgres(pool) => pool.close().await,
        }
    }
}

async fn open_postgres(url: &str, connections_max: u32) -> Result<Pool, StoreError> {
    let options = PgConnectOptions::from_str(url)?.application_name("lunpai");
    // The pool would go on trying for a while; at the start, say at once that nobody is there.
    PgConnection::connect_with(&options).await?.close().await?;
    let pool = PgPoolOptions::new()
        .max_connections(connections_max)
        .acquire_timeout(Duration::from_secs(LOCK_WAIT_S))
        .after_connect(|conn, _| {
            Box::pin(async move {
                // What was acknowledged must survive, whatever the server's own setting is.
                conn.execute(
                    "SET synchronous_commit = on; SET lock_timeout = '10s'; SET timezone = 'UTC';
                     SET idle_in_transaction_session_timeout = '60s'",
                )
                .await
                .map(drop)
            })
        })
        .connect_with(options)
        .await?;
    sqlx::migrate!("migrations/postgres").run(&pool).await?;
    Ok(Pool::Postgres(pool))
}

async fn open_sqlite(url: &str, connections_max: u32) -> Result<Pool, StoreError> {
    let options = SqliteConnectOptions::from_str(url)?
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        // An erased key must not linger in a free page.
        .pragma("secure_delete", "ON")
        .pragma("cache_size", "-8192")
        .busy_timeout(Duration::from_secs(LOCK_WAIT_S));
    let writer = SqlitePoolOptions::new()
        .max_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_with(options.clone())
        .await?;
    sqlx::migrate!("migrations/sqlite").run(&writer).await?;
    let reader = SqlitePoolOptions::new()
        .max_connections(connections_max)
        .connect_with(options.read_only(true))
        .await?;
    Ok(Pool::Sqlite { reader, writer })
}

/// A serialization failure, a deadlock, or a lock that was waited for too long.
pub(crate) fn is_postgres_contention(code: &str) -> bool {
    matches!(code, "40001" | "40P01" | "55P03")
}

impl Tx {
    /// Makes everything durable and visible; wakes whoever listens if changes were published.
    pub async fn commit(self) -> Result<(), StoreError> {
        match self.open {
            Open::Sqlite(tx) => tx.commit().await?,
            Open::Postgres(tx) => tx.commit().await?,
        }
        if self.published {
            self.wake.published();
        }
        Ok(())
    }

    /// Takes everything back. Dropping the transaction does the same, a moment later.
    pub async fn rollback(self) -> Result<(), StoreError> {
        match self.open {
            Open::Sqlite(tx) => tx.rollback().await?,
            Open::Postgres(tx) => tx.rollback().await?,
        }
        Ok(())
    }
}
