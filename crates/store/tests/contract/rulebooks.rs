//! Versions of rulebooks, and which one rules.

use store::{
    SiteId, StoreError, TenantId, rulebooks,
    rulebooks::{NewRulebook, Rewrite},
};
use uuid::Uuid;

use crate::harness::{at, on_both, site};

fn draft(tenant: TenantId, site: SiteId, number: i64) -> NewRulebook<'static> {
    NewRulebook {
        tenant,
        site,
        id: Uuid::now_v7(),
        slug: "yunshan",
        number,
        document: "[about]",
        title_zh: "云山府接待制度",
        title_en: "Reception at Yunshan",
        created_by: Some(Uuid::from_u128(1)),
        created_at: at(0),
        preset: Some("r-001-01"),
    }
}

fn rewrite(revision: i64, document: &'static str) -> Rewrite<'static> {
    let by = Some(Uuid::from_u128(3));
    Rewrite { revision, document, title_zh: "云山府", title_en: "Yunshan", by, at: at(1) }
}

on_both! {
    async fn a_draft_can_be_rewritten_until_it_is_activated(db: Db) {
        let (tenant, site) = site(&db).await;
        let new = draft(tenant, site, 1);
        let mut tx = db.write().await.unwrap();
        assert_eq!(rulebooks::next_number(&mut tx, tenant, site, "yunshan").await.unwrap(), 1);
        rulebooks::add(&mut tx, &new).await.unwrap();
        assert_eq!(rulebooks::next_number(&mut tx, tenant, site, "yunshan").await.unwrap(), 2);
        let twin = rulebooks::add(&mut tx, &draft(tenant, site, 1)).await;
        assert!(matches!(twin, Err(StoreError::Duplicate("rulebook version"))));
        rulebooks::rewrite(&mut tx, tenant, new.id, &rewrite(1, "[about]\n")).await.unwrap();
        let before = rulebooks::get(&mut tx, tenant, new.id).await.unwrap();
        assert_eq!((before.document.as_str(), before.hash.len()), ("[about]\n", 32));
        assert_eq!((before.title_zh.as_str(), before.effective_at), ("云山府", None));
        let early = rulebooks::retire(&mut tx, tenant, new.id, at(9)).await;
        assert!(matches!(early, Err(StoreError::Conflict("rulebook version"))));

        let approver = Some(Uuid::from_u128(2));
        rulebooks::activate(&mut tx, tenant, new.id, approver, at(5), at(10)).await.unwrap();
        let after = rulebooks::get(&mut tx, tenant, new.id).await.unwrap();
        assert_eq!((after.approved_by, after.approved_at, after.effective_at), (approver, Some(at(5)), Some(at(10))));
        let late = rulebooks::rewrite(&mut tx, tenant, new.id, &rewrite(2, "")).await;
        assert!(matches!(late, Err(StoreError::Conflict("rulebook version"))));
        let twice = rulebooks::activate(&mut tx, tenant, new.id, None, at(6), at(11)).await;
        assert!(matches!(twice, Err(StoreError::Conflict("rulebook version"))));
        assert_eq!(rulebooks::get(&mut tx, tenant, new.id).await.unwrap(), after);
        let nothing = rulebooks::get(&mut tx, tenant, Uuid::nil()).await;
        assert!(matches!(nothing, Err(StoreError::NotFound("rulebook version"))));
    }

    async fn the_version_rules_that_came_into_effect_last_and_is_not_retired(db: Db) {
        let (tenant, site) = site(&db).await;
        let (first, second, third) = (draft(tenant, site, 1), draft(tenant, site, 2), draft(tenant, site, 3));
        let mut tx = db.write().await.unwrap();
        for new in [&first, &second, &third] {
            rulebooks::add(&mut tx, new).await.unwrap();
        }
        rulebooks::activate(&mut tx, tenant, first.id, None, at(0), at(10)).await.unwrap();
        rulebooks::activate(&mut tx, tenant, second.id, None, at(0), at(20)).await.unwrap();
        rulebooks::retire(&mut tx, tenant, second.id, at(30)).await.unwrap();
        rulebooks::retire(&mut tx, tenant, second.id, at(40)).await.unwrap();
        let mut active = Vec::new();
        for second in [9, 10, 19, 20, 29, 30] {
            let rulebook = rulebooks::active_at(&mut tx, tenant, site, at(second)).await.unwrap();
            active.push(rulebook.map(|rulebook| rulebook.number));
        }
        assert_eq!(active, [None, Some(1), Some(1), Some(2), Some(2), Some(1)]);
        let all = rulebooks::of_site(&mut tx, tenant, site).await.unwrap();
        assert_eq!(all.iter().map(|rulebook| rulebook.number).collect::<Vec<_>>(), [3, 2, 1]);
    }

    async fn two_authors_of_one_draft_do_not_overwrite_each_other(db: Db) {
        let (tenant, site) = site(&db).await;
        let new = draft(tenant, site, 1);
        let mut tx = db.write().await.unwrap();
        rulebooks::add(&mut tx, &new).await.unwrap();
        rulebooks::rewrite(&mut tx, tenant, new.id, &rewrite(1, "first")).await.unwrap();
        let second = rulebooks::rewrite(&mut tx, tenant, new.id, &rewrite(1, "second")).await;
        assert!(matches!(second, Err(StoreError::Conflict("rulebook version"))));
        let now = rulebooks::get(&mut tx, tenant, new.id).await.unwrap();
        assert_eq!((now.document.as_str(), now.revision, now.changed_at), ("first", 2, Some(at(1))));
        assert_eq!(now.preset.as_deref(), Some("r-001-01"));
    }

    async fn a_change_takes_back_what_was_handed_in_and_approved(db: Db) {
        let (tenant, site) = site(&db).await;
        let new = draft(tenant, site, 1);
        let (author, approver) = (Some(Uuid::from_u128(1)), Some(Uuid::from_u128(2)));
        let mut tx = db.write().await.unwrap();
        rulebooks::add(&mut tx, &new).await.unwrap();
        let early = rulebooks::approve(&mut tx, tenant, new.id, 1, approver, at(2)).await;
        assert!(matches!(early, Err(StoreError::Conflict("rulebook version"))), "not handed in");
        rulebooks::submit(&mut tx, tenant, new.id, author, at(1)).await.unwrap();
        let other = rulebooks::approve(&mut tx, tenant, new.id, 2, approver, at(2)).await;
        assert!(matches!(other, Err(StoreError::Conflict("rulebook version"))), "another revision");
        rulebooks::approve(&mut tx, tenant, new.id, 1, approver, at(2)).await.unwrap();
        let approved = rulebooks::get(&mut tx, tenant, new.id).await.unwrap();
        assert_eq!((approved.submitted_by, approved.approved_by), (author, approver));
        rulebooks::rewrite(&mut tx, tenant, new.id, &rewrite(1, "changed")).await.unwrap();
        let changed = rulebooks::get(&mut tx, tenant, new.id).await.unwrap();
        assert_eq!((changed.submitted_at, changed.approved_at), (None, None));
    }

    async fn a_version_that_does_not_rule_yet_can_be_withdrawn(db: Db) {
        let (tenant, site) = site(&db).await;
        let new = draft(tenant, site, 1);
        let mut tx = db.write().await.unwrap();
        rulebooks::add(&mut tx, &new).await.unwrap();
        let draft = rulebooks::withdraw(&mut tx, tenant, new.id, at(0)).await;
        assert!(matches!(draft, Err(StoreError::Conflict("rulebook version"))));
        rulebooks::activate(&mut tx, tenant, new.id, None, at(0), at(10)).await.unwrap();
        let late = rulebooks::withdraw(&mut tx, tenant, new.id, at(10)).await;
        assert!(matches!(late, Err(StoreError::Conflict("rulebook version"))));
        rulebooks::withdraw(&mut tx, tenant, new.id, at(9)).await.unwrap();
        for second in [9, 10, 11] {
            let active = rulebooks::active_at(&mut tx, tenant, site, at(second)).await.unwrap();
            assert_eq!(active, None, "{second}");
        }
    }

    async fn scenarios_are_kept_with_their_version(db: Db) {
        let (tenant, site) = site(&db).await;
        let (new, other) = (draft(tenant, site, 1), draft(tenant, site, 2));
        let mut tx = db.write().await.unwrap();
        for new in [&new, &other] {
            rulebooks::add(&mut tx, new).await.unwrap();
        }
        let put = [("b.feature", Some("二")), ("a.feature", Some("一")), ("b.feature", Some("三"))];
        for (file, text) in put {
            rulebooks::put_scenario(&mut tx, tenant, new.id, file, text).await.unwrap();
        }
        let kept = rulebooks::scenarios(&mut tx, tenant, new.id).await.unwrap();
        let pair = |file: &str, text: &str| (file.to_owned(), text.to_owned());
        assert_eq!(kept, [pair("a.feature", "一"), pair("b.feature", "三")]);
        assert!(rulebooks::scenarios(&mut tx, tenant, other.id).await.unwrap().is_empty());
        rulebooks::put_scenario(&mut tx, tenant, new.id, "a.feature", None).await.unwrap();
        let kept = rulebooks::scenarios(&mut tx, tenant, new.id).await.unwrap();
        assert_eq!(kept, [pair("b.feature", "三")]);
    }
}
