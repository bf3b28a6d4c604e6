//! The live floor: what a supervisor does, for whom, and what comes of it.

use app::{CommandId, rotation::Doing};
use axum::http::StatusCode;
use domain::rotation::state::MakeUpState;

use super::gallery::{Browser, Gallery, at};

/// What `person` is doing, by the board.
async fn doing(gallery: &Gallery, who: usize) -> Doing {
    let person = gallery.consultants[who].person();
    let board = gallery.board().await;
    let mut places = board.rings.iter().flat_map(|ring| &ring.places).map(|place| &place.state);
    let found = places.find(|state| state.person == person);
    let others = || board.others.iter().find(|state| state.person == person);
    found.or_else(others).unwrap().doing.clone()
}

/// Sends a form of the floor and answers the page that it leads to.
async fn act(gallery: &Gallery, who: &Browser, path: &str, form: &str) -> String {
    let form = format!("command={}&{form}", CommandId::now_v7());
    let (status, to, body) = gallery.send(who, path, &form).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{path}: {body}");
    let (status, page) = gallery.get(who, &to).await;
    assert_eq!(status, StatusCode::OK, "{path} leads to {to}");
    page
}

async fn done(gallery: &Gallery, path: &str, form: &str) {
    let page = act(gallery, &gallery.supervisor, path, form).await;
    assert!(!page.contains("banner-bad"), "{path}: {page}");
}

fn of(gallery: &Gallery, who: usize, act: &str) -> String {
    format!("/floor/people/{}/{act}", gallery.consultants[who].person())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_supervisor_signs_somebody_out_and_in_again() {
    let gallery = Gallery::open().await;
    done(&gallery, &of(&gallery, 0, "sign-out"), "").await;
    assert!(matches!(doing(&gallery, 0).await, Doing::NotSignedIn));
    let (_, sheet) =
        gallery.get(&gallery.supervisor, of(&gallery, 0, "").trim_end_matches('/')).await;
    assert!(sheet.contains("sign-in"), "{sheet}");
    done(&gallery, &of(&gallery, 0, "sign-in"), "").await;
    assert!(!matches!(doing(&gallery, 0).await, Doing::NotSignedIn));
    gallery.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_away_is_signed_out_all_the_same() {
    let gallery = Gallery::open().await;
    gallery.send(&gallery.consultants[0], "/me/out", "kind=meal").await;
    done(&gallery, &of(&gallery, 0, "sign-out"), "ring=walk_in").await;
    assert!(matches!(doing(&gallery, 0).await, Doing::NotSignedIn));
    let (_, page) = gallery.get(&gallery.supervisor, "/floor").await;
    assert!(page.contains("state-off"), "{page}");
    gallery.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_out_that_is_refused_says_why() {
    let gallery = Gallery::open().await;
    gallery.received(0, "first_visit=yes").await;
    let page = act(&gallery, &gallery.supervisor, &of(&gallery, 0, "sign-out"), "").await;
    assert!(page.contains("banner-bad") && page.contains("仍在接待客户"), "{page}");
    assert!(!page.contains("{$"), "{page}");
    gallery.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_out_is_brought_back_by_the_supervisor() {
    let gallery = Gallery::open().await;
    gallery.send(&gallery.consultants[0], "/me/out", "kind=meal").await;
    assert!(matches!(doing(&gallery, 0).await, Doing::Away { .. }));
    done(&gallery, &of(&gallery, 0, "return"), "").await;
    assert!(matches!(doing(&gallery, 0).await, Doing::OnTurn));
    gallery.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_outing_is_approved_or_refused() {
    for (answer, approved) in [("approve", true), ("refuse", false)] {
        let gallery = Gallery::open().await;
        let first = &gallery.consultants[0];
        gallery.send(first, "/me/out", "kind=business&minutes=30").await;
        let path = format!("/floor/outings/{}/{answer}", first.person());
        let (_, page) = gallery.get(&gallery.supervisor, "/floor").await;
        assert!(page.contains(&path), "{page}");
        done(&gallery, &path, "").await;
        let now = doing(&gallery, 0).await;
        assert!(
            matches!(now, Doing::Away { approved: Some(said), .. } if said == approved),
            "{now:?}"
        );
        gallery.remove().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn make_up_turns_are_granted_verified_and_taken() {
    let gallery = Gallery::open_by("strict").await;
    let form = "ring=walk_in&kind=priority&reason=missed+one";
    done(&gallery, &of(&gallery, 1, "make-up"), form).await;
    let granted = gallery.board().await.rings[0].make_ups[0].id;
    done(&gallery, &format!("/floor/make-ups/{granted}/take"), "").await;
    assert!(gallery.board().await.rings[0].make_ups.is_empty());
    let visit = gallery.received(0, "first_visit=yes").await.visit;
    gallery.step(&gallery.consultants[0], visit, "non-buyer", "carries_on=yes").await;
    let owed = gallery.board().await.rings[0].make_ups[0].clone();
    assert_eq!(owed.state, MakeUpState::AwaitsVerification);
    let path = format!("/floor/make-ups/{}/verify", owed.id);
    let (_, page) = gallery.get(&gallery.manager, "/floor").await;
    assert!(page.contains(&path), "{page}");
    // The rulebook names the manager, and nobody else.
    let page = act(&gallery, &gallery.supervisor, &path, "").await;
    assert!(page.contains("banner-bad"), "{page}");
    let page = act(&gallery, &gallery.manager, &path, "").await;
    assert!(!page.contains("banner-bad"), "{page}");
    assert_ne!(gallery.board().await.rings[0].make_ups[0].state, MakeUpState::AwaitsVerification);
    gallery.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_turn_that_was_lost_is_restored() {
    let gallery = Gallery::open().await;
    gallery.send_part(&gallery.consultants[0], "/me/give-up", "ring=walk_in").await;
    assert_eq!(gallery.on_turn().await, Some(1));
    let (_, sheet) =
        gallery.get(&gallery.supervisor, of(&gallery, 0, "").trim_end_matches('/')).await;
    assert!(sheet.contains("/restore"), "{sheet}");
    done(&gallery, &of(&gallery, 0, "restore"), "ring=walk_in").await;
    assert_eq!(gallery.on_turn().await, Some(0));
    gallery.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn suspended_moved_assigned_and_back() {
    let gallery = Gallery::open().await;
    done(&gallery, &of(&gallery, 0, "suspend"), "days=2&reason=cold").await;
    assert!(matches!(doing(&gallery, 0).await, Doing::Suspended { .. }));
    done(&gallery, &of(&gallery, 0, "lift"), "reason=mistaken").await;
    assert_eq!(gallery.on_turn().await, Some(0));
    done(&gallery, &of(&gallery, 2, "move"), "ring=walk_in&position=1").await;
    assert_eq!(gallery.on_turn().await, Some(2));
    done(&gallery, &of(&gallery, 2, "assign"), "assignment=other-work").await;
    assert!(matches!(doing(&gallery, 2).await, Doing::Unfit { .. }));
    assert_eq!(gallery.on_turn().await, Some(0));
    done(&gallery, &of(&gallery, 2, "assign"), "assignment=").await;
    assert_eq!(gallery.on_turn().await, Some(2));
    gallery.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_breach_brings_one_turn_in_two_rounds() {
    let gallery = Gallery::open_by("strict").await;
    done(&gallery, &of(&gallery, 0, "breach"), "kind=pick").await;
    let (_, board) = gallery.get(&gallery.desk, "/board").await;
    assert!(board.contains("jia"), "{board}");
    assert_eq!(gallery.on_turn().await, Some(0), "the first round is theirs");
    gallery.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_manager_permits_a_second_new_client() {
    let gallery = Gallery::open().await;
    let path = of(&gallery, 0, "second");
    let page = act(&gallery, &gallery.supervisor, &path, "").await;
    assert!(page.contains("banner-bad"), "{page}");
    let page = act(&gallery, &gallery.manager, &path, "").await;
    assert!(!page.contains("banner-bad"), "{page}");
    let board = gallery.board().await;
    assert!(board.rings[0].places[0].state.second_permitted);
    gallery.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_late_entry_proposes_a_make_up_that_is_dropped_or_granted() {
    for (answer, owed) in [("drop", 0), ("grant", 1)] {
        let gallery = Gallery::open().await;
        gallery.hand.set(at(60));
        // 丙 received at half past ten, when it was 甲's turn.
        let form = format!(
            "command={}&happened_at=2026-06-01T10:30&receiver={}&situation=new",
            CommandId::now_v7(),
            gallery.consultants[2].person()
        );
        let (status, to, body) = gallery.send(&gallery.supervisor, "/floor/late", &form).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{body}");
        let (_, page) = gallery.get(&gallery.supervisor, &to).await;
        let path = page.split("/floor/proposals/").nth(1).expect("a proposal is shown");
        let entry = path.split('/').next().unwrap();
        done(&gallery, &format!("/floor/proposals/{entry}/{answer}"), "").await;
        let (_, page) = gallery.get(&gallery.supervisor, "/floor").await;
        assert!(!page.contains("/floor/proposals/"), "{page}");
        assert_eq!(gallery.board().await.rings[0].make_ups.len(), owed);
        gallery.remove().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_day_is_closed_with_what_is_open_and_not_opened_twice() {
    let gallery = Gallery::open().await;
    gallery.received(0, "first_visit=yes").await;
    let page = act(&gallery, &gallery.supervisor, "/floor/close", "end_open=no").await;
    assert!(page.contains("banner-bad") && page.contains("还有未结束的接待"), "{page}");
    done(&gallery, "/floor/close", "end_open=yes").await;
    assert!(gallery.board().await.day.is_none());
    let page = act(&gallery, &gallery.supervisor, "/floor/open", "").await;
    assert!(page.contains("banner-bad") && page.contains("今日已收盘"), "{page}");
    gallery.remove().await;
}
