//! Notes: sealed, read back, erased.

use store::{Keys, StoreError, notes};
use uuid::Uuid;

use crate::harness::{at, keys, on_both, site};

on_both! {
    async fn a_note_opens_with_the_keys_and_not_after_it_was_erased(db: Db) {
        let (tenant, site) = site(&db).await;
        let id = Uuid::now_v7();
        let new = notes::NewNote {
            tenant,
            site,
            id,
            text: "客户要求李娜接待",
            written_by: None,
            written_at: at(0),
        };
        let mut tx = db.write().await.unwrap();
        notes::add(&mut tx, &keys(), &new).await.unwrap();
        let again = notes::add(&mut tx, &keys(), &new).await;
        assert!(matches!(again, Err(StoreError::Duplicate("note"))));
        let sealed = notes::get(&mut tx, tenant, id).await.unwrap();
        assert_eq!(sealed.open(&keys()).unwrap(), "客户要求李娜接待");
        notes::erase(&mut tx, tenant, id).await.unwrap();
        assert!(matches!(notes::get(&mut tx, tenant, id).await, Err(StoreError::NotFound("note"))));
        tx.commit().await.unwrap();
    }

    async fn a_note_is_wrapped_again_by_a_new_master_key(db: Db) {
        let (tenant, site) = site(&db).await;
        let id = Uuid::now_v7();
        let new = notes::NewNote { tenant, site, id, text: "a", written_by: None, written_at: at(0) };
        let newer = Keys::new("2027", [6; 32], [8; 32]).with_former("2026", [7; 32]);
        let mut tx = db.write().await.unwrap();
        notes::add(&mut tx, &keys(), &new).await.unwrap();
        assert_eq!(notes::rewrap(&mut tx, &newer, tenant, 10).await.unwrap(), 1);
        assert_eq!(notes::rewrap(&mut tx, &newer, tenant, 10).await.unwrap(), 0);
        let only_new = Keys::new("2027", [6; 32], [8; 32]);
        let sealed = notes::get(&mut tx, tenant, id).await.unwrap();
        assert_eq!(sealed.open(&only_new).unwrap(), "a");
        tx.commit().await.unwrap();
    }
}
