//! The desk, the register and a consultant's page: what a browser sends, what comes of it.

use axum::http::StatusCode;
use domain::rotation::state::Phase;

use super::gallery::{Browser, Gallery, arrival, at};

#[tokio::test(flavor = "multi_thread")]
async fn pressing_twice_registers_and_deals_once() {
    let gallery = Gallery::open().await;
    let form = arrival("first_visit=yes&name=%E7%8E%8B%E5%B0%8F%E6%98%8E&telephone=13812345678");
    let (status, first, body) = gallery.send(&gallery.desk, "/arrival", &form).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{body}");
    let (_, second, _) = gallery.send(&gallery.desk, "/arrival", &form).await;
    assert_eq!(first, second);
    let visit = gallery.visit().await;
    assert_eq!(visit.receiver, Some(gallery.consultants[0].person()));
    assert_eq!((gallery.clients("5678").await, gallery.clients("wxm").await), (1, 1));
    let (status, page) = gallery.get(&gallery.desk, &first).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("jia") && page.contains("王**"));
    gallery.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_known_telephone_is_the_known_client() {
    let gallery = Gallery::open().await;
    for _ in 0..2 {
        let form = arrival("name=Wang&telephone=13812345678");
        gallery.send(&gallery.desk, "/arrival", &form).await;
    }
    assert_eq!(gallery.clients("5678").await, 1);
    gallery.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn accepted_finished_and_taken_back() {
    let gallery = Gallery::open().await;
    gallery.send(&gallery.desk, "/arrival", &arrival("first_visit=yes")).await;
    let (visit, first) = (gallery.visit().await, &gallery.consultants[0]);
    assert!(matches!(visit.phase, Phase::Offered { .. }));
    let path = |step: &str| format!("/visits/{}/{step}", visit.visit);
    // Another consultant may not answer for whoever is called.
    let other = &gallery.consultants[1];
    let (status, ..) = gallery.send(other, &path("accept"), "").await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    let (_, page) = gallery.get(first, "/me").await;
    assert!(page.contains(&path("accept")) && page.contains(&path("decline")));
    gallery.send(first, &path("accept"), "").await;
    assert_eq!(gallery.visit().await.phase, Phase::Received);
    gallery.hand.set(at(30));
    let (_, page) = gallery.get(first, "/me/live").await;
    assert!(page.contains(&path("finish")));
    gallery.send(first, &path("finish"), "").await;
    assert!(gallery.open_visits().await.is_empty());
    let (_, page) = gallery.get(first, "/me/live").await;
    assert!(page.contains(&path("undo")));
    gallery.send(first, &path("undo"), "").await;
    assert_eq!(gallery.visit().await.phase, Phase::Received);
    // A minute later it is too late.
    gallery.send(first, &path("finish"), "").await;
    gallery.hand.set(at(32));
    gallery.send(first, &path("undo"), "").await;
    assert!(gallery.open_visits().await.is_empty());
    let (status, register) = gallery.get(first, "/visits").await;
    assert_eq!(status, StatusCode::OK);
    assert!(register.contains("jia") && register.contains("#1"));
    gallery.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_from_elsewhere_is_refused() {
    let gallery = Gallery::open().await;
    let forged = Browser { csrf: "guessed".into(), ..gallery.desk.clone() };
    for path in ["/arrival", "/arrival/preview", "/me/return", "/visits/x/accept"] {
        let (status, ..) = gallery.send(&forged, path, &arrival("")).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{path}");
    }
    assert!(gallery.open_visits().await.is_empty());
    gallery.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_opens_the_day_and_nobody_is_dealt_before() {
    let gallery = Gallery::closed().await;
    gallery.hand.set(at(0));
    let (_, page) = gallery.get(&gallery.desk, "/arrival").await;
    assert!(page.contains("/arrival/open-day"));
    let (_, page) = gallery.get(&gallery.consultants[0], "/arrival").await;
    assert!(!page.contains("/arrival/open-day"));
    let form = arrival("name=Wang");
    let (status, _, body) = gallery.send(&gallery.desk, "/arrival", &form).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    // What was typed is kept, and the client is not registered once more.
    assert!(body.contains("value=\"Wang\""));
    let (status, ..) = gallery.send(&gallery.consultants[0], "/arrival/open-day", "").await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    gallery.send(&gallery.desk, "/arrival/open-day", "").await;
    let me = &gallery.consultants[0];
    let (_, page) = gallery.get(me, "/me").await;
    assert!(page.contains("/me/sign-in"));
    gallery.send(me, "/me/sign-in", "").await;
    let (_, page) = gallery.get(me, "/me").await;
    assert!(page.contains("/me/out") && page.contains("/me/sign-out"));
    gallery.send(me, "/me/out", "kind=meal").await;
    let (_, page) = gallery.get(me, "/me/live").await;
    assert!(page.contains("/me/return"));
    gallery.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_preview_says_who_and_an_unfit_telephone_is_shown() {
    let gallery = Gallery::open().await;
    let form = arrival("first_visit=yes");
    let (status, _, body) = gallery.send(&gallery.desk, "/arrival/preview", &form).await;
    assert_eq!(status, StatusCode::OK);
    assert!(body.contains("jia") && body.contains("data-decides"));
    assert!(gallery.open_visits().await.is_empty(), "a preview records nothing");
    let form = arrival("name=Wang&telephone=138");
    let (status, _, body) = gallery.send(&gallery.desk, "/arrival", &form).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(body.contains("telephone-problem"));
    gallery.remove().await;
}
