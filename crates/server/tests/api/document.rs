//! The description of the API: current, and complete.

use serde_json::Value;

const COMMITTED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/src/openapi.json");

#[test]
fn the_committed_description_is_current() {
    let made = server::api::openapi();
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(COMMITTED, &made).unwrap();
    }
    let committed = std::fs::read_to_string(COMMITTED).unwrap_or_default();
    assert!(committed == made, "docs/src/openapi.json is old: write it with `lunpai openapi`");
}

#[test]
fn every_operation_is_described() {
    let document: Value = serde_json::from_str(&server::api::openapi()).unwrap();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    let mut names = std::collections::BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            assert!(operation["summary"].is_string(), "{method} {path}");
            assert!(operation["responses"]["4XX"].is_object(), "{method} {path}");
            assert!(operation["tags"].is_array(), "{method} {path}");
            assert!(
                names.insert(operation["operationId"].to_string()),
                "{method} {path}: the id is taken"
            );
        }
    }
    assert!(names.len() > 60, "{}", names.len());
}
