//! Steps: cards, rolls, referrals, feedback, notes of contact, sheets.

use super::{form, named, word};
use crate::{
    people::Role,
    registers::{
        Command,
        rules::{FeedbackKind, Sheet},
    },
    scenario::{World, steps},
};

steps! { "registers";
    "{client} [成为|转为|升为]固定客户", "{client} [becomes|turns] a fixed [client|customer]",
    "\"D1\" 成为固定客户", "\"D1\" becomes a fixed client" => |world, words| {
        let client = world.client(word(words, 0));
        world.enter(&Command::Fix { client }, Role::Supervisor);
        Ok(())
    };

    "{client} 的[新开拓客户报表|新客户报表][获批|获得批准|被批准|批准]", "the new client report of {client} is approved",
    "\"D9\" 的新开拓客户报表获批", "the new client report of \"D9\" is approved" => |world, words| {
        let client = world.client(word(words, 0));
        world.enter(&Command::ApproveReport { client }, Role::Manager);
        Ok(())
    };

    "{client} [有|列入|在|登上]{form}[上|中|]", "{client} [has a|stands in the|is in the] {form}",
    "\"D1\" 列入客户名册", "\"D1\" stands in the client roll" => |world, words| in_card(world, words, true);

    "{client} [没有|未列入|不在]{form}[上|中|]", "{client} [has no|does not stand in the|is not in the] {form}",
    "\"D1\" 未列入客户名册", "\"D1\" does not stand in the client roll" => |world, words| in_card(world, words, false);

    "{client} [答应|承诺|许诺][带|介绍] {client} [来|过来|前来]", "{client} promises to bring {client}",
    "\"王先生\" 答应带 \"李女士\" 来", "\"Wang\" promises to bring \"Li\"" => |world, words| {
        let own = ["答应", "承诺", "许诺", "带", "介绍", "来", "过来", "前来"];
        let other = words.iter().copied().skip(1).find(|w| !own.contains(w)).unwrap_or("");
        let (client, referred) = (world.client(word(words, 0)), world.client(other));
        world.enter(&Command::Refer { client, referred }, Role::Consultant);
        Ok(())
    };

    "[前台|]看到 {client} 由 {client} 介绍", "the desk sees that {client} was sent by {client}",
    "前台看到 \"李女士\" 由 \"王先生\" 介绍", "the desk sees that \"Li\" was sent by \"Wang\"" => |world, words| linked(world, words, true);

    "[前台|]看不到 {client} 由[人|谁|何人]介绍", "the desk sees nobody who sent {client}",
    "前台看不到 \"李女士\" 由人介绍", "the desk sees nobody who sent \"Li\"" => |world, words| linked(world, words, false);

    "{client} 提出[一条|一项|][反馈意见|反馈|意见|建议|投诉]", "{client} gives [feedback|a suggestion|a complaint]",
    "\"王先生\" 提出投诉", "\"Wang\" gives a complaint" => |world, words| {
        let kind = match words.last().copied().unwrap_or("") {
            "建议" | "a suggestion" => FeedbackKind::Suggestion,
            "投诉" | "a complaint" => FeedbackKind::Complaint,
            _ => FeedbackKind::Feedback,
        };
        let client = world.client(word(words, 0));
        world.enter(&Command::Feedback { client, kind: Some(kind) }, Role::Receptionist);
        Ok(())
    };

    "{client} 提出[一条|一项|]意见,[未注明类型|未选类型|没有类型]", "{client} says something that is given no kind",
    "\"王先生\" 提出意见,未选类型", "\"Wang\" says something that is given no kind" => |world, words| {
        let client = world.client(word(words, 0));
        world.enter(&Command::Feedback { client, kind: None }, Role::Receptionist);
        Ok(())
    };

    "[可生成|生成] {sheet}", "the sheet {sheet} is produced",
    "生成 \"客户目录表\"", "the sheet \"the client directory\" is produced" => |world, words| {
        sheet(world, words.last().copied().unwrap_or(""), true)
    };

    "[不生成|不能生成] {sheet}", "the sheet {sheet} is not produced",
    "不生成 \"客户目录表\"", "the sheet \"the client directory\" is not produced" => |world, words| {
        sheet(world, words.last().copied().unwrap_or(""), false)
    };
}

fn in_card(world: &mut World, words: &[&str], wanted: bool) -> Result<(), String> {
    let register = words
        .iter()
        .skip(1)
        .find_map(|word| form(word).ok())
        .ok_or("the sentence names no form")?;
    let client = world.client(word(words, 0));
    let file = world.registers.book.file(client);
    super::expect(file.cards.contains(&register) == wanted, file.cards)
}

fn linked(world: &mut World, words: &[&str], wanted: bool) -> Result<(), String> {
    let own = ["前台", "", "人", "谁", "何人"];
    let named: Vec<&str> = words.iter().copied().filter(|w| !own.contains(w)).collect();
    let referred = world.client(named.first().copied().unwrap_or(""));
    let by = named.get(1).map(|name| world.client(name));
    let files = &world.registers.book.files;
    let senders: Vec<_> =
        files.iter().filter(|(_, file)| file.referred.contains(&referred)).collect();
    let found = match by {
        Some(by) => senders.iter().any(|(client, _)| **client == by),
        None => !senders.is_empty(),
    };
    super::expect(found == wanted, senders.len())
}

fn sheet(world: &mut World, name: &str, wanted: bool) -> Result<(), String> {
    let sheet = named(name, Sheet::of_name, Sheet::ALL, Sheet::zh)?;
    let rules = world.register_rules();
    let sheets = &rules.card.sheets;
    let made = sheets.value().is_some_and(|sheets| sheets.contains(&sheet));
    let mut trail = rulebook::Trail::default();
    trail.cite("sheet_made", made, sheets, rulebook::facts![kind = sheet.word()]);
    world.note_reasons(trail.because());
    super::expect(made == wanted, made)
}
