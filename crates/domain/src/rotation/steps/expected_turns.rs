//! Steps: what must have become of turns and make-ups.

use super::{expectations::same, steps, word};
use crate::{
    calendar::{Moment, after, minutes},
    people::{Actor, PersonId, VisitId},
    rotation::{
        Command, Event, Floor,
        rules::{MakeUpKind, Passing, Role},
        state::{Arrival, MakeUpState, Phase, RingId},
    },
    scenario::{World, text::names},
};

steps! {
    "接待顺序为 {names}", "the order is now {names}",
    "接待顺序为 \"乙, 丙, 甲\"", "the order is now \"B, C, A\"" => |world, words| {
        let ring = world.ring("");
        let order = world.floor.rings.get(&ring).map(|ring| ring.order.clone()).unwrap_or_default();
        if order.is_empty() {
            // Said before anybody is there, it is no expectation.
            return super::people::order(world, word(words, 0));
        }
        let order: Vec<String> = order.into_iter().map(|person| world.name_of(Some(person))).collect();
        same(&names(word(words, 0)).join(", "), &order.join(", "))
    };

    "接下来依次轮到 {names}", "next in turn are {names}",
    "接下来依次轮到 \"丙, 甲, 乙\"", "next in turn are \"C, A, B\"" => |world, words| {
        let wanted = names(word(words, 0));
        let said = |world: &World, floor: &Floor| -> String {
            let coming = coming(world, floor.clone(), wanted.len());
            coming.into_iter().map(|r| world.name_of(r)).collect::<Vec<_>>().join(", ")
        };
        let (now, wanted) = (said(world, &world.floor), wanted.join(", "));
        // Or in which order turns come to them once whoever is busy or away is free again.
        let mut free = world.floor.clone();
        free.visits.retain(|_, visit| visit.phase == Phase::Ended);
        free.people.values_mut().for_each(|member| (member.busy, member.away) = (None, None));
        if said(world, &free) == wanted { Ok(()) } else { same(&wanted, &now) }
    };

    "计 {name} 一个轮次", "a turn of {name} is used",
    "计 \"甲\" 一个轮次", "a turn of \"A\" is used" => |world, words| {
        let visit = world.visit_of("")?;
        let turn = world.floor.visits.get(&visit).and_then(|visit| visit.turn);
        same(word(words, 0), &world.name_of(turn.map(|turn| turn.person)))
    };

    "[消耗|占用|记入] {name} [一个轮次|一个名额|的轮次]", "[one turn|the turn] of {name} is [used|consumed]",
    "消耗 \"甲\" 一个轮次", "one turn of \"A\" is consumed" => |world, words| {
        let visit = world.visit_of("")?;
        let turn = world.floor.visits.get(&visit).and_then(|visit| visit.turn);
        same(word(words, 1), &world.name_of(turn.map(|turn| turn.person)))
    };

    "计 {name} {int} 个轮次", "{name} uses {int} turns",
    "计 \"甲\" 2 个轮次", "\"A\" uses 2 turns" => |world, words| {
        let visit = world.visit_of("")?;
        let turn = world.floor.visits.get(&visit).and_then(|visit| visit.turn);
        same(word(words, 0), &world.name_of(turn.map(|turn| turn.person)))?;
        same(word(words, 1), &turn.map_or(0, |turn| turn.count).to_string())
    };

    "[不计轮次|不计入轮次|不消耗轮次|不占轮次|不占接待名额|不占名额|不计接待名次|不计名次]", "no turn is [used|consumed|counted]",
    "不计轮次", "no turn is used" => |world, _| {
        let visit = world.visit_of("")?;
        match world.floor.visits.get(&visit).and_then(|visit| visit.turn) {
            None => Ok(()),
            Some(turn) => Err(format!("a turn of {} was used", world.name_of(Some(turn.person)))),
        }
    };

    "{name} 轮空", "{name} loses the turn",
    "\"甲\" 轮空", "\"A\" loses the turn" => |world, words| {
        passed(world, word(words, 0), &[Passing::Lost, Passing::OutForDay])
    };

    "{name} 保留名次", "{name} keeps the place",
    "\"甲\" 保留名次", "\"A\" keeps the place" => |world, words| {
        passed(world, word(words, 0), &[Passing::Kept])
    };

    "{name} 的轮次[恢复|已恢复|被恢复|得以恢复|退回]", "{name} gets the turn back",
    "\"甲\" 的轮次恢复", "\"A\" gets the turn back" => |world, words| {
        let person = world.person(word(words, 0));
        let back = world.events().iter().any(|e| matches!(e, Event::TurnRestored { person: p, .. } if *p == person)
            || matches!(e, Event::MakeUpGivenBack { .. }));
        if back { Ok(()) } else { Err("the turn was not given back".into()) }
    };

    "不计 {name} 的轮次", "no turn of {name} is used",
    "不计 \"丙\" 的轮次", "no turn of \"C\" is used" => |world, words| no_turn_of(world, word(words, 0));

    "{name} 的[轮次|名次|顺序|排位][不变|不受影响|不动]", "the place of {name} is unchanged",
    "\"丙\" 的轮次不变", "the place of \"C\" is unchanged" => |world, words| no_turn_of(world, word(words, 0));

    "{name} 没有补接", "{name} has no make-up",
    "\"甲\" 没有补接", "\"A\" has no make-up" => |world, words| {
        same("0", &make_ups(world, word(words, 0), None, true).to_string())
    };

    "{name} 有 {int} 个[补接|优先补接]", "{name} has {int} [ordinary|priority] [make-up|make-ups]",
    "\"甲\" 有 1 个补接", "\"A\" has 1 ordinary make-up" => |world, words| {
        let kind = match word(words, 2) {
            "优先补接" | "priority" => MakeUpKind::Priority,
            _ => MakeUpKind::Ordinary,
        };
        same(word(words, 1), &make_ups(world, word(words, 0), Some(kind), true).to_string())
    };

    "{name} 的补接[已使用|已用|已用掉|用掉了]", "the make-up of {name} is used",
    "\"甲\" 的补接已使用", "the make-up of \"A\" is used" => |world, words| {
        let person = world.person(word(words, 0));
        let used = |m: &crate::rotation::state::MakeUp| m.person == person && m.state == MakeUpState::Used;
        if world.floor.make_ups.iter().any(used) { Ok(()) } else { Err("no make-up was used".into()) }
    };

    "{name} 的补接尚未生效", "the make-up of {name} is not open yet",
    "\"甲\" 的补接尚未生效", "the make-up of \"A\" is not open yet" => |world, words| {
        let all = make_ups(world, word(words, 0), None, true);
        let open = make_ups(world, word(words, 0), None, false);
        if all > 0 && open == 0 { Ok(()) } else { Err(format!("{all} make-ups, {open} of them open")) }
    };

    "{name} [停止接待|被停接|停接|当天停止接待|当天停接|当日停接|当天不得接待|今日不得再接待|不得接待|当天接待资格取消|可以接待|恢复接待资格]", "{name} [is suspended|is out for the day|is out of the ring|may not receive today|may receive]",
    "\"甲\" 停止接待", "\"A\" is suspended" => |world, words| {
        let person = world.person(word(words, 0));
        let today = world.now().date_naive();
        let suspended = world.floor.people.get(&person).and_then(|m| m.suspended.as_ref())
            .is_some_and(|s| s.from <= today && s.until.is_none_or(|until| today <= until));
        let wanted = !matches!(word(words, 1), "可以接待" | "恢复接待资格" | "may receive");
        if suspended == wanted { Ok(()) } else { Err(format!("suspended: {suspended}")) }
    };

    "{name} [今日|今天|当天|当日|][主动放弃|已主动放弃] {int} 次", "{name} has given up {int} [times|time] today",
    "\"甲\" 今日主动放弃 1 次", "\"A\" has given up 1 times today" => |world, words| {
        let person = world.person(word(words, 0));
        let given_up = world.floor.people.get(&person).map_or(0, |member| member.given_up);
        let wanted = words.iter().find_map(|word| word.parse::<u32>().ok()).ok_or("say how often")?;
        same(&wanted.to_string(), &given_up.to_string())
    };

    "{name} 累计轮次[为|] {int} [次|个]", "{name} has had {int} [turns|turn] in all",
    "\"甲\" 累计轮次 3 次", "\"A\" has had 3 turns in all" => |world, words| {
        let person = world.person(word(words, 0));
        let ring = world.ring("");
        let count = world.floor.rings.get(&ring).and_then(|ring| ring.counts.get(&person)).copied();
        let wanted = words.iter().find(|word| word.parse::<u32>().is_ok()).copied();
        same(wanted.unwrap_or_default(), &count.unwrap_or(0).to_string())
    };

    "按制度应由 {name} 接待", "by the rules {name} should have received",
    "按制度应由 \"甲\" 接待", "by the rules \"A\" should have received" => |world, words| {
        match world.outcome() {
            Some(crate::rotation::Outcome::Recorded { by_rule, .. }) => same(word(words, 0), &world.name_of(*by_rule)),
            other => Err(format!("the outcome was {other:?}")),
        }
    };

    "签到表标注 {name} 于 {time} 已接待", "the sheet shows that {name} received at {time}",
    "签到表标注 \"甲\" 于 09:30 已接待", "the sheet shows that \"A\" received at 09:30" => |world, words| {
        let received: Vec<String> = world.floor.visits.values().filter_map(|visit| {
            let turn = visit.turn?;
            let at = visit.received_at?.format("%H:%M");
            Some(format!("{} {at}", world.name_of(Some(turn.person))))
        }).collect();
        let wanted = format!("{} {}", word(words, 0), word(words, 1));
        if received.contains(&wanted) { Ok(()) } else { Err(format!("the sheet shows {}", received.join("; "))) }
    };

    "{name} 降至最后", "{name} drops to the end",
    "\"甲\" 降至最后", "\"A\" drops to the end" => |world, words| {
        let ring = world.ring("");
        let last = world.floor.rings.get(&ring).and_then(|ring| ring.order.last().copied());
        same(word(words, 0), &world.name_of(last))
    };

    "签到表标注 {name} 已接待", "the sheet shows that {name} has received",
    "签到表标注 \"甲\" 已接待", "the sheet shows that \"A\" has received" => |world, words| {
        let person = world.person(word(words, 0));
        let has = world.floor.visits.values().any(|v| v.turn.is_some_and(|turn| turn.person == person));
        if has { Ok(()) } else { Err(format!("the sheet does not show {}", word(words, 0))) }
    };

    "轮次记录有 {int} 条", "the record of turns has {int} entries",
    "轮次记录有 4 条", "the record of turns has 4 entries" => |world, words| {
        let ring = world.ring("");
        let turns = world.floor.rings.get(&ring).map_or(0, |ring| ring.turns);
        same(word(words, 0), &turns.to_string())
    };

    "轮排进入第 {int} 轮", "the ring is in round {int}",
    "轮排进入第 2 轮", "the ring is in round 2" => |world, words| {
        let ring = world.ring("");
        let round = world.floor.rings.get(&ring).map_or(1, |ring| ring.round);
        same(word(words, 0), &round.to_string())
    };

    "{name} 被视为不在轮排,因 {word}", "{name} is left out as {word}",
    "\"丁\" 被视为不在轮排,因 \"not_certified\"", "\"D\" is left out as \"not_certified\"" => |world, words| {
        let person = world.person(word(words, 0));
        let clock = Actor::clock();
        let desk = crate::rotation::decide::Desk::new(&world.rules, &world.floor, &clock, world.now());
        same(word(words, 1), desk.left_out(RingId::default(), person).unwrap_or("in"))
    };
}

/// Fails where the visit that the last steps spoke of used a turn of `name`.
fn no_turn_of(world: &mut World, name: &str) -> Result<(), String> {
    let visit = world.visit_of("")?;
    let turn = world.floor.visits.get(&visit).and_then(|visit| visit.turn);
    let used_by = turn.map(|turn| world.name_of(Some(turn.person)));
    if used_by.as_deref() == Some(name) {
        Err(format!("a turn of {name} was used"))
    } else {
        Ok(())
    }
}

/// Who would receive the next `count` new clients, each seen off, on a copy of the floor.
fn coming(world: &World, mut floor: Floor, count: usize) -> Vec<Option<PersonId>> {
    let actor = Actor::new(PersonId(uuid::Uuid::nil()), Role::ALL);
    let short = world.rules.short_visit.most_minutes.value().copied().filter(|most| *most > 0);
    let length = minutes(short.map_or(0, |most| most + 1));
    let mut at = world.within_hours();
    let mut receivers = Vec::new();
    let run = |floor: &mut Floor, command: &Command, at: Moment| {
        let decision = crate::rotation::decide(&world.rules, floor, command, &actor, at);
        for event in &decision.events {
            floor.evolve(event, at);
        }
    };
    for index in 0..count {
        let visit = VisitId(uuid::Uuid::from_u128(u128::MAX - index as u128));
        let arrival = Arrival { people: 1, households: 1, ..Arrival::default() };
        run(&mut floor, &Command::Arrive { visit, arrival }, at);
        run(&mut floor, &Command::Accept { visit }, at);
        at = after(at, length);
        run(&mut floor, &Command::Finish { visit }, at);
        receivers.push(floor.visits.get(&visit).and_then(|visit| visit.receiver));
    }
    receivers
}

fn passed(world: &mut World, name: &str, wanted: &[Passing]) -> Result<(), String> {
    let person = world.person(name);
    let passings: Vec<Passing> = world
        .events()
        .iter()
        .filter_map(|event| match event {
            Event::TurnPassed { person: p, passing, .. } if *p == person => Some(*passing),
            Event::TurnGivenUp { person: p, .. } if *p == person => Some(Passing::Lost),
            _ => None,
        })
        .collect();
    if passings.iter().any(|passing| wanted.contains(passing)) {
        Ok(())
    } else {
        Err(format!("what passed {name} by: {passings:?}"))
    }
}

fn make_ups(world: &mut World, name: &str, kind: Option<MakeUpKind>, alive: bool) -> usize {
    let person = world.person(name);
    let counts =
        |state: MakeUpState| if alive { state.is_alive() } else { state == MakeUpState::Open };
    world
        .floor
        .make_ups
        .iter()
        .filter(|m| m.person == person && counts(m.state))
        .filter(|m| kind.is_none_or(|kind| m.kind == kind))
        .count()
}
