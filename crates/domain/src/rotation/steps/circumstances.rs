//! What is said of a visitor on arrival, part by part.

use std::sync::LazyLock;

use regex::Regex;

use super::{number, word};
use crate::{
    attribution::Ownership,
    rotation::{
        rules::Role,
        state::{Arrival, Came, Channel, Purpose},
    },
    scenario::{World, text::compile},
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
    ("[点名|指名|指定] {name}", "[names|asks for] {name}", |world, arrival, words| {
        arrival.named = Some(world.person(word(words, 1)));
        Ok(())
    }),
    ("未点名", "names nobody", |_, arrival, _| {
        arrival.named = None;
        Ok(())
    }),
    ("由外拓带来", "from outreach", |_, arrival, _| {
        arrival.came = Came::Outreach;
        Ok(())
    }),
    ("此前来过电话", "phoned before", |_, arrival, _| {
        arrival.came = Came::Phoned;
        Ok(())
    }),
    ("此前由 {name} 接过电话", "whose call {name} answered", |world, arrival, words| {
        arrival.came = Came::Phoned;
        arrival.contact = Some(world.person(word(words, 0)));
        Ok(())
    }),
    ("此前与 {name} 联系过", "in touch with {name} before", |world, arrival, words| {
        arrival.came = Came::Contacted;
        arrival.contact = Some(world.person(word(words, 0)));
        Ok(())
    }),
    ("由 {client} 介绍", "introduced by {client}", |world, arrival, words| {
        arrival.introduced_by = world.ownership(word(words, 0));
        if arrival.introduced_by.is_none() {
            return Err(format!("`{}` is nobody's client; say whose first", word(words, 0)));
        }
        Ok(())
    }),
    (
        "由 {name} 的[未成交老|成交老|老]客户介绍",
        "introduced by [an open|a closed|an old] client of {name}",
        |world, arrival, words| {
            let (name, kind) = if word(words, 1).ends_with('老') {
                (word(words, 0), word(words, 1))
            } else {
                (word(words, 1), word(words, 0))
            };
            let closed = matches!(kind, "成交老" | "a closed");
            arrival.introduced_by = Some(Ownership { owner: world.person(name), closed });
            Ok(())
        },
    ),
    ("一行 {int} 人", "a group of {int}", |_, arrival, words| {
        arrival.people = number(words, 0)?;
        Ok(())
    }),
    ("共 {int} 户", "{int} households", |_, arrival, words| {
        arrival.households = number(words, 0)?;
        Ok(())
    }),
    ("只索取资料", "for material only", |_, arrival, _| {
        arrival.purpose = Purpose::Material;
        Ok(())
    }),
    ("路过咨询", "with a question in passing", |_, arrival, _| {
        arrival.purpose = Purpose::Enquiry;
        Ok(())
    }),
    (
        "[说明是市调|说明是推销|说明是同行|说明来找人|不是来购房]",
        "[who surveys the market|who sells something|of the same trade|looking for somebody|not to buy]",
        |_, arrival, _| {
            arrival.purpose = Purpose::NonBuyer;
            Ok(())
        },
    ),
    ("不是来看房", "not to view", |_, arrival, _| {
        arrival.purpose = Purpose::NonViewing;
        Ok(())
    }),
    ("是业主", "a property owner", |_, arrival, _| {
        arrival.property_owner = true;
        Ok(())
    }),
    (
        "主管指派 {name} 接待",
        "whom the supervisor assigns to {name}",
        |world, arrival, words| {
            arrival.assigned = Some(world.person(word(words, 0)));
            world.acting.get_or_insert(Role::Supervisor);
            Ok(())
        },
    ),
    (
        "轮到者指派 {name} 接待",
        "whom the person on turn passes to {name}",
        |world, arrival, words| {
            arrival.delegated = Some(world.person(word(words, 0)));
            Ok(())
        },
    ),
    ("到 {team} 组", "for team {team}", |world, arrival, words| {
        arrival.team = Some(world.team(word(words, 0)));
        Ok(())
    }),
    ("已问 {int} 个问题", "asked {int} questions", |_, arrival, words| {
        arrival.questions = Some(number(words, 0)?);
        Ok(())
    }),
    ("来电", "by telephone", |_, arrival, _| {
        arrival.channel = Channel::Phone;
        Ok(())
    }),
];

/// Reads the parts in `text`, set apart by commas, into `arrival`.
pub(super) fn read(world: &mut World, arrival: &mut Arrival, text: &str) -> Result<(), String> {
    for part in split(text) {
        let part = part.trim();
        if part.is_empty() {
            continue;
        }
        let found = COMPILED.iter().find_map(|(regex, change)| {
            let captures = regex.captures(part)?;
            let words: Vec<String> =
                captures.iter().skip(1).map(|w| w.map_or("", |m| m.as_str()).to_owned()).collect();
            Some((words, change))
        });
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

/// Splits at commas outside quotes.
fn split(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut quoted = false;
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
