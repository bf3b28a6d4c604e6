//! The open database, its transactions, and trying again.

use store::{StoreError, TenantId, tenants, tenants::Tenant};
use uuid::Uuid;

use crate::harness::{Database, at, on_both, site};

on_both! {
    async fn what_was_committed_is_there_and_what_was_not_is_not(db: Db) {
        let tenant = |n| Tenant { id: TenantId(Uuid::from_u128(n)), name: "甲".to_owned(), created_at: at(0) };
        let mut tx = db.write().await.unwrap();
        tenants::add(&mut tx, &tenant(1)).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = db.write().await.unwrap();
        tenants::add(&mut tx, &tenant(2)).await.unwrap();
        tx.rollback().await.unwrap();
        let mut tx = db.write().await.unwrap();
        tenants::add(&mut tx, &tenant(3)).await.unwrap();
        drop(tx);
        let mut tx = db.write().await.unwrap();
        assert_eq!(tenants::all(&mut tx).await.unwrap(), [tenant(1)]);
    }

    async fn a_second_use_of_an_id_is_refused_and_the_transaction_lives_on(db: Db) {
        let (tenant, _) = site(&db).await;
        let mut tx = db.write().await.unwrap();
        let again = Tenant { id: tenant, name: "乙".to_owned(), created_at: at(0) };
        let refused = tenants::add(&mut tx, &again).await;
        assert!(matches!(refused, Err(StoreError::Duplicate("tenant"))));
        assert_eq!(tenants::all(&mut tx).await.unwrap().len(), 1);
    }

    async fn a_reader_cannot_write(db: Db) {
        let mut tx = db.read().await.unwrap();
        let tenant = Tenant { id: TenantId(Uuid::nil()), name: "甲".to_owned(), created_at: at(0) };
        assert!(tenants::add(&mut tx, &tenant).await.is_err());
    }

    async fn a_reader_stays_on_its_snapshot(db: Db) {
        let mut reader = db.read().await.unwrap();
        assert_eq!(tenants::all(&mut reader).await.unwrap(), []);
        site(&db).await;
        assert_eq!(tenants::all(&mut reader).await.unwrap(), []);
        drop(reader);
        assert_eq!(tenants::all(&mut db.read().await.unwrap()).await.unwrap().len(), 1);
    }

    async fn it_answers_a_ping(db: Db) {
        db.ping().await.unwrap();
    }

    async fn a_transient_failure_is_tried_again_until_it_succeeds(db: Db) {
        #[derive(Debug)]
        struct Failure;
        impl Failure {
            fn is_transient(&self) -> bool {
                true
            }
        }
        let mut tries = 0;
        let mut work = || {
            tries += 1;
            let done = tries == 4;
            async move { if done { Ok(tries) } else { Err(Failure) } }
        };
        let result = store::retry!(Failure, work());
        assert_eq!(result.unwrap(), 4);
        drop(db);
    }
}

#[tokio::test]
async fn sqlite_waits_for_the_disk_at_every_commit() {
    let database = Database::sqlite().await;
    // 2 is FULL.
    assert_eq!(database.db.sqlite_synchronous().await.unwrap(), Some(2));
    database.remove().await;
}

#[tokio::test]
async fn a_database_can_be_opened_again() {
    let database = Database::sqlite().await;
    let (tenant, _) = site(&database.db).await;
    let again = store::Db::open(&database.url).await.unwrap();
    let tenants = tenants::all(&mut again.read().await.unwrap()).await.unwrap();
    assert_eq!(tenants.first().unwrap().id, tenant);
    again.close().await;
    database.remove().await;
}

#[tokio::test]
async fn a_database_out_of_reach_says_so_and_may_be_tried_again() {
    let error = store::Db::open("postgres://postgres@127.0.0.1:1/none").await.unwrap_err();
    assert!(matches!(error, StoreError::Unreachable(_)), "{error:?}");
    assert!(error.is_transient());
}
