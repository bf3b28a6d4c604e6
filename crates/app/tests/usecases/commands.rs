//! Commands to a floor: once, in order, by whoever may, and the journal gives the floor back.

use std::collections::BTreeSet;

use app::{
    AppError, VisitId,
    roles::Permission,
    rotation::{self, Command, Doing, Outcome},
};
use chrono::TimeDelta;
use domain::rotation::{
    rules::AbsenceKind,
    state::{Arrival, Phase},
};
use uuid::Uuid;

use crate::harness::{at, on_both};

on_both! {
    async fn a_repeated_command_is_answered_from_the_journal(gallery: Gallery) {
        gallery.open_day().await;
        let (id, visit) = (Uuid::now_v7(), VisitId(Uuid::now_v7()));
        let command = Command::Arrive { visit, arrival: Arrival::default() };
        let give = |command: Command| {
            rotation::carry_out(&gallery.app, &gallery.desk, gallery.site, id, command, None)
        };
        let first = give(command.clone()).await.unwrap();
        gallery.hand.advance(TimeDelta::minutes(5));
        let again = give(command).await.unwrap();
        assert!(again.repeated && !first.repeated);
        assert_eq!(
            (&again.outcome, &again.events, &again.because, again.entry),
            (&first.outcome, &first.events, &first.because, first.entry)
        );
        let other = give(Command::Finish { visit }).await;
        assert!(matches!(other, Err(AppError::Conflict { .. })));
    }

    async fn the_same_command_by_eight_at_once_is_done_once(gallery: Gallery) {
        gallery.open_day().await;
        let (id, visit) = (Uuid::now_v7(), VisitId(Uuid::now_v7()));
        let mut tasks = Vec::new();
        for _ in 0..8 {
            let (app, desk, site) = (gallery.app.clone(), gallery.desk.clone(), gallery.site);
            let command = Command::Arrive { visit, arrival: Arrival::default() };
            tasks.push(tokio::spawn(async move {
                rotation::carry_out(&app, &desk, site, id, command, None).await.unwrap()
            }));
        }
        let mut done = 0;
        for task in tasks {
            done += u32::from(!task.await.unwrap().repeated);
        }
        assert_eq!(done, 1);
    }

    async fn concurrent_arrivals_are_dealt_in_the_order_of_the_ring(gallery: Gallery) {
        gallery.open_day().await;
        let mut tasks = Vec::new();
        for _ in 0..4 {
            let (app, desk, site) = (gallery.app.clone(), gallery.desk.clone(), gallery.site);
            tasks.push(tokio::spawn(async move {
                let visit = VisitId(Uuid::now_v7());
                let command = Command::Arrive { visit, arrival: Arrival::default() };
                rotation::carry_out(&app, &desk, site, Uuid::now_v7(), command, None).await.unwrap()
            }));
        }
        let mut dealt = Vec::new();
        for task in tasks {
            let carried = task.await.unwrap();
            let Outcome::Receives { by, .. } = carried.outcome else {
                panic!("{:?}", carried.outcome)
            };
            dealt.push((carried.entry.version, by));
        }
        dealt.sort_unstable();
        let order: Vec<_> = dealt.into_iter().map(|(_, by)| by).collect();
        let rules: Vec<_> = (0..4).map(|place| gallery.person(place)).collect();
        assert_eq!(order, rules);
    }

    async fn two_processes_deal_in_one_order_and_nobody_receives_twice(gallery: Gallery) {
        gallery.open_day().await;
        let other = gallery.another().await;
        let mut tasks = Vec::new();
        for place in 0..16 {
            let app = if place % 2 == 0 { gallery.app.clone() } else { other.clone() };
            let (desk, site) = (gallery.desk.clone(), gallery.site);
            tasks.push(tokio::spawn(async move {
                let command =
                    Command::Arrive { visit: VisitId(Uuid::now_v7()), arrival: Arrival::default() };
                rotation::carry_out(&app, &desk, site, Uuid::now_v7(), command, None).await.unwrap()
            }));
        }
        let mut dealt = Vec::new();
        for task in tasks {
            let carried = task.await.unwrap();
            match carried.outcome {
                Outcome::Receives { by, .. } => dealt.push((carried.entry.version, by)),
                Outcome::Waits { .. } => {}
                other => panic!("{other:?}"),
            }
        }
        dealt.sort_unstable();
        let order: Vec<_> = dealt.into_iter().map(|(_, by)| by).collect();
        assert_eq!(order, (0..4).map(|place| gallery.person(place)).collect::<Vec<_>>());
        let waiting = rotation::waiting(&other, &gallery.desk, gallery.site).await.unwrap();
        assert_eq!(waiting.len(), 12);
        let numbers: Vec<_> = waiting.iter().map(|visit| visit.number).collect();
        assert_eq!(numbers, (5..=16).collect::<Vec<_>>());
        assert!(rotation::replay(&other, &gallery.administrator, gallery.site).await.unwrap().same);
        other.db.close().await;
    }

    async fn the_floor_is_what_its_journal_says(gallery: Gallery) {
        gallery.open_day().await;
        let (visit, by) = gallery.arrive(Arrival::default()).await;
        gallery.hand.set(at(5));
        gallery.arrive(Arrival::default()).await;
        let person = gallery.person(2);
        let kind = AbsenceKind::Private;
        gallery
            .done(
                &gallery.consultants[2],
                Command::StepOut { person, kind, until: None, approved: None },
            )
            .await;
        gallery.arrive(Arrival::default()).await;
        gallery.hand.set(at(40));
        gallery.done(&gallery.desk, Command::Finish { visit }).await;
        let refused = gallery.give(&gallery.desk, Command::Finish { visit }).await;
        assert!(refused.is_refused(), "{by} has finished");
        gallery.done(&gallery.supervisor, Command::CloseDay { end_open: true }).await;
        let replayed =
            rotation::replay(&gallery.app, &gallery.administrator, gallery.site).await.unwrap();
        assert!(replayed.same && replayed.differing.is_empty(), "{replayed:?}");
        let report = app::audit::verify(&gallery.app, &gallery.administrator).await.unwrap();
        assert!(report.is_clean(), "{report:?}");
    }

    async fn a_refusal_changes_nothing_and_says_why(gallery: Gallery) {
        gallery.open_day().await;
        let person = gallery.person(0);
        let refused = gallery.give(&gallery.consultants[0], Command::SignIn { person }).await;
        assert_eq!(refused.outcome, Outcome::Refused { reason: "already_signed_in".into() });
        assert!(refused.events.is_empty());
        let why = rotation::why(&gallery.app, &gallery.desk, refused.entry).await.unwrap();
        assert_eq!(why.by.as_deref(), Some("甲"));
        assert!(matches!(refused.accepted(), Err(AppError::Refused(_))));
    }

    async fn a_decision_shows_its_clauses_in_both_languages(gallery: Gallery) {
        gallery.open_day().await;
        let visit = VisitId(Uuid::now_v7());
        let carried = gallery
            .done(&gallery.desk, Command::Arrive { visit, arrival: Arrival::default() })
            .await;
        let why = rotation::why(&gallery.app, &gallery.desk, carried.entry).await.unwrap();
        let cited: BTreeSet<&str> = why.clauses.iter().map(|clause| clause.id.0.as_str()).collect();
        assert!(cited.contains("1") && cited.contains("2"), "{cited:?}");
        assert!(
            why.clauses
                .iter()
                .all(|clause| !clause.text.zh.is_empty() && !clause.text.en.is_empty())
        );
        assert_eq!(why.rulebook.unwrap().2, 1);
    }

    async fn people_act_for_themselves_and_the_desk_for_all(gallery: Gallery) {
        gallery.open_day().await;
        let person = gallery.person(1);
        let command =
            Command::StepOut { person, kind: AbsenceKind::Meal, until: None, approved: None };
        let id = Uuid::now_v7();
        let other = rotation::carry_out(
            &gallery.app,
            &gallery.consultants[0],
            gallery.site,
            id,
            command.clone(),
            None,
        )
        .await;
        assert!(matches!(other, Err(AppError::NotPermitted(Permission::AttendForOthers))));
        gallery.done(&gallery.desk, command).await;
        let settle = rotation::carry_out(
            &gallery.app,
            &gallery.manager,
            gallery.site,
            Uuid::now_v7(),
            Command::Settle,
            None,
        )
        .await;
        assert!(matches!(settle, Err(AppError::NotPermitted(_))));
    }

    async fn the_board_shows_who_does_what(gallery: Gallery) {
        gallery.open_day().await;
        let (visit, by) = gallery.arrive(Arrival::default()).await;
        let person = gallery.person(3);
        gallery
            .done(
                &gallery.desk,
                Command::StepOut { person, kind: AbsenceKind::Meal, until: None, approved: None },
            )
            .await;
        let board = rotation::board(&gallery.app, &gallery.desk, gallery.site).await.unwrap();
        let ring = &board.rings[0];
        assert_eq!(ring.on_turn, Some(gallery.person(1)));
        let doing = |person| {
            &ring.places.iter().find(|place| place.state.person == person).unwrap().state.doing
        };
        assert!(matches!(doing(by), Doing::Receiving { visit: of, .. } if *of == visit));
        assert!(matches!(doing(gallery.person(1)), Doing::OnTurn));
        assert!(matches!(doing(gallery.person(2)), Doing::Waiting { ahead: 1 }));
        assert!(matches!(doing(person), Doing::Away { kind: AbsenceKind::Meal, .. }));
        assert_eq!(ring.places.iter().map(|place| place.today.taken).sum::<i64>(), 1);
        assert_eq!(board.names[&by], "甲");
        let mine = rotation::person(&gallery.app, &gallery.consultants[0], gallery.site, by)
            .await
            .unwrap();
        assert_eq!(mine.visits.len(), 1);
        assert!(matches!(mine.visits[0].phase, Phase::Received));
        assert_eq!(mine.turns[0].kind, "taken");
        let fairness = rotation::fairness(
            &gallery.app,
            &gallery.desk,
            gallery.site,
            crate::harness::day(),
            crate::harness::day(),
        )
        .await
        .unwrap();
        assert_eq!(fairness.rows.len(), 1);
        assert!(fairness.rows[0].by_clause.contains_key("1"), "{:?}", fairness.rows[0].by_clause);
    }

    async fn a_preview_decides_the_same_and_records_nothing(gallery: Gallery) {
        gallery.open_day().await;
        let before =
            rotation::board(&gallery.app, &gallery.desk, gallery.site).await.unwrap().version;
        let decision =
            rotation::preview(&gallery.app, &gallery.desk, gallery.site, Arrival::default())
                .await
                .unwrap();
        let Outcome::Receives { by, .. } = decision.outcome else {
            panic!("{:?}", decision.outcome)
        };
        let after =
            rotation::board(&gallery.app, &gallery.desk, gallery.site).await.unwrap().version;
        assert_eq!(before, after);
        assert_eq!(gallery.arrive(Arrival::default()).await.1, by);
    }

    async fn the_past_is_written_down_by_a_supervisor_with_its_time(gallery: Gallery) {
        gallery.open_day().await;
        gallery.hand.set(at(60));
        gallery.arrive(Arrival::default()).await;
        let give = |caller, command, happened_at| {
            rotation::carry_out(
                &gallery.app,
                caller,
                gallery.site,
                Uuid::now_v7(),
                command,
                Some(happened_at),
            )
        };
        let visit = VisitId(Uuid::now_v7());
        let late =
            give(&gallery.desk, Command::Arrive { visit, arrival: Arrival::default() }, at(20))
                .await;
        assert!(matches!(late, Err(AppError::Invalid { field: "happened_at", .. })));
        let future =
            give(&gallery.desk, Command::Arrive { visit, arrival: Arrival::default() }, at(90))
                .await;
        assert!(matches!(future, Err(AppError::Invalid { field: "happened_at", .. })));
        let past = Command::RecordPast {
            visit,
            arrival: Arrival::default(),
            receiver: gallery.person(1),
            ended: true,
            until: None,
        };
        let by_desk = give(&gallery.desk, past.clone(), at(20)).await;
        assert!(matches!(by_desk, Err(AppError::NotPermitted(Permission::RecordPast))));
        let recorded = give(&gallery.supervisor, past, at(20)).await.unwrap();
        assert_eq!((recorded.happened_at, recorded.recorded_at), (at(20), at(60)));
        assert!(matches!(recorded.outcome, Outcome::Recorded { .. }), "{:?}", recorded.outcome);
        let replayed =
            rotation::replay(&gallery.app, &gallery.administrator, gallery.site).await.unwrap();
        assert!(replayed.same);
    }

    async fn the_reason_that_was_typed_is_shown_and_not_in_the_journal(gallery: Gallery) {
        gallery.open_day().await;
        let (visit, _) = gallery.arrive(Arrival::default()).await;
        let command = Command::Override { visit, receiver: gallery.person(3), reason: None };
        let carried = rotation::carry_out_because(
            &gallery.app,
            &gallery.supervisor,
            gallery.site,
            Uuid::now_v7(),
            command,
            "客户指定",
        )
        .await
        .unwrap();
        let why = rotation::why(&gallery.app, &gallery.desk, carried.entry).await.unwrap();
        assert_eq!(why.reason.as_deref(), Some("客户指定"));
    }
}
