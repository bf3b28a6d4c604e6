//! Tokens of the API.

use store::{
    StoreError, people, tokens,
    tokens::{Token, hash_of},
};
use uuid::Uuid;

use crate::{
    harness::{at, on_both, site},
    people::person,
};

on_both! {
    async fn a_token_counts_until_it_ends_or_is_withdrawn(db: Db) {
        let (tenant, site) = site(&db).await;
        let person = person(tenant, site, "lilei");
        let token = |secret: &str, expires_at| Token {
            tenant,
            id: Uuid::now_v7(),
            token_hash: hash_of(secret),
            person: person.id,
            name: "the wall screen".to_owned(),
            scopes: vec!["board:read".to_owned()],
            created_at: at(0),
            expires_at,
            revoked_at: None,
        };
        let (ending, endless) = (token("ending", Some(at(60))), token("endless", None));
        let mut tx = db.write().await.unwrap();
        people::add(&mut tx, &person, "hash").await.unwrap();
        tokens::add(&mut tx, &ending).await.unwrap();
        tokens::add(&mut tx, &endless).await.unwrap();
        assert!(matches!(tokens::add(&mut tx, &ending).await, Err(StoreError::Duplicate("token"))));
        assert_eq!(tokens::by_hash(&mut tx, &ending.token_hash, at(59)).await.unwrap(), Some(ending.clone()));
        assert_eq!(tokens::by_hash(&mut tx, &ending.token_hash, at(60)).await.unwrap(), None);
        assert_eq!(tokens::by_hash(&mut tx, &endless.token_hash, at(60)).await.unwrap(), Some(endless.clone()));
        tokens::revoke(&mut tx, tenant, endless.id, at(61)).await.unwrap();
        tokens::revoke(&mut tx, tenant, endless.id, at(62)).await.unwrap();
        assert_eq!(tokens::by_hash(&mut tx, &endless.token_hash, at(60)).await.unwrap(), None);
        let all = tokens::of_tenant(&mut tx, tenant).await.unwrap();
        let revoked = Token { revoked_at: Some(at(61)), ..endless };
        assert!(all.len() == 2 && all.contains(&revoked) && all.contains(&ending));
        let nothing = tokens::revoke(&mut tx, tenant, Uuid::nil(), at(0)).await;
        assert!(matches!(nothing, Err(StoreError::NotFound("token"))));
    }
}
