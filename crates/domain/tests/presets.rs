//! Every preset can be read, and every scenario of it passes.

mod preset;

use std::fs;

use domain::{rotation::Rules, scenario::run_feature};
use preset::{load, rulebooks, schema};

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
        let mut preset = load(&slug);
        rulebook::check::check(&preset.document, &schema(), &mut preset.problems);
        let _ = Rules::read(&preset.document, &mut preset.problems);
        failures.extend(preset.problems.0.iter().map(ToString::to_string));
        for ran in preset.features.iter().flat_map(|f| run_feature(&preset.document, f)) {
            match ran.failure {
                None => passed += 1,
                Some(failure) => failures.push(format!(
                    "{}:{} {}\n    {}\n    {}",
                    ran.file, failure.line, ran.scenario, failure.step, failure.message
                )),
            }
        }
    }
    println!("{passed} scenarios passed");
    assert!(failures.is_empty(), "{} failures\n{}", failures.len(), failures.join("\n"));
}
