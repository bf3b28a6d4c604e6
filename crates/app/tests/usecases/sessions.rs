//! Signing in, locking out, first passwords, tokens.

use app::{
    AppError, Role,
    roles::{Permission, Scope},
    sessions::{self, NewToken, SignIn},
};
use chrono::TimeDelta;

use crate::harness::{Gallery, details, on_both};

fn sign_in(gallery: &Gallery, login: &str, password: &str) -> SignIn {
    SignIn {
        tenant: gallery.tenant,
        login: login.to_owned(),
        password: password.to_owned(),
        user_agent: "test".to_owned(),
    }
}

on_both! {
    async fn the_first_password_must_be_changed(gallery: Gallery) {
        let new = details(Some(gallery.site), "戊", "wu", Role::Consultant);
        let (person, first) =
            app::people::create(&gallery.app, &gallery.administrator, &new).await.unwrap();
        let signed_in =
            sessions::sign_in(&gallery.app, &sign_in(gallery, "WU", &first)).await.unwrap();
        assert!(matches!(signed_in.session.ready(), Err(AppError::PasswordMustChange)));
        let change = |new| sessions::change_password(&gallery.app, &signed_in.token, &first, new);
        assert!(matches!(change("short").await, Err(AppError::Invalid { field: "password", .. })));
        change("my own password").await.unwrap();
        let session = sessions::by_token(&gallery.app, &signed_in.token).await.unwrap();
        assert_eq!(session.ready().unwrap().person, Some(person.id));
        let old = sessions::sign_in(&gallery.app, &sign_in(gallery, "wu", &first)).await;
        assert!(matches!(old, Err(AppError::Unauthenticated)));
        sessions::sign_out(&gallery.app, &signed_in.token).await.unwrap();
        let over = sessions::by_token(&gallery.app, &signed_in.token).await;
        assert!(matches!(over, Err(AppError::Unauthenticated)));
    }

    async fn five_wrong_passwords_lock_for_a_quarter_of_an_hour(gallery: Gallery) {
        let new = details(Some(gallery.site), "戊", "wu", Role::Consultant);
        let (_, first) =
            app::people::create(&gallery.app, &gallery.administrator, &new).await.unwrap();
        let try_in = |password: &str| {
            let given = sign_in(gallery, "wu", password);
            async move { sessions::sign_in(&gallery.app, &given).await }
        };
        for _ in 0..4 {
            assert!(matches!(try_in("wrong password").await, Err(AppError::Unauthenticated)));
        }
        assert!(matches!(try_in("wrong password").await, Err(AppError::Locked { .. })));
        assert!(matches!(try_in(&first).await, Err(AppError::Locked { .. })));
        gallery.hand.advance(TimeDelta::minutes(15));
        assert!(
            matches!(try_in("wrong password").await, Err(AppError::Unauthenticated)),
            "the count starts anew"
        );
        try_in(&first).await.unwrap();
        let nobody =
            sessions::sign_in(&gallery.app, &sign_in(gallery, "nobody", "wrong password")).await;
        assert!(matches!(nobody, Err(AppError::Unauthenticated)));
    }

    async fn a_session_lasts_while_it_is_used(gallery: Gallery) {
        let new = details(Some(gallery.site), "戊", "wu", Role::Consultant);
        let (_, first) =
            app::people::create(&gallery.app, &gallery.administrator, &new).await.unwrap();
        let token =
            sessions::sign_in(&gallery.app, &sign_in(gallery, "wu", &first)).await.unwrap().token;
        gallery.hand.advance(TimeDelta::hours(11));
        sessions::by_token(&gallery.app, &token).await.unwrap();
        gallery.hand.advance(TimeDelta::hours(11));
        sessions::by_token(&gallery.app, &token).await.unwrap();
        gallery.hand.advance(TimeDelta::hours(12));
        assert!(matches!(
            sessions::by_token(&gallery.app, &token).await,
            Err(AppError::Unauthenticated)
        ));
    }

    async fn a_token_may_do_what_its_scopes_say(gallery: Gallery) {
        let person = gallery.supervisor.person.unwrap();
        let new =
            NewToken { person, name: "大屏".into(), scopes: vec![Scope::Read], expires_at: None };
        let (token, secret) =
            sessions::create_token(&gallery.app, &gallery.administrator, &new).await.unwrap();
        let caller = sessions::by_bearer(&gallery.app, &secret).await.unwrap();
        assert!(caller.may(Permission::SeeFloor) && !caller.may(Permission::Supervise));
        assert!(!caller.may(Permission::EditTokens));
        sessions::revoke_token(&gallery.app, &gallery.administrator, token.id).await.unwrap();
        assert!(matches!(
            sessions::by_bearer(&gallery.app, &secret).await,
            Err(AppError::Unauthenticated)
        ));
    }
}
