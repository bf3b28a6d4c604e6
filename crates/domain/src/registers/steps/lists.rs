//! Steps: lists taken in, lists of what is open, daily tasks, keepers, alarms.

use super::{expect, named};
use crate::{
    calendar::moment_on,
    people::Role,
    registers::{Command, Outcome, rules::DailyTask},
    scenario::{World, steps},
};

steps! { "registers";
    "导入 {int} [条|行|个|人][客户|名单|号码|],[其中 |]{int} [条|行|个|人]重复", "{int} rows are imported, {int} of them doubles",
    "导入 100 条名单,其中 10 条重复", "100 rows are imported, 10 of them doubles" => |world, words| import(world, words, true);

    "导入 {int} [条|行|个|人][名单|客户|号码|],[未注明来源|没有来源|未写来源|不注明来源]", "{int} rows are imported without a source",
    "导入 1000 条名单,未注明来源", "1000 rows are imported without a source" => |world, words| import(world, words, false);

    "导入 {int} [条|行|个|人][名单|客户|号码|],[已注明来源|注明来源|写明来源]", "{int} rows are imported with a source",
    "导入 1000 条名单,注明来源", "1000 rows are imported with a source" => |world, words| import(world, words, true);

    "导入 {int} [条|行|个|人][名单|客户|号码|],其中 {int} [条|行|个|人]已有归属,{int} [条|行|个|人]禁拨", "{int} rows are imported, {int} of them owned and {int} on the do-not-call list",
    "导入 1000 条名单,其中 40 条已有归属,20 条禁拨", "1000 rows are imported, 40 of them owned and 20 on the do-not-call list" => |world, words| {
        let [rows, owned, do_not_call] = figures(words)?;
        let command = Command::Import { rows, doubles: 0, owned, do_not_call, source: true };
        world.enter(&command, Role::Manager);
        Ok(())
    };

    "[新增|导入成功|新建] {int} [条|行|个|人]", "{int} rows are new",
    "新增 90 条", "90 rows are new" => |world, words| imported(world, words, |[new, _, _]| new);

    "[列出|显示] {int} [条|行|个|人]重复", "{int} doubles are shown",
    "列出 10 条重复", "10 doubles are shown" => |world, words| imported(world, words, |[_, doubles, _]| doubles);

    "[暂不导入|扣下|暂扣|留置|不予导入] {int} [条|行|个|人]", "{int} rows are held back",
    "暂不导入 60 条", "60 rows are held back" => |world, words| imported(world, words, |[_, _, held]| held);

    "[完成了|完成|做完][整理通讯录|查看网络客户信息]", "[the task|] {task} is done",
    "完成整理通讯录", "the task \"tidy the contacts\" is done" => |world, words| {
        let task = task(words)?;
        world.registers.done_tasks.insert(task);
        Ok(())
    };

    "[每日任务|][整理通讯录|查看网络客户信息][逾期|未完成]", "the daily task {task} is overdue",
    "每日任务整理通讯录逾期", "the daily task \"tidy the contacts\" is overdue" => |world, words| overdue(world, words, true);

    "[每日任务|][整理通讯录|查看网络客户信息][没有逾期|不算逾期|未逾期]", "the daily task {task} is not overdue",
    "每日任务整理通讯录没有逾期", "the daily task \"tidy the contacts\" is not overdue" => |world, words| overdue(world, words, false);

    "[公共客户资料|公共资料][由|改由] {name} 保管", "{name} [keeps|takes over] the public data",
    "公共客户资料由 \"丁\" 保管", "\"D\" keeps the public data" => |world, words| {
        let own = ["公共客户资料", "公共资料", "由", "改由", "keeps", "takes over"];
        let name = words.iter().copied().find(|w| !own.contains(w)).unwrap_or("");
        let keeper = world.person(name);
        world.enter(&Command::Keep { keeper }, Role::Manager);
        Ok(())
    };

    "[交接记录|保管记录]为 {name} [移交|交给|交] {name}", "the handover of the keeping is recorded from {name} to {name}",
    "交接记录为 \"丁\" 移交 \"戊\"", "the handover of the keeping is recorded from \"D\" to \"E\"" => |world, words| {
        let own = ["交接记录", "保管记录", "移交", "交给", "交"];
        let named: Vec<&str> = words.iter().copied().filter(|w| !own.contains(w)).collect();
        let wanted: Vec<_> = named.iter().map(|name| world.person(name)).collect();
        let keepers: Vec<_> = world.registers.book.keepers.iter().map(|(keeper, _)| *keeper).collect();
        expect(keepers.ends_with(&wanted), keepers.len())
    };

    "{name} [只能看到|只看到|看到]自己的客户", "{name} sees only clients of their own",
    "\"甲\" 只能看到自己的客户", "\"A\" sees only clients of their own" => |world, _| sees(world, true);

    "{name} [能看到|看得到]全部客户", "{name} sees all clients",
    "\"甲\" 能看到全部客户", "\"A\" sees all clients" => |world, _| sees(world, false);

    "[昨晚|昨夜|夜间|]备份[失败|成功]", "last night's backup [failed|succeeded]",
    "昨夜备份失败", "last night's backup failed" => |world, words| {
        world.registers.alarm = Some(words.iter().any(|w| matches!(*w, "失败" | "failed")));
        Ok(())
    };

    "[向经理报警|经理收到报警|经理收到备份报警]", "the manager is alarmed",
    "经理收到报警", "the manager is alarmed" => |world, _| alarmed(world, true);

    "[没有报警|不报警|经理没有收到报警]", "nobody is alarmed",
    "没有报警", "nobody is alarmed" => |world, _| alarmed(world, false);

    "{name} 的任期还有 {int} 天[结束|届满|到期],已[举办|办]客户活动 {int} [次|场]", "{name}'s term ends in {int} days with {int} client [event|events] held",
    "\"甲\" 的任期还有 10 天结束,已举办客户活动 0 次", "\"A\"'s term ends in 10 days with 0 client events held" => |world, words| {
        let figures: Vec<u32> = words.iter().skip(1).filter_map(|w| w.parse().ok()).collect();
        world.registers.events_left = figures.first().copied().zip(figures.get(1).copied());
        Ok(())
    };

    "[提醒 |]{name} [举办客户活动|须举办客户活动|被提醒举办客户活动]", "{name} is reminded of the client event",
    "提醒 \"甲\" 举办客户活动", "\"A\" is reminded of the client event" => |world, _| reminded_of_event(world, true);

    "[没有提醒|不提醒] {name} 举办客户活动", "{name} is not reminded of the client event",
    "没有提醒 \"甲\" 举办客户活动", "\"A\" is not reminded of the client event" => |world, _| reminded_of_event(world, false);

    "[客户活动|活动]评价为[达标|未达标|不达标]", "the client event is [met|not met]",
    "客户活动评价为未达标", "the client event is not met" => |world, words| {
        let wanted = words.iter().any(|w| matches!(*w, "达标" | "met"));
        let rules = world.register_rules();
        let setting = &rules.upkeep.events_per_term;
        let held = world.registers.events_left.map_or(0, |(_, held)| held);
        let met = setting.value().is_none_or(|least| held >= *least);
        let mut trail = rulebook::Trail::default();
        trail.cite("events_held", met, setting, rulebook::facts![number = held]);
        world.note_reasons(trail.because());
        expect(met == wanted, met)
    };
}

fn figures<const N: usize>(words: &[&str]) -> Result<[u32; N], String> {
    let found: Vec<u32> = words.iter().filter_map(|word| word.parse().ok()).collect();
    found.try_into().map_err(|_| format!("the sentence needs {N} numbers"))
}

fn import(world: &mut World, words: &[&str], source: bool) -> Result<(), String> {
    let found: Vec<u32> = words.iter().filter_map(|word| word.parse().ok()).collect();
    let (rows, doubles) = (found.first().copied().unwrap_or(0), found.get(1).copied().unwrap_or(0));
    let command = Command::Import { rows, doubles, owned: 0, do_not_call: 0, source };
    world.enter(&command, Role::Manager);
    Ok(())
}

fn imported(
    world: &mut World,
    words: &[&str],
    which: impl Fn([u32; 3]) -> u32,
) -> Result<(), String> {
    let wanted = words.iter().find_map(|word| word.parse::<u32>().ok());
    match world.registers.outcome {
        Some(Outcome::Imported { new, doubles, held_back }) => {
            let found = which([new, doubles, held_back]);
            expect(Some(found) == wanted, found)
        }
        ref other => Err(format!("nothing was imported: {other:?}")),
    }
}

fn task(words: &[&str]) -> Result<DailyTask, String> {
    let own = [
        "每日任务",
        "",
        "完成",
        "完成了",
        "做完",
        "the task",
        "逾期",
        "未完成",
        "没有逾期",
        "不算逾期",
        "未逾期",
    ];
    let name = words.iter().copied().find(|word| !own.contains(word)).unwrap_or("");
    named(name, DailyTask::of_name, DailyTask::ALL, DailyTask::zh)
}

fn overdue(world: &mut World, words: &[&str], wanted: bool) -> Result<(), String> {
    let task = task(words)?;
    let rules = world.register_rules();
    let daily = &rules.upkeep.daily;
    let owed = daily.value().is_some_and(|tasks| tasks.contains(&task));
    let over = world.day_over()
        || rules
            .upkeep
            .day_end
            .value()
            .is_some_and(|end| world.now() >= moment_on(world.now(), *end));
    let found = owed && over && !world.registers.done_tasks.contains(&task);
    let mut trail = rulebook::Trail::default();
    trail.cite("daily_task", !found, daily, rulebook::facts![kind = task.word()]);
    world.note_reasons(trail.because());
    expect(found == wanted, found)
}

fn sees(world: &mut World, own: bool) -> Result<(), String> {
    use crate::registers::rules::Sees;
    let rules = world.register_rules();
    let setting = &rules.file.consultant_sees;
    let found = setting.value() == Some(&Sees::Own);
    let mut trail = rulebook::Trail::default();
    trail.cite("sees_own_only", found, setting, Vec::new());
    world.note_reasons(trail.because());
    expect(found == own, found)
}

fn alarmed(world: &mut World, wanted: bool) -> Result<(), String> {
    let rules = world.register_rules();
    let upkeep = &rules.upkeep;
    let mut trail = rulebook::Trail::default();
    trail.cite("backed_up_daily", true, &upkeep.backup, Vec::new());
    let due = upkeep.backup_alarm_time.value().map(|time| moment_on(world.now(), *time));
    let late = due.is_some_and(|due| world.now() >= due);
    trail.cite("backup_alarm", late, &upkeep.backup_alarm_time, Vec::new());
    world.note_reasons(trail.because());
    let kept = upkeep.backup.value() == Some(&true);
    let found = kept && late && world.registers.alarm == Some(true);
    expect(found == wanted, found)
}

fn reminded_of_event(world: &mut World, wanted: bool) -> Result<(), String> {
    let rules = world.register_rules();
    let upkeep = &rules.upkeep;
    let (left, held) = world.registers.events_left.unwrap_or((u32::MAX, 0));
    let wants = upkeep.events_per_term.value().is_some_and(|least| held < *least);
    let soon = upkeep.event_warning_days.value().is_some_and(|days| left <= *days);
    let mut trail = rulebook::Trail::default();
    trail.cite("events_held", !wants, &upkeep.events_per_term, rulebook::facts![number = held]);
    world.note_reasons(trail.because());
    if upkeep.event_warning_days.is_unset() {
        world.note_undecided(&upkeep.event_warning_days.path);
    }
    expect((wants && soon) == wanted, wants && soon)
}
