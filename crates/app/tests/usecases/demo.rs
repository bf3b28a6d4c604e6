//! The demo company, by the rulebook that is shipped for it.

use std::{path::Path, time::Instant};

use app::{
    App, Caller, Clock, Config, Presets, SiteId, demo,
    replay::{Found, Period, Running},
    rotation, rulebooks, sessions,
};
use chrono::{NaiveDate, TimeDelta, TimeZone, Utc};
use domain::{
    journeys::replay::{Missing, Summary},
    kinds::Kinds,
};
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
    replays(&app, &system, demo.site).await;
    app.db.close().await;
    for end in ["", "-wal", "-shm"] {
        std::fs::remove_file(format!("{}{end}", file.display())).ok();
    }
}

/// Under its own rulebook a history repeats itself to the letter; under another it is told what differs,
/// the same each time.
async fn replays(app: &App, caller: &Caller, site: SiteId) {
    let own = rulebooks::active(app, caller, site, app.clock.now()).await.unwrap().unwrap();
    let began = Instant::now();
    let (found, summary) = under(app, caller, site, &own.text, Period::default()).await;
    eprintln!("replayed {} entries in {:.1} s", summary.entries, began.elapsed().as_secs_f64());
    assert_eq!(found, [], "the first of {}", found.len());
    assert!(summary.is_same() && summary.visits > 1_000 && summary.days == 91, "{summary:?}");
    assert!(summary.not_applied.is_empty() && summary.undecided.is_empty(), "{summary:?}");
    // Whom an introducer belonged to is all that is taken on trust.
    assert!(summary.missing.keys().all(|missing| *missing == Missing::Introducer), "{summary:?}");
    assert!(summary.people.values().all(|tallies| tallies.then == tallies.would));

    let date = |month, day| NaiveDate::from_ymd_opt(2026, month, day);
    let may = Period { from: date(5, 4), to: date(5, 10) };
    let (found, summary) = under(app, caller, site, &own.text, may).await;
    assert_eq!(found, []);
    assert_eq!(summary.days, 7);

    let other = app.presets.text("demo-signin").unwrap();
    let (found, summary) = under(app, caller, site, &other, Period::default()).await;
    assert!(summary.receivers_differ > 100 && summary.visits_differ <= summary.visits);
    let count = |kind: &str| {
        u64::try_from(found.iter().filter(|found| found.kind() == kind).count()).unwrap()
    };
    assert_eq!(count("visit"), summary.visits_differ);
    assert_eq!(count("client"), summary.clients_differ);
    assert_eq!(count("sanction"), summary.sanctions_differ);
    for found in found.iter().filter(|found| found.kind() == "visit") {
        assert!(found.because_then.is_some(), "{found:?}");
    }
    assert_eq!(under(app, caller, site, &other, Period::default()).await, (found, summary));
}

async fn under(
    app: &App,
    caller: &Caller,
    site: SiteId,
    text: &str,
    period: Period,
) -> (Vec<Found>, Summary) {
    let checked = rulebooks::check(&app.presets, "other", text);
    let kinds = Kinds::read(&checked.document, &mut checked.problems.clone());
    let rules = (&kinds.rotation, &kinds.attribution);
    let mut running = Running::begin(app, caller, site, rules, period).await.unwrap();
    let mut all = Vec::new();
    while let Some(found) = running.next().await.unwrap() {
        all.extend(found);
    }
    assert_eq!(running.read, running.total);
    let (found, summary) = running.finish().await.unwrap();
    all.extend(found);
    (all, summary)
}
