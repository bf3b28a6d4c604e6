//! Steps: receptions run their course.

use super::{steps, word};
use crate::{
    attribution::Ownership,
    rotation::{
        Command, Outcome,
        rules::AbsenceKind,
        state::{Arrival, OwnerAnswer, Phase, Purpose},
    },
    scenario::World,
};

steps! {
    "{time} {client} [离开|离去|离场|走了|离开现场|被送走]", "at {time} {client} leaves",
    "10:00 \"王先生\" 离开", "at 10:00 \"Wang\" leaves" => |world, words| {
        world.at(word(words, 0))?;
        finish(world, word(words, 1))
    };

    "{client} [离开|离去|离场|走了|离开现场|被送走]", "{client} [leaves|has left|goes]",
    "\"王先生\" 离开", "\"Wang\" leaves" => |world, words| finish(world, word(words, 0));

    "{time} {name} [接待完毕|接待结束|结束接待|接待完|送走客户]", "at {time} {name} [has finished|finishes]",
    "10:00 \"甲\" 接待完毕", "at 10:00 \"A\" has finished" => |world, words| {
        world.at(word(words, 0))?;
        finish_of(world, word(words, 1))
    };

    "{name} [接待完毕|接待结束|结束接待|接待完|送走客户]", "{name} [has finished|finishes]",
    "\"甲\" 接待完毕", "\"A\" has finished" => |world, words| finish_of(world, word(words, 0));

    "{time} {name} [应答|接受|拒绝]接待", "at {time} {name} [accepts|declines|refuses]",
    "09:30 \"甲\" 应答接待", "at 09:30 \"A\" accepts" => |world, words| {
        world.wait(word(words, 0))?;
        answer(world, word(words, 1), word(words, 2))
    };

    "{name} [应答|接受|拒绝]接待", "{name} [accepts|declines|refuses]",
    "\"甲\" 拒绝接待", "\"A\" declines" => |world, words| answer(world, word(words, 0), word(words, 1));

    "{name} [未应答|没有应答|无人应答|一分钟内未应答|一分钟未应答|超时未应答]", "{name} does not answer",
    "\"甲\" 未应答", "\"A\" does not answer" => |world, words| no_answer(world, word(words, 0));

    "[秘书|前台]找不到 {name}", "the [secretary|receptionist] cannot find {name}",
    "秘书找不到 \"甲\"", "the secretary cannot find \"A\"" => |world, words| no_answer(world, word(words, 1));

    "归属人选择同时接待", "the owner receives both",
    "归属人选择同时接待", "the owner receives both" => |world, _| owner(world, OwnerAnswer::Both);

    "{name} [选择|决定|要求|表示|愿意|][同时接待|两边都接待|一并接待|两组都接待|两人都接待|两位都接待]", "{name} [receives both|chooses both|takes both|answers both]",
    "\"甲\" 选择同时接待", "\"A\" receives both" => |world, _| owner(world, OwnerAnswer::Both);

    "{name} [电话中|在电话中|电话|][指定|指派|委托|请|安排|让][同事|由|] {name} [代为接待|帮忙接待|接待|代接]", "{name} names {name}",
    "\"甲\" 指定 \"丙\" 接待", "\"A\" names \"C\"" => |world, words| {
        let named = if words.len() > 2 { word(words, 4) } else { word(words, 1) };
        names_receiver(world, named)
    };

    "{name} [未|没有|没|不][指定|指派|委托][任何|][人|同事|代接人]", "{name} names nobody",
    "\"甲\" 未指定任何人", "\"A\" names nobody" => |world, _| owner(world, OwnerAnswer::Nobody);

    "[打不通|联系不上|联系不到|无法联系] {name}", "{name} cannot be reached",
    "联系不上 \"乙\"", "\"B\" cannot be reached" => |world, _| owner(world, OwnerAnswer::Unreachable);

    "{name} [主动接待|自行接待|上前接待|要求接待|抢接|擅自接待|抢先接待|直接接待][了|][新客户|客户|] {client}", "{name} [claims|grabs|tries to receive|tries to open a reception for] {client}",
    "\"丁\" 主动接待 \"王先生\"", "\"D\" claims \"Wang\"" => |world, words| {
        claim(world, word(words, 0), words.last().copied().unwrap_or_default())
    };

    "认出 {client} 是老客户,归 {name}", "{client} is identified as {name}'s client",
    "认出 \"王先生\" 是老客户,归 \"乙\"", "\"Wang\" is identified as \"B\"'s client" => |world, words| {
        let (client, name) = (word(words, 0), word(words, 1));
        let ownership = Some(Ownership { owner: world.person(name), closed: false });
        let (visit, id) = (world.visit_of(client)?, world.client(client));
        world.command(&Command::Identify { visit, client: Some(id), ownership });
        Ok(())
    };

    "归属人指定 {name} 接待", "the owner names {name}",
    "归属人指定 \"丙\" 接待", "the owner names \"C\"" => |world, words| {
        let person = world.person(word(words, 0));
        owner(world, OwnerAnswer::Names(person))
    };

    "归属人未指定任何人", "the owner names nobody",
    "归属人未指定任何人", "the owner names nobody" => |world, _| owner(world, OwnerAnswer::Nobody);

    "联系不上归属人", "the owner cannot be reached",
    "联系不上归属人", "the owner cannot be reached" => |world, _| owner(world, OwnerAnswer::Unreachable);

    "{time} 发现 {client} 是 {name} 的[未成交老|成交老|未成交|成交|老|]客户", "at {time} {client} is found to be {name}'s [open |closed |old |]client",
    "09:40 发现 \"王先生\" 是 \"乙\" 的未成交老客户", "at 09:40 \"Wang\" is found to be \"B\"'s open client" => |world, words| {
        world.at(word(words, 0))?;
        colleague(world, words, None)
    };

    "{time} 发现 {client} 是 {name} 的[未成交老|成交老|未成交|成交|老|]客户,[联系不上|联系不到|打不通电话|电话联系不上|无法联系]", "at {time} {client} is found to be {name}'s [open |closed |old |]client, who cannot be reached",
    "09:40 发现 \"王先生\" 是 \"乙\" 的老客户,联系不上", "at 09:40 \"Wang\" is found to be \"B\"'s old client, who cannot be reached" => |world, words| {
        world.at(word(words, 0))?;
        colleague(world, words, Some(OwnerAnswer::Unreachable))
    };

    "{time} 发现 {client} 是 {name} 的[未成交老|成交老|未成交|成交|老|]客户,电话[中|][指定|委托|安排] {name}[接待|]", "at {time} {client} is found to be {name}'s [open |closed |old |]client, who names {name} by telephone",
    "09:40 发现 \"王先生\" 是 \"乙\" 的老客户,电话中指定 \"丙\"", "at 09:40 \"Wang\" is found to be \"B\"'s old client, who names \"C\" by telephone" => |world, words| {
        world.at(word(words, 0))?;
        let named = if words.len() > 5 { word(words, 6) } else { word(words, 4) };
        let person = world.person(named);
        colleague(world, words, Some(OwnerAnswer::Names(person)))
    };

    "{name} [发现|认出|得知|查到] {client} 是 {name} 的[未成交老|成交老|未成交|成交|老|]客户", "{name} [finds|recognises|learns] that {client} is {name}'s [open |closed |old |]client",
    "\"甲\" 发现 \"王先生\" 是 \"乙\" 的老客户", "\"A\" finds that \"Wang\" is \"B\"'s old client" => |world, words| {
        colleague(world, words.get(1..).unwrap_or_default(), None)
    };

    "{client} [被|][发现|认出|查明]是 {name} 的[未成交老|成交老|未成交|成交|老|]客户", "{client} is found to be {name}'s [open |closed |old |]client",
    "\"王先生\" 被发现是 \"乙\" 的老客户", "\"Wang\" is found to be \"B\"'s client" => |world, words| {
        let zh = words.len() > 3;
        let (owner, kind) = if zh { (word(words, 3), word(words, 4)) } else { (word(words, 1), word(words, 2)) };
        colleague(world, &["", word(words, 0), owner, kind], None)
    };

    "{name} [认出|认出了|认得] {client}", "{name} recognises {client}",
    "\"乙\" 认出 \"王先生\"", "\"B\" recognises \"Wang\"" => |world, words| {
        let client = words.last().copied().unwrap_or_default();
        colleague(world, &["", client, word(words, 0), ""], None)
    };

    "{client} [认出|认出了|认得|说出] {name} [的姓名|的名字|]", "{client} recognises the first receiver {name}",
    "\"王先生\" 说出 \"乙\" 的姓名", "\"Wang\" recognises the first receiver \"B\"" => |world, words| {
        let name = if words.len() > 2 { word(words, 2) } else { word(words, 1) };
        colleague(world, &["", word(words, 0), name, ""], None)
    };

    "[发现|得知|查明] {client} [不是|是][购房者|来买房的|买房的|同行|推销的|推销员|装修推销员|推销装修的|装修公司的人|市调人员|市调|市场调查人员|广告推销员|广告公司的人|记者|施工方|小贩|非购房者]{rest}", "{client} is found [to be no buyer|not to be a buyer|to be a peddler|to be of the same trade]{rest}",
    "发现 \"王先生\" 是推销员,由排位最后者接待", "\"Wang\" is found to be no buyer and is handed over" => |world, words| {
        let client = if words.len() > 3 { word(words, 1) } else { word(words, 0) };
        let visit = world.visit_of(client)?;
        let rest = words.last().copied().unwrap_or_default();
        let kept = ["继续", "原", "本人", "kept", "carries on", "continues"];
        let carries_on = kept.iter().any(|word| rest.contains(word));
        world.command(&Command::FoundNonBuyer { visit, carries_on });
        Ok(())
    };

    "{time} 发现 {client} [不是购房者|是同行|是推销的|是推销员|是市调|是市调人员|是非购房者|不是来买房的|不买房],[转交|转交最后一位|转交排位最后者|继续接待|原销售员继续接待|仍由原接待人接待]", "at {time} {client} is found not to be a buyer and is [handed over|kept]",
    "09:32 发现 \"王先生\" 不是购房者,转交", "at 09:32 \"Wang\" is found not to be a buyer and is handed over" => |world, words| {
        world.at(word(words, 0))?;
        let visit = world.visit_of(word(words, 1))?;
        let way = words.last().copied().unwrap_or_default();
        let carries_on = way.ends_with("接待") || way == "kept";
        world.command(&Command::FoundNonBuyer { visit, carries_on });
        Ok(())
    };

    "{client} [当天成交|当天签约|今天成交|今日成交|当日成交|成交]", "{client} [closes a deal today|signs the same day|closes today|signs today]",
    "\"王先生\" 当天成交", "\"Wang\" closes a deal today" => |world, words| {
        let client = word(words, 0);
        if world.has_been(client) {
            let visit = world.visit_of(client)?;
            world.command(&Command::DealClosed { visit });
        }
        world.close_with_receiver(client, None)
    };

    "{client} 需要协助", "{client} needs help",
    "\"王先生\" 需要协助", "\"Wang\" needs help" => |world, words| {
        let visit = world.visit_of(word(words, 0))?;
        world.command(&Command::CallHelp { visit, helper: None });
        Ok(())
    };

    "{name} [请求协助|需要协助|请求支援|求助]", "{name} asks for help",
    "\"甲\" 请求协助", "\"A\" asks for help" => |world, words| {
        let visit = visit_received_by(world, word(words, 0))?;
        world.visit = Some(visit);
        Ok(())
    };

    "[主管|经理|]安排 {name} 协助 {name}", "the [supervisor|manager] assigns {name} to help {name}",
    "主管安排 \"丙\" 协助 \"甲\"", "the supervisor assigns \"C\" to help \"A\"" => |world, words| {
        let helper = Some(world.person(word(words, 1)));
        let visit = visit_received_by(world, word(words, 2))?;
        world.visit = Some(visit);
        world.command(&Command::CallHelp { visit, helper });
        Ok(())
    };

    "请 {name} 协助接待 {client}", "{name} is called to help with {client}",
    "请 \"丁\" 协助接待 \"王先生\"", "\"D\" is called to help with \"Wang\"" => |world, words| {
        let helper = Some(world.person(word(words, 0)));
        let visit = world.visit_of(word(words, 1))?;
        world.command(&Command::CallHelp { visit, helper });
        Ok(())
    };
}

/// Whoever was asked names a colleague: the owner, or who is on turn for somebody not here to view.
fn names_receiver(world: &mut World, name: &str) -> Result<(), String> {
    let person = world.person(name);
    let visit = world.visit_of("")?;
    let known = world.floor.visits.get(&visit).map(|visit| (visit.phase, visit.arrival.clone()));
    match known {
        Some((phase, arrival))
            if arrival.purpose == Purpose::NonViewing && !matches!(phase, Phase::Asking(_)) =>
        {
            let arrival = Arrival { delegated: Some(person), ..arrival };
            world.command(&Command::Correct { visit, arrival });
            Ok(())
        }
        _ => owner(world, OwnerAnswer::Names(person)),
    }
}

/// `name` wants to receive `client`, whoever's turn it is.
fn claim(world: &mut World, name: &str, client: &str) -> Result<(), String> {
    let by = world.person(name);
    let (visit, arrival) = match world.visit_of(client) {
        Ok(visit) if world.has_come(client) => (visit, None),
        _ => {
            world.open();
            let arrival = world.arrival_of(client);
            (world.new_visit(client), Some(arrival))
        }
    };
    world.command(&Command::Claim { visit, by, arrival });
    Ok(())
}

fn no_answer(world: &mut World, name: &str) -> Result<(), String> {
    let visit = visit_received_by(world, name)?;
    world.visit = Some(visit);
    world.wait_for_answer(visit);
    Ok(())
}

fn finish(world: &mut World, client: &str) -> Result<(), String> {
    if !world.has_been(client) && world.is_on_floor(client) {
        // Said of somebody of the staff: nobody was told.
        let (person, kind) = (world.person(client), AbsenceKind::Unreported);
        world.command(&Command::StepOut { person, kind, until: None, approved: None });
        return Ok(());
    }
    world.come_when_called();
    let visit = world.visit_of(client)?;
    see_off(world, visit);
    Ok(())
}

/// The visitor leaves, registered or not.
fn see_off(world: &mut World, visit: crate::people::VisitId) {
    let registered = world.floor.visits.get(&visit).is_some_and(|visit| visit.registered);
    world.command(&match world.must_register() && !registered {
        true => Command::LeftUnregistered { visit },
        false => Command::Finish { visit },
    });
}

/// The one visit that `name` receives.
pub(super) fn visit_received_by(
    world: &mut World,
    name: &str,
) -> Result<crate::people::VisitId, String> {
    let person = world.person(name);
    let visit = world.floor.open_visits_of(person).map(|(id, _)| *id).last();
    visit.ok_or_else(|| format!("`{name}` receives nobody"))
}

fn finish_of(world: &mut World, name: &str) -> Result<(), String> {
    world.come_when_called();
    let visit = visit_received_by(world, name)?;
    see_off(world, visit);
    Ok(())
}

fn answer(world: &mut World, name: &str, answer: &str) -> Result<(), String> {
    let visit = visit_received_by(world, name)?;
    world.visit = Some(visit);
    world.command(&match answer {
        "应答" | "接受" | "accepts" => Command::Accept { visit },
        _ => Command::Decline { visit },
    });
    Ok(())
}

fn owner(world: &mut World, answer: OwnerAnswer) -> Result<(), String> {
    let visit = world.visit_of("")?;
    // Whoever found a colleague's client has asked the colleague, and tells the answer.
    if let Some((_, ownership)) = world.asked.filter(|(asked, _)| *asked == visit) {
        world.asked = None;
        world.command(&Command::FoundColleague { visit, ownership, answer: Some(answer) });
        return Ok(());
    }
    world.command(&Command::AnswerOwner { visit, answer });
    Ok(())
}

fn colleague(world: &mut World, words: &[&str], answer: Option<OwnerAnswer>) -> Result<(), String> {
    let (client, owner) = (word(words, 1), word(words, 2));
    let closed = matches!(word(words, 3).trim(), "成交老" | "成交" | "closed");
    let visit = world.visit_of(client)?;
    let ownership = Ownership { owner: world.person(owner), closed };
    world.command(&Command::FoundColleague { visit, ownership, answer });
    let asks = matches!(world.outcome(), Some(Outcome::AsksOwner { .. }));
    world.asked = asks.then_some((visit, ownership));
    world.visit = Some(visit);
    Ok(())
}
