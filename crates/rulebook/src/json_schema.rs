//! The settings as a JSON Schema: what forms and editors are made from.

use serde_json::{Map, Value as Json, json};

use crate::schema::{Declared, Schema, Shape};

/// The dialect that the schema is written in.
const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// Every setting of `schema` as a JSON Schema of a rulebook's tables, titles in both languages.
///
/// `proposal` says what most sites write where a regulation is silent, as a document writes it.
#[must_use]
pub fn json_schema(schema: &Schema, proposal: &dyn Fn(&str) -> Option<String>) -> Json {
    let mut root = table();
    for declared in schema.iter() {
        let mut at = &mut root;
        let mut names = declared.path.split('.').peekable();
        while let Some(name) = names.next() {
            let Some(properties) = at.get_mut("properties").and_then(Json::as_object_mut) else {
                break;
            };
            if names.peek().is_none() {
                properties.insert(name.into(), setting(declared, proposal(&declared.path)));
                break;
            }
            at = properties.entry(name).or_insert_with(table);
        }
    }
    if let Some(fields) = root.as_object_mut() {
        fields.insert("$schema".into(), DIALECT.into());
        fields.insert("title".into(), "rulebook.toml".into());
        // [about] and [[clause]] are the document's own.
        fields.insert("additionalProperties".into(), true.into());
    }
    root
}

fn table() -> Json {
    json!({ "type": "object", "properties": {}, "additionalProperties": false })
}

/// One setting: its value, or `unset`, or `none` where that is allowed.
fn setting(declared: &Declared, proposal: Option<String>) -> Json {
    let mut words = vec![json!({ "const": "unset", "title": "unset", "x-title-zh": "未定" })];
    if declared.may_be_none {
        words.push(json!({ "const": "none", "title": "no limit", "x-title-zh": "不限" }));
    }
    let mut any_of = vec![shape(&declared.shape)];
    any_of.append(&mut words);
    let mut fields = Map::new();
    fields.insert("title".into(), declared.en.into());
    fields.insert("x-title-zh".into(), declared.zh.into());
    fields.insert("x-path".into(), declared.path.clone().into());
    fields.insert("description".into(), declared.shape.to_string().into());
    fields.insert("x-description-zh".into(), declared.shape.zh().trim().into());
    fields.insert("anyOf".into(), any_of.into());
    match &declared.default {
        Some(default) => fields.insert("default".into(), json!(default)),
        None => fields.insert("default".into(), "unset".into()),
    };
    if let Some(proposal) = proposal {
        let value = crate::document::parse_value(&proposal);
        fields.insert("examples".into(), json!([value]));
    }
    Json::Object(fields)
}

fn shape(shape: &Shape) -> Json {
    match shape {
        Shape::Choice(choices) => {
            let one = |choice: &crate::schema::Choice| json!({ "const": choice.word, "title": choice.en, "x-title-zh": choice.zh });
            json!({ "oneOf": choices.iter().map(one).collect::<Vec<_>>() })
        }
        Shape::Flag => json!({ "type": "boolean" }),
        Shape::Whole { least, most } => {
            json!({ "type": "integer", "minimum": least, "maximum": most })
        }
        Shape::Clock => json!({ "type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$" }),
        Shape::Text => json!({ "type": "string" }),
        Shape::List(inner) => json!({ "type": "array", "items": self::shape(inner) }),
    }
}
