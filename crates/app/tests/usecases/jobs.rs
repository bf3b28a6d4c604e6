//! What happens by the clock.

use app::{
    AppError, jobs,
    roles::Permission,
    rotation::{self, Command, Doing},
};
use chrono::TimeDelta;
use domain::rotation::state::Arrival;
use uuid::Uuid;

use crate::harness::{RULEBOOK, on_both};

on_both! {
    async fn a_call_that_nobody_answers_goes_to_the_next(gallery: Gallery) {
        gallery
            .rule_by(&RULEBOOK.replace("accept_seconds = \"none\"", "accept_seconds = 30"))
            .await;
        gallery.open_day().await;
        let (visit, first) = gallery.arrive(Arrival::default()).await;
        assert_eq!(first, gallery.person(0));
        let called = || async {
            let view = rotation::board(&gallery.app, &gallery.desk, gallery.site).await.unwrap();
            let place =
                view.rings[0].places.iter().find(|p| matches!(p.state.doing, Doing::Called { .. }));
            place.unwrap().state.person
        };
        gallery.hand.advance(TimeDelta::milliseconds(29_999));
        assert_eq!(jobs::run_due(&gallery.app, "test").await.unwrap(), 0);
        assert_eq!(called().await, first);
        gallery.hand.advance(TimeDelta::milliseconds(1));
        assert_eq!(jobs::run_due(&gallery.app, "test").await.unwrap(), 1);
        assert_eq!(called().await, gallery.person(1));
        gallery.done(&gallery.consultants[1], Command::Accept { visit }).await;
        assert!(
            rotation::replay(&gallery.app, &gallery.administrator, gallery.site)
                .await
                .unwrap()
                .same
        );
    }

    async fn a_command_that_comes_late_finds_the_floor_settled(gallery: Gallery) {
        gallery
            .rule_by(&RULEBOOK.replace("accept_seconds = \"none\"", "accept_seconds = 30"))
            .await;
        gallery.open_day().await;
        let (visit, _) = gallery.arrive(Arrival::default()).await;
        gallery.hand.advance(TimeDelta::seconds(31));
        let accept = |caller| {
            rotation::carry_out(
                &gallery.app,
                caller,
                gallery.site,
                Uuid::now_v7(),
                Command::Accept { visit },
                None,
            )
        };
        // Too late: by now the second is called, and nobody answers for somebody else.
        let late = accept(&gallery.consultants[0]).await;
        assert!(
            matches!(late, Err(AppError::NotPermitted(Permission::AttendForOthers))),
            "{late:?}"
        );
        accept(&gallery.consultants[1]).await.unwrap().accepted().unwrap();
    }
}
