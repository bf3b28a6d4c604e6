//! Steps: client files are saved, classed, changed, deleted and looked at.

use std::collections::BTreeSet;

use super::{items, known::Filled, number, word};
use crate::{
    people::Role,
    registers::{Command, rules::Item},
    scenario::{World, steps},
};

steps! { "registers";
    "{name} [保存|建立|新建|录入][了|] {client} 的[客户档案|档案|客户资料|资料],电话[为|有|] {int} 位", "{name} [saves|creates] the file of {client} with a telephone of {int} digits",
    "\"甲\" 保存 \"王先生\" 的档案,电话为 10 位", "\"A\" saves the file of \"Wang\" with a telephone of 10 digits" => |world, words| {
        let digits = number(words, words.len() - 1)?;
        put(world, words, |command| if let Command::SaveFile { digits: d, .. } = command { *d = Some(digits); })
    };

    "{name} [保存|建立|新建|录入][了|] {client} 的[客户档案|档案|客户资料|资料],电话与 {client} [的|]相同", "{name} [saves|creates] the file of {client} with the telephone of {client}",
    "\"甲\" 保存 \"王先生\" 的档案,电话与 \"王五\" 的相同", "\"A\" saves the file of \"Wang\" with the telephone of \"Wang Wu\"" => |world, words| {
        let own = ["", "的", "相同"];
        let other = words.iter().copied().rev().find(|w| !own.contains(w)).unwrap_or("");
        let other = world.client(other);
        put(world, words, |command| if let Command::SaveFile { double, .. } = command { *double = Some(other); })
    };

    "{client} 的[档案|客户档案|资料|客户卡]归 {name}", "the file of {client} is kept by {name}",
    "\"王先生\" 的档案归 \"甲\"", "the file of \"Wang\" is kept by \"A\"" => |world, words| {
        let own = ["档案", "客户档案", "资料", "客户卡"];
        let by = words.iter().copied().skip(1).find(|w| !own.contains(w)).unwrap_or("");
        file_of(world, word(words, 0), by);
        Ok(())
    };

    "{name} [记录|登记|填写|记下|注明|补记][了|] {client} 的[意向|意向等级][为|] {items}", "{name} notes the intention of {client}[ as|] {items}",
    "\"丁\" 记录 \"王先生\" 的意向为 \"B\"", "\"D\" notes the intention of \"Wang\" as \"B\"" => |world, words| {
        let client = if words.iter().any(|w| matches!(*w, "意向" | "意向等级")) { word(words, 3) } else { word(words, 1) };
        save(world, word(words, 0), client, &Filled { only: Some(&[Item::Intention]), ..Filled::default() });
        Ok(())
    };

    "{name} [修改|更改|更正|变更|改动|改][了|] {client} 的{items}", "{name} [changes|edits|corrects] {client}'s {items}",
    "\"甲\" 修改 \"王先生\" 的电话", "\"A\" changes \"Wang\"'s telephone" => |world, words| {
        let item = items(words.last().copied().unwrap_or(""))?.first().copied().ok_or("the sentence names no item")?;
        let client = words.iter().copied().skip(1).find(|w| !matches!(*w, "" | "了" | "修改" | "更改" | "更正" | "变更" | "改动" | "改" | "changes" | "edits" | "corrects")).unwrap_or("");
        let role = world.acting.unwrap_or(Role::Consultant);
        let (by, client) = world.both(word(words, 0), client);
        world.enter(&Command::Edit { client, item, by }, role);
        Ok(())
    };

    "[主管|经理]批准[了|]对 {client} 的修改", "the [supervisor|manager] approves the change of {client}'s file",
    "主管批准对 \"王先生\" 的修改", "the supervisor approves the change of \"Wang\"'s file" => |world, words| {
        let role = if matches!(word(words, 0), "主管" | "supervisor") { Role::Supervisor } else { Role::Manager };
        let client = world.client(words.last().copied().unwrap_or(""));
        world.enter(&Command::ApproveEdit { client }, role);
        Ok(())
    };

    "{name} 删除[了|] {client} 的[记录|档案|资料|信息|客户记录|客户档案|客户信息|登记]", "{name} deletes [the record of|the file of|the data of|] {client}",
    "\"甲\" 删除 \"王先生\" 的记录", "\"A\" deletes the record of \"Wang\"" => |world, words| {
        let own = ["", "了", "记录", "档案", "资料", "信息", "客户记录", "客户档案", "客户信息", "登记", "the record of", "the file of", "the data of"];
        let client = words.iter().copied().skip(1).find(|w| !own.contains(w)).unwrap_or("");
        let client = world.client(client);
        world.enter(&Command::Delete { client }, Role::Consultant);
        Ok(())
    };

    "{name} [查看|打开|点开][了|] {client} 的[电话|电话号码|手机号]", "{name} [opens|looks at|views] the [telephone|phone number|number] of {client}",
    "\"甲\" 查看 \"王先生\" 的电话", "\"A\" looks at the telephone of \"Wang\"" => |world, words| {
        let own = ["", "了", "查看", "打开", "点开", "电话", "电话号码", "手机号", "opens", "looks at", "views", "telephone", "phone number", "number"];
        let client = words.iter().copied().skip(1).find(|w| !own.contains(w)).unwrap_or("");
        let (by, client) = world.both(word(words, 0), client);
        world.enter(&Command::LookAtTelephone { client, by }, Role::Consultant);
        Ok(())
    };
}

/// `by` saves the file of `client` with all items but those that `filled` names.
pub(super) fn save(world: &mut World, by: &str, client: &str, filled: &Filled<'_>) {
    let items: BTreeSet<Item> = match filled.only {
        Some(only) => only.iter().copied().collect(),
        None => {
            let gone = |item: &Item| filled.without.contains(item);
            Item::ALL.iter().copied().filter(|item| !gone(item)).collect()
        }
    };
    let client = if client.is_empty() { world.stranger() } else { client.to_owned() };
    let (by, client) = world.both(by, &client);
    close_intake(world, client);
    let (digits, double) = (None, None);
    let command = Command::SaveFile { client, by, items, digits, double };
    world.enter(&command, Role::Consultant);
}

/// A file that answers an entry on the tablet is a row of the register of files as well.
fn close_intake(world: &mut World, client: crate::people::ClientId) {
    use crate::registers::{
        rules::Register,
        state::{Row, RowId},
    };
    world.take_visits();
    let rules = world.register_rules();
    let demanded = rules.form(Register::ClientFile).and_then(|form| form.demanded_by.value());
    let Some(demanded) = demanded.filter(|list| !list.is_empty()) else { return };
    let contacts = &world.registers.book.contacts;
    let found = contacts
        .iter()
        .rev()
        .find(|contact| demanded.contains(&contact.occasion) && contact.client == Some(client));
    let Some(contact) = found.cloned() else { return };
    let at = world.now();
    let row = Row {
        id: RowId(world.next_id()),
        register: Register::ClientFile,
        contact: Some(contact.id),
        by: contact.by.unwrap_or(crate::people::PersonId(uuid::Uuid::nil())),
        client: Some(client),
        at,
        items: Item::ALL.iter().copied().collect(),
        refused: BTreeSet::new(),
        signed_at: Some(at),
        counts_from: Some(at),
        handed_over_at: None,
        confirmed_at: None,
        untrue: false,
    };
    world.registers.book.rows.push(row);
}

/// `client` has a file that `by` keeps.
pub(super) fn file_of(world: &mut World, client: &str, by: &str) {
    let (by, client) = world.both(by, client);
    let at = world.now();
    let file = world.registers.book.files.entry(client).or_default();
    file.owner = Some(by);
    file.confirmed_at = file.confirmed_at.or(Some(at));
}

fn put(world: &mut World, words: &[&str], change: impl FnOnce(&mut Command)) -> Result<(), String> {
    const OWN: &[&str] = &[
        "",
        "了",
        "保存",
        "建立",
        "新建",
        "录入",
        "saves",
        "creates",
        "客户档案",
        "档案",
        "客户资料",
        "资料",
    ];
    let client = words.iter().copied().skip(1).find(|w| !OWN.contains(w)).unwrap_or("");
    let (by, client) = world.both(word(words, 0), client);
    let items = Item::ALL.iter().copied().collect();
    let (digits, double) = (None, None);
    let mut command = Command::SaveFile { client, by, items, digits, double };
    change(&mut command);
    world.enter(&command, Role::Consultant);
    Ok(())
}
