//! The translations are complete, used, and take the same variables in both languages.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser::parse;

use super::{Fact, Language, Value, Words};

/// Families of names that come from elsewhere: the domain, rulebooks, people's roles.
const FAMILIES: [&str; 32] = [
    "assignment",
    "basis",
    "carry",
    "channel",
    "client-field",
    "client-grade",
    "client-import-duplicates",
    "client-import-stage",
    "client-kind",
    "client-source",
    "clients-bulk",
    "clients-erase-for",
    "command",
    "condition",
    "fact",
    "import-kind",
    "open",
    "outcome",
    "outing",
    "purpose",
    "replay-count",
    "replay-kind",
    "replay-missing",
    "replay-sanction",
    "role",
    "rulebook-kind",
    "rulebook-severity",
    "situation",
    "source",
    "stream",
    "value",
    "waiting",
];

fn root(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(folder)
}

fn files(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, ending, found);
        } else if path.extension().is_some_and(|end| end == ending) {
            found.push(path);
        }
    }
}

/// Every message of `language` with its variables; fails on syntax errors and repeated keys.
fn messages(language: Language) -> BTreeMap<String, BTreeSet<String>> {
    let mut paths = Vec::new();
    files(&root("translations").join(language.tag()), "ftl", &mut paths);
    let mut messages = BTreeMap::new();
    for path in paths {
        let text = std::fs::read_to_string(&path).unwrap();
        let resource = parse(text.as_str()).unwrap_or_else(|(_, e)| panic!("{path:?}: {e:?}"));
        for entry in resource.body {
            match entry {
                Entry::Message(message) => {
                    let mut variables = BTreeSet::new();
                    let value = message.value.unwrap_or_else(|| panic!("{path:?}: empty message"));
                    of_pattern(&value, &mut variables);
                    let key = message.id.name.to_owned();
                    assert!(messages.insert(key.clone(), variables).is_none(), "`{key}` twice");
                }
                Entry::Junk { content } => panic!("{path:?}: cannot read `{content}`"),
                _ => {}
            }
        }
    }
    messages
}

fn of_pattern(pattern: &Pattern<&str>, variables: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            of_expression(expression, variables);
        }
    }
}

fn of_expression(expression: &Expression<&str>, variables: &mut BTreeSet<String>) {
    let inline = match expression {
        Expression::Inline(inline) => inline,
        Expression::Select { selector, variants } => {
            variants.iter().for_each(|variant| of_pattern(&variant.value, variables));
            selector
        }
    };
    match inline {
        InlineExpression::VariableReference { id } => {
            variables.insert(id.name.to_owned());
        }
        InlineExpression::Placeable { expression } => of_expression(expression, variables),
        _ => {}
    }
}

/// Every key that templates and code name, with the variables they give it.
fn named_keys() -> BTreeMap<String, BTreeSet<String>> {
    let mut paths = Vec::new();
    files(&root("templates"), "html", &mut paths);
    files(&root("crates/server/src"), "rs", &mut paths);
    let mut keys: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    // The command line speaks for itself.
    let cli = root("crates/server/src/cli");
    let ours = |path: &&PathBuf| !path.ends_with("language/tests.rs") && !path.starts_with(&cli);
    for path in paths.iter().filter(ours) {
        let text = std::fs::read_to_string(path).unwrap();
        for (call, count) in [("say(", 0), ("say1(", 1), ("say2(", 2), ("Key(", 0)] {
            for (at, _) in text.match_indices(call) {
                let rest = text[at + call.len()..].trim_start();
                let Some(key) = quoted(rest) else { continue };
                let known = keys.entry(key.to_owned()).or_default();
                let arguments = &rest[key.len() + 2..];
                known.extend(names(arguments, count));
            }
        }
    }
    keys
}

fn quoted(text: &str) -> Option<&str> {
    text.strip_prefix('"')?.split('"').next()
}

/// The first `count` names of variables in the rest of a call, which are its only plain words
/// after a comma at its own depth.
fn names(arguments: &str, count: usize) -> Vec<String> {
    let mut depth = 0_i32;
    let mut parts = vec![String::new()];
    for c in arguments.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' if depth == 0 => break,
            ')' | ']' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(String::new());
                continue;
            }
            _ => {}
        }
        if let Some(part) = parts.last_mut() {
            part.push(c);
        }
    }
    parts
        .iter()
        .skip(1)
        .step_by(2)
        .take(count)
        .filter_map(|part| quoted(part.trim()))
        .map(str::to_owned)
        .collect()
}

fn in_family(key: &str) -> bool {
    FAMILIES.iter().any(|family| key.strip_prefix(family).is_some_and(|rest| rest.starts_with('-')))
}

#[test]
fn both_languages_have_the_same_keys_and_variables() {
    let chinese = messages(Language::Chinese);
    let english = messages(Language::English);
    let keys: BTreeSet<_> = chinese.keys().chain(english.keys()).collect();
    let wrong: Vec<_> =
        keys.into_iter().filter(|key| chinese.get(*key) != english.get(*key)).collect();
    assert!(wrong.is_empty(), "missing in one language, or with other variables: {wrong:?}");
}

#[test]
fn every_key_that_is_named_exists_and_gets_its_variables() {
    let messages = messages(Language::Chinese);
    let mut wrong = Vec::new();
    for (key, given) in named_keys() {
        match messages.get(&key) {
            None => wrong.push(format!("`{key}` has no translation")),
            Some(wanted) if *wanted != given => {
                wrong.push(format!("`{key}` wants {wanted:?} and gets {given:?}"));
            }
            Some(_) => {}
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_translation_is_used() {
    let named = named_keys();
    let unused: Vec<_> = messages(Language::Chinese)
        .into_keys()
        .filter(|key| !named.contains_key(key) && !in_family(key))
        .collect();
    assert!(unused.is_empty(), "nothing says {unused:?}");
}

fn words(language: Language) -> Words {
    Words::new(language, FixedOffset::east_opt(8 * 3600).unwrap())
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

#[test]
fn times_are_those_of_the_site() {
    let chinese = words(Language::Chinese);
    assert_eq!(chinese.time(&at("2026-11-22T16:05:00Z")), "00:05");
    assert_eq!(chinese.moment_text(&at("2026-11-22T16:05:00Z")), "2026年11月23日 00:05");
    assert_eq!(
        words(Language::English).moment_text(&at("2026-11-22T16:05:00Z")),
        "23 Nov 2026 00:05"
    );
    assert_eq!(
        chinese.near(&at("2026-11-22T16:05:00Z"), &at("2026-11-22T15:59:00Z")),
        "11月23日 周一 00:05"
    );
    assert_eq!(chinese.near(&at("2026-11-22T15:58:00Z"), &at("2026-11-22T15:59:00Z")), "23:58");
}

#[test]
fn days_durations_numbers_and_lists_read_naturally() {
    let (chinese, english) = (words(Language::Chinese), words(Language::English));
    let sunday = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
    assert_eq!(chinese.date(&sunday), "11月22日 周日");
    assert_eq!(english.date(&sunday), "Sun 22 Nov");
    for (minutes, zh, en) in [
        (0, "0 分钟", "0 min"),
        (59, "59 分钟", "59 min"),
        (60, "1 小时", "1 h"),
        (95, "1 小时 35 分", "1 h 35 min"),
    ] {
        assert_eq!(
            (chinese.minutes(&minutes), english.minutes(&minutes)),
            (zh.to_owned(), en.to_owned())
        );
    }
    assert_eq!(chinese.number(&1_234_567), "1,234,567");
    assert_eq!(chinese.number(&-999), "−999");
    assert_eq!(
        (chinese.signed(&1), chinese.signed(&0), chinese.signed(&-2)),
        ("+1".into(), "0".into(), "−2".into())
    );
    let three = ["甲", "乙", "丙"].map(str::to_owned);
    assert_eq!(chinese.list(&three), "甲、乙和丙");
    assert_eq!(english.list(&three), "甲, 乙 and 丙");
    assert_eq!(english.list(&three[..1]), "甲");
}

#[test]
fn seconds_that_have_passed_do_not_count_below_zero() {
    let chinese = words(Language::Chinese);
    let (now, later) = (at("2026-11-22T02:00:00Z"), at("2026-11-22T02:01:05Z"));
    assert!(chinese.left(&later, &now).to_string().contains(">1:05<"));
    assert!(chinese.left(&now, &later).to_string().contains(">0:00<"));
    assert!(chinese.since(&later, &now).to_string().contains(">0 分钟<"));
}

#[test]
fn a_name_without_translation_is_shown_in_plain_words() {
    let english = words(Language::English);
    assert_eq!(english.named("condition", "turn_kept_for_tea"), "turn kept for tea");
    assert!(!english.has_name("condition", "turn_kept_for_tea"));
    assert!(english.has_name("condition", "next_in_order"));
    let facts = [
        Fact::new("person", Value::Text("Li".into())),
        Fact::new("kind", Value::Named("meal".into())),
    ];
    assert_eq!(english.named_with("condition", "absent", &facts), "Li is away: a meal");
}
