//! What may be written in a rulebook, as a form and as a JSON Schema.

use std::collections::BTreeMap;

use domain::needed::Needed;
use rulebook::{Declared, Document, Problems, Value, json_schema};

use super::{ruling::SCHEMA, versions::check};
use crate::App;

/// A setting in a form.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// What may be written.
    pub declared: Declared,
    /// What is written; nothing: the default holds.
    pub written: Option<Value>,
    /// What the preset writes.
    pub preset: Option<Value>,
    /// The clauses that it carries.
    pub clauses: Vec<String>,
    /// Whether it must be decided before activation.
    pub needed: bool,
    /// What most sites write; empty where nobody can say.
    pub proposal: String,
}

/// Every setting of `document` beside what `preset` says, in the order of the paths.
#[must_use]
pub fn fields(document: &Document, preset: Option<&Document>) -> Vec<Field> {
    let needed = proposals([document]);
    let written = |document: &Document, path: &str| {
        document.setting(path).map(|written| written.value.clone())
    };
    SCHEMA
        .iter()
        .map(|declared| Field {
            written: written(document, &declared.path),
            preset: preset.and_then(|preset| written(preset, &declared.path)),
            clauses: document.clauses_carried_by(&declared.path).into_iter().map(|c| c.0).collect(),
            needed: needed.contains_key(&declared.path),
            proposal: needed.get(&declared.path).copied().unwrap_or_default().to_owned(),
            declared: declared.clone(),
        })
        .collect()
}

/// Every setting as a JSON Schema; proposals are those for what the presets leave open.
#[must_use]
pub fn schema(app: &App) -> serde_json::Value {
    let read = |slug: &str| {
        let text = app.presets.text(slug).unwrap_or_default();
        check(&app.presets, slug, &text).document
    };
    let documents: Vec<Document> = app.presets.slugs().map(read).collect();
    let known = proposals(&documents);
    json_schema::json_schema(&SCHEMA, &|path| known.get(path).map(|text| (*text).to_owned()))
}

fn proposals<'a>(
    documents: impl IntoIterator<Item = &'a Document>,
) -> BTreeMap<String, &'static str> {
    let open = documents
        .into_iter()
        .flat_map(|document| domain::undecided(document, &mut Problems::default()));
    open.map(|Needed { setting, proposal }| (setting, proposal)).collect()
}
