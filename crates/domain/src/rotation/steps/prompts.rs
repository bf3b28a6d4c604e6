//! Steps: what people must be told at their post, and what has been left open.

use super::{steps, word};
use crate::{
    people::PersonId,
    rotation::{Event, Prompt},
    scenario::World,
};

steps! {
    "提醒 {name} [到位签到|到岗签到|到位]", "{name} is told to [check in|check in at the post]",
    "提醒 \"甲\" 到位签到", "\"A\" is told to check in" => |world, words| {
        let person = world.person(word(words, 0));
        told(world, Prompt::CheckIn, Some(person))
    };

    "没有提醒 {name} [补位|到位签到]", "{name} is not told to [move up|check in]",
    "没有提醒 \"乙\" 补位", "\"B\" is not told to move up" => |world, words| {
        let person = world.person(word(words, 0));
        let prompt = match word(words, 1) {
            "补位" | "move up" => Prompt::FillPlace,
            _ => Prompt::CheckIn,
        };
        match told(world, prompt, Some(person)) {
            Ok(()) => Err(format!("{} was told", word(words, 0))),
            Err(_) => Ok(()),
        }
    };

    "提醒 {name} 提问", "{name} is told to ask the questions",
    "提醒 \"乙\" 提问", "\"B\" is told to ask the questions" => |world, words| {
        let person = world.person(word(words, 0));
        told(world, Prompt::Questions, Some(person))
    };

    "[提醒主管|主管收到提醒:]制度未定", "the supervisor is told that the rulebook is silent",
    "提醒主管制度未定", "the supervisor is told that the rulebook is silent" => |world, _| {
        told(world, Prompt::Undecided, None)
    };

    "[告知|通知|提醒] {name} [客户已被代接|其客户已被代接|客户到访|其客户到访|其客户已到访]", "{name} is [told|alerted|notified] [that their client was received|that their client is here]",
    "告知 \"甲\" 客户已被代接", "\"A\" is told that their client was received" => |world, words| {
        let zh = word(words, 2).starts_with(['客', '其']);
        let (name, what) = if zh { (word(words, 1), word(words, 2)) } else { (word(words, 0), word(words, 2)) };
        let person = world.person(name);
        let received = what.ends_with("代接") || what.ends_with("received");
        told(world, if received { Prompt::ClientReceived } else { Prompt::ClientHere }, Some(person))
    };

    "{name} 已到位", "{name} is at the post",
    "\"甲\" 已到位", "\"A\" is at the post" => |world, words| at_post(world, word(words, 0), true);

    "{name} 未到位", "{name} is not at the post",
    "\"甲\" 未到位", "\"A\" is not at the post" => |world, words| at_post(world, word(words, 0), false);
}

fn told(world: &World, wanted: Prompt, whom: Option<PersonId>) -> Result<(), String> {
    let is = |event: &Event| matches!(event, Event::Prompted { prompt, to, .. } if *prompt == wanted && *to == whom);
    if world.events().iter().any(is) {
        return Ok(());
    }
    let prompts = world.events().iter().filter_map(|event| match event {
        Event::Prompted { prompt, to, .. } => Some(format!("{prompt:?} to {}", world.name_of(*to))),
        _ => None,
    });
    Err(format!("not told; what happened: {}", prompts.collect::<Vec<_>>().join(", ")))
}

fn at_post(world: &mut World, name: &str, wanted: bool) -> Result<(), String> {
    let person = world.person(name);
    let checked_in = world.floor.people.get(&person).and_then(|member| member.checked_in);
    if checked_in.is_some() == wanted { Ok(()) } else { Err(format!("checked in: {checked_in:?}")) }
}
