//! The rulebooks that come with the program; the binary embeds them and hands them over here.

use std::{collections::BTreeMap, sync::Arc};

/// The texts of the presets by slug.
#[derive(Debug, Clone, Default)]
pub struct Presets(Arc<BTreeMap<String, String>>);

impl Presets {
    /// Presets as pairs of slug and text of `rulebook.toml`.
    #[must_use]
    pub fn new(texts: impl IntoIterator<Item = (String, String)>) -> Self {
        Self(Arc::new(texts.into_iter().collect()))
    }

    /// The slugs, in order.
    pub fn slugs(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// The text of `slug`; the error says that there is none.
    pub fn text(&self, slug: &str) -> Result<String, String> {
        self.0.get(slug).cloned().ok_or_else(|| format!("there is no rulebook `{slug}`"))
    }
}
