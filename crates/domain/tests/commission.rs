//! Deals: their parts add up to the cent, cancelling brings every balance back, agreement needs everybody.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};
use domain::{
    commission::{
        Circumstances, Command, Deal, Event, Fraction, Outcome, PersonShare, Rules, decide, divide,
        rules::{OddCent, Situation, Stage},
        state::{Pending, Reception, ReceptionKind},
    },
    money::Currency,
    people::{Actor, ClientId, PersonId, Role},
};
use proptest::prelude::*;
use rulebook::{Document, Problems};
use uuid::Uuid;

const A: PersonId = PersonId(Uuid::from_u128(0xa));
const B: PersonId = PersonId(Uuid::from_u128(0xb));
const C: PersonId = PersonId(Uuid::from_u128(0xc));
const M: PersonId = PersonId(Uuid::from_u128(0xd));

fn rules(settings: &str) -> Rules {
    let head = "[about]\ntitle = { zh = \"t\", en = \"t\" }\n";
    let mut problems = Problems::default();
    let document = Document::parse("t", &format!("{head}{settings}"), &mut problems);
    let rules = Rules::read(&document, &mut problems);
    assert!(problems.is_readable(), "{problems}");
    rules
}

const SITE: &str = r#"
[commission.split]
same_day_colleague = "1/2-1/2"
later_colleague = "owner"
delegate = "negotiated"
colleague = "1/3-2/3"
joint = "equal"
[commission.negotiation]
days = 7
fallback = "owner"
"#;

fn at(text: &str) -> DateTime<FixedOffset> {
    DateTime::parse_from_str(&format!("2026-{text} +0800"), "%Y-%m-%d %H:%M %z").unwrap()
}

/// A deal, and the ledgers that follow it.
struct Case {
    rules: Rules,
    deal: Deal,
    events: Vec<(Event, DateTime<FixedOffset>)>,
    ledgers: BTreeMap<PersonId, i64>,
    outcome: Outcome,
}

impl Case {
    fn new(settings: &str) -> Self {
        let (deal, ledgers, events) = (Deal::default(), BTreeMap::new(), Vec::new());
        Self { rules: rules(settings), deal, events, ledgers, outcome: Outcome::Nothing }
    }

    fn tell(&mut self, command: &Command, actor: &Actor, when: &str) -> &Outcome {
        let at = at(when);
        let decision = decide(&self.rules, &self.deal, command, actor, at);
        for event in decision.events {
            self.deal.evolve(&event, at);
            if let Event::Posted { entry } = &event {
                *self.ledgers.entry(entry.person).or_default() += entry.amount;
            }
            self.events.push((event, at));
        }
        self.outcome = decision.outcome;
        &self.outcome
    }

    fn close(&mut self, circumstances: Circumstances, commission: i64) -> &Outcome {
        let command = Command::Record {
            client: ClientId(Uuid::from_u128(1)),
            closer: B,
            circumstances,
            stage: Stage::Signed,
            price: None,
            commission: Some(commission),
            currency: Currency::default(),
        };
        self.tell(&command, &Actor::clock(), "05-01 10:00")
    }

    fn of(&self, person: PersonId) -> i64 {
        self.ledgers.get(&person).copied().unwrap_or(0)
    }

    fn refused(&self) -> &str {
        match &self.outcome {
            Outcome::Refused { reason } => reason,
            other => panic!("{other:?}"),
        }
    }
}

fn of_a(kind: Option<ReceptionKind>) -> Circumstances {
    let reception = kind.map(|kind| Reception { kind, at: at("05-01 09:30") });
    Circumstances { owner: Some(A), reception, ..Circumstances::default() }
}

fn shares(parts: &[(PersonId, &str)]) -> Vec<PersonShare> {
    let share = |text: &str| Fraction::parse(text).unwrap();
    parts.iter().map(|(person, text)| PersonShare { person: *person, share: share(text) }).collect()
}

#[test]
fn the_owner_rules_where_a_colleague_closes() {
    let mut case = Case::new(SITE);
    case.close(of_a(None), 300_000);
    assert_eq!(case.deal.situation, Some(Situation::Colleague));
    assert_eq!((case.of(A), case.of(B)), (100_000, 200_000));
}

#[test]
fn a_new_owner_is_paid_by_counter_entries_and_new_ones() {
    let mut case = Case::new(SITE);
    case.close(of_a(None), 300_000);
    let circumstances = Circumstances { owner: Some(C), ..Circumstances::default() };
    case.tell(
        &Command::Recompute { circumstances },
        &Actor::new(M, [Role::Manager]),
        "05-03 10:00",
    );
    assert_eq!((case.of(A), case.of(B), case.of(C)), (0, 200_000, 100_000));
    // Nothing was changed that had been posted: A's entry was taken back, B's stands.
    let posted =
        case.events.iter().filter(|(event, _)| matches!(event, Event::Posted { .. })).count();
    assert_eq!(posted, 4);
    assert_eq!(case.deal.closed_at, Some(at("05-01 10:00")));
}

#[test]
fn nobody_rules_who_has_no_authority_or_is_a_party() {
    let mut case = Case::new(SITE);
    case.close(of_a(None), 300_000);
    let command = Command::Rule { shares: shares(&[(A, "1/2"), (B, "1/2")]) };
    case.tell(&command, &Actor::new(M, [Role::Supervisor]), "05-02 10:00");
    assert_eq!(case.refused(), "not_allowed");
    case.tell(&command, &Actor::new(A, [Role::Manager]), "05-02 10:00");
    assert_eq!(case.refused(), "own_case");
    case.tell(&command, &Actor::new(M, [Role::Manager]), "05-02 10:00");
    assert_eq!((case.of(A), case.of(B)), (150_000, 150_000));
}

#[test]
fn an_agreement_needs_both_and_comes_too_late_after_the_seventh_day() {
    let proposal = shares(&[(A, "60%"), (B, "40%")]);
    let propose = Command::Propose { by: A, shares: proposal };
    let confirm = Command::Confirm { by: B };
    for (when, agreed) in [("05-08 23:59", true), ("05-09 00:00", false)] {
        let mut case = Case::new(SITE);
        case.close(of_a(Some(ReceptionKind::Delegate)), 100_000);
        assert!(matches!(case.outcome, Outcome::Waits { pending: Pending::Agreement { .. } }));
        case.tell(&propose, &Actor::clock(), "05-02 10:00");
        assert_eq!((case.of(A), case.of(B)), (0, 0));
        if agreed {
            case.tell(&confirm, &Actor::clock(), when);
            assert_eq!((case.of(A), case.of(B)), (60_000, 40_000));
        } else {
            case.tell(&Command::Settle, &Actor::clock(), when);
            assert_eq!((case.of(A), case.of(B)), (100_000, 0));
        }
    }
}

#[test]
fn midnight_decides_whether_it_was_the_same_day() {
    for (when, of_b) in [("05-01 23:59", 500), ("05-02 00:00", 0)] {
        let mut case = Case::new(SITE);
        let command = Command::Record {
            client: ClientId(Uuid::from_u128(1)),
            closer: B,
            circumstances: of_a(Some(ReceptionKind::Unreachable)),
            stage: Stage::Subscribed,
            price: None,
            commission: Some(1000),
            currency: Currency::default(),
        };
        case.tell(&command, &Actor::clock(), "05-01 11:00");
        assert!(matches!(case.outcome, Outcome::Waits { pending: Pending::SameDay { .. } }));
        let circumstances = of_a(Some(ReceptionKind::Unreachable));
        case.tell(&Command::Advance { stage: Stage::Signed, circumstances }, &Actor::clock(), when);
        assert_eq!((case.of(A), case.of(B)), (1000 - of_b, of_b), "{when}");
    }
}

#[test]
fn a_deal_that_nobody_has_decided_is_on_record_and_waits_for_a_ruling() {
    let mut case = Case::new("");
    case.close(of_a(None), 1000);
    assert_eq!(case.outcome, Outcome::Undecided { setting: "commission.split.colleague".into() });
    assert!(case.deal.is_closed() && case.ledgers.is_empty());
    let command = Command::Rule { shares: shares(&[(C, "1")]) };
    case.tell(&command, &Actor::new(M, [Role::Manager]), "05-02 10:00");
    assert_eq!(case.of(C), 1000);
}

#[test]
fn what_does_not_fit_is_refused_with_a_reason() {
    let mut case = Case::new(SITE);
    case.tell(&Command::Cancel, &Actor::clock(), "05-01 09:00");
    assert_eq!(case.refused(), "no_such_deal");
    case.close(of_a(None), -1);
    assert_eq!(case.refused(), "amount_not_possible");
    case.close(of_a(None), 100);
    case.close(of_a(None), 100);
    assert_eq!(case.refused(), "recorded_already");
    let again = Command::Advance { stage: Stage::Signed, circumstances: of_a(None) };
    case.tell(&again, &Actor::clock(), "05-01 11:00");
    assert_eq!(case.refused(), "stage_reached_already");
    case.tell(&Command::Confirm { by: A }, &Actor::clock(), "05-01 11:00");
    assert_eq!(case.refused(), "nothing_proposed");
    let twice = Command::Propose { by: A, shares: shares(&[(A, "1/2"), (A, "1/2")]) };
    case.tell(&twice, &Actor::clock(), "05-01 11:00");
    assert_eq!(case.refused(), "shares_do_not_add_up");
    case.tell(&Command::Cancel, &Actor::clock(), "05-01 12:00");
    case.tell(&Command::Cancel, &Actor::clock(), "05-01 12:01");
    assert_eq!(case.refused(), "deal_cancelled");
}

#[test]
fn a_rate_says_what_nobody_entered() {
    let site = format!("{SITE}[commission.closing]\nrate = \"0.3%\"\n");
    let mut case = Case::new(&site);
    case.close(Circumstances::default(), 0);
    let command = Command::SetAmounts { price: Some(100_000_000), commission: None };
    case.tell(&command, &Actor::clock(), "05-01 11:00");
    assert_eq!(case.of(B), 300_000);
}

/// Parts that add up to one, for one to six people.
fn parts() -> impl Strategy<Value = Vec<PersonShare>> {
    prop::collection::vec(0_u32..50, 1..6).prop_filter_map("nothing to share", |weights| {
        let of: u32 = weights.iter().sum();
        let share = |(at, weight): (usize, &u32)| {
            let person = PersonId(Uuid::from_u128(at as u128 + 100));
            Fraction::new(*weight, of).map(|share| PersonShare { person, share })
        };
        weights.iter().enumerate().map(share).collect()
    })
}

fn odd_cent() -> impl Strategy<Value = OddCent> {
    prop::sample::select(OddCent::ALL)
}

proptest! {
    #[test]
    fn parts_add_up_to_the_deal_to_the_cent(amount in 0_i64..1_000_000_000_000, parts in parts(), odd in odd_cent()) {
        let amounts = divide(amount, &parts, odd);
        prop_assert_eq!(amounts.iter().sum::<i64>(), amount);
        for (part, got) in parts.iter().zip(&amounts) {
            // Nobody is off by a whole unit for each person who shares, and who has no part gets nothing.
            prop_assert!((got - part.share.of_amount(amount).0).abs() <= parts.len() as i64);
            prop_assert!(!part.share.is_nothing() || *got == 0);
        }
    }

    #[test]
    fn calling_off_brings_every_balance_back_and_a_replay_gives_the_same_entries(
        commission in 0_i64..10_000_000,
        ruled in parts(),
        kind in prop::option::of(prop::sample::select(ReceptionKind::ALL.to_vec())),
        corrected in prop::option::of(0_i64..10_000_000),
    ) {
        let mut case = Case::new(SITE);
        case.close(of_a(kind), commission);
        let manager = Actor::new(M, [Role::Manager]);
        case.tell(&Command::Rule { shares: ruled }, &manager, "05-02 10:00");
        prop_assert_eq!(case.ledgers.values().sum::<i64>(), commission);
        if let Some(corrected) = corrected {
            let command = Command::SetAmounts { price: None, commission: Some(corrected) };
            case.tell(&command, &manager, "05-03 10:00");
            prop_assert_eq!(case.ledgers.values().sum::<i64>(), corrected);
        }
        let mut again = Deal::default();
        for (event, at) in &case.events {
            again.evolve(event, *at);
        }
        prop_assert_eq!(&again, &case.deal);
        case.tell(&Command::Cancel, &manager, "05-04 10:00");
        prop_assert!(case.ledgers.values().all(|balance| *balance == 0));
        prop_assert!(case.deal.posted.is_empty());
    }

    #[test]
    fn no_agreement_of_some_is_an_agreement(confirmed in prop::collection::vec(any::<bool>(), 3)) {
        let mut case = Case::new(SITE);
        let joint = Circumstances { joint_with: vec![A, C], ..Circumstances::default() };
        case.close(joint, 900);
        let parts = shares(&[(A, "1/2"), (B, "1/4"), (C, "1/4")]);
        let before = case.ledgers.clone();
        let all = confirmed.iter().all(|yes| *yes);
        for (by, _) in [A, B, C].into_iter().zip(confirmed).filter(|(_, yes)| *yes) {
            case.tell(&Command::Propose { by, shares: parts.clone() }, &Actor::clock(), "05-02 10:00");
        }
        prop_assert_eq!(case.ledgers != before, all);
    }
}
