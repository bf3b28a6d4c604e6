//! Every value that a preset writes is shown by a scenario: change it, and one of them fails.

mod preset;

use std::time::Instant;

use domain::scenario::{
    Ground,
    mutate::{Mutant, MutantResult, mutate},
    run_on, understand,
};
use preset::{load, schema};
use rulebook::{Document, Problems};

/// The presets and kinds of rule of which every written value must be shown.
const SHOWN: [(&str, &str); 96] = [
    ("r-001-17", "follow_up."),
    ("r-001-18", "follow_up."),
    ("r-001-19", "follow_up."),
    ("r-002-01", "follow_up."),
    ("r-002-03", "follow_up."),
    ("r-002-04", "follow_up."),
    ("r-002-07", "follow_up."),
    ("r-002-08", "follow_up."),
    ("r-002-10", "follow_up."),
    ("r-002-12", "follow_up."),
    ("r-002-13", "follow_up."),
    ("r-002-14", "follow_up."),
    ("r-002-16", "follow_up."),
    ("r-002-19", "follow_up."),
    ("r-003-01", "follow_up."),
    ("r-004-02", "follow_up."),
    ("r-004-03", "follow_up."),
    ("r-004-04", "follow_up."),
    ("r-004-09", "follow_up."),
    ("r-004-11", "follow_up."),
    ("r-004-12", "follow_up."),
    ("r-004-13", "follow_up."),
    ("r-004-18", "follow_up."),
    ("r-004-20", "follow_up."),
    ("r-000-03", "follow_up."),
    ("r-000-08", "follow_up."),
    ("r-000-10", "follow_up."),
    ("r-000-13", "follow_up."),
    ("r-000-15", "follow_up."),
    ("r-000-16", "follow_up."),
    ("r-000-22", "follow_up."),
    ("r-001-09", "rotation."),
    ("r-001-19", "rotation."),
    ("r-000-09", "rotation."),
    ("r-004-03", "rotation."),
    ("r-001-01", "commission."),
    ("r-001-02", "commission."),
    ("r-001-08", "commission."),
    ("r-001-11", "commission."),
    ("r-001-16", "commission."),
    ("r-004-02", "commission."),
    ("r-004-13", "commission."),
    ("r-001-01", "rotation."),
    ("r-001-03", "rotation."),
    ("r-001-06", "rotation."),
    ("r-001-08", "rotation."),
    ("r-001-14", "rotation."),
    ("r-001-01", "attribution."),
    ("r-001-06", "attribution."),
    ("r-001-08", "attribution."),
    ("r-001-16", "attribution."),
    ("r-000-01", "registers."),
    ("r-000-03", "registers."),
    ("r-000-04", "registers."),
    ("r-000-05", "registers."),
    ("r-000-06", "registers."),
    ("r-000-07", "registers."),
    ("r-000-08", "registers."),
    ("r-000-10", "registers."),
    ("r-000-13", "registers."),
    ("r-000-14", "registers."),
    ("r-000-15", "registers."),
    ("r-000-16", "registers."),
    ("r-000-17", "registers."),
    ("r-000-20", "registers."),
    ("r-000-21", "registers."),
    ("r-000-22", "registers."),
    ("r-001-02", "registers."),
    ("r-001-03", "registers."),
    ("r-001-07", "registers."),
    ("r-001-10", "registers."),
    ("r-001-11", "registers."),
    ("r-001-14", "registers."),
    ("r-001-15", "registers."),
    ("r-001-18", "registers."),
    ("r-002-03", "registers."),
    ("r-002-19", "registers."),
    ("r-003-01", "registers."),
    ("r-004-09", "registers."),
    ("r-004-10", "registers."),
    ("r-004-12", "registers."),
    ("r-004-13", "registers."),
    ("r-004-17", "registers."),
    ("r-004-18", "registers."),
    ("r-004-20", "registers."),
    ("r-004-22", "registers."),
    ("r-001-02", "attribution."),
    ("r-001-11", "attribution."),
    ("r-001-17", "attribution."),
    ("r-001-18", "attribution."),
    ("r-000-08", "attribution."),
    ("r-000-22", "attribution."),
    ("r-002-07", "attribution."),
    ("r-004-09", "attribution."),
    ("r-004-12", "attribution."),
    ("r-004-17", "attribution."),
];

#[test]
fn no_value_of_a_preset_can_change_unnoticed() {
    let readable = |document: &Document, problems: &mut Problems| {
        domain::undecided(document, problems);
    };
    let mut unnoticed = Vec::new();
    for (slug, kind) in SHOWN {
        let preset = load(slug);
        assert!(preset.problems.is_readable(), "{}", preset.problems);
        let began = Instant::now();
        let mutants = mutate(&preset.document, &preset.features, &schema(), kind, &readable);
        let count = |result| mutants.iter().filter(|mutant| mutant.result == result).count();
        println!(
            "{slug} {kind}: {} mutants, {} invalid, {} unnoticed, {:?}",
            mutants.len(),
            count(MutantResult::Invalid),
            count(MutantResult::Unnoticed),
            began.elapsed()
        );
        let of = mutants.into_iter().filter(|mutant| mutant.result == MutantResult::Unnoticed);
        unnoticed.extend(of.map(|Mutant { setting, before, after, .. }| {
            format!("{slug}: {setting} = {before} -> {after}")
        }));
    }
    assert!(unnoticed.is_empty(), "{} unnoticed\n{}", unnoticed.len(), unnoticed.join("\n"));
}

#[test]
fn a_thousand_scenarios_take_about_a_second() {
    let preset = load("r-001-01");
    let ground = Ground::new(preset.document.clone());
    let scenarios: Vec<_> = preset
        .features
        .iter()
        .flat_map(|feature| &feature.scenarios)
        .map(|scenario| understand(scenario).unwrap())
        .collect();
    let began = Instant::now();
    for scenario in scenarios.iter().cycle().take(1000) {
        run_on(&ground, scenario).unwrap();
    }
    println!("1000 scenarios: {:?}", began.elapsed());
    // Ten times the aim: the test machine is busy with other tests.
    assert!(began.elapsed().as_secs() < 10, "took {:?}", began.elapsed());
}
