//! Rings of the teams, calls apart, batches, opening questions, standing duty: arrival and board show them.

use app::{CommandId, rotation::Command};
use axum::http::StatusCode;
use domain::rotation::state::Profile;

use super::gallery::{Gallery, at};

/// 甲 in the east hall, 乙 in the west hall, 丙 there too but of the batch that is not on site.
async fn halls() -> (Gallery, [String; 2]) {
    let gallery = Gallery::closed_by("halls").await;
    let system = app::Caller::system(gallery.desk.caller.tenant);
    let mut teams = Vec::new();
    for name in ["东厅", "西厅"] {
        teams.push(
            app::sites::create_team(&gallery.app, &system, gallery.site, name).await.unwrap(),
        );
    }
    for (who, (team, batch)) in [(0, 0), (1, 0), (1, 1)].into_iter().enumerate() {
        let person = gallery.consultants[who].person();
        let team = Some(teams[team].id);
        let profile = Profile { team, batch, certified: true, rotates: true, ..Profile::default() };
        gallery.carry_out(Command::SetProfile { person, profile }).await;
    }
    gallery.hand.set(at(0));
    gallery.send(&gallery.desk, "/arrival/open-day", "").await;
    for consultant in &gallery.consultants {
        gallery.send(consultant, "/me/sign-in", "").await;
    }
    (gallery, [teams[0].id.to_string(), teams[1].id.to_string()])
}

fn form(rest: &str) -> String {
    format!("command={}&people_count=1&first_visit=yes&{rest}", CommandId::now_v7())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_desk_says_whose_ring_deals_and_how_many_questions_were_asked() {
    let (gallery, [_, west]) = halls().await;
    let (_, page) = gallery.get(&gallery.desk, "/arrival").await;
    assert!(page.contains("东厅") && page.contains("name=\"questions\""), "{page}");
    let (status, _, body) = gallery.send(&gallery.desk, "/arrival", &form("questions=2")).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(body.contains("请选择由哪一组轮排"), "{body}");
    let few = form(&format!("team={west}&questions=1"));
    let (status, _, body) = gallery.send(&gallery.desk, "/arrival", &few).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(body.contains("所问问题不足"), "{body}");
    let enough = form(&format!("team={west}&questions=2"));
    let (status, _, body) = gallery.send(&gallery.desk, "/arrival", &enough).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{body}");
    let receiver = gallery.visit().await.receiver;
    assert_eq!(receiver, Some(gallery.consultants[1].person()), "the west hall's ring deals");
    gallery.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_board_has_a_tab_for_each_ring_and_says_who_is_of_the_other_batch() {
    let (gallery, _) = halls().await;
    let (_, page) = gallery.get(&gallery.desk, "/board").await;
    for tab in ["东厅 · 上门", "西厅 · 上门", "东厅 · 来电", "西厅 · 来电"] {
        assert!(page.contains(tab), "{tab}: {page}");
    }
    let board = gallery.board().await;
    let west = board.rings.iter().find(|ring| ring.team.as_deref() == Some("西厅")).unwrap();
    let (_, page) = gallery.get(&gallery.desk, &format!("/board?ring={}", west.ring)).await;
    assert!(
        page.contains("yi") && page.contains("bing") && page.contains("另一批次当班"),
        "{page}"
    );
    let (_, floor) = gallery.get(&gallery.supervisor, &format!("/floor?ring={}", west.ring)).await;
    assert!(floor.contains("西厅"), "{floor}");
    gallery.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn standing_duty_is_on_the_board_with_who_comes_next() {
    let gallery = Gallery::open().await;
    let board = gallery.board().await;
    let now = board.standing_now.expect("somebody stands");
    assert_eq!(now.person, gallery.consultants[2].person(), "from the back");
    assert!(board.standing_next.is_some());
    let (_, page) = gallery.get(&gallery.desk, "/board").await;
    assert!(page.contains("10:00–10:30"), "{page}");
    gallery.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whose_slot_it_is_changes_with_the_clock() {
    let gallery = Gallery::open_by("slots").await;
    assert_eq!(gallery.on_turn().await, Some(0));
    gallery.hand.set(at(31));
    assert_eq!(gallery.on_turn().await, Some(1));
    let (_, page) = gallery.get(&gallery.desk, "/board").await;
    let turn = page.split("class=\"turn-name\"").nth(1).unwrap();
    assert!(turn.trim_start_matches('>').starts_with("yi"), "{page}");
    let visit = gallery.let_in("first_visit=yes").await;
    assert_eq!(visit.receiver, Some(gallery.consultants[1].person()));
    gallery.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_manager_says_of_which_batch_somebody_is() {
    let (gallery, _) = halls().await;
    let path = format!("/people/{}", gallery.consultants[2].person());
    let (_, page) = gallery.get(&gallery.manager, &path).await;
    assert!(page.contains("name=\"batch\"") && page.contains("value=\"2\""), "{page}");
    let form = format!("command={}&batch=1&rank=3&result=&duty=yes", CommandId::now_v7());
    let (status, to, body) =
        gallery.send(&gallery.manager, &format!("{path}/profile"), &form).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{body}");
    let (_, page) = gallery.get(&gallery.manager, &to).await;
    assert!(
        page.contains("value=\"3\"") && page.contains("name=\"duty\" value=\"yes\" checked"),
        "{page}"
    );
    let board = gallery.board().await;
    assert_eq!(board.batch, Some(1));
    let west = board.rings.iter().find(|ring| ring.team.as_deref() == Some("西厅")).unwrap();
    let (_, page) = gallery.get(&gallery.desk, &format!("/board?ring={}", west.ring)).await;
    assert!(!page.contains("另一批次当班") && page.contains("第 1 批当班"), "{page}");
    gallery.remove().await;
}
