//! The rulebooks that come with the program; the binary embeds them and hands them over here.

use std::{collections::BTreeMap, sync::Arc};

/// The presets by slug.
#[derive(Debug, Clone, Default)]
pub struct Presets(Arc<BTreeMap<String, Preset>>);

#[derive(Debug, Clone, Default)]
struct Preset {
    text: String,
    scenarios: Vec<(String, String)>,
}

impl Presets {
    /// Presets as pairs of slug and text of `rulebook.toml`.
    #[must_use]
    pub fn new(texts: impl IntoIterator<Item = (String, String)>) -> Self {
        let preset = |(slug, text)| (slug, Preset { text, scenarios: Vec::new() });
        Self(Arc::new(texts.into_iter().map(preset).collect()))
    }

    /// The same with the scenarios that `of` has for a slug: pairs of file and text.
    #[must_use]
    pub fn with_scenarios(self, of: impl Fn(&str) -> Vec<(String, String)>) -> Self {
        let mut presets = Arc::unwrap_or_clone(self.0);
        for (slug, preset) in &mut presets {
            preset.scenarios = of(slug);
        }
        Self(Arc::new(presets))
    }

    /// The slugs, in order.
    pub fn slugs(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// The text of `slug`; the error says that there is none.
    pub fn text(&self, slug: &str) -> Result<String, String> {
        let found = self.0.get(slug).map(|preset| preset.text.clone());
        found.ok_or_else(|| format!("there is no rulebook `{slug}`"))
    }

    /// The feature files of `slug`: pairs of file and text.
    #[must_use]
    pub fn scenarios(&self, slug: &str) -> &[(String, String)] {
        self.0.get(slug).map_or(&[], |preset| &preset.scenarios)
    }
}
