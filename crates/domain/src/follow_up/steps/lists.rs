//! Steps: who is on whose list, in which order, and who lacks what.

use rulebook::Trail;

use super::{denies, lexicon::trigger, word};
use crate::{
    follow_up::{
        list::{is_stale, lacks_class, lacks_next_step, next_number, visits_today},
        state::{Standing, Task},
    },
    scenario::{World, steps, text::names},
};

steps! { "follow_up";
    "<新的一天开始|新的一天开门|打开当日清单|生成当日清单|营业开始>", "the day <opens|starts|begins|list is built>",
    "新的一天开始", "the day opens" => |world, _| {
        world.bring_up();
        Ok(())
    };

    "{client} [在|出现在|列在|列入|进入|不在|不出现在|未列入|未进入] {name} 的<回访|跟进|待办|当日|今日|走访|联系|>[清单|名单|列表|待办|任务|日程]<上|中|里|>", "{client} [is on|appears on|is not on|does not appear on] {name}'s <revisit |day |task |callback |follow-up |>[list|tasks]",
    "\"王先生\" 在 \"甲\" 的回访名单中", "\"Wang\" is on \"A\"'s revisit list" => |world, words| {
        let listed = on_list(world, word(words, 0), word(words, 2));
        hold(!denies(word(words, 1)), listed, "is on the list")
    };

    "{client} <现在|今日|>[应|须|该|不应|无须|不须|不必]<回访|跟进|联系|走访|拜访|致电>", "{client} [is due|is on the list|is not due|is not on the list]",
    "\"王先生\" 应回访", "\"Wang\" is due" => |world, words| {
        let now = world.now();
        let listed = world.tracking(word(words, 0)).open_tasks().any(|task| task.is_listed(now));
        cite_client(world, word(words, 0));
        hold(!denies(word(words, 1)), listed, "is due")
    };

    "{client} [到期|待跟进|在名单中|不在名单中|不到期|未到期]", "{client} [is on the day list|is not on the day list]",
    "\"王先生\" 到期", "\"Wang\" is on the day list" => |world, words| {
        let now = world.now();
        let listed = world.tracking(word(words, 0)).open_tasks().any(|task| task.is_listed(now));
        cite_client(world, word(words, 0));
        hold(!denies(word(words, 1)), listed, "is due")
    };

    "{name} 的<回访|跟进|待办|当日|今日|>[清单|名单|列表|待办]<依次|>是 {clients}", "{name}'s <revisit |day |task |>list is {clients}",
    "\"甲\" 的当日清单依次是 \"王先生, 李女士\"", "\"A\"'s day list is \"Wang, Li\"" => |world, words| {
        let clients = words.last().copied().unwrap_or("");
        let shown = names_on_list(world, word(words, 0));
        let wanted = names(clients);
        if shown == wanted { Ok(()) } else { Err(format!("the list is {}", shown.join(", "))) }
    };

    "{name} 的<回访|跟进|待办|当日|今日|>清单为空", "{name}'s list is empty",
    "\"甲\" 的当日清单为空", "\"A\"'s list is empty" => |world, words| {
        let shown = names_on_list(world, word(words, 0));
        if shown.is_empty() { Ok(()) } else { Err(format!("the list is {}", shown.join(", "))) }
    };

    "{client} <排在|位于|列于> {name} <的|>清单<的|>[首位|第一位|最前|最前面]", "{client} [tops|is first on|precedes] {name}'s list",
    "\"王先生\" 排在 \"甲\" 清单的首位", "\"Wang\" tops \"A\"'s list" => |world, words| {
        let name = if word(words, 1).is_ascii() && ["tops", "is first on", "precedes"].contains(&word(words, 1)) { word(words, 2) } else { word(words, 1) };
        let shown = names_on_list(world, name);
        match shown.first() {
            Some(first) if first == word(words, 0) => Ok(()),
            _ => Err(format!("the list is {}", shown.join(", "))),
        }
    };

    "{client} <列入|属于>无下一步<的|>客户", "{client} is listed as without a next step",
    "\"王先生\" 列入无下一步客户", "\"Wang\" is listed as without a next step" => |world, words| without_step(world, word(words, 0), true);

    "{client} <不列入|未列入|不属于>无下一步<的|>客户", "{client} is not listed as without a next step",
    "\"王先生\" 不列入无下一步客户", "\"Wang\" is not listed as without a next step" => |world, words| without_step(world, word(words, 0), false);

    "{client} [列入|不列入|未列入]<未分类|待整理><客户|名单|客户名单|档案>", "{client} is [listed|not listed] as <unclassed|unsorted|without a class>",
    "\"王先生\" 列入未分类名单", "\"Wang\" is listed as unclassed" => |world, words| {
        let (tracking, kinds) = (world.tracking(word(words, 0)), world.kinds());
        let mut trail = Trail::default();
        let lacks = lacks_class(&kinds.follow_up, &tracking, &mut trail);
        world.note_reasons(trail.because());
        hold(!denies(word(words, 1)), lacks, "is listed as unclassed")
    };

    "{client} 的档案[列为|不列为|未列为]<过期|待核对>", "{client}'s file is [listed|not listed] as stale",
    "\"王先生\" 的档案列为过期", "\"Wang\"'s file is listed as stale" => |world, words| {
        let (tracking, kinds, at) = (world.tracking(word(words, 0)), world.kinds(), world.now());
        let mut trail = Trail::default();
        let stale = is_stale(&kinds.follow_up, &tracking, at, &mut trail);
        world.note_reasons(trail.because());
        hold(!denies(word(words, 1)), stale, "is stale")
    };

    "{client} [列入|不列入|未列入]<本周|本期|上周|>走访不足<名单|客户|>", "{client} is [listed|not listed] for too few visits",
    "\"王先生\" 列入本周走访不足名单", "\"Wang\" is listed for too few visits" => |world, words| {
        use chrono::{Datelike, TimeDelta};
        let tracking = world.tracking(word(words, 0));
        let kinds = world.kinds();
        // The last Sunday, today included.
        let today = crate::calendar::day_of(world.now());
        let back = i64::from(today.weekday().num_days_from_sunday());
        let last = today - TimeDelta::days(back);
        let short = crate::follow_up::decide::visits_short(&kinds.follow_up, &tracking, last);
        let mut trail = Trail::default();
        if let Some((group, count)) = short
            && let Some(rules) = kinds.follow_up.rhythm.get(&group)
        {
            let missing = rulebook::facts![count = count];
            trail.cite("visits_short", count > 0, &rules.visits, missing);
            trail.cite("visits_short", count > 0, &rules.period_weeks, Vec::new());
        }
        world.note_reasons(trail.because());
        hold(!denies(word(words, 1)), short.is_some_and(|(_, count)| count > 0), "is listed")
    };

    "{name} <申请|要|请求><下一个号码|下一号码|下一位客户>", "{name} asks for the next <number|customer|client>",
    "\"甲\" 申请下一个号码", "\"A\" asks for the next number" => |world, words| {
        world.bring_up();
        let person = world.person(word(words, 0));
        let mut trail = Trail::default();
        let given = next_number(world.follow_up.trackings.values(), person, &mut trail);
        world.note_reasons(trail.because());
        world.follow_up.next_number = Some(given);
        Ok(())
    };

    "[发给|给出|不发给|不给出|暂不发给|扣留]下一个号码", "the next number is [given|withheld|not given]",
    "不发给下一个号码", "the next number is withheld" => |world, words| {
        let wanted = !(denies(word(words, 0)) || ["扣留", "withheld"].contains(&word(words, 0)));
        let given = world.follow_up.next_number.ok_or("nobody has asked for a number")?;
        hold(wanted, given, "the next number is given")
    };

    "{name} 出发时<带|携带|打开>{clients}的<客户|>卡", "{name} sets out with the cards of {clients}",
    "\"甲\" 出发时打开\"王先生\"的客户卡", "\"A\" sets out with the cards of \"Wang\"" => |world, words| {
        let person = world.person(word(words, 0));
        world.bring_up();
        let (at, kinds) = (world.now(), world.kinds());
        let prompts = &kinds.follow_up.list.prompts;
        let shown = prompts.value().is_some_and(|shown| shown.contains(&crate::follow_up::rules::Prompt::Cards));
        let all: Vec<_> = world.follow_up.trackings.iter().map(|(id, tracking)| (*id, tracking)).collect();
        let clients = visits_today(&all, person, at);
        let mut carried: Vec<String> = clients.into_iter().map(|client| world.client_name(Some(client))).collect();
        let mut trail = Trail::default();
        trail.cite("shown", shown, prompts, Vec::new());
        world.note_reasons(trail.because());
        let mut wanted = names(word(words, 1));
        wanted.sort();
        carried.sort();
        if shown && carried == wanted { Ok(()) } else { Err(format!("shown: {shown}; the cards are of {}", carried.join(", "))) }
    };

    "{name} <有|得到|收到> {client} 的 {trigger} 任务", "{name} has a task for {client}: {trigger}",
    "\"甲\" 有 \"王先生\" 的 \"重要节日\" 任务", "\"A\" has a task for \"Wang\": \"holiday\"" => |world, words| {
        let task = world.task_of(word(words, 1), Some(trigger(word(words, 2))?))?;
        let person = world.person(word(words, 0));
        if task.person == Some(person) && task.end.is_none() { Ok(()) } else { Err(format!("the task is {}'s: {:?}", world.name_of(task.person), task.end)) }
    };

    "{name} <没有|无> {client} 的 {trigger} 任务", "{name} has no task for {client}: {trigger}",
    "\"甲\" 没有 \"王先生\" 的 \"重要节日\" 任务", "\"A\" has no task for \"Wang\": \"holiday\"" => |world, words| {
        let person = world.person(word(words, 0));
        let wanted = trigger(word(words, 2))?;
        let tracking = world.tracking(word(words, 1));
        let has = tracking.open_tasks().any(|task| task.trigger == wanted && task.person == Some(person));
        hold(false, has, "there is such a task")
    };
}

fn hold(wanted: bool, is: bool, what: &str) -> Result<(), String> {
    if wanted == is { Ok(()) } else { Err(format!("{what}: {is}")) }
}

fn listed(world: &mut World, name: &str) -> Vec<(String, Task)> {
    let person = world.person(name);
    let lines = world.day_list(person);
    lines.into_iter().map(|(client, task)| (world.client_name(client), task)).collect()
}

fn names_on_list(world: &mut World, name: &str) -> Vec<String> {
    let mut shown: Vec<String> = Vec::new();
    for (client, _) in listed(world, name) {
        if !shown.contains(&client) {
            shown.push(client);
        }
    }
    shown
}

fn on_list(world: &mut World, client: &str, name: &str) -> bool {
    cite_client(world, client);
    listed(world, name)
        .iter()
        .any(|(shown, task)| shown == client && task.standing(world.now()) != Standing::Over)
}

/// The clauses of the client's tasks are reasons, whether they are on a list or not.
fn cite_client(world: &mut World, client: &str) {
    let mut trail = Trail::default();
    for task in &world.tracking(client).tasks {
        trail.granted("on_list", &task.clauses, Vec::new());
    }
    world.note_reasons(trail.because());
}

fn without_step(world: &mut World, client: &str, wanted: bool) -> Result<(), String> {
    let (tracking, kinds) = (world.tracking(client), world.kinds());
    let mut trail = Trail::default();
    let lacks = lacks_next_step(&kinds.follow_up, &tracking, &mut trail);
    world.note_reasons(trail.because());
    hold(wanted, lacks, "is listed as without a next step")
}
