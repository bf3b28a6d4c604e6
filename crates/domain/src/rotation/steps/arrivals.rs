//! Steps: visitors arrive and calls come in.

use super::{circumstances, number, steps, word};
use crate::{
    people::VisitId,
    rotation::{
        Command,
        state::{Arrival, Came, Channel},
    },
    scenario::World,
};

steps! {
    "{name} 正在接待[自己的|本人的|][未成交老客户|成交老客户|老客户] {client}", "{name} is [with|receiving|busy with] [open|closed|old] client {client}",
    "\"甲\" 正在接待自己的老客户 \"老王\"", "\"A\" is with old client \"W\"" => |world, words| {
        let kind = word(words, 2);
        let client = word(words, 3);
        world.own(client, word(words, 0), matches!(kind, "成交老客户" | "closed"));
        arrive(world, client, "", Channel::WalkIn)
    };

    "{time} [有|来了|][新客户|老客户|客户|来访者|业主] {client} 到访{rest}", "at {time}[,|] [a |][new client|old client|client|visitor|property owner] {client} arrives{rest}",
    "09:30 有新客户 \"王先生\" 到访,点名 \"乙\"", "at 09:30 new client \"Wang\" arrives, names \"B\"" => |world, words| {
        world.at(word(words, 0))?;
        arrive_as(world, words, Channel::WalkIn)
    };

    "[有|来了|][新客户|老客户|客户|来访者|业主|] {client} 到访{rest}", "[a |][new client|old client|client|visitor|property owner|] {client} arrives{rest}",
    "新客户 \"王先生\" 到访", "new client \"Wang\" arrives" => |world, words| {
        arrive_as(world, words, Channel::WalkIn)
    };

    "[有|来了|][新客户|客户|来访者|业主] 到访{rest}", "[a |][new client|client|visitor|property owner] arrives{rest}",
    "有新客户到访", "a new client arrives" => |world, words| {
        let name = world.stranger();
        arrive_as(world, &[word(words, 1), &name, word(words, 2)], Channel::WalkIn)
    };

    "{client} [带来|带着|带|介绍][新客户|朋友|] {client} 到访{rest}", "{client} [brings|sends] [new client|] {client}{rest}",
    "\"老李\" 带新客户 \"小赵\" 到访", "\"Li\" brings new client \"Zhao\"" => |world, words| {
        let introducer = format!("由 \"{}\" 介绍", word(words, 0));
        arrive(world, word(words, 3), &[&introducer, word(words, 4)].join(","), Channel::WalkIn)
    };

    "{time} 有[新客户|老客户|客户] {client} 来电{rest}", "at {time} [a |][new client|old client|client] {client} calls{rest}",
    "09:30 有新客户 \"王先生\" 来电", "at 09:30 new client \"Wang\" calls" => |world, words| {
        world.at(word(words, 0))?;
        arrive_as(world, words, Channel::Phone)
    };

    "[有|][新客户|老客户|客户|] {client} 来电{rest}", "[a |][new client|old client|client|caller|] {client} calls{rest}",
    "新客户 \"王先生\" 来电", "new client \"Wang\" calls" => |world, words| {
        arrive_as(world, words, Channel::Phone)
    };

    "[有|][新客户|客户] 来电{rest}", "[a |][new client|new caller] calls{rest}",
    "有新客户来电", "a new client calls" => |world, words| {
        let name = world.stranger();
        arrive_as(world, &[word(words, 1), &name, word(words, 2)], Channel::Phone)
    };

    "{name} [此前|之前|上周|昨天|前几天|上月|上个月|曾|曾经|先前|][给|与|和|跟] {client} [打过电话|电话联系过|通过电话|联系过电话]", "{name} [phoned|telephoned|called] {client} [before|last week|last month|yesterday|earlier|on the telephone]",
    "\"乙\" 上周给 \"王先生\" 打过电话", "\"B\" phoned \"Wang\" last week" => |world, words| {
        let (name, client) = if words.len() > 4 { (word(words, 0), word(words, 3)) } else { (word(words, 0), word(words, 2)) };
        world.in_touch(client, Came::Phoned, name);
        Ok(())
    };

    "{client} [此前|之前|上周|昨天|曾|曾经|先前|]来过电话,由 {name} 接听", "{client} phoned [before|last week|yesterday|earlier] and {name} answered",
    "\"王先生\" 上周来过电话,由 \"乙\" 接听", "\"Wang\" phoned last week and \"B\" answered" => |world, words| {
        world.in_touch(word(words, 0), Came::Phoned, word(words, 2));
        Ok(())
    };

    "{name} [此前|之前|上周|昨天|曾|曾经|先前|][联系过|约过|邀约过|接触过] {client}", "{name} was in touch with {client} before",
    "\"乙\" 此前联系过 \"王先生\"", "\"B\" was in touch with \"Wang\" before" => |world, words| {
        let client = word(words, words.len() - 1);
        world.in_touch(client, Came::Contacted, word(words, 0));
        Ok(())
    };

    "[依次|先后|陆续|][到访|来了] {int} [组|批|位|个]新客户,[各自接待完毕|各自接待完|每组接待完毕再来下一组|接待人均空闲|前一组离开后下一组才到]", "{int} [new clients|groups|clients] [arrives|arrive|walk in|come] [one after another|in time order][, each seen off before the next| and each receiver is free| and are each seen off|]",
    "依次到访 4 组新客户,各自接待完毕", "4 new clients arrive one after another, each seen off before the next" => |world, words| {
        several(world, counted(words)?, true, "", Channel::WalkIn)
    };

    "[依次|先后|陆续|][到访|来了] {int} [组|批|位|个]新客户,[均未离开|都未离开|都没有离开|均在接待中]", "{int} new clients [arrives|arrive|walk in|come] one after another and [stay|do not leave|none leaves]",
    "依次到访 3 组新客户,均未离开", "3 new clients arrive one after another and stay" => |world, words| {
        several(world, counted(words)?, false, "", Channel::WalkIn)
    };

    "{team} 组依次到访 {int} 组新客户,各自接待完毕", "{int} new clients of team {team} arrive one after another, each seen off before the next",
    "\"一\" 组依次到访 3 组新客户,各自接待完毕", "3 new clients of team \"one\" arrive one after another, each seen off before the next" => |world, words| {
        let (team, count) = if let Ok(count) = number(words, 1) { (word(words, 0), count) } else { (word(words, 1), number(words, 0)?) };
        several(world, count, true, &format!("到 \"{team}\" 组"), Channel::WalkIn)
    };

    "[依次|先后|陆续|]来电 {int} [位|个|组]新客户", "{int} new clients call one after another",
    "依次来电 3 位新客户", "3 new clients call one after another" => |world, words| {
        several(world, counted(words)?, true, "", Channel::Phone)
    };

    "更正 {client} 的情形:{rest}", "the situation of {client} is corrected: {rest}",
    "更正 \"王先生\" 的情形:只索取资料", "the situation of \"Wang\" is corrected: for material only" => |world, words| {
        let visit = world.visit_of(word(words, 0))?;
        let mut arrival = world.arrival_of(word(words, 0));
        circumstances::read(world, &mut arrival, word(words, 1))?;
        world.command(&Command::Correct { visit, arrival });
        Ok(())
    };

    "补录 {time} {client} 由 {name} 接待", "it is entered late that {name} received {client} at {time}",
    "补录 09:10 \"王先生\" 由 \"乙\" 接待", "it is entered late that \"B\" received \"Wang\" at 09:10" => |world, words| {
        let (time, client, name) = if word(words, 0).contains(':') {
            (word(words, 0), word(words, 1), word(words, 2))
        } else {
            (word(words, 2), word(words, 1), word(words, 0))
        };
        record(world, time, client, name, "", None)
    };

    "补录 {time} {client} 由 {name} 接待,到 {time}", "it is entered late that {name} received {client} at {time} until {time}",
    "补录 09:10 \"王先生\" 由 \"乙\" 接待,到 09:40", "it is entered late that \"B\" received \"Wang\" at 09:10 until 09:40" => |world, words| {
        let zh = word(words, 0).contains(':');
        let (time, name) = if zh { (word(words, 0), word(words, 2)) } else { (word(words, 2), word(words, 0)) };
        record(world, time, word(words, 1), name, "", Some(word(words, 3)))
    };

    "补录 {time} {client} 由 {name} 接待{rest}", "it is entered late that {name} received {client} at {time}{rest}",
    "补录 09:10 \"王先生\" 由 \"乙\" 接待,一行 3 人,共 2 户", "it is entered late that \"B\" received \"Wang\" at 09:10, 2 households" => |world, words| {
        let zh = word(words, 0).contains(':');
        let (time, name) = if zh { (word(words, 0), word(words, 2)) } else { (word(words, 2), word(words, 0)) };
        record(world, time, word(words, 1), name, word(words, 3), None)
    };
}

/// Enters a reception of the past; with `until`, how long it took.
fn record(
    world: &mut World,
    time: &str,
    client: &str,
    name: &str,
    circumstances: &str,
    until: Option<&str>,
) -> Result<(), String> {
    world.at(time)?;
    let mut arrival = world.arrival_of(client);
    circumstances::read(world, &mut arrival, circumstances)?;
    let visit = world.new_visit(client);
    let receiver = world.person(name);
    let until = until.map(|until| world.moment_of(until)).transpose()?;
    world.command(&Command::RecordPast { visit, arrival, receiver, ended: true, until });
    Ok(())
}

/// The whole number among `words`.
fn counted(words: &[&str]) -> Result<u32, String> {
    let found = words.iter().find_map(|word| word.parse().ok());
    found.ok_or_else(|| "say how many".to_owned())
}

/// The last words are the kind of visitor, the client and what is said of them.
fn arrive_as(world: &mut World, words: &[&str], channel: Channel) -> Result<(), String> {
    let words = words.get(words.len().saturating_sub(3)..).unwrap_or_default();
    let owns = matches!(word(words, 0), "业主" | "property owner");
    let said =
        if owns { format!("是业主,{}", word(words, 2)) } else { word(words, 2).to_owned() };
    arrive(world, word(words, 1), &said, channel)
}

pub(super) fn arrive(
    world: &mut World,
    client: &str,
    circumstances: &str,
    channel: Channel,
) -> Result<(), String> {
    world.open();
    world.during_hours();
    if channel == Channel::Phone {
        world.hang_up();
    }
    let mut arrival = world.arrival_of(client);
    arrival.channel = channel;
    circumstances::read(world, &mut arrival, circumstances)?;
    deal(world, client, arrival);
    Ok(())
}

fn deal(world: &mut World, client: &str, arrival: Arrival) -> VisitId {
    let visit = world.new_visit(client);
    world.command(&Command::Arrive { visit, arrival });
    let receiver = world.receiver(visit);
    world.receivers.push(receiver);
    visit
}

/// `count` new clients, seen off one by one or not.
pub(super) fn several(
    world: &mut World,
    count: u32,
    seen_off: bool,
    circumstances: &str,
    channel: Channel,
) -> Result<(), String> {
    world.receivers.clear();
    for _ in 0..count {
        let name = world.stranger();
        arrive(world, &name, circumstances, channel)?;
        world.check_refusal()?;
        let visit = world.visit_of(&name)?;
        if seen_off && world.receiver(visit).is_some() {
            world.command(&Command::Accept { visit });
            world.take_refusal();
            world.receive_at_length();
            if world.must_register() {
                world.command(&Command::NoteRegistered { visit });
            }
            world.command(&Command::Finish { visit });
            world.check_refusal()?;
        }
    }
    Ok(())
}
