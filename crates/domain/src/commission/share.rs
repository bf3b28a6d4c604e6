//! Shares: fractions of a deal, and how a rulebook says who gets which.

use std::{cmp::Ordering, fmt};

use rulebook::{Shape, Value, value::Read};
use serde::{Deserialize, Serialize};

use crate::people::PersonId;

/// The largest denominator of a share.
const DENOMINATOR_MAX: u32 = 100_000;

/// A part of a whole, from 0 to 1, in lowest terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Fraction {
    parts: u32,
    of: u32,
}

impl Fraction {
    /// Nothing of it.
    pub const NOTHING: Self = Self { parts: 0, of: 1 };
    /// All of it.
    pub const WHOLE: Self = Self { parts: 1, of: 1 };

    /// `parts` of `of`; nothing where that is no part of a whole.
    #[must_use]
    pub fn new(parts: u32, of: u32) -> Option<Self> {
        if of == 0 || parts > of {
            return None;
        }
        let shared = common_divisor(parts, of);
        let (parts, of) = (parts / shared, of / shared);
        (of <= DENOMINATOR_MAX).then_some(Self { parts, of })
    }

    /// Reads `1/3`, `60%`, `12.5%`, `0` or `1`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some(percent) = text.strip_suffix('%') {
            let (whole, decimals) = percent.trim().split_once('.').unwrap_or((percent.trim(), ""));
            let places = u32::try_from(decimals.len()).ok().filter(|places| *places <= 3)?;
            let of = 10_u32.checked_pow(places)?.checked_mul(100)?;
            return Self::new(format!("{whole}{decimals}").parse().ok()?, of);
        }
        match text.split_once('/') {
            Some((parts, of)) => Self::new(parts.trim().parse().ok()?, of.trim().parse().ok()?),
            None => Self::new(text.parse().ok()?, 1),
        }
    }

    /// Whether it is nothing.
    #[must_use]
    pub const fn is_nothing(self) -> bool {
        self.parts == 0
    }

    /// The whole minor units of this part of `amount`, and what is left over, in parts of one unit
    /// over [`Self::denominator`].
    #[must_use]
    pub fn of_amount(self, amount: i64) -> (i64, i64) {
        let product = i128::from(amount) * i128::from(self.parts);
        let of = i128::from(self.of);
        let whole = i64::try_from(product.div_euclid(of)).unwrap_or(i64::MAX);
        (whole, i64::try_from(product.rem_euclid(of)).unwrap_or(0))
    }

    /// Into how many parts the whole is cut.
    #[must_use]
    pub const fn denominator(self) -> u32 {
        self.of
    }
}

/// Whether `shares` add up to the whole, exactly.
#[must_use]
pub fn add_up(shares: &[Fraction]) -> bool {
    let mut sum: (u128, u128) = (0, 1);
    for share in shares {
        let (parts, of) = (u128::from(share.parts), u128::from(share.of));
        let (Some(left), Some(right), Some(under)) =
            (sum.0.checked_mul(of), parts.checked_mul(sum.1), sum.1.checked_mul(of))
        else {
            return false;
        };
        let above = left + right;
        let shared = wide_divisor(above, under);
        sum = (above / shared, under / shared);
    }
    sum == (1, 1)
}

fn common_divisor(a: u32, b: u32) -> u32 {
    if b == 0 { a.max(1) } else { common_divisor(b, a % b) }
}

fn wide_divisor(a: u128, b: u128) -> u128 {
    if b == 0 { a.max(1) } else { wide_divisor(b, a % b) }
}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Fraction {
    fn cmp(&self, other: &Self) -> Ordering {
        let cross = |a: &Self, b: &Self| u64::from(a.parts) * u64::from(b.of);
        cross(self, other).cmp(&cross(other, self))
    }
}

impl fmt::Display for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.of == 1 {
            write!(f, "{}", self.parts)
        } else {
            write!(f, "{}/{}", self.parts, self.of)
        }
    }
}

impl TryFrom<String> for Fraction {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).ok_or_else(|| format!("`{text}` is no share; write one such as 1/3"))
    }
}

impl From<Fraction> for String {
    fn from(fraction: Fraction) -> Self {
        fraction.to_string()
    }
}

impl Read for Fraction {
    fn shape() -> Shape {
        Shape::Text
    }
    fn read(value: &Value) -> Result<Self, String> {
        let expected = || "a part such as \"3/1000\" or \"0.3%\"".to_owned();
        value.as_text().and_then(Self::parse).ok_or_else(expected)
    }
    fn write(&self) -> Value {
        Value::Text(self.to_string())
    }
}

/// The share of one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonShare {
    /// Who.
    pub person: PersonId,
    /// Which part.
    pub share: Fraction,
}

/// How a rulebook shares a deal between the owner, named first, and whoever closed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Split {
    /// All to the first: whose client it is.
    Owner,
    /// All to the last: who closed the deal.
    Closer,
    /// The same to each.
    Equal,
    /// As they agree.
    Negotiated,
    /// These parts, the owner's first.
    Shares(Vec<Fraction>),
}

impl Split {
    /// The share of each of `parties`, the owner first; nothing where the parts are not as many as
    /// the parties, or are theirs to negotiate.
    #[must_use]
    pub fn among(&self, parties: &[PersonId]) -> Option<Vec<PersonShare>> {
        let (first, last) = (parties.first()?, parties.last()?);
        let whole = |to: PersonId| -> Vec<PersonShare> {
            let share = |person| if person == to { Fraction::WHOLE } else { Fraction::NOTHING };
            let of = |person: &PersonId| PersonShare { person: *person, share: share(*person) };
            parties.iter().map(of).collect()
        };
        match self {
            _ if parties.len() == 1 => Some(whole(*first)),
            Self::Owner => Some(whole(*first)),
            Self::Closer => Some(whole(*last)),
            Self::Equal => {
                let share = Fraction::new(1, u32::try_from(parties.len()).ok()?)?;
                Some(parties.iter().map(|person| PersonShare { person: *person, share }).collect())
            }
            Self::Negotiated => None,
            Self::Shares(shares) => (shares.len() == parties.len()).then(|| {
                let each = parties.iter().zip(shares);
                each.map(|(person, share)| PersonShare { person: *person, share: *share }).collect()
            }),
        }
    }

    /// The word or the parts, as a rulebook writes them.
    #[must_use]
    pub fn written(&self) -> String {
        match self {
            Self::Owner => "owner".into(),
            Self::Closer => "closer".into(),
            Self::Equal => "equal".into(),
            Self::Negotiated => "negotiated".into(),
            Self::Shares(shares) => {
                shares.iter().map(Fraction::to_string).collect::<Vec<_>>().join("-")
            }
        }
    }
}

impl Read for Split {
    fn shape() -> Shape {
        Shape::Text
    }
    fn read(value: &Value) -> Result<Self, String> {
        let expected = || {
            "\"owner\", \"closer\", \"equal\", \"negotiated\" or parts that add up to one, the \
             owner's first, such as \"1/3-2/3\""
                .to_owned()
        };
        match value.as_text().ok_or_else(expected)? {
            "owner" => Ok(Self::Owner),
            "closer" => Ok(Self::Closer),
            "equal" => Ok(Self::Equal),
            "negotiated" => Ok(Self::Negotiated),
            parts => {
                let parts: Option<Vec<Fraction>> = parts.split('-').map(Fraction::parse).collect();
                let parts = parts.filter(|parts| parts.len() > 1 && add_up(parts));
                parts.map(Self::Shares).ok_or_else(expected)
            }
        }
    }
    fn write(&self) -> Value {
        Value::Text(self.written())
    }
}

#[cfg(test)]
mod tests {
    use rulebook::{Value, value::Read};

    use super::{Fraction, Split, add_up};

    fn split(text: &str) -> Result<Split, String> {
        Split::read(&Value::Text(text.into()))
    }

    #[test]
    fn parts_that_do_not_add_up_are_not_read() {
        assert!(
            split("1/3-2/3").is_ok() && split("60%-40%").is_ok() && split("1/3-1/3-1/3").is_ok()
        );
        for wrong in ["1/3-1/3", "1/3", "1", "2/3-2/3", "half", "", "-", "1/0-1", "70%-40%"] {
            assert!(split(wrong).unwrap_err().contains("1/3-2/3"), "{wrong}");
        }
    }

    #[test]
    fn a_share_is_what_it_says_however_it_is_written() {
        assert_eq!(Fraction::parse("2/4"), Fraction::parse("50%"));
        assert_eq!(Fraction::parse("12.5%"), Fraction::new(1, 8));
        assert_eq!(Fraction::parse("3/2"), None);
        assert!(add_up(&[Fraction::WHOLE, Fraction::NOTHING]) && !add_up(&[]));
    }
}
