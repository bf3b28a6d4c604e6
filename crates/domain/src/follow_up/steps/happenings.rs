//! Steps: something happens that must be followed.

use super::{
    circumstances::owns,
    lexicon::{fields, means, trigger},
    word,
};
use crate::{
    commission::rules::Stage,
    follow_up::{Command, rules::Trigger, state::Agreed},
    journeys::care::happened,
    scenario::{World, steps},
};

steps! { "follow_up";
    "{name} <结束接待|完成接待|接待完毕|送走了|接待过> {client}", "{name} <finishes receiving|has received|finishes the reception of|sees off> {client}",
    "\"甲\" 结束接待 \"王先生\"", "\"A\" finishes receiving \"Wang\"" => |world, words| by(world, Trigger::Visit, words);

    "{client} <到访|拜访|来找>,<由|> {name} 接待<完毕|结束|过|>", "{client} visits {name}",
    "\"王先生\" 到访,由 \"甲\" 接待完毕", "\"Wang\" visits \"A\"" => |world, words| {
        by(world, Trigger::Visit, &[word(words, 1), word(words, 0)])
    };

    "{name} <与|和|跟> {client} <的|><通话|电话><结束|完毕>", "{name}'s call with {client} <ends|has ended|is over>",
    "\"甲\" 与 \"王先生\" 的通话结束", "\"A\"'s call with \"Wang\" ends" => |world, words| by(world, Trigger::Call, words);

    "{name} <接完|接听完|挂断> {client} 的<来电|电话>", "{name} <ends|finishes> a call with {client}",
    "\"甲\" 接完 \"王先生\" 的来电", "\"A\" ends a call with \"Wang\"" => |world, words| by(world, Trigger::Call, words);

    "前台 {name} <接完|接听完|接听> {client} 的<来电|电话>", "receptionist {name} <ends|finishes|takes> a call with {client}",
    "前台 \"丁\" 接完 \"王先生\" 的来电", "receptionist \"D\" ends a call with \"Wang\"" => |world, words| by(world, Trigger::DeskCall, words);

    "{name} 为 {client} 办理 {trigger}", "{trigger} of {client} is handled by {name}",
    "\"甲\" 为 \"王先生\" 办理 \"交付\"", "\"delivery\" of \"Wang\" is handled by \"A\"" => |world, words| {
        if let Ok(what) = trigger(word(words, 2)) {
            return by(world, what, words);
        }
        by(world, trigger(word(words, 0))?, &[word(words, 2), word(words, 1)])
    };

    "{client} 的<产品|货物|订单|商品|货|>[已交付|交付|送达|已送达|入住|交房|已入住]", "{client}'s <order|goods|product|unit> <is|are|has been> [delivered|handed over]",
    "\"王先生\" 的产品已交付", "\"Wang\"'s order is delivered" => |world, words| {
        let moved = ["入住", "交房", "已入住", "handed over"].contains(&word(words, 1));
        owner(world, if moved { Trigger::MovedIn } else { Trigger::Delivery }, word(words, 0))
    };

    "{client} <入住|已入住|搬入>", "{client} <moves in|moved in|has moved in>",
    "\"王先生\" 入住", "\"Wang\" moves in" => |world, words| owner(world, Trigger::MovedIn, word(words, 0));

    "{name} <把|将> <产品|货|订单> 交付给 {client}", "{name} delivers to {client}",
    "\"甲\" 将 产品 交付给 \"王先生\"", "\"A\" delivers to \"Wang\"" => |world, words| by(world, Trigger::Delivery, words);

    "{client} 向 {name} <提问|提出问题|咨询|询问>", "{client} asks {name} a question",
    "\"王先生\" 向 \"甲\" 提问", "\"Wang\" asks \"A\" a question" => |world, words| {
        by(world, Trigger::Question, &[word(words, 1), word(words, 0)])
    };

    "{client} 向 {name} <提出|提了一个|提出一个>[一般|普通|特殊|须商议的]问题", "{client} asks {name} a [normal|ordinary|special] question",
    "\"王先生\" 向 \"甲\" 提出特殊问题", "\"Wang\" asks \"A\" a special question" => |world, words| {
        let special = ["特殊", "须商议的", "special"].contains(&word(words, 2));
        by(world, if special { Trigger::SpecialQuestion } else { Trigger::Question }, &[word(words, 1), word(words, 0)])
    };

    "{name} 将 {client} 的问题<标为|标记为|定为>[一般|普通|特殊|须商议]", "{name} marks {client}'s question [normal|ordinary|special]",
    "\"甲\" 将 \"王先生\" 的问题标为特殊", "\"A\" marks \"Wang\"'s question special" => |world, words| {
        let special = ["特殊", "须商议", "special"].contains(&word(words, 2));
        by(world, if special { Trigger::SpecialQuestion } else { Trigger::Question }, words)
    };

    "{name} 将 {client} 的<咨询|问题><标为|勾选>待确认,<填写|记录|填了> {fields}", "{name} marks {client}'s question to be confirmed, with {fields}",
    "\"甲\" 将 \"王先生\" 的咨询标为待确认,填写 \"电话, 问题\"", "\"A\" marks \"Wang\"'s question to be confirmed, with \"telephone, question\"" => |world, words| {
        let agent = world.person(word(words, 0));
        let noted = fields(word(words, 2))?.into_iter().collect();
        let command = Command::Happened { trigger: Trigger::UnsureQuestion, by: agent, agreed: None, fields: noted };
        world.follow(Some(word(words, 1)), &command);
        Ok(())
    };

    "{client} 向 {name} <索取|要|要求|请求|索要> {text}", "{client} asks {name} for {text}",
    "\"王先生\" 向 \"甲\" 索取 \"宣传册\"", "\"Wang\" asks \"A\" for \"a brochure\"" => |world, words| {
        by(world, Trigger::Request, &[word(words, 1), word(words, 0)])
    };

    "{client} <未决|未作决定|犹豫未决|要回家商量><而|>离开", "{client} leaves undecided",
    "\"王先生\" 未决离开", "\"Wang\" leaves undecided" => |world, words| owner(world, Trigger::Undecided, word(words, 0));

    "{client} 有顾虑", "{client} <has a worry|has a concern|is worried>",
    "\"王先生\" 有顾虑", "\"Wang\" has a concern" => |world, words| owner(world, Trigger::Concern, word(words, 0));

    "{name} <记录|记下> {client} 的顾虑", "{name} logs a <worry|concern> of {client}",
    "\"甲\" 记录 \"王先生\" 的顾虑", "\"A\" logs a concern of \"Wang\"" => |world, words| by(world, Trigger::Concern, words);

    "{client} <同意投保|同意购买|签署同意|作出同意>", "{client} consents",
    "\"王先生\" 同意投保", "\"Wang\" consents" => |world, words| owner(world, Trigger::Consent, word(words, 0));

    "{client} 的订单<应于|须于|定于|将于> {date} <完成|到期|交付|交货>", "{client}'s order is due <on |>{date}",
    "\"王先生\" 的订单应于星期五完成", "\"Wang\"'s order is due on Friday" => |world, words| {
        let at = world.moment_named(word(words, 1), "24:00")?;
        let by = any_owner(world, word(words, 0));
        let agreed = Some(Agreed { at, means: None });
        let command = Command::Happened { trigger: Trigger::Order, by, agreed, fields: Default::default() };
        world.follow(Some(word(words, 0)), &command);
        Ok(())
    };

    "{name} <与|和|跟> {client} <成交|签约|达成交易|签订合同>", "{name} <closes with|closes a deal with|signs with|sells to> {client}",
    "\"甲\" 与 \"王先生\" 成交", "\"A\" closes with \"Wang\"" => |world, words| {
        // Attribution and commission hear of it, and follow-up through them.
        world.close(word(words, 1), word(words, 0), None, None);
        Ok(())
    };

    "{client} <签约|签订合同|签了合同>", "{client} signs< the contract|>",
    "\"王先生\" 签约", "\"Wang\" signs" => |world, words| {
        let client = word(words, 0);
        if world.close_with_receiver(client, Some(Stage::Signed)).is_err() {
            let owner = any_owner(world, client);
            let owner = world.name_of(Some(owner));
            world.close(client, &owner, Some(Stage::Signed), None);
        }
        Ok(())
    };

    "{name} <邀约|邀请> {client}", "{name} invites {client}",
    "\"甲\" 邀约 \"王先生\"", "\"A\" invites \"Wang\"" => |world, words| by(world, Trigger::Invitation, words);

    "{client} <被|>分配给 {name}", "{client} is <allotted|given|assigned> to {name}",
    "\"王先生\" 分配给 \"乙\"", "\"Wang\" is allotted to \"B\"" => |world, words| {
        owns(world, word(words, 0), word(words, 1));
        by(world, Trigger::Allotment, &[word(words, 1), word(words, 0)])
    };

    "{name} <拜访|走访|拜访了|走访了>期望客户 {client}", "{name} visits prospect {client}",
    "\"甲\" 拜访了期望客户 \"王先生\"", "\"A\" visits prospect \"Wang\"" => |world, words| by(world, Trigger::Outing, words);

    "{name} 给 {name} 发<了|><工作短信|工作消息|站内消息>", "{name} sends {name} a <work|in-system> message",
    "\"乙\" 给 \"甲\" 发工作短信", "\"B\" sends \"A\" a work message" => |world, words| {
        // A message is a duty of whoever gets it, about no client.
        let subject = format!("message to {}", word(words, 1));
        owns(world, &subject, word(words, 1));
        by(world, Trigger::Message, &[word(words, 1), &subject])
    };

    "{name} <确认|回复>收到", "{name} acknowledges it",
    "\"甲\" 确认收到", "\"A\" acknowledges it" => |world, words| {
        let subject = format!("message to {}", word(words, 0));
        let agent = world.person(word(words, 0));
        world.follow(Some(&subject), &Command::Contacted { by: agent, means: crate::follow_up::rules::Means::Acknowledgement });
        Ok(())
    };

    "{name} <与|和|跟> {client} 约<定|好>{date} {time} {means} <联系|>", "{name} agrees <with |>{client} <on|to> {means} on {date} at {time}",
    "\"甲\" 与 \"王先生\" 约定3月6日 15:00 \"电话\"联系", "\"A\" agrees with \"Wang\" on \"a call\" on 6 March at 15:00" => |world, words| {
        let chinese = means(word(words, 4)).is_ok();
        let (day, time, by_what) = if chinese { (word(words, 2), word(words, 3), word(words, 4)) } else { (word(words, 3), word(words, 4), word(words, 2)) };
        let agreed = Agreed { at: world.moment_named(day, time)?, means: Some(means(by_what)?) };
        promise(world, word(words, 0), word(words, 1), agreed)
    };

    "{name} <与|和|跟> {client} 约<定|好>{date} {time} <联系|>", "{name} agrees <with |>{client} on {date} at {time}",
    "\"甲\" 与 \"王先生\" 约定6月5日 10:00", "\"A\" agrees with \"Wang\" on 5 June at 10:00" => |world, words| {
        let agreed = Agreed { at: world.moment_named(word(words, 2), word(words, 3))?, means: None };
        promise(world, word(words, 0), word(words, 1), agreed)
    };

    "{client} <请|要求|让> {name} {date} <再|>[来电|打电话|联系|拜访]", "{client} asks {name} to [call|visit|contact] <on |>{date}",
    "\"王先生\" 请 \"甲\" 星期五来电", "\"Wang\" asks \"A\" to call on Friday" => |world, words| {
        let english = word(words, 2).is_ascii() && !word(words, 2).is_empty();
        let (day, what) = if english { (word(words, 3), word(words, 2)) } else { (word(words, 2), word(words, 3)) };
        let by_what = match what {
            "来电" | "打电话" | "call" => Some(crate::follow_up::rules::Means::Call),
            "拜访" | "visit" => Some(crate::follow_up::rules::Means::Visit),
            _ => None,
        };
        let agreed = Agreed { at: world.moment_named(day, "24:00")?, means: by_what };
        promise(world, word(words, 1), word(words, 0), agreed)
    };

    "{client} <要求|表示|提出><不再来电|勿扰|不再联系|不要再打电话|免打扰>", "{client} <asks|asked|wants> <not to be called|not to be disturbed|not to be contacted|for no more calls|no more calls|no more contact>< again| any more|>",
    "\"王先生\" 要求不再来电", "\"Wang\" asks for no more calls" => |world, words| quiet(world, word(words, 0));

    "{client} <介绍|带来><了|><客户|朋友|新客户> {client}", "{client} <refers|introduces> <the |>client {client}",
    "\"王先生\" 介绍了朋友 \"赵女士\"", "\"Wang\" refers the client \"Zhao\"" => |world, words| introduce(world, words);
}

fn by(world: &mut World, trigger: Trigger, words: &[&str]) -> Result<(), String> {
    let agent = world.person(word(words, 0));
    world.follow(Some(word(words, 1)), &happened(trigger, agent));
    Ok(())
}

/// Whoever the client belongs to; without one, nobody in particular.
fn any_owner(world: &mut World, client: &str) -> crate::people::PersonId {
    let id = world.client(client);
    let told = world.follow_up.owners.get(&id).copied();
    let last = world
        .follow_up
        .trackings
        .get(&Some(id))
        .and_then(|known| known.owner.or_else(|| known.records.last().map(|r| r.by)));
    match told.or(last) {
        Some(owner) => owner,
        None => world.person("销售"),
    }
}

fn owner(world: &mut World, trigger: Trigger, client: &str) -> Result<(), String> {
    let agent = any_owner(world, client);
    world.follow(Some(client), &happened(trigger, agent));
    Ok(())
}

pub(super) fn promise(
    world: &mut World,
    name: &str,
    client: &str,
    agreed: Agreed,
) -> Result<(), String> {
    let agent = world.person(name);
    let id = world.client(client);
    world.follow_up.owners.entry(id).or_insert(agent);
    let command = Command::Happened {
        trigger: Trigger::Promise,
        by: agent,
        agreed: Some(agreed),
        fields: Default::default(),
    };
    world.follow(Some(client), &command);
    Ok(())
}

fn quiet(world: &mut World, client: &str) -> Result<(), String> {
    world.follow(Some(client), &Command::AskForQuiet);
    Ok(())
}

fn introduce(world: &mut World, words: &[&str]) -> Result<(), String> {
    let client = world.client(word(words, 1));
    world.follow(Some(word(words, 0)), &Command::Introduce { client });
    Ok(())
}
