//! Steps: public and personal numbers, client numbers, and whether the books agree.

use super::{expect, items, number, word};
use crate::{
    people::Role,
    registers::{
        Command, Outcome,
        look::{client_number, mismatch, next_sequence},
    },
    scenario::steps,
};

steps! { "registers";
    "[公共登记本|公共登记簿|登记本][的|][最后|上一个|末尾|最后一个][编号|号码]为 {int}", "the last public number is {int}",
    "公共登记本的最后编号为 107", "the last public number is 107" => |world, words| {
        world.registers.book.last_number = number(words, words.len() - 1)?;
        Ok(())
    };

    "{client} 的[公共|客户|登记|]编号为 {int}", "{client} has [public number|number] {int}",
    "\"王先生\" 的公共编号为 108", "\"Wang\" has public number 108" => |world, words| {
        world.take_visits();
        let (client, wanted) = (world.client(word(words, 0)), number(words, words.len() - 1)?);
        let contacts = &world.registers.book.contacts;
        let numbers: Vec<_> = contacts.iter().filter(|c| c.client == Some(client)).filter_map(|c| c.number).collect();
        expect(numbers.contains(&wanted), numbers)
    };

    "{client} 没有编号", "{client} has no number",
    "\"赵\" 没有编号", "\"Zhao\" has no number" => |world, words| {
        world.take_visits();
        let client = world.client(word(words, 0));
        let contacts = &world.registers.book.contacts;
        let numbers: Vec<_> = contacts.iter().filter(|c| c.client == Some(client)).filter_map(|c| c.number).collect();
        expect(numbers.is_empty(), numbers)
    };

    "[在|] {int} 号[之|]前插入一行", "a row is slipped in before [number|] {int}",
    "在 108 号之前插入一行", "a row is slipped in before number 108" => |world, words| {
        let before = words.iter().find_map(|w| w.parse().ok()).ok_or("the sentence names no number")?;
        world.enter(&Command::SlipIn { before }, Role::Consultant);
        Ok(())
    };

    "{name} 在个人登记本[中|上|]将 {client} 编为 {int} 号", "{name} numbers {client} {int} in the personal book",
    "\"甲\" 在个人登记本中将 \"王先生\" 编为 57 号", "\"A\" numbers \"Wang\" 57 in the personal book" => |world, words| {
        world.take_visits();
        let personal = number(words, words.len() - 1)?;
        let own = ["中", "上", ""];
        let client = words.iter().copied().skip(1).find(|w| !own.contains(w)).unwrap_or("");
        let client = world.client(client);
        let contacts = &world.registers.book.contacts;
        let public = contacts.iter().find(|c| c.client == Some(client)).and_then(|c| c.number);
        let public = public.ok_or("the client has no public number")?;
        world.enter(&Command::NumberPersonal { public, personal }, Role::Consultant);
        Ok(())
    };

    "[公共登记本|公共本]与 {name} 的[个人登记本|个人本]第 {int} 行[的|] {items} [不同|不一致|相同|一致]", "row {int} of the public book and of {name}'s personal book [differ in|agree in] {items}",
    "公共登记本与 \"甲\" 的个人登记本第 107 行的 \"电话\" 不同", "row 107 of the public book and of \"A\"'s personal book differ in \"telephone\"" => |world, words| {
        let differ = words.iter().any(|w| matches!(*w, "不同" | "不一致" | "differ in"));
        let own = ["的", "", "不同", "不一致", "相同", "一致"];
        let listed = words.iter().rev().find(|w| !own.contains(*w)).copied().unwrap_or("");
        let named = items(listed)?.len();
        let rules = world.register_rules();
        let mut trail = rulebook::Trail::default();
        let found = mismatch(&rules, if differ { named } else { 0 }, &mut trail);
        world.note_reasons(trail.because());
        world.registers.mismatch = Some(found.map_err(|open| format!("`{}` is not decided", open.setting))?);
        Ok(())
    };

    "{form}有公共登记本和个人登记本", "the {form} is issued as a public and a personal book",
    "来访登记表有公共登记本和个人登记本", "the visitor register is issued as a public and a personal book" => |world, words| {
        let register = super::form(word(words, 0))?;
        let rules = world.register_rules();
        let numbering = &rules.numbering;
        let issued = numbering.registers.value().is_some_and(|list| list.contains(&register));
        let both = numbering.books.value().map_or(0, Vec::len) == 2;
        let mut trail = rulebook::Trail::default();
        trail.cite("book_issued", issued, &numbering.registers, Vec::new());
        trail.cite("personal_book_kept", both, &numbering.books, Vec::new());
        world.note_reasons(trail.because());
        expect(issued && both, (issued, both))
    };

    "报告[了|][一处|]不一致", "a mismatch is reported",
    "报告不一致", "a mismatch is reported" => |world, _| expect(world.registers.mismatch == Some(true), world.registers.mismatch);

    "[没有不一致|未报告不一致|不报告不一致]", "no mismatch is reported",
    "没有不一致", "no mismatch is reported" => |world, _| expect(world.registers.mismatch == Some(false), world.registers.mismatch);

    "已[保存|编号] {int} [个|位]客户", "{int} clients are numbered [already|so far]",
    "已编号 2 位客户", "2 clients are numbered so far" => |world, words| {
        let count = words.iter().find_map(|w| w.parse().ok()).ok_or("the sentence names no number")?;
        world.registers.numbers = (count, count);
        Ok(())
    };

    "删除[最后|其中|][一个|一位]客户", "a client is deleted",
    "删除一位客户", "a client is deleted" => |world, _| {
        let (last, standing) = world.registers.numbers;
        world.registers.numbers = (last, standing.saturating_sub(1));
        Ok(())
    };

    "[下一个|下一位|新|第三个|第三位]客户的编号[是|为] {word}", "the [next|third] client has number {word}",
    "下一位客户的编号为 \"PS-202503-0003\"", "the next client has number \"PS-202503-0003\"" => |world, words| {
        let wanted = words.last().copied().unwrap_or("");
        let rules = world.register_rules();
        let (last, standing) = world.registers.numbers;
        let mut trail = rulebook::Trail::default();
        let at = world.now();
        let next = next_sequence(&rules, last, standing, &mut trail)
            .and_then(|next| client_number(&rules, at, next, &mut trail));
        world.note_reasons(trail.because());
        let next = next.map_err(|open| { world.note_undecided(&open.setting); format!("`{}` is not decided", open.setting) })?;
        expect(next == wanted, next)
    };

    "{client} 在个人登记本[中|上|]为 {int} 号", "{client} is number {int} in the personal book",
    "\"王先生\" 在个人登记本中为 108 号", "\"Wang\" is number 108 in the personal book" => |world, words| {
        let wanted = number(words, words.len() - 1)?;
        let outcome = world.registers.outcome.clone();
        expect(outcome == Some(Outcome::Begun { number: Some(wanted) }), outcome)
    };
}
