//! Both migrations describe the same tables.

use std::collections::BTreeSet;

use store::Pool;

use crate::harness::Database;

#[tokio::test(flavor = "multi_thread")]
async fn both_schemas_have_the_same_columns() {
    let (sqlite, postgres) = (Database::sqlite().await, Database::postgres().await);
    let (Pool::Sqlite { reader, .. }, Pool::Postgres(pool)) =
        (sqlite.db.pool(), postgres.db.pool())
    else {
        panic!("one of each");
    };
    let ours: Vec<(String, String, String, bool)> = sqlx::query_as(
        "SELECT t.name, c.name, c.type, c.\"notnull\" FROM sqlite_schema t, pragma_table_info(t.name) c
         WHERE t.type = 'table' AND t.name NOT LIKE '\\_sqlx%' ESCAPE '\\' AND t.name NOT LIKE 'sqlite%'",
    )
    .fetch_all(reader)
    .await
    .unwrap();
    let theirs: Vec<(String, String, String, bool)> = sqlx::query_as(
        "SELECT table_name::text, column_name::text, data_type::text, is_nullable = 'NO'
         FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT LIKE '\\_sqlx%'",
    )
    .fetch_all(pool)
    .await
    .unwrap();
    let theirs: BTreeSet<_> =
        theirs.into_iter().map(|(t, c, ty, n)| (t, c, in_sqlite(&ty).to_owned(), n)).collect();
    let ours: BTreeSet<_> = ours.into_iter().collect();
    assert!(!ours.is_empty());
    assert_eq!(ours, theirs);
    sqlite.remove().await;
    postgres.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn both_schemas_have_the_same_indexes() {
    let (sqlite, postgres) = (Database::sqlite().await, Database::postgres().await);
    let (Pool::Sqlite { reader, .. }, Pool::Postgres(pool)) =
        (sqlite.db.pool(), postgres.db.pool())
    else {
        panic!("one of each");
    };
    let ours: Vec<(String, String)> = sqlx::query_as(
        "SELECT i.name, group_concat(c.name, ',') FROM sqlite_schema i, pragma_index_info(i.name) c
         WHERE i.type = 'index' AND i.sql IS NOT NULL GROUP BY i.name",
    )
    .fetch_all(reader)
    .await
    .unwrap();
    let theirs: Vec<(String, String)> = sqlx::query_as(
        "SELECT i.relname::text, string_agg(a.attname, ',' ORDER BY a.attnum)
         FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid
         JOIN pg_attribute a ON a.attrelid = i.oid
         JOIN pg_namespace n ON n.oid = i.relnamespace
         WHERE n.nspname = 'public' AND NOT x.indisunique GROUP BY i.relname",
    )
    .fetch_all(pool)
    .await
    .unwrap();
    let (ours, theirs): (BTreeSet<_>, BTreeSet<_>) =
        (ours.into_iter().collect(), theirs.into_iter().collect());
    assert!(!ours.is_empty());
    assert_eq!(ours, theirs);
    sqlite.remove().await;
    postgres.remove().await;
}

/// How a PostgreSQL column type is spelled in our SQLite tables.
fn in_sqlite(postgres_type: &str) -> &'static str {
    match postgres_type {
        "uuid" | "bytea" => "BLOB",
        "bigint" | "boolean" => "INTEGER",
        "text" | "date" | "timestamp with time zone" => "TEXT",
        other => panic!("column type `{other}` has no agreed counterpart in SQLite"),
    }
}
