//! Changes are seen in the order of commits, without loss, and wake listeners.

use std::time::Duration;

use store::{Db, SiteId, StoreError, TenantId, changes};
use tokio::time::timeout;
use uuid::Uuid;

use crate::harness::{Database, at, on_both, raw, site};

async fn publish(
    db: &Db,
    tenant: TenantId,
    site: SiteId,
    subject: &str,
) -> Result<i64, StoreError> {
    let mut tx = db.write().await?;
    let seq = changes::publish(&mut tx, tenant, site, &[("board", subject)], at(0)).await?;
    tx.commit().await?;
    Ok(seq)
}

on_both! {
    async fn changes_are_numbered_site_by_site(db: Db) {
        let (tenant, here) = site(&db).await;
        let there = SiteId(Uuid::now_v7());
        let mut tx = db.write().await.unwrap();
        assert_eq!(changes::latest_seq(&mut tx, tenant, here).await.unwrap(), 0);
        let pair = [("board", "1"), ("visit", "2")];
        assert_eq!(changes::publish(&mut tx, tenant, here, &pair, at(0)).await.unwrap(), 2);
        assert_eq!(changes::publish(&mut tx, tenant, there, &pair[..1], at(0)).await.unwrap(), 1);
        assert_eq!(changes::publish(&mut tx, tenant, here, &pair[..1], at(1)).await.unwrap(), 3);
        assert_eq!(changes::publish(&mut tx, tenant, here, &[], at(1)).await.unwrap(), 3);
        let seen = changes::since(&mut tx, tenant, here, 1, 9).await.unwrap();
        let seen: Vec<_> = seen.iter().map(|c| (c.seq, c.topic.as_str(), c.subject.as_str())).collect();
        assert_eq!(seen, [(2, "visit", "2"), (3, "board", "1")]);
        assert_eq!(changes::since(&mut tx, tenant, here, 0, 1).await.unwrap().len(), 1);
        assert_eq!(changes::latest_seq(&mut tx, tenant, here).await.unwrap(), 3);
    }

    async fn forgotten_changes_do_not_free_their_numbers(db: Db) {
        let (tenant, here) = site(&db).await;
        publish(&db, tenant, here, "1").await.unwrap();
        let mut tx = db.write().await.unwrap();
        assert_eq!(changes::prune(&mut tx, tenant, here, at(0)).await.unwrap(), 0);
        assert_eq!(changes::prune(&mut tx, tenant, here, at(1)).await.unwrap(), 1);
        assert_eq!(changes::since(&mut tx, tenant, here, 0, 9).await.unwrap(), []);
        tx.commit().await.unwrap();
        assert_eq!(publish(&db, tenant, here, "2").await.unwrap(), 2);
    }

    async fn what_was_rolled_back_leaves_no_gap(db: Db) {
        let (tenant, here) = site(&db).await;
        let mut tx = db.write().await.unwrap();
        changes::publish(&mut tx, tenant, here, &[("board", "1")], at(0)).await.unwrap();
        tx.rollback().await.unwrap();
        assert_eq!(publish(&db, tenant, here, "2").await.unwrap(), 1);
    }

    async fn a_reader_sees_all_changes_in_order_while_4_writers_publish(db: Db) {
        let (tenant, here) = site(&db).await;
        let mut writers = Vec::new();
        for writer in 0..4 {
            let db = db.clone();
            writers.push(tokio::spawn(async move {
                for n in 0..25 {
                    let subject = format!("{writer}-{n}");
                    store::retry!(StoreError, publish(&db, tenant, here, &subject)).unwrap();
                }
            }));
        }
        let mut seen: Vec<changes::Change> = Vec::new();
        while seen.len() < 100 {
            let after = seen.last().map_or(0, |change| change.seq);
            let mut tx = db.read().await.unwrap();
            for change in changes::since(&mut tx, tenant, here, after, 7).await.unwrap() {
                assert_eq!(change.seq, seen.last().map_or(0, |change| change.seq) + 1);
                seen.push(change);
            }
        }
        for writer in writers {
            writer.await.unwrap();
        }
        // Each writer's own changes come in its own order.
        for writer in 0..4 {
            let own: Vec<_> = seen.iter().filter_map(|c| c.subject.strip_prefix(&format!("{writer}-"))).collect();
            assert_eq!(own, (0..25).map(|n| n.to_string()).collect::<Vec<_>>());
        }
    }

    async fn a_commit_with_changes_wakes_a_listener(db: Db) {
        let (tenant, here) = site(&db).await;
        let mut listener = db.listen();
        publish(&db, tenant, here, "1").await.unwrap();
        timeout(Duration::from_secs(1), listener.changed()).await.unwrap().unwrap();
    }

    async fn a_change_that_nobody_notified_is_noticed_all_the_same(db: Db) {
        let (tenant, here) = site(&db).await;
        publish(&db, tenant, here, "1").await.unwrap();
        let mut listener = db.listen();
        // Let the first look pass.
        timeout(Duration::from_secs(3), listener.changed()).await.unwrap().unwrap();
        tokio::time::sleep(Duration::from_millis(700)).await;
        listener.mark_unchanged();
        raw(&db, "UPDATE change_counter SET seq = seq + 1").await;
        timeout(Duration::from_secs(3), listener.changed()).await.unwrap().unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_process_on_the_same_postgres_is_woken() {
    let database = Database::postgres().await;
    // One connection is enough: listening does not take it away.
    let other = Db::open_sized(&database.url, 1).await.unwrap();
    let (tenant, here) = site(&database.db).await;
    let mut listener = other.listen();
    // Let it begin to listen.
    tokio::time::sleep(Duration::from_millis(700)).await;
    listener.mark_unchanged();
    let seq = publish(&database.db, tenant, here, "1").await.unwrap();
    timeout(Duration::from_millis(400), listener.changed()).await.unwrap().unwrap();
    let seen = changes::latest_seq(&mut other.read().await.unwrap(), tenant, here).await.unwrap();
    assert_eq!(seen, seq);
    other.close().await;
    database.remove().await;
}
