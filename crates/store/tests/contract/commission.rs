//! Deals and the lines of ledgers.

use chrono::NaiveDate;
use store::{
    SiteId, StoreError, TenantId, commission,
    commission::{Deal, Line},
};
use uuid::Uuid;

use crate::harness::{at, on_both, site};

fn deal(tenant: TenantId, site: SiteId, opened: i64) -> Deal {
    Deal {
        tenant,
        site,
        id: Uuid::now_v7(),
        client: Uuid::from_u128(1),
        closer: Uuid::from_u128(2),
        stage: "subscribed".to_owned(),
        price: Some(100_000_000),
        commission: None,
        currency: "CNY".to_owned(),
        situation: None,
        pending: Some("same_day".to_owned()),
        due_at: Some(at(opened + 10)),
        opened_at: at(opened),
        closed_on: None,
        cancelled_at: None,
        unit: None,
    }
}

fn line(deal: &Deal, person: u128, number: i64, day: u32) -> Line {
    Line {
        tenant: deal.tenant,
        site: deal.site,
        id: Uuid::now_v7(),
        person: Uuid::from_u128(person),
        kind: "commission".to_owned(),
        amount: -5,
        currency: "CNY".to_owned(),
        day: NaiveDate::from_ymd_opt(2026, 6, day).unwrap(),
        deal: Some(deal.id),
        number,
        decision_version: 1,
        made_at: at(number),
    }
}

on_both! {
    async fn a_deal_is_put_again_and_listed(db: Db) {
        let (tenant, site) = site(&db).await;
        let (first, mut last) = (deal(tenant, site, 0), deal(tenant, site, 5));
        let mut tx = db.write().await.unwrap();
        commission::put(&mut tx, &first).await.unwrap();
        commission::put(&mut tx, &last).await.unwrap();
        last.stage = "signed".to_owned();
        last.commission = Some(300_000);
        last.situation = Some("own".to_owned());
        (last.pending, last.due_at) = (None, None);
        last.closed_on = NaiveDate::from_ymd_opt(2026, 6, 1);
        last.unit = Some(Uuid::from_u128(9));
        commission::put(&mut tx, &last).await.unwrap();
        assert_eq!(commission::get(&mut tx, tenant, last.id).await.unwrap(), last);
        let all = commission::of_site(&mut tx, tenant, site, false, 10).await.unwrap();
        assert_eq!(all, [last.clone(), first.clone()]);
        let open = commission::of_site(&mut tx, tenant, site, true, 10).await.unwrap();
        assert_eq!(open, std::slice::from_ref(&first));
        let of_client = commission::of_client(&mut tx, tenant, first.client).await.unwrap();
        assert_eq!(of_client, [last, first.clone()]);
        assert_eq!(commission::due(&mut tx, tenant, at(9), 10).await.unwrap(), []);
        assert_eq!(commission::due(&mut tx, tenant, at(10), 10).await.unwrap(), [first]);
        let nothing = commission::get(&mut tx, tenant, Uuid::nil()).await;
        assert!(matches!(nothing, Err(StoreError::NotFound("deal"))));
    }

    async fn a_line_of_a_deal_is_added_once(db: Db) {
        let (tenant, site) = site(&db).await;
        let deal = deal(tenant, site, 0);
        let lines = [line(&deal, 1, 1, 1), line(&deal, 2, 2, 30), line(&deal, 1, 3, 30)];
        let mut tx = db.write().await.unwrap();
        for line in &lines {
            commission::add(&mut tx, line).await.unwrap();
        }
        let twice = commission::add(&mut tx, &line(&deal, 1, 3, 30)).await;
        assert!(matches!(twice, Err(StoreError::Duplicate("commission line"))));
        let day = |day| NaiveDate::from_ymd_opt(2026, 6, day).unwrap();
        let one = Uuid::from_u128(1);
        let own = commission::of_person(&mut tx, tenant, one, day(1), day(30)).await.unwrap();
        assert_eq!(own, [lines[0].clone(), lines[2].clone()]);
        let own = commission::of_person(&mut tx, tenant, one, day(2), day(29)).await.unwrap();
        assert_eq!(own, []);
        let all = commission::of_site_days(&mut tx, tenant, site, day(2), day(30)).await.unwrap();
        assert_eq!(all, [lines[1].clone(), lines[2].clone()]);
        // Lines without a deal have no number that could be taken.
        for _ in 0..2 {
            let bare = Line { deal: None, number: 0, ..line(&deal, 1, 0, 5) };
            commission::add(&mut tx, &bare).await.unwrap();
        }
    }
}
