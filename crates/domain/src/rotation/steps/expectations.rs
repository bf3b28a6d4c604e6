//! Steps: who must receive, who must be told, what must be refused.

use super::{steps, word};
use crate::{
    people::PersonId,
    rotation::{
        Event, Outcome, Prompt,
        rules::Role,
        state::{Channel, Phase, RingId, Visit},
    },
    scenario::{World, text::names},
};

steps! {
    "[由|仍由|继续由|应由|] {name} [接待|负责接待|继续接待|代接]", "{name} [receives|stands in|carries on]",
    "由 \"乙\" 接待,因为 条款 \"3\"", "\"B\" receives, because of clause \"3\"" => |world, words| {
        let visit = world.visit_of("")?;
        let name = if words.len() > 2 { word(words, 1) } else { word(words, 0) };
        expect_receiver(world, visit, name)
    };

    "[由|应由|仍由] {name} 接待 {client}", "{name} [receives|should receive|still receives|takes] {client}",
    "由 \"乙\" 接待 \"王先生\"", "\"B\" receives \"Wang\"" => |world, words| {
        let zh = word(words, 0).ends_with('由');
        let (name, client) = if zh { (word(words, 1), word(words, 2)) } else { (word(words, 0), word(words, 2)) };
        if world.is_told_of_reception(client) {
            return world.receives_off_floor(name, client);
        }
        let visit = world.visit_of(client)?;
        expect_receiver(world, visit, name)
    };

    "{client} [仍由|继续由|应由|由] {name} [接待|代接]", "{client} is [still received|received] by {name}",
    "\"王先生\" 由 \"乙\" 接待", "\"Wang\" is received by \"B\"" => |world, words| {
        if world.is_told_of_reception(word(words, 0)) {
            return world.receives_off_floor(word(words, 2), word(words, 0));
        }
        let visit = world.visit_of(word(words, 0))?;
        expect_receiver(world, visit, word(words, 2))
    };

    "[依次由|分别由|先后由] {names} 接待", "[the receivers are|in turn|] {names}[ receive|]",
    "依次由 \"甲, 乙, 丙, 甲\" 接待", "the receivers are \"A, B, C, A\"" => |world, words| {
        let received: Vec<String> = world.receivers.clone().into_iter().map(|r| world.name_of(r)).collect();
        let wanted = names(word(words, 1));
        let got = received.get(received.len().saturating_sub(wanted.len())..).unwrap_or_default();
        same(&wanted.join(", "), &got.join(", "))
    };

    "{client} [等候|等待|排队等候|暂候]", "{client} waits",
    "\"王先生\" 等候", "\"Wang\" waits" => |world, words| {
        let visit = world.visit_of(word(words, 0))?;
        let phase = world.floor.visits.get(&visit).map(|visit| visit.phase);
        if phase == Some(Phase::Waiting) { Ok(()) } else { Err(format!("the visit is {phase:?}, received by {}", world.name_of(world.receiver(visit)))) }
    };

    "[询问|须询问|联系|电话联系][归属人|原接待人|原销售员|] {name}", "[the owner|] {name} is [asked|prompted|called]",
    "询问归属人 \"甲\"", "the owner \"A\" is asked" => |world, words| {
        let english = matches!(word(words, 2), "asked" | "prompted" | "called");
        let name = word(words, if english { 1 } else { 2 });
        let wanted = world.person(name);
        match world.outcome() {
            Some(Outcome::AsksOwner { owner, .. }) if *owner == wanted => Ok(()),
            other => Err(format!("the outcome was {other:?}")),
        }
    };

    "[被拒绝|系统拒绝|被系统拒绝|不予受理|不允许]", "[it|this] is [refused|not allowed]",
    "被拒绝", "it is refused" => |world, _| match world.take_refusal() {
        Some(_) => Ok(()),
        None => Err(format!("it was not refused: {:?}", world.outcome())),
    };

    "被拒绝,原因 {word}", "it is refused as {word}",
    "被拒绝,原因 \"not_in_rotation\"", "it is refused as \"not_in_rotation\"" => |world, words| match world.take_refusal() {
        Some(reason) => same(word(words, 0), &reason),
        None => Err(format!("it was not refused: {:?}", world.outcome())),
    };

    "未决定的设定是 {path}", "the undecided setting is {path}",
    "未决定的设定是 \"rotation.absence.meal.result\"", "the undecided setting is \"rotation.absence.meal.result\"" => |world, words| {
        let undecided = world.undecided();
        if undecided.contains(&word(words, 0)) { Ok(()) } else { Err(format!("undecided are: {}", undecided.join(", "))) }
    };

    "轮到 {name}", "{name} is on turn",
    "轮到 \"乙\"", "\"B\" is on turn" => |world, words| {
        let on_turn = on_turn(world, RingId::default());
        same(word(words, 0), &world.name_of(on_turn)).or_else(|error| keeps_turn(world, word(words, 0), Channel::WalkIn).map_err(|_| error))
    };

    "[仍轮到|仍在轮到的是] {name}", "{name} is [still on turn|still next]",
    "仍轮到 \"甲\"", "\"A\" is still on turn" => |world, words| {
        let name = words.iter().find(|word| !word.starts_with("still") && !word.starts_with('仍'));
        keeps_turn(world, name.copied().unwrap_or_default(), Channel::WalkIn)
    };

    "[下一位是|下一位轮到|当前轮到] {name}", "{name} is [next|the next]",
    "下一位是 \"乙\"", "\"B\" is next" => |world, words| {
        let on_turn = on_turn(world, RingId::default());
        let name = world.name_of(on_turn);
        if words.contains(&name.as_str()) { Ok(()) } else { Err(format!("{name} is on turn")) }
    };

    "{name} [仍在轮到|仍为轮到者|仍是轮到者|仍排第一|在轮到|保持原位|位置不变]", "{name} keeps the [turn|position]",
    "\"甲\" 仍在轮到", "\"A\" keeps the turn" => |world, words| keeps_turn(world, word(words, 0), Channel::WalkIn);

    "电话[轮到|仍轮到|下一位是] {name}", "{name} is [on turn|next|still on turn] for calls",
    "电话轮到 \"乙\"", "\"B\" is on turn for calls" => |world, words| {
        let ring = RingId { channel: Channel::Phone, team: None };
        let on_turn = on_turn(world, ring);
        let name = words.iter().find(|word| !["轮到", "仍轮到", "下一位是", "on turn", "next", "still on turn"].contains(word));
        let name = name.copied().unwrap_or_default();
        same(name, &world.name_of(on_turn)).or_else(|error| keeps_turn(world, name, Channel::Phone).map_err(|_| error))
    };

    "无人轮到", "nobody is on turn",
    "无人轮到", "nobody is on turn" => |world, _| {
        let on_turn = on_turn(world, RingId::default());
        same("nobody", &world.name_of(on_turn))
    };

    "{client} [归|的归属人是|归属] {name}", "{client} is {name}'s[ client|]",
    "\"王先生\" 归 \"乙\"", "\"Wang\" is \"B\"'s" => |world, words| {
        let english = word(words, 2).trim().is_empty() || word(words, 2).trim() == "client";
        belongs(world, word(words, 0), word(words, if english { 1 } else { 2 }))
    };

    "{client} 不登记归属", "{client} is nobody's",
    "\"王先生\" 不登记归属", "\"Wang\" is nobody's" => |world, words| {
        let owner = owner_of(world, word(words, 0))?;
        same("nobody", &world.name_of(owner))
    };

    "提醒 {name} [补位|站岗|接待准备|客户已被代接|客户到访|离开过久]", "{name} is told to [move up|stand|be ready|about the client received|about the client here|come back]",
    "提醒 \"乙\" 补位", "\"B\" is told to move up" => |world, words| {
        let person = world.person(word(words, 0));
        let told = world.events().iter().any(|event| match event {
            Event::Prompted { prompt, to: Some(to), .. } if *to == person => matches!(
                (prompt, word(words, 1)),
                (Prompt::FillPlace, "补位" | "move up")
                    | (Prompt::StandNow, "站岗" | "stand")
                    | (Prompt::OnTurn, "接待准备" | "be ready")
                    | (Prompt::ClientReceived, "客户已被代接" | "about the client received")
                    | (Prompt::ClientHere, "客户到访" | "about the client here")
                    | (Prompt::AbsentTooLong(_), "离开过久" | "come back")
            ),
            _ => false,
        });
        if told { Ok(()) } else { Err(format!("not told; what happened: {:?}", prompts(world))) }
    };

    "提醒主管无人可接", "the supervisor is told that nobody is free",
    "提醒主管无人可接", "the supervisor is told that nobody is free" => |world, _| {
        let told = world.events().iter().any(|e| matches!(e, Event::Prompted { prompt: Prompt::NobodyFree, .. }));
        if told { Ok(()) } else { Err("nobody was told".into()) }
    };

    "已报备[主管|经理|项目负责人]", "it is reported to the [supervisor|manager|head of the project]",
    "已报备项目负责人", "it is reported to the head of the project" => |world, words| {
        let role = if matches!(word(words, 0), "主管" | "supervisor") { Role::Supervisor } else { Role::Manager };
        let told = world.events().iter().any(|e| matches!(e, Event::Prompted { prompt: Prompt::Reported(to), .. } if *to == role));
        if told { Ok(()) } else { Err(format!("not reported; what happened: {:?}", prompts(world))) }
    };

    "站岗的是 {name}", "{name} stands at the door",
    "站岗的是 \"丁\"", "\"D\" stands at the door" => |world, words| {
        let now = world.floor.standing.now.map(|slot| slot.person);
        same(word(words, 0), &world.name_of(now))
    };

    "站岗的是 {name},到 {time}", "{name} stands at the door until {time}",
    "站岗的是 \"丁\",到 10:30", "\"D\" stands at the door until 10:30" => |world, words| {
        let now = world.floor.standing.now;
        same(word(words, 0), &world.name_of(now.map(|slot| slot.person)))?;
        let until = now.and_then(|slot| slot.until).map(|until| until.format("%H:%M").to_string());
        same(word(words, 1), &until.unwrap_or_else(|| "open".into()))
    };

    "无人站岗", "nobody stands at the door",
    "无人站岗", "nobody stands at the door" => |world, _| {
        same("nobody", &world.name_of(world.floor.standing.now.map(|slot| slot.person)))
    };

    "{name} 欠站岗 {int} 分钟", "{name} owes {int} minutes of standing",
    "\"丁\" 欠站岗 12 分钟", "\"D\" owes 12 minutes of standing" => |world, words| {
        let person = world.person(word(words, 0));
        let owed = world.floor.standing.owed_seconds.get(&person).copied().unwrap_or(0) / 60;
        same(word(words, 1), &owed.to_string())
    };

    "站岗登记为 {name} {time} 至 {time}", "the standing record shows {name} from {time} to {time}",
    "站岗登记为 \"丁\" 10:00 至 10:30", "the standing record shows \"D\" from 10:00 to 10:30" => |world, words| {
        let shown = |at: Option<crate::calendar::Moment>| at.map_or_else(|| "open".into(), |at| at.format("%H:%M").to_string());
        let past: Vec<String> = world.floor.standing.past.clone().into_iter()
            .map(|slot| format!("{} {}-{}", world.name_of(Some(slot.person)), shown(Some(slot.since)), shown(slot.until)))
            .collect();
        let wanted = format!("{} {}-{}", word(words, 0), word(words, 1), word(words, 2));
        let recorded = world.events().iter().any(|e| matches!(e, Event::StandingEnded { .. }));
        if past.contains(&wanted) && recorded { Ok(()) } else { Err(format!("the record shows {}", past.join("; "))) }
    };

    "{name} 协助接待", "{name} helps",
    "\"丁\" 协助接待", "\"D\" helps" => |world, words| {
        let visit = world.visit_of("")?;
        let helpers = world.floor.visits.get(&visit).map(|v| v.helpers.clone()).unwrap_or_default();
        let helpers: Vec<String> = helpers.into_iter().map(|person| world.name_of(Some(person))).collect();
        if helpers.iter().any(|name| name == word(words, 0)) { Ok(()) } else { Err(format!("the helpers are {}", helpers.join(", "))) }
    };

    "应答时限到 {time}", "the answer is due by {time}",
    "应答时限到 09:31:00", "the answer is due by 09:31:00" => |world, words| {
        let visit = world.visit_of("")?;
        match world.floor.visits.get(&visit).map(|visit| visit.phase) {
            Some(Phase::Offered { until }) => same(word(words, 0), &until.format("%H:%M:%S").to_string()),
            other => Err(format!("the visit is {other:?}")),
        }
    };
}

pub(super) fn same(wanted: &str, got: &str) -> Result<(), String> {
    if wanted == got { Ok(()) } else { Err(format!("expected {wanted}, got {got}")) }
}

fn expect_receiver(
    world: &World,
    visit: crate::people::VisitId,
    wanted: &str,
) -> Result<(), String> {
    let receiver = world.receiver(visit);
    same(wanted, &world.name_of(receiver)).map_err(|error| match world.outcome() {
        Some(outcome) if receiver.is_none() => format!("{error}; the outcome was {outcome:?}"),
        _ => error,
    })
}

/// Fails unless `name` is on turn, or would be as soon as they are free.
fn keeps_turn(world: &mut World, name: &str, channel: Channel) -> Result<(), String> {
    let person = world.person(name);
    let mut floor = world.floor.clone();
    floor.visits.retain(|_, visit| visit.receiver != Some(person));
    if let Some(member) = floor.people.get_mut(&person) {
        (member.busy, member.away) = (None, None);
    }
    let clock = crate::people::Actor::clock();
    let desk = crate::rotation::decide::Desk::new(&world.rules, &floor, &clock, world.now());
    let rings = desk.rings_for(person);
    let ring = rings.into_iter().find(|ring| ring.channel == channel).unwrap_or_default();
    let on_turn = desk.on_turn(ring);
    same(name, &world.name_of(on_turn))
}

pub(super) fn on_turn(world: &World, ring: RingId) -> Option<PersonId> {
    let clock = crate::people::Actor::clock();
    crate::rotation::decide::Desk::new(&world.rules, &world.floor, &clock, world.now())
        .on_turn(ring)
}

/// Fails unless `client` is `name`'s.
pub(super) fn belongs(world: &mut World, client: &str, name: &str) -> Result<(), String> {
    let owner = owner_of(world, client)?;
    same(name, &world.name_of(owner))
}

fn owner_of(world: &mut World, client: &str) -> Result<Option<PersonId>, String> {
    if let Some(owner) = world.owner_by_reception(client)? {
        return Ok(owner);
    }
    if world.in_book(client) {
        return world.owner_by_book(client);
    }
    let visit = world.visit_of(client)?;
    world.floor.visits.get(&visit).map(Visit::owner).ok_or_else(|| "the visit is unknown".into())
}

fn prompts(world: &World) -> Vec<String> {
    let prompts = world.events().iter().filter_map(|event| match event {
        Event::Prompted { prompt, to, .. } => Some((prompt, to)),
        _ => None,
    });
    prompts.map(|(prompt, to)| format!("{prompt:?} to {}", world.name_of(*to))).collect()
}
