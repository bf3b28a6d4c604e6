//! Who may use which route: a table, walked completely against a running router.

use std::{collections::BTreeSet, path::Path, sync::Arc};

use app::{
    App, Caller, Clock, Config, Presets, Role, SiteId, TenantId,
    people::Details,
    sessions::{self, SignIn},
};
use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode, header},
};
use server::web::{router::router, routes::ROUTES, state::Server};
use store::{Db, Keys};
use tower::ServiceExt;

use Role::{
    Administrator as A, Consultant as C, HeadOffice as H, Manager as M, Receptionist as R,
    Secretary as S, Supervisor as V,
};

/// Who may use a route.
#[derive(Clone, Copy)]
enum Who {
    /// Also who is not signed in.
    Anybody,
    /// Those with one of these roles.
    Roles(&'static [Role]),
}

use Who::{Anybody, Roles};

const ALL: Who = Roles(&[R, S, C, V, M, H, A]);
const LEADS: Who = Roles(&[S, V, M, A]);
const DEALS: Who = Roles(&[R, S, C, V, M]);
const SEES_CLIENTS: Who = Roles(&[R, S, C, V, M, H]);
const DAY: Who = Roles(&[R, S, V, M]);
const EDITS_PEOPLE: Who = Roles(&[M, A]);
const EDITS_RULEBOOKS: Who = Roles(&[V, M, H, A]);
const IMPORTS: Who = Roles(&[R, S, V, M, A]);

/// Method, path, an address for it, who may use it. Signing out comes last: it ends the session.
const TABLE: &[(&str, &str, &str, Who)] = &[
    ("GET", "/", "/", ALL),
    ("GET", "/healthz", "/healthz", Anybody),
    ("GET", "/readyz", "/readyz", Anybody),
    ("POST", "/preferences", "/preferences", Anybody),
    ("GET", "/sign-in", "/sign-in", Anybody),
    ("POST", "/sign-in", "/sign-in", Anybody),
    ("GET", "/password", "/password", ALL),
    ("POST", "/password", "/password", ALL),
    ("GET", "/board", "/board", ALL),
    ("GET", "/board/live", "/board/live", ALL),
    ("GET", "/board/print", "/board/print", ALL),
    ("GET", "/decisions/{id}", "/decisions/floor.ID.1", ALL),
    ("GET", "/decisions/{id}/reasons", "/decisions/floor.ID.1/reasons", ALL),
    ("GET", "/arrival", "/arrival", DEALS),
    ("POST", "/arrival", "/arrival", DEALS),
    ("GET", "/arrival/look-up", "/arrival/look-up?look=wang", Roles(&[R, S, C, V, M, H])),
    ("POST", "/arrival/preview", "/arrival/preview", DEALS),
    ("GET", "/arrival/desk", "/arrival/desk", ALL),
    ("POST", "/arrival/open-day", "/arrival/open-day", DAY),
    ("GET", "/arrival/visits/{id}", "/arrival/visits/ID", ALL),
    ("GET", "/visits", "/visits", ALL),
    ("GET", "/visits/export", "/visits/export", Roles(&[S, V, M, H])),
    ("GET", "/visits/print", "/visits/print", ALL),
    // Whoever receives may, and for somebody else only these.
    ("POST", "/visits/{id}/{step}", "/visits/ID/accept", DAY),
    ("GET", "/clients", "/clients", SEES_CLIENTS),
    ("POST", "/clients", "/clients", DEALS),
    ("POST", "/clients/bulk", "/clients/bulk?act=grade&client=ID", DEALS),
    ("GET", "/clients/export", "/clients/export", Roles(&[V, M, H])),
    ("POST", "/clients/lists", "/clients/lists", SEES_CLIENTS),
    ("POST", "/clients/lists/{id}/drop", "/clients/lists/ID/drop", SEES_CLIENTS),
    ("GET", "/clients/imports", "/clients/imports", Roles(&[S, V, M])),
    ("POST", "/clients/imports", "/clients/imports", Roles(&[S, V, M])),
    ("GET", "/clients/imports/template", "/clients/imports/template", Roles(&[S, V, M])),
    ("GET", "/clients/imports/{id}", "/clients/imports/ID", Roles(&[S, V, M])),
    ("POST", "/clients/imports/{id}/{step}", "/clients/imports/ID/discard", Roles(&[S, V, M])),
    ("GET", "/clients/{id}", "/clients/ID", SEES_CLIENTS),
    ("GET", "/clients/{id}/edit", "/clients/ID/edit", DEALS),
    ("POST", "/clients/{id}/edit", "/clients/ID/edit", DEALS),
    // Consultants may for their own clients.
    ("POST", "/clients/{id}/show", "/clients/ID/show", SEES_CLIENTS),
    ("POST", "/clients/{id}/tie", "/clients/ID/tie", DEALS),
    ("GET", "/clients/{id}/merge", "/clients/ID/merge", Roles(&[S, V, M])),
    ("POST", "/clients/{id}/merge", "/clients/ID/merge", Roles(&[S, V, M])),
    ("GET", "/clients/{id}/erase", "/clients/ID/erase", Roles(&[M, H])),
    ("POST", "/clients/{id}/erase", "/clients/ID/erase", Roles(&[M, H])),
    ("GET", "/clients/{id}/timeline", "/clients/ID/timeline", SEES_CLIENTS),
    ("GET", "/clients/{id}/print", "/clients/ID/print", SEES_CLIENTS),
    // What else may be done about a client, and by whom, the use cases and the rulebook say.
    ("POST", "/clients/{id}/{act}", "/clients/ID/assign?to=PERSON", Roles(&[V, M])),
    ("GET", "/me", "/me", ALL),
    ("GET", "/me/live", "/me/live", ALL),
    ("POST", "/me/{act}", "/me/return", DEALS),
    // Consultants may for the visits they receive.
    ("GET", "/floor", "/floor", LEADS),
    ("GET", "/floor/live", "/floor/live", LEADS),
    ("POST", "/floor/open", "/floor/open", DAY),
    ("POST", "/floor/close", "/floor/close", DAY),
    ("POST", "/floor/late", "/floor/late", Roles(&[V, M])),
    ("GET", "/floor/people/{id}", "/floor/people/PERSON", LEADS),
    ("POST", "/floor/people/{id}/{act}", "/floor/people/PERSON/lift", LEADS),
    ("POST", "/floor/outings/{id}/{answer}", "/floor/outings/PERSON/approve", LEADS),
    ("POST", "/floor/proposals/{id}/{answer}", "/floor/proposals/floor.ID.1/grant", LEADS),
    ("POST", "/floor/make-ups/{id}/take", "/floor/make-ups/1/take", LEADS),
    ("POST", "/floor/make-ups/{id}/verify", "/floor/make-ups/1/verify", LEADS),
    // The desk's own page has this too; the administrator runs no floor.
    ("POST", "/floor/visits/{id}/finish", "/floor/visits/ID/finish", Roles(&[S, V, M])),
    ("GET", "/people", "/people", EDITS_PEOPLE),
    ("POST", "/people", "/people", EDITS_PEOPLE),
    ("GET", "/people/new", "/people/new", EDITS_PEOPLE),
    ("GET", "/people/{id}", "/people/PERSON", EDITS_PEOPLE),
    ("POST", "/people/{id}", "/people/PERSON", EDITS_PEOPLE),
    ("POST", "/people/{id}/password", "/people/PERSON/password", EDITS_PEOPLE),
    ("POST", "/people/{id}/profile", "/people/PERSON/profile", EDITS_PEOPLE),
    ("GET", "/rulebooks", "/rulebooks", ALL),
    ("GET", "/rulebooks/{slug}", "/rulebooks/demo", ALL),
    ("POST", "/rulebooks/{slug}/copy", "/rulebooks/demo/copy", Roles(&[V, M, H, A])),
    ("POST", "/rulebooks/{slug}/activate", "/rulebooks/demo/activate", Roles(&[M, H])),
    ("GET", "/rulebooks/{slug}/settings", "/rulebooks/demo/settings?version=1", EDITS_RULEBOOKS),
    ("POST", "/rulebooks/{slug}/settings", "/rulebooks/demo/settings", EDITS_RULEBOOKS),
    (
        "POST",
        "/rulebooks/check-setting",
        "/rulebooks/check-setting?path=rotation.order.source",
        EDITS_RULEBOOKS,
    ),
    ("GET", "/rulebooks/{slug}/text", "/rulebooks/demo/text?version=1", ALL),
    ("POST", "/rulebooks/{slug}/text", "/rulebooks/demo/text", EDITS_RULEBOOKS),
    ("POST", "/rulebooks/{slug}/check", "/rulebooks/demo/check", ALL),
    ("GET", "/rulebooks/{slug}/clauses", "/rulebooks/demo/clauses?version=1", EDITS_RULEBOOKS),
    ("POST", "/rulebooks/{slug}/clauses", "/rulebooks/demo/clauses", EDITS_RULEBOOKS),
    ("GET", "/rulebooks/steps", "/rulebooks/steps?look=x", ALL),
    ("GET", "/rulebooks/{slug}/scenarios", "/rulebooks/demo/scenarios?version=1", ALL),
    ("POST", "/rulebooks/{slug}/scenarios", "/rulebooks/demo/scenarios", EDITS_RULEBOOKS),
    ("POST", "/rulebooks/{slug}/scenarios/run", "/rulebooks/demo/scenarios/run", ALL),
    (
        "GET",
        "/rulebooks/{slug}/scenarios/{file}",
        "/rulebooks/demo/scenarios/none.feature?version=1",
        ALL,
    ),
    ("GET", "/rulebooks/{slug}/difference", "/rulebooks/demo/difference?version=1", ALL),
    ("GET", "/rulebooks/{slug}/activation", "/rulebooks/demo/activation?version=1", ALL),
    ("GET", "/rulebooks/{slug}/affected", "/rulebooks/demo/affected?version=1", ALL),
    ("POST", "/rulebooks/{slug}/hand-in", "/rulebooks/demo/hand-in", EDITS_RULEBOOKS),
    ("POST", "/rulebooks/{slug}/approve", "/rulebooks/demo/approve", Roles(&[M, H])),
    ("POST", "/rulebooks/{slug}/withdraw", "/rulebooks/demo/withdraw", Roles(&[M, H])),
    ("GET", "/rulebooks/{slug}/replay", "/rulebooks/demo/replay", Roles(&[V, M, H, A])),
    ("POST", "/rulebooks/{slug}/replay", "/rulebooks/demo/replay", Roles(&[V, M, H, A])),
    ("GET", "/replays/{id}", "/replays/ID", Roles(&[V, M, H, A])),
    ("GET", "/replays/{id}/export", "/replays/ID/export", Roles(&[V, M, H, A])),
    ("GET", "/import", "/import", IMPORTS),
    ("POST", "/import", "/import", IMPORTS),
    ("GET", "/import/templates/{kind}", "/import/templates/people", EDITS_PEOPLE),
    ("GET", "/import/{id}", "/import/ID", IMPORTS),
    ("POST", "/import/{id}/confirm", "/import/ID/confirm", IMPORTS),
    ("GET", "/events", "/events", ALL),
    ("GET", "/static/{*path}", "/static/app.js", Anybody),
    ("GET", "/worker.js", "/worker.js", Anybody),
    ("POST", "/sign-out", "/sign-out", ALL),
];

type Named = BTreeSet<(String, String)>;

fn named<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Named {
    pairs.into_iter().map(|(method, path)| (method.to_owned(), path.to_owned())).collect()
}

/// The routes that the source of the router names.
fn written() -> Named {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/web/router.rs");
    let source = std::fs::read_to_string(source).unwrap();
    let mut routes = Named::new();
    for rest in source.split(".route(").skip(1) {
        let path = rest.split('"').nth(1).unwrap();
        let handlers = rest.split(".layer(").next().unwrap().split(".nest").next().unwrap();
        for method in ["get", "post", "put", "patch", "delete"] {
            if handlers.contains(&format!("{method}(")) {
                routes.insert((method.to_uppercase(), path.to_owned()));
            }
        }
    }
    routes
}

#[test]
fn every_route_of_the_router_stands_in_the_table() {
    let routes = named(ROUTES.iter().copied());
    let table = named(TABLE.iter().map(|(method, path, ..)| (*method, *path)));
    let written = written();
    let lost: Vec<_> = written.symmetric_difference(&routes).collect();
    assert!(lost.is_empty(), "router.rs and ROUTES (web/routes.rs) differ in {lost:?}");
    let lost: Vec<_> = routes.symmetric_difference(&table).collect();
    assert!(lost.is_empty(), "ROUTES and the table of this test differ in {lost:?}");
}

/// A site with one person of each role, each signed in.
struct House {
    router: Router,
    person: String,
    floor: SiteId,
    /// Role, secret of the session's cookie, secret of its forms.
    sessions: Vec<(Role, String, String)>,
}

const PASSWORD: &str = "a password for tests";

async fn signed_in(app: &App, tenant: TenantId, site: SiteId, role: Role) -> (Caller, [String; 2]) {
    let system = Caller::system(tenant);
    let at = !matches!(role, Role::HeadOffice | Role::Administrator);
    let details = Details {
        site: at.then_some(site),
        team: None,
        login: role.word().to_owned(),
        display_name: role.zh().to_owned(),
        roles: vec![role],
        number: None,
        certified: true,
        leaving: false,
        hired_on: None,
    };
    let (_, password) = app::people::create(app, &system, &details).await.unwrap();
    let sign_in = |password: &str| SignIn {
        tenant,
        login: role.word().to_owned(),
        password: password.to_owned(),
        user_agent: String::new(),
    };
    let first = sessions::sign_in(app, &sign_in(&password)).await.unwrap();
    sessions::change_password(app, &first.token, &password, PASSWORD).await.unwrap();
    let session = sessions::sign_in(app, &sign_in(PASSWORD)).await.unwrap();
    (session.session.caller, [session.token, session.session.csrf])
}

fn presets() -> Presets {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rulebooks");
    let slugs = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    Presets::new(slugs.filter_map(|path| {
        let text = std::fs::read_to_string(path.join("rulebook.toml")).ok()?;
        Some((path.file_name()?.to_str()?.to_owned(), text))
    }))
}

async fn house(file: &Path) -> House {
    let db = Db::open(&format!("sqlite://{}", file.display())).await.unwrap();
    let keys = Keys::new("2026", [7; 32], [8; 32]);
    let app = App::new(db, keys, Clock::real(), presets(), Config::default());
    let tenant = app::sites::create_company(&app, "云山置业").await.unwrap();
    let system = Caller::system(tenant);
    let site = app::sites::create_site(&app, &system, "云山府", "Asia/Shanghai").await.unwrap();
    let site = site.id;
    let draft = app::rulebooks::copy_preset(&app, &system, site, "demo").await.unwrap();
    app::rulebooks::activate(&app, &system, draft.id, None).await.unwrap();
    let details = Details {
        site: Some(site),
        team: None,
        login: "somebody".to_owned(),
        display_name: "某人".to_owned(),
        roles: vec![Role::Consultant],
        number: None,
        certified: true,
        leaving: false,
        hired_on: None,
    };
    let (person, _) = app::people::create(&app, &system, &details).await.unwrap();
    let mut sessions = Vec::new();
    for role in Role::ALL {
        let (_, [token, csrf]) = signed_in(&app, tenant, site, *role).await;
        sessions.push((*role, token, csrf));
    }
    let server = Server { app, tenant, demo: Arc::default(), secure: false };
    House { router: router(server), person: person.id.to_string(), floor: site, sessions }
}

impl House {
    /// What the router answers to `method` `address` of whoever has `session`.
    async fn ask(
        &self,
        method: &str,
        address: &str,
        session: Option<(&str, &str)>,
    ) -> (StatusCode, String) {
        let id = self.floor.0.to_string();
        let address = address.replace("PERSON", &self.person).replace("ID", &id);
        let command = app::CommandId::now_v7();
        let mut request = Request::builder().method(method).uri(&address);
        let mut csrf = "";
        if let Some((token, secret)) = session {
            request = request.header(header::COOKIE, format!("lunpai_session={token}"));
            csrf = secret;
        }
        let (kind, body) = if address == "/import" || address == "/clients/imports" {
            let field = "Content-Disposition: form-data; name=\"csrf\"";
            let body = format!("--x\r\n{field}\r\n\r\n{csrf}\r\n--x--\r\n");
            ("multipart/form-data; boundary=x", body)
        } else {
            ("application/x-www-form-urlencoded", format!("csrf={csrf}&command={command}"))
        };
        let body = if method == "GET" { Body::empty() } else { Body::from(body) };
        let request = request.header(header::CONTENT_TYPE, kind).body(body).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let to = response.headers().get(header::LOCATION);
        let to = to.and_then(|to| to.to_str().ok()).unwrap_or_default().to_owned();
        (response.status(), to)
    }
}

fn leads_to_sign_in(to: &str) -> bool {
    to == "/sign-in" || to.starts_with("/sign-in?next=")
}

#[tokio::test(flavor = "multi_thread")]
async fn every_role_reaches_what_the_table_says_and_nothing_else() {
    let file = std::env::temp_dir().join(format!("lunpai-roles-{}.db", app::CommandId::now_v7()));
    let house = house(&file).await;
    let mut wrong = Vec::new();
    for (method, path, address, who) in TABLE {
        let (status, to) = house.ask(method, address, None).await;
        let open = matches!(who, Anybody);
        if open == (leads_to_sign_in(&to) && status.is_redirection()) {
            wrong.push(format!("{method} {path}: nobody signed in gets {status} {to}"));
        }
        for (role, token, csrf) in &house.sessions {
            let (status, to) = house.ask(method, address, Some((token, csrf))).await;
            let may = match who {
                Anybody => true,
                Roles(roles) => roles.contains(role),
            };
            let refused = status == StatusCode::FORBIDDEN;
            let broken = status.is_server_error() || leads_to_sign_in(&to);
            if may == refused || broken {
                wrong.push(format!("{method} {path}: {} gets {status} {to}", role.word()));
            }
        }
    }
    for end in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{end}", file.display()));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
