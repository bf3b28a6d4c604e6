//! Money: whole minor units of a currency, and how people write amounts.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The most minor units that an amount may have: ten thousand millions of yuan.
pub const AMOUNT_MAX: i64 = 1_000_000_000_000;

/// A currency, by its three letters (ISO 4217).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency([u8; 3]);

impl Default for Currency {
    fn default() -> Self {
        Self(*b"CNY")
    }
}

impl Currency {
    /// The currency that three capital letters name.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        let letters: [u8; 3] = code.as_bytes().try_into().ok()?;
        letters.iter().all(u8::is_ascii_uppercase).then_some(Self(letters))
    }

    /// The sign before an amount: `¥`, or the letters and a space.
    #[must_use]
    pub fn sign(self) -> String {
        if self == Self::default() { "¥".into() } else { format!("{self} ") }
    }

    /// `amount` minor units as people read it: `¥3,333.34`, `-¥0.50`.
    #[must_use]
    pub fn shown(self, amount: i64) -> String {
        let minus = if amount < 0 { "-" } else { "" };
        format!("{minus}{}{}", self.sign(), grouped(amount))
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|letter| write!(f, "{}", char::from(*letter)))
    }
}

impl TryFrom<String> for Currency {
    type Error = String;
    fn try_from(code: String) -> Result<Self, String> {
        Self::of(&code).ok_or_else(|| format!("`{code}` is no currency; write three capitals"))
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.to_string()
    }
}

/// The figures of `amount` without its sign: thousands apart, two decimals.
fn grouped(amount: i64) -> String {
    let units = amount.unsigned_abs() / 100;
    let digits = units.to_string();
    let mut figures = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            figures.push(',');
        }
        figures.push(digit);
    }
    format!("{figures}.{:02}", amount.unsigned_abs() % 100)
}

/// The minor units of an amount as people write it: `10000`, `3,333.34 元`, `¥3,000`, `3万元`.
///
/// Nothing where it is no amount, has more than two decimals or is beyond [`AMOUNT_MAX`].
#[must_use]
pub fn parse(text: &str) -> Option<i64> {
    let text = text.trim();
    let (minus, text) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let text = text.trim_start_matches(['¥', '￥', ' ']);
    let text = text.trim_start_matches("CNY").trim_start_matches("RMB").trim();
    let text = ["元", "yuan", "CNY", "RMB"]
        .iter()
        .find_map(|unit| text.strip_suffix(unit))
        .unwrap_or(text)
        .trim();
    let (text, places) = text.strip_suffix('万').map_or((text, 2), |rest| (rest.trim(), 6));
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let whole = whole.replace([',', '，'], "");
    let figures = |text: &str| text.chars().all(|letter| letter.is_ascii_digit());
    if whole.is_empty() || !figures(&whole) || !figures(decimals) || decimals.len() > places {
        return None;
    }
    let padded = format!("{whole}{decimals:0<places$}");
    let amount: i64 = padded.parse().ok().filter(|amount| *amount <= AMOUNT_MAX)?;
    Some(if minus { -amount } else { amount })
}

#[cfg(test)]
mod tests {
    use super::{AMOUNT_MAX, Currency, parse};

    #[test]
    fn amounts_are_read_as_people_write_them() {
        let all = ["10000", "10,000.00 元", "¥10,000", "1万元", "￥ 10000.0", "10000 yuan"];
        for text in all {
            assert_eq!(parse(text), Some(1_000_000), "{text}");
        }
        assert_eq!(parse("3333.34 元"), Some(333_334));
        assert_eq!(parse("1.2345万"), Some(1_234_500));
        assert_eq!(parse("-0.5"), Some(-50));
        for text in ["", "元", "1.234", "a", "1 2", "--1", "10000000000000000"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn amounts_are_shown_with_thousands_apart() {
        let yuan = Currency::default();
        assert_eq!(yuan.shown(333_334), "¥3,333.34");
        assert_eq!(yuan.shown(100_000_000), "¥1,000,000.00");
        assert_eq!(yuan.shown(-50), "-¥0.50");
        assert_eq!(Currency::of("USD").map(|usd| usd.shown(100)), Some("USD 1.00".into()));
        assert_eq!(Currency::of("usd"), None);
        for amount in [0, 1, 99, 100, 99_999, AMOUNT_MAX] {
            assert_eq!(parse(&yuan.shown(amount)), Some(amount));
        }
    }
}
