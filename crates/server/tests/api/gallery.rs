//! A gallery that lives for one test, and its API.

use app::{
    App, Caller, Clock, Config, PersonId, Presets, Role, SiteId,
    people::Details,
    roles::Scope,
    sessions::{self, NewToken},
};
use axum::{Router, body::Body, http::Request};
use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use http_body_util::BodyExt;
use serde_json::Value;
use server::web::{router::router, state::Server};
use store::{Db, Keys};
use tower::ServiceExt;
use uuid::Uuid;

const RULEBOOK: &str = include_str!("../../src/cli/bench/rulebook.toml");

/// A site with a receptionist, a supervisor, a manager, an administrator and three consultants.
pub struct Gallery {
    pub router: Router,
    pub site: SiteId,
    pub hand: app::clock::Hand,
    pub consultants: Vec<PersonId>,
    /// By login: `desk`, `lead`, `manager`, `admin`, `reader` (the desk with the scope `read` only).
    pub tokens: std::collections::BTreeMap<&'static str, String>,
    app: App,
    file: std::path::PathBuf,
}

/// `minutes` after nine o'clock in Shanghai of some Monday.
pub fn at(minutes: i64) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 6, 1, 1, 0, 0).unwrap() + TimeDelta::minutes(minutes)
}

impl Gallery {
    pub async fn new() -> Self {
        let file = std::env::temp_dir().join(format!("lunpai-api-{}.db", Uuid::now_v7()));
        let db = Db::open(&format!("sqlite://{}", file.display())).await.unwrap();
        let (clock, hand) = Clock::standing_at(at(0));
        let presets = Presets::new([("test".to_owned(), RULEBOOK.to_owned())]);
        let app = App::new(db, Keys::new("1", [7; 32], [8; 32]), clock, presets, Config::default());
        let tenant = app::sites::create_company(&app, "云山置业").await.unwrap();
        let system = Caller::system(tenant);
        let site =
            app::sites::create_site(&app, &system, "云山府", "Asia/Shanghai").await.unwrap().id;
        let (mut tokens, mut consultants) = (std::collections::BTreeMap::new(), Vec::new());
        for (login, name, role) in [
            ("desk", "前台", Role::Receptionist),
            ("lead", "主管", Role::Supervisor),
            ("manager", "经理", Role::Manager),
            ("admin", "管理员", Role::Administrator),
            ("jia", "甲", Role::Consultant),
            ("yi", "乙", Role::Consultant),
            ("bing", "丙", Role::Consultant),
        ] {
            let details = Details {
                site: (role != Role::Administrator).then_some(site),
                team: None,
                login: login.to_owned(),
                display_name: name.to_owned(),
                roles: vec![role],
                number: None,
                certified: true,
                leaving: false,
                hired_on: None,
            };
            let person = app::people::create(&app, &system, &details).await.unwrap().0.id;
            if role == Role::Consultant {
                consultants.push(person);
                continue;
            }
            let mut kinds = vec![(login, Scope::ALL.to_vec())];
            if login == "desk" {
                kinds.push(("reader", vec![Scope::Read]));
            }
            for (key, scopes) in kinds {
                let new = NewToken { person, name: key.into(), scopes, expires_at: None };
                let (_, secret) = sessions::create_token(&app, &system, &new).await.unwrap();
                tokens.insert(key, secret);
            }
        }
        let draft = app::rulebooks::copy_preset(&app, &system, site, "test").await.unwrap();
        app::rulebooks::activate(&app, &system, draft.id, None).await.unwrap();
        let demo = std::sync::Arc::new(Vec::new());
        let server = Server { app: app.clone(), tenant, demo, secure: false };
        Self { router: router(server), site, hand, consultants, tokens, app, file }
    }

    /// Status and body of the answer.
    pub async fn ask(&self, request: Request<Body>) -> (u16, Value) {
        let answer = self.router.clone().oneshot(request).await.unwrap();
        let status = answer.status().as_u16();
        let bytes = answer.into_body().collect().await.unwrap().to_bytes();
        let body =
            if bytes.is_empty() { Value::Null } else { serde_json::from_slice(&bytes).unwrap() };
        (status, body)
    }

    /// A request by whoever has the token `who`; a path that does not begin with `/` lies below the site.
    pub fn request(&self, who: &str, method: &str, path: &str, body: &str) -> Request<Body> {
        let path = match path.strip_prefix('/') {
            Some(path) => format!("/api/v1/{path}"),
            None => format!("/api/v1/sites/{}/{path}", self.site.0),
        };
        Request::builder()
            .method(method)
            .uri(path)
            .header("authorization", format!("Bearer {}", self.tokens[who]))
            .header("content-type", "application/json")
            .body(Body::from(body.to_owned()))
            .unwrap()
    }

    /// The answer to a request that must succeed.
    pub async fn done(&self, who: &str, method: &str, path: &str, body: Value) -> Value {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let (status, answer) = self.ask(self.request(who, method, path, &body)).await;
        assert!((200..300).contains(&status), "{method} {path} {status} {answer}");
        answer
    }

    /// Opens the day with the order 甲乙丙 and everybody signed in.
    pub async fn open_day(&self) {
        use serde_json::json;
        self.done("desk", "POST", "day/open", json!({})).await;
        let order: Vec<_> = self.consultants.iter().map(|person| person.0).collect();
        self.done("lead", "POST", "rings/walk_in/order", json!({ "order": order })).await;
        for person in &self.consultants {
            self.done("desk", "POST", &format!("people/{person}/sign-in"), Value::Null).await;
        }
    }

    pub async fn remove(self) {
        self.app.db.close().await;
        for end in ["", "-wal", "-shm"] {
            let mut file = self.file.clone().into_os_string();
            file.push(end);
            std::fs::remove_file(file).ok();
        }
    }
}
