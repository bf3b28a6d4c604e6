//! Steps: signing in, stepping out, coming back, being busy.

use super::{steps, word};
use crate::{
    people::PersonId,
    rotation::{
        Command,
        rules::{AbsenceKind, BusyKind},
    },
    scenario::{World, text::names},
};

steps! {
    "{name} 于 {time} 签到", "{name} signs in at {time}",
    "\"戊\" 于 09:20 签到", "\"E\" signs in at 09:20" => |world, words| {
        world.at(word(words, 1))?;
        world.open();
        let person = world.person(word(words, 0));
        world.command(&Command::SignIn { person });
        Ok(())
    };

    "{name} 于 {time} 签退", "{name} signs out at {time}",
    "\"戊\" 于 18:00 签退", "\"E\" signs out at 18:00" => |world, words| {
        world.at(word(words, 1))?;
        let person = world.person(word(words, 0));
        world.command(&Command::SignOut { person });
        Ok(())
    };

    "{names} 于 {time} [未报备离场|未打招呼离场|擅自离场|因私事离场|因私外出|外出办私事|因公事离场|因公外出|外出办公事|请假离场|请假外出|去用餐|短暂离开|离开前台|离开现场]", "{names} leaves at {time} [unreported|without a word|on private business|on a private errand|on business|on leave|for a meal|for a moment|the desk for a moment]",
    "\"甲\" 于 09:20 未报备离场", "\"A\" leaves at 09:20 unreported" => |world, words| leave(world, words, None);

    "{names} [未报备离场|未打招呼离场|擅自离场|因私事离场|因私外出|外出办私事|因公事离场|因公外出|外出办公事|请假离场|请假外出|去用餐|短暂离开|离开前台|离开现场|不在现场|不在前台|不在岗|不在场]", "{names} [leaves|leave|is away|are away|is absent] [unreported|without a word|on private business|on a private errand|on business|on leave|for a meal|for a moment|the desk for a moment]",
    "\"甲\" 因私事离场", "\"A\" leaves on private business" => |world, words| {
        world.open();
        leave(world, &[word(words, 0), "", words.last().copied().unwrap_or_default()], None)
    };

    "{names} [均|都|]不在[现场|前台|场|岗]", "{names} [is|are] [away|absent|not at the desk|not on the floor]",
    "\"甲\" 均不在前台", "\"A\" is away" => |world, words| {
        world.open();
        leave(world, &[word(words, 0), "", "unreported"], None)
    };

    "{names} 今日休息", "{names} [is|are] off duty today",
    "\"乙\" 今日休息", "\"B\" is off duty today" => |world, words| {
        world.open();
        for name in names(word(words, 0)) {
            let person = world.person(&name);
            if world.floor.people.get(&person).is_some_and(|m| m.signed_in.is_some()) {
                world.command(&Command::SignOut { person });
            }
        }
        Ok(())
    };

    "{name} [因公事离场|因公外出|外出办公事|因私事离场|因私外出|请假离场|请假外出],[已获批准|未获批准|经主管确认|未经主管确认]", "{name} [leaves|is away] [on business|on private business|on leave][,|] [approved|refused|confirmed by the supervisor|not confirmed]",
    "\"甲\" 因公事离场,已获批准", "\"A\" leaves on business, approved" => |world, words| {
        world.open();
        let approval = words.last().copied().unwrap_or_default();
        let approved = matches!(approval, "已获批准" | "approved" | "经主管确认" | "confirmed by the supervisor");
        let kind = if words.len() > 3 { word(words, 2) } else { word(words, 1) };
        leave(world, &[word(words, 0), "", kind], Some(approved))
    };

    "{name} 由[领导|经理|主管|公司][安排|派遣|派]外出", "{name} is sent out by the [leader|manager|supervisor]",
    "\"甲\" 由领导安排外出", "\"A\" is sent out by the leader" => |world, words| {
        world.open();
        leave(world, &[word(words, 0), "", "on business"], Some(true))
    };

    "{name} 于 {time} [因公事离场|因公外出|外出办公事|因私事离场|因私外出|请假离场|请假外出],[已获批准|未获批准|经主管确认|未经主管确认]", "{name} leaves at {time} [on business|on private business|on leave], [approved|refused|confirmed by the supervisor|not confirmed]",
    "\"甲\" 于 09:20 因公事离场,已获批准", "\"A\" leaves at 09:20 on business, approved" => |world, words| {
        let approved = matches!(
            word(words, 3),
            "已获批准" | "approved" | "经主管确认" | "confirmed by the supervisor"
        );
        leave(world, words, Some(approved))
    };

    "[主管|销售主管|经理|销售经理][批准|不批准|确认|不确认|否认|同意|不同意] {name} 的[外出|公事外出|公事|外出申请|公务]", "the [supervisor|sales supervisor|manager|sales manager] [approves|refuses|confirms|does not confirm] the outing of {name}",
    "主管批准 \"甲\" 的外出", "the supervisor approves the outing of \"A\"" => |world, words| {
        let approved = matches!(word(words, 1), "批准" | "approves" | "确认" | "confirms" | "同意");
        let role = if word(words, 0).ends_with("经理") || word(words, 0).ends_with("manager") { "manager" } else { "supervisor" };
        world.acting = crate::rotation::rules::Role::of_word(role);
        let person = world.person(word(words, 2));
        world.command(&Command::AnswerOuting { person, approved });
        Ok(())
    };

    "{name} [返回|回来|回到现场]", "{name} [is back|returns]",
    "\"甲\" 返回", "\"A\" is back" => |world, words| {
        let person = world.person(word(words, 0));
        world.command(&Command::Return { person });
        Ok(())
    };

    "{name} 于 {time} [返回|回来|回到现场]", "{name} [is back|returns] at {time}",
    "\"甲\" 于 09:40 返回", "\"A\" is back at 09:40" => |world, words| {
        let time = if word(words, 1).contains(':') { word(words, 1) } else { word(words, 2) };
        world.at(time)?;
        let person = world.person(word(words, 0));
        world.command(&Command::Return { person });
        Ok(())
    };

    "{name} 于 {time} 开始[协助同事成交|接听热线]", "{name} is [helping a colleague close|on the hotline] from {time}",
    "\"甲\" 于 10:00 开始协助同事成交", "\"A\" is helping a colleague close from 10:00" => |world, words| {
        let (name, time, what) = match word(words, 2) {
            "协助同事成交" | "接听热线" => (word(words, 0), word(words, 1), word(words, 2)),
            _ => (word(words, 0), word(words, 2), word(words, 1)),
        };
        world.at(time)?;
        let kind = match what {
            "协助同事成交" | "helping a colleague close" => BusyKind::HelpingClose,
            _ => BusyKind::Hotline,
        };
        let person = world.person(name);
        world.command(&Command::BecomeBusy { person, kind });
        Ok(())
    };

    "{name} [忙完|空闲|已空闲]", "{name} is free",
    "\"甲\" 忙完", "\"A\" is free" => |world, words| {
        let person = world.person(word(words, 0));
        world.command(&Command::BecomeFree { person });
        Ok(())
    };

    "{name} [开始|正在|][协助同事成交|帮同事成交|协助同事谈单|接听热线|接听电话]", "{name} is [helping a colleague close|on the hotline]",
    "\"甲\" 正在协助同事成交", "\"A\" is helping a colleague close" => |world, words| {
        world.open();
        let what = words.last().copied().unwrap_or_default();
        let closing = what.ends_with("成交") || what.ends_with("谈单") || what.ends_with("close");
        let kind = if closing { BusyKind::HelpingClose } else { BusyKind::Hotline };
        let person = world.person(word(words, 0));
        world.command(&Command::BecomeBusy { person, kind });
        Ok(())
    };

    "{name} 于 {time} 忙完", "{name} is free at {time}",
    "\"甲\" 于 10:30 忙完", "\"A\" is free at 10:30" => |world, words| {
        world.at(word(words, 1))?;
        let person = world.person(word(words, 0));
        world.command(&Command::BecomeFree { person });
        Ok(())
    };

    "{name} [通知前台|提醒前台|通知秘书|提醒秘书|报告空闲|报告秘书|向秘书报告][已空闲|空闲|接待完毕|可以接待|]", "{name} [tells the desk|tells the secretary|reports free|reports to the secretary]",
    "\"甲\" 通知秘书", "\"A\" reports free" => |world, words| {
        let person = world.person(word(words, 0));
        notice(world, person)
    };

    "{name} 于 {time} [通知前台|通知秘书|报告空闲]", "{name} tells the [desk|secretary] at {time}",
    "\"甲\" 于 11:00 通知前台", "\"A\" tells the desk at 11:00" => |world, words| {
        let time = if word(words, 1).contains(':') { word(words, 1) } else { word(words, 2) };
        world.at(time)?;
        let person = world.person(word(words, 0));
        notice(world, person)
    };

    "{name} [到位签到|在前台就座|在前台签到|已在前台就座|站位签到|到站位签到|到岗签到]", "{name} [checks in at the post|checks in|is seated at the desk]",
    "\"甲\" 到位签到", "\"A\" checks in at the post" => |world, words| {
        let person = world.person(word(words, 0));
        world.command(&Command::CheckIn { person });
        Ok(())
    };

    "[营业日结束|当日结束|当天结束|一天结束|下班|打烊|关门]", "the day [closes|ends]",
    "营业日结束", "the day closes" => |world, _| {
        world.command(&Command::CloseDay { end_open: true });
        Ok(())
    };
}

/// Whoever tells the desk has finished what kept them.
fn notice(world: &mut World, person: PersonId) -> Result<(), String> {
    let open: Vec<_> = world.floor.open_visits_of(person).map(|(visit, _)| *visit).collect();
    for visit in open {
        world.command(&Command::Finish { visit });
    }
    if world.floor.people.get(&person).is_some_and(|member| member.busy.is_some()) {
        world.command(&Command::BecomeFree { person });
    }
    world.command(&Command::GiveNotice { person });
    Ok(())
}

fn leave(world: &mut World, words: &[&str], approved: Option<bool>) -> Result<(), String> {
    world.at(word(words, 1))?;
    let kind = match word(words, 2) {
        "未报备离场" | "未打招呼离场" | "擅自离场" | "不在现场" | "不在前台" | "不在岗"
        | "unreported" | "without a word" => AbsenceKind::Unreported,
        "因私事离场"
        | "因私外出"
        | "外出办私事"
        | "on private business"
        | "on a private errand" => AbsenceKind::Private,
        "因公事离场" | "因公外出" | "外出办公事" | "on business" => {
            AbsenceKind::Business
        }
        "请假离场" | "请假外出" | "on leave" => AbsenceKind::Leave,
        "去用餐" | "for a meal" => AbsenceKind::Meal,
        _ => AbsenceKind::Short,
    };
    for name in names(word(words, 0)) {
        world.check_refusal()?;
        let person = world.person(&name);
        world.command(&Command::StepOut { person, kind, until: None, approved });
    }
    Ok(())
}
