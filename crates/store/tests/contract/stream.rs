//! Claiming streams.

use store::{StoreError, StreamId, StreamKind, stream};
use uuid::Uuid;

use crate::harness::{append, command, floor, on_both, site};

on_both! {
    async fn a_stream_begins_at_version_0_and_a_claim_counts_it_up(db: Db) {
        let (tenant, site) = site(&db).await;
        let id = floor(&db, tenant, site).await;
        let mut tx = db.write().await.unwrap();
        stream::ensure(&mut tx, tenant, site, id).await.unwrap();
        let peeked = stream::peek(&mut tx, tenant, id).await.unwrap().unwrap();
        assert_eq!((peeked.version, peeked.state), (0, None));
        let claimed = stream::claim(&mut tx, tenant, &[id]).await.unwrap().remove(0);
        assert_eq!((claimed.version, claimed.site, &claimed.state), (1, site, &None));
        stream::save(&mut tx, tenant, &claimed, "{}").await.unwrap();
        let peeked = stream::peek(&mut tx, tenant, id).await.unwrap().unwrap();
        assert_eq!((peeked.version, peeked.state.as_deref()), (1, Some("{}")));
    }

    async fn streams_that_do_not_exist_are_not_claimed(db: Db) {
        let (tenant, _) = site(&db).await;
        let id = StreamId { kind: StreamKind::Case, id: Uuid::now_v7() };
        let mut tx = db.write().await.unwrap();
        assert_eq!(stream::peek(&mut tx, tenant, id).await.unwrap(), None);
        let refused = stream::claim(&mut tx, tenant, &[id]).await;
        assert!(matches!(refused, Err(StoreError::NotFound("stream"))));
    }

    async fn streams_are_claimed_once_each_in_order_of_id(db: Db) {
        let (tenant, site) = site(&db).await;
        let floor = floor(&db, tenant, site).await;
        let client = StreamId { kind: StreamKind::Client, id: Uuid::nil() };
        let mut tx = db.write().await.unwrap();
        stream::ensure(&mut tx, tenant, site, client).await.unwrap();
        let claimed = stream::claim(&mut tx, tenant, &[client, floor, client]).await.unwrap();
        let ids: Vec<_> = claimed.iter().map(|claimed| (claimed.id, claimed.version)).collect();
        assert_eq!(ids, [(floor, 1), (client, 1)]);
    }

    async fn a_claim_can_be_given_back(db: Db) {
        let (tenant, site) = site(&db).await;
        let id = floor(&db, tenant, site).await;
        let mut tx = db.write().await.unwrap();
        let claimed = stream::claim(&mut tx, tenant, &[id]).await.unwrap().remove(0);
        stream::release(&mut tx, tenant, &claimed).await.unwrap();
        assert_eq!(stream::peek(&mut tx, tenant, id).await.unwrap().unwrap().version, 0);
        let twice = stream::release(&mut tx, tenant, &claimed).await;
        assert!(matches!(twice, Err(StoreError::Conflict("stream"))));
        let saved = stream::save(&mut tx, tenant, &claimed, "{}").await;
        assert!(matches!(saved, Err(StoreError::Conflict("stream"))));
    }

    async fn versions_have_no_gaps_and_no_twins_when_8_tasks_claim(db: Db) {
        let (tenant, site) = site(&db).await;
        let id = floor(&db, tenant, site).await;
        let mut tasks = Vec::new();
        for _ in 0..8 {
            let db = db.clone();
            tasks.push(tokio::spawn(async move {
                let mut mine = Vec::new();
                for _ in 0..10 {
                    let entry = store::retry!(StoreError, command(&db, tenant, id)).unwrap();
                    mine.push(entry.version);
                }
                mine
            }));
        }
        let mut versions = Vec::new();
        for task in tasks {
            versions.extend(task.await.unwrap());
        }
        versions.sort_unstable();
        assert_eq!(versions, (1..=80).collect::<Vec<i64>>());
        let report = store::audit::verify(&mut db.read().await.unwrap(), tenant).await.unwrap();
        assert!(report.is_clean(), "{report:?}");
        assert_eq!((report.streams, report.entries), (1, 80));
    }

    async fn claims_of_the_same_streams_in_other_orders_never_meet_in_a_circle(db: Db) {
        async fn both(db: &store::Db, tenant: store::TenantId, ids: [StreamId; 2]) -> Result<(), StoreError> {
            let mut tx = db.write().await?;
            let claimed = stream::claim(&mut tx, tenant, &ids).await?;
            tokio::task::yield_now().await;
            let command_id = Uuid::now_v7();
            for (part, claimed) in (0..).zip(&claimed) {
                append(&mut tx, tenant, claimed, command_id, part).await?;
            }
            tx.commit().await
        }
        let (tenant, site) = site(&db).await;
        let first = floor(&db, tenant, site).await;
        let second = StreamId { kind: StreamKind::Client, id: Uuid::nil() };
        let mut tx = db.write().await.unwrap();
        stream::ensure(&mut tx, tenant, site, second).await.unwrap();
        tx.commit().await.unwrap();
        let mut tasks = Vec::new();
        for ids in [[first, second], [second, first], [first, second], [second, first]] {
            let db = db.clone();
            tasks.push(tokio::spawn(async move {
                for _ in 0..20 {
                    // Without another try: no circle, so no deadlock to be resolved.
                    both(&db, tenant, ids).await.unwrap();
                }
            }));
        }
        for task in tasks {
            task.await.unwrap();
        }
        for id in [first, second] {
            let peeked = stream::peek(&mut db.read().await.unwrap(), tenant, id).await.unwrap();
            assert_eq!(peeked.unwrap().version, 80);
        }
    }
}
