//! Steps: calls, receptions, test drives and the like, which demand forms.

use super::{expect, named, number, word};
use crate::{
    people::Role,
    registers::{
        Command,
        rules::{Occasion, Opens, Purpose},
    },
    scenario::{World, steps},
};

steps! { "registers";
    "{name} [接听|接听了|接到|接到了|接|接了] {client} 的[来电|电话]", "{name} [answers|takes|has taken|answered] a call of {client}",
    "\"甲\" 接听 \"王先生\" 的来电", "\"A\" answers a call of \"Wang\"" => |world, words| {
        let client = words.iter().copied().nth(2).filter(|w| !w.is_empty()).unwrap_or(word(words, 1));
        world.contact_begins(Occasion::Call, word(words, 0), client_of(words, client), None);
        Ok(())
    };

    "{name} 与 {client} 通话,{time} 至 {time}", "{name} is on a call with {client} from {time} to {time}",
    "\"甲\" 与 \"王先生\" 通话,10:00 至 10:04", "\"A\" is on a call with \"Wang\" from 10:00 to 10:04" => |world, words| {
        during(world, Occasion::Call, words, 2)
    };

    "{name} 接待 {client},{time} 至 {time}", "{name} receives {client} from {time} to {time}",
    "\"甲\" 接待 \"王先生\",10:00 至 11:00", "\"A\" receives \"Wang\" from 10:00 to 11:00" => |world, words| {
        during(world, Occasion::Visit, words, 2)
    };

    "{name} 的[接待|来访接待]于 {time} 结束,客户是 {client}", "{name}'s reception of {client} ends at {time}",
    "\"甲\" 的接待于 15:00 结束,客户是 \"王先生\"", "\"A\"'s reception of \"Wang\" ends at 15:00" => |world, words| {
        let time = words.iter().copied().find(|w| w.contains(':')).unwrap_or("");
        let client = words.iter().copied().skip(1).find(|w| !w.contains(':') && !matches!(*w, "接待" | "来访接待")).unwrap_or("");
        world.at(time)?;
        let id = world.contact_begins(Occasion::Visit, word(words, 0), client, None);
        world.enter(&Command::End { id }, Role::Consultant);
        Ok(())
    };

    "{name} [与|同|和] {client} 的[来电|通话|外呼|来访接待|试乘试驾|试驾|接待]结束", "{name}'s [call|outgoing call|reception|test drive] with {client} [ends|has ended|is over]",
    "\"甲\" 与 \"王先生\" 的外呼结束", "\"A\"'s outgoing call with \"Wang\" ends" => |world, words| {
        let kind = occasion(words)?;
        let client = others(words, 1);
        let known = world.last_contact(word(words, 0), client).filter(|id| {
            world.registers.book.contact(*id).is_some_and(|c| c.occasion == kind && c.ended_at.is_none())
        });
        let id = known.unwrap_or_else(|| world.contact_begins(kind, word(words, 0), client, None));
        world.enter(&Command::End { id }, Role::Consultant);
        Ok(())
    };

    "{name} 的[来电|通话|外呼|接待|站岗|值班|试乘试驾|试驾]结束", "{name}'s [call|outgoing call|reception|standing duty|duty shift|test drive] [ends|has ended|is over]",
    "\"乙\" 的站岗结束", "\"B\"'s standing duty ends" => |world, words| ends(world, words);

    "{name} [挂断|挂断了|挂机|挂了电话|结束通话|结束来电]", "{name} [hangs up|ends the call|ends a call|ends an inbound call|ends the phone call]",
    "\"甲\" 结束通话", "\"A\" hangs up" => |world, words| ends(world, &[word(words, 0), "来电"]);

    "[通话|来电|电话|该通话]结束", "[the call|the conversation] [ends|has ended|is over]",
    "通话结束", "the call ends" => |world, _| ends(world, &["", "来电"]);

    "{name} 在平板[上|]录入[了|] {client}", "{name} enters {client} on the tablet",
    "\"乙\" 在平板上录入 \"王先生\"", "\"B\" enters \"Wang\" on the tablet" => |world, words| {
        let client = others(words, 1);
        let id = world.contact_begins(Occasion::Intake, word(words, 0), client, None);
        world.enter(&Command::End { id }, Role::Consultant);
        Ok(())
    };

    "{int} 号线[有|接通|接听][来电|一通来电|],[由|] {name} 接听", "{name} answers a call on line {int}",
    "2 号线有来电,由 \"甲\" 接听", "\"A\" answers a call on line 2" => |world, words| {
        let line = words.iter().find_map(|w| w.parse().ok());
        let name = words.iter().copied().find(|w| !w.is_empty() && w.parse::<u32>().is_err() && !matches!(*w, "有" | "接通" | "接听" | "来电" | "一通来电" | "由")).unwrap_or("");
        let id = world.contact_begins(Occasion::Call, name, "", line);
        world.enter(&Command::End { id }, Role::Consultant);
        Ok(())
    };

    "{client} [被|][登记为|标记为|标为|记为|注明为|归为|认定为|编为] {purpose}", "{client} is [coded as|marked as|found to be|noted as] {purpose}",
    "\"赵\" 登记为 \"市场调查\"", "\"Zhao\" is coded as \"a market survey\"" => |world, words| {
        let meant = words.last().copied().unwrap_or("");
        let purpose = purpose(meant)?;
        let client = word(words, 0);
        let id = match world.last_contact("", client) {
            Some(id) => id,
            None => world.contact_begins(Occasion::Visit, "", client, None),
        };
        world.enter(&Command::Code { id, purpose }, Role::Receptionist);
        Ok(())
    };

    "电话[响铃|响起|铃响|响了]", "the telephone rings",
    "电话响铃", "the telephone rings" => |world, _| {
        world.registers.opened = Some(Opens::Ring);
        Ok(())
    };

    "{name} 的[电话|来电|通话]接通", "{name}'s call [connects|is connected]",
    "\"甲\" 的电话接通", "\"A\"'s call connects" => |world, words| {
        world.registers.opened = Some(Opens::Connection);
        world.contact_begins(Occasion::Call, word(words, 0), "", None);
        Ok(())
    };

    "{client} 不算客户", "{client} is no client",
    "\"赵\" 不算客户", "\"Zhao\" is no client" => |world, words| exempt(world, word(words, 0), true);

    "{client} 算[作|]客户", "{client} is a client",
    "\"赵\" 算客户", "\"Zhao\" is a client" => |world, words| exempt(world, word(words, 0), false);

    "[今日|]来访量为 {int}", "the visit count is {int}",
    "来访量为 2", "the visit count is 2" => |world, words| {
        let wanted = number(words, words.len() - 1)?;
        world.take_visits();
        let rules = world.register_rules();
        let counted = rules.exempt.counted.value() == Some(&true);
        let mut trail = rulebook::Trail::default();
        trail.cite("counted_as_visit", counted, &rules.exempt.counted, Vec::new());
        let count = world.registers.book.contacts.iter().filter(|contact| {
            contact.occasion == Occasion::Visit
                && (counted || !crate::registers::look::is_exempt(&rules, contact, &mut trail))
        }).count();
        world.note_reasons(trail.because());
        expect(u32::try_from(count) == Ok(wanted), count)
    };
}

fn client_of<'a>(words: &[&'a str], found: &'a str) -> &'a str {
    let verbs = [
        "接听",
        "接听了",
        "接到",
        "接到了",
        "接",
        "接了",
        "来电",
        "电话",
        "answers",
        "takes",
        "has taken",
        "answered",
    ];
    if verbs.contains(&found) { others(words, 1) } else { found }
}

/// The first word from `from` on that is not one of a sentence's own words.
pub(super) fn others<'a>(words: &[&'a str], from: usize) -> &'a str {
    const OWN: &[&str] = &[
        "",
        "接听",
        "接听了",
        "接到",
        "接到了",
        "接",
        "接了",
        "与",
        "同",
        "和",
        "来电",
        "通话",
        "电话",
        "外呼",
        "来访接待",
        "试乘试驾",
        "试驾",
        "拜访",
        "接待",
        "上",
        "了",
        "answers",
        "takes",
        "has taken",
        "answered",
        "call",
        "outgoing call",
        "reception",
        "test drive",
        "visit to a prospect",
        "ends",
        "has ended",
        "is over",
    ];
    words.iter().copied().skip(from).find(|word| !OWN.contains(word)).unwrap_or("")
}

fn occasion(words: &[&str]) -> Result<Occasion, String> {
    let found = words.iter().skip(1).find_map(|word| {
        Some(match *word {
            "来电" | "通话" | "call" => Occasion::Call,
            "外呼" | "outgoing call" => Occasion::Outgoing,
            "接待" | "来访接待" | "reception" => Occasion::Visit,
            "试乘试驾" | "试驾" | "test drive" => Occasion::TestDrive,
            "站岗" | "standing duty" => Occasion::Standing,
            "值班" | "duty shift" => Occasion::Duty,
            _ => return None,
        })
    });
    found.ok_or_else(|| "the sentence names nothing that ends".into())
}

/// What `words` names ends; it began now, unless it began before.
fn ends(world: &mut World, words: &[&str]) -> Result<(), String> {
    let kind = occasion(words)?;
    let open = world.last_contact(word(words, 0), "").filter(|id| {
        let contact = world.registers.book.contact(*id);
        contact.is_some_and(|contact| contact.occasion == kind && contact.ended_at.is_none())
    });
    let id = open.unwrap_or_else(|| world.contact_begins(kind, word(words, 0), "", None));
    world.enter(&Command::End { id }, Role::Consultant);
    Ok(())
}

fn during(
    world: &mut World,
    occasion: Occasion,
    words: &[&str],
    from: usize,
) -> Result<(), String> {
    world.at(word(words, from))?;
    let id = world.contact_begins(occasion, word(words, 0), word(words, 1), None);
    let until = world.moment_of(word(words, from + 1))?;
    let contact = world.registers.book.contacts.iter_mut().find(|contact| contact.id == id);
    if let Some(contact) = contact {
        // What comes next may lie before its end: a form is filled in during a call.
        contact.ended_at = Some(until);
    }
    Ok(())
}

fn purpose(name: &str) -> Result<Purpose, String> {
    let other = match name {
        "市调" | "市场调研" | "调研" | "survey" => Some(Purpose::Survey),
        "参观楼盘" | "看热闹" | "只是看看" => Some(Purpose::Sightseeing),
        "无意向" | "没有购买意向" | "无意购买" | "no intention" => {
            Some(Purpose::NoIntention)
        }
        "错号" | "拨错" | "误拨" | "wrong number" => Some(Purpose::WrongNumber),
        "推销电话" | "推销员" | "sales pitch" => Some(Purpose::SalesPitch),
        "广告商" | "广告公司" | "advertiser" => Some(Purpose::Advertising),
        "无此产品" | "product not carried" => Some(Purpose::ProductNotCarried),
        _ => None,
    };
    named(name, |name| Purpose::of_name(name).or(other), Purpose::ALL, Purpose::zh)
}

fn exempt(world: &mut World, client: &str, wanted: bool) -> Result<(), String> {
    let id = world.last_contact("", client).ok_or("there is no such contact")?;
    let rules = world.register_rules();
    let mut trail = rulebook::Trail::default();
    let contact = world.registers.book.contact(id).cloned().ok_or("there is no such contact")?;
    let exempt = crate::registers::look::is_exempt(&rules, &contact, &mut trail);
    world.note_reasons(trail.because());
    expect(exempt == wanted, exempt)
}
