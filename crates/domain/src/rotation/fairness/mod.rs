//! Fairness: what everybody's turns came to, and how far people are apart.

mod account;
pub mod course;
mod policy;
mod simulate;

pub use account::{Account, Mark, MarkKind, marks_of};
pub use policy::{Policy, by_policy};
pub use simulate::{Outcome, by_rulebook, decided};

/// How far apart people are, in turns.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Spread {
    /// The most that anybody has.
    pub most: i64,
    /// The fewest that anybody has.
    pub fewest: i64,
    /// The difference between the two.
    pub gap: i64,
    /// How far people are from the average, on average, in hundredths of a turn.
    pub deviation_hundredths: i64,
}

/// How far apart `numbers` are; nothing at all is not apart.
#[must_use]
pub fn spread(numbers: &[i64]) -> Spread {
    let (Some(most), Some(fewest)) = (numbers.iter().max(), numbers.iter().min()) else {
        return Spread::default();
    };
    let people = i64::try_from(numbers.len()).unwrap_or(i64::MAX);
    let sum: i64 = numbers.iter().sum();
    let average = (sum * 100).checked_div(people).unwrap_or(0);
    let away: i64 = numbers.iter().map(|number| (number * 100 - average).abs()).sum();
    let deviation_hundredths = away.checked_div(people).unwrap_or(0);
    Spread { most: *most, fewest: *fewest, gap: most - fewest, deviation_hundredths }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_apart_from_nobody() {
        assert_eq!(spread(&[]), Spread::default());
    }

    #[test]
    fn the_gap_is_between_the_most_and_the_fewest() {
        let found = spread(&[3, 5, 4]);
        assert_eq!((found.most, found.fewest, found.gap), (5, 3, 2));
        assert_eq!(found.deviation_hundredths, 66);
    }
}
