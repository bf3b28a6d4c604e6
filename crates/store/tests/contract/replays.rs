//! Replays: asked, gone on with, finished, looked at; and the lines of a journal that they read.

use chrono::NaiveDate;
use store::{
    StoreError, journal,
    journal::After,
    replays::{self, Difference, NewReplay, Wanted},
};
use uuid::Uuid;

use crate::harness::{at, command, floor, on_both, site};

fn difference(number: i64, kind: &str, then: u128, would: u128) -> Difference {
    Difference {
        number,
        kind: kind.to_owned(),
        person_then: Some(Uuid::from_u128(then)),
        person_would: (would > 0).then_some(Uuid::from_u128(would)),
        body: "{}".to_owned(),
    }
}

on_both! {
    async fn a_replay_is_kept_page_by_page_and_begins_anew_after_a_break(db: Db) {
        let (tenant, site) = site(&db).await;
        let id = Uuid::now_v7();
        let day = NaiveDate::from_ymd_opt(2026, 6, 1);
        let new = NewReplay {
            tenant, site, id, rulebook: Uuid::from_u128(7), from_day: day, to_day: None,
            asked_by: None, asked_at: at(0),
        };
        let mut tx = db.write().await.unwrap();
        replays::add(&mut tx, &new).await.unwrap();
        assert!(matches!(replays::add(&mut tx, &new).await, Err(StoreError::Duplicate("replay"))));
        replays::begin(&mut tx, tenant, id, 9).await.unwrap();
        let first = [difference(1, "visit", 1, 2), difference(2, "client", 2, 3)];
        replays::go_on(&mut tx, tenant, id, &first, 5).await.unwrap();
        let half = replays::get(&mut tx, tenant, id).await.unwrap();
        assert_eq!((half.read, half.total, half.from_day, half.finished_at), (5, 9, day, None));
        // The attempt broke off: the next one forgets what it found.
        replays::begin(&mut tx, tenant, id, 9).await.unwrap();
        replays::go_on(&mut tx, tenant, id, &first, 9).await.unwrap();
        replays::finish(&mut tx, tenant, id, Ok("{\"visits\":3}"), at(1)).await.unwrap();
        let done = replays::get(&mut tx, tenant, id).await.unwrap();
        assert_eq!(done.summary.as_deref(), Some("{\"visits\":3}"));
        assert_eq!((done.finished_at, done.failure), (Some(at(1)), None));
        assert_eq!(replays::of_site(&mut tx, tenant, site, 5).await.unwrap().len(), 1);
        tx.commit().await.unwrap();
    }

    async fn differences_are_filtered_by_what_and_whom(db: Db) {
        let (tenant, site) = site(&db).await;
        let id = Uuid::now_v7();
        let new = NewReplay {
            tenant, site, id, rulebook: Uuid::nil(), from_day: None, to_day: None, asked_by: None,
            asked_at: at(0),
        };
        let mut tx = db.write().await.unwrap();
        replays::add(&mut tx, &new).await.unwrap();
        let all = [difference(1, "visit", 1, 2), difference(2, "client", 2, 3), difference(3, "visit", 4, 0)];
        replays::go_on(&mut tx, tenant, id, &all, 3).await.unwrap();
        let mut found = async |kind: Option<&str>, person: Option<u128>, after, limit| {
            let (kind, person) = (kind.map(str::to_owned), person.map(Uuid::from_u128));
            let wanted = Wanted { kind, person, after, limit };
            let rows = replays::differences(&mut tx, tenant, id, &wanted).await.unwrap();
            rows.into_iter().map(|row| row.number).collect::<Vec<_>>()
        };
        assert_eq!(found(None, None, 0, 9).await, [1, 2, 3]);
        assert_eq!(found(None, None, 1, 1).await, [2]);
        assert_eq!(found(Some("visit"), None, 0, 9).await, [1, 3]);
        assert_eq!(found(None, Some(2), 0, 9).await, [1, 2]);
        assert!(found(Some("client"), Some(4), 0, 9).await.is_empty());
    }

    async fn the_lines_of_a_site_come_page_by_page_without_gap_or_repetition(db: Db) {
        let (tenant, site) = site(&db).await;
        let id = floor(&db, tenant, site).await;
        for _ in 0..5 {
            command(&db, tenant, id).await.unwrap();
        }
        let mut tx = db.read().await.unwrap();
        let (count, first) = journal::count_lines(&mut tx, tenant, site, at(1_000)).await.unwrap();
        assert_eq!(count, 5);
        let mut after = After::start(first.unwrap());
        let mut versions = Vec::new();
        loop {
            let page = journal::lines(&mut tx, tenant, site, after, at(1_000), 2).await.unwrap();
            let Some(last) = page.last() else { break };
            after = After::line(last);
            versions.extend(page.iter().map(|line| line.version));
        }
        assert_eq!(versions, [1, 2, 3, 4, 5]);
        let none = journal::lines(&mut tx, tenant, site, After::start(at(0)), at(0), 9).await.unwrap();
        assert_eq!(none, []);
        let entry = journal::get(&mut tx, tenant, id, 3).await.unwrap();
        let reasons = journal::reasons(&mut tx, tenant, id, 3).await.unwrap();
        assert_eq!(reasons, Some((entry.because, entry.rulebook_version)));
        let named = journal::commands_named(&mut tx, tenant, id, &entry.command_kind).await.unwrap();
        assert_eq!(named.len(), 5);
    }
}
