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
                [
                    format!("条款 `{}` 没有中英两种文字", clause.id),
                    format!("clause `{}` has no text in both languages", clause.id),
                ],
                [
                    "请写 text = { zh = \"..\", en = \"..\" }",
                    "add text = { zh = \"..\", en = \"..\" }",
                ],
            );
        }
        if clause.carried_by.is_empty() && matches!(clause.carry, Carry::Enforce | Carry::Compute) {
            problems.error(
                place.clone(),
                [
                    format!("条款 `{}` 没有设置来执行", clause.id),
                    format!("clause `{}` is carried by nothing", clause.id),
                ],
                [
                    "请在 `carried_by` 中写明由哪些设置执行",
                    "name the settings that carry it in `carried_by`",
                ],
            );
        }
        for carrier in &clause.carried_by {
            if !schema.iter().any(|declared| carries(carrier, &declared.path)) {
                let nearest = schema.nearest(carrier).unwrap_or("lunpai rulebook settings");
                problems.error(
                    place.clone(),
                    [
                        format!("条款 `{}` 写由 `{carrier}` 执行，但没有这项设置", clause.id),
                        format!(
                            "clause `{}` is carried by `{carrier}`, which is no setting",
                            clause.id
                        ),
                    ],
                    did_you_mean(nearest),
                );
            } else if !document.settings.keys().any(|path| carries(carrier, path)) {
                problems.note(
                    Severity::Warning,
                    place.clone(),
                    [
                        format!("条款 `{}` 由 `{carrier}` 执行，但没有写这项设置", clause.id),
                        format!(
                            "clause `{}` is carried by `{carrier}`, which is not written",
                            clause.id
                        ),
                    ],
                    [
                        "请写这项设置；制度没有规定的写 `\"unset\"`",
                        "write the setting, or `\"unset\"` where the regulation is silent",
                    ],
                );
            }
        }
    }
}

/// Whether a value only says that the regulation says nothing.
fn is_silent(value: &Value) -> bool {
    matches!(value.as_text(), Some("unset" | "none"))
}

fn did_you_mean(nearest: &str) -> [String; 2] {
    [format!("是不是 `{nearest}`？"), format!("did you mean `{nearest}`?")]
}

fn unknown_settings(document: &Document, schema: &Schema, problems: &mut Problems) {
    for (path, written) in &document.settings {
        if schema.get(path).is_none() {
            let hint = match schema.nearest(path) {
                Some(nearest) => did_you_mean(nearest),
                None => [
                    "`lunpai rulebook settings` 列出全部设置".to_owned(),
                    "`lunpai rulebook settings` lists them all".to_owned(),
                ],
            };
            problems.error(
                written.place(),
                [format!("没有 `{path}` 这项设置"), format!("`{path}` is no setting")],
                hint,
            );
        } else if document.clauses_carried_by(path).is_empty() && !is_silent(&written.value) {
            problems.note(
                Severity::Warning,
                written.place(),
                [
                    format!("没有条款由 `{path}` 执行：依它作出的决定没有条款可引"),
                    format!("no clause is carried by `{path}`: decisions by it show no clause"),
                ],
                ["请把它写进某一条的 `carried_by`", "name it in the `carried_by` of a clause"],
            );
        }
    }
}
