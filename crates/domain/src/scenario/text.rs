//! The text of scenarios: full-width punctuation and digits, and patterns that steps match.

use regex::{Captures, Regex};

use super::numbers;

/// What a day looks like: a date, with or without the year, or a day as seen from today.
pub(super) const DAY: &str = concat!(
    r"(?:\d{4}年)?\d{1,2}月\d{1,2}[日号]|\d{4}-\d{2}-\d{2}|大后天|后天|明天|明日|次日|今天|今日|当天|当日|昨天|昨日",
    r"|(?:本|这|下)?(?:周|星期|礼拜)[一二三四五六日天]",
    r"|(?:[Nn]ext )?(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)",
    r"|today|tomorrow|yesterday|the day after tomorrow|the same day",
    r"|\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December)(?:,? \d{4})?",
    r"|(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}(?:, \d{4})?",
);
/// An amount of money, as people write it.
const MONEY: &str =
    r"-?\s*(?:人民币|RMB|CNY)?\s*[¥￥]?\s*-?\d[\d,]*(?:\.\d+)?\s*(?:万元|万|元整|元|yuan|RMB|CNY)?";
/// How far a deal comes.
const STAGE: &str = "成交|签约|签订合同|认购|认筹|下定|预订|预定|购买|买房";

/// What says an amount of a deal: whether it is the commission or the price, and how much.
#[must_use]
pub(crate) fn amounts_pattern() -> String {
    format!(
        r"\s*[,;]?\s*(?:with a |with |a |and )?(?:总佣金|佣金|提成|成交总价|成交金额|成交价|总价|房款|commission|price)\s*(?:为|是|共|of|is|:)?\s*(?:{MONEY})"
    )
}

/// A part of a whole.
const SHARE: &str = r"\d+\s*/\s*\d+|\d+(?:\.\d+)?\s*%|百分之[零一二三四五六七八九十百\d]+|[一二三四五六七八九十]+分之[一二三四五六七八九十]+|[一二三四五六七八九]成|一半|全部|½|⅓|⅔|¼|¾|a half|one half|half|one third|a third|two thirds|one quarter|a quarter|three quarters|everything|nothing";
/// Parts, one for each of two.
const RATIO: &str = r"[一二三四五六七八九]{2}开?|\d+(?:\.\d+)?%?\s*[/:比]\s*\d+(?:\.\d+)?%?|\d+\s*/\s*\d+\s*-\s*\d+\s*/\s*\d+|[一二三四五六七八九]比[一二三四五六七八九]|对半|half and half|fifty-fifty";

/// Makes full-width punctuation and digits outside quotes plain, every quote straight and every
/// time of day figures: `上午九点半` is 09:30.
#[must_use]
pub fn normalise(text: &str) -> String {
    outside_quotes(&plain(text), numbers::times_in_figures)
}

/// Applies `change` to what stands outside quotes.
pub(crate) fn outside_quotes(text: &str, change: impl Fn(&str) -> String) -> String {
    let parts = text.split('"').enumerate();
    let changed = parts.map(|(at, part)| if at % 2 == 0 { change(part) } else { part.to_owned() });
    changed.collect::<Vec<_>>().join("\"")
}

fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut quoted = false;
    for letter in text.chars() {
        let letter = match letter {
            '“' | '”' | '「' | '」' | '『' | '』' | '＂' | '„' | '‟' => '"',
            other => other,
        };
        if letter == '"' {
            quoted = !quoted;
            plain.push(letter);
        } else if quoted {
            plain.push(letter);
        } else {
            plain.push(half_width(letter));
        }
    }
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn half_width(letter: char) -> char {
    match letter {
        '，' | '、' | '；' => ',',
        '：' => ':',
        '。' => '.',
        '\u{3000}' => ' ',
        '（' => '(',
        '）' => ')',
        '！'..='～' => char::from_u32(u32::from(letter) - 0xFEE0).unwrap_or(letter),
        other => other,
    }
}

/// Compiles a step pattern.
///
/// `{name}`, `{names}`, `{text}` match a quoted text, `{int}` a whole number in figures or words,
/// `{time}` a time of day, `{date}` a day, `{money}` an amount, `{share}` a part such as `1/3`, `{ratio}`
/// parts such as `六四` or `60/40`, `{stage}` a stage of a deal, `{amounts}` its price and commission,
/// `{form}` the name of a form, `{items}` a list, both in quotes or without; `{rest}` anything; `[a|b]`
/// one of several words, `[a|]` a word that may be missing; `<a|b>` the same where it makes no
/// difference which.
/// A space in the pattern matches any space, or none beside Chinese letters.
#[must_use]
pub fn compile(pattern: &str) -> Option<Regex> {
    let mut regex = String::from("^");
    let mut rest = pattern;
    let mut group = 0;
    while let Some(letter) = rest.chars().next() {
        if let Some(end) = rest.strip_prefix('{').and_then(|_| rest.find('}')) {
            group += 1;
            regex.push_str(&match rest.get(1..end)? {
                "int" => format!("(?P<int{group}>{})", numbers::PATTERN),
                "time" => format!(r"(?P<time{group}>\d{{1,2}}:\d{{2}}(?::\d{{2}})?)"),
                "date" => format!("(?P<date{group}>{DAY})"),
                "money" => format!("({MONEY})"),
                "share" => format!("({SHARE})"),
                "ratio" => format!("({RATIO})"),
                "stage" => format!("({STAGE})"),
                "amounts" => format!("((?:{})*)", amounts_pattern()),
                "rest" => "(.*?)".to_owned(),
                "form" => format!("\"?({})\"?", forms()),
                "items" => r#""?([^"]*?)"?"#.to_owned(),
                "value" => r#"("[^"]*"|\[[^\]]*\]|\S+)"#.to_owned(),
                _ => r#""([^"]*)""#.to_owned(),
            });
            rest = rest.get(end + 1..)?;
        } else if let Some(end) = rest.strip_prefix('[').and_then(|_| rest.find(']')) {
            regex.push_str(&format!("({})", words_of(rest.get(1..end)?)));
            rest = rest.get(end + 1..)?;
        } else if let Some(end) = rest.strip_prefix('<').and_then(|_| rest.find('>')) {
            regex.push_str(&format!("(?:{})", words_of(rest.get(1..end)?)));
            rest = rest.get(end + 1..)?;
        } else {
            match letter {
                ' ' => regex.push_str(r"\s*"),
                other => regex.push_str(&regex::escape(&other.to_string())),
            }
            rest = rest.get(letter.len_utf8()..)?;
        }
    }
    regex.push_str(r"\.?$");
    Regex::new(&regex).ok()
}

/// One of the words in `list`, a space in them any space.
fn words_of(list: &str) -> String {
    let words: Vec<String> =
        list.split('|').map(|word| regex::escape(word).replace(' ', r"\s*")).collect();
    words.join("|")
}

/// The names of all forms, the longest first.
fn forms() -> String {
    let mut names = crate::registers::steps::form_names();
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    let names = names.into_iter().map(|name| regex::escape(name).replace(' ', r"\s*"));
    names.collect::<Vec<_>>().join("|")
}

/// The words that `regex` finds in `text`, in order: numbers in figures, times with two digits.
#[must_use]
pub fn captured(regex: &Regex, text: &str) -> Option<Vec<String>> {
    let captures: Captures<'_> = regex.captures(text)?;
    let words = regex.capture_names().zip(captures.iter()).skip(1).map(|(name, word)| {
        let word = word.map_or("", |word| word.as_str());
        match name {
            Some(name) if name.starts_with("int") => numbers::in_figures(word),
            Some(_) if word.find(':') == Some(1) => format!("0{word}"),
            _ => word.to_owned(),
        }
    });
    Some(words.collect())
}

/// Names in a list: `甲, 乙、丙` or `A, B and C`.
#[must_use]
pub fn names(list: &str) -> Vec<String> {
    list.split([',', '，', '、'])
        .flat_map(|part| part.split(" and "))
        .map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty())
        .collect()
}

/// A whole number in figures or in words: `60`, `六十`, `six`.
#[must_use]
pub fn whole_number(text: &str) -> Option<u32> {
    numbers::in_figures(text.trim()).parse().ok()
}
