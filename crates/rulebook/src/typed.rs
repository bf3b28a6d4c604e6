//! What people type for a setting: words or names in either language, read into values and shown again.

use crate::{
    clause::Words,
    schema::{Choice, Declared, Shape},
    value::Value,
};

/// The most items of a list that is typed.
const ITEMS_MAX: usize = 200;

/// Reads what was typed for `declared`; nothing typed is a setting that is not written.
///
/// The error says in both languages what may be written.
pub fn read(declared: &Declared, typed: &str) -> Result<Option<Value>, Words> {
    let typed = typed.trim();
    match typed {
        "" => return Ok(None),
        "unset" | "未定" | "undecided" => return Ok(Some(Value::Text("unset".into()))),
        "none" | "不限" | "no limit" if declared.may_be_none => {
            return Ok(Some(Value::Text("none".into())));
        }
        _ => {}
    }
    read_shape(&declared.shape, typed).map(Some).ok_or_else(|| expected(declared, typed))
}

/// What may be typed, and what was.
fn expected(declared: &Declared, typed: &str) -> Words {
    let (zh, en) = (declared.shape.zh(), &declared.shape);
    let [none_zh, none] = if declared.may_be_none { ["、不限", ", none"] } else { [""; 2] };
    [
        format!("“{typed}”不可用：请写{zh}{none_zh}或未定"),
        format!("`{typed}` is not allowed: write {en}{none} or unset"),
    ]
    .into()
}

fn read_shape(shape: &Shape, typed: &str) -> Option<Value> {
    match shape {
        Shape::Choice(choices) => {
            let found = choices.iter().find(|choice| names(choice, typed))?;
            Some(Value::Text(found.word.into()))
        }
        Shape::Flag => match typed {
            "true" | "yes" | "是" => Some(Value::Flag(true)),
            "false" | "no" | "否" => Some(Value::Flag(false)),
            _ => None,
        },
        Shape::Whole { least, most } => {
            let number: i64 = half_width(typed).parse().ok()?;
            (*least..=*most).contains(&number).then_some(Value::Number(number))
        }
        Shape::Clock => {
            let time = half_width(typed);
            let time = chrono::NaiveTime::parse_from_str(&time, "%H:%M").ok()?;
            Some(Value::Text(time.format("%H:%M").to_string()))
        }
        Shape::Text => Some(Value::Text(typed.into())),
        Shape::List(inner) => {
            if matches!(typed, "[]" | "（无）" | "(nothing)") {
                return Some(Value::List(Vec::new()));
            }
            read_list(inner, typed.trim_start_matches('[').trim_end_matches(']'))
        }
    }
}

/// Items are parted by semicolons or lines; else by commas, where no name has one of its own.
fn read_list(inner: &Shape, typed: &str) -> Option<Value> {
    let parted = |marks: &str| -> Option<Value> {
        let items: Option<Vec<Value>> = typed
            .split(|letter: char| marks.contains(letter))
            .map(|item| item.trim().trim_matches(['"', '“', '”']))
            .filter(|item| !item.is_empty())
            .map(|item| read_shape(inner, item))
            .collect();
        items.filter(|items| items.len() <= ITEMS_MAX).map(Value::List)
    };
    let by_lines = typed.contains([';', '；', '\n']) || matches!(inner, Shape::Choice(_));
    by_lines.then(|| parted(";；\n")).flatten().or_else(|| parted(",，、;；\n"))
}

fn names(choice: &Choice, typed: &str) -> bool {
    [choice.word, choice.zh].contains(&typed) || choice.en.eq_ignore_ascii_case(typed)
}

/// Figures and colons of a Chinese keyboard, plain.
fn half_width(text: &str) -> String {
    let plain = |letter: char| match letter {
        '：' => ':',
        '０'..='９' => char::from_u32(u32::from(letter) - 0xFEE0).unwrap_or(letter),
        other => other,
    };
    text.chars().map(plain).collect()
}

/// `value` as a form shows it, in both languages: names for words, items in a row.
#[must_use]
pub fn shown(declared: &Declared, value: &Value) -> Words {
    shown_shape(&declared.shape, value)
}

fn shown_shape(shape: &Shape, value: &Value) -> Words {
    match (shape, value) {
        (_, Value::Text(text)) if text == "unset" => ["未定", "unset"].into(),
        (Shape::Choice(choices), Value::Text(word)) => {
            let found = choices.iter().find(|choice| choice.word == word);
            found.map_or_else(|| word.as_str().into(), |choice| [choice.zh, choice.en].into())
        }
        (_, Value::Text(text)) if text == "none" => ["不限", "no limit"].into(),
        (_, Value::Flag(true)) => ["是", "yes"].into(),
        (_, Value::Flag(false)) => ["否", "no"].into(),
        (_, Value::List(items)) if items.is_empty() => ["（无）", "(nothing)"].into(),
        (Shape::List(inner), Value::List(items)) => {
            let items: Vec<Words> = items.iter().map(|item| shown_shape(inner, item)).collect();
            let joined = |part: fn(&Words) -> &str, comma: &str| {
                items.iter().map(part).collect::<Vec<_>>().join(comma)
            };
            [joined(|words| &words.zh, "、"), joined(|words| &words.en, "; ")].into()
        }
        (_, Value::Text(text)) => text.as_str().into(),
        (_, other) => other.to_string().into(),
    }
}
