//! Replays: asked for from a rulebook's page, watched, read and taken out.

use std::time::Duration;

use app::workbook::{REPLAY, read};
use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use chrono::TimeDelta;
use http_body_util::BodyExt;
use tower::ServiceExt;
use uuid::Uuid;

use super::gallery::Gallery;

/// Asks for a replay under `slug`, waits for it, and returns its address and page.
async fn replayed(gallery: &Gallery, slug: &str) -> (String, String) {
    gallery.hand.advance(TimeDelta::minutes(1));
    let command = Uuid::now_v7();
    let form = format!("version=1&command={command}&from=2026-06-01&to=");
    let path = format!("/rulebooks/{slug}/replay");
    let (status, to, body) = gallery.send(&gallery.supervisor, &path, &form).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{body}");
    // The same form sent twice asks once.
    assert_eq!(gallery.send(&gallery.supervisor, &path, &form).await.1, to);
    let (_, page) = gallery.get(&gallery.supervisor, &to).await;
    assert!(page.contains("every 2s"), "{page}");
    assert!(app::jobs::run_due(&gallery.app, "test").await.unwrap() >= 1);
    for _ in 0..200 {
        let (_, page) = gallery.get(&gallery.supervisor, &to).await;
        if !page.contains("every 2s") {
            return (to, page);
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the replay does not end");
}

#[tokio::test(flavor = "multi_thread")]
async fn under_its_own_rulebook_nothing_differs_and_the_page_says_so() {
    let gallery = Gallery::open().await;
    gallery.received(0, "name=Wang&telephone=13812345678").await;
    gallery.let_in("first_visit=yes").await;
    let (_, page) = gallery.get(&gallery.supervisor, "/rulebooks/demo?version=1").await;
    assert!(page.contains("/rulebooks/demo/replay?version=1"), "{page}");
    let (_, page) = replayed(&gallery, "demo").await;
    assert!(page.contains("没有任何不同"), "{page}");
    let (_, page) = gallery.get(&gallery.supervisor, "/rulebooks/demo/replay?version=1").await;
    assert!(page.contains("比较了 2 次来访，0 次不同"), "{page}");
    gallery.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn under_another_rulebook_both_sides_are_told_and_taken_out() {
    let gallery = Gallery::open().await;
    gallery.received(0, "name=Wang&telephone=13812345678").await;
    gallery.let_in("first_visit=yes").await;
    gallery.send(&gallery.manager, "/rulebooks/slots/copy", "version=0").await;
    let (path, page) = replayed(&gallery, "slots").await;
    assert!(page.contains("比较的来访</span> <b>2</b>"), "{page}");
    assert!(!page.contains("13812345678"), "{page}");
    let cookie = format!("lunpai_session={}", gallery.manager.token);
    let request = Request::get(format!("{path}/export")).header(header::COOKIE, cookie);
    let request = request.body(Body::empty()).unwrap();
    let response = gallery.router.clone().oneshot(request).await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    let sheets = read("replay", &bytes).unwrap();
    let headings: Vec<&str> = REPLAY.columns.iter().map(|column| column.zh).collect();
    assert_eq!(sheets[0].headings, headings);
    gallery.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn days_in_the_wrong_order_are_said_beside_the_field() {
    let gallery = Gallery::open().await;
    let form = format!("version=1&command={}&from=2026-06-02&to=2026-06-01", Uuid::now_v7());
    let (status, _, page) =
        gallery.send(&gallery.supervisor, "/rulebooks/demo/replay", &form).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("结束日期早于开始日期") && page.contains("id=\"to-problem\""), "{page}");
    let (status, _, _) =
        gallery.send(&gallery.consultants[0], "/rulebooks/demo/replay", &form).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    gallery.remove().await;
}
