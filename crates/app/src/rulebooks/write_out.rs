//! Writing a composed rulebook out as one document, so that a version stands on nothing that may change.

use std::collections::BTreeSet;

use rulebook::{Document, Schema, Value, Words, clause::carries};

/// `document` as the text of one `rulebook.toml` that extends nothing and decides the same.
pub(crate) fn write_out(document: &Document, schema: &Schema) -> String {
    let mut text = String::from("[about]\n");
    text.push_str(&format!("title = {}\n", words(&document.about.title)));
    if let Some(summary) = &document.about.summary {
        text.push_str(&format!("summary = {}\n", words(summary)));
    }
    if let Some(regulation) = &document.about.regulation {
        text.push_str(&format!("regulation = {}\n", quoted(regulation)));
    }
    for clause in &document.clauses {
        text.push_str("\n[[clause]]\n");
        text.push_str(&format!("id = {}\n", quoted(&clause.id.0)));
        if !clause.covers.is_empty() {
            text.push_str(&format!("covers = {}\n", list(&clause.covers)));
        }
        text.push_str(&format!("carry = {}\n", quoted(clause.carry.name())));
        text.push_str(&format!("text = {}\n", words(&clause.text)));
        if let Some(warning) = &clause.warning {
            text.push_str(&format!("warning = {}\n", words(warning)));
        }
        let carried: Vec<String> = paths(document, schema)
            .into_iter()
            .filter(|path| clause.carried_by.iter().any(|carrier| carries(carrier, path)))
            // Where the child wrote the setting, its own clauses are cited, not the parent's.
            .filter(|path| document.clauses_carried_by(path).contains(&clause.id))
            .map(str::to_owned)
            .collect();
        let lost = clause.carried_by.iter().filter(|carrier| {
            !carrier.ends_with(".*") && schema.get(carrier).is_none() && !carried.contains(carrier)
        });
        let carried: Vec<String> = carried.iter().chain(lost).cloned().collect();
        text.push_str(&format!("carried_by = {}\n", list(&carried)));
    }
    let mut table = String::new();
    for (path, written) in &document.settings {
        let (head, name) = path.rsplit_once('.').unwrap_or(("", path));
        if head != table {
            text.push_str(&format!("\n[{head}]\n"));
            table = head.to_owned();
        }
        text.push_str(&format!("{name} = {}\n", value(&written.value)));
    }
    text
}

/// Every setting that is written or declared.
fn paths<'a>(document: &'a Document, schema: &'a Schema) -> BTreeSet<&'a str> {
    let declared = schema.iter().map(|declared| declared.path.as_str());
    document.settings.keys().map(String::as_str).chain(declared).collect()
}

fn words(words: &Words) -> String {
    format!("{{ zh = {}, en = {} }}", quoted(&words.zh), quoted(&words.en))
}

fn list(texts: &[String]) -> String {
    let texts: Vec<String> = texts.iter().map(|text| quoted(text)).collect();
    format!("[{}]", texts.join(", "))
}

fn value(value: &Value) -> String {
    match value {
        Value::Text(text) => quoted(text),
        Value::List(items) => {
            let items: Vec<String> = items.iter().map(self::value).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Flag(_) | Value::Number(_) => value.to_string(),
    }
}

/// A TOML text on one line.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for char in text.chars() {
        match char {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            char if char.is_control() => quoted.push_str(&format!("\\u{:04x}", u32::from(char))),
            char => quoted.push(char),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use rulebook::{Problems, compose::compose};

    use super::*;
    use crate::rulebooks::ruling::SCHEMA;

    const PARENT: &str = r#"
[about]
title = { zh = "底本", en = "Parent" }
[rotation.order]
source = "posted_table"
carry_over = "pointer"
[[clause]]
id = "1"
text = { zh = "按\"表\"接待", en = "By the \\ table" }
carried_by = ["rotation.order.*"]
"#;
    const CHILD: &str = r#"
[about]
title = { zh = "分本", en = "Child" }
extends = ["parent"]
[rotation.order]
source = "sign_in"
[[clause]]
id = "2"
text = { zh = "按签到接待", en = "By sign-in" }
carried_by = ["rotation.order.source"]
"#;

    #[test]
    fn what_is_written_out_decides_and_cites_the_same() {
        let load = |slug: &str| Ok(if slug == "parent" { PARENT } else { CHILD }.to_owned());
        let mut problems = Problems::default();
        let composed = compose("child", &load, &mut problems).document;
        let text = write_out(&composed, &SCHEMA);
        let read = Document::parse("child", &text, &mut problems);
        assert!(problems.is_readable(), "{problems}\n{text}");
        for (path, written) in &composed.settings {
            assert_eq!(read.setting(path).unwrap().value, written.value, "{path}");
            assert_eq!(read.clauses_carried_by(path), composed.clauses_carried_by(path), "{path}");
        }
        assert_eq!(read.clauses_carried_by("rotation.order.source")[0].0, "2");
        assert_eq!(read.clause(&read.clauses[0].id).unwrap().text, composed.clauses[0].text);
    }
}
