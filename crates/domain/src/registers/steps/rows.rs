//! Steps: forms are filled in, completed, handed over, confirmed and checked.

use super::{form, items, known::Filled, word};
use crate::{
    people::Role,
    registers::{Command, rules::Register},
    scenario::{World, steps},
};

steps! { "registers";
    "{name} [填写|填好|填|登记|保存|录入|提交|交来|上交|交|做|写][了|完整的|] {client} 的{form}", "{name} [fills in|files|saves|hands in|completes|submits|records] the {form} of {client}",
    "\"甲\" 填写 \"王先生\" 的接待记录", "\"A\" fills in the reception record of \"Wang\"" => |world, words| fill(world, words, &Filled::default());

    "{name} [填写|保存|登记|提交][了|] {client} 的{form},未签字", "{name} [fills in|files|saves] the {form} of {client} without signing",
    "\"甲\" 保存 \"王先生\" 的来访登记表,未签字", "\"A\" saves the visitor register of \"Wang\" without signing" => |world, words| {
        fill(world, words, &Filled { unsigned: true, ..Filled::default() })
    };

    "{name} [填写|填好|填|登记|保存|录入|提交|交来|上交|交|做|写][了|] {client} 的{form},[缺少|缺|未填|没填|漏填|没有|不含|未写] {items}", "{name} [fills in|files|saves|hands in|submits|records] the {form} of {client} without {items}",
    "\"甲\" 保存 \"王先生\" 的跟进记录,缺少 \"单位名称\"", "\"A\" saves the follow-up record of \"Wang\" without \"organisation\"" => |world, words| {
        let without = items(word(words, words.len() - 1))?;
        fill(world, words, &Filled { without: &without, ..Filled::default() })
    };

    "{name} [填写|填好|填|登记|保存|录入|提交|交][了|] {client} 的{form},[只填|只填了|只写|仅填|只有|仅有] {items}", "{name} [fills in|files|saves|records] the {form} of {client} with only {items}",
    "\"甲\" 保存 \"王先生\" 的来访登记表,只填 \"姓名, 电话\"", "\"A\" saves the visitor register of \"Wang\" with only \"name, telephone\"" => |world, words| {
        let only = items(word(words, words.len() - 1))?;
        fill(world, words, &Filled { only: Some(&only), ..Filled::default() })
    };

    "{name} [填写|保存|登记|提交][了|] {client} 的{form},[客户拒绝提供|拒绝提供|勾选拒绝提供|勾选拒绝|注明客户拒绝提供] {items}", "{name} [fills in|files|saves] the {form} of {client},[ where|] {items} [is refused|are refused|is ticked as refused]",
    "\"甲\" 保存 \"王先生\" 的来电登记表,客户拒绝提供 \"姓氏\"", "\"A\" saves the call register of \"Wang\", \"surname\" is refused" => |world, words| {
        let refused = words.iter().skip(2).rev().find_map(|word| items(word).ok().filter(|list| !list.is_empty()));
        let refused = refused.ok_or("the sentence names no item")?;
        fill(world, words, &Filled { refused: &refused, ..Filled::default() })
    };

    "{name} [填写|填好|填|登记|保存|录入|提交|交来|上交|交|做|写][了|][一张|一份|一行|]{form}", "{name} [fills in|files|saves|hands in|completes|submits] [the|a|one] {form}",
    "\"乙\" 填写轮流接待登记表", "\"B\" fills in the rotation register" => |world, words| fill(world, words, &Filled::default());

    "{name} [填写|填好|填|登记|保存|录入|提交|交来|上交|交|做|写][了|]{form},[缺少|缺|未填|没填|漏填|没有|不含|未写] {items}", "{name} [fills in|files|saves|hands in|submits] [the|a] {form} without {items}",
    "\"甲\" 保存来电登记表,缺少 \"需求\"", "\"A\" saves the call register without \"needs\"" => |world, words| {
        let without = items(word(words, words.len() - 1))?;
        fill(world, words, &Filled { without: &without, ..Filled::default() })
    };

    "{name} [填写|保存|登记|提交][了|]{form},[客户拒绝提供|拒绝提供|勾选拒绝提供|勾选拒绝|注明客户拒绝提供] {items}", "{name} [fills in|files|saves] [the|a] {form},[ where|] {items} [is refused|are refused|is ticked as refused]",
    "\"甲\" 保存来电登记表,客户拒绝提供 \"姓氏\"", "\"A\" saves the call register, \"surname\" is refused" => |world, words| {
        let refused = words.iter().skip(2).rev().find_map(|word| items(word).ok().filter(|list| !list.is_empty()));
        let refused = refused.ok_or("the sentence names no item")?;
        fill(world, words, &Filled { refused: &refused, ..Filled::default() })
    };

    "{name} [补全|补齐|补填|补登|补上|补交][了|] {client} 的{form}", "{name} [completes|makes up|adds] what the {form} of {client} lacks",
    "\"甲\" 补全 \"王先生\" 的来访登记表", "\"A\" completes what the visitor register of \"Wang\" lacks" => |world, words| fill(world, words, &Filled::default());

    "{name} [补全|补齐|补填|补登|补上|补交][了|]{form}", "{name} [completes|makes up|adds] what the {form} lacks",
    "\"甲\" 补全来电登记表", "\"A\" completes what the call register lacks" => |world, words| fill(world, words, &Filled::default());

    "{client} 的{form}[移交|交接|交][给|][试驾专员|销售经理|客户服务部]", "the {form} of {client} is handed to the [test-drive officer|sales manager]",
    "\"王先生\" 的试乘试驾单移交给试驾专员", "the test-drive form of \"Wang\" is handed to the test-drive officer" => |world, words| {
        let (client, register) = whose(words)?;
        let row = world.row_of(client, Some(register))?;
        world.enter(&Command::HandOver { row }, Role::Receptionist);
        Ok(())
    };

    "[零售经理|销售经理|经理|主管|店长]签字[确认|] {client} 的{form}", "the [retail manager|sales manager|manager|supervisor] signs the {form} of {client}",
    "零售经理签字确认 \"王先生\" 的黄卡", "the retail manager signs the yellow card of \"Wang\"" => |world, words| {
        let role = if matches!(word(words, 0), "主管" | "supervisor") { Role::Supervisor } else { Role::Manager };
        let rest = words.get(1..).unwrap_or_default();
        let (client, register) = whose(rest)?;
        let row = world.row_of(client, Some(register))?;
        world.enter(&Command::Confirm { row }, role);
        Ok(())
    };

    "[主管|经理|]抽样回访[发现|,|] {client} 的[登记|信息|资料|电话][属实|不实|不是本人]", "a sampled call-back finds {client}'s [row|data|number] [true|untrue]",
    "抽样回访发现 \"王先生\" 的登记不实", "a sampled call-back finds \"Wang\"'s row untrue" => |world, words| {
        let untrue = words.iter().any(|w| matches!(*w, "不实" | "不是本人" | "untrue"));
        let own = ["主管", "经理", "", "发现", ",", "登记", "信息", "资料", "电话", "属实", "不实", "不是本人", "row", "data", "number", "true", "untrue"];
        let client = words.iter().copied().find(|w| !own.contains(w)).unwrap_or("");
        let row = world.row_of(client, None)?;
        world.enter(&Command::Sample { row, is_true: !untrue }, Role::Supervisor);
        Ok(())
    };
}

/// The client and the form that a sentence names.
fn whose<'a>(words: &[&'a str]) -> Result<(&'a str, Register), String> {
    let register =
        words.iter().find_map(|word| form(word).ok()).ok_or("the sentence names no form")?;
    let own = |word: &&str| {
        !word.is_empty()
            && form(word).is_err()
            && !matches!(
                *word,
                "移交"
                    | "交接"
                    | "交"
                    | "给"
                    | "确认"
                    | "试驾专员"
                    | "销售经理"
                    | "客户服务部"
                    | "test-drive officer"
                    | "sales manager"
            )
    };
    Ok((words.iter().copied().find(own).unwrap_or(""), register))
}

fn fill(world: &mut World, words: &[&str], filled: &Filled<'_>) -> Result<(), String> {
    const OWN: &[&str] = &[
        "",
        "填写",
        "填好",
        "填",
        "登记",
        "保存",
        "录入",
        "提交",
        "交来",
        "上交",
        "交",
        "做",
        "写",
        "了",
        "完整的",
        "一张",
        "一份",
        "一行",
        "补全",
        "补齐",
        "补填",
        "补登",
        "补上",
        "补交",
        "缺少",
        "缺",
        "未填",
        "没填",
        "漏填",
        "没有",
        "不含",
        "未写",
        "只填",
        "只填了",
        "只写",
        "仅填",
        "只有",
        "仅有",
        "客户拒绝提供",
        "拒绝提供",
        "勾选拒绝提供",
        "勾选拒绝",
        "注明客户拒绝提供",
        "fills in",
        "files",
        "saves",
        "hands in",
        "completes",
        "submits",
        "records",
        "the",
        "a",
        "one",
        "makes up",
        "adds",
        " where",
        "is refused",
        "are refused",
        "is ticked as refused",
    ];
    let (by, rest) = words.split_first().ok_or("the sentence names nobody")?;
    let at = rest.iter().position(|word| form(word).is_ok()).ok_or("the sentence names no form")?;
    let register = form(word(rest, at))?;
    // The client stands before the form in Chinese and after it in English.
    let named = |word: &&&str| !OWN.contains(*word);
    let before = rest.iter().take(at).find(named);
    let listed = filled.only.is_some() || !filled.without.is_empty() || !filled.refused.is_empty();
    let after = rest
        .iter()
        .skip(at + 1)
        .find(|word| !(OWN.contains(*word) || listed && items(word).is_ok()));
    let client = before.or(after).copied().unwrap_or("");
    if register == Register::ClientFile {
        super::files::save(world, by, client, filled);
    } else {
        world.fill_in(by, client, register, filled);
    }
    Ok(())
}
