//! Steps: figures, cooling-off and the supervisor's reviews.

use rulebook::Trail;

use super::{
    int,
    lexicon::{review_item, source},
    word,
};
use crate::{
    calendar::day_of,
    follow_up::figures::{ReviewRefused, conversion, cooling_off, handling, review},
    scenario::{World, steps},
};

steps! { "follow_up";
    "{name} 当日<收到|受理> {int} 个问题,{int} 个未答复", "{name} had {int} questions today, {int} unanswered",
    "\"甲\" 当日收到 2 个问题,1 个未答复", "\"A\" had 2 questions today, 1 unanswered" => |world, words| {
        let (asked, open): (u32, u32) = (int(words, 1)?, int(words, 2)?);
        let figures = figures(world, word(words, 0))?;
        if (figures.asked, figures.unanswered) == (asked, open) { Ok(()) } else { Err(format!("{figures:?}")) }
    };

    "{name} 当日平均处理时长为 {int} 分钟", "{name}'s average handling time today is {int} minutes",
    "\"甲\" 当日平均处理时长为 20 分钟", "\"A\"'s average handling time today is 20 minutes" => |world, words| {
        let minutes: i64 = int(words, 1)?;
        let figures = figures(world, word(words, 0))?;
        let average = figures.average().map(|average| average.num_minutes());
        if average == Some(minutes) { Ok(()) } else { Err(format!("{figures:?}")) }
    };

    "<不统计|没有> {name} 的处理时长", "{name}'s handling times are not worked out",
    "不统计 \"甲\" 的处理时长", "\"A\"'s handling times are not worked out" => |world, words| match figures(world, word(words, 0)) {
        Err(_) => Ok(()),
        Ok(figures) => Err(format!("{figures:?}")),
    };

    "{source} <线索|来源|> {int} 条,成交 {int} 单", "{source} has {int} leads and {int} deals",
    "\"自寻线索\" 40 条,成交 4 单", "\"found by oneself\" has 40 leads and 4 deals" => |world, words| {
        let from = source(word(words, 0))?;
        let kinds = world.kinds();
        let mut trail = Trail::default();
        let share = conversion(&kinds.follow_up, from, int(words, 1)?, int(words, 2)?, &mut trail);
        world.note_reasons(trail.because());
        world.follow_up.shares.insert(from.word().into(), share);
        Ok(())
    };

    "{source} <线索|来源|>的成交率为 {int}%", "the deals of {source} are {int}% of its leads",
    "\"自寻线索\" 的成交率为 10%", "the deals of \"found by oneself\" are 10% of its leads" => |world, words| {
        let from = source(word(words, 0))?;
        let percent: u32 = int(words, 1)?;
        let share = world.follow_up.shares.get(from.word()).copied().flatten();
        if share == Some(percent * 100) { Ok(()) } else { Err(format!("it is {share:?} of ten thousand")) }
    };

    "<保单|合同>于{date} <签收|送达|确认签收>", "the <policy|contract> is received <on |>{date}",
    "保单于6月10日签收", "the policy is received on 10 June" => |world, words| {
        world.follow_up.received = Some(world.day_named(word(words, 0))?);
        world.follow_up.cooling_off = None;
        Ok(())
    };

    "<保单|合同>于{date}生效", "the <policy|contract> takes effect <on |>{date}",
    "保单于7月1日生效", "the policy takes effect on 1 July" => |world, words| {
        world.follow_up.effective = Some(world.day_named(word(words, 0))?);
        world.follow_up.cooling_off = None;
        Ok(())
    };

    "<犹豫期|冷静期><自|从>{date} <起算|开始>", "<the |>cooling-off <period |>starts <on |>{date}",
    "犹豫期自7月1日起算", "cooling-off starts on 1 July" => |world, words| {
        let wanted = world.day_named(word(words, 0))?;
        let begins = begins(world)?;
        if begins == Some(wanted) { Ok(()) } else { Err(format!("it begins {begins:?}")) }
    };

    "<犹豫期|冷静期><尚未|未><起算|开始>", "<the |>cooling-off <period |>has not started",
    "犹豫期尚未起算", "cooling-off has not started" => |world, _| match begins(world)? {
        None => Ok(()),
        Some(day) => Err(format!("it begins {day}")),
    };

    "主管<检查|评定|打分> {name} 的{item}[,附依据|,无依据|,未附依据]", "the supervisor <reviews|scores> {item} of {name}[ with evidence| without evidence]",
    "主管检查 \"甲\" 的\"空闲时间\",附依据", "the supervisor reviews \"idle time\" of \"A\" with evidence" => |world, words| {
        let item = review_item(word(words, 1)).or_else(|_| review_item(word(words, 0)))?;
        let evidence = ["附依据", "with evidence"].iter().any(|with| word(words, 2).trim_start_matches(',').trim() == *with);
        let kinds = world.kinds();
        let mut trail = Trail::default();
        let taken = review(&kinds.follow_up, item, evidence, &mut trail);
        world.note_reasons(trail.because());
        world.follow_up.review = Some(taken);
        Ok(())
    };

    "<检查|评定>[成立|不成立,缺少依据|不成立,制度无此项]", "the review is [taken|refused, it has no evidence|refused, the rulebook does not look at it]",
    "检查成立", "the review is taken" => |world, words| {
        let wanted = match word(words, 0) {
            "成立" | "taken" => Ok(()),
            "不成立,缺少依据" | "refused, it has no evidence" => Err(ReviewRefused::NoEvidence),
            _ => Err(ReviewRefused::NotReviewed),
        };
        match world.follow_up.review {
            Some(taken) if taken == wanted => Ok(()),
            other => Err(format!("{other:?}")),
        }
    };
}

fn figures(world: &mut World, name: &str) -> Result<crate::follow_up::figures::Handling, String> {
    let person = world.person(name);
    let (kinds, day) = (world.kinds(), day_of(world.now()));
    let mut trail = Trail::default();
    let all = world.follow_up.trackings.values();
    let found = handling(&kinds.follow_up, all, person, day, &mut trail);
    world.note_reasons(trail.because());
    world.follow_up.handling = found;
    found.ok_or_else(|| "the rulebook wants no such figures".into())
}

fn begins(world: &mut World) -> Result<Option<chrono::NaiveDate>, String> {
    let kinds = world.kinds();
    let mut trail = Trail::default();
    let known = (world.follow_up.received, world.follow_up.effective);
    let begins = cooling_off(&kinds.follow_up, known.0, known.1, &mut trail)
        .map_err(|open| format!("`{}` is not decided", open.setting))?;
    world.note_reasons(trail.because());
    world.follow_up.cooling_off = Some(begins);
    Ok(begins)
}
