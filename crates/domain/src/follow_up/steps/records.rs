//! Steps: somebody is in contact with a client, and saves a record of it.

use std::collections::BTreeSet;

use super::{
    circumstances::owns,
    lexicon::{class, fields, means, occasion},
    word,
};
use crate::{
    follow_up::{
        Command,
        command::Entry,
        rules::{Field, Means, Occasion, Trigger},
        state::Agreed,
    },
    scenario::{World, steps},
};

steps! { "follow_up";
    "{name} <用|以|通过>{means} <联系|跟进|回访|答复|完成|办理> {client}", "{name} contacts {client} by {means}",
    "\"甲\" 以\"短信\"联系 \"王先生\"", "\"A\" contacts \"Wang\" by \"message\"" => |world, words| {
        // Chinese names the means before the client, English after.
        let (client, by) = match means(word(words, 1)) {
            Ok(by) => (word(words, 2), by),
            Err(_) => (word(words, 1), means(word(words, 2))?),
        };
        contact(world, word(words, 0), client, by)
    };

    "{name} <致电|电话联系|打电话给|电话跟进|电话回访|回电给|给> {client} <打电话|回电|>", "{name} <calls|phones|rings|calls back|telephones> {client} <| back>",
    "\"甲\" 致电 \"王先生\"", "\"A\" calls \"Wang\"" => |world, words| contact(world, word(words, 0), word(words, 1), Means::Call);

    "{name} <拜访|走访|上门拜访|登门拜访>< |了|> {client}", "{name} <pays a visit to|makes a visit to|goes to see> {client}",
    "\"甲\" 拜访了 \"王先生\"", "\"A\" pays a visit to \"Wang\"" => |world, words| contact(world, word(words, 0), word(words, 1), Means::Visit);

    "{name} <给|向> {client} <发|发送|发出><了|>[短信|消息|微信|邮件|资料|宣传册|节日问候|问候]", "{name} sends {client} <a |an |the |>[SMS|message|text|email|brochure|material|greeting]",
    "\"甲\" 给 \"王先生\" 发短信", "\"A\" sends \"Wang\" a message" => |world, words| {
        contact(world, word(words, 0), word(words, 1), means(word(words, 2))?)
    };

    "{name} <给|向|送> {client} <送|赠送|送去|一份><了|>[礼品|礼物|纪念品]", "{name} gives {client} a [gift|souvenir]",
    "\"甲\" 给 \"王先生\" 送礼品", "\"A\" gives \"Wang\" a gift" => |world, words| contact(world, word(words, 0), word(words, 1), Means::Gift);

    "{name} <答复|回答|回复><了|> {client}", "{name} <answers|replies to> {client}",
    "\"甲\" 答复 \"王先生\"", "\"A\" answers \"Wang\"" => |world, words| contact(world, word(words, 0), word(words, 1), Means::Answer);

    "{name} <向|将> {client} <送达|交付>文件", "{name} delivers the <paper |>documents to {client}",
    "\"甲\" 向 \"王先生\" 送达文件", "\"A\" delivers the documents to \"Wang\"" => |world, words| contact(world, word(words, 0), word(words, 1), Means::Document);

    "{name} <将|把> {client} <向客服部报备|报备客服|报备给客服部|报客服部归档>", "{name} reports {client} to customer service",
    "\"甲\" 将 \"王先生\" 报备给客服部", "\"A\" reports \"Wang\" to customer service" => |world, words| contact(world, word(words, 0), word(words, 1), Means::Report);

    "{name} <整理并归档|归档|整理归档> {client} 的<资料|来访资料|信息>", "{name} files the <information|data> of {client}",
    "\"甲\" 归档 \"王先生\" 的资料", "\"A\" files the information of \"Wang\"" => |world, words| contact(world, word(words, 0), word(words, 1), Means::Filing);

    "{name} <填写|提交|填><了|> {client} 的<访问卡|期望客户访问卡>", "{name} files the visit card of {client}",
    "\"甲\" 填写 \"王先生\" 的访问卡", "\"A\" files the visit card of \"Wang\"" => |world, words| contact(world, word(words, 0), word(words, 1), Means::Card);

    "{name} <登记|记录|完成><了|>当日检查", "{name} logs <the|today's> check",
    "\"丁\" 登记当日检查", "\"D\" logs the check" => |world, words| {
        let by = world.person(word(words, 0));
        let command = Command::Record(entry(by, Means::Check, Occasion::Contact, all()));
        world.follow(None, &command);
        Ok(())
    };

    "{name} <保存|提交|填写> {client} 的{occasion} <记录|登记|>,<缺少|未填|没有|没填> {fields}", "{name} saves the {occasion} <record |>of {client} without {fields}",
    "\"甲\" 保存 \"王先生\" 的\"通话\"记录,缺少 \"意向\"", "\"A\" saves the \"call\" record of \"Wang\" without \"intent\"" => |world, words| {
        let (client, about) = ends(words)?;
        let missing = fields(word(words, 3))?;
        save(world, word(words, 0), client, about, without(&missing))
    };

    "{name} <保存|提交|填写> {client} 的{occasion} <记录|登记|>,<填写|写明|填了> {fields}", "{name} saves the {occasion} <record |>of {client} with {fields}",
    "\"甲\" 保存 \"王先生\" 的\"流失\"记录,写明 \"未成交原因, 改进措施\"", "\"A\" saves the \"loss\" record of \"Wang\" with \"reason not closed, measure\"" => |world, words| {
        let (client, about) = ends(words)?;
        let held = fields(word(words, 3))?;
        save(world, word(words, 0), client, about, held.into_iter().collect())
    };

    "{name} <保存|提交|填写> {client} 的{occasion}记录<,填写齐全|,齐全|>", "{name} saves the <complete |>{occasion} record of {client}",
    "\"甲\" 保存 \"王先生\" 的\"通话\"记录,填写齐全", "\"A\" saves the complete \"call\" record of \"Wang\"" => |world, words| {
        let (client, about) = ends(words)?;
        save(world, word(words, 0), client, about, all())
    };

    "{name} <结束|关闭> {client} 的<接待|来访>,<未约定|没有约定><下次|>时间", "{name} closes the visit of {client} without a next time",
    "\"甲\" 结束 \"王先生\" 的来访,未约定下次时间", "\"A\" closes the visit of \"Wang\" without a next time" => |world, words| {
        save(world, word(words, 0), word(words, 1), Occasion::Visit, without(&[Field::NextTime]))
    };

    "{name} <结束|关闭> {client} 的<接待|来访>,客户<拒绝|不愿>再联系", "{name} closes the visit of {client}, who refused",
    "\"甲\" 结束 \"王先生\" 的来访,客户拒绝再联系", "\"A\" closes the visit of \"Wang\", who refused" => |world, words| {
        let mut held = without(&[Field::NextTime, Field::NextChannel, Field::NextAction]);
        held.extend([Field::NoNextAction, Field::NoNextReason]);
        save(world, word(words, 0), word(words, 1), Occasion::Visit, held)
    };

    "{name} <结束|保存> {client} 的<通话|来访|接待>,下一步<选|为|选择>\"无\"[,写明原因|,未写原因|]", "{name} ends the call with {client} with next action \"none\"[ and a reason| without a reason|]",
    "\"甲\" 保存 \"王先生\" 的通话,下一步为\"无\",未写原因", "\"A\" ends the call with \"Wang\" with next action \"none\" without a reason" => |world, words| {
        let mut held = without(&[Field::NextAction, Field::NoNextReason]);
        held.insert(Field::NoNextAction);
        if word(words, 2).contains("写明") || word(words, 2).contains("and a reason") {
            held.insert(Field::NoNextReason);
        }
        save(world, word(words, 0), word(words, 1), Occasion::Call, held)
    };

    "{name} <将|把> {client} <标为|记为|标记为>[有意向|感兴趣]<,填写齐全|>", "{name} marks {client} [interested|as interested]",
    "\"甲\" 将 \"王先生\" 标为有意向", "\"A\" marks \"Wang\" interested" => |world, words| {
        save(world, word(words, 0), word(words, 1), Occasion::Interested, all())
    };

    "{name} <将|把> {client} <标为|记为|标记为>有意向,<未填|缺少|没有> {fields}", "{name} marks {client} <as |>interested without {fields}",
    "\"甲\" 将 \"王先生\" 标为有意向,未填 \"下次联系时间\"", "\"A\" marks \"Wang\" interested without \"next time\"" => |world, words| {
        let missing = fields(word(words, 2))?;
        save(world, word(words, 0), word(words, 1), Occasion::Interested, without(&missing))
    };

    "{name} <将|把> {client} <标为|记为>有意向,约{date} {time} {means}", "{name} marks {client} <as |>interested, next {means} on {date} at {time}",
    "\"甲\" 将 \"王先生\" 标为有意向,约3月6日 15:00 \"电话\"", "\"A\" marks \"Wang\" interested, next \"call\" on 6 March at 15:00" => |world, words| {
        let chinese = means(word(words, 4)).is_ok();
        let (day, time, by) = if chinese { (word(words, 2), word(words, 3), word(words, 4)) } else { (word(words, 3), word(words, 4), word(words, 2)) };
        let next = Agreed { at: world.moment_named(day, time)?, means: Some(means(by)?) };
        save_with(world, word(words, 0), word(words, 1), Occasion::Interested, without(&[Field::NextTime]), Some(next))
    };

    "{name} <保存|提交> {client} 的{occasion}记录,下次联系<时间|>为{date} {time}", "{name} saves the {occasion} record of {client}, next contact on {date} at {time}",
    "\"甲\" 保存 \"王先生\" 的\"来访\"记录,下次联系为昨天 10:00", "\"A\" saves the \"visit\" record of \"Wang\", next contact on yesterday at 10:00" => |world, words| {
        let (client, about) = ends(words)?;
        let next = Agreed { at: world.moment_named(word(words, 3), word(words, 4))?, means: None };
        save_with(world, word(words, 0), client, about, all(), Some(next))
    };

    "{name} 邀约 {client},约<定|>{date} {time}", "{name} invites {client} for {date} at {time}",
    "\"甲\" 邀约 \"王先生\",约明天 10:00", "\"A\" invites \"Wang\" for tomorrow at 10:00" => |world, words| {
        let next = Agreed { at: world.moment_named(word(words, 2), word(words, 3))?, means: None };
        save_with(world, word(words, 0), word(words, 1), Occasion::Invitation, without(&[Field::Appointment]), Some(next))
    };

    "{name} 邀约 {client},<时间写|只说|未定时间>{text}", "{name} invites {client} for {text}",
    "\"甲\" 邀约 \"王先生\",只说\"这周\"", "\"A\" invites \"Wang\" for \"this week\"" => |world, words| {
        // Words are no time: nothing was fixed.
        save(world, word(words, 0), word(words, 1), Occasion::Invitation, without(&[Field::Appointment, Field::NextTime]))
    };

    "{name} <首次联系|保存|建档> {client} <的资料|>,未分类", "{name} saves {client} without a class",
    "\"甲\" 保存 \"王先生\" 的资料,未分类", "\"A\" saves \"Wang\" without a class" => |world, words| {
        save(world, word(words, 0), word(words, 1), Occasion::Contact, without(&[Field::Class]))
    };

    "{name} <首次联系|保存|建档> {client} <的资料|>,分为 {class} <类|>", "{name} saves {client} with class {class}",
    "\"甲\" 保存 \"王先生\" 的资料,分为 \"B\"类", "\"A\" saves \"Wang\" with class \"B\"" => |world, words| {
        let by = world.person(word(words, 0));
        let mut entry = entry(by, Means::Call, Occasion::Contact, all());
        entry.class = Some(class(word(words, 2))?);
        own_if_new(world, word(words, 0), word(words, 1));
        world.follow(Some(word(words, 1)), &Command::Record(entry));
        Ok(())
    };

    "{name} <放弃|停止跟进|关闭> {client} <,客户|,|>[明确拒绝|未明确拒绝|未说明是否拒绝|]", "{name} <gives up|closes> {client} <, who|, and|,|>[ refused clearly| has not refused| says nothing of a refusal|]",
    "\"甲\" 放弃 \"王先生\",客户未明确拒绝", "\"A\" gives up \"Wang\", who has not refused" => |world, words| end(world, words, all());

    "{name} <将|把> {client} <标为|记为>流失,<未填|缺少|没有> {fields}", "{name} marks {client} <as |>lost without {fields}",
    "\"甲\" 将 \"王先生\" 标为流失,未填 \"未成交原因, 改进措施\"", "\"A\" marks \"Wang\" lost without \"reason not closed, measure\"" => |world, words| {
        let missing = fields(word(words, 2))?;
        let told = [word(words, 0), word(words, 1), "明确拒绝"];
        end(world, &told, without(&missing))
    };

    "{name} <将|把> {client} <标为|记为>流失<,填写齐全|>", "{name} marks {client} <as |>lost<, all filled in|>",
    "\"甲\" 将 \"王先生\" 标为流失", "\"A\" marks \"Wang\" lost" => |world, words| {
        let told = [word(words, 0), word(words, 1), "明确拒绝"];
        end(world, &told, all())
    };

    "{name} <将|把> {client} 的{trigger} <延期|推迟>至{date},<写明|填写> {fields}", "{name} delays {trigger} of {client} to {date} with {fields}",
    "\"甲\" 将 \"王先生\" 的\"客户同意\"延期至6月18日,写明 \"原因, 告知时间\"", "\"A\" delays \"consent\" of \"Wang\" to 18 June with \"reason, notice time\"" => |world, words| {
        let held = fields(word(words, 4))?;
        delay(world, words, held.into_iter().collect())
    };

    "{name} <将|把> {client} 的{trigger} <延期|推迟>至{date},<未填|缺少> {fields}", "{name} delays {trigger} of {client} to {date} without {fields}",
    "\"甲\" 将 \"王先生\" 的\"客户同意\"延期至6月18日,缺少 \"告知时间\"", "\"A\" delays \"consent\" of \"Wang\" to 18 June without \"notice time\"" => |world, words| {
        let missing = fields(word(words, 4))?;
        delay(world, words, without(&missing))
    };

    "{name} 核对 {client} 的档案", "{name} <confirms|reviews> {client}'s file",
    "\"甲\" 核对 \"王先生\" 的档案", "\"A\" confirms \"Wang\"'s file" => |world, words| {
        world.follow(Some(word(words, 1)), &Command::ConfirmFile);
        Ok(())
    };
}

/// Client and record, whichever the sentence names first.
fn ends<'a>(words: &[&'a str]) -> Result<(&'a str, Occasion), String> {
    match occasion(word(words, 2)) {
        Ok(about) => Ok((word(words, 1), about)),
        Err(error) => {
            occasion(word(words, 1)).map(|about| (word(words, 2), about)).map_err(|_| error)
        }
    }
}

fn all() -> BTreeSet<Field> {
    let none = [Field::NoNextAction, Field::NoNextReason];
    Field::ALL.iter().copied().filter(|field| !none.contains(field)).collect()
}

fn without(missing: &[Field]) -> BTreeSet<Field> {
    all().into_iter().filter(|field| !missing.contains(field)).collect()
}

fn entry(
    by: crate::people::PersonId,
    means: Means,
    occasion: Occasion,
    fields: BTreeSet<Field>,
) -> Entry {
    Entry { by, means, occasion, fields, class: None, next: None }
}

/// Whoever writes the first record has the client, unless a step says otherwise.
fn own_if_new(world: &mut World, name: &str, client: &str) {
    let known = world.tracking(client);
    if known.owner.is_none() && world.ownership(client).is_none() {
        owns(world, client, name);
    }
}

fn contact(world: &mut World, name: &str, client: &str, means: Means) -> Result<(), String> {
    own_if_new(world, name, client);
    let by = world.person(name);
    let command = Command::Record(entry(by, means, Occasion::Contact, all()));
    world.follow(Some(client), &command);
    Ok(())
}

fn save(
    world: &mut World,
    name: &str,
    client: &str,
    about: Occasion,
    held: BTreeSet<Field>,
) -> Result<(), String> {
    save_with(world, name, client, about, held, None)
}

fn save_with(
    world: &mut World,
    name: &str,
    client: &str,
    about: Occasion,
    held: BTreeSet<Field>,
    next: Option<Agreed>,
) -> Result<(), String> {
    own_if_new(world, name, client);
    let by = world.person(name);
    let means = match about {
        Occasion::Visit => Means::Reception,
        Occasion::Outing => Means::Visit,
        Occasion::Feedback | Occasion::Question => Means::Answer,
        _ => Means::Call,
    };
    // A class is told apart: what a record holds of it is whether one was given.
    let entry = Entry { next, ..entry(by, means, about, held) };
    world.follow(Some(client), &Command::Record(entry));
    Ok(())
}

fn end(world: &mut World, words: &[&str], fields: BTreeSet<Field>) -> Result<(), String> {
    own_if_new(world, word(words, 0), word(words, 1));
    let by = world.person(word(words, 0));
    let refused = match word(words, 2).trim() {
        "明确拒绝" | "refused clearly" => Some(true),
        "未明确拒绝" | "has not refused" => Some(false),
        _ => None,
    };
    world.follow(Some(word(words, 1)), &Command::End { by, refused, fields });
    Ok(())
}

fn delay(world: &mut World, words: &[&str], fields: BTreeSet<Field>) -> Result<(), String> {
    use super::lexicon::trigger;
    let named: Result<Trigger, String> = trigger(word(words, 2));
    let (client, what) = match named {
        Ok(what) => (word(words, 1), what),
        Err(_) => (word(words, 2), trigger(word(words, 1))?),
    };
    let task = world.task_of(client, Some(what))?.id;
    let until = world.moment_named(word(words, 3), "24:00")?;
    world.follow(Some(client), &Command::Delay { task, until, fields });
    Ok(())
}
