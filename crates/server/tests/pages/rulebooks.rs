//! Rulebooks: their scenarios, what is undecided, copying and activating.

use axum::http::StatusCode;

use super::gallery::Gallery;

#[tokio::test(flavor = "multi_thread")]
async fn the_scenarios_run_when_asked_and_tell_what_passed() {
    let gallery = Gallery::closed().await;
    let (_, page) = gallery.get(&gallery.manager, "/rulebooks/demo").await;
    assert!(page.contains("run=yes") && !page.contains("项通过"), "{page}");
    let (status, page) = gallery.get(&gallery.manager, "/rulebooks/demo?run=yes").await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("class=\"scenarios\""), "{page}");
    assert!(page.contains("mark-good") && !page.contains("scenario-reason"), "{page}");
    gallery.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_scenario_that_fails_says_at_which_step_and_why() {
    let gallery = Gallery::closed().await;
    // The demo's own scenarios under what it was made from, which leaves much open.
    let (_, page) = gallery.get(&gallery.manager, "/rulebooks/astray?run=yes").await;
    assert!(page.contains("scenario-reason") && page.contains("第 "), "{page}");
    gallery.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_says_what_is_undecided_and_what_may_be_written() {
    let gallery = Gallery::closed().await;
    let (status, to, body) =
        gallery.send(&gallery.manager, "/rulebooks/r-001-01/copy", "version=0").await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{body}");
    let (_, page) = gallery.get(&gallery.manager, &to).await;
    let undecided = page.split("class=\"unset-name\"").count() - 1;
    assert!(undecided > 5, "{undecided}");
    assert!(page.contains("<code>rotation.order.carry_over</code>"), "{page}");
    assert!(page.contains("<code>pointer</code> 接着前一日"), "{page}");
    assert!(page.contains("#unset"), "{page}");
    let version = to.split("version=").nth(1).unwrap();
    let (status, _, body) = gallery
        .send(&gallery.manager, "/rulebooks/r-001-01/activate", &format!("version={version}"))
        .await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
    gallery.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_of_a_whole_rulebook_is_activated_now() {
    let gallery = Gallery::closed().await;
    let (_, to, _) = gallery.send(&gallery.manager, "/rulebooks/strict/copy", "version=0").await;
    let version = to.split("version=").nth(1).unwrap();
    let form = format!("version={version}&activate_at=");
    let (status, to, body) =
        gallery.send(&gallery.manager, "/rulebooks/strict/activate", &form).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{body}");
    let (_, page) = gallery.get(&gallery.manager, &to).await;
    assert!(page.contains("mark-good\">现行"), "{page}");
    gallery.remove().await;
}
