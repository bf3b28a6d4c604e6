//! What is done with a visit: every step, by the one who does it.

use app::{CommandId, VisitId, rotation::Command};
use axum::http::StatusCode;
use domain::rotation::{
    rules::{BusyKind, Situation},
    state::Phase,
};

use super::gallery::Gallery;

const WANG: &str = "name=Wang&telephone=13812345678";

/// Wang is 甲's client.
async fn owned() -> Gallery {
    let gallery = Gallery::open().await;
    gallery.own_client(0, "Wang", "13812345678").await;
    gallery
}

/// Wang is 甲's client, and 甲 is on the hotline: the desk has to ask 甲.
async fn asked() -> (Gallery, VisitId) {
    let gallery = owned().await;
    let person = gallery.consultants[0].person();
    gallery.carry_out(Command::BecomeBusy { person, kind: BusyKind::Hotline }).await;
    let visit = gallery.let_in(WANG).await;
    assert_eq!(visit.phase, Phase::Asking(person));
    (gallery, visit.visit)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_owner_is_asked_on_their_telephone_and_on_the_board() {
    let (gallery, visit) = asked().await;
    let (_, page) = gallery.get(&gallery.consultants[0], "/me").await;
    assert!(page.contains(&format!("/visits/{visit}/answer-owner")), "{page}");
    let (_, board) = gallery.get(&gallery.consultants[1], "/board").await;
    assert!(board.contains("正在询问归属人"), "{board}");
    gallery.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_owner_receives_both() {
    let (gallery, visit) = asked().await;
    gallery.step(&gallery.consultants[0], visit, "answer-owner", "answer=both").await;
    assert_eq!(gallery.receiver(visit).await, Some(0));
    gallery.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_owner_names_a_colleague() {
    let (gallery, visit) = asked().await;
    let colleague = format!("answer=names&whose={}", gallery.consultants[1].person());
    gallery.step(&gallery.consultants[0], visit, "answer-owner", &colleague).await;
    assert_eq!(gallery.receiver(visit).await, Some(1));
    gallery.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_names_nobody_by_mistake_is_told_so() {
    let (gallery, visit) = asked().await;
    let path = format!("/visits/{visit}/answer-owner");
    let (_, _, body) =
        gallery.send_part(&gallery.consultants[0], &path, "answer=names&whose=").await;
    assert!(body.contains("notice-bad"), "{body}");
    assert!(matches!(gallery.now(visit).await.phase, Phase::Asking(_)));
    gallery.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_owner_names_nobody_or_cannot_be_reached_so_the_last_in_the_order_receives() {
    for answer in ["answer=nobody", "answer=unreachable"] {
        let (gallery, visit) = asked().await;
        gallery.step(&gallery.desk, visit, "answer-owner", answer).await;
        assert_eq!(gallery.receiver(visit).await, Some(2), "{answer}");
        gallery.remove().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_declines_loses_the_turn_to_the_next() {
    let gallery = Gallery::open().await;
    let visit = gallery.let_in("first_visit=yes").await;
    let (_, board) = gallery.get(&gallery.desk, "/board").await;
    assert!(board.contains("正在呼叫 · jia"), "a visitor who is offered is being asked: {board}");
    gallery.step(&gallery.consultants[0], visit.visit, "decline", "").await;
    assert_eq!(gallery.receiver(visit.visit).await, Some(1));
    let (_, board) = gallery.get(&gallery.desk, "/board").await;
    assert!(board.contains("由yi接待"), "{board}");
    gallery.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visitor_who_leaves_unreceived_is_over_and_the_register_says_so() {
    let gallery = Gallery::open().await;
    let visit = gallery.let_in("first_visit=yes").await;
    gallery.step(&gallery.desk, visit.visit, "leave", "").await;
    assert!(gallery.open_visits().await.is_empty());
    let (_, register) = gallery.get(&gallery.desk, "/visits").await;
    assert!(register.contains("已离开"), "{register}");
    gallery.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn help_comes_by_the_order_or_by_name() {
    let gallery = Gallery::open().await;
    let visit = gallery.received(0, "first_visit=yes").await.visit;
    let first = &gallery.consultants[0];
    gallery.step(first, visit, "call-help", "whose=").await;
    assert_eq!(gallery.now(visit).await.helpers, [gallery.consultants[1].person()]);
    let third = format!("whose={}", gallery.consultants[2].person());
    gallery.step(first, visit, "call-help", &third).await;
    assert_eq!(gallery.now(visit).await.helpers.len(), 2);
    let (_, page) = gallery.get(&gallery.desk, "/arrival").await;
    assert!(page.contains("yi") && page.contains("bing"), "{page}");
    gallery.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_is_handed_back_to_the_owner_who_has_come() {
    let gallery = owned().await;
    let (status, ..) = gallery.send(&gallery.consultants[0], "/me/sign-out", "").await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let again = gallery.let_in(WANG).await.visit;
    gallery.step(&gallery.desk, again, "answer-owner", "answer=unreachable").await;
    assert_eq!(gallery.receiver(again).await, Some(1));
    if gallery.now(again).await.phase != Phase::Received {
        gallery.step(&gallery.consultants[1], again, "accept", "").await;
    }
    gallery.send(&gallery.consultants[0], "/me/sign-in", "").await;
    let (_, page) = gallery.get(&gallery.consultants[1], "/me").await;
    assert!(page.contains(&format!("/visits/{again}/hand-back")), "{page}");
    gallery.step(&gallery.consultants[1], again, "hand-back", "").await;
    assert_eq!(gallery.receiver(again).await, Some(0));
    gallery.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_colleagues_client_goes_to_the_colleague_and_the_finder_has_a_make_up() {
    let gallery = Gallery::open().await;
    let visit = gallery.received(0, "first_visit=yes").await.visit;
    let whose = format!("whose={}", gallery.consultants[1].person());
    gallery.step(&gallery.consultants[0], visit, "colleagues-client", &whose).await;
    assert_eq!(gallery.receiver(visit).await, Some(1));
    let board = gallery.board().await;
    let owed = &board.rings[0].make_ups;
    assert_eq!(owed.len(), 1);
    assert_eq!(owed[0].person, gallery.consultants[0].person());
    // The board leads from the make-up turn to the decision that gave it.
    let decision = owed[0].decision.unwrap().to_string();
    let (_, page) = gallery.get(&gallery.desk, "/board").await;
    assert!(page.contains(&format!("class=\"mark\" href=\"/decisions/{decision}\"")), "{page}");
    let (status, page) = gallery.get(&gallery.desk, &format!("/decisions/{decision}")).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("发现"), "{page}");
    gallery.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_no_buyer_is_handed_over_or_kept_for_a_make_up() {
    for (carries_on, receiver, owed) in [("no", Some(2), 0), ("yes", Some(0), 1)] {
        let gallery = Gallery::open().await;
        let visit = gallery.received(0, "first_visit=yes").await.visit;
        let form = format!("carries_on={carries_on}");
        gallery.step(&gallery.consultants[0], visit, "non-buyer", &form).await;
        assert_eq!(gallery.receiver(visit).await, receiver, "{carries_on}");
        assert_eq!(gallery.board().await.rings[0].make_ups.len(), owed, "{carries_on}");
        gallery.remove().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_desk_corrects_what_the_visit_is() {
    let gallery = Gallery::open().await;
    let visit = gallery.let_in("first_visit=yes").await.visit;
    gallery.step(&gallery.desk, visit, "correct", "situation=enquiry").await;
    assert_eq!(gallery.now(visit).await.situation, Some(Situation::Enquiry));
    let places = gallery.board().await.rings.remove(0).places;
    assert!(places.iter().all(|place| place.done.is_none()), "an enquiry uses no turn");
    gallery.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_preview_of_an_override_says_what_then_comes_of_it() {
    let gallery = Gallery::open().await;
    let form = format!(
        "command={}&people_count=1&first_visit=yes&override_to={}&override_reason=asked",
        CommandId::now_v7(),
        gallery.consultants[2].person()
    );
    let (_, _, preview) = gallery.send(&gallery.supervisor, "/arrival/preview", &form).await;
    let (status, path, body) = gallery.send(&gallery.supervisor, "/arrival", &form).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{body}");
    let (_, page) = gallery.get(&gallery.supervisor, &path).await;
    let visit = gallery.visit().await;
    assert_eq!(visit.receiver, Some(gallery.consultants[2].person()));
    let decided = gallery.board().await.decisions.remove(0);
    assert!(!decided.clauses.is_empty(), "the authority is a clause");
    for clause in &decided.clauses {
        let mark = format!("第 {} 条", clause.0);
        assert!(preview.contains(&mark) && page.contains(&mark), "{mark}: {preview}");
    }
    assert!(!preview.contains("无条款依据") && !preview.contains("mark-bad"), "{preview}");
    gallery.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_supervisor_has_somebody_else_receive_with_a_reason() {
    let gallery = Gallery::open().await;
    let visit = gallery.let_in("first_visit=yes").await.visit;
    let whose = format!("whose={}", gallery.consultants[1].person());
    let path = format!("/visits/{visit}/override");
    let (_, _, body) = gallery.send_part(&gallery.supervisor, &path, &whose).await;
    assert!(body.contains("notice-bad"), "no reason was given: {body}");
    let with_reason = format!("{whose}&reason=asked+by+telephone");
    gallery.step(&gallery.supervisor, visit, "override", &with_reason).await;
    assert_eq!(gallery.receiver(visit).await, Some(1));
    let (_, page) = gallery.get(&gallery.supervisor, "/arrival").await;
    assert!(page.contains("asked by telephone"), "{page}");
    gallery.remove().await;
}
