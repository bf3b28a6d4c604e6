//! A preset of the project, read with its scenarios.

use std::{fs, path::PathBuf};

use domain::scenario::Feature;
use rulebook::{Document, Problems, Schema, compose::compose};

/// A preset, read.
#[derive(Debug)]
pub struct Preset {
    /// The rulebook with all it extends.
    pub document: Document,
    /// Its scenarios.
    pub features: Vec<Feature>,
    /// What is wrong with either.
    pub problems: Problems,
}

/// The folder of all presets.
pub fn rulebooks() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../rulebooks")
}

/// Every setting.
pub fn schema() -> Schema {
    let mut schema = Schema::default();
    domain::declare(&mut schema);
    schema
}

/// Reads the preset `slug`.
pub fn load(slug: &str) -> Preset {
    let text = |slug: &str| {
        fs::read_to_string(rulebooks().join(slug).join("rulebook.toml"))
            .map_err(|error| format!("no rulebook `{slug}`: {error}"))
    };
    let mut problems = Problems::default();
    let document = compose(slug, &text, &mut problems).document;
    let mut files: Vec<PathBuf> = fs::read_dir(rulebooks().join(slug).join("scenarios"))
        .map(|entries| entries.map(|entry| entry.unwrap().path()).collect())
        .unwrap_or_default();
    files.sort();
    let mut features = Vec::new();
    for file in files {
        let name = format!("{slug}/{}", file.file_name().unwrap().to_string_lossy());
        let text = fs::read_to_string(&file).unwrap();
        features.extend(Feature::parse(&name, &text, &mut problems));
    }
    Preset { document, features, problems }
}
