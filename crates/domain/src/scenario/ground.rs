//! The ground scenarios stand on: a rulebook, read once.

use std::{
    collections::BTreeMap,
    sync::{Arc, LazyLock, Mutex},
};

use rulebook::{Document, Problems, Schema};

use crate::{attribution, kinds::Kinds, rotation::Rules};

static SCHEMA: LazyLock<Schema> = LazyLock::new(|| {
    let mut schema = Schema::default();
    crate::declare(&mut schema);
    schema
});

/// A rulebook that is read once, for any number of scenarios.
#[derive(Debug, Clone)]
pub struct Ground(Arc<Read>);

#[derive(Debug)]
struct Read {
    document: Document,
    rules: Arc<Rules>,
    attribution: Arc<attribution::Rules>,
    kinds: Arc<Kinds>,
    /// The same rulebook with one more setting, by path and text; scenarios often set the same.
    changed: Mutex<BTreeMap<(String, String), Ground>>,
}

impl Ground {
    /// Reads `document`; what cannot be read is left unset.
    #[must_use]
    pub fn new(document: Document) -> Self {
        Self::read(document, &mut Problems::default())
    }

    fn read(document: Document, problems: &mut Problems) -> Self {
        let kinds = Arc::new(Kinds::read(&document, problems));
        let rules = Arc::new(kinds.rotation.clone());
        let attribution = Arc::new(kinds.attribution.clone());
        Self(Arc::new(Read { document, rules, attribution, kinds, changed: Mutex::default() }))
    }

    /// The rules in force.
    pub(super) fn rules(&self) -> Arc<Rules> {
        Arc::clone(&self.0.rules)
    }

    /// The attribution rules in force.
    pub(super) fn attribution(&self) -> Arc<attribution::Rules> {
        Arc::clone(&self.0.attribution)
    }

    /// Every kind of rule in force.
    pub(super) fn kinds(&self) -> Arc<Kinds> {
        Arc::clone(&self.0.kinds)
    }

    /// The same rulebook with `path` set to what `text` says.
    pub(super) fn with(&self, path: &str, text: &str) -> Result<Self, String> {
        let key = (path.to_owned(), text.to_owned());
        let known = self.0.changed.lock().ok().and_then(|changed| changed.get(&key).cloned());
        if let Some(ground) = known {
            return Ok(ground);
        }
        if SCHEMA.get(path).is_none() {
            let nearest = SCHEMA.nearest(path).unwrap_or_default();
            return Err(format!("`{path}` is no setting; did you mean `{nearest}`?"));
        }
        let mut document = self.0.document.clone();
        document.set(path, rulebook::document::parse_value(text));
        let mut problems = Problems::default();
        let ground = Self::read(document, &mut problems);
        let own = problems.0.iter().find(|p| p.message.en.contains(&format!("`{path} =")));
        if let Some(problem) = own {
            return Err(format!("{}; {}", problem.message.en, problem.hint.en));
        }
        if let Ok(mut changed) = self.0.changed.lock() {
            changed.insert(key, ground.clone());
        }
        Ok(ground)
    }
}
