//! The ledgers follow the deal: entries are added, none is changed.

use rulebook::facts;

use super::{
    super::{
        divide,
        events::{Entry, Event},
        rules::OddCent,
    },
    Case,
};
use crate::people::PersonId;

impl Case<'_> {
    /// Adds the entries by which the ledgers say what the parts say: for everybody whose amount has
    /// changed, one that takes the old back and one with the new.
    pub(super) fn post(&mut self) {
        let wanted = self.wanted();
        let stands = |person: PersonId| {
            wanted.iter().find(|(other, _)| *other == person).map_or(0, |(_, amount)| *amount)
        };
        for before in self.deal.posted.clone() {
            if stands(before.person) != before.amount {
                self.enter(before.person, -before.amount, Some(before.entry));
            }
        }
        for (person, amount) in wanted {
            if amount != 0 && self.deal.standing_of(person) == 0 {
                self.enter(person, amount, None);
            }
        }
    }

    fn enter(&mut self, person: PersonId, amount: i64, reverses: Option<u32>) {
        let number = self.deal.entries.saturating_add(1);
        self.emit(Event::Posted { entry: Entry { number, person, amount, reverses } });
    }

    /// What everybody's ledger must say of this deal.
    fn wanted(&mut self) -> Vec<(PersonId, i64)> {
        if !self.deal.is_closed() || self.deal.parts.is_empty() {
            return Vec::new();
        }
        self.compute_commission();
        let Some(amount) = self.deal.commission else { return Vec::new() };
        let odd = &self.rules.sharing.odd_cent;
        let way = odd.value().copied().unwrap_or(OddCent::LargestRemainder);
        let parts = self.deal.parts.clone();
        let amounts = divide(amount, &parts, way);
        if parts.iter().any(|part| part.share.of_amount(amount).1 != 0) {
            let amount = self.deal.currency.shown(amount);
            self.trail.cite("odd_cents", true, odd, facts![amount = amount.as_str()]);
        }
        parts.iter().map(|part| part.person).zip(amounts).collect()
    }

    /// Where nobody has entered a commission, the rulebook may say which part of the price it is.
    fn compute_commission(&mut self) {
        let rate = &self.rules.closing.rate;
        let (None, Some(price), Some(part)) = (self.deal.commission, self.deal.price, rate.value())
        else {
            return;
        };
        let (commission, _) = part.of_amount(price);
        let shown = |amount| self.deal.currency.shown(amount);
        let (whole, of_it) = (shown(price), shown(commission));
        self.trail.cite(
            "commission_by_rate",
            true,
            rate,
            facts![price = whole.as_str(), commission = of_it.as_str()],
        );
        self.emit(Event::AmountsSet { price: Some(price), commission: Some(commission) });
    }
}
