//! Replacing the master key, and noticing the wrong ones.

use store::{
    Keys, StoreError, clients,
    clients::{Identity, NewClient},
    keys,
};
use uuid::Uuid;

use crate::harness::{at, keys, on_both, site};

on_both! {
    async fn a_new_master_key_takes_over_bit_by_bit(db: Db) {
        let (tenant, site) = site(&db).await;
        let mut tx = db.write().await.unwrap();
        let mut ids = Vec::new();
        for name in ["甲", "乙", "丙"] {
            let new = NewClient {
                tenant,
                site,
                id: Uuid::now_v7(),
                identity: Identity { name, ..Identity::default() },
                marks: clients::Marks::default(),
                owner: None,
                owner_since: None,
                closed: false,
                created_at: at(0),
                registered_at: None,
            };
            clients::add(&mut tx, &keys(), &new).await.unwrap();
            ids.push(new.id);
        }
        let alone = Keys::new("2027", [9; 32], [8; 32]);
        let both = alone.clone().with_former("2026", [7; 32]);
        keys::check(&mut tx, tenant, &keys()).await.unwrap();
        keys::check(&mut tx, tenant, &both).await.unwrap();
        let missing = keys::check(&mut tx, tenant, &alone).await;
        assert!(matches!(missing, Err(StoreError::KeyMissing(id)) if id == "2026"));
        assert_eq!(clients::rewrap(&mut tx, &both, tenant, 2).await.unwrap(), 2);
        assert_eq!(clients::rewrap(&mut tx, &both, tenant, 2).await.unwrap(), 1);
        assert_eq!(clients::rewrap(&mut tx, &both, tenant, 2).await.unwrap(), 0);
        keys::check(&mut tx, tenant, &alone).await.unwrap();
        let mut names = Vec::new();
        for id in ids {
            names.push(clients::get(&mut tx, tenant, id).await.unwrap().name.open(&alone).unwrap());
        }
        assert_eq!(names, ["甲", "乙", "丙"]);
    }

    async fn another_index_or_master_key_is_noticed(db: Db) {
        let (tenant, site) = site(&db).await;
        let mut tx = db.write().await.unwrap();
        keys::check(&mut tx, tenant, &keys()).await.unwrap();
        let other = Keys::new("2026", [7; 32], [1; 32]);
        let refused = keys::check(&mut tx, tenant, &other).await;
        assert!(matches!(refused, Err(StoreError::KeyMissing(id)) if id == "index"));
        let new = NewClient {
            tenant,
            site,
            id: Uuid::now_v7(),
            identity: Identity::default(),
            marks: clients::Marks::default(),
            owner: None,
            owner_since: None,
            closed: false,
            created_at: at(0),
            registered_at: None,
        };
        clients::add(&mut tx, &keys(), &new).await.unwrap();
        let other = Keys::new("2026", [1; 32], [8; 32]);
        assert!(matches!(keys::check(&mut tx, tenant, &other).await, Err(StoreError::Unopenable)));
    }
}
