//! The translations, embedded in the binary: `translations/<language>/<word>.ftl`.

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use rust_embed::RustEmbed;
use unic_langid::LanguageIdentifier;

use super::Language;

#[derive(RustEmbed)]
#[folder = "../../translations"]
struct Files;

/// Every message of one language.
pub(super) struct Catalogue {
    bundle: FluentBundle<FluentResource>,
}

static CHINESE: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::load(Language::Chinese));
static ENGLISH: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::load(Language::English));

impl Catalogue {
    pub(super) fn of(language: Language) -> &'static Self {
        match language {
            Language::Chinese => &CHINESE,
            Language::English => &ENGLISH,
        }
    }

    fn load(language: Language) -> Self {
        let locale: LanguageIdentifier = language.tag().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![locale]);
        // The marks around variables would be copied and searched for with the text.
        bundle.set_use_isolating(false);
        for path in Files::iter().filter(|path| path.starts_with(language.tag())) {
            let Some(file) = Files::get(&path) else { continue };
            let source = String::from_utf8_lossy(&file.data).into_owned();
            let resource = FluentResource::try_new(source).unwrap_or_else(|(partial, errors)| {
                tracing::error!(%path, ?errors, "translation file has errors");
                partial
            });
            if let Err(errors) = bundle.add_resource(resource) {
                tracing::error!(%path, ?errors, "translation file repeats keys");
            }
        }
        Self { bundle }
    }

    /// The message of `key`, or `None` if there is none. A variable that is missing shows as its
    /// own name in braces.
    pub(super) fn message(&self, key: &str, args: Option<&FluentArgs<'_>>) -> Option<String> {
        let pattern = self.bundle.get_message(key)?.value()?;
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, args, &mut errors).into_owned();
        if !errors.is_empty() {
            tracing::warn!(key, ?errors, "message could not be formatted in full");
        }
        Some(text)
    }
}
