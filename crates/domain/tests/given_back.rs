//! A turn that is given back: exactly what was used, in whatever round it was used.

mod preset;

use chrono::DateTime;
use domain::{
    people::{Actor, PersonId, Role, VisitId},
    rotation::{
        Command, Event, Floor, Outcome, Rules, decide,
        state::{Arrival, Profile, RingId},
    },
    scenario::{Feature, run_feature},
};
use preset::{load, schema};
use rulebook::{Problems, Shape};
use uuid::Uuid;

/// Runs `scenarios` under the rulebook `slug`.
fn check(slug: &str, scenarios: &str) {
    let preset = load(slug);
    assert!(preset.problems.is_readable() && !preset.features.is_empty());
    let mut problems = Problems::default();
    let text = format!("# language: zh-CN\n功能: 检验\n{scenarios}");
    let feature = Feature::parse("test", &text, &mut problems).unwrap();
    assert!(problems.is_readable(), "{problems}");
    for ran in run_feature(&preset.document, &feature) {
        assert_eq!(ran.failure, None, "{}", ran.scenario);
    }
}

#[test]
fn two_households_found_to_be_no_buyers_give_both_turns_back() {
    check(
        "r-001-01",
        r#"
  场景: 两户
    假如 设定 "rotation.order.unit" 为 "household"
    并且 接待顺序表为 "甲, 乙, 丙"
    当 09:30 有新客户 "赵先生" 到访,共 2 户
    那么 计 "甲" 2 个轮次
    当 09:32 发现 "赵先生" 不是购房者,转交
    那么 "甲" 的轮次恢复
    当 09:50 "赵先生" 离开
    那么 接下来依次轮到 "甲, 乙, 丙, 甲, 乙, 丙"
"#,
    );
}

#[test]
fn a_turn_of_an_earlier_round_comes_back_as_a_make_up_and_leaves_this_round_alone() {
    check(
        "r-001-01",
        r#"
  场景: 上一轮的轮次
    假如 设定 "rotation.make_up.ordinary_place" 为 "at_once"
    并且 设定 "rotation.concurrent.new_clients_most" 为 "none"
    并且 设定 "rotation.found.non_buyer.window_minutes" 为 "none"
    并且 接待顺序表为 "甲, 乙, 丙"
    当 09:30 有新客户 "赵先生" 到访
    并且 09:31 有新客户 "王先生" 到访
    并且 09:32 有新客户 "李先生" 到访
    并且 09:33 有新客户 "陈先生" 到访
    那么 "陈先生" 由 "甲" 接待
    当 09:40 发现 "赵先生" 不是购房者,转交
    那么 "甲" 有 1 个补接
    当 09:50 "赵先生" 离开
    那么 接下来依次轮到 "甲, 乙, 丙, 甲"
"#,
    );
}

#[test]
fn a_turn_used_ahead_is_owed_no_more_once_it_is_given_back() {
    check(
        "r-001-16",
        r#"
  场景: 预支的轮次
    假如 接待顺序表为 "甲, 乙, 丙"
    并且 "陈女士" 是 "甲" 的老客户
    当 依次到访 1 组新客户,各自接待完毕
    并且 09:30 有新客户 "王先生" 到访,由 "陈女士" 介绍
    那么 计 "甲" 一个轮次
    当 主管改由 "丙" 接待 "王先生"
    并且 09:50 "王先生" 离开
    那么 接下来依次轮到 "乙, 丙, 甲, 乙"
"#,
    );
}

#[test]
fn an_unanswered_call_costs_what_the_rulebook_says() {
    let cases = [
        ("lost", "乙", "丙, 丁, 甲, 乙"),
        ("kept", "乙", "甲, 丙, 丁, 甲"),
        ("to_end", "乙", "丙, 丁, 甲, 乙"),
        ("make_up", "乙", "甲, 丙, 丁, 甲"),
        ("priority_make_up", "乙", "甲, 丙, 丁, 甲"),
        ("out_for_day", "乙", "丙, 丁, 乙, 丙"),
    ];
    let Shape::Choice(words) = schema().get("rotation.offer.timeout").unwrap().shape.clone() else {
        panic!("a way of passing is a choice");
    };
    assert!(words.iter().all(|word| cases.iter().any(|(timeout, ..)| *timeout == word.word)));
    for (timeout, receiver, next) in cases {
        check(
            "r-001-06",
            &format!(
                r#"
  场景: 未应答 {timeout}
    假如 设定 "rotation.offer.timeout" 为 "{timeout}"
    并且 设定 "rotation.make_up.opens" 为 "when_free"
    并且 接待顺序表为 "甲, 乙, 丙, 丁"
    当 10:00 有新客户 "王先生" 到访
    并且 "甲" 未应答
    那么 "王先生" 由 "{receiver}" 接待
    当 10:30 "王先生" 离开
    那么 接下来依次轮到 "{next}"
"#
            ),
        );
    }
}

#[test]
fn whoever_was_only_called_has_the_turn_still_when_the_visitor_leaves() {
    let rules = Rules::read(&load("demo").document, &mut Problems::default());
    let people = [PersonId(Uuid::from_u128(1)), PersonId(Uuid::from_u128(2))];
    let manager = Actor::new(PersonId(Uuid::nil()), [Role::Manager]);
    let at =
        |time: &str| DateTime::parse_from_rfc3339(&format!("2026-03-02T{time}:00+08:00")).unwrap();
    let mut floor = Floor::default();
    let mut give = |command: Command, time: &str| {
        let decision = decide(&rules, &floor, &command, &manager, at(time));
        decision.events.iter().for_each(|event| floor.evolve(event, at(time)));
        decision
    };
    let date = at("09:00").date_naive();
    give(Command::OpenDay { date, roster: None }, "09:00");
    for person in people {
        let profile = Profile { rotates: true, certified: true, ..Profile::default() };
        give(Command::SetProfile { person, profile }, "09:00");
    }
    give(Command::SetOrder { ring: RingId::default(), order: people.to_vec() }, "09:00");
    for person in people {
        give(Command::SignIn { person }, "09:00");
    }
    let mut arrives = |number: u128, time: &str, leaves: bool| {
        let visit = VisitId(Uuid::from_u128(number));
        let arrival = Arrival { people: 1, households: 1, ..Arrival::default() };
        let Outcome::Receives { by, answer_until, .. } =
            give(Command::Arrive { visit, arrival }, time).outcome
        else {
            panic!("somebody is called")
        };
        assert!(answer_until.is_some(), "called, not yet there");
        if leaves {
            let left = give(Command::Finish { visit }, time);
            assert!(left.events.iter().any(|e| matches!(e, Event::TurnRestored { .. })));
        } else {
            give(Command::Accept { visit }, time);
            give(Command::Finish { visit }, time);
        }
        by
    };
    assert_eq!(arrives(10, "09:30", true), people[0]);
    assert_eq!(arrives(11, "09:31", false), people[0], "the turn was still theirs");
    assert_eq!(arrives(12, "09:32", false), people[1]);
}
