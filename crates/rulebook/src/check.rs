//! What is wrong with a rulebook, whatever its kinds of rule: unknown settings, lost clauses.

use crate::{
    clause::{Carry, carries},
    document::Document,
    problem::{Place, Problems, Severity},
    schema::Schema,
    value::Value,
};

/// Checks `document` against `schema`; findings go to `problems`.
pub fn check(document: &Document, schema: &Schema, problems: &mut Problems) {
    unknown_settings(document, schema, problems);
    for clause in &document.clauses {
        let place = Place { rulebook: clause.rulebook.clone(), line: clause.line };
        if clause.text.zh.is_empty() || clause.text.en.is_empty() {
            problems.error(
                place.clone(),
                format!("clause `{}` has no text in both languages", clause.id),
                "add text = { zh = \"..\", en = \"..\" }",
            );
        }
        if clause.carried_by.is_empty() && matches!(clause.carry, Carry::Enforce | Carry::Compute) {
            problems.error(
                place.clone(),
                format!("clause `{}` is carried by nothing", clause.id),
                "name the settings that carry it in `carried_by`",
            );
        }
        for carrier in &clause.carried_by {
            if !schema.iter().any(|declared| carries(carrier, &declared.path)) {
                let nearest = schema.nearest(carrier).unwrap_or("lunpai rulebook settings");
                problems.error(
                    place.clone(),
                    format!(
                        "clause `{}` is carried by `{carrier}`, which is no setting",
                        clause.id
                    ),
                    format!("did you mean `{nearest}`?"),
                );
            } else if !document.settings.keys().any(|path| carries(carrier, path)) {
                problems.note(
                    Severity::Warning,
                    place.clone(),
                    format!(
                        "clause `{}` is carried by `{carrier}`, which is not written",
                        clause.id
                    ),
                    "write the setting, or `\"unset\"` where the regulation is silent",
                );
            }
        }
    }
}

/// Whether a value only says that the regulation says nothing.
fn is_silent(value: &Value) -> bool {
    matches!(value.as_text(), Some("unset" | "none"))
}

fn unknown_settings(document: &Document, schema: &Schema, problems: &mut Problems) {
    for (path, written) in &document.settings {
        if schema.get(path).is_none() {
            let hint = match schema.nearest(path) {
                Some(nearest) => format!("did you mean `{nearest}`?"),
                None => "`lunpai rulebook settings` lists them all".into(),
            };
            problems.error(written.place(), format!("`{path}` is no setting"), hint);
        } else if document.clauses_carried_by(path).is_empty() && !is_silent(&written.value) {
            problems.note(
                Severity::Warning,
                written.place(),
                format!("no clause is carried by `{path}`: decisions by it show no clause"),
                "name it in the `carried_by` of a clause",
            );
        }
    }
}
