//! Appending to the journal, and reading it.

use chrono::TimeDelta;
use store::{StoreError, StreamId, StreamKind, journal, stream};
use uuid::Uuid;

use crate::harness::{append, at, command, floor, on_both, site};

on_both! {
    async fn an_entry_comes_back_as_it_went_in(db: Db) {
        let (tenant, site) = site(&db).await;
        let id = floor(&db, tenant, site).await;
        let entry = command(&db, tenant, id).await.unwrap();
        let mut tx = db.read().await.unwrap();
        assert_eq!(journal::get(&mut tx, tenant, id, 1).await.unwrap(), entry);
        assert_eq!((entry.site, entry.version, entry.happened_at), (site, 1, at(1)));
        let found = journal::by_command(&mut tx, tenant, entry.command_id).await.unwrap();
        assert_eq!(found, Some(entry));
        let missing = journal::get(&mut tx, tenant, id, 2).await;
        assert!(matches!(missing, Err(StoreError::NotFound("journal entry"))));
    }

    async fn times_are_kept_to_the_microsecond(db: Db) {
        let (tenant, site) = site(&db).await;
        let id = floor(&db, tenant, site).await;
        let mut tx = db.write().await.unwrap();
        let claimed = stream::claim(&mut tx, tenant, &[id]).await.unwrap().remove(0);
        let new = journal::NewEntry {
            tenant,
            claimed: &claimed,
            command_id: Uuid::now_v7(),
            part: 0,
            actor: "system",
            command_kind: "tick",
            command: "{}",
            events: "[]",
            because: "[]",
            outcome: "null",
            rulebook_version: None,
            happened_at: at(0) + TimeDelta::nanoseconds(1_999),
            recorded_at: at(0),
        };
        let entry = journal::append(&mut tx, new).await.unwrap();
        assert_eq!(entry.happened_at, at(0) + TimeDelta::microseconds(1));
        assert_eq!(journal::get(&mut tx, tenant, id, 1).await.unwrap(), entry);
    }

    async fn each_entry_is_chained_to_the_one_before(db: Db) {
        let (tenant, site) = site(&db).await;
        let id = floor(&db, tenant, site).await;
        let first = command(&db, tenant, id).await.unwrap();
        let second = command(&db, tenant, id).await.unwrap();
        assert_eq!(first.previous_hash, [0; 32]);
        assert_eq!(second.previous_hash, first.hash);
        assert_ne!(second.hash, first.hash);
    }

    async fn a_command_is_not_done_twice_and_the_transaction_lives_on(db: Db) {
        let (tenant, site) = site(&db).await;
        let id = floor(&db, tenant, site).await;
        let entry = command(&db, tenant, id).await.unwrap();
        let mut tx = db.write().await.unwrap();
        let claimed = stream::claim(&mut tx, tenant, &[id]).await.unwrap().remove(0);
        let again = append(&mut tx, tenant, &claimed, entry.command_id, 0).await;
        assert!(matches!(again, Err(StoreError::Duplicate("command"))));
        let answer = journal::by_command(&mut tx, tenant, entry.command_id).await.unwrap();
        assert_eq!(answer, Some(entry));
        tx.rollback().await.unwrap();
        let peeked = stream::peek(&mut db.read().await.unwrap(), tenant, id).await.unwrap();
        assert_eq!(peeked.unwrap().version, 1);
    }

    async fn the_same_command_by_8_tasks_at_once_is_done_once(db: Db) {
        async fn once(db: &store::Db, tenant: store::TenantId, id: StreamId, command_id: Uuid) -> Result<bool, StoreError> {
            let mut tx = db.write().await?;
            let claimed = stream::claim(&mut tx, tenant, &[id]).await?.remove(0);
            if journal::by_command(&mut tx, tenant, command_id).await?.is_some() {
                tx.rollback().await?;
                return Ok(false);
            }
            append(&mut tx, tenant, &claimed, command_id, 0).await?;
            tx.commit().await?;
            Ok(true)
        }
        let (tenant, site) = site(&db).await;
        let id = floor(&db, tenant, site).await;
        let command_id = Uuid::now_v7();
        let mut tasks = Vec::new();
        for _ in 0..8 {
            let db = db.clone();
            tasks.push(tokio::spawn(async move {
                store::retry!(StoreError, once(&db, tenant, id, command_id)).unwrap()
            }));
        }
        let mut done = 0;
        for task in tasks {
            done += i64::from(task.await.unwrap());
        }
        assert_eq!(done, 1);
    }

    async fn a_command_may_write_several_streams(db: Db) {
        let (tenant, site) = site(&db).await;
        let first = floor(&db, tenant, site).await;
        let second = StreamId { kind: StreamKind::Client, id: Uuid::now_v7() };
        let command_id = Uuid::now_v7();
        let mut tx = db.write().await.unwrap();
        stream::ensure(&mut tx, tenant, site, second).await.unwrap();
        let claimed = stream::claim(&mut tx, tenant, &[first, second]).await.unwrap();
        for (part, claimed) in (0..).zip(&claimed) {
            append(&mut tx, tenant, claimed, command_id, part).await.unwrap();
        }
        let entries = journal::of_command(&mut tx, tenant, command_id).await.unwrap();
        let streams: Vec<_> = entries.iter().map(|entry| (entry.stream, entry.part)).collect();
        assert_eq!(streams, [(first, 0), (second, 1)]);
        let lead = journal::by_command(&mut tx, tenant, command_id).await.unwrap().unwrap();
        assert_eq!(lead.stream, first);
    }

    async fn a_stream_is_read_from_any_version_and_a_site_from_its_end(db: Db) {
        let (tenant, site) = site(&db).await;
        let id = floor(&db, tenant, site).await;
        for _ in 0..4 {
            command(&db, tenant, id).await.unwrap();
        }
        let versions = |entries: Vec<journal::Entry>| {
            entries.into_iter().map(|entry| entry.version).collect::<Vec<_>>()
        };
        let mut tx = db.read().await.unwrap();
        let some = journal::of_stream(&mut tx, tenant, id, 2, 2).await.unwrap();
        assert_eq!(versions(some), [2, 3]);
        let last = journal::latest(&mut tx, tenant, site, 3).await.unwrap();
        assert_eq!(versions(last), [4, 3, 2]);
        // Entry n was recorded at n + 1; the end is not included.
        let some = journal::recorded_between(&mut tx, tenant, site, at(3), at(5), 9).await.unwrap();
        assert_eq!(versions(some), [2, 3]);
    }
}
