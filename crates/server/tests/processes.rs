//! Two processes on one PostgreSQL, 64 clients: every visit has one receiver, the one whom the rules give.

mod served;

use std::{
    collections::BTreeMap,
    io::{BufRead, Write},
    process::Command as Process,
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use app::{
    Caller, PersonId, VisitId,
    rotation::{Asked, Happened},
    sessions::{self, SignIn},
};
use chrono::FixedOffset;
use domain::{
    people::Actor,
    rotation::{Event, Floor, Rules, decide},
};
use rulebook::Problems;
use serde_json::{Value, json};
use served::{Client, Installation, RULEBOOK, Served, connect, open};
use store::{StreamId, StreamKind, journal, journal::Entry};
use tokio::runtime::Runtime;
use uuid::Uuid;

const CLIENTS: usize = 64;
const VISITS_PER_CLIENT: usize = 2;
const CONSULTANTS: usize = 24;

fn server() -> String {
    std::env::var("TEST_POSTGRES").expect(
        "TEST_POSTGRES is not set: start a server with `crates/store/tests/postgres.sh start DIR PORT` \
         and set it to the address that this prints",
    )
}

fn psql(sql: &str) {
    let url = format!("{}/postgres", server());
    let status =
        Process::new("psql").args(["-qX", "-v", "ON_ERROR_STOP=1", "-c", sql, &url]).status();
    assert!(status.expect("psql must be installed").success(), "{sql}");
}

#[test]
fn two_processes_and_64_clients_give_the_order_that_the_rules_give() {
    let name = format!("lunpai_served_{}", Uuid::now_v7().simple());
    psql(&format!("CREATE DATABASE {name}"));
    let runtime = Runtime::new().unwrap();
    let url = format!("{}/{name}", server());
    let installation = Installation::found(&runtime, Some(url), CONSULTANTS);
    let processes = [Served::start(&installation), Served::start(&installation)];
    installation.open_day(&mut Client::new(&processes[0], &installation), 0);
    let began = Instant::now();
    let visits = crowd(&installation, &processes);
    let took = began.elapsed();
    let slowest = boards(&runtime, &installation, &processes);
    processes.into_iter().for_each(Served::kill);
    let entries = check(&runtime, &installation, &visits);
    println!(
        "{} visits by {CLIENTS} clients in {:.1} s, {entries} entries; the slowest board was current after {} ms",
        visits.len(),
        took.as_secs_f64(),
        slowest.as_millis()
    );
    installation.remove();
    psql(&format!("DROP DATABASE {name} WITH (FORCE)"));
}

/// Every client lets visitors arrive, waits until each is received, and ends the reception.
fn crowd(installation: &Installation, processes: &[Served; 2]) -> Vec<Uuid> {
    thread::scope(|scope| {
        let clients: Vec<_> = (0..CLIENTS)
            .map(|number| {
                let client = Client::new(&processes[number % 2], installation);
                scope.spawn(move || visits_of(client, installation))
            })
            .collect();
        clients.into_iter().flat_map(|client| client.join().unwrap()).collect()
    })
}

fn visits_of(mut client: Client, installation: &Installation) -> Vec<Uuid> {
    let mut visits = Vec::new();
    for _ in 0..VISITS_PER_CLIENT {
        let visit = Uuid::now_v7();
        let (status, answer) = patiently(&mut client, "POST", &installation.path("visits"), visit);
        assert_eq!(status, 200, "{answer}");
        let mut outcome = answer["outcome"]["outcome"].clone();
        let began = Instant::now();
        while outcome != json!("receives") && outcome != json!("received") {
            assert!(
                began.elapsed() < Duration::from_secs(60),
                "nobody receives {visit}: {outcome}"
            );
            thread::sleep(Duration::from_secs(1));
            let path = installation.path(&format!("visits/{visit}"));
            let (status, shown) = patiently(&mut client, "GET", &path, Uuid::now_v7());
            assert_eq!(status, 200, "{shown}");
            outcome = shown["phase"].clone();
        }
        let path = installation.path(&format!("visits/{visit}/finish"));
        let (status, answer) = patiently(&mut client, "POST", &path, Uuid::now_v7());
        assert_eq!(status, 200, "{answer}");
        visits.push(visit);
    }
    visits
}

/// Sends, and sends again with the same key while the server says that it is too busy.
fn patiently(client: &mut Client, method: &str, path: &str, key: Uuid) -> (u16, Value) {
    let began = Instant::now();
    loop {
        let (status, answer) = client.send(method, path, key, "").unwrap();
        if status != 503 || began.elapsed() > Duration::from_secs(120) {
            return (status, answer);
        }
        thread::sleep(Duration::from_millis(500));
    }
}

/// How long the slowest of both boards took to hear of a change by one of the processes.
fn boards(runtime: &Runtime, installation: &Installation, processes: &[Served; 2]) -> Duration {
    let cookie = runtime.block_on(async {
        let app = open(&installation.url).await;
        let (tenant, system) = (installation.tenant, Caller::system(installation.tenant));
        let people = app::people::all(&app, &system, None).await.unwrap();
        let manager = people.iter().find(|person| person.login == "manager").unwrap().id;
        let password = app::people::issue_password(&app, &system, manager).await.unwrap();
        let (login, user_agent) = ("manager".into(), "test".into());
        let sign_in = SignIn { tenant, login, password: password.clone(), user_agent };
        let token = sessions::sign_in(&app, &sign_in).await.unwrap().token;
        let new = "another-password-2026";
        sessions::change_password(&app, &token, &password, new).await.unwrap();
        app.db.close().await;
        token
    });
    let (told, heard) = mpsc::channel();
    let mut client = Client::new(&processes[0], installation);
    let board = client.send("GET", &installation.path("board"), Uuid::now_v7(), "").unwrap().1;
    let seen = board["seen"].as_i64().unwrap();
    for (place, served) in processes.iter().enumerate() {
        let (told, cookie, address) = (told.clone(), cookie.clone(), served.address);
        thread::spawn(move || listen(place, address, &cookie, seen, &told));
    }
    let (mut slowest, mut last) = (Duration::ZERO, [seen; 2]);
    let person = installation.consultants[0];
    for change in 0..10 {
        thread::sleep(Duration::from_millis(70));
        let by = change % 2;
        let mut client = Client::new(&processes[by], installation);
        let step = if change % 2 == 0 { "sign-out" } else { "sign-in" };
        let path = installation.path(&format!("people/{person}/{step}"));
        let began = Instant::now();
        let (status, answer) = client.post(&path, Uuid::now_v7(), &json!({})).unwrap();
        assert_eq!(status, 200, "{answer}");
        let board = client.send("GET", &installation.path("board"), Uuid::now_v7(), "").unwrap().1;
        let wanted = board["seen"].as_i64().unwrap();
        while last.iter().any(|seen| *seen < wanted) {
            let (place, number) = heard.recv_timeout(Duration::from_secs(5)).expect("no news");
            last[place] = number;
            slowest = slowest.max(began.elapsed());
        }
        assert!(slowest < Duration::from_secs(1), "a board was current only after {slowest:?}");
        let mut other = Client::new(&processes[1 - by], installation);
        let other = other.send("GET", &installation.path("board"), Uuid::now_v7(), "").unwrap().1;
        assert_eq!(board["version"], other["version"]);
        assert_eq!(board["rings"], other["rings"]);
    }
    slowest
}

/// Reads the stream of changes, and tells the numbers.
fn listen(
    place: usize,
    address: std::net::SocketAddr,
    cookie: &str,
    seen: i64,
    told: &mpsc::Sender<(usize, i64)>,
) {
    let mut connection = connect(address).unwrap();
    let request = format!(
        "GET /events?after={seen} HTTP/1.1\r\nhost: lunpai\r\ncookie: lunpai_session={cookie}\r\n\r\n"
    );
    connection.get_ref().write_all(request.as_bytes()).unwrap();
    let mut line = String::new();
    while connection.read_line(&mut line).is_ok_and(|length| length > 0) {
        let number = line.trim().strip_prefix("id:").and_then(|number| number.trim().parse().ok());
        if number.is_some_and(|number| told.send((place, number)).is_err()) {
            return;
        }
        line.clear();
    }
}

/// Checks the journal: one receiver a visit, and the same decisions by the domain alone.
fn check(runtime: &Runtime, installation: &Installation, visits: &[Uuid]) -> usize {
    let entries = runtime.block_on(async {
        let app = open(&installation.url).await;
        let caller = Caller::system(installation.tenant);
        let report = app::audit::verify(&app, &caller).await.unwrap();
        assert!(report.is_clean(), "{:?}", report.findings);
        let mut tx = app.db.read().await.unwrap();
        let stream = StreamId { kind: StreamKind::Floor, id: installation.site.0 };
        let entries = journal::of_stream(&mut tx, installation.tenant, stream, 1, 100_000).await;
        drop(tx);
        app.db.close().await;
        entries.unwrap()
    });
    let mut receivers: BTreeMap<VisitId, Vec<PersonId>> = BTreeMap::new();
    for entry in &entries {
        let happened: Vec<Happened> = serde_json::from_str(&entry.events).unwrap();
        for event in happened.iter().filter_map(Happened::floor) {
            if let Event::Received { visit, by } = event {
                receivers.entry(*visit).or_default().push(*by);
            }
        }
    }
    assert_eq!(receivers.len(), CLIENTS * VISITS_PER_CLIENT);
    for visit in visits {
        assert_eq!(receivers[&VisitId(*visit)].len(), 1, "visit {visit}");
    }
    assert_eq!(dealt_again(&entries), receivers);
    entries.len()
}

/// Who receives when the journal's commands are decided again, in order, by the domain.
fn dealt_again(entries: &[Entry]) -> BTreeMap<VisitId, Vec<PersonId>> {
    let presets = app::Presets::new([("test".to_owned(), RULEBOOK.to_owned())]);
    let document = app::rulebooks::check(&presets, "test", RULEBOOK).document;
    let rules = Rules::read(&document, &mut Problems::default());
    let zone = FixedOffset::east_opt(8 * 3600).unwrap();
    let (mut floor, mut receivers) = (Floor::default(), BTreeMap::<_, Vec<_>>::new());
    for entry in entries {
        let asked: Asked = serde_json::from_str(&entry.command).unwrap();
        let person = entry.actor.strip_prefix("person:").map(|id| PersonId(id.parse().unwrap()));
        let actor = Actor { person, roles: asked.roles };
        let at = entry.happened_at.with_timezone(&zone);
        let decision = decide(&rules, &floor, &asked.command, &actor, at);
        let outcome: Value = serde_json::from_str(&entry.outcome).unwrap();
        assert_eq!(json!(decision.outcome), outcome, "entry {}", entry.version);
        for event in &decision.events {
            floor.evolve(event, at);
            if let Event::Received { visit, by } = event {
                receivers.entry(*visit).or_default().push(*by);
            }
        }
    }
    receivers
}
