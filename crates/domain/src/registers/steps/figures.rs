//! Steps: gaps between what should be there and what is, completeness, shares, grades.

use super::{expect, form, number, word};
use crate::{
    registers::{
        look::{completeness, gap, mean, percent},
        rules::{Item, Occasion, Register, Rules},
    },
    scenario::{World, steps},
};

steps! { "registers";
    "[通话清单|话单|系统话单|系统][显示|有|记录|上有] {int} [通|个][来电|已接来电|电话],{form}[有|为|上有|只有] {int} [行|条|份]", "the call log shows {int} [calls|answered calls] and the {form} has {int} rows",
    "通话清单有 12 通来电,来电登记表有 11 行", "the call log shows 12 calls and the call register has 11 rows" => |world, words| {
        let register = register(words)?;
        told(world, words, |rules, [expected, found], trail| {
            rules.form(register).map(|form| gap(&form.demanded_by, expected, found, trail))
        })
    };

    "{form}[有|登记了|登记|显示] {int} [次试乘试驾|次试驾|份|次|张],移交[了|] {int} [份|张]", "the {form} shows {int} [test drives|forms] and {int} [forms are|form is] handed over",
    "试乘试驾记录有 5 次试乘试驾,移交 4 份", "the test drive register shows 5 test drives and 4 forms are handed over" => |world, words| {
        let register = register(words)?;
        told(world, words, |rules, [expected, found], trail| {
            rules.form(register).map(|form| gap(&form.handed_to, expected, found, trail))
        })
    };

    "[昨日|昨天|当日|]成交 {int} [笔|单],[收到|到达|有][录音|客户信息|核心系统记录] {int} [份|条|笔]", "{int} deals were made and {int} [recordings|client records|core records] arrived",
    "昨日成交 40 笔,收到录音 39 份", "40 deals were made and 39 recordings arrived" => |world, words| {
        use crate::registers::rules::Reconciled;
        let kind = words.iter().find_map(|w| match *w {
            "录音" | "recordings" => Some(Reconciled::Recordings),
            "客户信息" | "client records" => Some(Reconciled::ClientInformation),
            "核心系统记录" | "core records" => Some(Reconciled::Deals),
            _ => None,
        });
        told(world, words, |rules, [expected, found], trail| {
            let setting = &rules.upkeep.reconciled;
            let kept = kind.is_some_and(|kind| setting.value().is_some_and(|list| list.contains(&kind)));
            kept.then(|| gap(setting, expected, found, trail))
        })
    };

    "{name} [离职|将离职|要离职|申请离职],有 {int} [位|个|名]客户,[已移交|移交了|移交] {int} [位|个|名]", "{name} leaves with {int} clients of whom {int} are handed over",
    "\"甲\" 离职,有 40 位客户,已移交 38 位", "\"A\" leaves with 40 clients of whom 38 are handed over" => |world, words| {
        told(world, words.get(1..).unwrap_or_default(), |rules, [expected, found], trail| {
            let setting = &rules.file.handed_over_before_leaving;
            (setting.value() == Some(&true)).then(|| gap(setting, expected, found, trail))
        })
    };

    "[离职手续|离职结算|离职][不能办理|不予办理|被拦下|不能办结]", "the leaving clearance is blocked",
    "离职手续不能办理", "the leaving clearance is blocked" => |world, _| expect(world.registers.gap.is_some_and(|gap| gap > 0), world.registers.gap);

    "[离职手续|离职结算|离职][可以办理|予以办理|可以办结]", "the leaving clearance is given",
    "离职手续可以办理", "the leaving clearance is given" => |world, _| expect(world.registers.gap.unwrap_or(0) == 0, world.registers.gap);

    "[缺口|差额|缺|相差][为|是|] {int}[ 份| 条| 行| 通|]", "the gap is {int}",
    "缺口为 1", "the gap is 1" => |world, words| {
        let wanted = words.iter().find_map(|w| w.parse::<u32>().ok());
        expect(world.registers.gap == wanted, world.registers.gap)
    };

    "没有[缺口|差额|缺漏]", "there is no gap",
    "没有缺口", "there is no gap" => |world, _| expect(world.registers.gap.unwrap_or(0) == 0, world.registers.gap);

    "{name} 的客户 {client} [的档案|的客户卡|的资料|][已填|填了] {int} 项", "{int} items of {name}'s client {client} are filled in",
    "\"甲\" 的客户 \"王先生\" 的档案已填 7 项", "7 items of \"A\"'s client \"Wang\" are filled in" => |world, words| {
        let count = words.iter().find_map(|w| w.parse::<usize>().ok()).unwrap_or(0);
        let own = ["的档案", "的客户卡", "的资料", "", "已填", "填了"];
        let named: Vec<&str> = words.iter().copied().filter(|w| w.parse::<usize>().is_err() && !own.contains(w)).collect();
        let (by, client) = (named.first().copied().unwrap_or(""), named.get(1).copied().unwrap_or(""));
        super::files::file_of(world, client, by);
        let rules = world.register_rules();
        let all = [&rules.file.basic, &rules.file.traits];
        let fields: Vec<Item> = all.iter().filter_map(|s| s.value()).flatten().copied().take(count).collect();
        let client = world.client(client);
        world.registers.book.files.entry(client).or_default().items = fields.into_iter().collect();
        Ok(())
    };

    "{client} 的[档案|客户卡|资料|]完整度[为|是] {int} %", "the completeness of {client} is {int} percent",
    "\"王先生\" 的档案完整度为 54 %", "the completeness of \"Wang\" is 54 percent" => |world, words| {
        let wanted = number(words, words.len() - 1)?;
        let client = world.client(word(words, 0));
        let found = complete(world, client)?;
        expect(found == wanted, found)
    };

    "{name} 的平均完整度[为|是] {int} %", "the average completeness of {name} is {int} percent",
    "\"甲\" 的平均完整度为 54 %", "the average completeness of \"A\" is 54 percent" => |world, words| {
        let wanted = number(words, words.len() - 1)?;
        let person = world.person(word(words, 0));
        let own = world.registers.book.files.iter().filter(|(_, file)| file.owner == Some(person));
        let clients: Vec<_> = own.map(|(client, _)| *client).collect();
        let shares = clients.into_iter().map(|client| complete(world, client)).collect::<Result<Vec<_>, _>>()?;
        expect(mean(&shares) == wanted, shares)
    };

    "[显示|列出] {int} 通未登记[的|]来电,{time} {int} 号线", "{int} unrecorded [call is|calls are] shown, at {time} on line {int}",
    "显示 1 通未登记来电,10:20 2 号线", "1 unrecorded call is shown, at 10:20 on line 2" => |world, words| {
        let open = world.open_forms()?;
        let figures: Vec<u32> = words.iter().filter(|w| !w.contains(':')).filter_map(|w| w.parse().ok()).collect();
        let time = words.iter().find(|w| w.contains(':')).copied().unwrap_or("");
        let at = world.moment_of(time)?;
        let book = &world.registers.book;
        let calls: Vec<_> = open.iter().filter(|form| form.register == Register::Call && form.row.is_none())
            .filter_map(|form| book.contact(form.contact)).filter(|c| c.occasion == Occasion::Call).collect();
        let count = u32::try_from(calls.len()).ok();
        let shown = calls.iter().any(|call| call.began_at == at && call.line == figures.get(1).copied());
        expect(count == figures.first().copied() && shown, calls)
    };

    "档案[应填|共有|共] {int} 项,[已填|填了] {int} 项,完整度[为|是] {int} %", "{int} of {int} items are {int} percent",
    "档案应填 13 项,已填 7 项,完整度为 54 %", "7 of 13 items are 54 percent" => |_, words| {
        let figures: Vec<usize> = words.iter().filter_map(|w| w.parse().ok()).collect();
        let [a, b, wanted] = figures.as_slice() else { return Err("the sentence needs three numbers".into()) };
        let found = percent(*a.min(b), *a.max(b));
        expect(usize::try_from(found) == Ok(*wanted), found)
    };
}

fn register(words: &[&str]) -> Result<Register, String> {
    let found = words.iter().find_map(|word| form(word).ok());
    found.ok_or_else(|| "the sentence names no form".into())
}

/// Works out a gap from the two numbers of a sentence, the larger expected.
fn told(
    world: &mut World,
    words: &[&str],
    work: impl FnOnce(&Rules, [u32; 2], &mut rulebook::Trail) -> Option<u32>,
) -> Result<(), String> {
    let figures: Vec<u32> = words.iter().filter_map(|word| word.parse().ok()).collect();
    let [expected, found] = figures.as_slice() else {
        return Err("the sentence needs two numbers".into());
    };
    let rules = world.register_rules();
    let mut trail = rulebook::Trail::default();
    world.registers.gap = work(&rules, [*expected, *found], &mut trail);
    world.note_reasons(trail.because());
    Ok(())
}

fn complete(world: &mut World, client: crate::people::ClientId) -> Result<u32, String> {
    let rules = world.register_rules();
    let items = world.registers.book.file(client).items;
    let mut trail = rulebook::Trail::default();
    let found = completeness(&rules, &items, &mut trail);
    world.note_reasons(trail.because());
    found.map_err(|open| format!("`{}` is not decided", open.setting))
}
