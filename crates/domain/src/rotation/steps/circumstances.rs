//! What is said of a visitor on arrival, part by part.

use std::sync::LazyLock;

use regex::Regex;

use super::word;
use crate::{
    attribution::Ownership,
    rotation::{
        rules::Role,
        state::{Arrival, Came, Channel, Purpose},
    },
    scenario::{
        World,
        text::{captured, compile},
    },
};

static COMPILED: LazyLock<Vec<(Regex, Change)>> = LazyLock::new(|| {
    PARTS
        .iter()
        .flat_map(|(zh, en, change)| [(compile(zh), *change), (compile(en), *change)])
        .filter_map(|(regex, change)| regex.map(|regex| (regex, change)))
        .collect()
});

type Change = fn(&mut World, &mut Arrival, &[&str]) -> Result<(), String>;

/// Each part in Chinese and English, and what it changes.
const PARTS: &[(&str, &str, Change)] = &[
    (
        "[点名|指名|指定|指明|点名找|点名要|指名找|要求|要找|找][由|要|] {name}[接待|]",
        "[names|asks for|asking for|naming|names and asks for|who names] {name}",
        |world, arrival, words| {
            let at = if words.len() > 3 { 2 } else { 1 };
            arrival.named = Some(world.person(word(words, at)));
            Ok(())
        },
    ),
    (
        "[未点名|没有点名|没点名|不点名|未指名|未指定任何人|没有指名|未点名任何人|没有点名任何人|未点名找人|不找任何人]",
        "[names nobody|naming nobody|without a name]",
        |_, arrival, _| {
            arrival.named = None;
            Ok(())
        },
    ),
    (
        "[由外拓带来|外拓带来|经外拓而来|外拓客户|由外拓人员带来|通过外拓而来|外展带来]",
        "[from outreach|brought by outreach|through outreach]",
        |_, arrival, _| {
            arrival.came = Came::Outreach;
            Ok(())
        },
    ),
    (
        "[此前|之前|曾|以前|先前|上周|][来过电话|打过电话|电话联系过|电话咨询过|致电过|来电咨询过|通过电话]",
        "[phoned|telephoned|called|who phoned|who called|after a call] [before|last week|earlier]",
        |_, arrival, _| {
            arrival.came = Came::Phoned;
            Ok(())
        },
    ),
    (
        "[此前|之前|曾|以前|先前|上周|][由|是] {name} [接过电话|接的电话|电话联系过|打过电话|接听过电话]",
        "whose call {name} answered",
        |world, arrival, words| {
            arrival.came = Came::Phoned;
            let name = if words.len() > 1 { word(words, 2) } else { word(words, 0) };
            arrival.contact = Some(world.person(name));
            Ok(())
        },
    ),
    (
        "[此前|之前|曾|以前|先前|上周|][与|和|跟|由|经|] {name} [联系过|有过联系|约过|约好|预约过|邀约过|电话邀约|电话邀约而来|邀约而来|电话约来|邀约|预约]",
        "[in touch with|contacted by|invited by|invited by telephone by|phoned by|whom] {name}[ before| by telephone| invited| invited by telephone|]",
        |world, arrival, words| {
            arrival.came = Came::Contacted;
            let name = if words.len() > 3 { word(words, 2) } else { word(words, 1) };
            arrival.contact = Some(world.person(name));
            Ok(())
        },
    ),
    (
        "[由|经|是|][老客户|未成交老客户|成交老客户|未成交客户|成交客户|业主|] {client} [介绍|带来|推荐|介绍来|介绍而来|推荐来|引荐]",
        "[introduced by|brought by|sent by|referred by] {client}",
        |world, arrival, words| {
            let client = word(words, if words.len() > 2 { 2 } else { 1 });
            arrival.introduced_by = world.ownership(client);
            if arrival.introduced_by.is_none() {
                return Err(format!("`{client}` is nobody's client; say whose first"));
            }
            Ok(())
        },
    ),
    (
        "[由|经|是|] {name} 的[未成交老|成交老|未成交|成交|老]客户[介绍|带来|推荐]",
        "[introduced|brought|sent|referred] by [an open|a closed|an old] client of {name}",
        |world, arrival, words| {
            let zh = words.len() > 3;
            let (name, kind) = if zh {
                (word(words, 1), word(words, 2))
            } else {
                (word(words, 2), word(words, 1))
            };
            let closed = matches!(kind, "成交老" | "成交" | "a closed");
            arrival.introduced_by = Some(Ownership { owner: world.person(name), closed });
            Ok(())
        },
    ),
    (
        "[是|系|为|] {name} 的[亲戚|亲属|朋友|亲友|亲戚朋友|表弟|表哥|表姐|表妹|堂弟|堂哥|哥哥|弟弟|姐姐|妹妹|同学|家人]",
        "[a relative|a friend|a cousin|the cousin|a brother|a sister|a relative or friend] of {name}",
        |world, arrival, words| {
            let name = word(words, if words.len() > 2 { 1 } else { words.len() - 1 });
            let relative = world.person(name);
            arrival.relative_of = Some(relative);
            arrival.contact.get_or_insert(relative);
            Ok(())
        },
    ),
    (
        "[说不清|说不出|不能说明|不清楚|记不清|记不得|无法说明|不记得][来源|谁接待过|由谁接待|是谁接待的|怎么来的|找谁|是否来过|曾由谁接待|因果关系|接待人]",
        "[cannot say|who cannot say|cannot recall|who cannot recall] [how they came|who received them|who received|anyone|anybody|whom]",
        |_, arrival, _| {
            arrival.origin_unknown = true;
            Ok(())
        },
    ),
    (
        "{name} [在场|当时在场|在现场|在岗][但|却|而|,|][未|没有|没][认出|认出来|认出客户|认出他|认出她|认出其人]",
        "{name} is [present|here|on site] [but does not recognise|and does not recognise|without recognising] [them|the client|him|her]",
        |world, arrival, _| {
            world.goes_unrecognised(arrival);
            Ok(())
        },
    ),
    (
        "[客户|其|][未|没有|也未|也没有][指认|指出|指明|认出][原接待人|首接人|首次接待人|接待人|任何人|]",
        "[points out nobody|who points out nobody|does not point anyone out]",
        |_, _, _| Ok(()),
    ),
    (
        "[一行|一家|同来|共|一组|][ |]{int} [人|口|口人]",
        "a [group|party|family] of {int}[ people|]",
        |_, arrival, words| {
            arrival.people = counted(words)?;
            Ok(())
        },
    ),
    (
        "[共|分属|来自|属于|][ |]{int} [户|户家庭|个家庭]",
        "[from |of |]{int} [households|household|families]",
        |_, arrival, words| {
            arrival.households = counted(words)?;
            Ok(())
        },
    ),
    (
        "[只索取资料|只要资料|索取资料|只拿资料|只取资料|仅索取资料|仅取资料|来拿资料|索要资料]",
        "[for material only|for a leaflet|only for material|who only asks for material]",
        |_, arrival, _| {
            arrival.purpose = Purpose::Material;
            Ok(())
        },
    ),
    (
        "[路过咨询|路过询问|过路咨询|简单咨询|只是问问|路过简单咨询|路过随便问问]",
        "[with a question in passing|a passer-by with a question|with a simple question]",
        |_, arrival, _| {
            arrival.purpose = Purpose::Enquiry;
            Ok(())
        },
    ),
    (
        "[一开始就|当场|进门就|明确|][说明|表明|自称|声明|][自己|其|][是|来|为|][做|][市调|市场调查|市场调研|踩盘|推销|推销员|推销的|同行|找人|装修推销|广告推销|记者|采访|施工方|装修公司|广告公司|非购房者|非购房客户|不是来购房|不是来买房|不买房|不购房]",
        "[who surveys the market|a market surveyor|who sells something|a peddler|of the same trade|a reporter|looking for somebody|not to buy|who is not a buyer|who says at once not to be a buyer]",
        |_, arrival, _| {
            arrival.purpose = Purpose::NonBuyer;
            Ok(())
        },
    ),
    (
        "[不是来看房|非看房|不看房|非看房客户|来送快递|送快递|快递员|来办公室办事|来找办公室]",
        "[not to view|not viewing|a courier|asking for the office]",
        |_, arrival, _| {
            arrival.purpose = Purpose::NonViewing;
            Ok(())
        },
    ),
    (
        "[是|系|为][本项目|本盘|]业主",
        "[a property owner|an existing owner|an existing property owner|who owns a property here]",
        |_, arrival, _| {
            arrival.property_owner = true;
            Ok(())
        },
    ),
    (
        "[主管|经理|销售主管|销售经理|][指派|安排|指定][由|给|] {name} 接待",
        "whom the [supervisor|manager] assigns to {name}",
        |world, arrival, words| {
            let name = if words.len() > 3 { word(words, 3) } else { word(words, 1) };
            arrival.assigned = Some(world.person(name));
            world.acting.get_or_insert(Role::Supervisor);
            Ok(())
        },
    ),
    (
        "[轮到者|轮岗人员|当值者|轮到的人][指派|安排|指定|委派|让] {name} 接待",
        "whom the person on turn [passes to|names] {name}",
        |world, arrival, words| {
            let name = words.last().copied().unwrap_or_default();
            arrival.delegated = Some(world.person(name));
            Ok(())
        },
    ),
    ("到 {team} 组", "for team {team}", |world, arrival, words| {
        arrival.team = Some(world.team(word(words, 0)));
        Ok(())
    }),
    (
        "[已问|已提问|问了|只问了|已经问了|前台已问|秘书已问|秘书只问了] {int} [个问题|问|个|句]",
        "asked [only |]{int} [questions|question]",
        |_, arrival, words| {
            arrival.questions = Some(counted(words)?);
            Ok(())
        },
    ),
    (
        "[两个问题都已回答|两问都有了答案|两问均已回答]",
        "both questions answered",
        |_, arrival, _| {
            arrival.questions = Some(2);
            Ok(())
        },
    ),
    (
        "[理由|原因][为|是|:|] {text}",
        "[because of|for the reason|reason:] {text}",
        |_, arrival, _| {
            arrival.reason = Some(crate::rotation::rules::Reason::SpecialClient);
            Ok(())
        },
    ),
    (
        "[是|为|系|][打错电话|打错电话的|推销电话|广告推销电话|推销产品|找公司没有的产品|要公司没有的产品]",
        "[a wrong number|a sales call|a sales pitch|an advertiser|asking for a product not carried]",
        |_, arrival, _| {
            arrival.purpose = Purpose::NonBuyer;
            Ok(())
        },
    ),
    ("来电", "by telephone", |_, arrival, _| {
        arrival.channel = Channel::Phone;
        Ok(())
    }),
];

/// Words that join one part to the next.
const LEADING: &[&str] =
    &["并且", "而且", "并", "且", "但是", "但", "其", "and ", "but ", "who is ", "is "];

/// The whole number among `words`.
fn counted(words: &[&str]) -> Result<u32, String> {
    words.iter().find_map(|word| word.parse().ok()).ok_or_else(|| "say how many".to_owned())
}

/// Reads the parts in `text`, set apart by commas, into `arrival`.
pub(crate) fn read(world: &mut World, arrival: &mut Arrival, text: &str) -> Result<(), String> {
    for part in split(text) {
        let part = LEADING
            .iter()
            .fold(part.trim(), |part, word| part.strip_prefix(word).map_or(part, str::trim_start));
        if part.is_empty() {
            continue;
        }
        let found =
            COMPILED.iter().find_map(|(regex, change)| Some((captured(regex, part)?, change)));
        let Some((words, change)) = found else {
            let nearest = PARTS.iter().flat_map(|(zh, en, _)| [*zh, *en]);
            let nearest = nearest.min_by_key(|known| rulebook::schema::distance(known, part));
            let nearest = nearest.unwrap_or_default();
            return Err(format!(
                "`{part}` says nothing known of a visitor; did you mean `{nearest}`?"
            ));
        };
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        change(world, arrival, &words)?;
    }
    Ok(())
}

/// Splits at commas, and at ` and `, outside quotes.
fn split(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut quoted = false;
    let text = crate::scenario::text::outside_quotes(text, |said| {
        said.replace(" and ", ",").replace(['(', ')'], ",")
    });
    for letter in text.chars() {
        if letter == '"' {
            quoted = !quoted;
        }
        if letter == ',' && !quoted {
            parts.push(String::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(letter);
        }
    }
    parts
}
