//! What sentences say of shares and parts: `三分之一`, `六四`, `"甲" 得 60%,"乙" 得 40%`.

use std::sync::LazyLock;

use regex::Regex;

use super::super::share::{Fraction, PersonShare};
use crate::scenario::World;

/// The share that a word names.
pub(super) fn share(text: &str) -> Result<Fraction, String> {
    let plain = text.replace(' ', "");
    let known = match plain.as_str() {
        "一半" | "½" | "half" | "ahalf" | "onehalf" => Fraction::new(1, 2),
        "⅓" | "onethird" | "athird" => Fraction::new(1, 3),
        "⅔" | "twothirds" => Fraction::new(2, 3),
        "¼" | "onequarter" | "aquarter" => Fraction::new(1, 4),
        "¾" | "threequarters" => Fraction::new(3, 4),
        "全部" | "everything" | "all" => Some(Fraction::WHOLE),
        "nothing" | "0" => Some(Fraction::NOTHING),
        other => chinese_share(other).or_else(|| Fraction::parse(other)),
    };
    known.ok_or_else(|| format!("`{text}` is no share; write one such as 1/3 or 60%"))
}

fn chinese_share(text: &str) -> Option<Fraction> {
    if let Some(percent) = text.strip_prefix("百分之") {
        let number = if percent == "百" { Some(100) } else { digits(percent) };
        return Fraction::new(number?, 100);
    }
    if let Some((of, parts)) = text.split_once("分之") {
        return Fraction::new(digits(parts)?, digits(of)?);
    }
    Fraction::new(digits(text.strip_suffix('成')?)?, 10)
}

/// A whole number in figures or Chinese numerals.
fn digits(text: &str) -> Option<u32> {
    crate::scenario::text::whole_number(text)
}

/// The two shares that a ratio such as `六四`, `60/40` or `1/3-2/3` names.
pub(super) fn ratio(text: &str) -> Result<[Fraction; 2], String> {
    let wrong = || format!("`{text}` are no parts; write such as 六四, 60/40 or 1/3-2/3");
    let plain = text.replace([' ', '%'], "");
    let half = Fraction::new(1, 2).ok_or_else(wrong)?;
    if matches!(plain.as_str(), "对半" | "halfandhalf" | "fifty-fifty") {
        return Ok([half, half]);
    }
    if let Some((one, other)) = plain.split_once('-') {
        return Ok([share(one)?, share(other)?]);
    }
    let plain = plain.trim_end_matches('开');
    let cut = plain.split_once(['/', ':', '比']).map(|(a, b)| (a.to_owned(), b.to_owned()));
    let (one, other) = cut
        .or_else(|| {
            let mut letters = plain.chars().map(String::from);
            letters.next().zip(letters.next())
        })
        .ok_or_else(wrong)?;
    let (one, other) = (digits(&one).ok_or_else(wrong)?, digits(&other).ok_or_else(wrong)?);
    let of = one.checked_add(other).ok_or_else(wrong)?;
    let part = |parts| Fraction::new(parts, of).ok_or_else(wrong);
    Ok([part(one)?, part(other)?])
}

/// Everybody and their share in a text such as `"甲" 得 60%,"乙" 得 40%`.
pub(super) fn shares(world: &mut World, text: &str) -> Result<Vec<PersonShare>, String> {
    static PAIR: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r#""(?P<name>[^"]+)"\s*(?:(?:应|分|可|获)?得|分|占|拿|gets|has|receives|takes)?\s*(?:佣金|提成)?(?:的)?\s*(?P<share>[^",，;；]+?)\s*(?:的佣金|of the commission|and|,|，|;|；|\.|$)"#).ok()
    });
    let Some(pair) = PAIR.as_ref() else { return Err("no pattern".into()) };
    let mut all = Vec::new();
    for found in pair.captures_iter(text) {
        let part = |name: &str| found.name(name).map_or("", |word| word.as_str()).to_owned();
        let share = share(&part("share"))?;
        all.push(PersonShare { person: world.person(&part("name")), share });
    }
    if all.is_empty() {
        return Err(format!("`{text}` names no parts; write `\"甲\" 得 60%,\"乙\" 得 40%`"));
    }
    Ok(all)
}
