//! Steps: how clients came to whoever receives them, who is one client with whom, what they name.

use super::{relation, word};
use crate::{
    attribution::{Command, rules::Channel},
    people::Role,
    scenario::{World, steps},
};

steps! { "attribution";
    "{name} [接听|接|接了|接听了] {client} 的[首次|第一次|][来电|电话],[未登记|没有登记|未作登记|未留记录]", "{name} takes a call of {client} and registers nothing",
    "\"甲\" 接听 \"王先生\" 的来电,未登记", "\"A\" takes a call of \"Wang\" and registers nothing" => |world, words| {
        // Without a record nothing is known of the call.
        let (_, _) = (world.person(word(words, 0)), world.client(word(words, 2)));
        Ok(())
    };

    "[前台|接待员|总机|秘书]将 {client} 的来电[转给|转接给|转交|交给][值班|当值|]的[销售顾问|置业顾问|顾问|] {name}", "the [receptionist|operator|secretary] passes the call of {client} to [consultant on duty|consultant|] {name}",
    "前台将 \"王先生\" 的来电转给值班的顾问 \"乙\"", "the receptionist passes the call of \"Wang\" to consultant on duty \"B\"" => |world, words| {
        let client = word(words, 1);
        let name = words.last().copied().unwrap_or("");
        world.register(client, name, Channel::Call, &[], true);
        Ok(())
    };

    "{client} [是|为|系] {client} 的[妻子|丈夫|配偶|爱人|太太|先生|老公|老婆|儿子|女儿|子女|孩子|父亲|母亲|父母|爸爸|妈妈|哥哥|弟弟|兄弟|姐姐|妹妹|姐妹|兄妹|表弟|表哥|表姐|表妹|堂弟|堂哥|叔叔|舅舅|侄子|亲戚|朋友|同事|股东|员工|职员|司机]", "{client} is {client}'s [wife|husband|spouse|son|daughter|child|father|mother|parent|brother|sister|cousin|uncle|nephew|relative|friend|colleague|shareholder|employee]",
    "\"小王\" 是 \"王先生\" 的儿子", "\"Junior\" is \"Wang\"'s son" => |world, words| {
        let last = words.last().copied().unwrap_or("");
        let english = last.is_ascii();
        let other = word(words, if english { 1 } else { 2 });
        let relation = relation(last)?;
        world.relate(word(words, 0), other, relation);
        Ok(())
    };

    "[主管|经理][认定|确认|裁定|核定] {client} 与 {client} [为|是|视为|系]同一客户", "the [supervisor|manager] rules that {client} and {client} are one client",
    "主管认定 \"王先生\" 与 \"赵先生\" 为同一客户", "the supervisor rules that \"Wang\" and \"Zhao\" are one client" => |world, words| {
        let at = words.iter().position(|w| matches!(*w, "认定" | "确认" | "裁定" | "核定"));
        let first = at.map_or(1, |at| at + 1);
        world.rule_one_client(word(words, first), word(words, first + 1));
        Ok(())
    };

    "{client} [再次到访|第二次到访|来访|到访],{name} [在场|在岗|在现场][但|却|而|]未认出,[由|] {name} 接待", "{client} [comes again|arrives again|arrives], {name} is [present|here] and does not recognise them, and {name} receives",
    "\"王先生\" 再次到访,\"甲\" 在场但未认出,由 \"乙\" 接待", "\"Wang\" comes again, \"A\" is present and does not recognise them, and \"B\" receives" => |world, words| {
        let names: Vec<&str> = words.iter().copied().filter(|w| !KNOWN.contains(w)).collect();
        let (client, by) = (word(&names, 0), word(&names, 2));
        let by = world.person(by);
        let origin = crate::attribution::command::Origin { unrecognised: true, ..Default::default() };
        world.about(client, &Command::Received { by, origin }, Role::Consultant);
        Ok(())
    };

    "{client} [再次到访|第二次到访|来访|到访],{name} [不在|不在场|休息|请假|外出],[由|] {name} 接待", "{client} [comes again|arrives again|arrives], {name} is [absent|not here|off|on leave], and {name} receives",
    "\"王先生\" 再次到访,\"甲\" 不在场,由 \"乙\" 接待", "\"Wang\" comes again, \"A\" is absent, and \"B\" receives" => |world, words| {
        let names: Vec<&str> = words.iter().copied().filter(|w| !KNOWN.contains(w)).collect();
        received(world, word(&names, 2), word(&names, 0), "")
    };
}

/// Words of alternatives, which are no names.
const KNOWN: &[&str] = &[
    "再次到访",
    "第二次到访",
    "来访",
    "到访",
    "在场",
    "在岗",
    "在现场",
    "但",
    "却",
    "而",
    "",
    "由",
    "不在",
    "不在场",
    "休息",
    "请假",
    "外出",
    "comes again",
    "arrives again",
    "arrives",
    "present",
    "here",
    "absent",
    "not here",
    "off",
    "on leave",
];

/// `name` receives `client`, who came as `circumstances` say; no floor is needed.
pub(super) fn received(
    world: &mut World,
    name: &str,
    client: &str,
    circumstances: &str,
) -> Result<(), String> {
    let by = world.person(name);
    let origin = world.origin_said(client, circumstances)?;
    world.about(client, &Command::Received { by, origin }, Role::Consultant);
    Ok(())
}
