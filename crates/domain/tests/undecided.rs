//! What must be decided before a rulebook can be activated, and what need not be.

mod preset;

use std::sync::LazyLock;

use domain::rotation::{
    Rules,
    rules::{Needed, proposal},
};
use preset::{load, schema};
use rulebook::{Document, Problems, Severity, document::parse_value};

/// A site's rulebook with everything decided, and with hours.
static DEMO: LazyLock<Document> = LazyLock::new(|| {
    let mut document = load("demo").document;
    document.set("rotation.hours.start", parse_value("09:00"));
    document.set("rotation.hours.end", parse_value("18:00"));
    document
});

/// What is undecided in it once it is changed as `changes` say.
fn changed(changes: &[(&str, &str)]) -> Vec<String> {
    let mut document = DEMO.clone();
    for (path, value) in changes {
        document.set(path, parse_value(value));
    }
    undecided(&document)
}

fn undecided(document: &Document) -> Vec<String> {
    let mut problems = Problems::default();
    let rules = Rules::read(document, &mut problems);
    assert!(problems.is_readable(), "{problems}");
    rules.undecided().into_iter().map(|needed| needed.setting).collect()
}

fn check(changes: &[(&str, &str)], expected: &[&str]) {
    assert_eq!(changed(changes), expected, "after {changes:?}");
}

fn slugs() -> Vec<String> {
    let entries = std::fs::read_dir(preset::rulebooks()).unwrap();
    let mut slugs: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    slugs.sort();
    slugs
}

#[test]
fn the_rulebooks_of_the_demo_can_be_activated() {
    for slug in ["demo", "demo-signin"] {
        let preset = load(slug);
        let mut problems = preset.problems;
        domain::check(&preset.document, &mut problems);
        assert!(!preset.features.is_empty());
        assert!(problems.is_activatable(), "{problems}");
    }
}

#[test]
fn a_regulation_as_it_is_written_cannot_be_activated() {
    for slug in slugs().iter().filter(|slug| slug.starts_with("r-")) {
        let mut problems = Problems::default();
        domain::check(&load(slug).document, &mut problems);
        assert!(problems.is_readable() && !problems.is_activatable(), "{slug}: {problems}");
    }
}

#[test]
fn an_unset_setting_is_shown_with_its_place_and_a_proposal() {
    let mut problems = Problems::default();
    domain::check(&load("r-001-01").document, &mut problems);
    let of = problems.0.iter().find(|p| p.message.en.contains("`rotation.absence.meal.result`"));
    let problem = of.unwrap();
    assert_eq!(problem.severity, Severity::Undecided);
    assert_eq!(problem.place.rulebook, "r-001-01");
    assert!(problem.place.line > 0 && problem.hint.en.contains("\"kept\""), "{problem}");
}

#[test]
fn every_proposal_can_be_written() {
    // `like` is never needed: a situation has rules of its own or is treated like another.
    for declared in schema().iter().filter(|declared| !declared.path.ends_with(".like")) {
        let mut document = DEMO.clone();
        document.set(&declared.path, parse_value(proposal(&declared.path)));
        let mut problems = Problems::default();
        let _ = Rules::read(&document, &mut problems);
        assert!(problems.is_readable(), "{}: {problems}", declared.path);
    }
}

#[test]
fn with_every_proposal_taken_a_regulation_can_be_activated() {
    for slug in slugs() {
        let mut document = load(&slug).document;
        for _ in 0..3 {
            let rules = Rules::read(&document, &mut Problems::default());
            for Needed { setting, proposal } in rules.undecided() {
                document.set(&setting, parse_value(proposal));
            }
        }
        assert_eq!(undecided(&document), Vec::<String>::new(), "{slug}");
    }
}

#[test]
fn a_complete_rulebook_needs_nothing() {
    check(&[], &[]);
}

#[test]
fn what_an_absence_costs_is_always_needed() {
    for kind in ["unreported", "private", "business", "leave", "meal", "short"] {
        let path = format!("rotation.absence.{kind}.result");
        check(&[(&path, "unset")], &[&path]);
    }
}

#[test]
fn the_result_of_a_grace_is_needed_where_there_is_a_grace() {
    let (minutes, result) =
        ("rotation.absence.meal.grace_minutes", "rotation.absence.meal.grace_result");
    check(&[(minutes, "1"), (result, "unset")], &[result]);
    check(&[(minutes, "0"), (result, "unset")], &[]);
}

#[test]
fn where_grace_starts_is_needed_where_any_absence_has_one() {
    let from = "rotation.away.grace_from";
    check(&[(from, "unset")], &[from]);
    let (meal, short) =
        ("rotation.absence.meal.grace_minutes", "rotation.absence.short.grace_minutes");
    check(&[(from, "unset"), (meal, "0"), (short, "0")], &[]);
}

#[test]
fn what_an_unapproved_outing_is_is_needed_where_outings_need_approval() {
    let (needs, counts) = (
        "rotation.absence.business.needs_confirmation",
        "rotation.absence.business.unconfirmed_as",
    );
    check(&[(counts, "unset")], &[counts]);
    check(&[(counts, "unset"), (needs, "false")], &[]);
    let by = "rotation.away.confirmed_by";
    check(&[(by, "unset")], &[by]);
    check(&[(by, "unset"), (needs, "false")], &[]);
}

#[test]
fn the_longest_minutes_of_an_absence_only_remind() {
    check(&[("rotation.absence.meal.limit_minutes", "unset")], &[]);
}

#[test]
fn slots_need_their_minutes() {
    let (source, minutes) = ("rotation.order.source", "rotation.order.slot_minutes");
    check(&[(source, "time_slots")], &[minutes]);
    check(&[(source, "time_slots"), (minutes, "none")], &[minutes]);
    check(&[(source, "time_slots"), (minutes, "15")], &[]);
    check(&[(source, "unset")], &[source]);
}

#[test]
fn what_a_new_day_does_is_needed_where_the_order_lasts() {
    let (source, carry) = ("rotation.order.source", "rotation.order.carry_over");
    for lasting in ["posted_table", "first_arrival", "fixed_number", "last_month_rank"] {
        check(&[(source, lasting), (carry, "unset")], &[carry]);
    }
    for daily in ["sign_in", "manager_roster", "today_result", "cumulative_count"] {
        check(&[(source, daily), (carry, "unset")], &[]);
    }
}

#[test]
fn who_receives_outside_the_hours_is_needed_where_there_are_hours() {
    let receiver = "rotation.situation.outside_hours.receiver";
    check(&[("rotation.hours.start", "09:00"), (receiver, "unset")], &[receiver]);
    check(&[("rotation.hours.end", "18:00"), (receiver, "unset")], &[receiver]);
    let open = [("rotation.hours.start", "none"), ("rotation.hours.end", "none")];
    let rest = [
        (receiver, "unset"),
        ("rotation.situation.outside_hours.turn", "unset"),
        ("rotation.situation.outside_hours.owner", "unset"),
        ("rotation.hours.evening_people", "unset"),
    ];
    check(&[&open[..], &rest[..]].concat(), &[]);
    let start = "rotation.hours.start";
    check(&[(start, "unset")], &[start]);
}

#[test]
fn standing_duty_needs_its_slot_where_somebody_stands() {
    let (order, slot) = ("rotation.standing.order", "rotation.standing.slot_minutes");
    check(&[(slot, "unset")], &[slot]);
    check(&[(slot, "unset"), (order, "none")], &[]);
    let (missed, owed) = ("rotation.standing.missed", "rotation.standing.owed");
    check(&[(owed, "unset")], &[owed]);
    check(&[(owed, "unset"), (missed, "dropped")], &[]);
}

#[test]
fn when_a_make_up_is_due_is_needed_where_one_can_arise() {
    let place = "rotation.make_up.ordinary_place";
    check(&[(place, "unset")], &[place]);
    let mut none = vec![(place, "unset"), ("rotation.make_up.expires", "unset")];
    none.extend([
        ("rotation.absence.business.result", "lost"),
        ("rotation.busy.own_open.result", "lost"),
        ("rotation.busy.own_closed.result", "lost"),
        ("rotation.busy.stand_in.result", "lost"),
        ("rotation.busy.helping_close.result", "lost"),
        ("rotation.busy.helping.result", "lost"),
        ("rotation.busy.other_visit.result", "lost"),
        ("rotation.found.colleague.make_up", "none"),
        ("rotation.found.colleague.continued_make_up", "none"),
        ("rotation.found.colleague.turn", "counted"),
        ("rotation.found.non_buyer.make_up", "none"),
        ("rotation.found.non_buyer.turn", "counted"),
    ]);
    check(&none, &[]);
    // A turn that is given back after its round is an ordinary make-up turn.
    none.push(("rotation.found.short_visit.most_minutes", "5"));
    check(&none, &["rotation.make_up.ordinary_place", "rotation.make_up.expires"]);
}

#[test]
fn what_follows_too_many_give_ups_is_needed_where_there_are_too_many() {
    let (most, from) = ("rotation.forfeit.voluntary_most", "rotation.forfeit.suspend_from");
    check(&[(most, "unset")], &[most]);
    check(&[(most, "2"), (from, "unset")], &[from]);
    check(&[(most, "none"), (from, "unset")], &[]);
    let (idle, result) = ("rotation.forfeit.idle_minutes", "rotation.forfeit.idle_result");
    check(&[(idle, "30"), (result, "unset")], &[result]);
    check(&[(idle, "none"), (result, "unset")], &[]);
}

#[test]
fn what_a_late_answer_costs_is_needed_where_there_is_a_time_to_answer() {
    let (seconds, timeout) = ("rotation.offer.accept_seconds", "rotation.offer.timeout");
    check(&[(seconds, "unset")], &[seconds]);
    check(&[(seconds, "60"), (timeout, "unset")], &[timeout]);
    check(&[(seconds, "none"), (timeout, "unset")], &[]);
}

#[test]
fn a_breach_needs_what_its_result_needs() {
    let result = "rotation.breach.grab.result";
    let (from, days) = ("rotation.breach.grab.suspend_from", "rotation.breach.grab.half_rate_days");
    check(&[(result, "unset")], &[result]);
    check(&[(result, "none"), (from, "unset")], &[]);
    check(&[(result, "suspend"), (from, "unset")], &[from]);
    check(&[(result, "half_rate")], &[days]);
    check(&[(result, "half_rate"), (days, "none")], &[]);
}

#[test]
fn a_situation_needs_who_receives_the_turn_and_the_owner() {
    let path = |setting| format!("rotation.situation.enquiry.{setting}");
    for setting in ["receiver", "turn", "owner"] {
        check(&[(&path(setting), "unset")], &[&path(setting)]);
    }
    let silent = ["receiver", "turn", "owner"].map(path);
    let unset: Vec<(&str, &str)> = silent.iter().map(|path| (path.as_str(), "unset")).collect();
    assert_eq!(changed(&unset).len(), 3);
    let mut like = unset.clone();
    let as_new = path("like");
    like.push((&as_new, "new"));
    check(&like, &[]);
}

#[test]
fn whoever_phoned_or_came_by_outreach_may_be_taken_as_contacted() {
    let phone = [
        ("rotation.situation.phone_named.receiver", "unset"),
        ("rotation.situation.phone_unnamed.like", "unset"),
    ];
    check(&phone, &[]);
    let silent = [&phone[..], &[("rotation.situation.contacted.receiver", "unset")]].concat();
    let needed = changed(&silent);
    for path in [
        "rotation.situation.contacted.receiver",
        "rotation.situation.phone_named.receiver",
        "rotation.situation.phone_unnamed.receiver",
    ] {
        assert!(needed.iter().any(|setting| setting == path), "{path} of {needed:?}");
    }
}

#[test]
fn calls_need_rules_where_they_have_a_ring_of_their_own() {
    let phone = "rotation.rings.phone";
    let silent = [
        ("rotation.situation.call_new.receiver", "unset"),
        ("rotation.situation.call_new.turn", "unset"),
        ("rotation.situation.call_new.owner", "unset"),
    ];
    check(&silent, &[]);
    let separate = [&silent[..], &[(phone, "separate")]].concat();
    assert_eq!(changed(&separate).len(), 3);
}

#[test]
fn what_is_found_out_during_a_reception_is_always_needed() {
    for setting in ["receiver", "turn", "window_minutes"] {
        for found in ["colleague", "non_buyer"] {
            let path = format!("rotation.found.{found}.{setting}");
            check(&[(&path, "unset")], &[&path]);
        }
    }
}

#[test]
fn attribution_needs_its_periods_once_it_has_a_principle() {
    let open = |text: &str| -> Vec<String> {
        let mut problems = Problems::default();
        let document = Document::parse("test", text, &mut problems);
        let open = domain::attribution::Rules::read(&document, &mut problems).undecided();
        open.into_iter().map(|needed| needed.setting).collect()
    };
    assert!(open("[attribution.validity]\ndays = \"unset\"\n").is_empty());
    let principle = "[attribution.first]\nprinciple = ";
    assert_eq!(
        open(&format!("{principle}\"reception\"\n")),
        [
            "attribution.validity.days",
            "attribution.identity.family",
            "attribution.claim.window_days"
        ]
    );
    assert_eq!(
        open(&format!(
            "{principle}\"valid_registration\"\n[attribution.identity]\nbuyer = \"same\"\n"
        )),
        [
            "attribution.registration.required",
            "attribution.first.caller",
            "attribution.validity.days",
            "attribution.claim.window_days"
        ]
    );
}
