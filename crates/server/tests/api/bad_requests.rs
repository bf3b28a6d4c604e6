//! Bad requests: each is told with its field and a hint, none is an error of the server.

use axum::{body::Body, http::Request};
use serde_json::Value;

use crate::gallery::Gallery;

const NOBODY: &str = "0197f000-0000-7000-8000-000000000001";

/// Who, method, path, body; status and field of the answer.
type Case = (&'static str, &'static str, String, String, u16, &'static str);

fn case(who: &'static str, call: &str, body: &str, status: u16, field: &'static str) -> Case {
    let (method, path) = call.split_once(' ').unwrap();
    let method = ["GET", "POST", "PUT", "DELETE"].into_iter().find(|m| *m == method).unwrap();
    (who, method, path.replace("NOBODY", NOBODY), body.replace("NOBODY", NOBODY), status, field)
}

fn long(field: &str, length: usize) -> String {
    format!("{{\"{field}\":\"{}\"}}", "x".repeat(length))
}

fn floor_cases(person: &str) -> Vec<Case> {
    let at = |rest: &str| format!("POST people/{person}/{rest}");
    vec![
        case("desk", "POST visits", "{", 400, "body"),
        case("desk", "POST visits", "[]", 400, "body"),
        case("desk", "POST visits", r#"{"facts":{"people":"two"}}"#, 422, "facts.people"),
        case("desk", "POST visits", r#"{"facts":{"people":-1}}"#, 422, "facts.people"),
        case("desk", "POST visits", r#"{"facts":{"people":5000}}"#, 422, "people"),
        case("desk", "POST visits", r#"{"facts":{"client":"x"}}"#, 422, "facts.client"),
        case("desk", "POST visits", r#"{"facts":{"client":"NOBODY"}}"#, 404, "client"),
        case("desk", "POST visits", r#"{"facts":{"named":"NOBODY"}}"#, 422, "named"),
        case("desk", "POST visits", r#"{"facts":{"introduced_by":"NOBODY"}}"#, 404, "client"),
        case("desk", "POST visits", r#"{"facts":{"channel":"window"}}"#, 422, "facts.channel"),
        case("desk", "POST visits", r#"{"fact":{}}"#, 422, "fact"),
        case("desk", "POST visits", r#"{"happened_at":"9:30"}"#, 422, "happened_at"),
        case(
            "desk",
            "POST visits",
            r#"{"happened_at":"2090-01-01T00:00:00Z"}"#,
            422,
            "happened_at",
        ),
        case(
            "desk",
            "POST visits",
            r#"{"happened_at":"9999-01-01T00:00:00Z"}"#,
            422,
            "happened_at",
        ),
        case("desk", "POST visits", "{\"reason\":\"a\\u0000b\"}", 422, "reason"),
        case("desk", "POST visits", &long("reason", 3_000), 422, "reason"),
        case("desk", "POST visits", &long("reason", 3_000_000), 413, "body"),
        case("desk", "POST visits/x/finish", "{}", 400, "visit"),
        case("desk", "POST visits/NOBODY/finish", "{}", 409, "visit"),
        case("lead", "POST visits/NOBODY/override", "{}", 422, "receiver"),
        case("lead", "POST visits/NOBODY/override", r#"{"receiver":"NOBODY"}"#, 422, "receiver"),
        case("desk", "GET visits/NOBODY", "", 404, "visit"),
        case("desk", "POST people/NOBODY/sign-in", "{}", 409, "person"),
        case("desk", &at("step-out"), "{}", 422, "kind"),
        case("desk", &at("step-out"), r#"{"kind":"holiday"}"#, 422, "kind"),
        case(
            "desk",
            &at("step-out"),
            r#"{"kind":"meal","until":"9999-01-01T00:00:00Z"}"#,
            422,
            "until",
        ),
        case("desk", &at("give-up"), r#"{"ring":"circle"}"#, 422, "ring"),
        case("desk", &at("delegate"), r#"{"delegate":"NOBODY"}"#, 422, "delegate"),
        case("lead", &at("suspension"), r#"{"days":70000}"#, 422, "days"),
        case("lead", &at("breach"), r#"{"kind":7}"#, 422, "kind"),
        case("lead", "POST make-ups/one/take", "{}", 400, "make_up"),
        case("lead", "POST make-ups/77/take", "{}", 409, "make_up"),
        case("lead", "POST rings/circle/order", r#"{"order":[]}"#, 422, "ring"),
        case("lead", "POST rings/walk_in/order", r#"{"order":["x"]}"#, 422, "order[0]"),
        case("lead", "POST rings/walk_in/order", r#"{"order":["NOBODY"]}"#, 409, "person"),
        case("desk", "POST day/open", r#"{"date":"yesterday"}"#, 422, "date"),
        case("desk", "POST day/open", r#"{"date":"+9999-01-01"}"#, 422, "date"),
        case("reader", "POST visits", "{}", 403, "Authorization"),
        case("desk", "POST /sites/NOBODY/visits", "{}", 404, "site"),
    ]
}

fn other_cases() -> Vec<Case> {
    let person = |rest: &str| format!(r#"{{"login":"a","display_name":"b",{rest}}}"#);
    vec![
        case("desk", "GET /nothing", "", 404, "path"),
        case("desk", "DELETE /sites", "", 405, "method"),
        case("desk", "GET /sites/x/board", "", 400, "site"),
        case("desk", "GET /sites/NOBODY/board", "", 404, "site"),
        case("desk", "GET fairness?from=monday", "", 422, "from"),
        case("desk", "GET fairness?from=2020-01-01&to=2026-06-01", "", 422, "to"),
        case("desk", "GET decisions?limit=many", "", 422, "limit"),
        case("desk", "GET /decisions/x", "", 400, "entry"),
        case("desk", "GET /decisions/floor.NOBODY.1", "", 404, "journal_entry"),
        case("desk", "GET /decisions/floor.NOBODY.99999999999999999999", "", 400, "entry"),
        case("desk", "POST /decisions/floor.NOBODY.1/undo", "", 404, "site"),
        case("manager", "POST /people", "{}", 422, "login"),
        case("manager", "POST /people", &person(r#""roles":["king"]"#), 422, "roles[0]"),
        case("manager", "POST /people", &person(r#""roles":[]"#), 422, "roles"),
        case("manager", "POST /people", &person(r#""roles":["consultant"]"#), 422, "site"),
        case(
            "manager",
            "POST /people",
            &person(r#""roles":["consultant"],"site":"NOBODY""#),
            404,
            "site",
        ),
        case("desk", "POST /people", &person(r#""roles":["consultant"]"#), 403, "Authorization"),
        case("desk", "GET /people/NOBODY", "", 404, "person"),
        case("manager", "PUT /people/NOBODY/active", r#"{"active":1}"#, 422, "active"),
        case("admin", "POST /people/NOBODY/password", "", 404, "person"),
        case("admin", "POST /sites", r#"{"name":""}"#, 422, "name"),
        case("admin", "POST /sites", r#"{"name":"a","time_zone":"Mars"}"#, 422, "time_zone"),
        case("admin", "POST /sites/NOBODY/teams", r#"{"name":"a"}"#, 404, "site"),
        case("desk", "POST clients", "{}", 422, "name"),
        case("desk", "POST clients", r#"{"name":"王","telephones":["abc"]}"#, 422, "telephone"),
        case("desk", "POST clients", r#"{"name":"王","telephones":[1]}"#, 422, "telephones[0]"),
        case("desk", "GET /clients/NOBODY", "", 404, "client"),
        case("manager", "PUT /clients/NOBODY/owner", r#"{"reason":"x"}"#, 404, "client"),
        case("lead", "POST rulebooks", r#"{"slug":"No Slug","text":""}"#, 422, "slug"),
        case("lead", "POST rulebooks", r#"{"slug":"none"}"#, 404, "preset"),
        case("lead", "POST rulebooks", r#"{"slug":"a","text":"= ="}"#, 422, "text"),
        case("manager", "POST /rulebooks/NOBODY/activate", "{}", 404, "rulebook_version"),
        case(
            "admin",
            "POST /tokens",
            r#"{"person":"NOBODY","name":"a","scopes":["read"]}"#,
            404,
            "person",
        ),
        case(
            "admin",
            "POST /tokens",
            r#"{"person":"NOBODY","name":"a","scopes":["all"]}"#,
            422,
            "scopes[0]",
        ),
        case("admin", "DELETE /tokens/NOBODY", "", 404, "token"),
        case("admin", "POST /audit/verify", r#"{"text":"{}"}"#, 422, "checkpoint"),
        case("desk", "GET /audit/verify", "", 403, "Authorization"),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn every_bad_request_names_its_field_and_a_hint() {
    let gallery = Gallery::new().await;
    gallery.open_day().await;
    let mut wrong = Vec::new();
    let person = gallery.consultants[0].to_string();
    for (who, method, path, body, status, field) in
        floor_cases(&person).into_iter().chain(other_cases())
    {
        let (told, problem) = gallery.ask(gallery.request(who, method, &path, &body)).await;
        let body: String = body.chars().take(60).collect();
        let hinted = problem["hint"].is_string();
        let named = problem["field"] == field;
        if told != status || !named || !hinted {
            wrong.push(format!(
                "{method} {path} {body}: {told} {problem} and not {status} `{field}`"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    gallery.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn headers_that_cannot_be_used() {
    let gallery = Gallery::new().await;
    let cases = [
        ("authorization", "", 401, "Authorization"),
        ("authorization", "Basic eDp5", 401, "Authorization"),
        ("authorization", "Bearer lunpai_0000", 401, "Authorization"),
        ("idempotency-key", "one", 400, "Idempotency-Key"),
        ("content-type", "text/xml", 415, "Content-Type"),
    ];
    for (name, value, status, field) in cases {
        let mut request: Request<Body> = gallery.request("desk", "POST", "visits", "{}");
        request.headers_mut().insert(name, value.parse().unwrap());
        let (told, problem): (u16, Value) = gallery.ask(request).await;
        assert_eq!((told, problem["field"].as_str()), (status, Some(field)), "{problem}");
        assert!(problem["hint"].is_string(), "{problem}");
    }
    gallery.remove().await;
}
