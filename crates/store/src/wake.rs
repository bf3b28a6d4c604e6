//! Waking whoever waits for changes, in this process and in others on the same PostgreSQL.

use std::{
    sync::{
        Arc, Weak,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use sqlx::{
    AssertSqlSafe, PgPool,
    postgres::{PgConnectOptions, PgListener, PgPoolOptions},
};
use tokio::sync::{mpsc, watch};

use crate::{StoreError, db::Pool};

/// The channel of `NOTIFY`; channels belong to one database of the server.
const CHANNEL: &str = "lunpai_changes";

/// How often the counters of changes are looked at, should a notification have been lost.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// After one `NOTIFY`, how long further ones are collected.
const COLLECT: Duration = Duration::from_millis(10);

/// Wakes listeners of this process, and on PostgreSQL those of others.
///
/// `NOTIFY` is sent after the commit, in a transaction of its own that stands for all commits of the
/// last few milliseconds. Inside the business transaction it would make all commits of the server wait
/// for each other (PostgreSQL takes one lock for the whole commit of a notifying transaction). What a
/// crash between commit and notification leaves out, the look every half second finds.
#[derive(Debug)]
pub(crate) struct Wake {
    counter: watch::Sender<u64>,
    /// Asks the notifying task for a `NOTIFY`; none on SQLite.
    notify: Option<mpsc::Sender<()>>,
    watching: AtomicBool,
}

impl Wake {
    pub(crate) fn start(pool: &Pool) -> Arc<Self> {
        let notify = match pool {
            Pool::Sqlite { .. } => None,
            Pool::Postgres(pool) => {
                let (sender, receiver) = mpsc::channel(1);
                tokio::spawn(notify_others(pool.clone(), receiver));
                Some(sender)
            }
        };
        Arc::new(Self { counter: watch::Sender::new(0), notify, watching: AtomicBool::new(false) })
    }

    /// Says that a transaction with changes was committed.
    pub(crate) fn published(&self) {
        self.bump();
        if let Some(notify) = &self.notify {
            // A full channel means that a notification is on its way already.
            notify.try_send(()).ok();
        }
    }

    /// Listens; the first listener starts the task that watches for other processes.
    pub(crate) fn listen(self: &Arc<Self>, pool: &Pool) -> watch::Receiver<u64> {
        if !self.watching.swap(true, Ordering::Relaxed) {
            tokio::spawn(watch_others(pool.clone(), Arc::downgrade(self)));
        }
        self.counter.subscribe()
    }

    fn bump(&self) {
        self.counter.send_modify(|count| *count = count.wrapping_add(1));
    }
}

/// Sends one `NOTIFY` for each burst of commits. Ends with the last [`Wake`].
async fn notify_others(pool: PgPool, mut asked: mpsc::Receiver<()>) {
    let statement = format!("NOTIFY {CHANNEL}");
    while asked.recv().await.is_some() {
        if let Err(error) = sqlx::query(AssertSqlSafe(statement.as_str())).execute(&pool).await {
            tracing::warn!(%error, "other processes were not notified; they look by themselves");
        }
        tokio::time::sleep(COLLECT).await;
    }
}

/// Wakes our listeners when another process published. Ends when the database is closed or dropped.
async fn watch_others(pool: Pool, wake: Weak<Wake>) {
    let mut listener = None;
    let mut seen = None;
    loop {
        if let (None, Pool::Postgres(pool)) = (&listener, &pool) {
            listener = hear(pool).await;
        }
        let heard = match &mut listener {
            // A lost connection is `Ok(None)`, after it was built up again.
            Some(ears) => match tokio::time::timeout(LOOK_EVERY, ears.try_recv()).await {
                Ok(Ok(_)) => true,
                Ok(Err(_)) => {
                    listener = None;
                    tokio::time::sleep(LOOK_EVERY).await;
                    false
                }
                Err(_) => false,
            },
            None => {
                tokio::time::sleep(LOOK_EVERY).await;
                false
            }
        };
        if is_closed(&pool) {
            return;
        }
        let now = published_count(&pool).await.ok();
        let Some(wake) = wake.upgrade() else { return };
        if heard || now != seen {
            wake.bump();
        }
        seen = now;
    }
}

/// Listens on a connection of its own: it is held for good, so it must not be one that writers wait for.
async fn hear(pool: &PgPool) -> Option<PgListener> {
    let options = PgConnectOptions::clone(&pool.connect_options());
    let own = PgPoolOptions::new()
        .max_connections(1)
        .max_lifetime(None)
        .idle_timeout(None)
        .connect_lazy_with(options);
    let mut listener = PgListener::connect_with(&own).await.ok()?;
    listener.listen(CHANNEL).await.ok()?;
    Some(listener)
}

fn is_closed(pool: &Pool) -> bool {
    match pool {
        Pool::Sqlite { reader, .. } => reader.is_closed(),
        Pool::Postgres(pool) => pool.is_closed(),
    }
}

/// How many changes were ever published, over all sites.
async fn published_count(pool: &Pool) -> Result<i64, StoreError> {
    const SQL: &str = "SELECT CAST(COALESCE(SUM(seq), 0) AS BIGINT) FROM change_counter";
    Ok(match pool {
        Pool::Sqlite { reader, .. } => sqlx::query_scalar(SQL).fetch_one(reader).await?,
        Pool::Postgres(pool) => sqlx::query_scalar(SQL).fetch_one(pool).await?,
    })
}
