//! Over sixty made-up days nobody is owed more turns than the rulebook lets stand.

mod preset;

use std::collections::BTreeMap;

use domain::rotation::{
    Rules,
    fairness::{Policy, by_policy, by_rulebook, course::Course, decided, spread},
    rules::OrderSource,
};
use preset::{load, rulebooks, schema};

/// The most turns that may be owed to somebody at the end, by preset: turns that were neither
/// received nor lost by a clause, that is, make-ups that are still open or have ended.
const BOUND: i64 = 20;

/// Every preset that says who receives a new visitor, with what it leaves open decided as proposed.
fn presets() -> BTreeMap<String, Rules> {
    let slugs = std::fs::read_dir(rulebooks()).unwrap();
    let slugs = slugs.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let presets = slugs.filter_map(|slug| {
        let preset = load(&slug);
        assert!(preset.problems.is_readable() && schema().iter().next().is_some(), "{slug}");
        let scenarios =
            preset.features.iter().map(|feature| feature.scenarios.len()).sum::<usize>();
        let speaks =
            preset.document.settings.keys().any(|p| p == "rotation.situation.new.receiver");
        (speaks && scenarios > 0).then(|| (slug, decided(&preset.document)))
    });
    presets.collect()
}

#[test]
fn over_sixty_days_no_turn_is_left_owing_beyond_the_bound() {
    let mut failures = Vec::new();
    for (slug, rules) in presets() {
        for seed in 1..=2 {
            let course = Course::draw(60, 6, seed);
            let outcome = by_rulebook(&rules, &course);
            let received: Vec<i64> = outcome.accounts.iter().map(|a| a.received()).collect();
            let owing = outcome.accounts.iter().map(|a| a.outstanding()).max().unwrap_or(0);
            let found = spread(&received);
            println!(
                "{slug} {seed}: {received:?} gap {} owing {owing} unserved {}",
                found.gap, outcome.unserved
            );
            assert!(received.iter().sum::<i64>() > 300, "{slug}: {received:?}");
            if owing > BOUND {
                failures.push(format!("{slug} {seed}: {owing} owing, bound {BOUND}"));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn counting_receptions_keeps_everybody_within_a_few_turns_where_lots_do_not() {
    for (slug, rules) in presets() {
        if rules.order.source.value() != Some(&OrderSource::CumulativeCount) {
            continue;
        }
        let course = Course::draw(60, 6, 1);
        let received: Vec<i64> =
            by_rulebook(&rules, &course).accounts.iter().map(|a| a.received()).collect();
        let lots = by_policy(Policy::Random, &course, 1);
        let (by_count, by_lot) = (spread(&received).gap, spread(&lots).gap);
        assert!(by_count < by_lot, "{slug}: {received:?} against {lots:?}");
    }
}

#[test]
fn the_same_seed_gives_the_same_days_and_another_seed_others() {
    let received = |seed| by_policy(Policy::Random, &Course::draw(60, 6, seed), seed);
    assert_eq!(received(7), received(7));
    assert_ne!(received(7), received(8));
}
