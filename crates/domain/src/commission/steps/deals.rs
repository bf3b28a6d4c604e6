//! Steps: a deal is reserved, subscribed, signed, called off.

use std::sync::LazyLock;

use regex::Regex;

use super::{super::rules::Stage, amount, says, word};
use crate::{
    attribution,
    commission::Command,
    people::Role,
    scenario::{World, steps, text::amounts_pattern},
};

steps! { "commission";
    "{name} [促成|办理|签下|谈成|成交][了|] {client} [的|]{stage}{amounts}", "{name} [closes the deal of|closes the deal with|closes with|closes|reserves for] {client}{amounts}",
    "\"乙\" 促成 \"王先生\" 签约,佣金 3000 元", "\"B\" closes the deal with \"Wang\", commission ¥3,000" => |world, words| {
        let zh = words.len() > 4;
        let said = if zh { word(words, 5) } else { word(words, 1) };
        let client = if zh { word(words, 3) } else { word(words, 2) };
        closes(world, client, Some(word(words, 0)), said, super::last(words))
    };

    "[次日|第二天|翌日|隔天|当天|当日|今天|今日|同日][,|] {name} [促成|办理][了|] {client} [的|]{stage}{amounts}", "[the next day|on the next day|that day|today|the same day][,|] {name} [closes|signs] [the deal of|the deal with|with|] {client}{amounts}",
    "次日,\"乙\" 促成 \"王先生\" 成交", "the next day, \"B\" closes the deal of \"Wang\"" => |world, words| {
        on(world, word(words, 0))?;
        if words.len() > 7 {
            let (client, name) = (word(words, 5), Some(word(words, 2)));
            return closes(world, client, name, word(words, 7), super::last(words));
        }
        closes(world, word(words, 5), Some(word(words, 2)), word(words, 3), super::last(words))
    };

    "{client} [次日|第二天|翌日|隔天][才|]{stage}{amounts}", "{client} [closes a deal|signs|closes|buys] [the next day|on the next day|a day later]{amounts}",
    "\"王先生\" 次日签约", "\"Wang\" signs the next day" => |world, words| {
        world.days_later(1)?;
        let zh = says(words, &["次日", "第二天", "翌日", "隔天"]);
        closes(world, word(words, 0), None, if zh { word(words, 3) } else { word(words, 1) }, super::last(words))
    };

    "{client} [在|] {int} [天后|日后]{stage}{amounts}", "{client} [closes a deal|signs|closes] {int} days later{amounts}",
    "\"王先生\" 3 天后签约", "\"Wang\" signs 3 days later" => |world, words| {
        let days = words.iter().find_map(|word| word.parse().ok()).ok_or("say how many days")?;
        world.days_later(days)?;
        let said = if words.len() > 4 { word(words, 4) } else { word(words, 1) };
        closes(world, word(words, 0), None, said, super::last(words))
    };

    "{client} [次日|第二天|翌日|隔天|当天|当日|今天|今日|同日|于当天|于当日|][在|与|跟|和|经|由] {name} [处|手中|那里|促成|办理|][的|]{stage}{amounts}", "{client} [signs|closes|closes a deal|subscribes|reserves] [the next day |today |the same day |that day |]with {name}{amounts}",
    "\"王先生\" 当天与 \"乙\" 签约,佣金 6000 元", "\"Wang\" signs with \"B\", commission ¥6,000" => |world, words| {
        let zh = words.len() > 5;
        on(world, word(words, if zh { 1 } else { 2 }).trim())?;
        let (name, said) = if zh { (word(words, 3), word(words, 6)) } else { (word(words, 3), word(words, 1)) };
        closes(world, word(words, 0), Some(name), said, super::last(words))
    };

    "{client} [当天|当日|今天|今日|同日|]{stage}{amounts}", "{client} [signs|closes|closes a deal|buys|subscribes|reserves][ today| the same day| that day|]{amounts}",
    "\"王先生\" 当天签约,佣金 3000 元", "\"Wang\" signs the same day, commission ¥3,000" => |world, words| {
        let zh = !says(words, &["signs", "closes", "closes a deal", "buys", "subscribes", "reserves"]);
        closes(world, word(words, 0), None, if zh { word(words, 2) } else { word(words, 1) }, super::last(words))
    };

    "{client} [退房|退订|退筹|撤单|退单|取消成交|取消交易|取消购买|解约|毁约|反悔][了|]", "{client} [cancels|calls it off|withdraws|cancels the deal|cancels the purchase|returns the flat]",
    "\"王先生\" 退房", "\"Wang\" cancels the deal" => |world, words| cancel(world, word(words, 0));

    "{client} 的[成交|这单|该单|交易|认购|签约][被|][取消|撤销|作废]", "the deal [with|of] {client} is [cancelled|called off]",
    "\"王先生\" 的成交被取消", "the deal with \"Wang\" is cancelled" => |world, words| {
        let client = if words.len() > 3 { word(words, 0) } else { word(words, 1) };
        cancel(world, client)
    };

    "[次日|第二天|翌日|隔天]", "[the next day|the day after]",
    "次日", "the next day" => |world, _| {
        world.days_later(1)?;
        world.settle_deals();
        Ok(())
    };
}

/// Goes on to the next day where `word` says so.
fn on(world: &mut World, word: &str) -> Result<(), String> {
    let next = ["次日", "第二天", "翌日", "隔天", "the next day", "on the next day"];
    if next.contains(&word) { world.days_later(1) } else { Ok(()) }
}

/// The stage that a word names; nothing where it only says that the deal closed.
fn stage(word: &str) -> Option<Stage> {
    Some(match word {
        "认筹" | "预订" | "预定" | "reserves" | "reserves for" => Stage::Reserved,
        "认购" | "下定" | "subscribes" => Stage::Subscribed,
        "签约" | "签订合同" | "signs" | "signs with" => Stage::Signed,
        _ => return None,
    })
}

/// `client` closes with `closer`, or with whoever receives; `rest` tells the amounts.
fn closes(
    world: &mut World,
    client: &str,
    closer: Option<&str>,
    said: &str,
    rest: &str,
) -> Result<(), String> {
    tell(world, rest)?;
    match closer {
        Some(name) => {
            world.close(client, name, stage(said), None);
            Ok(())
        }
        None => world.close_with_receiver(client, stage(said)),
    }
}

/// The amounts that `rest` tells are those of the next deal.
fn tell(world: &mut World, rest: &str) -> Result<(), String> {
    static EACH: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(&amounts_pattern()).ok());
    let Some(each) = EACH.as_ref() else { return Ok(()) };
    for found in each.find_iter(rest) {
        let said = found.as_str();
        let figures = said.find(|letter: char| letter.is_ascii_digit() || "¥￥-".contains(letter));
        let money = Some(amount(said.get(figures.unwrap_or(0)..).unwrap_or_default())?);
        let commission = ["佣金", "提成", "commission"].iter().any(|word| said.contains(word));
        if commission {
            world.commission.amounts.1 = money;
        } else {
            world.commission.amounts.0 = money;
        }
    }
    Ok(())
}

fn cancel(world: &mut World, client: &str) -> Result<(), String> {
    world.deal_of(client)?;
    world.about_deal(client, &Command::Cancel, Role::Consultant);
    world.commission.last = Some(client.into());
    let closed = world.is_closed_by_book(client);
    if closed {
        world.about(client, &attribution::Command::CancelClosing, Role::Consultant);
    }
    Ok(())
}
