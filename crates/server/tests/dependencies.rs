//! Who may depend on whom, and under which licences: what `deny.toml` says, checked on every test run.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use toml_edit::DocumentMut;

/// From a crate of ours to the crates of ours it may name, in the order of `ARCHITECTURE.md`.
const MAY_NAME: [(&str, &[&str]); 5] = [
    ("rulebook", &[]),
    ("domain", &["rulebook"]),
    ("store", &["rulebook", "domain"]),
    ("app", &["rulebook", "domain", "store"]),
    ("server", &["rulebook", "domain", "store", "app"]),
];

/// What would let the pure crates reach a database, a network, a clock of their own or a page.
const IMPURE: [&str; 7] = ["askama", "axum", "getrandom", "reqwest", "sqlx", "tokio", "tracing"];

fn metadata() -> Value {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--offline"])
        .args(["--filter-platform", "x86_64-unknown-linux-gnu"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn deny() -> DocumentMut {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../deny.toml");
    std::fs::read_to_string(path).unwrap().parse().unwrap()
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_default()
}

/// The direct dependencies of each package; without those for tests only if `shipped`.
fn edges(metadata: &Value, shipped: bool) -> BTreeMap<String, BTreeSet<String>> {
    let packages = metadata["packages"].as_array().unwrap();
    packages
        .iter()
        .map(|package| {
            let named = package["dependencies"].as_array().unwrap();
            let named = named.iter().filter(|d| !shipped || d["kind"] != "dev");
            let named = named.map(|d| text(d, "name").to_owned()).collect();
            (text(package, "name").to_owned(), named)
        })
        .collect()
}

#[test]
fn our_crates_name_each_other_in_one_direction() {
    let edges = edges(&metadata(), true);
    let ours: BTreeSet<_> = MAY_NAME.iter().map(|(name, _)| *name).collect();
    for (name, allowed) in MAY_NAME {
        let named = &edges[name];
        let wrong: Vec<_> = named
            .iter()
            .filter(|d| ours.contains(d.as_str()) && !allowed.contains(&d.as_str()))
            .collect();
        assert!(wrong.is_empty(), "`{name}` must not depend on {wrong:?}");
    }
}

#[test]
fn the_pure_crates_reach_nothing_outside() {
    let edges = edges(&metadata(), true);
    for name in ["rulebook", "domain"] {
        let wrong: Vec<_> = IMPURE.iter().filter(|i| edges[name].contains(**i)).collect();
        assert!(wrong.is_empty(), "`{name}` must stay pure, but depends on {wrong:?}");
    }
}

#[test]
fn only_those_that_deny_names_depend_on_databases_pages_and_telephones() {
    let edges = edges(&metadata(), false);
    let deny = deny();
    for ban in deny["bans"]["deny"].as_array().unwrap() {
        let ban = ban.as_inline_table().unwrap();
        let banned = ban["crate"].as_str().unwrap();
        let wrappers: BTreeSet<_> = ban
            .get("wrappers")
            .and_then(|w| w.as_array())
            .map(|w| w.iter().filter_map(|name| name.as_str()).collect())
            .unwrap_or_default();
        let present = edges.contains_key(banned);
        let users: Vec<_> = edges
            .iter()
            .filter(|(user, named)| named.contains(banned) && !wrappers.contains(user.as_str()))
            .map(|(user, _)| user)
            .filter(|user| is_ours(user))
            .collect();
        assert!(users.is_empty(), "{users:?} must not depend on `{banned}`: {}", ban["reason"]);
        assert!(!present || !wrappers.is_empty(), "`{banned}` is in the tree: {}", ban["reason"]);
    }
}

fn is_ours(name: &str) -> bool {
    MAY_NAME.iter().any(|(ours, _)| *ours == name)
}

#[test]
fn every_package_comes_from_the_registry_under_an_accepted_licence() {
    let metadata = metadata();
    let deny = deny();
    let allowed: BTreeSet<_> = deny["licenses"]["allow"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|licence| licence.as_str())
        .collect();
    for package in metadata["packages"].as_array().unwrap() {
        let name = text(package, "name");
        if package["source"].is_null() {
            assert!(is_ours(name), "`{name}` lies in the folder, but is no crate of ours");
            continue;
        }
        assert!(text(package, "source").starts_with("registry+"), "`{name}` comes from elsewhere");
        let licence = text(package, "license").replace('/', " OR ");
        assert!(accepted(&licence, &allowed), "`{name}` is under `{licence}`");
    }
}

/// Whether an SPDX expression can be met with `allowed` licences only.
fn accepted(expression: &str, allowed: &BTreeSet<&str>) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ");
    let mut words = spaced.split_whitespace().peekable();
    let met = any_of(&mut words, allowed);
    met && words.next().is_none()
}

type Tokens<'a> = std::iter::Peekable<std::str::SplitWhitespace<'a>>;

fn any_of(words: &mut Tokens<'_>, allowed: &BTreeSet<&str>) -> bool {
    let mut met = all_of(words, allowed);
    while words.next_if_eq(&"OR").is_some() {
        met |= all_of(words, allowed);
    }
    met
}

fn all_of(words: &mut Tokens<'_>, allowed: &BTreeSet<&str>) -> bool {
    let mut met = one(words, allowed);
    while words.next_if_eq(&"AND").is_some() {
        met &= one(words, allowed);
    }
    met
}

fn one(words: &mut Tokens<'_>, allowed: &BTreeSet<&str>) -> bool {
    if words.next_if_eq(&"(").is_some() {
        let met = any_of(words, allowed);
        return words.next_if_eq(&")").is_some() && met;
    }
    let met = words.next().is_some_and(|licence| allowed.contains(licence));
    if words.next_if_eq(&"WITH").is_some() {
        words.next();
    }
    met
}

#[test]
fn licence_expressions_are_read_as_written() {
    let allowed = BTreeSet::from(["MIT", "ISC"]);
    for (expression, expected) in [
        ("MIT", true),
        ("GPL-3.0", false),
        ("GPL-3.0 OR MIT", true),
        ("GPL-3.0 AND MIT", false),
        ("(GPL-3.0 OR ISC) AND MIT", true),
        ("(GPL-3.0 OR BSD) AND MIT", false),
        ("", false),
    ] {
        assert_eq!(accepted(expression, &allowed), expected, "{expression}");
    }
}
