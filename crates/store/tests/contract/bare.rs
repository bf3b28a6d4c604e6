//! The measure of the bench writes what it says.

use chrono::NaiveDate;
use store::{
    Db, SiteId, StoreError, StreamId, TenantId, bare, bare::Arrival, changes, stream, visits,
};
use uuid::Uuid;

use crate::harness::{at, floor, on_both, site};

fn arrival(tenant: TenantId, site: SiteId, stream: StreamId) -> Arrival<'static> {
    Arrival {
        tenant,
        site,
        stream,
        state: "{}",
        command: "{}",
        events: "[]",
        because: "[]",
        outcome: "null",
        day: NaiveDate::from_ymd_opt(2026, 6, 1).unwrap(),
        ring: "walk_in",
        receiver: Uuid::from_u128(1),
        at: at(0),
    }
}

async fn write(db: &Db, arrival: &Arrival<'_>) -> i64 {
    store::retry!(StoreError, bare::write(db, arrival)).unwrap()
}

on_both! {
    async fn the_rows_of_an_arrival_are_written_together(db: Db) {
        let (tenant, site) = site(&db).await;
        let stream = floor(&db, tenant, site).await;
        let arrival = arrival(tenant, site, stream);
        assert_eq!(write(&db, &arrival).await, 1);
        assert_eq!(write(&db, &arrival).await, 2);
        let mut tx = db.read().await.unwrap();
        assert_eq!(stream::peek(&mut tx, tenant, stream).await.unwrap().unwrap().version, 2);
        assert_eq!(visits::of_days(&mut tx, tenant, site, arrival.day, arrival.day).await.unwrap().len(), 2);
        assert_eq!(changes::latest_seq(&mut tx, tenant, site).await.unwrap(), 2);
    }
}
