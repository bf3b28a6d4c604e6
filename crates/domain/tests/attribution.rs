//! Whose client it is: registrations, validity, lapse, claims, handover; both sides of each boundary.

use std::collections::BTreeSet;

use chrono::{DateTime, FixedOffset};
use domain::{
    attribution::{
        Client, Command, Outcome, Rules,
        command::Origin,
        decide,
        decide::{Likeness, Sameness, sameness, standing},
        rules::{Channel, Evidence, Field, Relation},
        state::{ContactKind, RegistrationId},
    },
    people::{Actor, PersonId, Role},
};
use rulebook::{Because, Document, Problems, Trail};
use uuid::Uuid;

const A: PersonId = PersonId(Uuid::from_u128(0xa));
const B: PersonId = PersonId(Uuid::from_u128(0xb));
const C: PersonId = PersonId(Uuid::from_u128(0xc));
const S: PersonId = PersonId(Uuid::from_u128(0x5));

/// A site's rules: the first valid registration, seven days, both name and telephone, signed.
const SEVEN_DAYS: &str = r#"
[about]
title = { zh = "t", en = "t" }
[[clause]]
id = "18"
carry = "enforce"
text = { zh = "t", en = "t" }
carried_by = ["attribution.registration.required", "attribution.registration.signature"]
[[clause]]
id = "19"
carry = "compute"
text = { zh = "t", en = "t" }
carried_by = ["attribution.first.principle"]
[[clause]]
id = "20"
carry = "enforce"
text = { zh = "t", en = "t" }
carried_by = ["attribution.validity.days"]
[[clause]]
id = "24"
carry = "compute"
text = { zh = "t", en = "t" }
carried_by = ["attribution.claim.window_days"]
[attribution.registration]
required = ["real_name", "telephone"]
signature = true
[attribution.first]
principle = "valid_registration"
caller = "nobody"
[attribution.validity]
days = 7
[attribution.identity]
same_telephone = "by_family"
same_name = "if_proven"
buyer = "by_family"
family = ["parent_child", "spouse"]
[attribution.claim]
window_days = 7
"#;

struct Case {
    rules: Rules,
    client: Client,
    because: Because,
    ids: u128,
}

fn at(text: &str) -> DateTime<FixedOffset> {
    let full = if text.len() == 5 { format!("{text} 10:00") } else { text.to_owned() };
    DateTime::parse_from_str(&format!("2026-{full} +0800"), "%Y-%m-%d %H:%M %z").unwrap()
}

fn fields(all: &[Field]) -> BTreeSet<Field> {
    all.iter().copied().collect()
}

const COMPLETE: [Field; 2] = [Field::RealName, Field::Telephone];

impl Case {
    fn under(text: &str, changes: &[(&str, &str)]) -> Self {
        let mut problems = Problems::default();
        let mut document = Document::parse("test", text, &mut problems);
        for (path, value) in changes {
            document.set(path, rulebook::document::parse_value(value));
        }
        let rules = Rules::read(&document, &mut problems);
        assert!(problems.0.is_empty(), "{:?}", problems.0);
        Self { rules, client: Client::default(), because: Because::default(), ids: 0 }
    }

    fn give(&mut self, when: &str, command: Command, actor: &Actor) -> Outcome {
        let at = at(when);
        let decision = decide(&self.rules, &self.client, &command, actor, at);
        for event in &decision.events {
            self.client.evolve(event, at);
        }
        self.because = decision.because;
        decision.outcome
    }

    fn registers(&mut self, when: &str, by: PersonId, has: &[Field], signed: bool) -> Outcome {
        self.ids += 1;
        let id = RegistrationId(Uuid::from_u128(self.ids));
        let (channel, fields) = (Channel::Visit, fields(has));
        self.give(when, Command::Register { id, by, channel, fields, signed }, &clock())
    }

    fn follows_up(&mut self, when: &str, by: PersonId, complete: bool) {
        let kind = ContactKind::FollowUp;
        self.give(when, Command::Contact { by, kind, complete }, &clock());
    }

    fn owner(&mut self, when: &str) -> Option<PersonId> {
        let mut trail = Trail::default();
        let standing = standing(&self.rules, &self.client, at(when), &mut trail).unwrap();
        self.because = trail.because();
        standing.map(|standing| standing.owner)
    }
}

fn clock() -> Actor {
    Actor::clock()
}

fn supervisor() -> Actor {
    Actor::new(S, [Role::Supervisor])
}

#[test]
fn a_follow_up_within_seven_days_keeps_the_client_and_the_eighth_day_loses_them() {
    let mut case = Case::under(SEVEN_DAYS, &[]);
    case.registers("05-01", A, &COMPLETE, true);
    assert_eq!(case.owner("05-08 23:59"), Some(A));
    assert!(case.because.cites("20") && case.because.cites("19"));
    assert_eq!(case.owner("05-09 00:00"), None);
    assert!(case.because.cites("20"));
    case.follows_up("05-08", A, true);
    assert_eq!(case.owner("05-15"), Some(A));
    assert_eq!(case.owner("05-16"), None);
}

#[test]
fn a_follow_up_after_the_lapse_or_an_incomplete_one_renews_nothing() {
    let mut case = Case::under(SEVEN_DAYS, &[]);
    case.registers("05-01", A, &COMPLETE, true);
    case.follows_up("05-03", A, false);
    case.follows_up("05-09", A, true);
    assert_eq!(case.owner("05-10"), None);
    let mut lenient = Case::under(SEVEN_DAYS, &[("attribution.validity.complete_only", "false")]);
    lenient.registers("05-01", A, &COMPLETE, true);
    lenient.follows_up("05-03", A, false);
    assert_eq!(lenient.owner("05-10"), Some(A));
    assert_eq!(lenient.owner("05-11"), None);
}

#[test]
fn the_first_valid_registration_that_was_followed_up_wins() {
    let mut case = Case::under(SEVEN_DAYS, &[]);
    case.registers("05-01", A, &COMPLETE, true);
    case.follows_up("05-06", A, true);
    case.registers("05-08", B, &COMPLETE, true);
    assert_eq!(case.owner("05-09"), Some(A));
    let mut lapsed = Case::under(SEVEN_DAYS, &[]);
    lapsed.registers("05-01", A, &COMPLETE, true);
    lapsed.registers("05-08", B, &COMPLETE, true);
    assert_eq!(lapsed.owner("05-08"), Some(A));
    assert_eq!(lapsed.owner("05-09"), Some(B));
}

#[test]
fn an_incomplete_or_unsigned_registration_counts_only_from_its_completion() {
    let mut case = Case::under(SEVEN_DAYS, &[]);
    let outcome = case.registers("05-01 09:00", A, &[Field::RealName], true);
    let lacks = Outcome::Registered {
        valid_from: None,
        missing: vec![Field::Telephone],
        unsigned: false,
        provisional: false,
    };
    assert_eq!(outcome, lacks);
    assert!(case.because.cites("18"));
    case.registers("05-01 10:00", B, &COMPLETE, true);
    let id = case.client.registrations[0].id;
    let added = fields(&[Field::Telephone]);
    let outcome =
        case.give("05-01 11:00", Command::Complete { id, fields: added, signed: false }, &clock());
    let valid_from = Some(at("05-01 11:00"));
    assert_eq!(
        outcome,
        Outcome::Registered { valid_from, missing: vec![], unsigned: false, provisional: false }
    );
    assert_eq!(case.owner("05-01 12:00"), Some(B));
    let mut first_entry =
        Case::under(SEVEN_DAYS, &[("attribution.registration.counts_from", "\"first_entry\"")]);
    first_entry.registers("05-01 09:00", A, &COMPLETE, false);
    first_entry.registers("05-01 10:00", B, &COMPLETE, true);
    let id = first_entry.client.registrations[0].id;
    let sign = Command::Complete { id, fields: BTreeSet::new(), signed: true };
    first_entry.give("05-01 11:00", sign, &clock());
    assert_eq!(first_entry.owner("05-01 12:00"), Some(A));
}

#[test]
fn a_site_may_refuse_to_save_an_incomplete_registration() {
    let mut case =
        Case::under(SEVEN_DAYS, &[("attribution.registration.incomplete", "\"refused\"")]);
    let outcome = case.registers("05-01", A, &[Field::RealName], true);
    assert_eq!(outcome, Outcome::Refused { reason: "registration_incomplete".into() });
    assert!(case.client.registrations.is_empty());
    let outcome = case.registers("05-01", A, &COMPLETE, true);
    assert!(matches!(outcome, Outcome::Registered { valid_from: Some(_), .. }));
}

#[test]
fn a_setting_that_nobody_decided_is_named() {
    let mut case = Case::under(SEVEN_DAYS, &[("attribution.registration.required", "\"unset\"")]);
    let outcome = case.registers("05-01", A, &COMPLETE, true);
    let setting = "attribution.registration.required".into();
    assert_eq!(outcome, Outcome::Undecided { setting });
    assert!(case.client.registrations.is_empty(), "nothing half done");
}

#[test]
fn whose_client_it_is_does_not_wait_for_the_period_to_be_decided() {
    let mut case = Case::under(SEVEN_DAYS, &[("attribution.validity.days", "\"unset\"")]);
    case.registers("05-01", A, &COMPLETE, true);
    assert_eq!(case.because.undecided(), ["attribution.validity.days"], "and it says so");
    assert_eq!(case.owner("05-01"), Some(A));
}

#[test]
fn what_was_granted_keeps_its_days_under_a_new_rulebook() {
    let mut case = Case::under(SEVEN_DAYS, &[("attribution.validity.days", "30")]);
    case.registers("05-01", A, &COMPLETE, true);
    case.rules = Case::under(SEVEN_DAYS, &[]).rules;
    assert_eq!(case.owner("05-31"), Some(A));
    assert_eq!(case.owner("06-01"), None);
}

#[test]
fn continuous_follow_up_outlives_the_period_and_a_gap_ends_it() {
    let changes = [
        ("attribution.validity.days", "30"),
        ("attribution.validity.test", "\"continuous\""),
        ("attribution.validity.interval_days", "10"),
    ];
    let mut case = Case::under(SEVEN_DAYS, &changes);
    case.registers("05-01", A, &COMPLETE, true);
    assert_eq!(case.owner("05-31"), Some(A), "within the period no gap matters");
    for day in ["05-11", "05-21", "05-31"] {
        case.follows_up(day, A, true);
    }
    assert_eq!(case.owner("06-10"), Some(A));
    assert_eq!(case.owner("06-11"), None);
}

#[test]
fn one_follow_up_within_the_period_is_enough_where_only_neglect_loses() {
    let changes = [("attribution.validity.test", "\"never_followed\"")];
    let mut case = Case::under(SEVEN_DAYS, &changes);
    case.registers("05-01", A, &COMPLETE, true);
    assert_eq!(case.owner("05-09"), None);
    case.follows_up("05-08", A, true);
    assert_eq!(case.owner("07-01"), Some(A));
    let mut late = Case::under(SEVEN_DAYS, &changes);
    late.registers("05-01", A, &COMPLETE, true);
    late.follows_up("05-09", A, true);
    assert_eq!(late.owner("05-10"), None);
}

#[test]
fn a_claim_is_heard_up_to_the_seventh_day_of_the_closing() {
    let mut case = Case::under(SEVEN_DAYS, &[]);
    case.registers("05-01", A, &COMPLETE, true);
    case.registers("05-02", B, &COMPLETE, true);
    case.give("05-02", Command::Close { by: B, buyer: None }, &clock());
    assert_eq!(case.owner("05-03"), Some(A), "closed by another, and still A's");
    let claim = |evidence| Command::Claim { by: B, evidence, recorded_at: at("05-02") };
    let heard = case.give("05-08", claim(Evidence::VisitorRegister), &clock());
    assert_eq!(heard, Outcome::ClaimHeard { owner: Some(A) });
    assert!(case.because.cites("24"));
    let late = case.give("05-09", claim(Evidence::VisitorRegister), &clock());
    assert_eq!(late, Outcome::Refused { reason: "claimed_too_late".into() });
    assert!(case.because.cites("24"));
    let note = case.give("05-08", claim(Evidence::PersonalNote), &clock());
    assert_eq!(note, Outcome::Refused { reason: "evidence_does_not_count".into() });
    case.rules =
        Case::under(SEVEN_DAYS, &[("attribution.claim.counted_from", "\"next_day\"")]).rules;
    assert!(matches!(
        case.give("05-09", claim(Evidence::VisitorRegister), &clock()),
        Outcome::ClaimHeard { .. }
    ));
}

#[test]
fn nobody_rules_on_their_own_case_and_a_ruling_moves_the_closing() {
    let mut case = Case::under(SEVEN_DAYS, &[]);
    case.registers("05-01", A, &COMPLETE, true);
    case.give("05-02", Command::Close { by: A, buyer: None }, &clock());
    let consultant = Actor::new(A, [Role::Consultant]);
    let refused = case.give("05-03", Command::Rule { owner: A }, &consultant);
    assert_eq!(refused, Outcome::Refused { reason: "not_allowed".into() });
    let own = Actor::new(A, [Role::Supervisor]);
    let refused = case.give("05-03", Command::Rule { owner: B }, &own);
    assert_eq!(refused, Outcome::Refused { reason: "own_case".into() });
    let ruled = case.give("05-03", Command::Rule { owner: B }, &supervisor());
    assert_eq!(ruled, Outcome::Owned { owner: Some(B) });
    assert_eq!(case.client.closing.and_then(|closing| closing.owner), Some(B));
}

#[test]
fn a_buyer_under_another_name_is_decided_by_family() {
    for (relation, owner) in [
        (Relation::Spouse, A),
        (Relation::ParentChild, A),
        (Relation::Sibling, B),
        (Relation::Friend, B),
    ] {
        let mut case = Case::under(SEVEN_DAYS, &[]);
        case.registers("05-01", A, &COMPLETE, true);
        let close = Command::Close { by: B, buyer: Some(relation) };
        assert_eq!(
            case.give("05-02", close, &clock()),
            Outcome::Owned { owner: Some(owner) },
            "{relation:?}"
        );
    }
}

#[test]
fn two_records_are_one_client_by_the_rules_of_identity() {
    let case = Case::under(SEVEN_DAYS, &[("attribution.identity.company", "[\"shareholder\"]")]);
    let is = |likeness| sameness(&case.rules, likeness, &mut Trail::default()).unwrap();
    let telephone = Likeness { telephone: true, ..Likeness::default() };
    let name = Likeness { name: true, ..Likeness::default() };
    assert_eq!(is(Likeness { name: true, ..telephone }), Sameness::Same);
    assert_eq!(is(telephone), Sameness::AskRelation);
    assert_eq!(is(Likeness { relation: Some(Relation::Spouse), ..telephone }), Sameness::Same);
    assert_eq!(is(Likeness { relation: Some(Relation::Friend), ..telephone }), Sameness::Different);
    assert_eq!(is(name), Sameness::AskProof);
    assert_eq!(is(Likeness { proven: true, ..name }), Sameness::Same);
    let related = |relation| is(Likeness { relation: Some(relation), ..Likeness::default() });
    assert_eq!(related(Relation::Shareholder), Sameness::Same);
    assert_eq!(related(Relation::Employee), Sameness::Different);
    assert_eq!(is(Likeness::default()), Sameness::Different);
}

#[test]
fn a_distributed_client_is_kept_only_after_a_follow_up_where_the_rulebook_says_so() {
    let changes = [("attribution.handover.kept_if_followed", "true")];
    let mut case = Case::under(SEVEN_DAYS, &changes);
    case.registers("05-01", A, &COMPLETE, true);
    let given = case.give("05-02", Command::Distribute { to: B, left: true }, &supervisor());
    assert_eq!(given, Outcome::Owned { owner: None }, "nobody's until followed up");
    assert_eq!(case.owner("05-03"), None);
    case.follows_up("05-03", B, true);
    assert_eq!(case.owner("05-05"), Some(B));
    assert_eq!(case.owner("05-11"), None, "and then the period runs from the follow-up");
    let mut neglected = Case::under(SEVEN_DAYS, &changes);
    neglected.give("05-02", Command::Distribute { to: B, left: true }, &supervisor());
    neglected.give("05-03", Command::Received { by: C, origin: Origin::default() }, &clock());
    neglected.follows_up("05-04", B, true);
    assert_eq!(neglected.owner("05-05"), Some(C), "received before the follow-up");
    let mut plain = Case::under(SEVEN_DAYS, &[]);
    plain.registers("05-01", A, &COMPLETE, true);
    let given = plain.give("05-02", Command::Distribute { to: B, left: true }, &supervisor());
    assert_eq!(given, Outcome::Owned { owner: Some(B) });
    assert_eq!(plain.owner("05-09"), Some(B));
    assert_eq!(plain.owner("05-10"), None);
}

#[test]
fn only_whoever_may_changes_the_consultant_and_the_former_has_nothing_left() {
    let mut case = Case::under(SEVEN_DAYS, &[]);
    case.registers("05-01", A, &COMPLETE, true);
    let consultant = Actor::new(B, [Role::Consultant]);
    let refused = case.give("05-02", Command::Change { to: B }, &consultant);
    assert_eq!(refused, Outcome::Refused { reason: "not_allowed".into() });
    assert_eq!(case.owner("05-02"), Some(A));
    let changed = case.give("05-02", Command::Change { to: C }, &supervisor());
    assert_eq!(changed, Outcome::Owned { owner: Some(C) });
    case.follows_up("05-03", A, true);
    assert_eq!(case.owner("05-09"), Some(C));
    assert_eq!(case.owner("05-10"), None, "A's right does not come back");
}

#[test]
fn a_reception_stands_until_a_valid_registration_and_founds_the_right_where_it_is_the_principle() {
    let mut case = Case::under(SEVEN_DAYS, &[]);
    case.give("05-01", Command::Received { by: A, origin: Origin::default() }, &clock());
    assert_eq!(case.owner("05-01"), Some(A));
    case.registers("05-01 11:00", B, &COMPLETE, true);
    assert_eq!(case.owner("05-02"), Some(B));
    let changes = [
        ("attribution.first.principle", "\"reception\""),
        ("attribution.validity.days", "\"none\""),
    ];
    let mut reception = Case::under(SEVEN_DAYS, &changes);
    reception.give("05-01", Command::Received { by: A, origin: Origin::default() }, &clock());
    reception.registers("05-01 11:00", B, &COMPLETE, true);
    assert_eq!(reception.owner("12-31"), Some(A));
}

#[test]
fn a_caller_is_the_answerers_only_where_the_rulebook_says_so() {
    for (caller, owner) in [("\"answerer\"", Some(A)), ("\"nobody\"", None)] {
        let mut case = Case::under(SEVEN_DAYS, &[("attribution.first.caller", caller)]);
        let id = RegistrationId(Uuid::from_u128(1));
        let (channel, fields) = (Channel::Call, fields(&COMPLETE));
        let call = Command::Register { id, by: A, channel, fields, signed: true };
        case.give("05-01", call, &clock());
        assert_eq!(case.owner("05-01"), owner, "{caller}");
    }
}
