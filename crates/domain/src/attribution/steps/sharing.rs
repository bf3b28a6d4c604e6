//! Steps: clients are shared, filed by agents, given up and claimed from the public pool.

use super::word;
use crate::{
    attribution::{
        Command, Outcome,
        decide::pooled,
        state::{FilingId, Holding, Part},
    },
    calendar::day_of,
    people::{Actor, Role},
    scenario::{World, steps, text::names},
};

steps! { "attribution";
    "{names} [共有|共享|共同拥有|共同跟进] {client}", "{names} share {client}",
    "\"甲, 乙\" 共有 \"王先生\"", "\"A, B\" share \"Wang\"" => |world, words| {
        let all = names(word(words, 0));
        share(world, words.last().copied().unwrap_or(""), &all, &[])
    };

    "{names} [共有|共享|共同拥有|共同跟进] {client},份额[各为|分别为|为|依次为] {text}", "{names} share {client} with shares {text}",
    "\"甲, 乙\" 共有 \"王先生\",份额分别为 \"1/3, 2/3\"", "\"A, B\" share \"Wang\" with shares \"1/3, 2/3\"" => |world, words| {
        let all = names(word(words, 0));
        let client = if words.len() > 3 { word(words, 2) } else { word(words, 1) };
        let parts = names(words.last().copied().unwrap_or(""));
        share(world, client, &all, &parts)
    };

    "{name} [将|把] {client} [与|和] {name} [共享|共有|分享]", "{name} shares {client} with {name}",
    "\"甲\" 将 \"王先生\" 与 \"乙\" 共享", "\"A\" shares \"Wang\" with \"B\"" => |world, words| {
        let people: Vec<&str> = words.iter().copied().filter(|w| !matches!(*w, "将" | "把" | "与" | "和" | "共享" | "共有" | "分享")).collect();
        let all = vec![word(&people, 0).to_owned(), word(&people, 2).to_owned()];
        share(world, word(&people, 1), &all, &[])
    };

    "[主管|经理]确认 {client} [的共有|的共享|由其共有|共有|共享]", "the [supervisor|manager] confirms the sharing of {client}",
    "主管确认 \"王先生\" 的共有", "the supervisor confirms the sharing of \"Wang\"" => |world, words| {
        world.about(word(words, 1), &Command::ConfirmShare, role(word(words, 0)));
        Ok(())
    };

    "{client} 由 {names} 共有", "{client} is shared by {names}",
    "\"王先生\" 由 \"甲, 乙\" 共有", "\"Wang\" is shared by \"A, B\"" => |world, words| {
        let held: Vec<String> = world.holders_of(word(words, 0))?.iter().map(|h| world.name_of(Some(h.person))).collect();
        let wanted = names(word(words, 1));
        if held == wanted { Ok(()) } else { Err(format!("it is {}", held.join(", "))) }
    };

    "{name} [占|在] {client} [的|中占|的份额为|中的份额为] {text}", "{name}'s share of {client} is {text}",
    "\"甲\" 在 \"王先生\" 中的份额为 \"1/2\"", "\"A\"'s share of \"Wang\" is \"1/2\"" => |world, words| {
        let client = if words.len() > 3 { word(words, 2) } else { word(words, 1) };
        let person = world.person(word(words, 0));
        let wanted = part(words.last().copied().unwrap_or(""))?;
        let held = world.holders_of(client)?;
        let found = held.iter().find(|held| held.person == person).and_then(|held| held.part);
        match found {
            Some(found) if same_part(found, wanted) => Ok(()),
            other => Err(format!("the share is {other:?}")),
        }
    };

    "[渠道|中介|经纪人|代理|] {name} [报备|报备了|登记报备][客户|新客户|] {client}", "[agent|channel|broker|] {name} files [client|] {client}",
    "渠道 \"链家\" 报备客户 \"王先生\"", "agent \"Lian\" files client \"Wang\"" => |world, words| {
        let people: Vec<&str> = words.iter().copied().filter(|w| !FILERS.contains(w)).collect();
        file(world, word(&people, 0), word(&people, 1));
        Ok(())
    };

    "[前台|接待员|主管|经理]确认 {client} 的报备", "the [receptionist|supervisor|manager] confirms the filing of {client}",
    "前台确认 \"王先生\" 的报备", "the receptionist confirms the filing of \"Wang\"" => |world, words| {
        let came_at = world.now();
        confirm(world, word(words, 1), word(words, 0), came_at)
    };

    "[前台|接待员|主管|经理]确认 {client} 的报备,客户于 {time} 到访", "the [receptionist|supervisor|manager] confirms the filing of {client}, who came at {time}",
    "前台确认 \"王先生\" 的报备,客户于 10:00 到访", "the receptionist confirms the filing of \"Wang\", who came at 10:00" => |world, words| {
        let came_at = world.moment_of(word(words, 2))?;
        confirm(world, word(words, 1), word(words, 0), came_at)
    };

    "报备[有效|无效]", "the filing [counts|is void]",
    "报备无效", "the filing is void" => |world, words| {
        let wanted = matches!(word(words, 0), "有效" | "counts");
        match world.attributed() {
            Some(Outcome::Filed { counts, .. }) if *counts == wanted => Ok(()),
            other => Err(format!("what came of it: {other:?}")),
        }
    };

    "报备[保护至|保护到|保护期至|有效期至] {text}", "the filing protects until {text}",
    "报备保护至 \"5月31日\"", "the filing protects until \"31 May\"" => |world, words| {
        let wanted = world.date_said(word(words, words.len() - 1))?;
        match world.attributed() {
            Some(Outcome::Filed { protected_until, .. }) if *protected_until == Some(wanted) => Ok(()),
            other => Err(format!("what came of it: {other:?}")),
        }
    };

    "[客户|] {client} [列为争议|有争议|归属有争议|归属产生争议|成为争议|须由主管裁定|由主管裁定|待主管裁定|待裁定]", "{client} is [disputed|a dispute|to be ruled on]",
    "\"王先生\" 归属有争议", "\"Wang\" is disputed" => |world, words| {
        let client = words.iter().copied().find(|w| !matches!(*w, "客户" | "")).unwrap_or("");
        world.owner_by_reception(client)?;
        let disputed = matches!(world.attributed(), Some(Outcome::Disputed { .. }));
        if disputed || world.attribution_of(client).dispute.is_some() { Ok(()) } else { Err(format!("what came of it: {:?}", world.attributed())) }
    };

    "{name} [将|把] {client} [退回公海|放入公海|释放到公海|放回公海]", "{name} [gives|puts|releases] {client} [back to the pool|into the pool|to the pool|to the public pool|into the public pool]",
    "\"甲\" 将 \"王先生\" 退回公海", "\"A\" gives \"Wang\" back to the pool" => |world, words| {
        let people: Vec<&str> = words.iter().copied().filter(|w| !RELEASES.contains(w)).collect();
        let by = world.person(word(&people, 0));
        world.about(word(&people, 1), &Command::Release { by, left: false }, Role::Consultant);
        Ok(())
    };

    "{client} [进入公海|掉入公海|落入公海|已进入公海|在公海|在公海中|已在公海]", "{client} is in the [public pool|pool]",
    "\"王先生\" 进入公海", "\"Wang\" is in the public pool" => |world, words| in_pool(world, word(words, 0), true);

    "{client} [不在公海|未进入公海|不进入公海|尚未进入公海]", "{client} is not in the [public pool|pool]",
    "\"王先生\" 不在公海", "\"Wang\" is not in the public pool" => |world, words| in_pool(world, word(words, 0), false);

    "{name} [从公海认领|从公海领取|认领|领取][客户|] {client}", "{name} claims {client} from the [public pool|pool]",
    "\"乙\" 从公海认领 \"王先生\"", "\"B\" claims \"Wang\" from the public pool" => |world, words| {
        let people: Vec<&str> = words.iter().copied().filter(|w| !matches!(*w, "从公海认领" | "从公海领取" | "认领" | "领取" | "客户" | "" | "public pool" | "pool")).collect();
        let (name, client) = (word(&people, 0), word(&people, 1));
        let by = world.person(name);
        let day = day_of(world.now());
        let (held, taken_today) = (world.held_by(by), world.attribution.taken_on(day, by));
        let command = Command::Take { by, held, taken_today };
        world.about_as(client, &command, &Actor::new(by, [Role::Consultant]));
        if matches!(world.attributed(), Some(Outcome::Owned { .. })) {
            world.attribution.took(day, by);
        }
        Ok(())
    };

    "{name} [今日|今天|当天|当日]已认领 {int} [个|位|名][客户|]", "{name} has claimed {int} today",
    "\"乙\" 今日已认领 5 个客户", "\"B\" has claimed 5 today" => |world, words| {
        let by = world.person(word(words, 0));
        let count: u32 = words.iter().find_map(|w| w.parse().ok()).unwrap_or(0);
        let day = day_of(world.now());
        (0..count).for_each(|_| world.attribution.took(day, by));
        Ok(())
    };
}

const RELEASES: &[&str] = &[
    "将",
    "把",
    "退回公海",
    "放入公海",
    "释放到公海",
    "放回公海",
    "gives",
    "puts",
    "releases",
    "back to the pool",
    "into the pool",
    "to the pool",
    "to the public pool",
    "into the public pool",
];

const FILERS: &[&str] = &[
    "渠道",
    "中介",
    "经纪人",
    "代理",
    "报备",
    "报备了",
    "登记报备",
    "客户",
    "新客户",
    "",
    "agent",
    "channel",
    "broker",
    "client",
];

pub(super) fn role(word: &str) -> Role {
    match word {
        "主管" | "supervisor" => Role::Supervisor,
        "前台" | "接待员" | "receptionist" => Role::Receptionist,
        "秘书" | "secretary" => Role::Secretary,
        _ => Role::Manager,
    }
}

fn part(text: &str) -> Result<Part, String> {
    let unread = || format!("`{text}` is no share; write 1/2");
    let (numerator, denominator) = text.split_once('/').ok_or_else(unread)?;
    let number = |text: &str| text.trim().parse().map_err(|_| unread());
    Ok(Part { numerator: number(numerator)?, denominator: number(denominator)? })
}

fn same_part(one: Part, other: Part) -> bool {
    u64::from(one.numerator) * u64::from(other.denominator)
        == u64::from(other.numerator) * u64::from(one.denominator)
}

fn share(world: &mut World, client: &str, all: &[String], parts: &[String]) -> Result<(), String> {
    let mut holdings = Vec::new();
    for (at, name) in all.iter().enumerate() {
        let part = parts.get(at).map(|text| part(text)).transpose()?;
        holdings.push(Holding { person: world.person(name), part });
    }
    world.about(client, &Command::Share { holdings }, Role::Consultant);
    Ok(())
}

fn file(world: &mut World, name: &str, client: &str) {
    let id = FilingId(world.new_id());
    let by = world.person(name);
    world.about(client, &Command::File { id, by }, Role::Consultant);
}

fn confirm(
    world: &mut World,
    client: &str,
    by: &str,
    came_at: crate::calendar::Moment,
) -> Result<(), String> {
    let filing = world.attribution_of(client).filings.last().copied();
    let id = filing.map(|filing| filing.id).ok_or_else(|| format!("`{client}` was not filed"))?;
    world.about(client, &Command::ConfirmFiling { id, came_at }, role(by));
    Ok(())
}

fn in_pool(world: &mut World, client: &str, wanted: bool) -> Result<(), String> {
    let (known, rules, at) = (world.attribution_of(client), world.attribution_rules(), world.now());
    let mut trail = rulebook::Trail::default();
    let found = pooled(&rules, &known, at, &mut trail);
    world.note_reasons(trail.because());
    let found = found.map_err(|open| format!("`{}` is not decided", open.setting))?;
    if found.is_some() == wanted { Ok(()) } else { Err(format!("it is {found:?}")) }
}
