//! Taking back a mistap.

use app::{
    AppError, VisitId,
    clients::NewClient,
    rotation::{self, Command, Outcome, Undone},
};
use chrono::TimeDelta;
use domain::rotation::{
    rules::AbsenceKind,
    state::{Arrival, Phase},
};
use uuid::Uuid;

use crate::harness::on_both;

on_both! {
    async fn an_id_that_another_command_has_takes_nothing_back(gallery: Gallery) {
        gallery.open_day().await;
        let arrive =
            Command::Arrive { visit: VisitId(Uuid::now_v7()), arrival: Arrival::default() };
        let of_arrival = Uuid::now_v7();
        let (app, desk, site) = (&gallery.app, &gallery.desk, gallery.site);
        let carried =
            rotation::carry_out(app, desk, site, of_arrival, arrive, None).await.unwrap();
        let about_a_client = Uuid::now_v7();
        let new = NewClient { name: "王小明".into(), ..NewClient::default() };
        app::clients::register(app, desk, site, about_a_client, &new).await.unwrap();
        for id in [about_a_client, of_arrival] {
            let undone = rotation::undo(app, desk, carried.entry, id).await;
            assert!(matches!(undone, Err(AppError::Conflict { .. })), "{undone:?}");
        }
    }

    async fn within_a_minute_the_floor_is_what_it_was(gallery: Gallery) {
        gallery.open_day().await;
        let new = NewClient {
            name: "王小明".into(),
            telephones: vec!["13812345678".into()],
            ..NewClient::default()
        };
        let client =
            app::clients::register(&gallery.app, &gallery.desk, gallery.site, Uuid::now_v7(), &new)
                .await
                .unwrap();
        let before =
            rotation::replay(&gallery.app, &gallery.administrator, gallery.site).await.unwrap();
        let visit = VisitId(Uuid::now_v7());
        let arrival = Arrival { client: Some(client.id), ..Arrival::default() };
        let carried = gallery.done(&gallery.desk, Command::Arrive { visit, arrival }).await;
        let owned = app::clients::get(&gallery.app, &gallery.desk, client.id).await.unwrap();
        assert_eq!(owned.owner, Some(gallery.person(0)));
        gallery.hand.advance(TimeDelta::seconds(60));
        let id = Uuid::now_v7();
        let undone = rotation::undo(&gallery.app, &gallery.desk, carried.entry, id).await.unwrap();
        let again = rotation::undo(&gallery.app, &gallery.desk, carried.entry, id).await.unwrap();
        assert_eq!(undone, again);
        let after =
            rotation::replay(&gallery.app, &gallery.administrator, gallery.site).await.unwrap();
        assert!(after.same && after.differing.is_empty());
        assert_eq!(after.floor, before.floor);
        assert_eq!(
            app::clients::get(&gallery.app, &gallery.desk, client.id).await.unwrap().owner,
            None
        );
        let mine = rotation::person(
            &gallery.app,
            &gallery.consultants[0],
            gallery.site,
            gallery.person(0),
        )
        .await
        .unwrap();
        assert!(mine.turns.is_empty() && mine.visits.is_empty());
        assert_eq!(gallery.arrive(Arrival::default()).await.1, gallery.person(0));
        assert!(app::audit::verify(&gallery.app, &gallery.administrator).await.unwrap().is_clean());
    }

    async fn two_in_a_row_go_back_one_after_the_other(gallery: Gallery) {
        gallery.open_day().await;
        let before =
            rotation::replay(&gallery.app, &gallery.administrator, gallery.site).await.unwrap();
        let mut entries = Vec::new();
        for _ in 0..2 {
            let visit = VisitId(Uuid::now_v7());
            let arrival = Arrival::default();
            let carried = gallery.done(&gallery.desk, Command::Arrive { visit, arrival }).await;
            entries.push(carried.entry);
        }
        for entry in entries.iter().rev() {
            let id = Uuid::now_v7();
            let undone = rotation::undo(&gallery.app, &gallery.desk, *entry, id).await.unwrap();
            assert!(matches!(undone, Undone::Restored { .. }), "{undone:?}");
        }
        let after =
            rotation::replay(&gallery.app, &gallery.administrator, gallery.site).await.unwrap();
        assert!(after.same && after.differing.is_empty());
        assert_eq!(after.floor, before.floor);
        assert_eq!(gallery.arrive(Arrival::default()).await.1, gallery.person(0));
        assert!(app::audit::verify(&gallery.app, &gallery.administrator).await.unwrap().is_clean());
    }

    async fn after_a_minute_it_stands(gallery: Gallery) {
        gallery.open_day().await;
        let visit = VisitId(Uuid::now_v7());
        let carried = gallery
            .done(&gallery.desk, Command::Arrive { visit, arrival: Arrival::default() })
            .await;
        gallery.hand.advance(TimeDelta::milliseconds(60_001));
        let late = rotation::undo(&gallery.app, &gallery.desk, carried.entry, Uuid::now_v7()).await;
        assert!(matches!(late, Err(AppError::Conflict { .. })));
    }

    async fn somebody_else_may_not_but_a_supervisor_may(gallery: Gallery) {
        gallery.open_day().await;
        let visit = VisitId(Uuid::now_v7());
        let carried = gallery
            .done(&gallery.desk, Command::Arrive { visit, arrival: Arrival::default() })
            .await;
        let other =
            rotation::undo(&gallery.app, &gallery.consultants[1], carried.entry, Uuid::now_v7())
                .await;
        assert!(matches!(other, Err(AppError::NotPermitted(_))));
        rotation::undo(&gallery.app, &gallery.supervisor, carried.entry, Uuid::now_v7())
            .await
            .unwrap();
    }

    async fn a_refused_attempt_since_does_not_stand_in_the_way(gallery: Gallery) {
        gallery.open_day().await;
        let visit = VisitId(Uuid::now_v7());
        let carried = gallery
            .done(&gallery.desk, Command::Arrive { visit, arrival: Arrival::default() })
            .await;
        let person = gallery.person(1);
        assert!(gallery.give(&gallery.desk, Command::SignIn { person }).await.is_refused());
        let undone = rotation::undo(&gallery.app, &gallery.desk, carried.entry, Uuid::now_v7())
            .await
            .unwrap();
        assert!(matches!(undone, Undone::Restored { .. }));
        assert!(
            rotation::replay(&gallery.app, &gallery.administrator, gallery.site)
                .await
                .unwrap()
                .same
        );
    }

    async fn after_something_else_only_the_opposite_helps(gallery: Gallery) {
        gallery.open_day().await;
        let (visit, _) = gallery.arrive(Arrival::default()).await;
        let finished = gallery.done(&gallery.desk, Command::Finish { visit }).await;
        let (person, kind) = (gallery.person(3), AbsenceKind::Short);
        let out = gallery
            .done(&gallery.desk, Command::StepOut { person, kind, until: None, approved: None })
            .await;
        let arrived = gallery
            .done(
                &gallery.desk,
                Command::Arrive { visit: VisitId(Uuid::now_v7()), arrival: Arrival::default() },
            )
            .await;
        gallery
            .done(
                &gallery.desk,
                Command::Arrive { visit: VisitId(Uuid::now_v7()), arrival: Arrival::default() },
            )
            .await;
        let undone = rotation::undo(&gallery.app, &gallery.desk, finished.entry, Uuid::now_v7())
            .await
            .unwrap();
        assert!(
            matches!(&undone, Undone::Opposite { carried } if carried.outcome == Outcome::Done),
            "{undone:?}"
        );
        let undone =
            rotation::undo(&gallery.app, &gallery.desk, out.entry, Uuid::now_v7()).await.unwrap();
        assert!(matches!(undone, Undone::Opposite { .. }));
        let mine = rotation::person(
            &gallery.app,
            &gallery.consultants[0],
            gallery.site,
            gallery.person(0),
        )
        .await
        .unwrap();
        assert!(matches!(mine.visits[0].phase, Phase::Received));
        let refused =
            rotation::undo(&gallery.app, &gallery.desk, arrived.entry, Uuid::now_v7()).await;
        assert!(matches!(refused, Err(AppError::Conflict { .. })));
        assert!(
            rotation::replay(&gallery.app, &gallery.administrator, gallery.site)
                .await
                .unwrap()
                .same
        );
    }
}
