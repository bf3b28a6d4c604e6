//! SIGKILL at random moments under load: what was acknowledged is in the journal, once, and the chain holds.

mod served;

use std::{
    collections::BTreeSet,
    process::Command,
    sync::Mutex,
    thread,
    time::{Duration, Instant},
};

use app::Caller;
use serde_json::{Value, json};
use served::{Client, Installation, Served, open};
use store::journal;
use tokio::runtime::Runtime;
use uuid::Uuid;

const KILLS: u64 = 50;
const CLIENTS: usize = 6;
const SEED: u64 = 20_260_601;
/// The state of a day grows with its visits; a new one begins after so many kills.
const KILLS_PER_DAY: u64 = 10;

/// SplitMix64: small, and the same everywhere.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % bound
    }
}

/// A command that was sent.
#[derive(Clone)]
struct Sent {
    key: Uuid,
    path: String,
    body: Value,
}

#[derive(Default)]
struct Seen {
    /// Keys with the entry that the answer named.
    acknowledged: Vec<(Uuid, String)>,
    /// Sent, and never answered.
    unanswered: Vec<Sent>,
    /// Unanswered, sent again after the crash, and found in the journal.
    found: u64,
    /// Unanswered, sent again after the crash, and done only then.
    lost: u64,
}

impl Seen {
    fn note(&mut self, sent: &Sent, status: u16, answer: &Value) {
        let decision = if status == 409 { &answer["decision"] } else { answer };
        let entry = decision["entry"].as_str();
        let entry = entry.unwrap_or_else(|| panic!("{status} {} {answer}", sent.path));
        self.acknowledged.push((sent.key, entry.to_owned()));
    }
}

/// Sends commands until the server is gone.
fn load(
    mut client: Client,
    installation: &Installation,
    number: usize,
    mut chance: Chance,
    seen: &Mutex<Seen>,
) {
    let person = installation.consultants[number];
    let mut visits: Vec<Uuid> = Vec::new();
    let mut out = false;
    loop {
        let key = Uuid::now_v7();
        let (path, body) = match chance.below(4) {
            0 if out => (format!("people/{person}/return"), json!({})),
            0 => (format!("people/{person}/step-out"), json!({ "kind": "private" })),
            1 | 2 if !visits.is_empty() => {
                let visit = visits.remove(0);
                (format!("visits/{visit}/finish"), json!({}))
            }
            _ => ("visits".to_owned(), json!({ "visit": key })),
        };
        let sent = Sent { key, path: installation.path(&path), body };
        match client.post(&sent.path, key, &sent.body) {
            Ok((status, answer)) => {
                assert!(matches!(status, 200 | 409), "{status} {answer}");
                seen.lock().unwrap().note(&sent, status, &answer);
                if status == 200 {
                    match path.as_str() {
                        "visits" => visits.push(key),
                        path if path.ends_with("step-out") => out = true,
                        path if path.ends_with("return") => out = false,
                        _ => {}
                    }
                }
            }
            Err(_) => {
                seen.lock().unwrap().unanswered.push(sent);
                return;
            }
        }
    }
}

/// Sends again what was not answered, with the same keys.
fn ask_again(client: &mut Client, seen: &mut Seen) {
    for sent in std::mem::take(&mut seen.unanswered) {
        let (status, answer) = client.post(&sent.path, sent.key, &sent.body).unwrap();
        let decision = if status == 409 { &answer["decision"] } else { &answer };
        if decision["repeated"] == json!(true) {
            seen.found += 1
        } else {
            seen.lost += 1
        }
        seen.note(&sent, status, &answer);
    }
}

#[test]
fn what_was_acknowledged_survives_fifty_crashes_exactly_once() {
    let seed = std::env::var("LUNPAI_CRASH_SEED").ok().and_then(|seed| seed.parse().ok());
    let seed = seed.unwrap_or(SEED);
    println!("seed {seed} (LUNPAI_CRASH_SEED)");
    let began = Instant::now();
    let mut chance = Chance(seed);
    let runtime = Runtime::new().unwrap();
    let installation = Installation::found(&runtime, None, CLIENTS);
    let seen = Mutex::new(Seen::default());
    for kill in 0..KILLS {
        let served = Served::start(&installation);
        let mut client = Client::new(&served, &installation);
        ask_again(&mut client, &mut seen.lock().unwrap());
        if kill % KILLS_PER_DAY == 0 {
            if kill > 0 {
                let close = installation.path("day/close");
                let closed = client.post(&close, Uuid::now_v7(), &json!({ "end_open": true }));
                assert_eq!(closed.unwrap().0, 200);
            }
            installation.open_day(&mut client, kill / KILLS_PER_DAY);
        }
        let moment = Duration::from_millis(20 + chance.below(400));
        thread::scope(|scope| {
            for number in 0..CLIENTS {
                let client = Client::new(&served, &installation);
                let (chance, seen) = (Chance(chance.below(u64::MAX)), &seen);
                let installation = &installation;
                scope.spawn(move || load(client, installation, number, chance, seen));
            }
            thread::sleep(moment);
            served.kill();
        });
    }
    let seen = seen.into_inner().unwrap();
    check(&runtime, &installation, &seen);
    println!(
        "{KILLS} kills, {} acknowledged, {} unanswered found, {} unanswered lost, in {:.1} s",
        seen.acknowledged.len(),
        seen.found,
        seen.lost,
        began.elapsed().as_secs_f64()
    );
    assert!(seen.acknowledged.len() > 200, "there was no load");
    assert!(began.elapsed() < Duration::from_secs(90), "this takes too long");
    installation.remove();
}

fn check(runtime: &Runtime, installation: &Installation, seen: &Seen) {
    let audit = Command::new(env!("CARGO_BIN_EXE_lunpai"))
        .args(["audit", "verify", "--json", "--data"])
        .arg(&installation.folder)
        .output()
        .unwrap();
    let report = String::from_utf8_lossy(&audit.stdout);
    assert!(audit.status.success(), "{report} {}", String::from_utf8_lossy(&audit.stderr));
    let keys: BTreeSet<_> = seen.acknowledged.iter().map(|(key, _)| *key).collect();
    assert_eq!(keys.len(), seen.acknowledged.len());
    runtime.block_on(async {
        let app = open(&installation.url).await;
        let mut tx = app.db.read().await.unwrap();
        for (key, entry) in &seen.acknowledged {
            let entries = journal::of_command(&mut tx, installation.tenant, *key).await.unwrap();
            let found: Vec<_> =
                entries.iter().map(|entry| app::EntryId::of(entry).to_string()).collect();
            assert_eq!(&found, std::slice::from_ref(entry), "command {key}");
        }
        for sent in &seen.unanswered {
            let entries =
                journal::of_command(&mut tx, installation.tenant, sent.key).await.unwrap();
            assert!(entries.len() <= 1, "command {}", sent.key);
        }
        drop(tx);
        let caller = Caller::system(installation.tenant);
        let replayed = app::rotation::replay(&app, &caller, installation.site).await.unwrap();
        assert!(replayed.same, "the floor is not what its journal says");
        app.db.close().await;
    });
}
