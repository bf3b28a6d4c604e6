//! Steps: whose slot it is, receptions that are registered or not, who stands in.

use chrono::NaiveTime;

use super::{expectations::on_turn, steps, word};
use crate::{
    calendar::minutes,
    people::PersonId,
    rotation::{Command, Event, Prompt, state::RingId},
    scenario::{World, text::names},
};

steps! {
    "{name} 的[迎宾时段|迎宾时间|接待时段|时段|轮值时段][为|是] {time} [至|到|-|~|—] {time}", "the [slot|greeting slot|reception slot] of {name} is {time}[ to |-| - ]{time}",
    "\"甲\" 的迎宾时段为 09:00 至 09:15", "the slot of \"A\" is 09:00 to 09:15" => |world, words| {
        let name = words.iter().copied().find(|word| !word.contains(':') && !is_filler(word));
        let time = words.iter().copied().find(|word| word.contains(':')).unwrap_or_default();
        slot(world, name.unwrap_or_default(), time)
    };

    "{name} [从|自|于] {time} [开始迎宾|起迎宾|迎宾|站上迎宾岗]", "{name} [greets|starts greeting|is the greeter] from {time}",
    "\"甲\" 从 09:00 起迎宾", "\"A\" greets from 09:00" => |world, words| {
        let time = words.iter().copied().find(|word| word.contains(':')).unwrap_or_default();
        slot(world, word(words, 0), time)
    };

    "[迎宾的是|当前迎宾的是|此时迎宾的是|当值迎宾的是|迎宾人是|当班迎宾的是] {name}", "{name} is [the greeter|the greeter now|greeting|greeting now]",
    "迎宾的是 \"甲\"", "\"A\" is the greeter" => |world, words| {
        let name = words.iter().copied().find(|word| !word.contains('迎') && !word.starts_with("the g") && !word.starts_with("greet"));
        super::expectations::same(name.unwrap_or_default(), &world.name_of(on_turn(world, RingId::default())))
    };

    "[轮到|迎宾]的不是 {name}", "{name} is not [on turn|the greeter|next]",
    "轮到的不是 \"甲\"", "\"A\" is not on turn" => |world, words| {
        let not = if word(words, 0).starts_with(['轮', '迎']) { word(words, 1) } else { word(words, 0) };
        let now = world.name_of(on_turn(world, RingId::default()));
        if now == not { Err(format!("{now} is on turn")) } else { Ok(()) }
    };

    "[不由|并非由|不应由] {name} 接待", "{name} does not receive",
    "不由 \"乙\" 接待", "\"B\" does not receive" => |world, words| {
        let visit = world.visit_of("")?;
        let name = if words.len() > 1 { word(words, 1) } else { word(words, 0) };
        let receiver = world.name_of(world.receiver(visit));
        if receiver == name { Err(format!("{receiver} receives")) } else { Ok(()) }
    };

    "{client} 不[归|属于] {name}", "{client} is not {name}'s[ client|]",
    "\"王先生\" 不归 \"乙\"", "\"Wang\" is not \"B\"'s" => |world, words| {
        let (client, name) = if words.len() > 2 && !word(words, 2).contains("client") && !word(words, 2).is_empty() { (word(words, 0), word(words, 2)) } else { (word(words, 0), word(words, 1)) };
        match super::expectations::belongs(world, client, name) {
            Ok(()) => Err(format!("{client} is {name}'s")),
            Err(_) => Ok(()),
        }
    };

    "{name} [关闭接待|未登记就结束接待|没有登记就结束接待|未登记就关闭接待|没登记就结束接待|关闭本次接待]", "{name} [closes the reception|ends the reception without a registration|closes the reception without a registration]",
    "\"甲\" 关闭接待", "\"A\" closes the reception" => |world, words| {
        world.come_when_called();
        let visit = super::receptions::visit_received_by(world, word(words, 0))?;
        world.visit = Some(visit);
        world.command(&Command::Finish { visit });
        Ok(())
    };

    "{name} [完成登记|完成来访登记|做好登记|填好登记表|已完成登记|登记完毕]", "{name} [registers the visitor|has registered the visitor|fills in the registration]",
    "\"甲\" 完成登记", "\"A\" registers the visitor" => |world, words| {
        let visit = super::receptions::visit_received_by(world, word(words, 0))?;
        world.visit = Some(visit);
        world.command(&Command::NoteRegistered { visit });
        Ok(())
    };

    "[提醒主管客户未登记|接待显示为未完成|该次接待列为未登记|接待列为未完成]", "[the reception is listed as incomplete|the supervisor is told of the missing registration]",
    "提醒主管客户未登记", "the reception is listed as incomplete" => |world, _| {
        prompted(world, |prompt| prompt == Prompt::Unregistered)
    };

    "{client} 未登记即离开", "{client} leaves unregistered",
    "\"王先生\" 未登记即离开", "\"Wang\" leaves unregistered" => |world, words| {
        let visit = world.visit_of(word(words, 0))?;
        world.command(&Command::LeftUnregistered { visit });
        Ok(())
    };

    "提醒 {name} 委托代接人", "{name} is asked to name a delegate",
    "提醒 \"甲\" 委托代接人", "\"A\" is asked to name a delegate" => |world, words| {
        let person = world.person(word(words, 0));
        told(world, Prompt::NameDelegate, person)
    };

    "没有提醒 {name} 委托代接人", "{name} is not asked to name a delegate",
    "没有提醒 \"甲\" 委托代接人", "\"A\" is not asked to name a delegate" => |world, words| {
        let person = world.person(word(words, 0));
        match told(world, Prompt::NameDelegate, person) {
            Ok(()) => Err(format!("{} was asked", word(words, 0))),
            Err(_) => Ok(()),
        }
    };

    "提醒[经理|主管|销售经理]站位无人", "the [manager|supervisor|sales manager] is told that nobody is at the post",
    "提醒经理站位无人", "the manager is told that nobody is at the post" => |world, _| {
        prompted(world, |prompt| prompt == Prompt::PostEmpty)
    };

    "没有提醒[经理|主管|销售经理]站位无人", "the [manager|supervisor|sales manager] is not told that nobody is at the post",
    "没有提醒经理站位无人", "the manager is not told that nobody is at the post" => |world, _| {
        match prompted(world, |prompt| prompt == Prompt::PostEmpty) {
            Ok(()) => Err("the manager was told".to_owned()),
            Err(_) => Ok(()),
        }
    };

    "{client} [是|为|被记为|被标记为|标记为|记为][打错电话|打错的|推销电话|推销|推销的|广告|广告推销|找公司没有的产品]", "{client} is [coded as|marked as|] [a wrong number|a sales call|advertising|asking for a product not carried]",
    "\"王先生\" 被记为打错电话", "\"Wang\" is marked as a wrong number" => |world, words| {
        let visit = world.visit_of(word(words, 0))?;
        world.command(&Command::FoundNonBuyer { visit, carries_on: true });
        Ok(())
    };
}

fn is_filler(word: &str) -> bool {
    [
        "为",
        "是",
        "至",
        "到",
        "-",
        "~",
        "—",
        "迎宾时段",
        "迎宾时间",
        "接待时段",
        "时段",
        "轮值时段",
        "slot",
        "greeting slot",
        "reception slot",
    ]
    .contains(&word)
        || word.trim() == "to"
        || word.trim() == "-"
        || word.trim().is_empty()
}

/// Makes `time` the beginning of a slot of `name`, who joins the order if new to it.
fn slot(world: &mut World, name: &str, time: &str) -> Result<(), String> {
    let length = world.rules.order.slot_minutes.value().copied().ok_or("the order has no slots")?;
    let start =
        NaiveTime::parse_from_str(time, "%H:%M").map_err(|_| format!("`{time}` is no time"))?;
    let person = world.person(name);
    world.open();
    let here = world.floor.people.get(&person).is_some_and(|member| member.signed_in.is_some());
    if !here {
        world.command(&Command::SignIn { person });
        world.check_refusal()?;
    }
    let order: Vec<PersonId> = world
        .floor
        .rings
        .get(&RingId::default())
        .map(|ring| ring.order.clone())
        .unwrap_or_default();
    let place = order.iter().position(|other| *other == person).unwrap_or(0);
    let before = minutes(length) * i32::try_from(place).unwrap_or(0);
    let (first, _) = start.overflowing_sub_signed(before);
    world.set("rotation.hours.start", &first.format("%H:%M").to_string())
}

/// Fails unless somebody was told what `is` looks for.
pub(super) fn prompted(world: &World, is: impl Fn(Prompt) -> bool) -> Result<(), String> {
    let prompts = world.events().iter().filter_map(|event| match event {
        Event::Prompted { prompt, .. } => Some(*prompt),
        _ => None,
    });
    let prompts: Vec<Prompt> = prompts.collect();
    if prompts.iter().any(|prompt| is(*prompt)) {
        return Ok(());
    }
    Err(format!("not told; what was told: {prompts:?}"))
}

/// Fails unless `person` was told `wanted`.
pub(super) fn told(world: &World, wanted: Prompt, person: PersonId) -> Result<(), String> {
    let is = |event: &Event| matches!(event, Event::Prompted { prompt, to: Some(to), .. } if *prompt == wanted && *to == person);
    if world.events().iter().any(is) {
        return Ok(());
    }
    Err(format!("{} was not told", world.name_of(Some(person))))
}

/// Everybody in `list`.
pub(super) fn people(world: &mut World, list: &str) -> Vec<PersonId> {
    names(list).iter().map(|name| world.person(name)).collect()
}
