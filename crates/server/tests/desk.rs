//! The desk, the register and a consultant's page, through the router: what a browser sends, what comes of it.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use app::{
    App, Caller, Clock, CommandId, Config, PersonId, Presets, Role, SiteId, TenantId,
    clock::Hand,
    people::Details,
    rotation::{self, Command, OpenVisit},
    sessions::{self, SignIn},
};
use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode, header},
};
use chrono::{DateTime, NaiveDate, TimeDelta, TimeZone, Utc};
use domain::rotation::state::{Phase, RingId};
use http_body_util::BodyExt;
use server::web::{router::router, state::Server};
use store::{Db, Keys};
use tower::ServiceExt;

/// Whoever is signed in: their cookie and the secret of their forms.
#[derive(Clone)]
struct Browser {
    caller: Caller,
    token: String,
    csrf: String,
}

impl Browser {
    fn person(&self) -> PersonId {
        self.caller.person.unwrap()
    }
}

/// A gallery with a receptionist and three consultants, by the rulebook of the demo.
struct Gallery {
    app: App,
    hand: Hand,
    router: Router,
    site: SiteId,
    desk: Browser,
    consultants: Vec<Browser>,
    file: PathBuf,
}

const PASSWORD: &str = "a password for tests";

/// `minutes` after ten o'clock in Shanghai of a Monday.
fn at(minutes: i64) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 6, 1, 2, 0, 0).unwrap() + TimeDelta::minutes(minutes)
}

fn presets() -> Presets {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rulebooks");
    let text = |slug: &str| {
        let path = folder.join(slug).join("rulebook.toml");
        (slug.to_owned(), std::fs::read_to_string(path).unwrap())
    };
    Presets::new([text("demo"), text("r-001-01")])
}

async fn browser(app: &App, tenant: TenantId, site: SiteId, name: &str, role: Role) -> Browser {
    let details = Details {
        site: Some(site),
        team: None,
        login: name.to_owned(),
        display_name: name.to_owned(),
        roles: vec![role],
        number: None,
        certified: true,
        leaving: false,
        hired_on: None,
    };
    let system = Caller::system(tenant);
    let (_, password) = app::people::create(app, &system, &details).await.unwrap();
    let sign_in = |password: &str| SignIn {
        tenant,
        login: name.to_owned(),
        password: password.to_owned(),
        user_agent: String::new(),
    };
    let first = sessions::sign_in(app, &sign_in(&password)).await.unwrap();
    sessions::change_password(app, &first.token, &password, PASSWORD).await.unwrap();
    let session = sessions::sign_in(app, &sign_in(PASSWORD)).await.unwrap();
    let (token, csrf) = (session.token, session.session.csrf);
    Browser { caller: session.session.caller, token, csrf }
}

impl Gallery {
    /// Before the day is opened.
    async fn closed() -> Self {
        let name = format!("lunpai-desk-{}.db", CommandId::now_v7());
        let file = std::env::temp_dir().join(name);
        let db = Db::open(&format!("sqlite://{}", file.display())).await.unwrap();
        let (clock, hand) = Clock::standing_at(at(-60));
        let keys = Keys::new("2026", [7; 32], [8; 32]);
        let app = App::new(db, keys, clock, presets(), Config::default());
        let tenant = app::sites::create_company(&app, "云山置业").await.unwrap();
        let system = Caller::system(tenant);
        let site = app::sites::create_site(&app, &system, "云山府", "Asia/Shanghai").await.unwrap();
        let site = site.id;
        let draft = app::rulebooks::copy_preset(&app, &system, site, "demo").await.unwrap();
        app::rulebooks::activate(&app, &system, draft.id, None).await.unwrap();
        let desk = browser(&app, tenant, site, "qiantai", Role::Receptionist).await;
        let mut consultants = Vec::new();
        for name in ["jia", "yi", "bing"] {
            consultants.push(browser(&app, tenant, site, name, Role::Consultant).await);
        }
        let server = Server { app: app.clone(), tenant, demo: Arc::default(), secure: false };
        Self { app, hand, router: router(server), site, desk, consultants, file }
    }

    /// Open, everybody signed in, the order 甲乙丙.
    async fn open() -> Self {
        let gallery = Self::closed().await;
        gallery.hand.set(at(0));
        let system = Caller::system(gallery.desk.caller.tenant);
        let date = NaiveDate::from_ymd_opt(2026, 6, 1).unwrap();
        let order = gallery.consultants.iter().map(Browser::person).collect();
        let mut commands = vec![
            Command::OpenDay { date, roster: None },
            Command::SetOrder { ring: RingId::default(), order },
        ];
        let people = gallery.consultants.iter().map(Browser::person);
        commands.extend(people.map(|person| Command::SignIn { person }));
        for command in commands {
            let id = CommandId::now_v7();
            let (app, site) = (&gallery.app, gallery.site);
            let carried = rotation::carry_out(app, &system, site, id, command, None).await.unwrap();
            assert!(!carried.is_refused(), "{carried:?}");
        }
        gallery
    }

    async fn ask(&self, browser: &Browser, request: Request<Body>) -> (StatusCode, String, String) {
        let (mut parts, body) = request.into_parts();
        let cookie = format!("lunpai_session={}", browser.token).parse().unwrap();
        parts.headers.insert(header::COOKIE, cookie);
        let request = Request::from_parts(parts, body);
        let response = self.router.clone().oneshot(request).await.unwrap();
        let to = response.headers().get(header::LOCATION);
        let to = to.and_then(|to| to.to_str().ok()).unwrap_or_default().to_owned();
        let status = response.status();
        let bytes = response.into_body().collect().await.unwrap().to_bytes();
        (status, to, String::from_utf8(bytes.to_vec()).unwrap())
    }

    async fn get(&self, browser: &Browser, path: &str) -> (StatusCode, String) {
        let request = Request::get(path).body(Body::empty()).unwrap();
        let (status, _, body) = self.ask(browser, request).await;
        (status, body)
    }

    async fn send(
        &self,
        browser: &Browser,
        path: &str,
        form: &str,
    ) -> (StatusCode, String, String) {
        let body = format!("csrf={}&{form}", browser.csrf);
        let kind = "application/x-www-form-urlencoded";
        let request = Request::post(path).header(header::CONTENT_TYPE, kind);
        self.ask(browser, request.body(Body::from(body)).unwrap()).await
    }

    async fn open_visits(&self) -> Vec<OpenVisit> {
        rotation::open_visits(&self.app, &self.desk.caller, self.site).await.unwrap()
    }

    /// The only visit that is open.
    async fn visit(&self) -> OpenVisit {
        let mut open = self.open_visits().await;
        assert_eq!(open.len(), 1);
        open.remove(0)
    }

    async fn clients(&self, typed: &str) -> usize {
        app::clients::search(&self.app, &self.desk.caller, self.site, typed, 9).await.unwrap().len()
    }

    async fn remove(self) {
        self.app.db.close().await;
        for end in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{end}", self.file.display()));
        }
    }
}

fn arrival(rest: &str) -> String {
    format!("command={}&people_count=2&{rest}", CommandId::now_v7())
}

#[tokio::test(flavor = "multi_thread")]
async fn pressing_twice_registers_and_deals_once() {
    let gallery = Gallery::open().await;
    let form = arrival("first_visit=yes&name=%E7%8E%8B%E5%B0%8F%E6%98%8E&telephone=13812345678");
    let (status, first, body) = gallery.send(&gallery.desk, "/arrival", &form).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{body}");
    let (_, second, _) = gallery.send(&gallery.desk, "/arrival", &form).await;
    assert_eq!(first, second);
    let visit = gallery.visit().await;
    assert_eq!(visit.receiver, Some(gallery.consultants[0].person()));
    assert_eq!((gallery.clients("5678").await, gallery.clients("wxm").await), (1, 1));
    let (status, page) = gallery.get(&gallery.desk, &first).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("jia") && page.contains("王**"));
    gallery.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_known_telephone_is_the_known_client() {
    let gallery = Gallery::open().await;
    for _ in 0..2 {
        let form = arrival("name=Wang&telephone=13812345678");
        gallery.send(&gallery.desk, "/arrival", &form).await;
    }
    assert_eq!(gallery.clients("5678").await, 1);
    gallery.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn accepted_finished_and_taken_back() {
    let gallery = Gallery::open().await;
    gallery.send(&gallery.desk, "/arrival", &arrival("first_visit=yes")).await;
    let (visit, first) = (gallery.visit().await, &gallery.consultants[0]);
    assert!(matches!(visit.phase, Phase::Offered { .. }));
    let path = |step: &str| format!("/visits/{}/{step}", visit.visit);
    // Another consultant may not answer for whoever is called.
    let other = &gallery.consultants[1];
    let (status, ..) = gallery.send(other, &path("accept"), "").await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    let (_, page) = gallery.get(first, "/me").await;
    assert!(page.contains(&path("accept")) && page.contains(&path("decline")));
    gallery.send(first, &path("accept"), "").await;
    assert_eq!(gallery.visit().await.phase, Phase::Received);
    gallery.hand.set(at(30));
    let (_, page) = gallery.get(first, "/me/live").await;
    assert!(page.contains(&path("finish")));
    gallery.send(first, &path("finish"), "").await;
    assert!(gallery.open_visits().await.is_empty());
    let (_, page) = gallery.get(first, "/me/live").await;
    assert!(page.contains(&path("undo")));
    gallery.send(first, &path("undo"), "").await;
    assert_eq!(gallery.visit().await.phase, Phase::Received);
    // A minute later it is too late.
    gallery.send(first, &path("finish"), "").await;
    gallery.hand.set(at(32));
    gallery.send(first, &path("undo"), "").await;
    assert!(gallery.open_visits().await.is_empty());
    let (status, register) = gallery.get(first, "/visits").await;
    assert_eq!(status, StatusCode::OK);
    assert!(register.contains("jia") && register.contains("#1"));
    gallery.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_from_elsewhere_is_refused() {
    let gallery = Gallery::open().await;
    let forged = Browser { csrf: "guessed".into(), ..gallery.desk.clone() };
    for path in ["/arrival", "/arrival/preview", "/me/return", "/visits/x/accept"] {
        let (status, ..) = gallery.send(&forged, path, &arrival("")).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{path}");
    }
    assert!(gallery.open_visits().await.is_empty());
    gallery.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_opens_the_day_and_nobody_is_dealt_before() {
    let gallery = Gallery::closed().await;
    gallery.hand.set(at(0));
    let (_, page) = gallery.get(&gallery.desk, "/arrival").await;
    assert!(page.contains("/arrival/open-day"));
    let (_, page) = gallery.get(&gallery.consultants[0], "/arrival").await;
    assert!(!page.contains("/arrival/open-day"));
    let form = arrival("name=Wang");
    let (status, _, body) = gallery.send(&gallery.desk, "/arrival", &form).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    // What was typed is kept, and the client is not registered once more.
    assert!(body.contains("value=\"Wang\""));
    let (status, ..) = gallery.send(&gallery.consultants[0], "/arrival/open-day", "").await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    gallery.send(&gallery.desk, "/arrival/open-day", "").await;
    let me = &gallery.consultants[0];
    let (_, page) = gallery.get(me, "/me").await;
    assert!(page.contains("/me/sign-in"));
    gallery.send(me, "/me/sign-in", "").await;
    let (_, page) = gallery.get(me, "/me").await;
    assert!(page.contains("/me/out") && page.contains("/me/sign-out"));
    gallery.send(me, "/me/out", "kind=meal").await;
    let (_, page) = gallery.get(me, "/me/live").await;
    assert!(page.contains("/me/return"));
    gallery.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_preview_says_who_and_an_unfit_telephone_is_shown() {
    let gallery = Gallery::open().await;
    let form = arrival("first_visit=yes");
    let (status, _, body) = gallery.send(&gallery.desk, "/arrival/preview", &form).await;
    assert_eq!(status, StatusCode::OK);
    assert!(body.contains("jia") && body.contains("data-decides"));
    assert!(gallery.open_visits().await.is_empty(), "a preview records nothing");
    let form = arrival("name=Wang&telephone=138");
    let (status, _, body) = gallery.send(&gallery.desk, "/arrival", &form).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(body.contains("telephone-problem"));
    gallery.remove().await;
}
