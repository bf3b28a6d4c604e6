//! Steps: what supervisors do by authority.

use super::{number, steps, word};
use crate::{
    people::PersonId,
    rotation::{
        Command,
        rules::{BreachKind, MakeUpKind, Role},
        state::MakeUpState,
    },
    scenario::{World, text::names},
};

steps! {
    "[主管|经理|项目经理|销售经理][许可|批准|同意|允许|准许] {name} [再接待|再接|同时接待|另接待|另接][一位|一组|另一位|另一组]新客户", "the [supervisor|manager|project manager] permits {name} one more new client",
    "项目经理许可 \"甲\" 再接一位新客户", "the project manager permits \"A\" one more new client" => |world, words| {
        let supervisor = matches!(word(words, 0), "主管" | "supervisor");
        world.acting = Some(if supervisor { Role::Supervisor } else { Role::Manager });
        let name = if words.len() > 2 { word(words, 2) } else { word(words, 1) };
        let person = world.person(name);
        world.command(&Command::PermitSecond { person });
        Ok(())
    };

    "[主管|经理|项目经理|销售经理]收回 {name} 的许可", "the [supervisor|manager|project manager] withdraws the permission of {name}",
    "项目经理收回 \"甲\" 的许可", "the project manager withdraws the permission of \"A\"" => |world, words| {
        let supervisor = matches!(word(words, 0), "主管" | "supervisor");
        world.acting = Some(if supervisor { Role::Supervisor } else { Role::Manager });
        let person = world.person(word(words, 1));
        world.command(&Command::WithdrawSecond { person });
        Ok(())
    };

    "[主管|经理|销售主管|销售经理]确认 {name} [不按签到顺序接待|不按顺序接待|未按顺序接待|拒接客户|拒接|拒绝接待客户|拒绝接待|抢客户|抢客|抢单|挑客户|挑选客户|挑客|怠慢客户|冷淡接待客户|冷淡接待|怠客|对客户不耐烦|未按序站岗|未按顺序站岗|不按顺序站岗|不站岗|未站岗|私自离岗|擅离站岗|离开站岗岗位]", "the [supervisor|manager|sales supervisor|sales manager] confirms {name} [receiving out of order|refusing a client|refusing|grabbing a client|grabbing|picking clients|picking|receiving coldly|cold reception|neglecting|being impatient|not standing in order|not standing at all|leaving the standing post]",
    "主管确认 \"甲\" 抢客户", "the supervisor confirms \"A\" grabbing" => |world, words| breach(world, words);

    "{time} [主管|经理|销售主管|销售经理]确认 {name} [不按签到顺序接待|不按顺序接待|未按顺序接待|拒接客户|拒接|拒绝接待客户|拒绝接待|抢客户|抢客|抢单|挑客户|挑选客户|挑客|怠慢客户|冷淡接待客户|冷淡接待|怠客|对客户不耐烦|未按序站岗|未按顺序站岗|不按顺序站岗|不站岗|未站岗|私自离岗|擅离站岗|离开站岗岗位]", "at {time} the [supervisor|manager|sales supervisor|sales manager] confirms {name} [receiving out of order|refusing a client|refusing|grabbing a client|grabbing|picking clients|picking|receiving coldly|cold reception|neglecting|being impatient|not standing in order|not standing at all|leaving the standing post]",
    "09:40 主管确认 \"甲\" 抢客户", "at 09:40 the supervisor confirms \"A\" grabbing" => |world, words| {
        world.at(word(words, 0))?;
        breach(world, words.get(1..).unwrap_or_default())
    };

    "{name} [不按签到顺序接待|不按顺序接待|未按顺序接待|拒接客户|拒接|拒绝接待客户|拒绝接待|抢客户|抢客|抢单|挑客户|挑选客户|挑客|怠慢客户|冷淡接待客户|冷淡接待|怠客|对客户不耐烦|未按序站岗|未按顺序站岗|不按顺序站岗|不站岗|未站岗|私自离岗|擅离站岗|离开站岗岗位|抢接客户]", "{name} is seen [receiving out of order|refusing a client|refusing|grabbing a client|grabbing|picking clients|picking|receiving coldly|cold reception|neglecting|being impatient|not standing in order|not standing at all|leaving the standing post]",
    "\"甲\" 抢客户", "\"A\" is seen grabbing" => |world, words| {
        world.alleged = Some((word(words, 0).to_owned(), word(words, 1).replace("抢接", "抢")));
        Ok(())
    };

    "{name} [抢|抢了|抢接了|抢走了] {name} 的客户", "{name} grabs {name}'s client",
    "\"甲\" 抢了 \"丙\" 的客户", "\"A\" grabs \"C\"'s client" => |world, words| {
        world.alleged = Some((word(words, 0).to_owned(), "抢客户".to_owned()));
        Ok(())
    };

    "{name} [放弃轮次|主动放弃轮次|放弃本轮|主动放弃本轮]", "{name} [gives the turn up|gives up the turn|waives the turn]",
    "\"甲\" 放弃轮次", "\"A\" gives the turn up" => |world, words| give_up(world, word(words, 0), false);

    "[主管|经理|销售主管|销售经理]确认[属实|]", "the [supervisor|manager|sales supervisor|sales manager] confirms[ it|]",
    "主管确认", "the supervisor confirms" => |world, words| {
        let (name, what) = world.alleged.take().ok_or("nobody is said to have done anything")?;
        breach(world, &[word(words, 0), &name, &what])
    };

    "{time} {name} [放弃轮次|主动放弃轮次|放弃本轮|主动放弃本轮]", "at {time} {name} [gives the turn up|gives up the turn|waives the turn]",
    "10:00 \"甲\" 放弃轮次", "at 10:00 \"A\" gives the turn up" => |world, words| {
        world.at(word(words, 0))?;
        give_up(world, word(words, 1), false)
    };

    "{time} {name} [放弃轮次|放弃本轮],[经值班经理认可|值班经理认可|理由经值班经理认可]", "at {time} {name} gives the turn up, which the duty manager accepts",
    "10:00 \"甲\" 放弃轮次,经值班经理认可", "at 10:00 \"A\" gives the turn up, which the duty manager accepts" => |world, words| {
        world.at(word(words, 0))?;
        give_up(world, word(words, 1), true)
    };

    "主管给 {name} 一次[优先补接|补接]", "the supervisor grants {name} [a priority|an ordinary] make-up",
    "主管给 \"甲\" 一次补接", "the supervisor grants \"A\" an ordinary make-up" => |world, words| {
        let kind = match word(words, 1) {
            "优先补接" | "a priority" => MakeUpKind::Priority,
            _ => MakeUpKind::Ordinary,
        };
        let person = world.person(word(words, 0));
        let ring = world.ring("");
        world.acting = Some(Role::Supervisor);
        world.command(&Command::GrantMakeUp { person, ring, kind });
        Ok(())
    };

    "主管取消 {name} 的补接", "the supervisor takes the make-up of {name} away",
    "主管取消 \"甲\" 的补接", "the supervisor takes the make-up of \"A\" away" => |world, words| {
        let id = make_up_of(world, word(words, 0))?;
        world.acting = Some(Role::Supervisor);
        world.command(&Command::TakeMakeUp { id });
        Ok(())
    };

    "[主管|经理|置业顾问]证实 {name} 的[补接事由|补位事由|来访事由]", "the [supervisor|manager|consultant] verifies the [make-up|reason] of {name}",
    "主管证实 \"甲\" 的补接事由", "the supervisor verifies the make-up of \"A\"" => |world, words| {
        let name = if word(words, 2).is_empty() || word(words, 2).ends_with("事由") { word(words, 1) } else { word(words, 2) };
        let id = make_up_of(world, name)?;
        world.acting = Some(match word(words, 0) {
            "经理" | "manager" => Role::Manager,
            "置业顾问" | "consultant" => Role::Consultant,
            _ => Role::Supervisor,
        });
        world.command(&Command::VerifyMakeUp { id });
        Ok(())
    };

    "[主管|经理]停止 {name} 接待 {int} 天", "the [supervisor|manager] suspends {name} for {int} [days|day]",
    "主管停止 \"甲\" 接待 1 天", "the supervisor suspends \"A\" for 1 days" => |world, words| {
        let days = Some(number(words, 2)?);
        let person = world.person(word(words, 1));
        world.acting = Some(Role::Supervisor);
        world.command(&Command::Suspend { person, days, reason: None });
        Ok(())
    };

    "主管[解除|取消] {name} 的[停接|处罚|两排一轮]", "the supervisor lifts the [suspension|sanction] of {name}",
    "主管解除 \"甲\" 的停接", "the supervisor lifts the suspension of \"A\"" => |world, words| {
        let person = world.person(word(words, 1));
        world.acting = Some(Role::Supervisor);
        world.command(&Command::LiftSuspension { person });
        Ok(())
    };

    "主管改由 {name} 接待 {client}", "the supervisor has {name} receive {client}",
    "主管改由 \"丙\" 接待 \"王先生\"", "the supervisor has \"C\" receive \"Wang\"" => |world, words| {
        let receiver = world.person(word(words, 0));
        let visit = world.visit_of(word(words, 1))?;
        world.acting = Some(Role::Supervisor);
        world.command(&Command::Override { visit, receiver, reason: None });
        Ok(())
    };

    "[主管|经理|置业顾问|前台|秘书]将接待顺序改为 {names}", "the [supervisor|manager|consultant|receptionist|secretary] sets the order to {names}",
    "主管将接待顺序改为 \"乙, 甲\"", "the supervisor sets the order to \"B, A\"" => |world, words| {
        world.acting = Role::of_name(word(words, 0));
        let order: Vec<PersonId> = names(word(words, 1)).iter().map(|name| world.person(name)).collect();
        let ring = world.ring("");
        world.command(&Command::SetOrder { ring, order });
        Ok(())
    };

    "主管还给 {name} 本轮轮次", "the supervisor gives {name} the turn of this round back",
    "主管还给 \"甲\" 本轮轮次", "the supervisor gives \"A\" the turn of this round back" => |world, words| {
        let person = world.person(word(words, 0));
        let ring = world.ring("");
        world.acting = Some(Role::Supervisor);
        world.command(&Command::RestoreTurn { person, ring });
        Ok(())
    };
}

/// The words are who confirms, whose breach it is, and which.
fn breach(world: &mut World, words: &[&str]) -> Result<(), String> {
    let manager = word(words, 0).ends_with("经理") || word(words, 0).ends_with("manager");
    world.acting = Some(if manager { Role::Manager } else { Role::Supervisor });
    let kind = match word(words, 2) {
        "未按顺序接待" | "不按签到顺序接待" => BreachKind::OutOfOrder,
        "拒绝接待客户" | "拒绝接待" | "拒接" | "refusing a client" => {
            BreachKind::Refuse
        }
        "抢客" | "抢单" | "grabbing a client" => BreachKind::Grab,
        "挑选客户" | "挑客" | "picking clients" => BreachKind::Pick,
        "冷淡接待客户" | "冷淡接待" | "怠客" | "对客户不耐烦" | "cold reception" | "neglecting"
        | "being impatient" => BreachKind::Cold,
        "不按顺序站岗" | "未按顺序站岗" => BreachKind::Standing,
        "未站岗" => BreachKind::NoStanding,
        "擅离站岗" | "离开站岗岗位" => BreachKind::LeftStanding,
        name => BreachKind::of_name(name).ok_or("no such breach")?,
    };
    let person = world.person(word(words, 1));
    world.command(&Command::NoteBreach { person, kind });
    Ok(())
}

fn give_up(world: &mut World, name: &str, excused: bool) -> Result<(), String> {
    let person = world.person(name);
    let ring = world.ring("");
    world.acting = Some(if excused { Role::Manager } else { Role::Consultant });
    world.command(&Command::GiveUp { person, ring, excused });
    Ok(())
}

fn make_up_of(world: &mut World, name: &str) -> Result<u64, String> {
    let person = world.person(name);
    let alive = |state: MakeUpState| state.is_alive();
    let found = world.floor.make_ups.iter().find(|m| m.person == person && alive(m.state));
    found.map(|make_up| make_up.id).ok_or_else(|| format!("`{name}` has no make-up turn"))
}
