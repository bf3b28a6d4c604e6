//! Every condition and refusal of the domain has a name in both languages.

use std::{collections::BTreeSet, fs, path::Path};

use server::language::{Language, Words};

/// The words that the domain's decisions give their conditions and refusals.
fn conditions() -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../domain/src/rotation/decide");
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(folder).unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        for marker in [".holds(", ".cite(", ".apply(", ".granted(", "Refused(", "NotIn("] {
            for after in text.split(marker).skip(1) {
                let Some(word) = after.trim_start().strip_prefix('"') else { continue };
                found.extend(word.split('"').next().map(str::to_owned));
            }
        }
    }
    found
}

#[test]
fn every_condition_has_a_name_in_both_languages() {
    let conditions = conditions();
    assert!(conditions.len() > 60, "only {} conditions were found", conditions.len());
    let zone = chrono::FixedOffset::east_opt(8 * 3600).unwrap();
    let mut missing = Vec::new();
    for language in Language::ALL {
        let words = Words::new(language, zone);
        for condition in &conditions {
            if !words.has_name("condition", condition) {
                missing.push(format!(
                    "{}: condition-{}",
                    language.tag(),
                    condition.replace('_', "-")
                ));
            }
        }
    }
    assert!(missing.is_empty(), "translations are missing:\n{}", missing.join("\n"));
}
