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
    let version = to.split("version=").nth(1).unwrap();
    let path = format!("/rulebooks/r-001-01/activation?version={version}");
    let (_, page) = gallery.get(&gallery.manager, &path).await;
    assert!(page.contains("多数案场写") && page.contains("暂时不能启用"), "{page}");
    let (status, _, body) = gallery
        .send(&gallery.manager, "/rulebooks/r-001-01/activate", &format!("version={version}"))
        .await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
    gallery.remove().await;
}

/// A draft of the strict preset that the supervisor made: the version's number.
async fn draft(gallery: &Gallery) -> String {
    let (_, to, body) =
        gallery.send(&gallery.supervisor, "/rulebooks/strict/copy", "version=0").await;
    to.split("version=").nth(1).unwrap_or_else(|| panic!("{body}")).to_owned()
}

/// The name and the value of a form, escaped.
fn form(pairs: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

const SOURCE: &str = "rotation.order.source";

#[tokio::test(flavor = "multi_thread")]
async fn a_setting_is_changed_in_a_form_and_a_wrong_one_is_told_in_place() {
    let gallery = Gallery::closed().await;
    let version = draft(&gallery).await;
    let path = format!("/rulebooks/strict/settings?version={version}&table=rotation.order");
    let (status, page) = gallery.get(&gallery.supervisor, &path).await;
    assert_eq!(status, StatusCode::OK, "{page}");
    assert!(page.contains("name=\"value.rotation.order.source\""), "{page}");
    let mut fields = vec![
        ("version", version.as_str()),
        ("revision", "1"),
        ("table", "rotation.order"),
        ("was.rotation.order.source", "x"),
        ("value.rotation.order.source", "sometimes"),
    ];
    let save = "/rulebooks/strict/settings";
    let (status, _, page) = gallery.send(&gallery.supervisor, save, &form(&fields)).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("“sometimes”不可用"), "{page}");
    fields[4].1 = "sign_in";
    let (status, to, page) = gallery.send(&gallery.supervisor, save, &form(&fields)).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
    assert!(to.contains("table=rotation.order"), "{to}");
    let (_, page) = gallery
        .get(&gallery.supervisor, &format!("/rulebooks/strict/text?version={version}"))
        .await;
    assert!(page.contains("source = &#34;sign_in&#34;"), "{page}");
    let (status, _, page) = gallery.send(&gallery.manager, save, &form(&fields)).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(page.contains("zhuguan") && page.contains("没有丢失"), "{page}");
    gallery.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_typed_is_checked_in_the_language_of_the_page() {
    let gallery = Gallery::closed().await;
    let typed = form(&[("value.attribution.validity.days", "三十")]);
    let address = "/rulebooks/check-setting?path=attribution.validity.days";
    let (_, _, page) = gallery.send(&gallery.manager, address, &typed).await;
    assert!(page.contains("0 到 1000000 之间的整数"), "{page}");
    let typed = form(&[("value.attribution.validity.days", "30")]);
    let (_, _, page) = gallery.send(&gallery.manager, address, &typed).await;
    assert!(!page.contains("problem"), "{page}");
    let text = form(&[("text", "[about]\ntitle = \n")]);
    let (_, _, page) = gallery.send(&gallery.manager, "/rulebooks/strict/check", &text).await;
    assert!(page.contains("data-line=\"2\"") && page.contains("不是有效的 TOML"), "{page}");
    gallery.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn scenarios_are_written_run_kept_and_taken_away() {
    let gallery = Gallery::closed().await;
    let version = draft(&gallery).await;
    let text = "# language: zh-CN\n功能: 例\n  @1\n  场景: 无此句\n    那么 天要下雨\n";
    let fields =
        [("version", version.as_str()), ("revision", "1"), ("file", "own"), ("text", text)];
    let run = "/rulebooks/strict/scenarios/run";
    let (status, _, page) = gallery.send(&gallery.supervisor, run, &form(&fields)).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("data-line=\"5\"") && page.contains("did you mean"), "{page}");
    let save = "/rulebooks/strict/scenarios";
    let (status, to, page) = gallery.send(&gallery.supervisor, save, &form(&fields)).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
    assert!(to.contains("own.feature"), "{to}");
    let file = format!("/rulebooks/strict/scenarios/own.feature?version={version}");
    let (status, body) = gallery.get(&gallery.manager, &file).await;
    assert_eq!((status, body.as_str()), (StatusCode::OK, text));
    let (_, page) = gallery.get(&gallery.manager, "/rulebooks/steps?look=有新客户").await;
    assert!(page.contains("data-insert"), "{page}");
    gallery.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_writes_another_approves_and_the_difference_is_told() {
    let gallery = Gallery::closed().await;
    let version = draft(&gallery).await;
    let own = format!("version={version}");
    let clause = form(&[
        ("version", version.as_str()),
        ("revision", "1"),
        ("id", "99"),
        ("carry", "enforce"),
        ("zh", "新的一条。"),
        ("en", "A new one."),
        ("carried_by", SOURCE),
    ]);
    let (status, _, page) =
        gallery.send(&gallery.supervisor, "/rulebooks/strict/clauses", &clause).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
    let difference = format!("/rulebooks/strict/difference?{own}&before=preset");
    let (_, page) = gallery.get(&gallery.manager, &difference).await;
    assert!(page.contains("新的一条。"), "{page}");
    let early = gallery.send(&gallery.manager, "/rulebooks/strict/activate", &own).await;
    assert_eq!(early.0, StatusCode::UNPROCESSABLE_ENTITY, "not handed in");
    let handed = gallery.send(&gallery.supervisor, "/rulebooks/strict/hand-in", &own).await;
    assert_eq!(handed.0, StatusCode::SEE_OTHER, "{}", handed.2);
    let approve = format!("{own}&revision=2");
    let by_author = gallery.send(&gallery.supervisor, "/rulebooks/strict/approve", &approve).await;
    assert_eq!(by_author.0, StatusCode::FORBIDDEN);
    let approved = gallery.send(&gallery.manager, "/rulebooks/strict/approve", &approve).await;
    assert_eq!(approved.0, StatusCode::SEE_OTHER, "{}", approved.2);
    let (_, page) =
        gallery.get(&gallery.manager, &format!("/rulebooks/strict/affected?{own}")).await;
    assert!(page.contains("<p"), "{page}");
    let later = format!("{own}&activate_at=2030-01-01T09:00");
    let (status, to, page) =
        gallery.send(&gallery.manager, "/rulebooks/strict/activate", &later).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
    let (_, page) = gallery.get(&gallery.manager, &to).await;
    assert!(page.contains("待生效") && page.contains("/withdraw"), "{page}");
    let taken = gallery.send(&gallery.manager, "/rulebooks/strict/withdraw", &own).await;
    assert_eq!(taken.0, StatusCode::SEE_OTHER, "{}", taken.2);
    let (_, page) = gallery.get(&gallery.manager, &to).await;
    assert!(page.contains("已撤回"), "{page}");
    gallery.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn clauses_are_found_by_what_they_say() {
    let gallery = Gallery::closed().await;
    let (_, page) = gallery.get(&gallery.manager, "/rulebooks/demo?look=没有这样的话").await;
    assert!(page.contains("没有提到") && !page.contains("clause-row"), "{page}");
    let (_, page) = gallery.get(&gallery.manager, "/rulebooks/demo?look=rotation.order").await;
    assert!(page.contains("clause-row") && page.contains("contents"), "{page}");
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
