//! Steps: clients are given, taken over, closed with and claimed.

use super::{evidence, relation, word};
use crate::{
    attribution::{Command, rules::Evidence},
    people::Role,
    scenario::{World, steps},
};

steps! { "attribution";
    "[主管|经理]将 {client} 分配给 {name}", "the [supervisor|manager] gives {client} to {name}",
    "主管将 \"王先生\" 分配给 \"乙\"", "the supervisor gives \"Wang\" to \"B\"" => |world, words| {
        let to = world.person(word(words, 2));
        world.about(word(words, 1), &Command::Assign { to }, role(word(words, 0)));
        Ok(())
    };

    "离职人员的客户 {client} 由[主管|经理]分配给 {name}", "the leaver's client {client} is given to {name} by the [supervisor|manager]",
    "离职人员的客户 \"王先生\" 由经理分配给 \"乙\"", "the leaver's client \"Wang\" is given to \"B\" by the manager" => |world, words| {
        let by = words.iter().copied().find(|w| matches!(*w, "主管" | "经理" | "supervisor" | "manager"));
        let to = words.iter().copied().skip(1).find(|w| Some(*w) != by).unwrap_or("");
        let to = world.person(to);
        world.about(word(words, 0), &Command::Distribute { to, left: true }, role(by.unwrap_or("")));
        Ok(())
    };

    "[主管|经理]将 {client} 的置业顾问更换为 {name}", "the [supervisor|manager] changes {client}'s consultant to {name}",
    "经理将 \"王先生\" 的置业顾问更换为 \"乙\"", "the manager changes \"Wang\"'s consultant to \"B\"" => |world, words| {
        let to = world.person(word(words, 2));
        world.about(word(words, 1), &Command::Change { to }, role(word(words, 0)));
        Ok(())
    };

    "{name} 促成 {client} 成交", "{name} closes the deal of {client}",
    "\"乙\" 促成 \"王先生\" 成交", "\"B\" closes the deal of \"Wang\"" => |world, words| close(world, words, None);

    "{name} 促成 {client} 成交,以其 {relation} 的名义[购买|签约]", "{name} closes the deal of {client} in the name of a {relation}",
    "\"乙\" 促成 \"王先生\" 成交,以其 \"配偶\" 的名义签约", "\"B\" closes the deal of \"Wang\" in the name of a \"spouse\"" => |world, words| {
        close(world, words, Some(word(words, 2)))
    };

    "{name} 对 {client} 提出归属异议", "{name} disputes whose client {client} is",
    "\"乙\" 对 \"王先生\" 提出归属异议", "\"B\" disputes whose client \"Wang\" is" => |world, words| {
        claim(world, words, Evidence::VisitorRegister)
    };

    "{name} 凭 {evidence} 对 {client} 提出归属异议", "{name} disputes whose client {client} is, showing {evidence}",
    "\"乙\" 凭 \"个人记录\" 对 \"王先生\" 提出归属异议", "\"B\" disputes whose client \"Wang\" is, showing \"a personal note\"" => |world, words| {
        // Chinese names the evidence before the client, English after.
        let known = evidence(word(words, 1)).or_else(|_| evidence(word(words, 2)))?;
        let client = if evidence(word(words, 1)).is_ok() { word(words, 2) } else { word(words, 1) };
        claim(world, &[word(words, 0), client], known)
    };

    "[主管|经理]裁定 {client} 归 {name}", "the [supervisor|manager] rules that {client} is {name}'s",
    "主管裁定 \"王先生\" 归 \"乙\"", "the supervisor rules that \"Wang\" is \"B\"'s" => |world, words| {
        let owner = world.person(word(words, 2));
        world.about(word(words, 1), &Command::Rule { owner }, role(word(words, 0)));
        Ok(())
    };
}

fn role(word: &str) -> Role {
    if matches!(word, "主管" | "supervisor") { Role::Supervisor } else { Role::Manager }
}

fn close(world: &mut World, words: &[&str], buyer: Option<&str>) -> Result<(), String> {
    let buyer = buyer.map(relation).transpose()?;
    world.close(word(words, 1), word(words, 0), None, buyer);
    Ok(())
}

fn claim(world: &mut World, words: &[&str], evidence: Evidence) -> Result<(), String> {
    let by = world.person(word(words, 0));
    let recorded_at = world.now();
    world.about(word(words, 1), &Command::Claim { by, evidence, recorded_at }, Role::Consultant);
    Ok(())
}
