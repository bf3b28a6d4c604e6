//! Visits as they are read.

use chrono::NaiveDate;
use store::{SiteId, StoreError, StreamId, StreamKind, TenantId, visits, visits::Visit};
use uuid::Uuid;

use crate::harness::{at, on_both, site};

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 6, day).unwrap()
}

fn visit(tenant: TenantId, site: SiteId, on: u32, number: i64) -> Visit {
    Visit {
        tenant,
        site,
        id: Uuid::now_v7(),
        day: day(on),
        number,
        arrived_at: at(i64::from(on) * 86_400 + number),
        situation: "new".to_owned(),
        party_size: 2,
        client: None,
        ring: "walk_in".to_owned(),
        status: "waiting".to_owned(),
        receiver: None,
        started_at: None,
        ended_at: None,
        decision_stream: StreamId { kind: StreamKind::Floor, id: site.0 },
        decision_version: 1,
        charged_to: None,
    }
}

on_both! {
    async fn a_visit_is_put_again_and_again(db: Db) {
        let (tenant, site) = site(&db).await;
        let mut visit = visit(tenant, site, 1, 1);
        let mut tx = db.write().await.unwrap();
        visits::put(&mut tx, &visit).await.unwrap();
        assert_eq!(visits::get(&mut tx, tenant, visit.id).await.unwrap(), visit);
        visit.client = Some(Uuid::from_u128(1));
        visit.receiver = Some(Uuid::from_u128(2));
        visit.charged_to = Some(Uuid::from_u128(2));
        visit.started_at = Some(at(9));
        visit.ended_at = Some(at(10));
        visit.status = "finished".to_owned();
        visit.decision_version = 7;
        visits::put(&mut tx, &visit).await.unwrap();
        assert_eq!(visits::get(&mut tx, tenant, visit.id).await.unwrap(), visit);
        let nothing = visits::get(&mut tx, tenant, Uuid::nil()).await;
        assert!(matches!(nothing, Err(StoreError::NotFound("visit"))));
    }

    async fn a_number_of_the_day_is_given_once(db: Db) {
        let (tenant, site) = site(&db).await;
        let mut tx = db.write().await.unwrap();
        visits::put(&mut tx, &visit(tenant, site, 1, 1)).await.unwrap();
        let taken = visits::put(&mut tx, &visit(tenant, site, 1, 1)).await;
        assert!(matches!(taken, Err(StoreError::Conflict(_))));
    }

    async fn visits_are_listed_by_day_receiver_and_client(db: Db) {
        let (tenant, site) = site(&db).await;
        let (receiver, client) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let mut tx = db.write().await.unwrap();
        for (on, number) in [(2, 2), (2, 1), (1, 1), (3, 1), (4, 1)] {
            let mut visit = visit(tenant, site, on, number);
            visit.receiver = (number == 1).then_some(receiver);
            visit.client = (number == 1).then_some(client);
            visits::put(&mut tx, &visit).await.unwrap();
        }
        let shown = |visits: Vec<Visit>| visits.iter().map(|v| (v.day, v.number)).collect::<Vec<_>>();
        let listed = visits::of_days(&mut tx, tenant, site, day(2), day(3)).await.unwrap();
        assert_eq!(shown(listed), [(day(2), 1), (day(2), 2), (day(3), 1)]);
        let listed = visits::of_receiver(&mut tx, tenant, receiver, day(2), day(3)).await.unwrap();
        assert_eq!(shown(listed), [(day(2), 1), (day(3), 1)]);
        let listed = visits::of_client(&mut tx, tenant, client, 3).await.unwrap();
        assert_eq!(shown(listed), [(day(4), 1), (day(3), 1), (day(2), 1)]);
    }
}
