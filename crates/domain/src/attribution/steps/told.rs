//! The step that tells a reception and its circumstances; tried last, since it takes any words.

use super::{origins::received, word};
use crate::scenario::steps;

steps! { "attribution";
    "{name} [接待|接待了][新客户|老客户|客户|] {client},{rest}", "{name} [receives|received] [new client|old client|client|] {client}, {rest}",
    "\"甲\" 接待新客户 \"王先生\",由 \"老李\" 介绍,未点名", "\"A\" receives new client \"Wang\", introduced by \"Li\", names nobody" => |world, words| {
        let (name, client) = (word(words, 0), word(words, 3));
        received(world, name, client, word(words, 4))
    };
}
