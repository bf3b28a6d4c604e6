//! Sites, their teams, and a company's settings.

use store::{SiteId, StoreError, settings, sites, teams, teams::Team};
use uuid::Uuid;

use crate::harness::{a_site, at, on_both, site};

on_both! {
    async fn a_site_comes_back_as_it_went_in_and_can_change(db: Db) {
        let (tenant, id) = site(&db).await;
        let mut tx = db.write().await.unwrap();
        let mut site = sites::get(&mut tx, tenant, id).await.unwrap();
        assert_eq!(site, a_site(tenant, id));
        site.name = "云山府二期".to_owned();
        site.closed_at = Some(at(9));
        sites::update(&mut tx, &site).await.unwrap();
        assert_eq!(sites::of_tenant(&mut tx, tenant).await.unwrap(), [site.clone()]);
        assert!(matches!(sites::add(&mut tx, &site).await, Err(StoreError::Duplicate("site"))));
        site.id = SiteId(Uuid::nil());
        assert!(matches!(sites::update(&mut tx, &site).await, Err(StoreError::NotFound("site"))));
        assert!(matches!(sites::get(&mut tx, tenant, site.id).await, Err(StoreError::NotFound("site"))));
    }

    async fn teams_stand_by_rank(db: Db) {
        let (tenant, site) = site(&db).await;
        let mut tx = db.write().await.unwrap();
        let team = |rank, name: &str| Team { tenant, site, id: Uuid::now_v7(), name: name.to_owned(), rank };
        let (second, mut first) = (team(2, "二组"), team(1, "一组"));
        teams::add(&mut tx, &second).await.unwrap();
        teams::add(&mut tx, &first).await.unwrap();
        assert!(matches!(teams::add(&mut tx, &first).await, Err(StoreError::Duplicate("team"))));
        assert_eq!(teams::of_site(&mut tx, tenant, site).await.unwrap(), [first.clone(), second.clone()]);
        first.rank = 3;
        teams::update(&mut tx, &first).await.unwrap();
        assert_eq!(teams::of_site(&mut tx, tenant, site).await.unwrap(), [second, first]);
        assert!(matches!(teams::update(&mut tx, &team(1, "")).await, Err(StoreError::NotFound("team"))));
    }

    async fn a_setting_is_what_it_was_set_to_last_or_first(db: Db) {
        let (tenant, _) = site(&db).await;
        let mut tx = db.write().await.unwrap();
        assert_eq!(settings::get(&mut tx, tenant, "a").await.unwrap(), None);
        settings::set(&mut tx, tenant, "a", "1").await.unwrap();
        settings::set(&mut tx, tenant, "a", "2").await.unwrap();
        assert_eq!(settings::get(&mut tx, tenant, "a").await.unwrap().as_deref(), Some("2"));
        assert_eq!(settings::set_first(&mut tx, tenant, "a", "3").await.unwrap(), "2");
        assert_eq!(settings::set_first(&mut tx, tenant, "b", "3").await.unwrap(), "3");
    }
}
