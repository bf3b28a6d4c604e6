//! A gallery with its people in their browsers, through the router of the program.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use app::{
    App, Caller, Clock, CommandId, Config, PersonId, Presets, Role, SiteId, TenantId, VisitId,
    clients::NewClient,
    clock::Hand,
    people::Details,
    rotation::{self, Board, Command, OpenVisit},
    sessions::{self, SignIn},
};
use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode, header},
};
use chrono::{DateTime, NaiveDate, TimeDelta, TimeZone, Utc};
use domain::rotation::state::RingId;
use http_body_util::BodyExt;
use server::web::{router::router, state::Server};
use store::{Db, Keys};
use tower::ServiceExt;

/// Whoever is signed in: their cookie and the secret of their forms.
#[derive(Clone)]
pub struct Browser {
    pub caller: Caller,
    pub token: String,
    pub csrf: String,
}

impl Browser {
    pub fn person(&self) -> PersonId {
        self.caller.person.unwrap()
    }
}

/// A gallery with a receptionist and three consultants, by the rulebook of the demo.
pub struct Gallery {
    pub app: App,
    pub hand: Hand,
    pub router: Router,
    pub site: SiteId,
    pub desk: Browser,
    pub supervisor: Browser,
    pub manager: Browser,
    pub consultants: Vec<Browser>,
    file: PathBuf,
}

pub const PASSWORD: &str = "a password for tests";

/// `minutes` after ten o'clock in Shanghai of a Monday.
pub fn at(minutes: i64) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 6, 1, 2, 0, 0).unwrap() + TimeDelta::minutes(minutes)
}

/// The presets, and some that are made for these tests.
fn presets() -> Presets {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rulebooks");
    let text = |slug: &str| {
        let path = folder.join(slug).join("rulebook.toml");
        (slug.to_owned(), std::fs::read_to_string(path).unwrap())
    };
    let own = [
        ("strict", include_str!("strict.toml")),
        ("halls", include_str!("halls.toml")),
        ("owners", include_str!("owners.toml")),
        ("slots", include_str!("slots.toml")),
    ];
    let own = own.map(|(slug, text)| (slug.to_owned(), text.to_owned()));
    let (_, bare) = text("r-001-01");
    let astray = ("astray".to_owned(), bare);
    let presets = [text("demo"), text("r-001-01"), astray].into_iter().chain(own);
    Presets::new(presets).with_scenarios(|slug| match slug {
        "demo" | "astray" => {
            let file = folder.join("demo/scenarios/gallery.feature");
            vec![("gallery.feature".to_owned(), std::fs::read_to_string(file).unwrap())]
        }
        _ => Vec::new(),
    })
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
    pub async fn closed() -> Self {
        Self::closed_by("demo").await
    }

    /// Before the day is opened, by the preset `slug`.
    pub async fn closed_by(slug: &str) -> Self {
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
        let draft = app::rulebooks::copy_preset(&app, &system, site, slug).await.unwrap();
        app::rulebooks::activate(&app, &system, draft.id, None).await.unwrap();
        let desk = browser(&app, tenant, site, "qiantai", Role::Receptionist).await;
        let supervisor = browser(&app, tenant, site, "zhuguan", Role::Supervisor).await;
        let manager = browser(&app, tenant, site, "jingli", Role::Manager).await;
        let mut consultants = Vec::new();
        for name in ["jia", "yi", "bing"] {
            consultants.push(browser(&app, tenant, site, name, Role::Consultant).await);
        }
        let server = Server { app: app.clone(), tenant, demo: Arc::default(), secure: false };
        Self {
            app,
            hand,
            router: router(server),
            site,
            desk,
            supervisor,
            manager,
            consultants,
            file,
        }
    }

    /// Open, everybody signed in, the order 甲乙丙.
    pub async fn open() -> Self {
        Self::open_by("demo").await
    }

    /// Open by the preset `slug`, everybody signed in, the order 甲乙丙.
    pub async fn open_by(slug: &str) -> Self {
        let gallery = Self::closed_by(slug).await;
        gallery.hand.set(at(0));
        let date = NaiveDate::from_ymd_opt(2026, 6, 1).unwrap();
        let order = gallery.consultants.iter().map(Browser::person).collect();
        let mut commands = vec![
            Command::OpenDay { date, roster: None },
            Command::SetOrder { ring: RingId::default(), order },
        ];
        let people = gallery.consultants.iter().map(Browser::person);
        commands.extend(people.map(|person| Command::SignIn { person }));
        for command in commands {
            gallery.carry_out(command).await;
        }
        gallery
    }

    /// Has the installation itself do something, to set the scene.
    pub async fn carry_out(&self, command: Command) {
        let system = Caller::system(self.desk.caller.tenant);
        let (id, site) = (CommandId::now_v7(), self.site);
        let carried = rotation::carry_out(&self.app, &system, site, id, command, None).await;
        let carried = carried.unwrap();
        assert!(!carried.is_refused(), "{carried:?}");
    }

    /// A client who is `who`'s from before.
    pub async fn own_client(&self, who: usize, name: &str, telephone: &str) {
        let new = NewClient {
            name: name.to_owned(),
            telephones: vec![telephone.to_owned()],
            ..NewClient::default()
        };
        let (app, caller, id) = (&self.app, &self.manager.caller, CommandId::now_v7());
        let client = app::clients::register(app, caller, self.site, id, &new).await.unwrap();
        let owner = Some(self.consultants[who].person());
        app::clients::set_owner(app, caller, client.id, owner, "from before").await.unwrap();
    }

    pub async fn board(&self) -> Board {
        rotation::board(&self.app, &self.desk.caller, self.site).await.unwrap()
    }

    /// Who is on turn at the door, among the consultants from 0.
    pub async fn on_turn(&self) -> Option<usize> {
        let board = self.board().await;
        let on_turn = board.rings.first()?.on_turn?;
        self.consultants.iter().position(|consultant| consultant.person() == on_turn)
    }

    /// Lets a visitor in at the desk.
    pub async fn let_in(&self, rest: &str) -> OpenVisit {
        let before: Vec<VisitId> = self.open_visits().await.iter().map(|v| v.visit).collect();
        let (status, _, body) = self.send(&self.desk, "/arrival", &arrival(rest)).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{body}");
        let open = self.open_visits().await;
        open.into_iter().find(|visit| !before.contains(&visit.visit)).unwrap()
    }

    /// A visitor whom `who` has accepted.
    pub async fn received(&self, who: usize, rest: &str) -> OpenVisit {
        let visit = self.let_in(rest).await;
        assert_eq!(visit.receiver, Some(self.consultants[who].person()));
        self.step(&self.consultants[who], visit.visit, "accept", "").await;
        self.now(visit.visit).await
    }

    /// Does a step with a visit, and expects that it is taken.
    pub async fn step(&self, browser: &Browser, visit: VisitId, step: &str, form: &str) {
        let form = format!("command={}&{form}", CommandId::now_v7());
        let path = format!("/visits/{visit}/{step}");
        let (status, _, body) = self.send_part(browser, &path, &form).await;
        assert_eq!(status, StatusCode::OK, "{step}: {body}");
        assert!(!body.contains("notice-bad"), "{step}: {body}");
    }

    /// The visit as it is now.
    pub async fn now(&self, visit: VisitId) -> OpenVisit {
        rotation::visit(&self.app, &self.desk.caller, self.site, visit).await.unwrap()
    }

    /// Who of the consultants receives `visit` now, from 0.
    pub async fn receiver(&self, visit: VisitId) -> Option<usize> {
        let receiver = self.now(visit).await.receiver;
        self.consultants.iter().position(|one| Some(one.person()) == receiver)
    }

    pub async fn ask(
        &self,
        browser: &Browser,
        request: Request<Body>,
    ) -> (StatusCode, String, String) {
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

    pub async fn get(&self, browser: &Browser, path: &str) -> (StatusCode, String) {
        let request = Request::get(path).body(Body::empty()).unwrap();
        let (status, _, body) = self.ask(browser, request).await;
        (status, body)
    }

    pub async fn send(
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

    /// The same as a part of a page asks it: the answer is a notice within the page.
    pub async fn send_part(
        &self,
        browser: &Browser,
        path: &str,
        form: &str,
    ) -> (StatusCode, String, String) {
        let body = format!("csrf={}&{form}", browser.csrf);
        let kind = "application/x-www-form-urlencoded";
        let request = Request::post(path).header(header::CONTENT_TYPE, kind);
        let request = request.header("hx-request", "true");
        self.ask(browser, request.body(Body::from(body)).unwrap()).await
    }

    pub async fn open_visits(&self) -> Vec<OpenVisit> {
        rotation::open_visits(&self.app, &self.desk.caller, self.site).await.unwrap()
    }

    /// The only visit that is open.
    pub async fn visit(&self) -> OpenVisit {
        let mut open = self.open_visits().await;
        assert_eq!(open.len(), 1);
        open.remove(0)
    }

    pub async fn clients(&self, typed: &str) -> usize {
        app::clients::search(&self.app, &self.desk.caller, self.site, typed, 9).await.unwrap().len()
    }

    pub async fn remove(self) {
        self.app.db.close().await;
        for end in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{end}", self.file.display()));
        }
    }
}

/// What the desk sends when somebody arrives.
pub fn arrival(rest: &str) -> String {
    format!("command={}&people_count=2&{rest}", CommandId::now_v7())
}
