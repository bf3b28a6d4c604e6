//! Steps: receptions run their course.

use super::{steps, word};
use crate::{
    attribution::Ownership,
    rotation::{Command, state::OwnerAnswer},
    scenario::World,
};

steps! {
    "{time} {client} 离开", "at {time} {client} leaves",
    "10:00 \"王先生\" 离开", "at 10:00 \"Wang\" leaves" => |world, words| {
        world.at(word(words, 0))?;
        finish(world, word(words, 1))
    };

    "{client} 离开", "{client} leaves",
    "\"王先生\" 离开", "\"Wang\" leaves" => |world, words| finish(world, word(words, 0));

    "{time} {name} 接待完毕", "at {time} {name} has finished",
    "10:00 \"甲\" 接待完毕", "at 10:00 \"A\" has finished" => |world, words| {
        world.at(word(words, 0))?;
        finish_of(world, word(words, 1))
    };

    "{name} 接待完毕", "{name} has finished",
    "\"甲\" 接待完毕", "\"A\" has finished" => |world, words| finish_of(world, word(words, 0));

    "{time} {name} [应答|拒绝]接待", "at {time} {name} [accepts|declines]",
    "09:30 \"甲\" 应答接待", "at 09:30 \"A\" accepts" => |world, words| {
        world.wait(word(words, 0))?;
        answer(world, word(words, 1), word(words, 2))
    };

    "{name} [应答|拒绝]接待", "{name} [accepts|declines]",
    "\"甲\" 拒绝接待", "\"A\" declines" => |world, words| answer(world, word(words, 0), word(words, 1));

    "{name} 未应答", "{name} does not answer",
    "\"甲\" 未应答", "\"A\" does not answer" => |world, words| no_answer(world, word(words, 0));

    "[秘书|前台]找不到 {name}", "the [secretary|receptionist] cannot find {name}",
    "秘书找不到 \"甲\"", "the secretary cannot find \"A\"" => |world, words| no_answer(world, word(words, 1));

    "归属人选择同时接待", "the owner receives both",
    "归属人选择同时接待", "the owner receives both" => |world, _| owner(world, OwnerAnswer::Both);

    "归属人指定 {name} 接待", "the owner names {name}",
    "归属人指定 \"丙\" 接待", "the owner names \"C\"" => |world, words| {
        let person = world.person(word(words, 0));
        owner(world, OwnerAnswer::Names(person))
    };

    "归属人未指定任何人", "the owner names nobody",
    "归属人未指定任何人", "the owner names nobody" => |world, _| owner(world, OwnerAnswer::Nobody);

    "联系不上归属人", "the owner cannot be reached",
    "联系不上归属人", "the owner cannot be reached" => |world, _| owner(world, OwnerAnswer::Unreachable);

    "{time} 发现 {client} 是 {name} 的[未成交老|成交老|老]客户", "at {time} {client} is found to be {name}'s [open|closed|old] client",
    "09:40 发现 \"王先生\" 是 \"乙\" 的未成交老客户", "at 09:40 \"Wang\" is found to be \"B\"'s open client" => |world, words| {
        world.at(word(words, 0))?;
        colleague(world, words, None)
    };

    "{time} 发现 {client} 是 {name} 的[未成交老|成交老|老]客户,联系不上", "at {time} {client} is found to be {name}'s [open|closed|old] client, who cannot be reached",
    "09:40 发现 \"王先生\" 是 \"乙\" 的老客户,联系不上", "at 09:40 \"Wang\" is found to be \"B\"'s old client, who cannot be reached" => |world, words| {
        world.at(word(words, 0))?;
        colleague(world, words, Some(OwnerAnswer::Unreachable))
    };

    "{time} 发现 {client} 是 {name} 的[未成交老|成交老|老]客户,电话中指定 {name}", "at {time} {client} is found to be {name}'s [open|closed|old] client, who names {name} by telephone",
    "09:40 发现 \"王先生\" 是 \"乙\" 的老客户,电话中指定 \"丙\"", "at 09:40 \"Wang\" is found to be \"B\"'s old client, who names \"C\" by telephone" => |world, words| {
        world.at(word(words, 0))?;
        let person = world.person(word(words, 4));
        colleague(world, words, Some(OwnerAnswer::Names(person)))
    };

    "{time} 发现 {client} 不是购房者,[转交|继续接待]", "at {time} {client} is found not to be a buyer and is [handed over|kept]",
    "09:32 发现 \"王先生\" 不是购房者,转交", "at 09:32 \"Wang\" is found not to be a buyer and is handed over" => |world, words| {
        world.at(word(words, 0))?;
        let visit = world.visit_of(word(words, 1))?;
        let carries_on = matches!(word(words, 2), "继续接待" | "kept");
        world.command(&Command::FoundNonBuyer { visit, carries_on });
        Ok(())
    };

    "{client} 当天成交", "{client} closes a deal today",
    "\"王先生\" 当天成交", "\"Wang\" closes a deal today" => |world, words| {
        let visit = world.visit_of(word(words, 0))?;
        world.command(&Command::DealClosed { visit });
        world.close_deal(word(words, 0));
        Ok(())
    };

    "{client} 需要协助", "{client} needs help",
    "\"王先生\" 需要协助", "\"Wang\" needs help" => |world, words| {
        let visit = world.visit_of(word(words, 0))?;
        world.command(&Command::CallHelp { visit, helper: None });
        Ok(())
    };

    "请 {name} 协助接待 {client}", "{name} is called to help with {client}",
    "请 \"丁\" 协助接待 \"王先生\"", "\"D\" is called to help with \"Wang\"" => |world, words| {
        let helper = Some(world.person(word(words, 0)));
        let visit = world.visit_of(word(words, 1))?;
        world.command(&Command::CallHelp { visit, helper });
        Ok(())
    };
}

fn no_answer(world: &mut World, name: &str) -> Result<(), String> {
    let visit = visit_received_by(world, name)?;
    world.visit = Some(visit);
    world.wait_for_answer(visit);
    Ok(())
}

fn finish(world: &mut World, client: &str) -> Result<(), String> {
    world.come_when_called();
    let visit = world.visit_of(client)?;
    world.command(&Command::Finish { visit });
    Ok(())
}

/// The one visit that `name` receives.
fn visit_received_by(world: &mut World, name: &str) -> Result<crate::people::VisitId, String> {
    let person = world.person(name);
    let visit = world.floor.open_visits_of(person).map(|(id, _)| *id).last();
    visit.ok_or_else(|| format!("`{name}` receives nobody"))
}

fn finish_of(world: &mut World, name: &str) -> Result<(), String> {
    world.come_when_called();
    let visit = visit_received_by(world, name)?;
    world.command(&Command::Finish { visit });
    Ok(())
}

fn answer(world: &mut World, name: &str, answer: &str) -> Result<(), String> {
    let visit = visit_received_by(world, name)?;
    world.visit = Some(visit);
    world.command(&match answer {
        "应答" | "accepts" => Command::Accept { visit },
        _ => Command::Decline { visit },
    });
    Ok(())
}

fn owner(world: &mut World, answer: OwnerAnswer) -> Result<(), String> {
    let visit = world.visit_of("")?;
    world.command(&Command::AnswerOwner { visit, answer });
    Ok(())
}

fn colleague(world: &mut World, words: &[&str], answer: Option<OwnerAnswer>) -> Result<(), String> {
    let (client, owner) = (word(words, 1), word(words, 2));
    let closed = matches!(word(words, 3), "成交老" | "closed");
    let visit = world.visit_of(client)?;
    let ownership = Ownership { owner: world.person(owner), closed };
    world.command(&Command::FoundColleague { visit, ownership, answer });
    Ok(())
}
