//! Steps: whose client somebody is, how they are classed, what the site has set.

use super::{
    int,
    lexicon::{class, group, trigger},
    word,
};
use crate::{
    follow_up::{
        Command,
        rules::{Class, Group, Means, Tag, Trigger},
    },
    scenario::{World, steps},
};

steps! { "follow_up";
    "{client} 由 {name} <负责|跟进|负责跟进>", "{client} is <looked after|followed up> by {name}",
    "\"王先生\" 由 \"甲\" 负责", "\"Wang\" is looked after by \"A\"" => |world, words| {
        owns(world, word(words, 0), word(words, 1));
        Ok(())
    };

    "{name} <有|拥有|负责|负责的|名下有|跟进的|名下的>客户 {client}", "{name} <looks after|owns|is responsible for|has> <the |>client {client}",
    "\"甲\" 名下有客户 \"王先生\"", "\"A\" looks after client \"Wang\"" => |world, words| {
        owns(world, word(words, 1), word(words, 0));
        Ok(())
    };

    "{client} 的<客服专员|售后专员|客服代表>是 {name}", "{client}'s service representative is {name}",
    "\"王先生\" 的客服专员是 \"丙\"", "\"Wang\"'s service representative is \"C\"" => |world, words| {
        let service = Some(world.person(word(words, 1)));
        describe(world, word(words, 0), |key, tags, known| {
            *known = service;
            let _ = (key, tags);
        });
        Ok(())
    };

    "{client} <是|为|标为|被标为><重点客户|关键客户|重点>", "{client} is <a |marked as |marked as a |>key< client| customer|>",
    "\"王先生\" 是重点客户", "\"Wang\" is a key client" => |world, words| {
        describe(world, word(words, 0), |key, _, _| *key = true);
        Ok(())
    };

    "{client} [人脉广|人脉广泛|标记为人脉广|处于第四阶段|在第四阶段]", "{client} is [well connected|tagged well connected|at stage 4|in stage 4]",
    "\"王先生\" 人脉广", "\"Wang\" is well connected" => |world, words| {
        let tag = if word(words, 1).contains("阶段") || word(words, 1).contains("stage") { Tag::StageFour } else { Tag::WellConnected };
        describe(world, word(words, 0), |_, tags, _| { tags.insert(tag); });
        Ok(())
    };

    "{client} <的|><类别|等级|级别|分类|意向><为|是> {class}", "{client}<'s| has|> <class|grade|interest>< is|> {class}",
    "\"王先生\" 的等级为 \"B\"", "\"Wang\"'s class is \"B\"" => |world, words| classify(world, words);

    "{client} <被|>[分|定|划|标]<为|类为|入> {class} <类|级|类客户|级客户|>", "{client} is [classed|graded|marked] <as |>{class}",
    "\"王先生\" 被分为 \"B\"类", "\"Wang\" is classed as \"B\"" => |world, words| {
        classify(world, &[word(words, 0), word(words, 2)])
    };

    "{name} <将|把> {client} <分|归|定|标|设>为 {class}", "{name} <classes|grades|marks> {client} as {class}",
    "\"甲\" 将 \"王先生\" 分为 \"B\"", "\"A\" classes \"Wang\" as \"B\"" => |world, words| {
        owns(world, word(words, 1), word(words, 0));
        classify(world, &[word(words, 1), word(words, 2)])
    };

    "{client} 本月<购买|采购|买了|销售额为|销售额> {int} 元", "{client} buys for {int} yuan this month",
    "\"王先生\" 本月购买 10000 元", "\"Wang\" buys for 10000 yuan this month" => |world, words| {
        let sales = int(words, 1)?;
        world.follow(Some(word(words, 0)), &Command::Grade { sales });
        Ok(())
    };

    "<定期|>[回访|跟进|联系|走访|客户回访|电话回访|拜访|核对|档案核对]<的|><间隔|周期><为|是|:|> {int} 天", "the [revisit|follow-up|contact|visit|callback|review|file review] interval is {int} days",
    "回访间隔为 30 天", "the revisit interval is 30 days" => |world, words| {
        let days = word(words, 1);
        if word(words, 0).contains("核对") || word(words, 0).contains("review") {
            return world.set("follow_up.list.review_days", days);
        }
        let written = written_rhythms(world);
        if written.is_empty() {
            return Err("this rulebook has no rhythm of contact; write `task = true` in one of `[follow_up.rhythm.*]`".into());
        }
        written.into_iter().try_for_each(|group| rhythm(world, group, days))
    };

    "{group} <类|级|的|类客户的|级客户的|客户的|>[回访|跟进|联系|走访|]<间隔|周期><为|是> {int} 天", "the interval <for|of> {group} < clients|> is {int} days",
    "\"B\" 类客户的回访间隔为 30 天", "the interval for \"B\" is 30 days" => |world, words| {
        let days = words.iter().rev().find(|word| word.parse::<u32>().is_ok()).copied().unwrap_or("");
        rhythm(world, group(word(words, 0))?, days)
    };

    "{group} <类|级|意向|类客户|级客户|客户|><的|>跟进计划为第 {days} 天", "the <follow-up |>plan for {group} is days {days}",
    "\"B\" 类客户跟进计划为第 \"1, 3, 7\" 天", "the plan for \"B\" is days \"1, 3, 7\"" => |world, words| {
        let group = group(word(words, 0))?;
        world.set(&format!("follow_up.rhythm.{}.plan_days", group.word()), &format!("[{}]", word(words, 1)))
    };

    "{trigger} 的<时限|期限|回访时间|间隔><为|是> {int} [分钟|小时|天|日|个工作日|工作日]", "the limit for {trigger} is {int} [minutes|hours|days|working days]",
    "\"客户要求\" 的时限为 24 小时", "the limit for \"a request\" is 24 hours" => |world, words| {
        let trigger = trigger(word(words, 0))?;
        limit(world, trigger, int(words, 1)?, word(words, 2))
    };

    "{trigger} 后第 {days} 天<跟进|回访|联系>", "{trigger} is followed up on days {days}",
    "\"交付\" 后第 \"7, 30\" 天回访", "\"delivery\" is followed up on days \"7, 30\"" => |world, words| {
        let trigger = trigger(word(words, 0))?;
        let kinds = world.kinds();
        if kinds.follow_up.on.get(&trigger).is_some_and(|rules| rules.due.is_unset()) {
            world.set(&format!("follow_up.on.{}.due", trigger.word()), "on_days")?;
        }
        world.set(&format!("follow_up.on.{}.after", trigger.word()), &format!("[{}]", word(words, 1)))
    };

    "<跟进的|处理的|答复的|回访的|>时限<为|是> {int} [分钟|小时|天|日|个工作日|工作日]", "the <time |>limit is {int} [minutes|hours|days|working days]",
    "时限为 24 小时", "the limit is 24 hours" => |world, words| {
        let rules = world.kinds();
        let open: Vec<Trigger> = rules.follow_up.on.iter()
            .filter(|(_, rules)| rules.task.value() == Some(&true) && (rules.due.is_unset() || rules.after.is_unset()))
            .map(|(trigger, _)| *trigger)
            .collect();
        if open.is_empty() { return Err("no limit is open in this rulebook".into()); }
        open.into_iter().try_for_each(|trigger| limit(world, trigger, int(words, 0)?, word(words, 1)))
    };

    "<容差|宽限|容许误差|允许误差|容许迟延><为|是|> {int} 分钟", "the <tolerance|grace> is {int} minutes",
    "容差为 15 分钟", "the tolerance is 15 minutes" => |world, words| {
        for_each_task(world, "grace_minutes", word(words, 0))
    };

    "<提前|在期限前|到期前> {int} 分钟提醒", "a reminder comes {int} minutes before",
    "提前 30 分钟提醒", "a reminder comes 30 minutes before" => |world, words| {
        for_each_task(world, "remind_minutes", word(words, 0))
    };

    "{name} <的下班时间为|的下班时间是|于|今天|> {time} <下班|>", "{name}'s shift ends at {time}",
    "\"甲\" 的下班时间为 18:00", "\"A\"'s shift ends at 18:00" => |world, words| {
        let person = world.person(word(words, 0));
        let ends = world.moment_named("", word(words, 1))?.time();
        world.follow_up.shift_ends.insert(person, ends);
        Ok(())
    };

    "{date} <是|为>{text} <节|>", "{date} is {text}",
    "明天是\"中秋节\"", "tomorrow is \"Mid-Autumn\"" => |world, words| {
        let day = world.day_named(word(words, 0))?;
        add_day(world, "festivals", &format!("{} {}", day.format("%Y-%m-%d"), word(words, 1)))
    };

    "{date} <放假|休息|是法定假日|为法定假日|是休息日|为休息日|不上班>", "{date} is a <public holiday|day off|holiday>",
    "2024-06-10 放假", "2024-06-10 is a public holiday" => |world, words| {
        let day = world.day_named(word(words, 0))?;
        add_day(world, "days_off", &day.format("%Y-%m-%d").to_string())
    };

    "{date} <调休上班|补班|为调休上班日|是补班日>", "{date} is <worked|a working day>< instead|>",
    "2024-06-08 调休上班", "2024-06-08 is worked instead" => |world, words| {
        let day = world.day_named(word(words, 0))?;
        add_day(world, "workdays", &day.format("%Y-%m-%d").to_string())
    };

    "<到了|到|时间到了>{date}", "{date} <comes|arrives|opens>",
    "到了星期五", "Friday comes" => |world, words| world.go_to_day(word(words, 0));

    "<过了|又过了|过去> {int} 天", "{int} days <pass|go by>",
    "过了 31 天", "31 days pass" => |world, words| later(world, int(words, 0)?);

    "{int} 天<后|之后|过后>", "{int} days later",
    "31 天后", "31 days later" => |world, words| later(world, int(words, 0)?);

    "{name} <最后一次|上次|最近一次|上一次>[联系|跟进|回访|致电|拜访|走访|电话联系] {client} <是|在|是在|为> {int} 天<前|以前|之前>", "{name} last [contacted|followed up|called|visited|messaged] {client} {int} days ago",
    "\"甲\" 上次联系 \"王先生\" 是 31 天前", "\"A\" last contacted \"Wang\" 31 days ago" => |world, words| {
        let means = if ["拜访", "走访", "visited"].contains(&word(words, 1)) { Means::Visit } else { Means::Call };
        ago(world, word(words, 0), word(words, 2), means, int(words, 3)?)
    };

    "{name} <已|已经> {int} 天<没有|未|没|不曾>[联系|跟进|回访|致电|拜访|走访] {client}", "{name} has not [contacted|followed up|called|visited] {client} for {int} days",
    "\"甲\" 已 30 天未联系 \"王先生\"", "\"A\" has not called \"Wang\" for 30 days" => |world, words| {
        let days = words.iter().find_map(|word| word.parse().ok()).unwrap_or(0);
        let visit = words.iter().any(|word| ["拜访", "走访", "visited"].contains(word));
        // Chinese names the days before the client, English after.
        let client = if word(words, 3).parse::<u32>().is_ok() { word(words, 2) } else { word(words, 3) };
        ago(world, word(words, 0), client, if visit { Means::Visit } else { Means::Call }, days)
    };

    "{client} 的档案<上次|最后一次|最近一次><确认|核对>是 {int} 天前", "{client}'s file was last <confirmed|reviewed> {int} days ago",
    "\"王先生\" 的档案上次核对是 91 天前", "\"Wang\"'s file was last confirmed 91 days ago" => |world, words| {
        let at = world.now() - chrono::TimeDelta::days(int(words, 1)?);
        world.follow_at(Some(word(words, 0)), &Command::ConfirmFile, at);
        Ok(())
    };

    "{client} <已|>建档<未分类|>", "{client} <has a file|is on file>",
    "\"王先生\" 已建档", "\"Wang\" has a file" => |world, words| {
        describe(world, word(words, 0), |_, _, _| ());
        Ok(())
    };

    "{name} <是|为|担任><指定专人|网络客户信息专人|网络信息专人|信息管理专人>", "{name} is <the |>keeper< of the online leads|>",
    "\"丁\" 是指定专人", "\"D\" is the keeper" => |world, words| {
        let keeper = world.person(word(words, 0));
        world.follow_up.keeper = Some(keeper);
        Ok(())
    };
}

pub(super) fn owns(world: &mut World, client: &str, name: &str) {
    let (owner, client) = (world.person(name), world.client(client));
    world.follow_up.owners.insert(client, owner);
    world.follow_up.trackings.entry(Some(client)).or_default();
}

fn describe(
    world: &mut World,
    client: &str,
    change: impl FnOnce(
        &mut bool,
        &mut std::collections::BTreeSet<Tag>,
        &mut Option<crate::people::PersonId>,
    ),
) {
    let known = world.tracking(client);
    let (mut key, mut tags, mut service) = (known.key, known.tags, known.service);
    change(&mut key, &mut tags, &mut service);
    world.follow(Some(client), &Command::Describe { key, tags, service });
}

fn classify(world: &mut World, words: &[&str]) -> Result<(), String> {
    let class: Class = class(word(words, 1))?;
    world.follow(Some(word(words, 0)), &Command::Classify { class });
    Ok(())
}

fn written_rhythms(world: &World) -> Vec<Group> {
    let kinds = world.kinds();
    let written = |(_, rules): &(&Group, &crate::follow_up::rules::RhythmRules)| {
        rules.task.value() == Some(&true)
    };
    kinds.follow_up.rhythm.iter().filter(written).map(|(group, _)| *group).collect()
}

fn rhythm(world: &mut World, group: Group, days: &str) -> Result<(), String> {
    world.set(&format!("follow_up.rhythm.{}.interval_days", group.word()), days)
}

/// Sets how long something may take.
fn limit(world: &mut World, trigger: Trigger, length: u32, unit: &str) -> Result<(), String> {
    let table = format!("follow_up.on.{}", trigger.word());
    let rules = world.kinds();
    let due = rules.follow_up.on.get(&trigger).and_then(|rules| rules.due.value()).copied();
    let (word, length) = match unit {
        "分钟" | "minutes" => ("within_minutes", length),
        "小时" | "hours" => ("within_minutes", length.saturating_mul(60)),
        "个工作日" | "工作日" | "working days" => ("within_working_days", length),
        _ if due == Some(crate::follow_up::rules::Due::OnDays) => ("on_days", length),
        _ => ("within_days", length),
    };
    if due.is_none_or(|due| due.word() != word) {
        world.set(&format!("{table}.due"), word)?;
    }
    world.set(&format!("{table}.after"), &format!("[{length}]"))
}

/// Sets `setting` of everything that must follow something.
fn for_each_task(world: &mut World, setting: &str, value: &str) -> Result<(), String> {
    let kinds = world.kinds();
    let written = kinds.follow_up.on.iter().filter(|(_, rules)| rules.task.value() == Some(&true));
    let tables: Vec<&str> = written.map(|(trigger, _)| trigger.word()).collect();
    tables
        .into_iter()
        .try_for_each(|table| world.set(&format!("follow_up.on.{table}.{setting}"), value))
}

fn add_day(world: &mut World, list: &str, day: &str) -> Result<(), String> {
    let kinds = world.kinds();
    let calendar = &kinds.follow_up.calendar;
    let known = match list {
        "festivals" => &calendar.festivals,
        "days_off" => &calendar.days_off,
        _ => &calendar.workdays,
    };
    let mut days = known.value().cloned().unwrap_or_default();
    days.push(day.to_owned());
    let quoted: Vec<String> = days.iter().map(|day| format!("\"{day}\"")).collect();
    world.set(&format!("follow_up.calendar.{list}"), &format!("[{}]", quoted.join(", ")))
}

fn later(world: &mut World, days: u32) -> Result<(), String> {
    let day = crate::calendar::days_after(crate::calendar::day_of(world.now()), days);
    world.on_date(&day.format("%Y-%m-%d").to_string())
}

fn ago(world: &mut World, name: &str, client: &str, means: Means, days: i64) -> Result<(), String> {
    owns(world, client, name);
    let by = world.person(name);
    let at = world.now() - chrono::TimeDelta::days(days);
    world.follow_at(Some(client), &Command::Contacted { by, means }, at);
    Ok(())
}
