//! Steps: what must come of a client's file: class, approval, old values, masking, merging.

use super::{expect, items, word};
use crate::{
    registers::{Event, Outcome, rules::FeedbackKind},
    scenario::{World, steps},
};

steps! { "registers";
    "[送交审批|送审批|提交审批|转审批|等待审批|待审批]", "it goes for approval",
    "送交审批", "it goes for approval" => |world, _| expect(world.registers.outcome == Some(Outcome::SentForApproval), &world.registers.outcome);

    "{client} 的{items}[未变|保持原值|仍为原值|没有改变|不变]", "{client}'s {items} is unchanged",
    "\"王先生\" 的电话保持原值", "\"Wang\"'s telephone is unchanged" => |world, words| changed(world, words, false);

    "{client} 的{items}[已变|已改|已修改|已更改|改为新值]", "{client}'s {items} is changed",
    "\"王先生\" 的电话已改", "\"Wang\"'s telephone is changed" => |world, words| changed(world, words, true);

    "[保留|记录|留存|留下][原值|旧值|旧号码][、|,|和|][修改人|][、|,|和|][和|][时间|修改时间|]", "the old value[, the editor and the time|] [is|are] kept",
    "保留原值、修改人和时间", "the old value, the editor and the time are kept" => |world, _| {
        let kept = world.registers.events.iter().any(|event| matches!(event, Event::Changed { .. } | Event::ChangeProposed { .. }));
        expect(kept, &world.registers.events)
    };

    "[修改人为|修改人是|由] {name} [修改|]", "the editor is {name}",
    "修改人为 \"甲\"", "the editor is \"A\"" => |world, words| {
        let own = ["修改人为", "修改人是", "由", "修改", ""];
        let name = words.iter().copied().find(|w| !own.contains(w)).unwrap_or("");
        let person = world.person(name);
        let by = world.registers.events.iter().any(|event| matches!(event, Event::Changed { change, .. } | Event::ChangeProposed { change, .. } if change.by == person));
        expect(by, &world.registers.events)
    };

    "电话[已|]显示[全号|完整|]", "the telephone is shown",
    "电话显示完整", "the telephone is shown" => |world, _| expect(world.registers.outcome == Some(Outcome::Shown), &world.registers.outcome);

    "电话[打码|被打码|脱敏|隐藏|被隐藏|遮蔽|部分隐藏]", "the telephone is masked",
    "电话打码", "the telephone is masked" => |world, _| expect(world.registers.outcome == Some(Outcome::Masked), &world.registers.outcome);

    "[提示|建议|提出|询问]合并", "merging is offered",
    "提示合并", "merging is offered" => |world, _| {
        let found = &world.registers.outcome;
        expect(matches!(found, Some(Outcome::MergeOffered { .. })), found)
    };

    "[不提示|没有提示|无须]合并", "merging is not offered",
    "不提示合并", "merging is not offered" => |world, _| {
        let found = &world.registers.outcome;
        expect(!matches!(found, Some(Outcome::MergeOffered { .. })), found)
    };

    "通知归属人 {name}", "the owner {name} is told",
    "通知归属人 \"乙\"", "the owner \"B\" is told" => |world, words| told(world, Some(word(words, 0)));

    "[没有通知|不通知|未通知]归属人", "no owner is told",
    "没有通知归属人", "no owner is told" => |world, _| told(world, None);

    "{items}[未标为|不标为|没有标为]敏感[信息|]", "{items} is not flagged as sensitive",
    "姓名不标为敏感", "name is not flagged as sensitive" => |world, words| sensitive(world, words, false);

    "{items}[标为|列为|带有|标记为]敏感[信息|标记|]", "{items} is flagged as sensitive",
    "月收入标为敏感", "monthly income is flagged as sensitive" => |world, words| sensitive(world, words, true);

    "{items}[并非必填|不是必填|不必填]", "{items} is not required",
    "月收入并非必填", "monthly income is not required" => |world, words| {
        let wanted = items(word(words, 0))?;
        let rules = world.register_rules();
        let demanded = rules.forms.values().any(|form| form.required.value().is_some_and(|list| wanted.iter().any(|item| list.contains(item))));
        expect(!demanded, wanted)
    };

    "[立案|开立投诉|转投诉处理|生成投诉]", "a case opens",
    "立案", "a case opens" => |world, _| case(world, true);

    "[不立案|没有立案]", "no case opens",
    "不立案", "no case opens" => |world, _| case(world, false);

    "{name} 打开 {client} 的[客户档案|档案|资料]时先显示上次小结", "{name} opens {client} and the last summary shows first",
    "\"乙\" 打开 \"王先生\" 的档案时先显示上次小结", "\"B\" opens \"Wang\" and the last summary shows first" => |world, _| {
        let rules = world.register_rules();
        let setting = &rules.file.summary_first;
        let first = setting.value() == Some(&true);
        let mut trail = rulebook::Trail::default();
        trail.cite("summary_first", first, setting, Vec::new());
        world.note_reasons(trail.because());
        expect(first, first)
    };

    "{client} 的资料分为基本资料 {int} 项和特征资料 {int} 项", "the data of {client} are {int} basic items and {int} traits",
    "\"王先生\" 的资料分为基本资料 7 项和特征资料 6 项", "the data of \"Wang\" are 7 basic items and 6 traits" => |world, words| {
        let rules = world.register_rules();
        let mut trail = rulebook::Trail::default();
        let mut counts = Vec::new();
        for setting in [&rules.file.basic, &rules.file.traits] {
            let count = setting.value().map_or(0, Vec::len);
            trail.cite("filled_in", true, setting, rulebook::facts![of = count]);
            counts.push(count.to_string());
        }
        world.note_reasons(trail.because());
        expect(counts.first().map(String::as_str) == Some(word(words, 1)) && counts.get(1).map(String::as_str) == Some(word(words, 2)), counts)
    };

    "{client} 的客户信息[为|是] {items}", "the profile of {client} has {items}",
    "\"王先生\" 的客户信息为 \"职业, 置业目的\"", "the profile of \"Wang\" has \"occupation, own use or investment\"" => |world, words| {
        let wanted = items(words.last().copied().unwrap_or(""))?;
        super::files::save(world, "?", word(words, 0), &super::known::Filled { only: Some(&wanted), ..Default::default() });
        Ok(())
    };
}

fn changed(world: &mut World, words: &[&str], wanted: bool) -> Result<(), String> {
    let own = [
        "未变",
        "保持原值",
        "仍为原值",
        "没有改变",
        "不变",
        "已变",
        "已改",
        "已修改",
        "已更改",
        "改为新值",
    ];
    let listed = words.iter().copied().skip(1).find(|word| !own.contains(word)).unwrap_or("");
    let wanted_items = items(listed)?;
    let client = world.client(word(words, 0));
    let file = world.registers.book.file(client);
    // A refused change is expected to have been refused.
    if !wanted {
        world.take_refusal();
    }
    let found = file.changes.iter().any(|change| wanted_items.contains(&change.item));
    expect(found == wanted, file.changes)
}

fn told(world: &mut World, name: Option<&str>) -> Result<(), String> {
    let wanted = name.map(|name| world.person(name));
    let found = world.registers.events.iter().find_map(|event| match event {
        Event::OwnerTold { owner, .. } => Some(*owner),
        _ => None,
    });
    expect(found == wanted, world.name_of(found))
}

fn sensitive(world: &mut World, words: &[&str], wanted: bool) -> Result<(), String> {
    let named = items(word(words, 0))?;
    let rules = world.register_rules();
    let setting = &rules.file.sensitive;
    let list = setting.value().cloned().unwrap_or_default();
    let found = named.iter().all(|item| list.contains(item));
    let mut trail = rulebook::Trail::default();
    trail.cite("sensitive", found, setting, Vec::new());
    world.note_reasons(trail.because());
    expect(found == wanted, list)
}

fn case(world: &mut World, wanted: bool) -> Result<(), String> {
    let opened = world.registers.events.iter().any(
        |event| matches!(event, Event::SaidSomething { kind, .. } if *kind == FeedbackKind::Complaint),
    );
    expect(opened == wanted, opened)
}
