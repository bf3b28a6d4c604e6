//! What a consultant tells the desk, and what the desk or the supervisor makes of it.

use app::rotation::Command;
use axum::http::StatusCode;
use domain::rotation::{rules::MakeUpKind, state::RingId};

use super::gallery::Gallery;

#[tokio::test(flavor = "multi_thread")]
async fn who_is_on_turn_gives_it_up() {
    let gallery = Gallery::open().await;
    let first = &gallery.consultants[0];
    let (_, page) = gallery.get(first, "/me").await;
    assert!(page.contains("/me/give-up"), "{page}");
    let (_, _, body) = gallery.send_part(first, "/me/give-up", "ring=walk_in").await;
    assert!(body.contains("notice-good"), "{body}");
    assert_eq!(gallery.on_turn().await, Some(1));
    let (_, page) = gallery.get(first, "/me").await;
    assert!(!page.contains("/me/give-up") && page.contains("jia放弃本轮"), "{page}");
    gallery.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_still_receiving_cannot_sign_out_and_is_told_why() {
    let gallery = Gallery::open().await;
    gallery.received(0, "first_visit=yes").await;
    let first = &gallery.consultants[0];
    let (_, _, body) = gallery.send_part(first, "/me/sign-out", "").await;
    assert!(body.contains("notice-bad") && body.contains("仍在接待客户"), "{body}");
    assert!(!body.contains("{$") && !body.contains("{ $"), "{body}");
    // The decision's own page has no open place either.
    let refused = gallery.board().await.decisions.remove(0);
    for part in ["", "/reasons"] {
        let path = format!("/decisions/{}{part}", refused.entry);
        let (status, page) = gallery.get(first, &path).await;
        assert_eq!(status, StatusCode::OK);
        assert!(page.contains("仍在接待客户") && !page.contains("{$"), "{page}");
    }
    gallery.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_delegate_receives_the_clients_of_whoever_is_away() {
    let gallery = Gallery::open_by("strict").await;
    let first = &gallery.consultants[0];
    let wang = "name=Wang&telephone=13812345678";
    gallery.own_client(0, "Wang", "13812345678").await;
    let third = gallery.consultants[2].person();
    let form = format!("delegate={third}");
    let (_, _, body) = gallery.send_part(first, "/me/delegate", &form).await;
    assert!(body.contains("notice-good"), "{body}");
    let (_, page) = gallery.get(first, "/me").await;
    assert!(page.contains(&format!("value=\"{third}\" selected")), "{page}");
    gallery.send_part(first, "/me/sign-out", "").await;
    let again = gallery.let_in(wang).await;
    assert_eq!(again.receiver, Some(third));
    gallery.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_their_own_delegate() {
    let gallery = Gallery::open().await;
    let first = &gallery.consultants[0];
    let form = format!("delegate={}", first.person());
    let (_, _, body) = gallery.send_part(first, "/me/delegate", &form).await;
    assert!(body.contains("notice-bad") && body.contains("不能委托自己"), "{body}");
    gallery.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_on_turn_checks_in_at_the_post() {
    let gallery = Gallery::open_by("strict").await;
    let first = &gallery.consultants[0];
    let (_, page) = gallery.get(first, "/me").await;
    assert!(page.contains("/me/check-in"), "{page}");
    let (_, _, body) = gallery.send_part(first, "/me/check-in", "").await;
    assert!(body.contains("notice-good"), "{body}");
    let (_, page) = gallery.get(first, "/me").await;
    assert!(!page.contains("/me/check-in"), "{page}");
    gallery.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_make_up_turn_opens_with_its_holders_notice() {
    let gallery = Gallery::open_by("strict").await;
    let third = &gallery.consultants[2];
    let (person, ring, kind) = (third.person(), RingId::default(), MakeUpKind::Ordinary);
    gallery.carry_out(Command::GrantMakeUp { person, ring, kind }).await;
    let (_, page) = gallery.get(third, "/me").await;
    assert!(page.contains("/me/notice"), "{page}");
    let (_, _, body) = gallery.send_part(third, "/me/notice", "").await;
    assert!(body.contains("notice-good"), "{body}");
    let (_, page) = gallery.get(third, "/me").await;
    assert!(!page.contains("/me/notice"), "{page}");
    assert_eq!(gallery.on_turn().await, Some(2), "the make-up turn comes at once");
    gallery.remove().await;
}
