//! Sessions of browsers.

use store::{StoreError, people, sessions, sessions::Session, tokens::hash_of};

use crate::{
    harness::{at, on_both, site},
    people::person,
};

on_both! {
    async fn a_session_counts_until_it_ends(db: Db) {
        let (tenant, site) = site(&db).await;
        let person = person(tenant, site, "lilei");
        let session = |secret: &str| Session {
            tenant,
            token_hash: hash_of(secret),
            person: person.id,
            csrf: "c".to_owned(),
            user_agent: "Chromium".to_owned(),
            created_at: at(0),
            seen_at: at(0),
            expires_at: at(60),
        };
        let (first, second) = (session("first"), session("second"));
        let mut tx = db.write().await.unwrap();
        people::add(&mut tx, &person, "hash").await.unwrap();
        sessions::add(&mut tx, &first).await.unwrap();
        sessions::add(&mut tx, &second).await.unwrap();
        assert!(matches!(sessions::add(&mut tx, &first).await, Err(StoreError::Duplicate("session"))));

        let token = hash_of("first");
        assert_eq!(sessions::by_token(&mut tx, &token, at(59)).await.unwrap(), Some(first));
        assert_eq!(sessions::by_token(&mut tx, &token, at(60)).await.unwrap(), None);
        assert_eq!(sessions::by_token(&mut tx, &hash_of("other"), at(0)).await.unwrap(), None);

        sessions::touch(&mut tx, &token, at(50), at(110)).await.unwrap();
        let touched = sessions::by_token(&mut tx, &token, at(60)).await.unwrap().unwrap();
        assert_eq!((touched.seen_at, touched.expires_at), (at(50), at(110)));
        let nothing = sessions::touch(&mut tx, &hash_of("other"), at(0), at(0)).await;
        assert!(matches!(nothing, Err(StoreError::NotFound("session"))));

        assert_eq!(sessions::of_person(&mut tx, tenant, person.id, at(0)).await.unwrap().len(), 2);
        assert_eq!(sessions::prune(&mut tx, at(60)).await.unwrap(), 1);
        assert_eq!(sessions::of_person(&mut tx, tenant, person.id, at(0)).await.unwrap().len(), 1);
        sessions::end(&mut tx, &token).await.unwrap();
        sessions::end(&mut tx, &token).await.unwrap();
        assert_eq!(sessions::by_token(&mut tx, &token, at(0)).await.unwrap(), None);
        sessions::add(&mut tx, &second).await.unwrap();
        assert_eq!(sessions::end_all(&mut tx, tenant, person.id).await.unwrap(), 1);
        assert_eq!(sessions::end_all(&mut tx, tenant, person.id).await.unwrap(), 0);
    }
}
