//! The rulebooks at hand: a folder of one's own first, then the presets that Lunpai brings.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use domain::scenario::Feature;
use rulebook::{Problems, Schema, compose, compose::Composed};
use rust_embed::RustEmbed;

use super::Failed;

/// The presets, as the binary carries them.
#[derive(RustEmbed)]
#[folder = "../../rulebooks"]
#[include = "*.toml"]
#[include = "*.feature"]
struct Presets;

/// The text of the preset `slug`.
pub fn embedded(slug: &str) -> Option<String> {
    let file = Presets::get(&format!("{slug}/rulebook.toml"))?;
    String::from_utf8(file.data.into_owned()).ok()
}

/// The rulebooks at hand.
#[derive(Debug, Clone)]
pub struct Library {
    folder: Option<PathBuf>,
}

/// A rulebook, read with all it extends.
#[derive(Debug, Clone)]
pub(super) struct Loaded {
    pub slug: String,
    pub composed: Composed,
    pub problems: Problems,
    pub features: Vec<Feature>,
}

impl Library {
    /// Rulebooks in `folder`, then the presets.
    #[must_use]
    pub const fn new(folder: Option<PathBuf>) -> Self {
        Self { folder }
    }

    /// The slugs of all rulebooks, in order.
    pub(super) fn slugs(&self) -> Vec<String> {
        let mut slugs: BTreeSet<String> = Presets::iter()
            .filter_map(|file| file.strip_suffix("/rulebook.toml").map(str::to_owned))
            .collect();
        for entry in self.folder.iter().filter_map(|folder| fs::read_dir(folder).ok()).flatten() {
            let Ok(entry) = entry else { continue };
            if entry.path().join("rulebook.toml").is_file() {
                slugs.insert(entry.file_name().to_string_lossy().into_owned());
            }
        }
        slugs.into_iter().collect()
    }

    /// The text of the rulebook `slug`, beside `near` where that is given.
    pub fn text(&self, slug: &str, near: Option<&Path>) -> Result<String, String> {
        for folder in near.into_iter().chain(self.folder.as_deref()) {
            let file = folder.join(slug).join("rulebook.toml");
            if file.is_file() {
                return fs::read_to_string(&file)
                    .map_err(|error| format!("`{}` cannot be read: {error}", file.display()));
            }
        }
        embedded(slug).ok_or_else(|| format!("there is no rulebook `{slug}`"))
    }

    /// The rulebook `name`: a slug, or a folder that holds a rulebook.toml.
    pub(super) fn load(&self, name: &str) -> Result<Loaded, Failed> {
        let path = Path::new(name);
        let own = path.join("rulebook.toml").is_file().then_some(path);
        let slug = match own {
            Some(path) => path
                .canonicalize()
                .ok()
                .and_then(|path| path.file_name().map(|name| name.to_string_lossy().into_owned()))
                .unwrap_or_else(|| name.into()),
            None => name.to_owned(),
        };
        let near = own.and_then(Path::parent);
        let near = near.map(|near| if near.as_os_str().is_empty() { Path::new(".") } else { near });
        if let Err(error) = self.text(&slug, near) {
            let hint = "`lunpai rulebook list` names all; a folder with a rulebook.toml works too";
            return Err(Failed::new(format!("{error}\n  hint: {hint}")));
        }
        let mut problems = Problems::default();
        let composed = compose::compose(&slug, &|slug| self.text(slug, near), &mut problems);
        domain::check(&composed.document, &mut problems);
        let features = self.features(&slug, near, &mut problems)?;
        Ok(Loaded { slug, composed, problems, features })
    }

    fn features(
        &self,
        slug: &str,
        near: Option<&Path>,
        problems: &mut Problems,
    ) -> Result<Vec<Feature>, Failed> {
        let files = self.scenarios(slug, near)?;
        Ok(files.iter().filter_map(|(name, text)| Feature::parse(name, text, problems)).collect())
    }

    /// The feature files of the rulebook `slug`: pairs of name and text.
    pub(super) fn scenarios(
        &self,
        slug: &str,
        near: Option<&Path>,
    ) -> Result<Vec<(String, String)>, Failed> {
        let folder = near
            .into_iter()
            .chain(self.folder.as_deref())
            .map(|folder| folder.join(slug))
            .find(|folder| folder.join("rulebook.toml").is_file());
        let mut files: Vec<(String, String)> = Vec::new();
        match folder {
            Some(folder) => {
                for entry in fs::read_dir(folder.join("scenarios")).into_iter().flatten() {
                    let path = entry.map_err(|error| Failed::new(error.to_string()))?.path();
                    if path.extension().is_some_and(|extension| extension == "feature") {
                        files.push((path.display().to_string(), read(&path)?));
                    }
                }
            }
            None => {
                let inside = format!("{slug}/scenarios/");
                for name in Presets::iter().filter(|name| name.starts_with(&inside)) {
                    let text = Presets::get(&name).map(|file| file.data.into_owned());
                    let text = text.and_then(|bytes| String::from_utf8(bytes).ok());
                    files.push((name.to_string(), text.unwrap_or_default()));
                }
            }
        }
        files.sort();
        Ok(files)
    }
}

/// The text of the file at `path`.
pub(super) fn read(path: &Path) -> Result<String, Failed> {
    fs::read_to_string(path)
        .map_err(|error| Failed::new(format!("`{}` cannot be read: {error}", path.display())))
}

/// Every setting of every kind of rule.
pub(super) fn schema() -> Schema {
    let mut schema = Schema::default();
    domain::declare(&mut schema);
    schema
}
