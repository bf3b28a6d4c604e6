//! Edits of a rulebook's text: what is changed changes, and nothing else.

use proptest::prelude::*;
use rulebook::{
    Carry, ClauseId, Document, Problems, Value, Words,
    edit::{ClauseText, Editor},
};

const TEXT: &str = r#"# the gallery's own
[about]
title = { zh = "甲", en = "A" } # short

# who is next
[rotation.order]
source = "posted_table" # as on the wall
carry_over = "pointer"

[[clause]]
id = "1"
text = { zh = "按表", en = "By the table" }
# both of them
carried_by = [
    "rotation.order.source",
    "rotation.order.carry_over",
]
"#;

fn edited(change: impl FnOnce(&mut Editor)) -> String {
    let mut editor = Editor::open("test", TEXT).unwrap();
    change(&mut editor);
    editor.text()
}

fn clause(id: &str) -> ClauseText {
    ClauseText {
        id: ClauseId(id.into()),
        covers: Vec::new(),
        carry: Carry::Enforce,
        text: Words { zh: "按表".into(), en: "By the table".into() },
        warning: None,
        carried_by: vec!["rotation.order.source".into(), "rotation.order.carry_over".into()],
    }
}

#[test]
fn a_setting_that_is_changed_keeps_its_comment_and_its_place() {
    let text = edited(|editor| {
        editor.set("rotation.order.source", Some(&Value::Text("sign_in".into()))).unwrap();
    });
    assert_eq!(text, TEXT.replace("\"posted_table\"", "\"sign_in\""));
}

#[test]
fn a_setting_that_is_new_goes_to_its_table_and_a_new_table_is_made() {
    let text = edited(|editor| {
        editor.set("rotation.order.unit", Some(&Value::Text("group".into()))).unwrap();
        editor.set("attribution.validity.days", Some(&Value::Number(30))).unwrap();
    });
    assert!(text.contains("carry_over = \"pointer\"\nunit = \"group\"\n"), "{text}");
    assert!(text.contains("[attribution.validity]\ndays = 30\n"), "{text}");
    assert!(!text.contains("[attribution]"), "{text}");
}

#[test]
fn a_setting_that_is_taken_out_is_gone_and_one_that_was_not_there_changes_nothing() {
    let text = edited(|editor| editor.set("rotation.order.carry_over", None).unwrap());
    assert_eq!(text, TEXT.replace("carry_over = \"pointer\"\n", ""));
    assert_eq!(edited(|editor| editor.set("rotation.rings.teams", None).unwrap()), TEXT);
}

#[test]
fn names_with_points_between_others_stay_where_they_are() {
    let text = "[about]\ntitle = { zh = \"甲\", en = \"A\" }\n[rotation.absence]\nprivate.result = \"lost\"\n\
        business.result = \"make_up\"\nprivate.limit_minutes = \"none\"\n# next\n\n[rotation.order]\nunit = \"group\"\n";
    let mut editor = Editor::open("test", text).unwrap();
    editor.set("rotation.absence.private.result", Some(&Value::Text("kept".into()))).unwrap();
    assert_eq!(editor.text(), text.replace("lost", "kept"));
    editor.set("rotation.absence.business.limit_minutes", Some(&Value::Number(20))).unwrap();
    let added = "limit_minutes = \"none\"\nbusiness.limit_minutes = 20\n# next\n";
    assert!(editor.text().contains(added), "{}", editor.text());
    editor.set("rotation.absence.business.limit_minutes", None).unwrap();
    assert_eq!(editor.text(), text.replace("lost", "kept"));
}

#[test]
fn a_path_through_a_value_or_without_a_table_cannot_be_written() {
    let mut editor = Editor::open("test", TEXT).unwrap();
    for path in ["rotation.order.source.deeper", "alone", "rotation..source", ""] {
        let problem = editor.set(path, Some(&Value::Flag(true))).unwrap_err();
        assert!(problem.message.en.contains("cannot be written"), "{path}: {problem}");
    }
    assert_eq!(editor.text(), TEXT);
}

#[test]
fn a_clause_that_says_the_same_keeps_every_line() {
    let id = ClauseId("1".into());
    let text = edited(|editor| editor.put_clause(Some(&id), &clause("1")).unwrap());
    assert_eq!(text, TEXT.replace("carried_by = [\n    \"rotation.order.source\",\n    \"rotation.order.carry_over\",\n]\n",
        "carried_by = [\n    \"rotation.order.source\",\n    \"rotation.order.carry_over\",\n]\ncarry = \"enforce\"\n"));
}

#[test]
fn a_clause_is_added_changed_and_removed_and_no_id_stands_twice() {
    let text = edited(|editor| {
        editor.put_clause(None, &clause("2")).unwrap();
        let twice = editor.put_clause(None, &clause("1")).unwrap_err();
        assert!(twice.message.en.contains("stands twice"), "{twice}");
        let nobody = editor.put_clause(Some(&ClauseId("9".into())), &clause("9")).unwrap_err();
        assert!(nobody.message.en.contains("no clause `9`"), "{nobody}");
        editor.remove_clause(&ClauseId("1".into())).unwrap();
        let gone = editor.remove_clause(&ClauseId("1".into())).unwrap_err();
        assert!(gone.message.en.contains("no clause `1`"), "{gone}");
    });
    let mut problems = Problems::default();
    let document = Document::parse("test", &text, &mut problems);
    assert!(problems.is_readable(), "{problems}");
    let ids: Vec<&str> = document.clauses.iter().map(|clause| clause.id.0.as_str()).collect();
    assert_eq!(ids, ["2"]);
}

#[test]
fn the_title_is_rewritten_and_its_comment_stays() {
    let title = Words { zh: "乙".into(), en: "B".into() };
    let text = edited(|editor| editor.put_about(&title, Some(&title)).unwrap());
    assert!(text.contains("title = { zh = \"乙\", en = \"B\" } # short\n"), "{text}");
    assert!(text.contains("summary = { zh = \"乙\", en = \"B\" }\n"), "{text}");
}

#[test]
fn what_is_no_toml_says_the_line() {
    let problem = Editor::open("test", "[about]\ntitle = \n").unwrap_err();
    assert_eq!(problem.place.line, 2, "{problem}");
    assert!(problem.message.zh.contains("TOML") && !problem.hint.zh.is_empty(), "{problem}");
}

/// `text` with a few bytes changed, lost or doubled.
fn mutated(text: &'static str) -> impl Strategy<Value = String> {
    let change = (any::<prop::sample::Index>(), 0_usize..4, prop::char::any());
    prop::collection::vec(change, 1..6).prop_map(move |changes| {
        let mut letters: Vec<char> = text.chars().collect();
        for (at, how, letter) in changes {
            if letters.is_empty() {
                break;
            }
            let at = at.index(letters.len());
            match how {
                0 => letters[at] = letter,
                1 => drop(letters.remove(at)),
                2 => letters.insert(at, letter),
                _ => letters.truncate(at.max(1)),
            }
        }
        letters.into_iter().collect()
    })
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused_with_a_place(text in ".{0,400}") {
        read_or_refused(&text)?;
    }

    #[test]
    fn any_mutation_is_read_or_refused_with_a_place(text in mutated(TEXT)) {
        read_or_refused(&text)?;
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        read_or_refused(&String::from_utf8_lossy(&bytes))?;
    }

    #[test]
    fn what_is_set_is_read_again(text in mutated(TEXT), number in any::<i64>(), word in ".{0,20}") {
        let Ok(mut editor) = Editor::open("test", &text) else { return Ok(()) };
        let value = Value::List(vec![Value::Number(number), Value::Text(word)]);
        if editor.set("rotation.rings.teams", Some(&value)).is_ok() {
            let read = Document::parse("test", &editor.text(), &mut Problems::default());
            let written = read.setting("rotation.rings.teams");
            prop_assert_eq!(&written.expect("it was written").value, &value);
        }
    }
}

/// Reading never panics, and says where and what to do about what it refuses.
fn read_or_refused(text: &str) -> Result<(), TestCaseError> {
    let mut problems = Problems::default();
    let document = Document::parse("test", text, &mut problems);
    for problem in &problems.0 {
        prop_assert!(!problem.hint.zh.is_empty() && !problem.hint.en.is_empty(), "{}", problem);
        prop_assert!(problem.place.line <= text.matches('\n').count() + 1, "{}", problem);
    }
    match Editor::open("test", text) {
        Ok(editor) => {
            let before = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
            let after = editor.text().replace("\r\n", "\n");
            prop_assert_eq!(after.trim_end(), before.trim_end());
        }
        Err(_) => prop_assert!(!problems.is_readable()),
    }
    drop(document.fingerprint());
    Ok(())
}
