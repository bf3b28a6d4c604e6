//! Another rulebook comes into effect: what was granted keeps its terms unless it is converted.

use chrono::{DateTime, FixedOffset};
use domain::{
    attribution::{
        Client, Event, Outcome, Rules,
        decide::{Change, Effect, convert, effect, standing},
        state::{Basis, Closing, Right},
    },
    people::PersonId,
};
use rulebook::{Document, Problems, Trail};
use uuid::Uuid;

const A: PersonId = PersonId(Uuid::from_u128(0xa));

fn rules(days: &str) -> Rules {
    let text = format!(
        r#"
[about]
title = {{ zh = "t", en = "t" }}
[[clause]]
id = "20"
text = {{ zh = "t", en = "t" }}
carried_by = ["attribution.validity.days"]
[attribution.first]
principle = "reception"
[attribution.validity]
days = {days}
"#
    );
    let mut problems = Problems::default();
    let document = Document::parse("t", &text, &mut problems);
    let rules = Rules::read(&document, &mut problems);
    assert!(problems.is_readable(), "{problems}");
    rules
}

fn at(day: u32) -> DateTime<FixedOffset> {
    DateTime::parse_from_str(&format!("2026-06-{day:02} 10:00 +0800"), "%Y-%m-%d %H:%M %z").unwrap()
}

/// A client whom `A` received on the first, granted `days`.
fn client(days: Option<u32>) -> Client {
    let right = Right { by: A, basis: Basis::Reception, from: at(1), days, ended: None };
    Client { rights: vec![right], ..Client::default() }
}

fn effect_on(day: u32, days: &str) -> Effect {
    effect(&rules("30"), &rules(days), &client(Some(30)), at(day))
}

#[test]
fn thirty_days_that_become_seven_lapse_nobody_who_keeps_the_terms() {
    for day in [2, 8, 9, 30] {
        assert_eq!(effect_on(day, "7").kept, Change::Nothing, "day {day}");
    }
}

#[test]
fn converted_the_seventh_day_still_counts_and_the_eighth_lapses() {
    assert_eq!(effect_on(8, "7").converted, Change::Shortened);
    assert_eq!(effect_on(9, "7").converted, Change::Lapses);
}

#[test]
fn a_longer_period_extends_only_if_converted() {
    let longer = Effect { kept: Change::Nothing, converted: Change::Extended };
    assert_eq!(effect_on(8, "60"), longer);
    assert_eq!(effect_on(8, "\"none\""), longer);
    let same = Effect { kept: Change::Nothing, converted: Change::Nothing };
    assert_eq!(effect_on(8, "30"), same);
}

#[test]
fn a_conversion_cites_the_clause_and_gives_the_days() {
    let decision = convert(&rules("30"), &rules("7"), &client(Some(30)), at(8));
    assert_eq!(decision.outcome, Outcome::Owned { owner: Some(A) });
    assert_eq!(decision.events, [Event::RightConverted { by: A, from: at(1), days: Some(7) }]);
    assert!(decision.because.cites("20"), "{:?}", decision.because);
}

#[test]
fn what_has_lapsed_or_closed_is_not_converted() {
    let lapsed = convert(&rules("30"), &rules("60"), &client(Some(5)), at(20));
    assert!(lapsed.events.is_empty());
    let closing = Some(Closing { at: at(2), by: A, owner: Some(A) });
    let closed = Client { closing, ..client(Some(30)) };
    assert!(convert(&rules("30"), &rules("7"), &closed, at(20)).events.is_empty());
}

#[test]
fn converted_once_there_is_nothing_left_to_convert() {
    let (before, after) = (rules("30"), rules("7"));
    let mut now = client(Some(30));
    for event in convert(&before, &after, &now, at(8)).events {
        now.evolve(&event, at(8));
    }
    assert!(convert(&before, &after, &now, at(8)).events.is_empty());
    let until = standing(&after, &now, at(8), &mut Trail::default()).unwrap().unwrap().until;
    assert_eq!(until, Some(at(8).date_naive()));
}

#[test]
fn an_undecided_period_converts_nothing() {
    let decision = convert(&rules("30"), &rules("\"unset\""), &client(Some(30)), at(8));
    assert!(matches!(decision.outcome, Outcome::Undecided { .. }) && decision.events.is_empty());
}
