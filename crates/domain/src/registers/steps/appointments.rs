//! Steps: appointments, and whether two bookings are one.

use super::{contacts::others, expect, number, word};
use crate::{
    people::Role,
    registers::{Command, rules::BookingChannel},
    scenario::{World, steps},
};

steps! { "registers";
    "{client} [在线|网上|电话|邮件|通过电话|通过邮件|通过在线平台]预约 {time} [到访|来访|看房|]", "{client} books {time} [online|by telephone|by e-mail]",
    "\"王先生\" 在线预约 15:00 到访", "\"Wang\" books 15:00 online" => |world, words| {
        let channel = words.iter().find_map(|w| match *w {
            "在线" | "网上" | "通过在线平台" | "online" => Some(BookingChannel::Online),
            "电话" | "通过电话" | "by telephone" => Some(BookingChannel::Telephone),
            "邮件" | "通过邮件" | "by e-mail" => Some(BookingChannel::Mail),
            _ => None,
        }).ok_or("the sentence names no channel")?;
        let time = words.iter().copied().find(|w| w.contains(':')).unwrap_or("");
        let at = world.moment_of(time)?;
        let client = world.client(others(words, 0));
        world.enter(&Command::Book { client, at, channel }, Role::Receptionist);
        Ok(())
    };

    "{client} [有|共有|只有] {int} 个预约", "{client} has {int} [appointment|appointments]",
    "\"王先生\" 有 1 个预约", "\"Wang\" has 1 appointment" => |world, words| {
        let wanted = words.iter().find_map(|w| w.parse::<usize>().ok());
        let client = world.client(word(words, 0));
        let found = world.registers.book.appointments.iter().filter(|a| a.client == client).count();
        expect(Some(found) == wanted, found)
    };

    "该预约有 {int} [条|个]渠道[备注|记录]", "the appointment has {int} [channel note|channel notes]",
    "该预约有 2 条渠道备注", "the appointment has 2 channel notes" => |world: &mut World, words| {
        let wanted = usize::try_from(number(words, 0)?).ok();
        let found = world.registers.book.appointments.last().map(|a| a.channels.len());
        expect(found.is_some() && found == wanted, found)
    };
}
