//! Checkpoints find what was cut off without a trace.

use store::{
    Db, TenantId,
    audit::{self, Fault, Report},
    checkpoint,
};

use crate::harness::{at, command, floor, on_both, raw, site};

/// Two companies with three entries each on their floor, and a checkpoint of the first.
async fn written(db: &Db) -> (TenantId, String) {
    let (tenant, here) = site(db).await;
    let id = floor(db, tenant, here).await;
    for _ in 0..3 {
        command(db, tenant, id).await.unwrap();
    }
    let taken = checkpoint::take(&mut db.read().await.unwrap(), tenant, at(60)).await.unwrap();
    // Life goes on after it.
    command(db, tenant, id).await.unwrap();
    (tenant, taken)
}

async fn both(db: &Db, tenant: TenantId, checkpoint: &str) -> (Report, Report) {
    let mut tx = db.read().await.unwrap();
    let alone = audit::verify(&mut tx, tenant).await.unwrap();
    (alone, audit::verify_against(&mut tx, checkpoint).await.unwrap())
}

fn only_fault(report: &Report) -> Fault {
    assert_eq!(report.findings.len(), 1, "{report:?}");
    report.findings.first().unwrap().fault
}

on_both! {
    async fn a_journal_that_only_grew_agrees(db: Db) {
        let (tenant, checkpoint) = written(&db).await;
        let (alone, against) = both(&db, tenant, &checkpoint).await;
        assert!(alone.is_clean() && against.is_clean(), "{against:?}");
        assert_eq!((against.streams, against.entries), (1, 1));
    }

    async fn a_stream_dropped_with_all_its_rows_is_found(db: Db) {
        let (tenant, checkpoint) = written(&db).await;
        raw(&db, "DELETE FROM journal").await;
        raw(&db, "DELETE FROM stream").await;
        let (alone, against) = both(&db, tenant, &checkpoint).await;
        assert!(alone.is_clean());
        assert_eq!(only_fault(&against), Fault::MissingSinceCheckpoint);
    }

    async fn last_entries_dropped_with_their_count_are_found(db: Db) {
        let (tenant, checkpoint) = written(&db).await;
        raw(&db, "DELETE FROM journal WHERE version > 2").await;
        raw(&db, "UPDATE stream SET version = 2").await;
        let (alone, against) = both(&db, tenant, &checkpoint).await;
        assert!(alone.is_clean());
        assert_eq!(only_fault(&against), Fault::MissingSinceCheckpoint);
    }

    async fn what_came_after_the_checkpoint_can_be_cut_off_unnoticed(db: Db) {
        let (tenant, checkpoint) = written(&db).await;
        raw(&db, "DELETE FROM journal WHERE version > 3").await;
        raw(&db, "UPDATE stream SET version = 3").await;
        let (alone, against) = both(&db, tenant, &checkpoint).await;
        assert!(alone.is_clean() && against.is_clean());
    }

    async fn a_history_written_anew_is_found(db: Db) {
        let (tenant, checkpoint) = written(&db).await;
        raw(&db, "DELETE FROM journal").await;
        raw(&db, "UPDATE stream SET version = 0").await;
        let id = store::StreamId {
            kind: store::StreamKind::Floor,
            id: checkpoint::Checkpoint::from_json(&checkpoint).unwrap().heads.first().unwrap().stream,
        };
        for _ in 0..4 {
            command(&db, tenant, id).await.unwrap();
        }
        let (alone, against) = both(&db, tenant, &checkpoint).await;
        assert!(alone.is_clean());
        assert_eq!(only_fault(&against), Fault::ChangedSinceCheckpoint);
    }

    async fn a_damaged_checkpoint_is_told(db: Db) {
        let (tenant, checkpoint) = written(&db).await;
        let damaged = checkpoint.replace("\"version\": 3", "\"version\": 2");
        let (_, against) = both(&db, tenant, &damaged).await;
        assert_eq!(against.findings.first().unwrap().fault, Fault::CheckpointChanged);
        assert!(audit::verify_against(&mut db.read().await.unwrap(), "{}").await.is_err());
    }
}
