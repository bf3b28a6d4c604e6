//! The visitor register as a file.

use app::{
    Caller,
    workbook::{REGISTER, read},
};
use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use http_body_util::BodyExt;
use tower::ServiceExt;

use super::gallery::{Browser, Gallery};

async fn file(gallery: &Gallery, who: &Browser, path: &str) -> (StatusCode, String, Vec<u8>) {
    let cookie = format!("lunpai_session={}", who.token);
    let request = Request::get(path).header(header::COOKIE, cookie).body(Body::empty()).unwrap();
    let response = gallery.router.clone().oneshot(request).await.unwrap();
    let name = response.headers().get(header::CONTENT_DISPOSITION);
    let name = name.map(|name| name.to_str().unwrap().to_owned()).unwrap_or_default();
    let status = response.status();
    (status, name, response.into_body().collect().await.unwrap().to_bytes().to_vec())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_manager_takes_the_register_out_and_the_journal_says_so() {
    let gallery = Gallery::open().await;
    gallery.received(0, "name=Wang&telephone=13812345678").await;
    gallery.let_in("first_visit=yes").await;
    let (_, page) = gallery.get(&gallery.manager, "/visits").await;
    assert!(page.contains("/visits/export?day=2026-06-01"), "{page}");
    for path in ["/visits/export?day=2026-06-01", "/visits/export?day=2026-06-01&format=csv"] {
        let (status, name, bytes) = file(&gallery, &gallery.manager, path).await;
        assert_eq!(status, StatusCode::OK);
        let ending = if path.ends_with("csv") { ".csv" } else { ".xlsx" };
        assert!(name.contains("visitors-2026-06-01") && name.contains(ending), "{name}");
        let sheets = read("register", &bytes).unwrap();
        let sheet = &sheets[0];
        let headings: Vec<&str> = REGISTER.columns.iter().map(|column| column.zh).collect();
        assert_eq!(sheet.headings, headings);
        assert_eq!(sheet.rows.len(), 2);
        let first = &sheet.rows[0].cells;
        assert_eq!((first[0].as_str(), first[1].as_str()), ("1", "2026-06-01 10:00"));
        assert_eq!(first[8], "jia");
        // What leaves the house is no more than what the screen shows.
        assert!(!first.concat().contains("13812345678"), "{first:?}");
    }
    let system = Caller::system(gallery.desk.caller.tenant);
    let taken = app::audit::verify(&gallery.app, &system).await.unwrap();
    assert!(taken.is_clean(), "{taken:?}");
    gallery.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_take_it_out_sees_no_button() {
    let gallery = Gallery::open().await;
    for who in [&gallery.desk, &gallery.consultants[0]] {
        let (_, page) = gallery.get(who, "/visits").await;
        assert!(!page.contains("/visits/export"), "{page}");
        let (status, ..) = file(&gallery, who, "/visits/export").await;
        assert_eq!(status, StatusCode::FORBIDDEN);
    }
    gallery.remove().await;
}
