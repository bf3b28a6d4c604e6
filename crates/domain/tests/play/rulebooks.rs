//! The rulebooks that are played: every preset of a rotation, with what it leaves open filled in, and
//! variants.

use std::{fmt, sync::LazyLock};

use domain::rotation::{Rules, rules::Needed};
use rulebook::{Carry, Clause, ClauseId, Document, Problems, Words, document::parse_value};

use crate::preset::{load, rulebooks};

/// A rulebook in which everything is decided and carried by a clause.
pub struct Played {
    /// The preset, and what was changed.
    pub name: String,
    /// Its rules.
    pub rules: Rules,
}

impl fmt::Debug for Played {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

/// Changes of the demo's rulebook that bring out other parts of the rotation.
pub const VARIANTS: &[(&str, &[(&str, &str)])] = &[
    ("cumulative", &[("rotation.order.source", "cumulative_count")]),
    ("slots", &[("rotation.order.source", "time_slots"), ("rotation.order.slot_minutes", "15")]),
    ("numbers", &[("rotation.order.source", "fixed_number")]),
    ("hours", &[("rotation.hours.start", "10:00"), ("rotation.hours.end", "11:00")]),
    ("rank", &[("rotation.order.source", "last_month_rank")]),
    ("teams", &[("rotation.rings.teams", "per_team")]),
    (
        "phone",
        &[("rotation.rings.phone", "separate"), ("rotation.situation.call_new.turn", "counted")],
    ),
    ("batches", &[("rotation.batches.count", "2")]),
    (
        "households",
        &[("rotation.order.unit", "household"), ("rotation.make_up.expires", "end_of_round")],
    ),
    (
        "half rate",
        &[
            ("rotation.breach.grab.result", "half_rate"),
            ("rotation.breach.grab.half_rate_days", "1"),
            ("rotation.breach.pick.result", "suspend"),
        ],
    ),
    (
        "end of the order",
        &[
            ("rotation.offer.timeout", "to_end"),
            ("rotation.offer.decline", "make_up"),
            ("rotation.forfeit.voluntary_most", "2"),
            ("rotation.forfeit.automatic_counts", "true"),
            ("rotation.make_up.ordinary_place", "end_of_round"),
            ("rotation.busy.new_client.result", "to_end"),
        ],
    ),
    (
        "on notice",
        &[
            ("rotation.make_up.opens", "on_notice"),
            ("rotation.make_up.ordinary_place", "after_on_turn"),
            ("rotation.make_up.held_most", "1"),
            ("rotation.concurrent.new_clients_most", "2"),
            ("rotation.order.late_sign_in", "next_round"),
        ],
    ),
    ("no loop", &[("rotation.order.cyclic", "false"), ("rotation.order.carry_over", "reset")]),
];

/// Every rulebook that is played.
pub static ALL: LazyLock<Vec<Played>> = LazyLock::new(|| {
    let mut slugs: Vec<String> = std::fs::read_dir(rulebooks())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    slugs.retain(|slug| {
        load(slug).document.settings.keys().any(|path| path.starts_with("rotation."))
    });
    slugs.sort();
    let mut all: Vec<Played> = slugs.into_iter().map(|slug| played(&slug, &slug, &[])).collect();
    all.extend(VARIANTS.iter().map(|(name, changes)| played(name, "demo", changes)));
    all
});

fn played(name: &str, slug: &str, changes: &[(&str, &str)]) -> Played {
    let preset = load(slug);
    assert!(preset.problems.is_readable() && !preset.features.is_empty(), "{}", preset.problems);
    let mut document = preset.document;
    for (path, value) in changes {
        document.set(path, parse_value(value));
    }
    for _ in 0..3 {
        for Needed { setting, proposal } in read(&document).undecided() {
            document.set(&setting, parse_value(proposal));
        }
    }
    document.clauses.push(everything());
    let rules = read(&document);
    assert!(rules.undecided().is_empty(), "{name}");
    Played { name: name.into(), rules }
}

fn read(document: &Document) -> Rules {
    let mut problems = Problems::default();
    let rules = Rules::read(document, &mut problems);
    assert!(problems.is_readable(), "{problems}");
    rules
}

/// A clause that every setting carries.
fn everything() -> Clause {
    Clause {
        id: ClauseId("everything".into()),
        covers: Vec::new(),
        carry: Carry::Enforce,
        text: Words::default(),
        warning: None,
        carried_by: vec!["rotation.*".into()],
        line: 0,
        rulebook: String::new(),
    }
}
