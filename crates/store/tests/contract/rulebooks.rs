//! Versions of rulebooks, and which one rules.

use store::{SiteId, StoreError, TenantId, rulebooks, rulebooks::NewRulebook};
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
    }
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
        rulebooks::rewrite(&mut tx, tenant, new.id, "[about]\n", "云山府", "Yunshan").await.unwrap();
        let before = rulebooks::get(&mut tx, tenant, new.id).await.unwrap();
        assert_eq!((before.document.as_str(), before.hash.len()), ("[about]\n", 32));
        assert_eq!((before.title_zh.as_str(), before.effective_at), ("云山府", None));
        let early = rulebooks::retire(&mut tx, tenant, new.id, at(9)).await;
        assert!(matches!(early, Err(StoreError::Conflict("rulebook version"))));

        let approver = Some(Uuid::from_u128(2));
        rulebooks::activate(&mut tx, tenant, new.id, approver, at(5), at(10)).await.unwrap();
        let after = rulebooks::get(&mut tx, tenant, new.id).await.unwrap();
        assert_eq!((after.approved_by, after.approved_at, after.effective_at), (approver, Some(at(5)), Some(at(10))));
        let late = rulebooks::rewrite(&mut tx, tenant, new.id, "", "", "").await;
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
}
