//! Steps: how a deal comes about, as far as no visit and no registration says it.

use super::{
    super::state::{Reception, ReceptionKind},
    amount, last, last_deal, word,
};
use crate::{
    commission::Command,
    people::Role,
    scenario::{World, steps, text::names},
};

steps! { "commission";
    "{name} [联系不到|联系不上|打不通|无法联系到|无法联系] {name}[的电话|],[继续接待|由其继续接待|接着接待|自行接待] {client}", "{name} [cannot|could not] reach {name}[ by telephone|] and [carries on with|goes on with|continues with|keeps] {client}",
    "\"甲\" 联系不到 \"乙\",继续接待 \"王先生\"", "\"A\" cannot reach \"B\" and carries on with \"Wang\"" => |world, words| {
        received(world, ReceptionKind::Unreachable, last(words), word(words, 2), word(words, 0))
    };

    "{name} [联系不到|联系不上|打不通|无法联系] {client} 的[归属人|销售|置业顾问] {name},[继续接待|自行接待]", "{name} cannot reach [the owner|the consultant] of {client}, {name}, and [carries on|goes on]",
    "\"甲\" 联系不到 \"王先生\" 的归属人 \"乙\",继续接待", "\"A\" cannot reach the owner of \"Wang\", \"B\", and carries on" => |world, words| {
        // Chinese has the alternative after the name, English before the client.
        received(world, ReceptionKind::Unreachable, word(words, 2), word(words, if words.len() == 6 { 4 } else { 3 }), word(words, 0))
    };

    "{name} [受|接受|经] {name} [委托|的委托|事先委托|提前委托][,|][接待|代接|代为接待|帮忙接待][了|][老客户|客户|] {client}", "{name} [is entrusted by|was entrusted by] {name} [to receive|with|and receives] {client}",
    "\"乙\" 受 \"甲\" 委托接待 \"王先生\"", "\"B\" is entrusted by \"A\" to receive \"Wang\"" => |world, words| {
        received(world, ReceptionKind::Delegate, last(words), word(words, 2), word(words, 0))
    };

    "{name} [提前委托|事先委托|委托|指定] {name} [代为接待|代接|接待][老客户|客户|] {client}", "{name} [entrusts|entrusted] {name} [with|with receiving] {client}",
    "\"甲\" 提前委托 \"乙\" 代为接待 \"王先生\"", "\"A\" entrusts \"B\" with \"Wang\"" => |world, words| {
        received(world, ReceptionKind::Delegate, last(words), word(words, 0), word(words, 2))
    };

    "{name} [不在|不在场|休息|请假|外出|不当班|班次错过|上晚班|无暇接待|没空],[由|] {name} 接待[了|][其老客户|其客户|老客户|客户|] {client}", "{name} is [absent|away|off duty|busy|on another shift] and {name} receives {client}",
    "\"甲\" 不在,由 \"乙\" 接待其老客户 \"王先生\"", "\"A\" is absent and \"B\" receives \"Wang\"" => |world, words| {
        let receiver = if words.len() > 4 { word(words, 3) } else { word(words, 2) };
        received(world, ReceptionKind::OwnerAbsent, last(words), word(words, 0), receiver)
    };

    "{client} [由|是|经] {name} 的[老客户|客户|成交老客户|未成交老客户] {client} [介绍|带来|推荐][而来|来|的|],{name} [不在|无暇接待|没空|休息|请假|外出],由 {name} 接待", "{client} is [brought|referred|introduced] by {name}'s client {client}; {name} is [absent|busy|away|off] and {name} receives",
    "\"赵先生\" 由 \"甲\" 的老客户 \"王先生\" 介绍,\"甲\" 不在,由 \"乙\" 接待", "\"Zhao\" is referred by \"A\"'s client \"Wang\"; \"A\" is absent and \"B\" receives" => |world, words| {
        received(world, ReceptionKind::ReferralAway, word(words, 0), word(words, 2), last(words))
    };

    "{client} 由 {name} 的[老客户|客户|成交老客户|未成交老客户]介绍,{name} [不在|无暇接待|没空|休息|请假|外出],由 {name} 接待", "{client} is [brought|referred|introduced] by a client of {name}; {name} is [absent|busy|away|off] and {name} receives",
    "\"赵先生\" 由 \"甲\" 的老客户介绍,\"甲\" 不在,由 \"乙\" 接待", "\"Zhao\" is referred by a client of \"A\"; \"A\" is absent and \"B\" receives" => |world, words| {
        let owner = if super::says(&words[1..2], &["brought", "referred", "introduced"]) { word(words, 2) } else { word(words, 1) };
        received(world, ReceptionKind::ReferralAway, word(words, 0), owner, last(words))
    };

    "{names} 共同接待[了|] {client}", "{names} [jointly receive|receive together] {client}",
    "\"甲, 乙\" 共同接待 \"王先生\"", "\"A, B\" jointly receive \"Wang\"" => |world, words| {
        let people = names(word(words, 0));
        joint(world, &people, last(words))
    };

    "{name} [和|与|,|跟|同] {name} [共同|一起|联合]接待[了|] {client}", "{name} and {name} [jointly receive|receive together|together receive|both receive] {client}",
    "\"甲\" 与 \"乙\" 共同接待 \"王先生\"", "\"A\" and \"B\" jointly receive \"Wang\"" => |world, words| {
        let zh = words.len() > 4;
        let other = if zh { word(words, 2) } else { word(words, 1) };
        joint(world, &[word(words, 0).to_owned(), other.to_owned()], last(words))
    };

    "{client} [由|被] {name} [和|与|,|跟|同] {name} [共同|一起|联合]接待", "{client} is received [jointly|together] by {name} and {name}",
    "\"王先生\" 由 \"甲\" 与 \"乙\" 共同接待", "\"Wang\" is received jointly by \"A\" and \"B\"" => |world, words| {
        let (one, other) = if words.len() > 4 { (word(words, 2), word(words, 4)) } else { (word(words, 2), word(words, 3)) };
        joint(world, &[one.to_owned(), other.to_owned()], word(words, 0))
    };

    "{client} [经|由|靠|通过|因] {name} [认识|熟识|]的[第三方关系|第三方|亲友关系|亲友|关系|熟人][介绍|促成|牵线|帮助|]", "a [third-party relation|relation|friend|relative] [of|known to] {name} helps with {client}",
    "\"王先生\" 经 \"乙\" 的第三方关系促成", "a relation known to \"B\" helps with \"Wang\"" => |world, words| {
        let zh = words.len() > 4;
        let (client, through) = if zh { (word(words, 0), word(words, 2)) } else { (word(words, 3), word(words, 2)) };
        let through = Some(world.person(through));
        world.said(client).related_through = through;
        Ok(())
    };

    "{client} 因服务[质量|]问题[由|从] {name} [更换|改]为 {name} [服务|接待|]", "{client} is moved from {name} to {name} over the [quality of service|service]",
    "\"王先生\" 因服务质量问题由 \"甲\" 更换为 \"乙\" 服务", "\"Wang\" is moved from \"A\" to \"B\" over the quality of service" => |world, words| {
        let (former, owner) = if words.len() > 5 { (word(words, 3), word(words, 5)) } else { (word(words, 1), word(words, 2)) };
        let (former, owner) = (world.person(former), world.person(owner));
        let said = world.said(word(words, 0));
        (said.former, said.owner, said.receiver) = (Some(former), Some(owner), Some(owner));
        Ok(())
    };

    "{name} [从未|没有|未|未曾][跟进|回访|跟踪][过|] {client}", "{name} [never|has not|did not] [followed up|follow up] {client}",
    "\"甲\" 未跟进 \"王先生\"", "\"A\" never followed up \"Wang\"" => |world, words| {
        world.said(last(words)).followed_up = Some(false);
        Ok(())
    };

    "{name} [已|已经|曾][跟进|回访|跟踪][过|] {client}", "{name} [has followed up|had followed up] {client}",
    "\"甲\" 已跟进过 \"王先生\"", "\"A\" has followed up \"Wang\"" => |world, words| {
        world.said(last(words)).followed_up = Some(true);
        Ok(())
    };

    "[该单|本单|这单|该套|成交|合同|][的|][佣金|提成][为|是|共|共计|合计|总额为|] {money}", "[the|] commission [is|of the deal is|amounts to] {money}",
    "佣金为 3000 元", "the commission is ¥3,000" => |world, words| {
        let commission = amount(last(words))?;
        amounts(world, None, Some(commission))
    };

    "{client} 的[佣金|提成][为|是|共|] {money}", "the commission [on|for|of] {client} is {money}",
    "\"王先生\" 的佣金为 3000 元", "the commission on \"Wang\" is ¥3,000" => |world, words| {
        let client = if words.len() > 3 { word(words, 0) } else { word(words, 1) };
        let commission = amount(last(words))?;
        if world.commission.deals.contains_key(client) {
            world.commission.last = Some(client.into());
        }
        amounts(world, None, Some(commission))
    };

    "[该单|本单|这单|该套|][的|][成交价|成交总价|总价|房款|成交金额][为|是|] {money}", "the price is {money}",
    "成交价为 1000000 元", "the price is ¥1,000,000" => |world, words| {
        let price = amount(last(words))?;
        amounts(world, Some(price), None)
    };
}

fn received(
    world: &mut World,
    kind: ReceptionKind,
    client: &str,
    owner: &str,
    receiver: &str,
) -> Result<(), String> {
    let at = world.now();
    let (owner, receiver) = (world.person(owner), world.person(receiver));
    let said = world.said(client);
    (said.owner, said.receiver) = (Some(owner), Some(receiver));
    said.reception = Some(Reception { kind, at });
    Ok(())
}

fn joint(world: &mut World, people: &[String], client: &str) -> Result<(), String> {
    let people: Vec<_> = people.iter().map(|name| world.person(name)).collect();
    world.said(client).joint = people;
    Ok(())
}

/// The amounts of the last deal that has none, or of the next.
fn amounts(world: &mut World, price: Option<i64>, commission: Option<i64>) -> Result<(), String> {
    if let Ok(client) = last_deal(world) {
        let deal = world.deal_of(&client)?;
        if deal.cancelled_at.is_none() {
            let price = price.or(deal.price);
            // A price says the commission anew where the rulebook has a rate.
            let commission = commission.or(deal.commission.filter(|_| price == deal.price));
            let command = Command::SetAmounts { price, commission };
            world.about_deal(&client, &command, Role::Consultant);
            return Ok(());
        }
    }
    let known = world.commission.amounts;
    world.commission.amounts = (price.or(known.0), commission.or(known.1));
    Ok(())
}
