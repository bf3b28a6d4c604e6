//! Every condition and refusal of the domain has a name in both languages.

use std::{collections::BTreeSet, fs, path::Path};

use server::language::{Language, Words};

/// The texts of the files in which the domain decides, of every kind of rule.
fn decisions() -> Vec<String> {
    let kinds = ["rotation", "attribution", "commission", "registers", "follow_up"];
    let folder = |kind: &str| {
        Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../domain/src/{kind}/decide"))
    };
    let files = kinds.iter().flat_map(|kind| fs::read_dir(folder(kind)).unwrap());
    files.map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap()).collect()
}

/// The words that the domain's decisions give their conditions and refusals.
fn conditions() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for text in decisions() {
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

/// The names of the facts that the domain's decisions give.
fn facts() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for text in decisions() {
        for after in text.split("facts![").skip(1) {
            let inside = after.split(']').next().unwrap();
            let names = inside.split(',').map(|fact| fact.split('=').next().unwrap().trim());
            let plain = |name: &&str| {
                !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c == '_')
            };
            found.extend(names.filter(plain).map(str::to_owned));
        }
    }
    found
}

#[test]
fn every_fact_has_a_name_in_both_languages() {
    let facts = facts();
    assert!(facts.len() > 20, "only {} facts were found", facts.len());
    let zone = chrono::FixedOffset::east_opt(8 * 3600).unwrap();
    for language in Language::ALL {
        let words = Words::new(language, zone);
        let lost: Vec<_> = facts.iter().filter(|fact| !words.has_name("fact", fact)).collect();
        assert!(lost.is_empty(), "{}: no fact-.. for {lost:?}", language.tag());
    }
}

/// Every reason of a refusal stands alone in a notice: it has a name, and no open place in it.
#[test]
fn every_refusal_says_its_reason_without_an_open_place() {
    let mut reasons = BTreeSet::new();
    for text in decisions() {
        for marker in ["Refused(\"", ", \"may_not_", "&by, \""] {
            for after in text.split(marker).skip(1) {
                let word = after.split('"').next().unwrap();
                let start = marker.rsplit('"').next().unwrap();
                reasons.insert(format!("{start}{word}"));
            }
        }
    }
    assert!(reasons.len() > 40, "only {} reasons were found", reasons.len());
    let zone = chrono::FixedOffset::east_opt(8 * 3600).unwrap();
    for language in Language::ALL {
        let words = Words::new(language, zone);
        for reason in &reasons {
            assert!(words.has_name("value", reason), "{}: value-{reason}", language.tag());
            let said = words.named("value", reason);
            assert!(!said.contains("{$"), "{}: value-{reason}: {said}", language.tag());
        }
    }
}

/// What forms and facts about clients name: every word of the rulebook's lists, every command and outcome.
#[test]
fn every_word_about_clients_has_a_name_in_both_languages() {
    use domain::attribution::rules::{Channel, Evidence, Field, Relation};
    let mut wanted: Vec<(&str, String)> = Vec::new();
    let fields = Field::ALL.iter().map(|word| word.word());
    let channels = Channel::ALL.iter().map(|word| word.word());
    let evidence = Evidence::ALL.iter().map(|word| word.word());
    let relations = Relation::ALL.iter().map(|word| word.word());
    let words = fields.chain(channels).chain(evidence).chain(relations);
    wanted.extend(words.map(|word| ("value", word.to_owned())));
    let computed = ["right_lapsed", "right_lives", "same_telephone", "same_name"];
    wanted.extend(computed.map(|word| ("condition", word.to_owned())));
    let carry_out = "../app/src/attribution/carry_out.rs";
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(carry_out)).unwrap();
    let names = text.split("const fn word_of").nth(1).unwrap();
    let kinds = names.split("=> \"").skip(1).map(|rest| rest.split('"').next().unwrap());
    let plain = ["register_client", "correct_client", "set_owner", "set_closed", "reveal"];
    wanted.extend(kinds.chain(plain).map(|kind| ("command", format!("client_{kind}"))));
    assert!(wanted.len() > 45, "only {} words were found", wanted.len());
    let zone = chrono::FixedOffset::east_opt(8 * 3600).unwrap();
    for language in Language::ALL {
        let words = Words::new(language, zone);
        let lost: Vec<_> = wanted.iter().filter(|(of, name)| !words.has_name(of, name)).collect();
        assert!(lost.is_empty(), "{}: no name for {lost:?}", language.tag());
    }
}
