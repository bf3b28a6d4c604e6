//! Steps: clients are registered, followed up and received.

use super::{fields, relation, word};
use crate::{
    attribution::{Command, command::Origin, rules::Channel, state::ContactKind},
    people::Role,
    scenario::{World, steps},
};

steps! { "attribution";
    "{name} [有效|完整|][登记|登记了][客户|] {client}", "{name} registers {client}",
    "\"甲\" 登记 \"王先生\"", "\"A\" registers \"Wang\"" => |world, words| {
        let (by, client) = ends(words);
        world.register(client, by, Channel::Visit, &[], true);
        Ok(())
    };

    "{name} 登记 {client},[缺少|未填|没有] {fields}", "{name} registers {client} without {fields}",
    "\"甲\" 登记 \"王先生\",缺少 \"电话\"", "\"A\" registers \"Wang\" without \"telephone\"" => |world, words| {
        let missing = fields(word(words, words.len() - 1))?;
        world.register(word(words, 1), word(words, 0), Channel::Visit, &missing, true);
        Ok(())
    };

    "{name} 登记 {client},未签字", "{name} registers {client} without signing",
    "\"甲\" 登记 \"王先生\",未签字", "\"A\" registers \"Wang\" without signing" => |world, words| {
        world.register(word(words, 1), word(words, 0), Channel::Visit, &[], false);
        Ok(())
    };

    "{name} 补全 {client} 的登记[并签字|]", "{name} completes the registration of {client}[ and signs|]",
    "\"甲\" 补全 \"王先生\" 的登记并签字", "\"A\" completes the registration of \"Wang\" and signs" => |world, words| {
        world.complete(word(words, 1), word(words, 0))
    };

    "{name} 接听并登记 {client} 的来电", "{name} takes and registers a call of {client}",
    "\"甲\" 接听并登记 \"王先生\" 的来电", "\"A\" takes and registers a call of \"Wang\"" => |world, words| {
        world.register(word(words, 1), word(words, 0), Channel::Call, &[], true);
        Ok(())
    };

    "{name} [外拓登记|登记外拓客户|登记来电客户|登记网络客户|登记网络线索|登记渠道客户|登记外呼客户] {client}", "{name} registers [outreach client|caller|web client|agent's client] {client}",
    "\"甲\" 外拓登记 \"王先生\"", "\"A\" registers outreach client \"Wang\"" => |world, words| {
        let (by, client) = ends(words);
        let channel = match word(words, 1) {
            "登记来电客户" | "caller" => Channel::Call,
            "登记网络客户" | "登记网络线索" | "web client" => Channel::Web,
            "登记渠道客户" | "agent's client" => Channel::Filing,
            _ => Channel::Outreach,
        };
        world.register(client, by, channel, &[], true);
        Ok(())
    };

    "{name} [跟进|回访|跟进了|回访了] {client}", "{name} follows up {client}",
    "\"甲\" 跟进 \"王先生\"", "\"A\" follows up \"Wang\"" => |world, words| {
        let (by, client) = ends(words);
        contact(world, by, client, ContactKind::FollowUp, true)
    };

    "{name} [跟进|回访] {client},记录不完整", "{name} follows up {client} with an incomplete record",
    "\"甲\" 跟进 \"王先生\",记录不完整", "\"A\" follows up \"Wang\" with an incomplete record" => |world, words| {
        let (by, client) = ends(words);
        contact(world, by, client, ContactKind::FollowUp, false)
    };

    "{name} [首次接待|首次接待了] {client}", "{name} receives {client} for the first time",
    "\"甲\" 首次接待 \"王先生\"", "\"A\" receives \"Wang\" for the first time" => |world, words| {
        let (by, client) = ends(words);
        let by = world.person(by);
        world.about(client, &Command::Received { by, origin: Origin::default() }, Role::Consultant);
        Ok(())
    };

    "{client} 与 {client} [是|为]{word}[关系|]", "{client} and {client} are related as {word}",
    "\"王先生\" 与 \"赵女士\" 是\"夫妻\"关系", "\"Wang\" and \"Zhao\" are related as \"spouse\"" => |world, words| {
        let said = words.iter().copied().filter(|w| !matches!(*w, "是" | "为" | "关系" | "")).nth(2).unwrap_or("");
        let relation = relation(said)?;
        world.relate(word(words, 0), word(words, 1), relation);
        Ok(())
    };
}

/// The first and the last word: who, and whom.
fn ends<'a>(words: &[&'a str]) -> (&'a str, &'a str) {
    (word(words, 0), words.last().copied().unwrap_or(""))
}

fn contact(
    world: &mut World,
    by: &str,
    client: &str,
    kind: ContactKind,
    complete: bool,
) -> Result<(), String> {
    let by = world.person(by);
    world.about(client, &Command::Contact { by, kind, complete }, Role::Consultant);
    Ok(())
}
