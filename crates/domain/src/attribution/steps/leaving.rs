//! Steps: somebody leaves and hands clients over; owners are warned; how long a right lives.

use super::{sharing::role, word};
use crate::{
    attribution::{
        Command, Outcome,
        decide::{clearance, registration_due, warning},
    },
    scenario::{World, steps, text::names},
};

steps! { "attribution";
    "{name} [名下|手上|手中|][有|已有|现有] {int} [个|位|名|组][未成交|未完成|在跟|老|]客户", "{name} has {int} [open clients|clients|unfinished clients]",
    "\"甲\" 名下有 40 个客户", "\"A\" has 40 clients" => |world, words| {
        let count: u32 = words.iter().find_map(|w| w.parse().ok()).unwrap_or(0);
        for _ in 0..count {
            let client = world.stranger();
            world.own(&client, word(words, 0), false);
            world.attribution.clients.push((word(words, 0).to_owned(), client));
        }
        Ok(())
    };

    "{name} [离职|辞职|被辞退|办理离职|提出离职|将离职|申请办结离职]", "{name} [leaves the company|resigns|is dismissed|is leaving]",
    "\"甲\" 办理离职", "\"A\" is leaving" => |world, words| leave(world, word(words, 0));

    "[主管|经理]将 {name} 的 {int} [个|位|名]客户[移交给|分配给|交给|转给] {name}", "the [supervisor|manager] gives {int} of {name}'s clients to {name}",
    "主管将 \"甲\" 的 38 个客户分配给 \"乙\"", "the supervisor gives 38 of \"A\"'s clients to \"B\"" => |world, words| {
        let people: Vec<&str> = words.iter().copied().filter(|w| !matches!(*w, "主管" | "经理" | "supervisor" | "manager" | "个" | "位" | "名" | "移交给" | "分配给" | "交给" | "转给") && w.parse::<u32>().is_err()).collect();
        let count: usize = words.iter().find_map(|w| w.parse().ok()).unwrap_or(0);
        hand_over(world, word(words, 0), word(&people, 0), &[word(&people, 1).to_owned()], count)
    };

    "[主管|经理]将 {name} 的[全部|所有]客户[移交给|分配给|交给] {names}", "the [supervisor|manager] gives all of {name}'s clients to {names}",
    "经理将 \"甲\" 的全部客户分配给 \"乙, 丙\"", "the manager gives all of \"A\"'s clients to \"B, C\"" => |world, words| {
        let from = word(words, 1);
        hand_over(world, word(words, 0), from, &names(words.last().copied().unwrap_or("")), usize::MAX)
    };

    "{name} [移交了|移交|交接了|交接] {int} [个|位|名]客户给 {name}", "{name} hands {int} clients over to {name}",
    "\"甲\" 移交 38 个客户给 \"乙\"", "\"A\" hands 38 clients over to \"B\"" => |world, words| {
        let count: usize = words.iter().find_map(|w| w.parse().ok()).unwrap_or(0);
        hand_over(world, "主管", word(words, 0), &[words.last().copied().unwrap_or("").to_owned()], count)
    };

    "{name} [还有|尚有|还剩] {int} [个|位|名]客户[未移交|没有移交|待移交]", "{name} still has {int} clients to hand over",
    "\"甲\" 还有 2 个客户未移交", "\"A\" still has 2 clients to hand over" => |world, words| {
        let wanted: u32 = words.iter().find_map(|w| w.parse().ok()).unwrap_or(0);
        let person = world.person(word(words, 0));
        let left = world.held_by(person);
        if left == wanted { Ok(()) } else { Err(format!("{left} are left")) }
    };

    "{name} [不能|不得|无法|不可][办结离职|办理离职手续|离职|办结离职手续]", "{name} cannot be cleared for leaving",
    "\"甲\" 不能办结离职", "\"A\" cannot be cleared for leaving" => |world, words| cleared(world, word(words, 0), false);

    "{name} [可以|能够|能|可][办结离职|办理离职手续|离职|办结离职手续]", "{name} can be cleared for leaving",
    "\"甲\" 可以办结离职", "\"A\" can be cleared for leaving" => |world, words| cleared(world, word(words, 0), true);

    "{name} 的[客户均|每个客户都|客户都]有[新的|了新的|新]归属人", "every client of {name} has a new owner",
    "\"甲\" 的每个客户都有新的归属人", "every client of \"A\" has a new owner" => |world, words| {
        let person = world.person(word(words, 0));
        let clients = world.attribution.clients.clone();
        for (_, client) in clients.iter().filter(|(from, _)| from == word(words, 0)) {
            match world.owner_by_book(client)? {
                Some(owner) if owner != person => {}
                _ => return Err("one has none".into()),
            }
        }
        Ok(())
    };

    "[提醒|预警] {name} {client} 的归属[即将失效|将失效|将到期|即将到期|快到期]", "{name} is warned that {client} lapses soon",
    "提醒 \"甲\" \"王先生\" 的归属即将失效", "\"A\" is warned that \"Wang\" lapses soon" => |world, words| {
        let people: Vec<&str> = words.iter().copied().filter(|w| !matches!(*w, "提醒" | "预警")).collect();
        warned(world, word(&people, 0), word(&people, 1), true)
    };

    "不提醒 {name} {client} 的归属[即将失效|将失效|将到期|即将到期]", "{name} is not warned about {client}",
    "不提醒 \"甲\" \"王先生\" 的归属即将失效", "\"A\" is not warned about \"Wang\"" => |world, words| warned(world, word(words, 0), word(words, 1), false);

    "{client} 的归属[有效期至|有效至|保留至|到期日为|保留到] {text}", "{client} stays with the owner until {text}",
    "\"王先生\" 的归属有效期至 \"5月8日\"", "\"Wang\" stays with the owner until \"8 May\"" => |world, words| {
        let wanted = world.date_said(words.last().copied().unwrap_or(""))?;
        let (known, rules, at) = (world.attribution_of(word(words, 0)), world.attribution_rules(), world.now());
        let mut trail = rulebook::Trail::default();
        let found = crate::attribution::decide::standing(&rules, &known, at, &mut trail).map_err(|open| format!("`{}` is not decided", open.setting))?;
        world.note_reasons(trail.because());
        let until = found.and_then(|found| found.until);
        if until == Some(wanted) { Ok(()) } else { Err(format!("until {until:?}")) }
    };

    "{client} 的接待[登记不完整|未完成登记|登记不全|缺少登记|列入待补登记]", "the reception of {client} is not registered",
    "\"王先生\" 的接待未完成登记", "the reception of \"Wang\" is not registered" => |world, words| registered(world, word(words, 0), false);

    "{client} 的接待[登记完整|已完成登记|登记齐全]", "the reception of {client} is registered",
    "\"王先生\" 的接待已完成登记", "the reception of \"Wang\" is registered" => |world, words| registered(world, word(words, 0), true);

    "[接待时|前台|迎宾时]询问[客户|]是否[首次到访|第一次来|首次来访|第一次到访]", "the visitor is asked whether it is the first visit",
    "接待时询问是否首次到访", "the visitor is asked whether it is the first visit" => |world, _| {
        let rules = world.attribution_rules();
        let asked = rules.first.ask_first_visit.value() == Some(&true);
        let mut trail = rulebook::Trail::default();
        trail.cite("ask_first_visit", asked, &rules.first.ask_first_visit, Vec::new());
        world.note_reasons(trail.because());
        if asked { Ok(()) } else { Err("nobody asks".into()) }
    };

    "[主管|经理|零售经理|销售经理][签批|签署] {client} 的[登记|黄卡]", "the [supervisor|manager|retail manager] countersigns [the registration of|the yellow card of] {client}",
    "经理签批 \"王先生\" 的黄卡", "the manager countersigns the yellow card of \"Wang\"" => |world, words| {
        let client = words.iter().copied().find(|w| !SIGNERS.contains(w)).unwrap_or("");
        let id = world.attribution_of(client).registrations.last().map(|known| known.id);
        let id = id.ok_or_else(|| format!("`{client}` is not registered"))?;
        world.about(client, &Command::Countersign { id }, role(word(words, 0)));
        Ok(())
    };

    "登记[待签批|尚非最终|暂有效|尚未最终生效]", "the registration is [not final|provisional]",
    "登记待签批", "the registration is not final" => |world, _| match world.attributed() {
        Some(Outcome::Registered { provisional: true, .. }) => Ok(()),
        other => Err(format!("what came of it: {other:?}")),
    };

    "登记[已签批|为最终|最终生效|成为最终]", "the registration is final",
    "登记已签批", "the registration is final" => |world, _| match world.attributed() {
        Some(Outcome::Registered { provisional: false, valid_from: Some(_), .. }) => Ok(()),
        other => Err(format!("what came of it: {other:?}")),
    };
}

const SIGNERS: &[&str] = &[
    "主管",
    "经理",
    "零售经理",
    "销售经理",
    "签批",
    "签署",
    "登记",
    "黄卡",
    "supervisor",
    "manager",
    "retail manager",
    "the registration of",
    "the yellow card of",
];

fn leave(world: &mut World, name: &str) -> Result<(), String> {
    let person = world.person(name);
    world.attribution.leaving.push(person);
    Ok(())
}

fn hand_over(
    world: &mut World,
    by: &str,
    from: &str,
    to: &[String],
    count: usize,
) -> Result<(), String> {
    let leaver = world.person(from);
    let clients: Vec<String> = world
        .attribution
        .clients
        .iter()
        .filter(|(owner, _)| owner == from)
        .map(|(_, client)| client.clone())
        .collect();
    let mut given = 0;
    for client in clients {
        if given == count {
            break;
        }
        if world.owner_by_book(&client)? != Some(leaver) {
            continue;
        }
        let Some(name) = given.checked_rem(to.len()).and_then(|at| to.get(at)) else { break };
        let to = world.person(name);
        let left = world.attribution.leaving.contains(&leaver);
        world.about(&client, &Command::Distribute { to, left }, role(by));
        if matches!(world.attributed(), Some(Outcome::Refused { .. } | Outcome::Undecided { .. })) {
            return Ok(());
        }
        given += 1;
    }
    Ok(())
}

fn cleared(world: &mut World, name: &str, wanted: bool) -> Result<(), String> {
    let person = world.person(name);
    let (left, rules) = (world.held_by(person), world.attribution_rules());
    let decision = clearance(&rules, person, left)
        .map_err(|open| format!("`{}` is not decided", open.setting))?;
    world.note_reasons(decision.because);
    let is = decision.outcome;
    if is.cleared == wanted { Ok(()) } else { Err(format!("{} are left", is.left)) }
}

fn warned(world: &mut World, name: &str, client: &str, wanted: bool) -> Result<(), String> {
    let person = world.person(name);
    let (known, rules, at) = (world.attribution_of(client), world.attribution_rules(), world.now());
    let mut trail = rulebook::Trail::default();
    let found = warning(&rules, &known, at, &mut trail)
        .map_err(|open| format!("`{}` is not decided", open.setting))?;
    world.note_reasons(trail.because());
    let is = found.is_some_and(|found| found.owner == person);
    if is == wanted { Ok(()) } else { Err(format!("the warning is {found:?}")) }
}

fn registered(world: &mut World, client: &str, wanted: bool) -> Result<(), String> {
    let visit = world.visit_of(client)?;
    let by = world.receiver(visit).ok_or("nobody received")?;
    let (known, rules) = (world.attribution_of(client), world.attribution_rules());
    let mut trail = rulebook::Trail::default();
    let due = registration_due(&rules, Some(&known), by, &mut trail)
        .map_err(|open| format!("`{}` is not decided", open.setting))?;
    world.note_reasons(trail.because());
    if due != wanted { Ok(()) } else { Err(format!("still to be registered: {due}")) }
}
