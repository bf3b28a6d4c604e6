//! People, and what their sign-in needs.

use chrono::NaiveDate;
use store::{
    SiteId, StoreError, TenantId, people,
    people::{Credentials, Person},
    teams,
    teams::Team,
};
use uuid::Uuid;

use crate::harness::{at, on_both, site};

pub fn person(tenant: TenantId, site: SiteId, login: &str) -> Person {
    Person {
        tenant,
        site: Some(site),
        id: Uuid::now_v7(),
        team: None,
        login: login.to_owned(),
        display_name: "李雷".to_owned(),
        pinyin: "li lei".to_owned(),
        initials: "ll".to_owned(),
        roles: vec!["consultant".to_owned(), "supervisor".to_owned()],
        fixed_number: Some(3),
        certified: true,
        leaving: false,
        hired_on: NaiveDate::from_ymd_opt(2025, 3, 1),
        active: true,
        language: "zh".to_owned(),
        theme: "auto".to_owned(),
        created_at: at(0),
    }
}

on_both! {
    async fn a_person_comes_back_as_they_went_in(db: Db) {
        let (tenant, site) = site(&db).await;
        let mut tx = db.write().await.unwrap();
        let team = Team { tenant, site, id: Uuid::now_v7(), name: "一组".to_owned(), rank: 1 };
        teams::add(&mut tx, &team).await.unwrap();
        let person = Person { team: Some(team.id), ..person(tenant, site, "lilei") };
        people::add(&mut tx, &person, "hash").await.unwrap();
        assert_eq!(people::get(&mut tx, tenant, person.id).await.unwrap(), person);
        assert_eq!(people::of_site(&mut tx, tenant, site).await.unwrap(), std::slice::from_ref(&person));
        assert_eq!(people::of_tenant(&mut tx, tenant).await.unwrap(), [person]);
        let nobody = people::get(&mut tx, tenant, Uuid::nil()).await;
        assert!(matches!(nobody, Err(StoreError::NotFound("person"))));
    }

    async fn a_login_is_one_however_it_is_typed(db: Db) {
        let (tenant, site) = site(&db).await;
        let mut tx = db.write().await.unwrap();
        let first = person(tenant, site, "LiLei");
        people::add(&mut tx, &first, "hash").await.unwrap();
        let twin = people::add(&mut tx, &person(tenant, site, "ｌｉｌｅｉ"), "hash").await;
        assert!(matches!(twin, Err(StoreError::Duplicate("person or login"))));
        assert_eq!(people::by_login(&mut tx, tenant, " LILEI ").await.unwrap(), Some(first));
        assert_eq!(people::by_login(&mut tx, tenant, "hanmei").await.unwrap(), None);
    }

    async fn a_person_can_change_but_not_into_anothers_login(db: Db) {
        let (tenant, site) = site(&db).await;
        let mut tx = db.write().await.unwrap();
        let first = person(tenant, site, "lilei");
        let mut second = person(tenant, site, "hanmei");
        people::add(&mut tx, &first, "hash").await.unwrap();
        people::add(&mut tx, &second, "hash").await.unwrap();
        second.leaving = true;
        second.roles = vec!["manager".to_owned()];
        second.site = None;
        people::update(&mut tx, &second).await.unwrap();
        assert_eq!(people::get(&mut tx, tenant, second.id).await.unwrap(), second);
        second.login = "LILEI".to_owned();
        let taken = people::update(&mut tx, &second).await;
        assert!(matches!(taken, Err(StoreError::Duplicate("login"))));
        let nobody = people::update(&mut tx, &person(tenant, site, "x")).await;
        assert!(matches!(nobody, Err(StoreError::NotFound("person"))));
        assert_eq!(people::credentials(&mut tx, tenant, second.id).await.unwrap().password_hash, "hash");
    }

    async fn failures_are_counted_until_a_success_or_a_new_password(db: Db) {
        let (tenant, site) = site(&db).await;
        let mut tx = db.write().await.unwrap();
        let person = person(tenant, site, "lilei");
        let id = person.id;
        people::add(&mut tx, &person, "first").await.unwrap();
        let credentials = |password_hash: &str, must_change_password, failed_attempts, locked_until| Credentials {
            password_hash: password_hash.to_owned(),
            must_change_password,
            failed_attempts,
            locked_until,
        };
        let now = people::credentials(&mut tx, tenant, id).await.unwrap();
        assert_eq!(now, credentials("first", true, 0, None));
        assert_eq!(people::record_failure(&mut tx, tenant, id).await.unwrap(), 1);
        assert_eq!(people::record_failure(&mut tx, tenant, id).await.unwrap(), 2);
        people::lock(&mut tx, tenant, id, at(60)).await.unwrap();
        let now = people::credentials(&mut tx, tenant, id).await.unwrap();
        assert_eq!(now, credentials("first", true, 2, Some(at(60))));
        people::unlock(&mut tx, tenant, id).await.unwrap();
        let now = people::credentials(&mut tx, tenant, id).await.unwrap();
        assert_eq!(now, credentials("first", true, 0, None));
        people::record_failure(&mut tx, tenant, id).await.unwrap();
        people::choose_password(&mut tx, tenant, id, "second").await.unwrap();
        let now = people::credentials(&mut tx, tenant, id).await.unwrap();
        assert_eq!(now, credentials("second", false, 0, None));
        people::issue_password(&mut tx, tenant, id, "third").await.unwrap();
        let now = people::credentials(&mut tx, tenant, id).await.unwrap();
        assert_eq!(now, credentials("third", true, 0, None));
    }

    async fn nobody_has_no_credentials(db: Db) {
        let (tenant, _) = site(&db).await;
        let nobody = Uuid::nil();
        let mut tx = db.write().await.unwrap();
        let errors = [
            people::credentials(&mut tx, tenant, nobody).await.map(drop),
            people::record_failure(&mut tx, tenant, nobody).await.map(drop),
            people::lock(&mut tx, tenant, nobody, at(0)).await,
            people::unlock(&mut tx, tenant, nobody).await,
            people::choose_password(&mut tx, tenant, nobody, "").await,
            people::issue_password(&mut tx, tenant, nobody, "").await,
        ];
        assert!(errors.iter().all(|error| matches!(error, Err(StoreError::NotFound("person")))));
    }
}
