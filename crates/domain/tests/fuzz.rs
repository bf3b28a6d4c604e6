//! Whatever is typed or uploaded: read, or refused with a place and a hint; never a panic.

use std::{fs, path::Path};

use domain::scenario::{Feature, run_feature};
use proptest::prelude::*;
use rulebook::{Document, Problems, Schema, Value, typed};

fn file(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rulebooks").join(path))
        .unwrap()
}

fn schema() -> Schema {
    let mut schema = Schema::default();
    domain::declare(&mut schema);
    schema
}

/// `text` with lines lost, doubled, moved and with letters changed.
fn mutated(text: String) -> impl Strategy<Value = String> {
    let index = any::<prop::sample::Index>;
    prop::collection::vec((index(), index(), 0_usize..5, prop::char::any()), 1..8).prop_map(
        move |changes| {
            let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
            for (at, other, how, letter) in changes {
                let (at, other) = (at.index(lines.len()), other.index(lines.len()));
                match how {
                    0 => drop(lines.remove(at)),
                    1 => lines.insert(at, lines[other].clone()),
                    2 => lines.swap(at, other),
                    3 => lines[at].push(letter),
                    _ => {
                        let mut letters: Vec<char> = lines[at].chars().collect();
                        if !letters.is_empty() {
                            let place = other % letters.len();
                            letters[place] = letter;
                        }
                        lines[at] = letters.into_iter().collect();
                    }
                }
                if lines.is_empty() {
                    lines.push(String::new());
                }
            }
            lines.join("\n")
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_mutated_rulebook_is_checked(text in mutated(file("r-001-16/rulebook.toml"))) {
        let mut problems = Problems::default();
        let document = Document::parse("test", &text, &mut problems);
        domain::check(&document, &mut problems);
        for problem in &problems.0 {
            prop_assert!(!problem.hint.zh.is_empty() && !problem.hint.en.is_empty(), "{}", problem);
            prop_assert!(problem.place.line <= text.lines().count() + 1, "{}", problem);
        }
    }

    #[test]
    fn a_mutated_feature_is_run_or_refused(text in mutated(file("demo/scenarios/gallery.feature"))) {
        let mut problems = Problems::default();
        let document = Document::parse("demo", &file("demo/rulebook.toml"), &mut problems);
        prop_assert!(problems.is_readable());
        match Feature::parse("test.feature", &text, &mut problems) {
            None => prop_assert!(!problems.is_readable()),
            Some(feature) => {
                for ran in run_feature(&document, &feature) {
                    let told = ran.failure.is_none_or(|failure| !failure.message.is_empty());
                    prop_assert!(told, "{}", ran.scenario);
                }
            }
        }
    }

    #[test]
    fn any_text_is_a_feature_or_refused(text in "(功能|Feature|场景|Scenario|:|\n|那么|\\|| |.){0,60}") {
        let mut problems = Problems::default();
        if Feature::parse("test.feature", &text, &mut problems).is_none() {
            prop_assert!(!problems.is_readable());
        }
    }

    #[test]
    fn anything_typed_for_any_setting_is_read_or_refused(text in ".{0,40}|[0-9：:，、未定不限是否a-z_]{0,12}") {
        for declared in schema().iter() {
            if let Err(words) = typed::read(declared, &text) {
                prop_assert!(!words.zh.is_empty() && !words.en.is_empty(), "{}", declared.path);
            }
        }
    }
}

#[test]
fn what_a_form_shows_is_read_as_what_was_written() {
    let schema = schema();
    for slug in ["demo", "r-001-01", "r-001-16"] {
        let text = file(&format!("{slug}/rulebook.toml"));
        let document = Document::parse(slug, &text, &mut Problems::default());
        for (path, written) in &document.settings {
            let declared = schema.get(path).unwrap();
            let shown = typed::shown(declared, &written.value);
            for shown in [&shown.zh, &shown.en] {
                let read = typed::read(declared, shown).unwrap();
                assert_eq!(read.as_ref(), Some(&written.value), "{path}: {shown}");
            }
        }
    }
}

#[test]
fn what_may_not_be_typed_says_what_may() {
    let schema = schema();
    let days = schema.get("attribution.validity.days").unwrap();
    assert_eq!(typed::read(days, "30"), Ok(Some(Value::Number(30))));
    assert_eq!(typed::read(days, "３０"), Ok(Some(Value::Number(30))));
    assert_eq!(typed::read(days, " "), Ok(None));
    assert_eq!(typed::read(days, "不限"), Ok(Some(Value::Text("none".into()))));
    assert_eq!(typed::read(days, "未定"), Ok(Some(Value::Text("unset".into()))));
    for wrong in ["-1", "1000001", "三十", "1.5"] {
        let words = typed::read(days, wrong).unwrap_err();
        assert!(words.zh.contains("0 到 1000000 之间的整数"), "{words:?}");
        assert!(words.en.contains("a whole number from 0 to 1000000"), "{words:?}");
    }
}

#[test]
fn the_schema_has_every_setting_with_its_titles_and_what_may_be_written() {
    let schema = schema();
    let json = rulebook::json_schema::json_schema(&schema, &|_| Some("30".into()));
    for declared in schema.iter() {
        let pointer = declared.path.split('.').map(|name| format!("/properties/{name}"));
        let at = json.pointer(&pointer.collect::<String>()).unwrap();
        assert_eq!(at["x-title-zh"], declared.zh, "{}", declared.path);
        assert_eq!(at["x-path"], declared.path.as_str());
        let words = at["anyOf"].as_array().unwrap().len();
        assert_eq!(words, if declared.may_be_none { 3 } else { 2 }, "{}", declared.path);
        assert_eq!(at["examples"][0], 30);
    }
}
