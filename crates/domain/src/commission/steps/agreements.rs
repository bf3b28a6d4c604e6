//! Steps: the parties agree, or somebody rules.

use super::{
    super::share::PersonShare,
    last_deal,
    said::{ratio, shares},
    says, word,
};
use crate::{
    commission::{Command, Fraction},
    people::{PersonId, Role},
    scenario::{World, steps},
};

steps! { "commission";
    "{name} [和|与|,|跟] {name} [均|都|双方|][确认|同意|商定|约定|协商确定|协商同意|协商一致][按|以|为|] {ratio} [分成|分配|分佣|分|]", "{name} and {name} [both confirm|confirm|agree on|agree to|both enter and confirm] {ratio}",
    "\"甲\" 与 \"乙\" 确认 六四 分成", "\"A\" and \"B\" both confirm 60/40" => |world, words| {
        let zh = words.len() > 4;
        let (one, other) = (word(words, 0), if zh { word(words, 2) } else { word(words, 1) });
        let parts = ratio(word(words, if zh { 6 } else { 3 }))?;
        let people = [world.person(one), world.person(other)];
        let shares = of(people, parts);
        agree(world, &people, shares)
    };

    "{name} [提出|提议|填报|填写|录入|登记][按|] {ratio} [分成|分配|分佣|]", "{name} [proposes|enters|suggests] {ratio}",
    "\"甲\" 提出按 六四 分成", "\"A\" proposes 60/40" => |world, words| {
        let by = world.person(word(words, 0));
        let zh = words.len() > 3;
        let parts = ratio(word(words, if zh { 3 } else { 2 }))?;
        let client = last_deal(world)?;
        let parties = world.deal_of(&client)?.parties.clone();
        // The owner's part is named first.
        let [one, other] = parties.as_slice() else { return Err("name each with their part".into()) };
        let shares = of([*one, *other], parts);
        propose(world, by, shares)
    };

    "{name} [提出|提议|填报|填写|录入|登记]{rest}", "{name} [proposes|enters|suggests] {rest}",
    "\"甲\" 提出 \"甲\" 得 60%,\"乙\" 得 40%", "\"A\" proposes that \"A\" gets 60%, \"B\" gets 40%" => |world, words| {
        let by = world.person(word(words, 0));
        let shares = shares(world, super::last(words))?;
        propose(world, by, shares)
    };

    "[双方|各方|两人][均|都|][确认|同意]", "[both|all] [confirm|agree]",
    "双方均确认", "both confirm" => |world, _| {
        let client = last_deal(world)?;
        let deal = world.deal_of(&client)?;
        let agreed = deal.proposal.as_ref().map(|known| known.confirmed.clone()).unwrap_or_default();
        for by in deal.parties.clone().into_iter().filter(|party| !agreed.contains(party)) {
            world.about_deal(&client, &Command::Confirm { by }, Role::Consultant);
        }
        Ok(())
    };

    "[双方|各方|两人][均|都|协商|协商一致|][确认|同意|商定|约定][,|:|] {rest}", "[both|all] [confirm|agree] [that|on|:] {rest}",
    "双方确认 \"甲\" 得 60%,\"乙\" 得 40%", "both confirm that \"A\" gets 60%, \"B\" gets 40%" => |world, words| {
        let said = super::last(words);
        let client = last_deal(world)?;
        let parties = world.deal_of(&client)?.parties.clone();
        let shares = match (ratio(said.trim_end_matches(['分', '成', '配', ' '])), parties.as_slice()) {
            (Ok(parts), [one, other]) => of([*one, *other], parts),
            _ => shares(world, said)?,
        };
        agree(world, &parties, shares)
    };

    "{name} [确认|同意|接受][该|了|][分成|分配|分成方案|方案|]", "{name} [confirms|agrees|accepts][ the split| the parts|]",
    "\"乙\" 确认分成", "\"B\" confirms the split" => |world, words| {
        let by = world.person(word(words, 0));
        let client = last_deal(world)?;
        world.about_deal(&client, &Command::Confirm { by }, Role::Consultant);
        Ok(())
    };

    "{name} [不同意|拒绝|不确认|否决|不接受][该|了|][分成|分配|分成方案|方案|]", "{name} [declines|refuses|does not agree to|rejects][ the split| the parts|]",
    "\"乙\" 不同意分成", "\"B\" declines the split" => |world, words| {
        let by = world.person(word(words, 0));
        let client = last_deal(world)?;
        world.about_deal(&client, &Command::Decline { by }, Role::Consultant);
        Ok(())
    };

    "[销售|][主管|经理][裁定|决定|核定][分成|佣金|提成|佣金分配|][为|:|,|] {client} 的[佣金|分成|提成][为|:|,|] {rest}", "the [sales |][supervisor|manager] [rules|decides] on the deal of {client}: {rest}",
    "经理裁定 \"王先生\" 的佣金: \"丙\" 得 2/3,\"甲\" 得 1/3", "the manager rules on the deal of \"Wang\": \"C\" gets 2/3, \"A\" gets 1/3" => |world, words| {
        let zh = words.len() > 6;
        let client = word(words, if zh { 5 } else { 3 });
        rules(world, client, word(words, 1), super::last(words))
    };

    "[销售|][主管|经理][裁定|决定|核定][分成|佣金|提成|佣金分配|][为|:|,|] {rest}", "the [sales |][supervisor|manager] [rules|decides][ that|:|] {rest}",
    "经理裁定 \"丙\" 得 2/3,\"甲\" 得 1/3", "the manager rules that \"C\" gets 2/3, \"A\" gets 1/3" => |world, words| {
        let client = last_deal(world)?;
        rules(world, &client, word(words, 1), super::last(words))
    };

    "[主管|经理][改判|更正][裁定|] {client} [这单|的成交|的客户|]归 {name}", "the [supervisor|manager] corrects whose deal {client} is to {name}",
    "经理更正 \"王先生\" 的成交归 \"丙\"", "the manager corrects whose deal \"Wang\" is to \"C\"" => |world, words| {
        let client = if words.len() > 3 { word(words, 3) } else { word(words, 1) };
        let owner = Some(world.person(super::last(words)));
        let known = world.deal_of(client)?.circumstances.clone();
        let circumstances = crate::commission::Circumstances { owner, ..known };
        let role = role(word(words, 0));
        world.about_deal(client, &Command::Recompute { circumstances }, role);
        Ok(())
    };
}

fn role(word: &str) -> Role {
    if matches!(word, "主管" | "supervisor") { Role::Supervisor } else { Role::Manager }
}

fn of(people: [PersonId; 2], parts: [Fraction; 2]) -> Vec<PersonShare> {
    let each = people.into_iter().zip(parts);
    each.map(|(person, share)| PersonShare { person, share }).collect()
}

fn propose(world: &mut World, by: PersonId, shares: Vec<PersonShare>) -> Result<(), String> {
    let client = last_deal(world)?;
    world.about_deal(&client, &Command::Propose { by, shares }, Role::Consultant);
    Ok(())
}

/// Each of `people` enters the same parts.
fn agree(world: &mut World, people: &[PersonId], shares: Vec<PersonShare>) -> Result<(), String> {
    for by in people {
        propose(world, *by, shares.clone())?;
    }
    Ok(())
}

fn rules(world: &mut World, client: &str, by: &str, said: &str) -> Result<(), String> {
    let shares = shares(world, said)?;
    let role = role(if says(&[by], &["主管", "supervisor"]) { by } else { "" });
    if !world.commission.deals.contains_key(client) {
        return Err(format!("no deal with `{client}` is on record; reserve it first"));
    }
    world.about_deal(client, &Command::Rule { shares }, role);
    Ok(())
}
