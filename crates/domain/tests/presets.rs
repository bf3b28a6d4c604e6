//! Every preset can be read, and every scenario of it passes.

use std::{fs, path::PathBuf};

use domain::{
    rotation::Rules,
    scenario::{Feature, run_feature},
};
use rulebook::{Problems, Schema, compose::compose};

fn rulebooks() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../rulebooks")
}

fn load(slug: &str) -> Result<String, String> {
    fs::read_to_string(rulebooks().join(slug).join("rulebook.toml"))
        .map_err(|error| format!("no rulebook `{slug}`: {error}"))
}

#[test]
fn every_preset_reads_and_its_scenarios_pass() {
    let only = std::env::var("PRESET").ok();
    let mut slugs: Vec<String> = fs::read_dir(rulebooks())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|slug| only.as_ref().is_none_or(|only| only == slug))
        .collect();
    slugs.sort();
    assert!(!slugs.is_empty());
    let mut failures = Vec::new();
    let mut passed = 0;
    for slug in slugs {
        let mut problems = Problems::default();
        let composed = compose(&slug, &load, &mut problems);
        let mut schema = Schema::default();
        domain::declare(&mut schema);
        rulebook::check::check(&composed.document, &schema, &mut problems);
        let _ = Rules::read(&composed.document, &mut problems);
        for problem in &problems.0 {
            failures.push(format!("{problem}"));
        }
        let scenarios = rulebooks().join(&slug).join("scenarios");
        let mut files: Vec<PathBuf> = fs::read_dir(&scenarios)
            .map(|entries| entries.map(|entry| entry.unwrap().path()).collect())
            .unwrap_or_default();
        files.sort();
        for file in files {
            let name = format!("{slug}/{}", file.file_name().unwrap().to_string_lossy());
            let mut problems = Problems::default();
            let text = fs::read_to_string(&file).unwrap();
            let Some(feature) = Feature::parse(&name, &text, &mut problems) else {
                failures.push(problems.to_string());
                continue;
            };
            for ran in run_feature(&composed.document, &feature) {
                match ran.failure {
                    None => passed += 1,
                    Some(failure) => failures.push(format!(
                        "{}:{} {}\n    {}\n    {}",
                        ran.file, failure.line, ran.scenario, failure.step, failure.message
                    )),
                }
            }
        }
    }
    println!("{passed} scenarios passed");
    assert!(failures.is_empty(), "{} failures\n{}", failures.len(), failures.join("\n"));
}
