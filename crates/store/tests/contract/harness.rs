//! Databases that live for one test, and what most tests need in them.

use std::hash::{DefaultHasher, Hash, Hasher};

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::{AssertSqlSafe, PgPool};
use store::{
    Db, Keys, Pool, SiteId, StoreError, StreamId, StreamKind, TenantId, Tx,
    journal::{self, Entry},
    sites,
    sites::Site,
    stream::{self, Claimed},
    tenants::{self, Tenant},
};
use uuid::Uuid;

/// Makes each function a test on SQLite and a test on PostgreSQL.
macro_rules! on_both {
    ($($(#[$meta:meta])* async fn $name:ident($db:ident: Db) $body:block)*) => {
        $($(#[$meta])* async fn $name($db: store::Db) $body)*
        mod sqlite {$(
            #[tokio::test(flavor = "multi_thread")]
            async fn $name() {
                let database = $crate::harness::Database::sqlite().await;
                super::$name(database.db.clone()).await;
                database.remove().await;
            }
        )*}
        mod postgres {$(
            #[tokio::test(flavor = "multi_thread")]
            async fn $name() {
                let database = $crate::harness::Database::postgres().await;
                super::$name(database.db.clone()).await;
                database.remove().await;
            }
        )*}
    };
}
pub(crate) use on_both;

/// A database of one test. It stays behind if the test fails.
pub struct Database {
    pub db: Db,
    pub url: String,
    name: String,
}

impl Database {
    pub async fn sqlite() -> Self {
        let name = format!("lunpai-test-{}.db", Uuid::now_v7());
        let url = format!("sqlite://{}", std::env::temp_dir().join(&name).display());
        Self { db: Db::open(&url).await.unwrap(), url, name }
    }

    pub async fn postgres() -> Self {
        let name = format!("lunpai_test_{}", Uuid::now_v7().simple());
        let admin = admin().await;
        let template = template(&admin).await;
        let sql = format!("CREATE DATABASE {name} TEMPLATE {template}");
        sqlx::query(AssertSqlSafe(sql)).execute(&admin).await.unwrap();
        admin.close().await;
        let url = format!("{}/{name}", server());
        Self { db: Db::open(&url).await.unwrap(), url, name }
    }

    pub async fn remove(self) {
        self.db.close().await;
        if self.db.kind() == "sqlite" {
            for end in ["", "-wal", "-shm"] {
                let file = std::env::temp_dir().join(format!("{}{end}", self.name));
                std::fs::remove_file(file).ok();
            }
        } else {
            let sql = format!("DROP DATABASE {} WITH (FORCE)", self.name);
            sqlx::query(AssertSqlSafe(sql)).execute(&admin().await).await.unwrap();
        }
    }
}

/// A database with the schema, which is quicker to copy than to make. Its name tells the migrations, so
/// that a server that goes on running never serves an old one.
async fn template(admin: &PgPool) -> String {
    let mut hash = DefaultHasher::new();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/migrations/postgres");
    let mut files: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    for file in files {
        std::fs::read(file).unwrap().hash(&mut hash);
    }
    let name = format!("lunpai_template_{:016x}", hash.finish());
    // Tests run in processes of their own: one of them makes it, the others wait.
    let mut turn = admin.acquire().await.unwrap();
    sqlx::query("SELECT pg_advisory_lock(1)").execute(&mut *turn).await.unwrap();
    let made: Option<i32> = sqlx::query_scalar("SELECT 1 FROM pg_database WHERE datname = $1")
        .bind(&name)
        .fetch_optional(admin)
        .await
        .unwrap();
    if made.is_none() {
        for sql in
            [format!("DROP DATABASE IF EXISTS {name}_new"), format!("CREATE DATABASE {name}_new")]
        {
            sqlx::query(AssertSqlSafe(sql)).execute(admin).await.unwrap();
        }
        Db::open(&format!("{}/{name}_new", server())).await.unwrap().close().await;
        // Only a complete one gets the name.
        let sql = format!("ALTER DATABASE {name}_new RENAME TO {name}");
        sqlx::query(AssertSqlSafe(sql)).execute(admin).await.unwrap();
    }
    sqlx::query("SELECT pg_advisory_unlock(1)").execute(&mut *turn).await.unwrap();
    name
}

fn server() -> String {
    std::env::var("TEST_POSTGRES").expect(
        "TEST_POSTGRES is not set: start a server with `crates/store/tests/postgres.sh start DIR PORT` \
         and set it to the address that this prints",
    )
}

async fn admin() -> PgPool {
    PgPool::connect(&format!("{}/postgres", server()))
        .await
        .expect("the server that TEST_POSTGRES names must be running")
}

/// Runs `sql` behind the back of the store.
pub async fn raw(db: &Db, sql: &str) -> u64 {
    match db.pool() {
        Pool::Sqlite { writer, .. } => {
            sqlx::query(AssertSqlSafe(sql)).execute(writer).await.unwrap().rows_affected()
        }
        Pool::Postgres(pool) => {
            sqlx::query(AssertSqlSafe(sql)).execute(pool).await.unwrap().rows_affected()
        }
    }
}

/// `seconds` after nine o'clock of some morning.
pub fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_780_000_000, 0).unwrap() + TimeDelta::seconds(seconds)
}

pub fn keys() -> Keys {
    Keys::new("2026", [7; 32], [8; 32])
}

/// A company with one site.
pub async fn site(db: &Db) -> (TenantId, SiteId) {
    let (tenant, site) = (TenantId(Uuid::now_v7()), SiteId(Uuid::now_v7()));
    let mut tx = db.write().await.unwrap();
    let name = "云山置业".to_owned();
    tenants::add(&mut tx, &Tenant { id: tenant, name, created_at: at(0) }).await.unwrap();
    sites::add(&mut tx, &a_site(tenant, site)).await.unwrap();
    tx.commit().await.unwrap();
    (tenant, site)
}

pub fn a_site(tenant: TenantId, id: SiteId) -> Site {
    Site {
        tenant,
        id,
        name: "云山府".to_owned(),
        time_zone: "Asia/Shanghai".to_owned(),
        created_at: at(0),
        closed_at: None,
    }
}

/// The stream of a site's floor, made sure of.
pub async fn floor(db: &Db, tenant: TenantId, site: SiteId) -> StreamId {
    let id = StreamId { kind: StreamKind::Floor, id: site.0 };
    let mut tx = db.write().await.unwrap();
    stream::ensure(&mut tx, tenant, site, id).await.unwrap();
    tx.commit().await.unwrap();
    id
}

/// Appends an entry to a claimed stream.
pub async fn append(
    tx: &mut Tx,
    tenant: TenantId,
    claimed: &Claimed,
    command_id: Uuid,
    part: i64,
) -> Result<Entry, StoreError> {
    let new = journal::NewEntry {
        tenant,
        claimed,
        command_id,
        part,
        actor: "person:1",
        command_kind: "arrive",
        command: r#"{"visit": 1}"#,
        events: r#"["arrived"]"#,
        because: r#"[{"clause": "3"}]"#,
        outcome: r#""received""#,
        rulebook_version: Some(Uuid::from_u128(5)),
        happened_at: at(claimed.version),
        recorded_at: at(claimed.version + 1),
    };
    journal::append(tx, new).await
}

/// Claims `stream`, appends an entry of a new command, saves a state, commits.
pub async fn command(db: &Db, tenant: TenantId, stream: StreamId) -> Result<Entry, StoreError> {
    let mut tx = db.write().await?;
    let claimed = stream::claim(&mut tx, tenant, &[stream]).await?.remove(0);
    let entry = append(&mut tx, tenant, &claimed, Uuid::now_v7(), 0).await?;
    stream::save(&mut tx, tenant, &claimed, &format!("{{\"count\": {}}}", claimed.version)).await?;
    tx.commit().await?;
    Ok(entry)
}
