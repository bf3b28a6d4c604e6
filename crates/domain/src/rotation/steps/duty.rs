//! Steps: a rush, overrides with their reason, grounds, duty rosters and planned receptions.

use chrono::{Datelike, Weekday};

use super::{
    greeting::{people, prompted, told},
    steps, word,
};
use crate::{
    calendar::days_after,
    rotation::{
        Command, Event, Prompt,
        rules::{PlannedKind, Reason, Role, Unfit},
        state::Channel,
    },
    scenario::World,
};

steps! {
    "[主管|经理|销售主管|销售经理|][宣布|启动|进入|开启][客流高峰|高峰模式|高峰期|高峰接待]", "the [supervisor|manager] [declares|calls|starts] a rush",
    "主管宣布客流高峰", "the supervisor declares a rush" => |world, words| rush(world, word(words, 0), true);

    "[客户|来访客户|客流|来客][多于|超过|多过][销售人员|置业顾问|接待人员|销售代表]", "there are more visitors than salespeople",
    "客户多于销售人员", "there are more visitors than salespeople" => |world, _| rush(world, "主管", true);

    "[客流高峰|高峰|高峰期]结束", "the rush is over",
    "客流高峰结束", "the rush is over" => |world, _| rush(world, "主管", false);

    "[前台|置业顾问|销售人员]宣布客流高峰", "a [receptionist|consultant] declares a rush",
    "前台宣布客流高峰", "a receptionist declares a rush" => |world, words| {
        world.open();
        let consultant = !matches!(word(words, 0), "前台" | "receptionist");
        world.acting = Some(if consultant { Role::Consultant } else { Role::Receptionist });
        world.command(&Command::SetRush { on: true });
        Ok(())
    };

    "[主管|经理|销售主管|销售经理][将|把] {client} [改派给|改派|交给|交由|转给|安排给|调给|改由] {name}[接待|]", "the [supervisor|manager] [reassigns|passes] {client} to {name}",
    "主管将 \"王先生\" 交给 \"丙\"", "the supervisor reassigns \"Wang\" to \"C\"" => |world, words| {
        let (client, name) = client_and_name(words);
        assign(world, word(words, 0), client, name, None)
    };

    "[主管|经理|销售主管|销售经理][将|把] {client} [改派给|改派|交给|交由|转给|安排给|调给|改由] {name}[接待|],[理由|原因|事由][为|是|:|] {text}", "the [supervisor|manager] [reassigns|passes] {client} to {name}[,|] [for the reason|giving the reason|with the reason] {text}",
    "主管将 \"王先生\" 交给 \"丙\",理由为 \"外宾\"", "the supervisor reassigns \"Wang\" to \"C\", for the reason \"a foreign buyer\"" => |world, words| {
        let (client, name) = client_and_name(words);
        let reason = Some(reason_of(words.last().copied().unwrap_or_default()));
        assign(world, word(words, 0), client, name, reason)
    };

    "[主管|经理|销售主管|销售经理][将|把] {name} [移出轮排|调出轮排|停止轮排|移出接待顺序|调出接待顺序|暂停轮排]", "the [supervisor|manager] takes {name} out of the ring",
    "主管将 \"甲\" 移出轮排", "the supervisor takes \"A\" out of the ring" => |world, words| {
        take_out(world, words, Unfit::Other, None)
    };

    "[主管|经理|销售主管|销售经理][将|把] {name} [移出轮排|调出轮排|停止轮排|移出接待顺序|调出接待顺序|暂停轮排],[事由|原因][为|是|:|] {text}", "the [supervisor|manager] takes {name} out of the ring on the ground {text}",
    "主管将 \"甲\" 移出轮排,事由为 \"身体不适\"", "the supervisor takes \"A\" out of the ring on the ground \"unwell\"" => |world, words| {
        take_out(world, words, ground_of(words.last().copied().unwrap_or_default()), None)
    };

    "[主管|经理|销售主管|销售经理]破例[将|把] {name} 移出轮排,[说明理由|理由][为|是|:|] {text}", "the [supervisor|manager] takes {name} out of the ring by override[,|] [for the reason|giving the reason|with the reason] {text}",
    "主管破例将 \"甲\" 移出轮排,说明理由为 \"现场需要\"", "the supervisor takes \"A\" out of the ring by override, for the reason \"the site needs it\"" => |world, words| {
        let reason = Some(reason_of(words.last().copied().unwrap_or_default()));
        take_out(world, words, Unfit::Other, reason)
    };

    "[经理|营销部经理|营销经理|销售经理][看到|收到|知悉][该次|此次|该|][破例|改派|调整][及理由|及其理由|]", "the [manager|marketing manager] sees the override",
    "经理看到该次破例及理由", "the manager sees the override" => |world, _| {
        prompted(world, |prompt| matches!(prompt, Prompt::Overridden(_)))
    };

    "[提请|提议|建议]认定 {name} [违反接待顺序|拒接|拒绝接待|违规]", "a breach by {name} is proposed",
    "提请认定 \"甲\" 拒接", "a breach by \"A\" is proposed" => |world, words| {
        let name = words.iter().copied().find(|w| !["提请", "提议", "建议", "违反接待顺序", "拒接", "拒绝接待", "违规"].contains(w));
        let person = world.person(name.unwrap_or_default());
        prompted(world, |prompt| matches!(prompt, Prompt::BreachProposed(_)))?;
        let declined = |event: &Event| matches!(event, Event::OfferEnded { person: by, declined: true, .. } if *by == person);
        if world.events().iter().any(declined) { Ok(()) } else { Err("somebody else declined".into()) }
    };

    "没有提请认定违规", "no breach is proposed",
    "没有提请认定违规", "no breach is proposed" => |world, _| {
        match prompted(world, |prompt| matches!(prompt, Prompt::BreachProposed(_))) {
            Ok(()) => Err("a breach was proposed".into()),
            Err(_) => Ok(()),
        }
    };

    "{name} 上月[销售|成交|售出|卖出][了|] {int} [套|单|个]", "{name} sold {int} last month",
    "\"甲\" 上月销售 5 套", "\"A\" sold 5 last month" => |world, words| {
        let sold = words.iter().find_map(|word| word.parse::<u32>().ok()).ok_or("say how many")?;
        // The more sold, the better the rank.
        world.profile(word(words, 0), |profile| profile.rank = Some(u32::MAX - sold));
        Ok(())
    };

    "[主管|经理|零售经理|销售主管|销售经理|班长|][在晨会上|晨会上|][公布|公布了|发布|排出|安排][今日|当日|今天|本日][的|][值班表|值班|班表|轮值表]为 {names}", "the [supervisor|manager|retail manager] publishes today's roster: {names}",
    "经理公布今日值班表为 \"甲, 乙\"", "the manager publishes today's roster: \"A, B\"" => |world, words| {
        world.open();
        let today = world.now().date_naive();
        publish(world, words, today, today)
    };

    "[主管|经理|零售经理|销售主管|销售经理|班长|][公布|公布了|发布|排出|安排]下周[的|][值班表|值班|班表|轮值表]为 {names}", "the [supervisor|manager|retail manager] publishes next week's roster: {names}",
    "主管公布下周值班表为 \"甲, 乙\"", "the supervisor publishes next week's roster: \"A, B\"" => |world, words| {
        world.open();
        let today = world.now().date_naive();
        let monday = days_after(today, 7 - today.weekday().num_days_from_monday());
        publish(world, words, monday, days_after(monday, 6))
    };

    "[前台|置业顾问|坐席]公布今日值班表为 {names}", "a [receptionist|consultant] publishes today's roster: {names}",
    "前台公布今日值班表为 \"甲, 乙\"", "a receptionist publishes today's roster: \"A, B\"" => |world, words| {
        world.open();
        let today = world.now().date_naive();
        let receptionist = matches!(word(words, 0), "前台" | "receptionist");
        world.acting = Some(if receptionist { Role::Receptionist } else { Role::Consultant });
        let people = people(world, words.last().copied().unwrap_or_default());
        world.command(&Command::PublishRoster { from: today, to: today, people });
        Ok(())
    };

    "晨会[结束|开完|散会]", "the morning meeting [ends|is over]",
    "晨会结束", "the morning meeting ends" => |world, _| {
        world.open();
        world.command(&Command::EndMeeting);
        Ok(())
    };

    "[提示|提醒|显示|][值班表缺失|值班表未公布|缺少值班表|没有值班表|下周值班表未公布]", "the roster is [missing|shown as missing]",
    "提示值班表缺失", "the roster is missing" => |world, _| {
        prompted(world, |prompt| prompt == Prompt::RosterMissing)
    };

    "[没有|不]提示值班表缺失", "the roster is not missing",
    "没有提示值班表缺失", "the roster is not missing" => |world, _| {
        match prompted(world, |prompt| prompt == Prompt::RosterMissing) {
            Ok(()) => Err("the roster is missing".into()),
            Err(_) => Ok(()),
        }
    };

    "[今天是|今日是|到了|到|时间到][周|星期][一|二|三|四|五|六|日|天]", "it is [Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday]",
    "今天是星期五", "it is Friday" => |world, words| {
        let day = weekday(words.last().copied().unwrap_or_default()).ok_or("no such day")?;
        let today = world.now().date_naive();
        let ahead = (7 + day.num_days_from_monday() - today.weekday().num_days_from_monday()) % 7;
        match ahead {
            0 => Ok(()),
            days if world.floor.day.is_some() => super::people::next_day(world, u64::from(days)),
            days => world.on_date(&days_after(world.today(), days).format("%Y-%m-%d").to_string()),
        }
    };

    "[部门主管|部门负责人|负责人|主管|经理|][安排|指定] {name} {int} 天后接待[客户|来访客户|内部来访|内部来访者|内部人员|团队活动|外部合作方|合作方|合作伙伴]", "{name} is to receive [a client|an internal visitor|a partner] in {int} days",
    "安排 \"甲\" 3 天后接待客户", "\"A\" is to receive a client in 3 days" => |world, words| {
        let days = words.iter().find_map(|word| word.parse::<u32>().ok()).ok_or("say in how many days")?;
        plan(world, words, days)
    };

    "[部门主管|部门负责人|负责人|主管|经理|][安排|指定] {name} [于|在|][本|下|这|][周|星期][一|二|三|四|五|六|日]接待[客户|来访客户|内部来访|内部来访者|内部人员|团队活动|外部合作方|合作方|合作伙伴]", "{name} is to receive [a client|an internal visitor|a partner] on [Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday]",
    "安排 \"甲\" 于周五接待合作方", "\"A\" is to receive a partner on Friday" => |world, words| {
        world.open();
        let day = words.iter().rev().find_map(|word| weekday(word)).ok_or("no such day")?;
        let today = world.now().date_naive();
        let ahead = (7 + day.num_days_from_monday() - today.weekday().num_days_from_monday()) % 7;
        let next_week = words.contains(&"下");
        plan(world, words, if next_week && ahead <= day.num_days_from_monday() { ahead + 7 } else { ahead })
    };

    "{name} [收到|得到][接待|接待安排|值班|排班|值班安排|][通知|提醒]", "{name} is [notified|told] of the [duty|reception]",
    "\"甲\" 收到接待通知", "\"A\" is notified of the reception" => |world, words| {
        let person = world.person(word(words, 0));
        notified(world, person)
    };

    "{name} [没有收到|未收到][接待|接待安排|值班|排班|值班安排|][通知|提醒]", "{name} is not [notified|told] of the [duty|reception]",
    "\"甲\" 没有收到接待通知", "\"A\" is not notified of the reception" => |world, words| {
        let person = world.person(word(words, 0));
        match notified(world, person) {
            Ok(()) => Err(format!("{} was told", word(words, 0))),
            Err(_) => Ok(()),
        }
    };

    "[取消|撤销] {name} 的接待安排", "the planned reception of {name} is called off",
    "取消 \"甲\" 的接待安排", "the planned reception of \"A\" is called off" => |world, words| {
        let person = world.person(words.last().copied().unwrap_or_default());
        let planned = world.floor.planned.iter().find(|planned| planned.host == person);
        let id = planned.map(|planned| planned.id).ok_or("nothing is planned")?;
        world.command(&Command::CancelPlanned { id });
        Ok(())
    };
}

fn rush(world: &mut World, who: &str, on: bool) -> Result<(), String> {
    world.open();
    world.acting = Some(role_of(who));
    world.command(&Command::SetRush { on });
    Ok(())
}

fn role_of(who: &str) -> Role {
    if who.ends_with("经理") || who.ends_with("manager") {
        Role::Manager
    } else {
        Role::Supervisor
    }
}

/// The client and the name among the words of an assignment.
fn client_and_name<'a>(words: &[&'a str]) -> (&'a str, &'a str) {
    let chinese = matches!(word(words, 1), "将" | "把");
    if chinese { (word(words, 2), word(words, 4)) } else { (word(words, 2), word(words, 3)) }
}

/// What a reason in a scenario's own words is.
fn reason_of(text: &str) -> Reason {
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    if has(&["特殊", "外宾", "外商", "外籍", "重要", "贵宾", "special", "foreign", "important"])
    {
        Reason::SpecialClient
    } else if has(&["应对", "胜任", "能力", "handle", "cope"]) {
        Reason::BeyondAbility
    } else if has(&["客户要求", "asked"]) {
        Reason::ClientAsked
    } else if has(&["现场", "site"]) {
        Reason::SiteNeed
    } else {
        Reason::Other
    }
}

/// What a ground in a scenario's own words is.
fn ground_of(text: &str) -> Unfit {
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    if has(&["培训", "training"]) {
        Unfit::Training
    } else if has(&["身体", "不适", "情绪", "状态", "unwell", "ill"]) {
        Unfit::Unwell
    } else if has(&["工作", "任务", "work", "assignment"]) {
        Unfit::OtherWork
    } else if has(&["离职", "辞职", "leaving", "resign"]) {
        Unfit::Leaving
    } else {
        Unfit::Other
    }
}

/// Gives `client`, who may only be arriving, to `name`.
fn assign(
    world: &mut World,
    who: &str,
    client: &str,
    name: &str,
    reason: Option<Reason>,
) -> Result<(), String> {
    world.open();
    let receiver = world.person(name);
    if world.has_come(client) {
        let visit = world.visit_of(client)?;
        world.acting = Some(role_of(who));
        world.command(&Command::Override { visit, receiver, reason });
        return Ok(());
    }
    let mut arrival = world.arrival_of(client);
    (arrival.assigned, arrival.reason, arrival.channel) = (Some(receiver), reason, Channel::WalkIn);
    let visit = world.new_visit(client);
    world.acting = Some(role_of(who));
    world.command(&Command::Arrive { visit, arrival });
    Ok(())
}

fn take_out(
    world: &mut World,
    words: &[&str],
    unfit: Unfit,
    reason: Option<Reason>,
) -> Result<(), String> {
    world.open();
    let name =
        if matches!(word(words, 1), "将" | "把") { word(words, 2) } else { word(words, 1) };
    let person = world.person(name);
    world.acting = Some(role_of(word(words, 0)));
    world.command(&Command::SetUnfit { person, unfit: Some(unfit), reason });
    Ok(())
}

fn publish(
    world: &mut World,
    words: &[&str],
    from: chrono::NaiveDate,
    to: chrono::NaiveDate,
) -> Result<(), String> {
    let people = people(world, words.last().copied().unwrap_or_default());
    world.acting = Some(role_of(word(words, 0)));
    world.command(&Command::PublishRoster { from, to, people });
    Ok(())
}

fn weekday(word: &str) -> Option<Weekday> {
    Some(match word {
        "一" | "Monday" => Weekday::Mon,
        "二" | "Tuesday" => Weekday::Tue,
        "三" | "Wednesday" => Weekday::Wed,
        "四" | "Thursday" => Weekday::Thu,
        "五" | "Friday" => Weekday::Fri,
        "六" | "Saturday" => Weekday::Sat,
        "日" | "天" | "Sunday" => Weekday::Sun,
        _ => return None,
    })
}

fn plan(world: &mut World, words: &[&str], days: u32) -> Result<(), String> {
    world.open();
    let kind = words.iter().find_map(|word| match *word {
        "客户" | "来访客户" | "a client" => Some(PlannedKind::Client),
        "内部来访" | "内部来访者" | "内部人员" | "团队活动" | "an internal visitor" => {
            Some(PlannedKind::Internal)
        }
        "外部合作方" | "合作方" | "合作伙伴" | "a partner" => {
            Some(PlannedKind::Partner)
        }
        _ => None,
    });
    let english = words.iter().any(|word| word.starts_with("a ") || word.starts_with("an "));
    let host = world.person(word(words, if english { 0 } else { 2 }));
    let date = days_after(world.now().date_naive(), days);
    world.command(&Command::PlanReception { date, kind: kind.ok_or("say whom")?, host });
    Ok(())
}

/// Fails unless `person` was told of a duty or of a reception to come.
fn notified(world: &World, person: crate::people::PersonId) -> Result<(), String> {
    let kinds = PlannedKind::ALL.iter().map(|kind| Prompt::Planned(*kind));
    let wanted =
        kinds.chain([Prompt::RosterPublished]).any(|prompt| told(world, prompt, person).is_ok());
    if wanted { Ok(()) } else { Err(format!("{} was not told", world.name_of(Some(person)))) }
}
