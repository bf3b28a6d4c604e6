//! What changed from one rulebook to another: settings and clauses.

use serde::Serialize;

use crate::{
    clause::{ClauseId, Words},
    document::Document,
    schema::Schema,
    value::Value,
};

/// A setting that differs. Nothing stands for not written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SettingDifference {
    /// Its path.
    pub setting: String,
    /// Its name.
    pub name: Words,
    /// What held before.
    pub before: Option<Value>,
    /// What holds after.
    pub after: Option<Value>,
    /// The clauses it carries after, or before where it is gone.
    pub clauses: Vec<ClauseId>,
}

/// A clause that differs. Nothing stands for no such clause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClauseDifference {
    /// Its id.
    pub clause: ClauseId,
    /// What it said before.
    pub before: Option<Words>,
    /// What it says after.
    pub after: Option<Words>,
}

/// Everything that differs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Settings, in the order of their paths.
    pub settings: Vec<SettingDifference>,
    /// Clauses, in the order of their ids.
    pub clauses: Vec<ClauseDifference>,
}

impl Difference {
    /// What changed from `before` to `after`.
    #[must_use]
    pub fn between(before: &Document, after: &Document, schema: &Schema) -> Self {
        let paths: std::collections::BTreeSet<&String> =
            before.settings.keys().chain(after.settings.keys()).collect();
        let value = |document: &Document, path: &str| {
            let written = document.setting(path).map(|written| written.value.clone());
            written.or_else(|| schema.get(path).and_then(|declared| declared.default.clone()))
        };
        let settings = paths
            .into_iter()
            .filter_map(|path| {
                let (was, is) = (value(before, path), value(after, path));
                let declared = schema.get(path);
                let clauses = match after.clauses_carried_by(path) {
                    none if none.is_empty() => before.clauses_carried_by(path),
                    some => some,
                };
                let [zh, en] = declared.map_or([path.as_str(); 2], |d| [d.zh, d.en]);
                let name = Words { zh: zh.into(), en: en.into() };
                (was != is).then(|| SettingDifference {
                    setting: path.clone(),
                    name,
                    before: was,
                    after: is,
                    clauses,
                })
            })
            .collect();
        let ids: std::collections::BTreeSet<&ClauseId> =
            before.clauses.iter().chain(&after.clauses).map(|clause| &clause.id).collect();
        let clauses = ids
            .into_iter()
            .filter_map(|id| {
                let [was, is] = [before, after].map(|d| d.clause(id).map(|c| c.text.clone()));
                let clause = id.clone();
                (was != is).then_some(ClauseDifference { clause, before: was, after: is })
            })
            .collect();
        Self { settings, clauses }
    }
}
