//! Turns, and their sums.

use chrono::NaiveDate;
use store::{
    StoreError, turns,
    turns::{Turn, TurnSum},
};
use uuid::Uuid;

use crate::harness::{at, on_both, site};

on_both! {
    async fn turns_are_summed_by_person_ring_and_kind(db: Db) {
        let (tenant, site) = site(&db).await;
        let (first, second) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let day = |day| NaiveDate::from_ymd_opt(2026, 6, day).unwrap();
        let mut tx = db.write().await.unwrap();
        let mut added = Vec::new();
        for (n, (person, on, kind)) in (0..).zip([
            (first, 1, "taken"), (first, 2, "taken"), (first, 3, "taken"), (first, 2, "lost"), (second, 2, "taken"),
            (second, 4, "taken"),
        ]) {
            let turn = Turn {
                tenant,
                site,
                id: Uuid::now_v7(),
                person,
                day: day(on),
                ring: "walk_in".to_owned(),
                kind: kind.to_owned(),
                clauses: vec!["3".to_owned(), "7".to_owned()],
                visit: Some(Uuid::from_u128(9)),
                happened_at: at(n),
            };
            turns::add(&mut tx, &turn).await.unwrap();
            assert!(matches!(turns::add(&mut tx, &turn).await, Err(StoreError::Duplicate("turn"))));
            added.push(turn);
        }
        let sum = |person, kind: &str, count| TurnSum {
            person,
            ring: "walk_in".to_owned(),
            kind: kind.to_owned(),
            count,
        };
        let sums = turns::sums(&mut tx, tenant, site, day(2), day(3)).await.unwrap();
        assert_eq!(sums, [sum(first, "lost", 1), sum(first, "taken", 2), sum(second, "taken", 1)]);
        let own = turns::of_person(&mut tx, tenant, first, day(1), day(2)).await.unwrap();
        assert_eq!(own, [added[0].clone(), added[1].clone(), added[3].clone()]);
    }
}
