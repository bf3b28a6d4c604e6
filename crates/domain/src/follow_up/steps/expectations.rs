//! Steps: by when, on time or late, who is told, what is missing.

use rulebook::Trail;

use super::{
    denies, int,
    lexicon::{class, fields, trigger},
    word,
};
use crate::{
    calendar::day_of,
    follow_up::{
        Event, Outcome,
        rules::{Department, Field, Prompt, Trigger},
        state::{Standing, Task},
    },
    people::Role,
    scenario::{World, steps, text::names},
};

steps! { "follow_up";
    "{client} 的<任务|跟进|回访|联系|答复|送达><期限|截止时间|到期时间|应于|最迟|截止><为|是|> {time} <前|完成|前完成|>", "{client}'s task is due <by |at |>{time}",
    "\"王先生\" 的任务期限为 18:00", "\"Wang\"'s task is due by 18:00" => |world, words| due_at(world, word(words, 0), "", word(words, 1));

    "{client} 的<任务|跟进|回访|联系|答复|送达><期限|截止时间|到期日|到期时间|应于|最迟|截止><为|是|>{date} <前|日终|24:00|结束前|完成|>", "{client}'s task is due <by |on |by the end of |at the end of |>{date}",
    "\"王先生\" 的任务期限为6月13日", "\"Wang\"'s task is due by 13 June" => |world, words| due_at(world, word(words, 0), word(words, 1), "24:00");

    "{client} 的<任务|跟进|回访|联系|答复|送达><期限|截止时间|到期时间|应于|最迟|截止><为|是|>{date} {time}", "{client}'s task is due on {date} at {time}",
    "\"王先生\" 的任务期限为3月6日 15:00", "\"Wang\"'s task is due on 6 March at 15:00" => |world, words| due_at(world, word(words, 0), word(words, 1), word(words, 2));

    "{client} 的任务<日期|>依次为 {days}", "{client} has tasks on {days}",
    "\"王先生\" 的任务依次为 \"3月2日, 3月4日, 3月8日\"", "\"Wang\" has tasks on \"2 March, 4 March, 8 March\"" => |world, words| {
        let tracking = world.tracking(word(words, 0));
        let mut trail = Trail::default();
        let mut days: Vec<_> = tracking.tasks.iter().filter(|task| task.end.is_none()).filter_map(|task| task.due).map(day_of).collect();
        tracking.tasks.iter().for_each(|task| trail.granted("on_list", &task.clauses, Vec::new()));
        world.note_reasons(trail.because());
        days.sort_unstable();
        let wanted = names(word(words, 1)).iter().map(|day| world.day_named(day)).collect::<Result<Vec<_>, _>>()?;
        if days == wanted { Ok(()) } else { Err(format!("the tasks are due on {days:?}")) }
    };

    "{client} 没有<任务|待办>", "{client} has no task",
    "\"王先生\" 没有任务", "\"Wang\" has no task" => |world, words| {
        let tracking = world.tracking(word(words, 0));
        let open: Vec<&Task> = tracking.open_tasks().collect();
        if open.is_empty() { Ok(()) } else { Err(format!("open: {:?}", open.iter().map(|task| task.trigger).collect::<Vec<_>>())) }
    };

    "{client} 的任务[按时完成|及时完成|准时完成|逾期完成|迟了|未完成|仍未完成|已完成|已错过|逾期|已逾期|未逾期]", "{client}'s task is [done on time|on time|done late|late|not done|done|missed|overdue|not overdue]",
    "\"王先生\" 的任务按时完成", "\"Wang\"'s task is done on time" => |world, words| task_is(world, word(words, 0), None, word(words, 1));

    "{client} 的 {trigger} 任务[按时完成|及时完成|准时完成|逾期完成|迟了|未完成|仍未完成|已完成|已错过|逾期|已逾期|未逾期|已取消]", "{client}'s {trigger} task is [done on time|on time|done late|late|not done|done|missed|overdue|not overdue|cancelled]",
    "\"王先生\" 的 \"来访\" 任务按时完成", "\"Wang\"'s \"visit\" task is done on time" => |world, words| {
        let what = trigger(word(words, 1))?;
        task_is(world, word(words, 0), Some(what), word(words, 2))
    };

    "[按时|准时|及时|迟到|逾期|超时]<联系|发出|完成|>", "it is [on time|late]",
    "按时完成", "it is on time" => |world, words| {
        let late = ["迟到", "逾期", "超时", "late"].contains(&word(words, 0));
        match &world.follow_up.outcome {
            Some(Outcome::Recorded { completed, .. }) if !completed.is_empty() => {
                let was = completed.iter().any(|done| done.late);
                if was == late { Ok(()) } else { Err(format!("late: {was}")) }
            }
            None => world.form_late(late),
            other => Err(format!("nothing was completed: {other:?}")),
        }
    };

    "<联系|跟进|>[未按|未遵守|按|遵守]<约定的|约定>方式", "the <agreed |>manner is [not kept|kept]",
    "未按约定方式", "the manner is not kept" => |world, words| {
        let other = match &world.follow_up.outcome {
            Some(Outcome::Recorded { other_manner, .. }) => *other_manner,
            other => return Err(format!("nothing was recorded: {other:?}")),
        };
        if other == denies(word(words, 0)) { Ok(()) } else { Err(format!("another manner: {other}")) }
    };

    "<系统|>提醒 {name} <跟进|联系|回访|答复|办理> {client}", "{name} is [reminded|alerted|prompted] <about |of |to contact |to follow up >{client}",
    "提醒 \"甲\" 跟进 \"王先生\"", "\"A\" is reminded of \"Wang\"" => |world, words| {
        let client = words.last().copied().unwrap_or("");
        reminded(world, word(words, 0), client, true)
    };

    "[未|没有|不]提醒 {name} <跟进|联系|回访|答复|办理> {client}", "{name} is not [reminded|alerted|prompted] <about |of |to contact |to follow up >{client}",
    "未提醒 \"甲\" 跟进 \"王先生\"", "\"A\" is not reminded of \"Wang\"" => |world, words| {
        let client = words.last().copied().unwrap_or("");
        let name = if denies(word(words, 0)) && !word(words, 0).is_ascii() { word(words, 1) } else { word(words, 0) };
        reminded(world, name, client, false)
    };

    "{name} <被|收到>提醒", "{name} is <reminded|alerted|prompted>",
    "\"甲\" 被提醒", "\"A\" is reminded" => |world, words| {
        let (person, at) = (world.person(word(words, 0)), world.now());
        let lines = world.day_list(person);
        let told = lines.iter().any(|(_, task)| is_reminding(task, at));
        if told { Ok(()) } else { Err(format!("{} tasks, none of them calls", lines.len())) }
    };

    "[主管|经理|销售主管][看到|看不到|未看到|收到告警:|收到] {client} <的任务|的跟进|><被|>[错过|逾期|未完成|到期|]", "the [supervisor|manager] [sees|does not see] {client} < as|> [missed|overdue|due]",
    "主管看到 \"王先生\" 的任务逾期", "the supervisor sees \"Wang\" as missed" => |world, words| {
        let role = if ["经理", "manager"].contains(&word(words, 0)) { Role::Manager } else { Role::Supervisor };
        let at = world.now();
        let tracking = world.tracking(word(words, 2));
        let mut trail = Trail::default();
        tracking.open_tasks().for_each(|task| trail.granted("missed", &task.clauses, Vec::new()));
        world.note_reasons(trail.because());
        let seen = tracking.open_tasks().any(|task| task.is_escalated(at) && task.escalate_to.contains(&role));
        if seen != denies(word(words, 1)) { Ok(()) } else { Err(format!("seen: {seen}")) }
    };

    "<保存|记录|登记|关闭>被拒绝,<缺少|指出缺少|指出> {fields}", "saving is refused, <lacking|naming> {fields}",
    "保存被拒绝,缺少 \"意向\"", "saving is refused, lacking \"intent\"" => |world, words| {
        if world.follow_up.outcome.is_none() {
            return world.form_lacks(word(words, 0));
        }
        let wanted = fields(word(words, 0))?;
        let _ = world.take_refusal();
        match &world.follow_up.outcome {
            Some(Outcome::Lacking { missing }) if same_fields(missing, &wanted) => Ok(()),
            other => Err(format!("what came of it: {other:?}")),
        }
    };

    "<保存|记录|登记|关闭><被拒绝|不成功|不予保存>", "saving is refused",
    "保存被拒绝", "saving is refused" => |world, _| match world.take_refusal() {
        Some(_) => Ok(()),
        None => Err(format!("it was saved: {:?}", world.follow_up.outcome)),
    };

    "<记录|保存><已|><保存|成功>", "it is saved",
    "记录已保存", "it is saved" => |world, _| match &world.follow_up.outcome {
        Some(Outcome::Recorded { .. } | Outcome::Ended { .. }) => Ok(()),
        None => world.form_saved(),
        other => Err(format!("what came of it: {other:?}")),
    };

    "<提示|要求|请>补填 {fields}", "{fields} is still asked for",
    "提示补填 \"意向\"", "\"intent\" is still asked for" => |world, words| {
        if world.follow_up.outcome.is_none() {
            return world.form_wishes(word(words, 0));
        }
        let wanted = fields(word(words, 0))?;
        match &world.follow_up.outcome {
            Some(Outcome::Recorded { asked, .. }) if same_fields(asked, &wanted) => Ok(()),
            other => Err(format!("what came of it: {other:?}")),
        }
    };

    "<须|必须|要求><回答|说明>客户是否明确拒绝", "it <is|must be> asked whether the client refused clearly",
    "须回答客户是否明确拒绝", "it is asked whether the client refused clearly" => |world, _| {
        let _ = world.take_refusal();
        match &world.follow_up.outcome {
            Some(Outcome::AsksForRefusal) => Ok(()),
            other => Err(format!("what came of it: {other:?}")),
        }
    };

    "{client} 的跟进<已|>[结束|继续|停止]", "following {client} up [ends|goes on]",
    "\"王先生\" 的跟进结束", "following \"Wang\" up ends" => |world, words| {
        let ended = !world.tracking(word(words, 0)).is_followed();
        let wanted = !["继续", "goes on"].contains(&word(words, 1));
        if ended == wanted { Ok(()) } else { Err(format!("ended: {ended}")) }
    };

    "{client} [已归档|移出拨打名单|未归档|仍在拨打名单]", "{client} is [archived|off the dial list|not archived|on the dial list]",
    "\"王先生\" 已归档", "\"Wang\" is archived" => |world, words| {
        let archived = world.tracking(word(words, 0)).archived;
        let wanted = !["未归档", "仍在拨打名单", "not archived", "on the dial list"].contains(&word(words, 1));
        if archived == wanted { Ok(()) } else { Err(format!("archived: {archived}")) }
    };

    "{client} <属于|归为|列为|成为> {class} <类|级|客户|>", "{client} <counts as|becomes> {class}",
    "\"王先生\" 归为 \"意向客户\"", "\"Wang\" counts as \"intending\"" => |world, words| {
        let wanted = class(word(words, 1))?;
        let known = world.tracking(word(words, 0)).class;
        if known == Some(wanted) { Ok(()) } else { Err(format!("the class is {known:?}")) }
    };

    "{client} <已|><有|跟进了|跟进> {int} 次<跟进|>,<还差|尚缺|欠> {int} 次", "{client} has {int} follow-ups of a new client, {int} short",
    "\"王先生\" 已跟进 1 次,还差 1 次", "\"Wang\" has 1 follow-ups of a new client, 1 short" => |world, words| {
        let task = world.task_of(word(words, 0), Some(Trigger::Registration))?;
        let (done, short): (u32, u32) = (int(words, 1)?, int(words, 2)?);
        let left = task.times_needed.saturating_sub(task.times_done);
        if (task.times_done, left) == (done, short) { Ok(()) } else { Err(format!("{} done, {left} short", task.times_done)) }
    };

    "{client} 的任务<要求|须填|显示>{fields}", "{client}'s task asks for {fields}",
    "\"王先生\" 的任务要求\"解决方案\"", "\"Wang\"'s task asks for \"solution\"" => |world, words| {
        let wanted = fields(word(words, 1))?;
        let task = world.task_of(word(words, 0), None)?;
        if wanted.iter().all(|field| task.fields.contains(field)) { Ok(()) } else { Err(format!("it asks for {:?}", task.fields)) }
    };

    "<打开|查看> {client} 时<显示|提示> {prompt}", "{client} is shown with {prompt}",
    "打开 \"王先生\" 时显示 \"请客户带新客户\"", "\"Wang\" is shown with \"ask for a referral\"" => |world, words| {
        let shown = prompts(world, word(words, 0));
        let wanted = prompt(word(words, 1))?;
        if shown.contains(&wanted) { Ok(()) } else { Err(format!("shown: {shown:?}")) }
    };

    "<打开|查看> {client} 时不<显示|提示> {prompt}", "{client} is shown without {prompt}",
    "打开 \"王先生\" 时不显示 \"请客户带新客户\"", "\"Wang\" is shown without \"ask for a referral\"" => |world, words| {
        let shown = prompts(world, word(words, 0));
        let wanted = prompt(word(words, 1))?;
        if shown.contains(&wanted) { Err(format!("shown: {shown:?}")) } else { Ok(()) }
    };

    "<告知|自动告知|转给>[销售部|客服部]", "[sales|customer service] <is told|receives it>",
    "告知销售部", "sales is told" => |world, words| {
        let wanted = if ["销售部", "sales"].contains(&word(words, 0)) { Department::Sales } else { Department::CustomerService };
        let done = world.follow_up.events.iter().rev().find_map(|(id, event)| match event {
            Event::TaskDone { task, .. } => Some((*id, *task)),
            _ => None,
        });
        let told = done.and_then(|(id, task)| world.follow_up.trackings.get(&id)?.task(task).map(|task| task.passed_to.clone()));
        if told.as_ref().is_some_and(|told| told.contains(&wanted)) { Ok(()) } else { Err(format!("told: {told:?}")) }
    };

    "{client} 的历史<中|>有{means}", "{client}'s history has a {means}",
    "\"王先生\" 的历史中有\"礼品\"", "\"Wang\"'s history has a \"gift\"" => |world, words| {
        let wanted = super::lexicon::means(word(words, 1))?;
        let has = world.tracking(word(words, 0)).records.iter().any(|record| record.means == wanted);
        if has { Ok(()) } else { Err("there is none".into()) }
    };

    "{client} <记为|是>由 {client} 介绍", "{client} is linked to {client}",
    "\"赵女士\" 记为由 \"王先生\" 介绍", "\"Zhao\" is linked to \"Wang\"" => |world, words| {
        let brought = world.client(word(words, 0));
        let linked = world.tracking(word(words, 1)).introduced.contains(&brought);
        if linked { Ok(()) } else { Err("they are not linked".into()) }
    };
}

fn same_fields(one: &[Field], other: &[Field]) -> bool {
    one.len() == other.len() && one.iter().all(|field| other.contains(field))
}

fn is_reminding(task: &Task, at: crate::calendar::Moment) -> bool {
    matches!(task.standing(at), Standing::Reminded | Standing::Missed)
}

fn due_at(world: &mut World, client: &str, day: &str, time: &str) -> Result<(), String> {
    let task = world.task_of(client, None)?;
    let wanted = world.moment_named(day, time)?;
    if task.due == Some(wanted) { Ok(()) } else { Err(format!("it is due {:?}", task.due)) }
}

fn task_is(
    world: &mut World,
    client: &str,
    what: Option<Trigger>,
    wanted: &str,
) -> Result<(), String> {
    use crate::follow_up::state::TaskEnd;
    let task = world.task_of(client, what)?;
    let missed = task.standing(world.now()) == Standing::Missed;
    let fits = match (wanted, task.end) {
        (
            "按时完成" | "及时完成" | "准时完成" | "done on time" | "on time",
            Some(TaskEnd::Done { late, .. }),
        ) => !late,
        ("逾期完成" | "迟了" | "done late" | "late", Some(TaskEnd::Done { late, .. })) => {
            late
        }
        ("已完成" | "done", Some(TaskEnd::Done { .. }))
        | ("未完成" | "仍未完成" | "not done", None) => true,
        ("已错过" | "逾期" | "已逾期" | "missed" | "overdue", None) => missed,
        ("未逾期" | "not overdue", _) => !missed,
        ("已取消" | "cancelled", Some(TaskEnd::Cancelled { .. })) => true,
        _ => false,
    };
    if fits {
        Ok(())
    } else {
        Err(format!("it is due {:?}, ended {:?}, missed: {missed}", task.due, task.end))
    }
}

fn reminded(world: &mut World, name: &str, client: &str, wanted: bool) -> Result<(), String> {
    let (person, at) = (world.person(name), world.now());
    let tracking = world.tracking(client);
    let mut trail = Trail::default();
    tracking.open_tasks().for_each(|task| trail.granted("reminder", &task.clauses, Vec::new()));
    world.note_reasons(trail.because());
    let told =
        tracking.open_tasks().any(|task| task.person == Some(person) && is_reminding(task, at));
    if told == wanted {
        return Ok(());
    }
    let open: Vec<_> =
        tracking.open_tasks().map(|task| (task.trigger, task.remind_at, task.due)).collect();
    Err(format!("reminded: {told}; open are {open:?}"))
}

fn prompt(word: &str) -> Result<Prompt, String> {
    Prompt::of_name(word).ok_or_else(|| {
        let all: Vec<&str> = Prompt::ALL.iter().map(|prompt| prompt.zh()).collect();
        format!("`{word}` is nothing that is shown; write one of {}", all.join(", "))
    })
}

/// What is shown when `client` is opened: with the client, and with the tasks on the list.
fn prompts(world: &mut World, client: &str) -> Vec<Prompt> {
    let (tracking, kinds, at) = (world.tracking(client), world.kinds(), world.now());
    let mut trail = Trail::default();
    let shown = crate::follow_up::list::prompts(&kinds.follow_up, &tracking, at, &mut trail);
    world.note_reasons(trail.because());
    shown
}
