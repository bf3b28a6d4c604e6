//! An amount is divided by shares, to the last minor unit.

use super::{rules::OddCent, share::PersonShare};

/// The minor units of `amount` for each of `parts`; they add up to `amount` where the shares add up
/// to one.
///
/// Each gets what is whole. What is left goes to those with the largest remainder, one unit each, or
/// to the first (the owner) or the last (who closed the deal) of those who have a part.
#[must_use]
pub fn divide(amount: i64, parts: &[PersonShare], odd: OddCent) -> Vec<i64> {
    let cut: Vec<(i64, i64)> = parts.iter().map(|part| part.share.of_amount(amount)).collect();
    let mut whole: Vec<i64> = cut.iter().map(|(whole, _)| *whole).collect();
    let mut left = amount - whole.iter().sum::<i64>();
    let mut order: Vec<usize> = (0..parts.len())
        .filter(|at| parts.get(*at).is_some_and(|p| !p.share.is_nothing()))
        .collect();
    match odd {
        OddCent::LargestRemainder => order.sort_by(|a, b| {
            let remainder = |at: &usize| {
                let under = parts.get(*at).map_or(1, |part| i128::from(part.share.denominator()));
                (i128::from(cut.get(*at).map_or(0, |cut| cut.1)), under)
            };
            let ((a_over, a_under), (b_over, b_under)) = (remainder(a), remainder(b));
            (b_over * a_under).cmp(&(a_over * b_under)).then(a.cmp(b))
        }),
        OddCent::Owner => order.truncate(1),
        OddCent::Closer => order = order.last().copied().into_iter().collect(),
    }
    for at in order.iter().cycle().take(if order.is_empty() { 0 } else { parts.len() }) {
        if left == 0 {
            break;
        }
        if let Some(share) = whole.get_mut(*at) {
            *share += 1;
            left -= 1;
        }
    }
    whole
}
