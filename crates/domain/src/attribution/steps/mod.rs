//! The sentences of scenarios about whose client a client is.

mod expectations;
mod known;
mod leads;
mod leaving;
mod origins;
mod registrations;
mod rights;
mod sharing;
mod told;

pub use known::Known;

use super::rules::{Evidence, Field, Relation};
use crate::scenario::{StepDefinition, text::names};

/// Every step about attribution.
pub const ALL: &[&[StepDefinition]] = &[
    registrations::STEPS,
    origins::STEPS,
    rights::STEPS,
    sharing::STEPS,
    leads::STEPS,
    leaving::STEPS,
    expectations::STEPS,
];

/// Steps that take any words, tried after those of every kind.
pub const LAST: &[&[StepDefinition]] = &[told::STEPS];

/// The word at `at`, empty where the sentence has none.
fn word<'a>(words: &[&'a str], at: usize) -> &'a str {
    words.get(at).copied().unwrap_or("")
}

/// The fields that a list such as `电话, 需求` names.
fn fields(list: &str) -> Result<Vec<Field>, String> {
    let known = |name: String| {
        Field::of_name(&name).ok_or_else(|| {
            let all: Vec<&str> = Field::ALL.iter().map(|field| field.zh()).collect();
            format!("`{name}` is no item of a registration; write one of {}", all.join(", "))
        })
    };
    names(list).into_iter().map(known).collect()
}

/// The relation that a word in a sentence names.
fn relation(word: &str) -> Result<Relation, String> {
    let relation = match word {
        "夫妻" | "丈夫" | "妻子" | "爱人" | "太太" | "先生" | "老公" | "老婆" | "husband"
        | "wife" | "husband and wife" => Relation::Spouse,
        "父子" | "母子" | "父女" | "母女" | "父母" | "父亲" | "母亲" | "子女" | "儿子" | "女儿"
        | "孩子" | "爸爸" | "妈妈" | "parent" | "father" | "mother" | "child" | "son"
        | "daughter" => Relation::ParentChild,
        "兄弟" | "姐妹" | "兄妹" | "姐弟" | "哥哥" | "弟弟" | "姐姐" | "妹妹" | "brother"
        | "sister" => Relation::Sibling,
        "表弟" | "表哥" | "表姐" | "表妹" | "堂弟" | "堂哥" | "叔叔" | "舅舅" | "侄子" | "亲戚"
        | "cousin" | "uncle" | "nephew" | "relative" => Relation::OtherRelative,
        "职员" | "司机" => Relation::Employee,
        "同事" | "colleague" | "朋友" | "friends" => Relation::Friend,
        other => {
            let all: Vec<&str> = Relation::ALL.iter().map(|relation| relation.zh()).collect();
            Relation::of_name(other).ok_or_else(|| {
                format!("`{other}` is no relation; write one of {}", all.join(", "))
            })?
        }
    };
    Ok(relation)
}

/// The evidence that a quoted name names.
fn evidence(name: &str) -> Result<Evidence, String> {
    Evidence::of_name(name).ok_or_else(|| {
        let all: Vec<&str> = Evidence::ALL.iter().map(|evidence| evidence.zh()).collect();
        format!("`{name}` is no evidence; write one of {}", all.join(", "))
    })
}
