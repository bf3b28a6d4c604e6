//! The demo company, by the rulebook that is shipped for it.

use std::{path::Path, time::Instant};

use app::{App, Caller, Clock, Config, Presets, demo, rotation, sessions};
use chrono::{TimeDelta, TimeZone, Utc};
use store::{Db, Keys};
use uuid::Uuid;

fn presets() -> Presets {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rulebooks");
    let texts = std::fs::read_dir(folder).unwrap().filter_map(|entry| {
        let path = entry.unwrap().path();
        let slug = path.file_name()?.to_str()?.to_owned();
        Some((slug, std::fs::read_to_string(path.join("rulebook.toml")).ok()?))
    });
    Presets::new(texts)
}

#[tokio::test(flavor = "multi_thread")]
async fn three_months_of_history_are_made_at_once_and_kept() {
    let file = std::env::temp_dir().join(format!("lunpai-demo-{}.db", Uuid::now_v7()));
    let db = Db::open(&format!("sqlite://{}", file.display())).await.unwrap();
    // Twenty past two in the afternoon in Shanghai.
    let (clock, hand) = Clock::standing_at(Utc.with_ymd_and_hms(2026, 6, 1, 6, 20, 0).unwrap());
    let keys = Keys::new("2026", [7; 32], [8; 32]);
    let app = App::new(db, keys, clock, presets(), Config::default());
    let began = Instant::now();
    let demo = demo::build(&app, "demo", |_, _| {}).await.unwrap();
    eprintln!("the demo took {:.1} s", began.elapsed().as_secs_f64());
    assert_eq!(demo.sign_ins.len(), 16);
    assert_eq!(demo::build(&app, "demo", |_, _| {}).await.unwrap(), demo);

    let system = Caller::system(demo.tenant);
    let board = rotation::board(&app, &system, demo.site).await.unwrap();
    assert!(board.day.is_some());
    assert_eq!(board.rings[0].places.len(), 10);
    assert!(board.rings[0].on_turn.is_some());
    let (from, to) = (board.day.unwrap() - TimeDelta::days(89), board.day.unwrap());
    let fairness = rotation::fairness(&app, &system, demo.site, from, to).await.unwrap();
    for row in fairness.rows.iter().filter(|row| row.ring == "walk_in") {
        assert!(row.turns.received() > 20, "{row:?}");
    }
    let replayed = rotation::replay(&app, &system, demo.site).await.unwrap();
    assert!(replayed.same && replayed.differing.is_empty());
    eprintln!("{} entries on the floor", replayed.entries);
    assert!(app::audit::verify(&app, &system).await.unwrap().is_clean());
    let clients = app::clients::recent(&app, &system, demo.site, None, 50).await.unwrap();
    assert!(clients.iter().filter(|client| client.owner.is_some()).count() > 30);
    hand.advance(TimeDelta::seconds(1));
    let given = sessions::SignIn {
        tenant: demo.tenant,
        login: "lina".to_owned(),
        password: demo::PASSWORD.to_owned(),
        user_agent: String::new(),
    };
    sessions::sign_in(&app, &given).await.unwrap().session.ready().unwrap();
    app.db.close().await;
    for end in ["", "-wal", "-shm"] {
        std::fs::remove_file(format!("{}{end}", file.display())).ok();
    }
}
