//! Steps: whose client it must be, and what a registration must count for.

use super::{fields, relation, word};
use crate::{
    attribution::{
        Outcome,
        decide::{Likeness, Sameness, sameness},
    },
    scenario::{World, steps},
};

steps! { "attribution";
    "{client} [不归任何人|无归属人|无有效归属|的归属权已丧失|归属权已丧失|归属已失效]", "{client} has no owner",
    "\"王先生\" 归属权已丧失", "\"Wang\" has no owner" => |world, words| {
        let owner = world.owner_by_book(word(words, 0))?;
        if owner.is_none() { Ok(()) } else { Err(format!("`{}` is {}'s", word(words, 0), world.name_of(owner))) }
    };

    "登记[有效|无效]", "the registration is [valid|not valid]",
    "登记无效", "the registration is not valid" => |world, words| {
        let wanted = matches!(word(words, 0), "有效" | "valid");
        match world.attributed() {
            Some(Outcome::Registered { valid_from, .. }) if valid_from.is_some() == wanted => Ok(()),
            other => Err(format!("what came of it: {other:?}")),
        }
    };

    "登记缺少 {fields}", "the registration lacks {fields}",
    "登记缺少 \"电话\"", "the registration lacks \"telephone\"" => |world, words| {
        let wanted = fields(word(words, 0))?;
        match world.attributed() {
            Some(Outcome::Registered { missing, .. }) if *missing == wanted => Ok(()),
            other => Err(format!("what came of it: {other:?}")),
        }
    };

    "异议[受理|成立]", "the claim is heard",
    "异议受理", "the claim is heard" => |world, _| match world.attributed() {
        Some(Outcome::ClaimHeard { .. }) => Ok(()),
        other => Err(format!("what came of it: {other:?}")),
    };

    "{client} 与 {client} [视为|不视为]同一客户", "{client} and {client} [are|are not] one client",
    "\"王先生\" 与 \"赵女士\" 视为同一客户", "\"Wang\" and \"Zhao\" are one client" => |world, words| {
        let wanted = matches!(word(words, 2), "视为" | "are");
        let relation = world.relation(word(words, 0), word(words, 1));
        same(world, Likeness { relation, ..Likeness::default() }, wanted)
    };

    "[电话|姓名]相同而关系为 {relation} 的两人[视为|不视为]同一客户", "two people with the same [telephone|name] who are related as {relation} [are|are not] one client",
    "电话相同而关系为 \"朋友\" 的两人不视为同一客户", "two people with the same telephone who are related as \"friend\" are not one client" => |world, words| {
        let telephone = matches!(word(words, 0), "电话" | "telephone");
        let relation = Some(relation(word(words, 1))?);
        let wanted = matches!(word(words, 2), "视为" | "are");
        same(world, Likeness { telephone, name: !telephone, relation, ..Likeness::default() }, wanted)
    };

    "姓名相同而电话不同,[有证明|无证明]的[视为|不视为]同一客户", "two people with the same name and different telephones, [with proof|without proof], [are|are not] one client",
    "姓名相同而电话不同,无证明的不视为同一客户", "two people with the same name and different telephones, without proof, are not one client" => |world, words| {
        let proven = matches!(word(words, 0), "有证明" | "with proof");
        let wanted = matches!(word(words, 1), "视为" | "are");
        same(world, Likeness { name: true, proven, ..Likeness::default() }, wanted)
    };
}

fn same(world: &mut World, likeness: Likeness, wanted: bool) -> Result<(), String> {
    let rules = world.attribution_rules();
    let mut trail = rulebook::Trail::default();
    let is = sameness(&rules, likeness, &mut trail)
        .map_err(|open| format!("`{}` is not decided", open.setting))?;
    world.note_reasons(trail.because());
    if (is == Sameness::Same) == wanted { Ok(()) } else { Err(format!("they are {is:?}")) }
}
