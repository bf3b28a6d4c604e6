//! Rulebooks of a site.

use app::{AppError, rulebooks};
use chrono::TimeDelta;

use crate::harness::{RULEBOOK, on_both};

on_both! {
    async fn what_is_undecided_cannot_be_activated(gallery: Gallery) {
        let text = RULEBOOK.replace("carry_over = \"reset\"", "carry_over = \"unset\"");
        let draft =
            rulebooks::submit(&gallery.app, &gallery.supervisor, gallery.site, "test", &text)
                .await
                .unwrap();
        assert_eq!((draft.number, draft.effective_at), (2, None));
        let by_supervisor =
            rulebooks::activate(&gallery.app, &gallery.supervisor, draft.id, None).await;
        assert!(matches!(by_supervisor, Err(AppError::NotPermitted(_))));
        let undecided = rulebooks::activate(&gallery.app, &gallery.manager, draft.id, None).await;
        let Err(AppError::Invalid { message, .. }) = undecided else { panic!("{undecided:?}") };
        assert!(message.contains("rotation.order.carry_over"), "{message}");
    }

    async fn what_cannot_be_read_is_not_taken(gallery: Gallery) {
        for text in ["nonsense", "[rotation.order]\nsauce = \"sign_in\"\n"] {
            let refused =
                rulebooks::submit(&gallery.app, &gallery.manager, gallery.site, "test", text).await;
            assert!(matches!(refused, Err(AppError::Invalid { field: "text", .. })), "{text}");
        }
    }

    async fn a_version_rules_from_its_time_on(gallery: Gallery) {
        let now = gallery.app.clock.now();
        let text = RULEBOOK.replace("carry_over = \"reset\"", "carry_over = \"pointer\"");
        let draft = rulebooks::submit(&gallery.app, &gallery.manager, gallery.site, "test", &text)
            .await
            .unwrap();
        let from = now + TimeDelta::days(1);
        let version = rulebooks::activate(&gallery.app, &gallery.manager, draft.id, Some(from))
            .await
            .unwrap();
        assert!(!version.active);
        let active = |at| rulebooks::active(&gallery.app, &gallery.manager, gallery.site, at);
        assert_eq!(active(from - TimeDelta::microseconds(1)).await.unwrap().unwrap().number, 1);
        assert_eq!(active(from).await.unwrap().unwrap().number, 2);
        let versions =
            rulebooks::versions(&gallery.app, &gallery.manager, gallery.site).await.unwrap();
        let difference =
            rulebooks::difference(&gallery.app, &gallery.manager, versions[1].id, versions[0].id)
                .await
                .unwrap();
        assert_eq!(difference.settings.len(), 1);
        assert_eq!(difference.settings[0].setting, "rotation.order.carry_over");
        let past = rulebooks::activate(
            &gallery.app,
            &gallery.manager,
            draft.id,
            Some(now - TimeDelta::days(1)),
        )
        .await;
        assert!(matches!(past, Err(AppError::Invalid { field: "effective_at", .. })));
    }
}
