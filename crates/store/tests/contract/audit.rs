//! The audit, against every way of tampering with rows.

use store::{
    Db, StreamId, StreamKind, TenantId,
    audit::{self, Fault, Report},
    stream,
};
use uuid::Uuid;

use crate::harness::{command, floor, on_both, raw, site};

/// A company whose floor has four entries, and a client's stream with two.
async fn written(db: &Db) -> TenantId {
    let (tenant, site) = site(db).await;
    let floor = floor(db, tenant, site).await;
    let client = StreamId { kind: StreamKind::Client, id: Uuid::now_v7() };
    let mut tx = db.write().await.unwrap();
    stream::ensure(&mut tx, tenant, site, client).await.unwrap();
    tx.commit().await.unwrap();
    for id in [floor, client, floor, floor, client, floor] {
        command(db, tenant, id).await.unwrap();
    }
    tenant
}

async fn verify(db: &Db, tenant: TenantId) -> Report {
    audit::verify(&mut db.read().await.unwrap(), tenant).await.unwrap()
}

fn faults(report: &Report) -> Vec<(String, i64, Fault)> {
    let kind = |stream: &str| stream.split('/').next().unwrap_or_default().to_owned();
    report.findings.iter().map(|found| (kind(&found.stream), found.version, found.fault)).collect()
}

fn found(kind: &str, version: i64, fault: Fault) -> (String, i64, Fault) {
    (kind.to_owned(), version, fault)
}

on_both! {
    async fn an_untouched_journal_is_clean(db: Db) {
        let tenant = written(&db).await;
        let report = verify(&db, tenant).await;
        assert!(report.is_clean(), "{report:?}");
        assert_eq!((report.streams, report.entries), (2, 6));
        let nobody = verify(&db, TenantId(Uuid::nil())).await;
        assert_eq!((nobody.is_clean(), nobody.entries), (true, 0));
    }

    async fn a_change_in_any_column_is_found(db: Db) {
        let tenant = written(&db).await;
        let (uuid, hash, later) = if db.kind() == "sqlite" {
            ("randomblob(16)", "randomblob(32)", "replace(COLUMN, '+00:00', '.000001+00:00')")
        } else {
            ("gen_random_uuid()", "sha256('x')", "COLUMN + interval '1 microsecond'")
        };
        let changes = [
            ("tenant", uuid), ("kind", "'case'"), ("kind", "'nonsense'"), ("stream", uuid), ("version", "9"),
            ("site", uuid), ("command_id", uuid), ("part", "1"), ("actor", "'somebody else'"),
            ("command_kind", "'arrivE'"), ("command", "'{\"visit\": 2}'"), ("events", "'[]'"),
            ("because", "'[]'"), ("outcome", "'\"refused\"'"), ("rulebook_version", uuid),
            ("rulebook_version", "NULL"), ("happened_at", later), ("recorded_at", later),
            ("previous_hash", hash), ("hash", hash),
        ];
        raw(&db, "CREATE TABLE journal_as_written AS SELECT * FROM journal").await;
        for (column, value) in changes {
            let value = value.replace("COLUMN", column);
            let sql = format!("UPDATE journal SET {column} = {value} WHERE kind = 'floor' AND version = 2");
            assert_eq!(raw(&db, &sql).await, 1);
            assert!(!verify(&db, tenant).await.is_clean(), "{column} = {value}");
            raw(&db, "DELETE FROM journal").await;
            raw(&db, "INSERT INTO journal SELECT * FROM journal_as_written").await;
        }
        assert!(verify(&db, tenant).await.is_clean());
    }

    async fn a_changed_byte_is_named(db: Db) {
        let tenant = written(&db).await;
        raw(&db, "UPDATE journal SET command = '{\"visit\": 2}' WHERE kind = 'floor' AND version = 3").await;
        assert_eq!(faults(&verify(&db, tenant).await), [found("floor", 3, Fault::Changed)]);
    }

    async fn an_entry_with_a_new_hash_no_longer_holds_the_next_one(db: Db) {
        let tenant = written(&db).await;
        let other = "UPDATE journal SET hash = (SELECT hash FROM journal WHERE kind = 'client' AND version = 1)
            WHERE kind = 'floor' AND version = 3";
        raw(&db, other).await;
        let expected = [found("floor", 3, Fault::Changed), found("floor", 4, Fault::Unchained)];
        assert_eq!(faults(&verify(&db, tenant).await), expected);
    }

    async fn a_dropped_entry_in_the_middle_is_found(db: Db) {
        let tenant = written(&db).await;
        raw(&db, "DELETE FROM journal WHERE kind = 'floor' AND version = 2").await;
        assert_eq!(faults(&verify(&db, tenant).await), [found("floor", 2, Fault::Missing)]);
    }

    async fn a_dropped_last_entry_is_found(db: Db) {
        let tenant = written(&db).await;
        raw(&db, "DELETE FROM journal WHERE kind = 'client' AND version = 2").await;
        assert_eq!(faults(&verify(&db, tenant).await), [found("client", 2, Fault::Missing)]);
    }

    async fn entries_of_a_stream_that_is_gone_are_found(db: Db) {
        let tenant = written(&db).await;
        raw(&db, "DELETE FROM stream WHERE kind = 'client'").await;
        assert_eq!(faults(&verify(&db, tenant).await), [found("client", 2, Fault::Surplus)]);
    }

    async fn a_stream_whose_entries_are_all_gone_is_found(db: Db) {
        let tenant = written(&db).await;
        raw(&db, "DELETE FROM journal WHERE kind = 'client'").await;
        assert_eq!(faults(&verify(&db, tenant).await), [found("client", 1, Fault::Missing)]);
    }

    async fn a_truncated_journal_is_found(db: Db) {
        let tenant = written(&db).await;
        raw(&db, "DELETE FROM journal").await;
        let expected = [found("client", 1, Fault::Missing), found("floor", 1, Fault::Missing)];
        assert_eq!(faults(&verify(&db, tenant).await), expected);
    }

    async fn an_entry_after_a_removed_one_can_still_be_appended_and_the_gap_stays_named(db: Db) {
        let tenant = written(&db).await;
        raw(&db, "DELETE FROM journal WHERE kind = 'client' AND version = 2").await;
        let mut tx = db.read().await.unwrap();
        let client = store::checkpoint::Checkpoint::from_json(
            &store::checkpoint::take(&mut tx, tenant, crate::harness::at(0)).await.unwrap(),
        ).unwrap().heads.into_iter().find(|head| head.kind == StreamKind::Client).unwrap().stream;
        drop(tx);
        command(&db, tenant, StreamId { kind: StreamKind::Client, id: client }).await.unwrap();
        assert_eq!(faults(&verify(&db, tenant).await), [found("client", 2, Fault::Missing)]);
    }

    async fn more_entries_than_one_page_are_all_looked_at(db: Db) {
        let (tenant, site) = site(&db).await;
        let id = floor(&db, tenant, site).await;
        let mut tx = db.write().await.unwrap();
        for _ in 0..1_001 {
            let claimed = stream::claim(&mut tx, tenant, &[id]).await.unwrap().remove(0);
            crate::harness::append(&mut tx, tenant, &claimed, Uuid::now_v7(), 0).await.unwrap();
        }
        tx.commit().await.unwrap();
        assert_eq!(verify(&db, tenant).await.entries, 1_001);
        raw(&db, "UPDATE journal SET actor = 'x' WHERE version IN (500, 501, 1001)").await;
        let versions: Vec<i64> = verify(&db, tenant).await.findings.iter().map(|f| f.version).collect();
        assert_eq!(versions, [500, 501, 1_001]);
    }
}

#[tokio::test]
async fn a_column_without_the_right_shape_is_a_finding_not_a_failure() {
    let database = crate::harness::Database::sqlite().await;
    let tenant = written(&database.db).await;
    raw(
        &database.db,
        "UPDATE journal SET happened_at = 'noon' WHERE kind = 'floor' AND version = 2",
    )
    .await;
    let report = verify(&database.db, tenant).await;
    assert_eq!(faults(&report), [found("floor", 2, Fault::Unreadable)]);
    database.remove().await;
}
