//! Steps: who there is, in which order, under which settings.

use super::{number, steps, word};
use crate::{
    people::PersonId,
    rotation::{
        Command,
        rules::{Role, Unfit},
    },
    scenario::{World, text::names},
};

steps! {
    "[接待顺序表|接待排序表|顺序表|轮排表|排序表|排轮表|轮次表]为 {names}", "the [order|posted order|table|reception order|order table|reception order table] is {names}",
    "接待顺序表为 \"甲, 乙, 丙\"", "the order is \"A, B, C\"" => |world, words| order(world, word(words, words.len() - 1));

    "[今日|当日|今天|][排班表|排班|轮值表|轮值顺序|经理排班]为 {names}", "[the roster|today's roster] is {names}",
    "今日排班为 \"甲, 乙, 丙\"", "today's roster is \"A, B, C\"" => |world, words| order(world, word(words, words.len() - 1));

    "[今日|当日|][签到顺序|签到先后]为 {names}", "the sign-in order is {names}",
    "签到顺序为 \"甲, 乙, 丙\"", "the sign-in order is \"A, B, C\"" => |world, words| sign_in_all(world, word(words, words.len() - 1));

    "{team} 组的接待顺序为 {names}", "the order of team {team} is {names}",
    "\"一\" 组的接待顺序为 \"甲, 乙\"", "the order of team \"one\" is \"A, B\"" => |world, words| {
        let team = world.team(word(words, 0));
        for name in names(word(words, 1)) {
            world.profile(&name, |profile| profile.team = Some(team));
        }
        sign_in_all(world, word(words, 1))
    };

    "{names} 属于 {team} 组", "{names} [are|is] in team {team}",
    "\"甲, 乙\" 属于 \"一\" 组", "\"A, B\" are in team \"one\"" => |world, words| {
        let (people, team) = (word(words, 0), word(words, words.len() - 1));
        let team = world.team(team);
        for name in names(people) {
            world.profile(&name, |profile| profile.team = Some(team));
        }
        Ok(())
    };

    "<设定|设置> {path} 为 {value}", "setting {path} is {value}",
    "设定 \"rotation.make_up.ordinary_place\" 为 \"at_once\"", "setting \"rotation.make_up.ordinary_place\" is \"at_once\"" => |world, words| {
        let (path, value) = (word(words, 0), word(words, 1));
        // One word where a list is wanted is a list of one.
        world.set(path, value).or_else(|error| match error.contains("square brackets") {
            true => world.set(path, &format!("[{value}]")),
            false => Err(error),
        })
    };

    "现在是 {time}", "it is {time}",
    "现在是 09:30", "it is 09:30" => |world, words| world.wait(word(words, 0));

    "[到|时间到|时间到了|到了] {time}", "[the time comes to|it becomes] {time}",
    "到 10:30", "the time comes to 10:30" => |world, words| {
        world.wait(words.iter().copied().find(|word| word.contains(':')).unwrap_or(""))
    };

    "由 {role} 操作", "the {role} acts",
    "由 \"主管\" 操作", "the \"supervisor\" acts" => |world, words| {
        let role = Role::of_name(word(words, 0));
        world.acting = Some(role.ok_or_else(|| format!("`{}` is no role", word(words, 0)))?);
        Ok(())
    };

    "{names} [尚未签到|未签到|还没签到|没有签到]", "{names} [has|have] not signed in",
    "\"丁\" 尚未签到", "\"D\" has not signed in" => |world, words| {
        world.open();
        for name in names(word(words, 0)) {
            let person = world.person(&name);
            if world.floor.people.get(&person).is_some_and(|m| m.signed_in.is_some()) {
                world.command(&Command::SignOut { person });
            }
        }
        Ok(())
    };

    "{names} 不参加轮排", "{names} [is|are] not on the rotation",
    "\"丁\" 不参加轮排", "\"D\" is not on the rotation" => |world, words| {
        world.open();
        for name in names(word(words, 0)) {
            world.profile(&name, |profile| profile.rotates = false);
            let person = world.person(&name);
            if world.floor.people.get(&person).is_some_and(|m| m.signed_in.is_none()) {
                world.command(&Command::SignIn { person });
            }
        }
        Ok(())
    };

    "{name} 未达到上岗要求", "{name} is not certified",
    "\"丁\" 未达到上岗要求", "\"D\" is not certified" => |world, words| {
        world.profile(word(words, 0), |profile| profile.certified = false);
        Ok(())
    };

    "{name} 是试用人员", "{name} is on trial",
    "\"丁\" 是试用人员", "\"D\" is on trial" => |world, words| {
        world.profile(word(words, 0), |profile| profile.trial = true);
        Ok(())
    };

    "[主管认定|主管确认|] {name} [培训未达标|仍在培训|身体不适|情绪不佳|有其他工作安排|有临时工作|在办理离职|提出离职]", "{name} is [in training|unwell|on other work|leaving the company]",
    "\"甲\" 身体不适", "\"A\" is unwell" => |world, words| {
        let unfit = match words.last().copied().unwrap_or_default() {
            "培训未达标" | "仍在培训" | "in training" => Unfit::Training,
            "身体不适" | "情绪不佳" | "unwell" => Unfit::Unwell,
            "有其他工作安排" | "有临时工作" | "on other work" => Unfit::OtherWork,
            _ => Unfit::Leaving,
        };
        let name = if words.len() > 2 { word(words, 1) } else { word(words, 0) };
        let person = world.person(name);
        world.command(&Command::SetUnfit { person, unfit: Some(unfit), reason: None });
        Ok(())
    };

    "{name} 恢复接待", "{name} is fit again",
    "\"甲\" 恢复接待", "\"A\" is fit again" => |world, words| {
        let person = world.person(word(words, 0));
        world.command(&Command::SetUnfit { person, unfit: None, reason: None });
        Ok(())
    };

    "{names} 的班次[为|是] {time} [至|到|-|~|—] {time}", "the shift of {names} is {time}[ to |-| - ]{time}",
    "\"甲\" 的班次为 09:00 至 18:00", "the shift of \"A\" is 09:00 to 18:00" => |world, words| {
        let times: Result<Vec<_>, _> = words.iter().skip(1).filter(|word| word.contains(':')).map(|word| chrono::NaiveTime::parse_from_str(word, "%H:%M")).collect();
        let shift = match times.as_deref() {
            Ok([start, end]) => Some((*start, *end)),
            _ => return Err("a shift has two times of day".to_owned()),
        };
        for name in names(word(words, 0)) {
            world.profile(&name, |profile| profile.shift = shift);
        }
        Ok(())
    };

    "{names} [今日值班|今晚值班|晚间值班|值班|今天值班]", "{names} [is|are] on [duty today|duty|evening duty|duty tonight]",
    "\"丁\" 今日值班", "\"D\" is on duty today" => |world, words| {
        for name in names(word(words, 0)) {
            world.profile(&name, |profile| profile.duty = true);
        }
        Ok(())
    };

    "{name} 的编号为 {int}", "the number of {name} is {int}",
    "\"甲\" 的编号为 3", "the number of \"A\" is 3" => |world, words| {
        let number = Some(number(words, 1)?);
        world.profile(word(words, 0), |profile| profile.number = number);
        Ok(())
    };

    "{name} 上月业绩排名第 {int}", "{name} ranked {int} last month",
    "\"甲\" 上月业绩排名第 2", "\"A\" ranked 2 last month" => |world, words| {
        let rank = Some(number(words, 1)?);
        world.profile(word(words, 0), |profile| profile.rank = rank);
        Ok(())
    };

    "{name} [今日|今天|当日|当天|][成交|售出|卖出|销售][了|] {int} [套|单|个]", "{name} [closed|sold] {int} today",
    "\"甲\" 今日成交 1 套", "\"A\" closed 1 today" => |world, words| {
        let result = words.iter().find_map(|word| word.parse().ok()).ok_or("say how many")?;
        world.profile(word(words, 0), |profile| profile.result = result);
        Ok(())
    };

    "{names} 为第 {int} 批", "{names} [is|are] batch {int}",
    "\"甲, 乙\" 为第 1 批", "\"A, B\" are batch 1" => |world, words| {
        let batch = number(words, words.len() - 1)?.saturating_sub(1);
        for name in names(word(words, 0)) {
            world.profile(&name, |profile| profile.batch = batch);
        }
        Ok(())
    };

    "[老客户|客户|] {client} 是 {name} 的[未成交老|成交老|未成交|成交|老|]客户", "[client|old client|] {client} is {name}'s [open|closed|old|][ old|] client",
    "\"王先生\" 是 \"甲\" 的未成交老客户", "\"Wang\" is \"A\"'s open client" => |world, words| {
        let kind = word(words, 3);
        if kind.is_empty() && world.has_been(word(words, 1)) {
            // Of somebody who has come, it is said what came of it.
            return super::expectations::belongs(world, word(words, 1), word(words, 2));
        }
        let closed = matches!(kind, "成交老" | "成交" | "closed");
        world.own(word(words, 1), word(words, 2), closed);
        Ok(())
    };

    "{name} 委托 {name} 代接老客户", "{name} entrusts old clients to {name}",
    "\"甲\" 委托 \"乙\" 代接老客户", "\"A\" entrusts old clients to \"B\"" => |world, words| {
        let (person, delegate) = (world.person(word(words, 0)), world.person(word(words, 1)));
        world.command(&Command::Entrust { person, delegate: Some(delegate) });
        Ok(())
    };

    "[次日|第二天|下一个营业日|翌日|隔天]开门,[签到顺序|接待顺序|顺序]为 {names}", "the next day opens and the [sign-in order|order] is {names}",
    "次日开门,签到顺序为 \"乙, 甲\"", "the next day opens and the sign-in order is \"B, A\"" => |world, words| {
        world.next_day(1, None)?;
        sign_in_all(world, word(words, words.len() - 1))
    };

    "[次日|第二天|下一个营业日]开门,经理排班为 {names}", "the next day opens with the manager's roster {names}",
    "次日开门,经理排班为 \"乙, 甲\"", "the next day opens with the manager's roster \"B, A\"" => |world, words| {
        let list = word(words, words.len() - 1);
        let roster: Vec<PersonId> = names(list).iter().map(|name| world.person(name)).collect();
        world.next_day(1, Some(roster))?;
        sign_in_all(world, list)
    };

    "[次日|第二天|下一个营业日|翌日|隔天]开门[,所有人签到|]", "the next day opens[ and everybody signs in|]",
    "次日开门", "the next day opens" => |world, _| next_day(world, 1);

    "{int} 天后开门", "{int} days later the site opens",
    "7 天后开门", "7 days later the site opens" => |world, words| {
        next_day(world, u64::from(number(words, 0)?))
    };

    "{int} 天后开门,签到顺序为 {names}", "{int} days later the sign-in order is {names}",
    "7 天后开门,签到顺序为 \"乙, 甲\"", "7 days later the sign-in order is \"B, A\"" => |world, words| {
        world.next_day(u64::from(number(words, 0)?), None)?;
        sign_in_all(world, word(words, 1))
    };
}

/// A later day opens, and whoever was there on the day before signs in, in their order.
pub(super) fn next_day(world: &mut World, days: u64) -> Result<(), String> {
    let here = |world: &World, person: &PersonId| {
        world.floor.people.get(person).is_some_and(|member| member.signed_in.is_some())
    };
    let order: Vec<PersonId> =
        world.floor.rings.values().flat_map(|ring| ring.order.clone()).collect();
    let mut people: Vec<PersonId> = Vec::new();
    for person in order {
        if here(world, &person) && !people.contains(&person) {
            people.push(person);
        }
    }
    world.next_day(days, None)?;
    for person in people {
        world.command(&Command::SignIn { person });
        world.check_refusal()?;
    }
    Ok(())
}

/// Puts the people on the floor in this order, signed in.
pub(super) fn order(world: &mut World, list: &str) -> Result<(), String> {
    sign_in_all(world, list)?;
    let order: Vec<PersonId> = names(list).iter().map(|name| world.person(name)).collect();
    let rings: Vec<_> = world.floor.rings.keys().copied().collect();
    for ring in rings {
        world.command(&Command::SetOrder { ring, order: order.clone() });
        world.check_refusal()?;
    }
    Ok(())
}

/// Signs the people in, in this order.
fn sign_in_all(world: &mut World, list: &str) -> Result<(), String> {
    let people: Vec<PersonId> = names(list).iter().map(|name| world.person(name)).collect();
    world.open();
    for person in people {
        if world.floor.people.get(&person).is_some_and(|member| member.signed_in.is_none()) {
            world.command(&Command::SignIn { person });
            world.check_refusal()?;
        }
    }
    Ok(())
}
