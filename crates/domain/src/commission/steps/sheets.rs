//! Steps: pay sheets and appraisals.

use super::{
    super::{
        ledger::{Line, appraisals, pay_sheet},
        rules::{Bonus, Component, Period},
    },
    amount, last, says, word,
};
use crate::{
    money::Currency,
    scenario::{World, steps, text::names},
};

steps! { "commission";
    "{name} [本月|当月|]的[基本工资|工资标准|工资|底薪][为|是|] {money}", "{name}'s [base salary|base pay|salary|base] [this month |]is {money}",
    "\"甲\" 的基本工资为 5000 元", "\"A\"'s base salary is ¥5,000" => |world, words| {
        enter(world, word(words, 0), Component::Base, last(words))
    };

    "{name} [本月|当月|]的奖金[为|是|] {money}", "{name}'s bonus [this month |]is {money}",
    "\"甲\" 的奖金为 800 元", "\"A\"'s bonus is ¥800" => |world, words| {
        enter(world, word(words, 0), Component::Bonus, last(words))
    };

    "{name} [本月|当月|]的[提成|佣金][为|是|] {money}", "{name}'s commission [this month |]is {money}",
    "\"甲\" 本月的提成为 3000 元", "\"A\"'s commission is ¥3,000" => |world, words| {
        enter(world, word(words, 0), Component::Commission, last(words))
    };

    "[月末|月底|本月|当月][结算|核算|结账][工资|薪酬|]", "[the month closes|payroll is computed|the month is closed]",
    "月末结算工资", "the month closes" => |world, _| {
        world.settle_deals();
        Ok(())
    };

    "{name} 的[工资单|薪酬单|工资表][分为|分列|包含|列出|有|包括] {names}[各项|三项|等项|]", "{name}'s pay sheet [has|lists|shows] {names}",
    "\"甲\" 的工资单列出 \"工资, 提成, 奖金\"", "\"A\"'s pay sheet lists \"base, commission, bonus\"" => |world, words| {
        let listed = words.iter().copied().skip(1).find(|word| component(word.split([',', '，', '、']).next().unwrap_or("").trim()).is_ok());
        let wanted: Result<Vec<Component>, String> =
            names(listed.unwrap_or("")).iter().map(|name| component(name)).collect();
        let lines = sheet(world, word(words, 0))?;
        let found: Vec<Component> = lines.iter().map(|(component, _)| *component).collect();
        if found == wanted? { Ok(()) } else { Err(format!("the lines are {found:?}")) }
    };

    "{name} 的[工资单|薪酬单|工资表][上|中|] {text} [为|是|] {money}", "on {name}'s pay sheet {text} is {money}",
    "\"甲\" 的工资单上 \"提成\" 为 3000 元", "on \"A\"'s pay sheet \"commission\" is ¥3,000" => |world, words| {
        let component = words.iter().copied().skip(1).find_map(|word| component(word).ok());
        let component = component.ok_or("name a line of the sheet")?;
        let wanted = Some(amount(last(words))?);
        let lines = sheet(world, word(words, 0))?;
        let found = lines.iter().find(|(c, _)| *c == component).and_then(|(_, sum)| *sum);
        if found == wanted { Ok(()) } else { Err(format!("it is {found:?}")) }
    };

    "{name} 的[工资单|薪酬单|工资表][上|中|] {text} [未填|待填|空缺|尚未填写|未录入]", "on {name}'s pay sheet {text} is [missing|not entered]",
    "\"甲\" 的工资单上 \"奖金\" 待填", "on \"A\"'s pay sheet \"bonus\" is not entered" => |world, words| {
        let component = words.iter().copied().skip(1).find_map(|word| component(word).ok());
        let component = component.ok_or("name a line of the sheet")?;
        let lines = sheet(world, word(words, 0))?;
        match lines.iter().find(|(c, _)| *c == component) {
            Some((_, None)) => Ok(()),
            other => Err(format!("it is {other:?}")),
        }
    };

    "{name} [月度|年度]考核[的|][佣金|业绩|提成|合计|成交佣金][为|是|] {money}", "{name}'s [monthly|yearly] appraisal [adds up to|shows|is] {money}",
    "\"甲\" 月度考核业绩为 3000 元", "\"A\"'s monthly appraisal adds up to ¥3,000" => |world, words| {
        let wanted = amount(last(words))?;
        let found = appraised(world, word(words, 0), period(words))?.map(|(_, _, sum)| sum);
        if found == Some(wanted) { Ok(()) } else { Err(format!("it is {found:?}")) }
    };

    "{name} [月度|年度]考核[的|]成交 {int} [套|单|笔]", "{name}'s [monthly|yearly] appraisal counts {int} [deals|deal]",
    "\"甲\" 年度考核成交 2 套", "\"A\"'s yearly appraisal counts 2 deals" => |world, words| {
        let wanted: i64 = words.iter().skip(1).find_map(|word| word.parse().ok()).unwrap_or(0);
        let found = appraised(world, word(words, 0), period(words))?.map(|(_, deals, _)| deals);
        if found == Some(wanted) { Ok(()) } else { Err(format!("it is {found:?}")) }
    };

    "[月度|年度]考核[是|作为|为] {text} 的[发放|]依据", "the [monthly|yearly] appraisal is the basis of {text}",
    "月度考核是 \"绩效奖金\" 的依据", "the monthly appraisal is the basis of \"the performance bonus\"" => |world, words| {
        let named = words.iter().copied().skip(1).find_map(|word| bonus(word).ok());
        let wanted = named.ok_or("name the bonus: 绩效奖金 or 年终奖金")?;
        let found = appraised(world, "", period(words))?.map(|(bonus, _, _)| bonus);
        if found == Some(wanted) { Ok(()) } else { Err(format!("it is the basis of {found:?}")) }
    };

    "[没有|不设|不做|无][月度|年度]考核", "there is no [monthly|yearly] appraisal",
    "没有年度考核", "there is no yearly appraisal" => |world, words| {
        match appraised(world, "", period(words))? {
            None => Ok(()),
            Some(found) => Err(format!("there is one: {found:?}")),
        }
    };
}

fn component(name: &str) -> Result<Component, String> {
    Ok(match name {
        "工资标准" | "基本工资" | "底薪" | "salary" | "base salary" | "base pay" => {
            Component::Base
        }
        "佣金" | "提成发放" => Component::Commission,
        "奖金发放" => Component::Bonus,
        other => Component::of_name(other).ok_or_else(|| {
            format!("`{other}` is no line of a pay sheet; write 工资, 提成 or 奖金")
        })?,
    })
}

fn bonus(name: &str) -> Result<Bonus, String> {
    Ok(match name {
        "绩效" | "performance bonus" => Bonus::Performance,
        "年终" | "year-end bonus" => Bonus::YearEnd,
        other => Bonus::of_name(other).ok_or_else(|| format!("`{other}` is no bonus"))?,
    })
}

fn period(words: &[&str]) -> Period {
    if says(words, &["年度", "yearly"]) { Period::Year } else { Period::Month }
}

fn enter(world: &mut World, name: &str, component: Component, sum: &str) -> Result<(), String> {
    let (amount, day) = (amount(sum)?, world.today());
    let person = world.person(name);
    let line = Line { component, amount, currency: Currency::default(), day, closes: true };
    world.commission.lines.push((person, line));
    Ok(())
}

fn lines(world: &mut World, name: &str) -> Vec<Line> {
    world.settle_deals();
    let person = (!name.is_empty()).then(|| world.person(name));
    let all = world.commission.lines.iter();
    all.filter(|(whose, _)| person.is_none_or(|person| person == *whose)).map(|(_, l)| *l).collect()
}

fn sheet(world: &mut World, name: &str) -> Result<Vec<(Component, Option<i64>)>, String> {
    let lines = lines(world, name);
    let kinds = world.kinds();
    let found = pay_sheet(&kinds.commission, &lines, Currency::default(), world.today());
    let (sheet, because) = found.map_err(|open| format!("`{}` is not decided", open.setting))?;
    world.note_reasons(because);
    Ok(sheet.into_iter().map(|line| (line.component, line.amount)).collect())
}

/// The bonus, the deals and the commission of an appraisal; nothing where there is none.
fn appraised(
    world: &mut World,
    name: &str,
    period: Period,
) -> Result<Option<(Bonus, i64, i64)>, String> {
    let lines = lines(world, name);
    let kinds = world.kinds();
    let found = appraisals(&kinds.commission, &lines, Currency::default(), world.today());
    let (all, because) = found.map_err(|open| {
        world.note_undecided(&open.setting);
        format!("`{}` is not decided", open.setting)
    })?;
    world.note_reasons(because);
    let found = all.into_iter().find(|appraisal| appraisal.period == period);
    Ok(found.map(|appraisal| (appraisal.bonus, appraisal.deals, appraisal.commission)))
}
