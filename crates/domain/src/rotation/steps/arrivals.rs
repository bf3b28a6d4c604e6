//! Steps: visitors arrive and calls come in.

use super::{circumstances, number, steps, word};
use crate::{
    people::VisitId,
    rotation::{Command, state::Arrival, state::Channel},
    scenario::World,
};

steps! {
    "{time} 有[新客户|老客户|客户|来访者] {client} 到访{rest}", "at {time} [new client|old client|client|visitor] {client} arrives{rest}",
    "09:30 有新客户 \"王先生\" 到访,点名 \"乙\"", "at 09:30 new client \"Wang\" arrives, names \"B\"" => |world, words| {
        world.at(word(words, 0))?;
        arrive(world, word(words, 2), word(words, 3), Channel::WalkIn)
    };

    "[新客户|老客户|客户|来访者] {client} 到访{rest}", "[new client|old client|client|visitor] {client} arrives{rest}",
    "新客户 \"王先生\" 到访", "new client \"Wang\" arrives" => |world, words| {
        arrive(world, word(words, 1), word(words, 2), Channel::WalkIn)
    };

    "{time} 有[新客户|老客户|客户] {client} 来电{rest}", "at {time} [new client|old client|client] {client} calls{rest}",
    "09:30 有新客户 \"王先生\" 来电", "at 09:30 new client \"Wang\" calls" => |world, words| {
        world.at(word(words, 0))?;
        arrive(world, word(words, 2), word(words, 3), Channel::Phone)
    };

    "[新客户|老客户|客户] {client} 来电{rest}", "[new client|old client|client] {client} calls{rest}",
    "新客户 \"王先生\" 来电", "new client \"Wang\" calls" => |world, words| {
        arrive(world, word(words, 1), word(words, 2), Channel::Phone)
    };

    "依次到访 {int} 组新客户,各自接待完毕", "{int} new clients arrive one after another, each seen off before the next",
    "依次到访 4 组新客户,各自接待完毕", "4 new clients arrive one after another, each seen off before the next" => |world, words| {
        several(world, number(words, 0)?, true, "", Channel::WalkIn)
    };

    "依次到访 {int} 组新客户,均未离开", "{int} new clients arrive one after another and stay",
    "依次到访 3 组新客户,均未离开", "3 new clients arrive one after another and stay" => |world, words| {
        several(world, number(words, 0)?, false, "", Channel::WalkIn)
    };

    "{team} 组依次到访 {int} 组新客户,各自接待完毕", "{int} new clients of team {team} arrive one after another, each seen off before the next",
    "\"一\" 组依次到访 3 组新客户,各自接待完毕", "3 new clients of team \"one\" arrive one after another, each seen off before the next" => |world, words| {
        let (team, count) = if let Ok(count) = number(words, 1) { (word(words, 0), count) } else { (word(words, 1), number(words, 0)?) };
        several(world, count, true, &format!("到 \"{team}\" 组"), Channel::WalkIn)
    };

    "依次来电 {int} 位新客户", "{int} new clients call one after another",
    "依次来电 3 位新客户", "3 new clients call one after another" => |world, words| {
        several(world, number(words, 0)?, true, "", Channel::Phone)
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
        world.at(time)?;
        let arrival = world.arrival_of(client);
        let visit = world.new_visit(client);
        let receiver = world.person(name);
        world.command(&Command::RecordPast { visit, arrival, receiver, ended: true });
        Ok(())
    };
}

pub(super) fn arrive(
    world: &mut World,
    client: &str,
    circumstances: &str,
    channel: Channel,
) -> Result<(), String> {
    world.open();
    world.during_hours();
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
            world.command(&Command::Finish { visit });
            world.check_refusal()?;
        }
    }
    Ok(())
}
