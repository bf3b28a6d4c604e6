//! Scenarios that belong to no preset: other regulations' rotation by settings alone, and what
//! becomes known only afterwards.

mod preset;

use domain::scenario::{Feature, run_feature};
use preset::{load, schema};
use rulebook::{Problems, check::check};

/// Runs the scenarios of `text` under the preset `slug`.
fn all_pass(slug: &str, file: &str, text: &str) {
    let mut preset = load(slug);
    check(&preset.document, &schema(), &mut preset.problems);
    assert!(preset.problems.is_readable() && !preset.features.is_empty());
    let mut problems = Problems::default();
    let feature = Feature::parse(file, text, &mut problems).unwrap();
    assert!(problems.is_readable(), "{problems}");
    for ran in run_feature(&preset.document, &feature) {
        assert_eq!(ran.failure, None, "{}", ran.scenario);
    }
}

#[test]
fn what_other_regulations_write_needs_settings_only() {
    all_pass("demo", "other", include_str!("features/other_regulations.feature"));
}

#[test]
fn what_is_known_afterwards_costs_nobody_a_turn_twice() {
    all_pass("r-001-08", "afterwards", include_str!("features/afterwards.feature"));
}
