//! Steps: what a month came to, and what brings somebody back into the ring.

use chrono::{Datelike, Months};

use super::{steps, word};
use crate::{
    rotation::{
        Command,
        rules::Requirement,
        state::{MonthResult, RingId},
    },
    scenario::World,
};

steps! {
    "{name} [本月|当月|该月|上月|][共|]接[到|听|待|][了|] {int} [个|位|组|通|][来电|客户|电话],[转成|成交|转化][了|] {int} [个|位|组|套|单|]", "{name} [took|received] {int} [calls|clients] [this month|in the month|last month|][ |]and [converted|closed] {int}",
    "\"甲\" 本月接听 20 个来电,转成 1 个", "\"A\" took 20 calls this month and converted 1" => |world, words| {
        let numbers: Vec<u32> = words.iter().skip(1).filter_map(|word| word.parse().ok()).collect();
        match numbers.as_slice() {
            [received, converted] => result(world, word(words, 0), *received, *converted),
            _ => return Err("say how many there were, and how many were converted".into()),
        }
        Ok(())
    };

    "{name} [本月|当月|该月|整月|][没有|未|无][一个客户|一位客户|客户|任何客户|一单|][转成|转化|成交|转成来电]", "{name} converted nobody[ this month| in the month|]",
    "\"甲\" 本月没有一个客户转成", "\"A\" converted nobody this month" => |world, words| {
        result(world, word(words, 0), 10, 0);
        Ok(())
    };

    "{name} [本月|当月|该月|]的[转成率|转化率|成功率|成交率][为|是] {int}%", "the [conversion|success] rate of {name} is {int}%[ this month|]",
    "\"甲\" 本月的转成率为 9%", "the conversion rate of \"A\" is 9%" => |world, words| {
        let percent = words.iter().find_map(|word| word.parse().ok()).ok_or("say how many percent")?;
        let english = matches!(word(words, 0), "conversion" | "success");
        result(world, word(words, usize::from(english)), 100, percent);
        Ok(())
    };

    "{name} [本月|当月|该月|][的|][成功率|业绩|转成率|成交率|考核][最低|最差|排名最后|排名末位|为末位|末位]", "{name} [is the lowest|is the worst|has the lowest success rate|has the worst result|has the lowest conversion rate] of the month",
    "\"丙\" 当月成功率最低", "\"C\" is the lowest of the month" => |world, words| last(world, word(words, 0));

    "[进行|完成|][月末考核|月底考核|月度考核|当月考核|本月考核|每月考核]", "the month is assessed",
    "月末考核", "the month is assessed" => |world, _| assess(world);

    "[进入|到了|到|转入][下月|次月|下个月|下一个月]", "the next month begins",
    "进入下月", "the next month begins" => |world, _| {
        assess(world)?;
        let today = world.now().date_naive();
        let first = today.with_day(1).and_then(|day| day.checked_add_months(Months::new(1)));
        let days = first.map_or(30, |first| (first - today).num_days());
        super::people::next_day(world, u64::try_from(days).unwrap_or(30))
    };

    "{name} [提交|提交了|已提交|交了|递交|递交了][分析报告|书面分析报告|原因分析报告|报告|情况说明]", "{name} [files|has filed|hands in] the [report|analysis report|written analysis]",
    "\"甲\" 提交分析报告", "\"A\" files the report" => |world, words| {
        required(world, word(words, 0), Requirement::Report, true)
    };

    "{name} [通过|通过了|已通过][重新考核|考核|补考|重考|全部关卡|重新过关|重新通关]", "{name} [passes|has passed] the [exam|re-exam|re-examination|examination|tests]",
    "\"甲\" 通过重新考核", "\"A\" passes the exam" => |world, words| {
        required(world, word(words, 0), Requirement::Exam, true)
    };

    "{name} [未通过|没有通过|没通过|未能通过][重新考核|考核|补考|重考|全部关卡|重新过关|重新通关]", "{name} [fails|does not pass] the [exam|re-exam|re-examination|examination|tests]",
    "\"甲\" 未通过重新考核", "\"A\" fails the exam" => |world, words| {
        required(world, word(words, 0), Requirement::Exam, false)
    };

    "{name} [未通过培训|培训未通过|未通关|尚未通关|未通过业务培训|没有通过培训|未通过岗前培训]", "{name} has not passed the training",
    "\"丁\" 未通过培训", "\"D\" has not passed the training" => |world, words| {
        world.profile(word(words, 0), |profile| profile.certified = false);
        Ok(())
    };

    "{name} [通过培训|通过了培训|通关|培训通关|通过业务培训|通过岗前培训]", "{name} passes the training",
    "\"丁\" 通过培训", "\"D\" passes the training" => |world, words| {
        world.profile(word(words, 0), |profile| profile.certified = true);
        Ok(())
    };

    "{name} [不在轮排|不在轮排中|不在轮排内|停排|已停排|仍停排|仍不在轮排|退出轮排|不参与轮排|不得参与轮排|未回到轮排]", "{name} is [off the ring|still off the ring|not in the ring|left out of the ring]",
    "\"甲\" 不在轮排", "\"A\" is off the ring" => |world, words| match left_out(world, word(words, 0)) {
        Some(_) => Ok(()),
        None => Err(format!("{} is in the ring", word(words, 0))),
    };

    "{name} [在轮排中|在轮排内|仍在轮排|仍在轮排中|回到轮排|恢复轮排|重新进入轮排|返回轮排|加入轮排|可以参与轮排|继续轮排]", "{name} is [in the ring|back in the ring|still in the ring|in the ring again]",
    "\"甲\" 回到轮排", "\"A\" is back in the ring" => |world, words| match left_out(world, word(words, 0)) {
        None => Ok(()),
        Some(reason) => Err(format!("{} is left out: {reason}", word(words, 0))),
    };

    "[接线员|总机|话务员][不在位置|不在岗|不在|缺席|离开]", "the operator is [absent|not in place|away]",
    "接线员不在位置", "the operator is absent" => |world, _| {
        world.open();
        // Whoever is on turn answers, without anybody who puts calls through.
        world.acting = Some(crate::rotation::rules::Role::Consultant);
        Ok(())
    };

    "[提出淘汰|提请淘汰|列入淘汰建议]", "elimination is proposed",
    "提出淘汰", "elimination is proposed" => |world, _| {
        super::greeting::prompted(world, |prompt| prompt == crate::rotation::Prompt::EliminationProposed)
    };
}

/// What the sentences about a month have told so far.
#[derive(Debug, Default)]
pub struct Known {
    /// The results of the month that are not assessed yet.
    pub results: Vec<MonthResult>,
}

fn result(world: &mut World, name: &str, received: u32, converted: u32) {
    let person = world.person(name);
    world.rotation.results.retain(|result| result.person != person);
    world.rotation.results.push(MonthResult { person, received, converted });
}

/// `name` is last, everybody else of whom nothing is said has done better.
fn last(world: &mut World, name: &str) -> Result<(), String> {
    world.open();
    let person = world.person(name);
    let others: Vec<_> = world.floor.people.keys().copied().filter(|p| *p != person).collect();
    if others.is_empty() {
        return Err("say who else there is".into());
    }
    result(world, name, 10, 1);
    for other in others {
        if !world.rotation.results.iter().any(|result| result.person == other) {
            let result = MonthResult { person: other, received: 10, converted: 5 };
            world.rotation.results.push(result);
        }
    }
    Ok(())
}

/// Assesses the month with what was told of it, if anything.
fn assess(world: &mut World) -> Result<(), String> {
    let results = std::mem::take(&mut world.rotation.results);
    if results.is_empty() {
        return Ok(());
    }
    world.open();
    let month = world.now().date_naive();
    world.command(&Command::AssessMonth { month, results });
    world.check_refusal()
}

fn required(
    world: &mut World,
    name: &str,
    requirement: Requirement,
    met: bool,
) -> Result<(), String> {
    assess(world)?;
    let person = world.person(name);
    world.command(&Command::NoteRequirement { person, requirement, met });
    Ok(())
}

/// Why `name` is left out of the ring, if so.
fn left_out(world: &mut World, name: &str) -> Option<&'static str> {
    let person = world.person(name);
    let clock = crate::people::Actor::clock();
    let desk = crate::rotation::decide::Desk::new(&world.rules, &world.floor, &clock, world.now());
    desk.left_out(RingId::default(), person)
}
