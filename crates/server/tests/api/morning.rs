//! A morning through the API.

use serde_json::{Value, json};

use crate::gallery::{Gallery, at};

#[tokio::test(flavor = "multi_thread")]
async fn a_morning_of_arrivals() {
    let gallery = Gallery::new().await;
    gallery.open_day().await;
    let [first, second, third] = [0, 1, 2].map(|place| json!(gallery.consultants[place].0));
    let tried = gallery.done("desk", "POST", "rotation/preview", json!({})).await;
    assert_eq!(tried["outcome"]["receiver"], first);
    let one = gallery.done("desk", "POST", "visits", json!({ "facts": { "people": 2 } })).await;
    assert_eq!(one["outcome"]["outcome"], "receives");
    assert_eq!(one["outcome"]["receiver"], first);
    assert_eq!(one["outcome"]["situation"], "new");
    assert!(one["clauses"].as_array().unwrap().contains(&json!("2")), "{one}");
    let two = gallery.done("desk", "POST", "visits", json!({})).await;
    assert_eq!(two["outcome"]["receiver"], second);
    let open = gallery.done("desk", "GET", "visits", Value::Null).await;
    assert_eq!(open.as_array().unwrap().len(), 2);
    assert_eq!(open[0]["people"], 2);
    let visit = one["outcome"]["visit"].as_str().unwrap();
    gallery.hand.set(at(30));
    gallery.done("desk", "POST", &format!("visits/{visit}/finish"), json!({})).await;
    let shown = gallery.done("desk", "GET", &format!("visits/{visit}"), Value::Null).await;
    assert_eq!(shown["phase"], "ended");
    let board = gallery.done("desk", "GET", "board", Value::Null).await;
    assert_eq!(board["rings"][0]["on_turn"], third);
    let taken: i64 = board["rings"][0]["places"]
        .as_array()
        .unwrap()
        .iter()
        .map(|p| p["today"]["taken"].as_i64().unwrap())
        .sum();
    assert_eq!(taken, 2);
    let fairness = gallery.done("desk", "GET", "fairness", Value::Null).await;
    assert_eq!(fairness["rows"].as_array().unwrap().len(), 2);
    let mine = format!("people/{}/rotation", gallery.consultants[0]);
    assert_eq!(gallery.done("desk", "GET", &mine, Value::Null).await["turns"][0]["kind"], "taken");
    let why = format!("/decisions/{}", one["entry"].as_str().unwrap());
    let why = gallery.done("desk", "GET", &why, Value::Null).await;
    assert!(why["clauses"].as_array().unwrap().iter().any(|c| c["text"]["zh"] != ""), "{why}");
    let report = gallery.done("admin", "GET", "/audit/verify", Value::Null).await;
    assert_eq!(report["clean"], true);
    gallery.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_a_visitor_is_comes_out_later_and_a_permission_is_withdrawn() {
    let gallery = Gallery::new().await;
    gallery.open_day().await;
    let new = json!({ "name": "王小明", "telephones": ["13812345678"] });
    let client = gallery.done("desk", "POST", "clients", new).await;
    let visit = gallery.done("desk", "POST", "visits", json!({})).await;
    let path = format!("visits/{}", visit["outcome"]["visit"].as_str().unwrap());
    let body = json!({ "client": client["id"] });
    gallery.done("desk", "POST", &format!("{path}/identify"), body).await;
    let shown = gallery.done("desk", "GET", &path, Value::Null).await;
    assert_eq!(shown["receiver"], visit["outcome"]["receiver"], "nothing is dealt again");
    let unknown = json!({ "client": uuid::Uuid::now_v7() }).to_string();
    let ask = gallery.request("desk", "POST", &format!("{path}/identify"), &unknown);
    let (status, problem) = gallery.ask(ask).await;
    assert_eq!(status, 404, "{problem}");
    let second = format!("people/{}/second", gallery.consultants[0]);
    gallery.done("manager", "POST", &second, json!({})).await;
    gallery.done("manager", "POST", &format!("{second}/withdraw"), json!({})).await;
    let ask = gallery.request("manager", "POST", &format!("{second}/withdraw"), "{}");
    let (status, problem) = gallery.ask(ask).await;
    assert_eq!(status, 409, "there is none left to withdraw: {problem}");
    gallery.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_key_is_carried_out_once() {
    let gallery = Gallery::new().await;
    gallery.open_day().await;
    let key = uuid::Uuid::now_v7().to_string();
    let ask = |body: &str| {
        let mut request = gallery.request("desk", "POST", "visits", body);
        request.headers_mut().insert("idempotency-key", key.parse().unwrap());
        request
    };
    let (status, once) = gallery.ask(ask("{}")).await;
    assert_eq!((status, &once["repeated"]), (200, &json!(false)));
    let (status, again) = gallery.ask(ask("{}")).await;
    assert_eq!((status, &again["repeated"]), (200, &json!(true)));
    assert_eq!(once["entry"], again["entry"]);
    let (status, other) = gallery.ask(ask(r#"{"facts":{"people":3}}"#)).await;
    assert_eq!(status, 409, "{other}");
    assert!(other["hint"].is_string(), "{other}");
    gallery.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_is_a_conflict_with_its_reasons() {
    let gallery = Gallery::new().await;
    let (status, refused) = gallery.ask(gallery.request("desk", "POST", "visits", "{}")).await;
    assert_eq!(status, 409);
    assert_eq!(refused["type"], "urn:lunpai:problem:refused");
    assert_eq!(refused["decision"]["outcome"]["reason"], "day_not_open");
    assert!(!refused["decision"]["because"].as_array().unwrap().is_empty(), "{refused}");
    gallery.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn outings_make_ups_and_undo() {
    let gallery = Gallery::new().await;
    gallery.open_day().await;
    let person = gallery.consultants[0];
    let out = json!({ "kind": "meal", "until": at(20) });
    let out = gallery.done("desk", "POST", &format!("people/{person}/step-out"), out).await;
    let undo = format!("/decisions/{}/undo", out["entry"].as_str().unwrap());
    assert_eq!(gallery.done("desk", "POST", &undo, Value::Null).await["undone"], "restored");
    let grant = json!({ "ring": "walk_in", "kind": "priority", "reason": "错过一轮" });
    gallery.done("lead", "POST", &format!("people/{person}/make-ups"), grant).await;
    let board = gallery.done("desk", "GET", "board", Value::Null).await;
    let id = board["rings"][0]["make_ups"][0]["id"].as_u64().unwrap();
    gallery.done("lead", "POST", &format!("make-ups/{id}/take"), json!({})).await;
    let decisions = gallery.done("desk", "GET", "decisions?limit=3", Value::Null).await;
    assert_eq!(decisions[0]["command"], "take_make_up");
    gallery.done("desk", "POST", "day/close", json!({ "end_open": true })).await;
    gallery.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn clients_people_tokens_and_rulebooks() {
    let gallery = Gallery::new().await;
    let client = json!({ "name": "王小明", "telephones": ["13812345678"] });
    let client = gallery.done("desk", "POST", "clients", client).await;
    assert_ne!(client["shown"]["name"], "王小明");
    let found = gallery.done("desk", "GET", "clients?q=5678", Value::Null).await;
    assert_eq!(found[0]["id"], client["id"]);
    let path = format!("/clients/{}", client["id"].as_str().unwrap());
    let full = gallery.done("desk", "POST", &format!("{path}/reveal"), Value::Null).await;
    assert_eq!(full["name"], "王小明");
    let owner = json!({ "owner": gallery.consultants[2].0, "reason": "介绍人指定" });
    let owned = gallery.done("manager", "PUT", &format!("{path}/owner"), owner).await;
    assert_eq!(owned["owner_name"], "丙");
    gallery.open_day().await;
    let arrival = json!({ "facts": { "client": client["id"] } });
    let arrival = gallery.done("desk", "POST", "visits", arrival).await;
    assert_eq!(arrival["outcome"]["situation"], "own_open");
    assert_eq!(arrival["outcome"]["receiver"], json!(gallery.consultants[2].0));
    let new = json!({ "site": gallery.site.0, "login": "ding", "display_name": "丁", "roles": ["consultant"] });
    let entered = gallery.done("manager", "POST", "/people", new).await;
    assert!(entered["password"].as_str().unwrap().len() >= 10);
    let new = json!({ "person": entered["person"]["id"], "name": "phone", "scopes": ["read"] });
    let made = gallery.done("admin", "POST", "/tokens", new).await;
    assert!(made["secret"].as_str().unwrap().starts_with("lunpai_"));
    let token = format!("/tokens/{}", made["token"]["id"].as_str().unwrap());
    gallery.done("admin", "DELETE", &token, Value::Null).await;
    let checked = gallery.done("lead", "POST", "/rulebooks/check", json!({ "slug": "test" })).await;
    assert_eq!(checked["activatable"], true, "{checked}");
    let draft = gallery.done("manager", "POST", "rulebooks", json!({ "slug": "test" })).await;
    let activate = format!("/rulebooks/{}/activate", draft["id"].as_str().unwrap());
    assert_eq!(gallery.done("manager", "POST", &activate, json!({})).await["active"], true);
    gallery.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rulebook_is_written_tried_approved_and_compared() {
    let gallery = Gallery::new().await;
    let schema = gallery.done("lead", "GET", "/rulebooks/schema", Value::Null).await;
    let source = &schema["properties"]["rotation"]["properties"]["order"]["properties"]["source"];
    assert_eq!(source["x-path"], "rotation.order.source");
    let before = gallery.done("lead", "GET", "rulebooks", Value::Null).await[0]["id"].clone();
    let before = before.as_str().unwrap().to_owned();
    let copy = gallery.done("lead", "POST", &format!("/rulebooks/{before}/copy"), json!({})).await;
    let id = copy["id"].as_str().unwrap();
    let change = format!("/rulebooks/{id}/change");
    let settings = json!({ "rotation.order.carry_over": "pointer" });
    let said = json!({ "revision": 1, "settings": settings });
    assert_eq!(gallery.done("lead", "POST", &change, said.clone()).await["revision"], 2);
    let difference = format!("/rulebooks/{id}/difference?before={before}");
    let difference = gallery.done("lead", "GET", &difference, Value::Null).await;
    assert_eq!(difference["settings"][0]["setting"], "rotation.order.carry_over");
    let text = "# language: zh-CN\n功能: 例\n  场景: 无此句\n    那么 天要下雨\n";
    let trial = json!({ "version": id, "text": text });
    let tried = gallery.done("lead", "POST", "/rulebooks/run", trial).await;
    assert_eq!((&tried["failed_count"], &tried["ran"][0]["failed_line"]), (&json!(1), &json!(4)));
    gallery.done("lead", "POST", &format!("/rulebooks/{id}/hand-in"), json!({})).await;
    let approve = format!("/rulebooks/{id}/approve");
    gallery.done("manager", "POST", &approve, json!({ "revision": 2 })).await;
    let affected = format!("/rulebooks/{id}/affected");
    let affected = gallery.done("manager", "GET", &affected, Value::Null).await;
    assert_eq!(affected["kept"]["lapse_count"], 0);
    let later = json!({ "effective_at": "2199-01-01T00:00:00Z" });
    let activate = format!("/rulebooks/{id}/activate");
    assert_eq!(gallery.done("manager", "POST", &activate, later).await["active"], false);
    let withdraw = format!("/rulebooks/{id}/withdraw");
    let taken = gallery.done("manager", "POST", &withdraw, json!({})).await;
    assert_eq!(taken["retired_at"], taken["effective_at"]);
    gallery.remove().await;
}
