//! A person's ledger 佣金台账: entries that are only ever added, and what they add up to.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use rulebook::{Because, Trail, Undecided, facts};
use serde::{Deserialize, Serialize};

use super::rules::{Bonus, Component, Period, Rules};
use crate::money::Currency;

/// The ledger of a person: what it adds up to. One stream a person.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Ledger {
    /// The balance in each currency, in minor units.
    pub balances: BTreeMap<Currency, i64>,
    /// How many entries.
    pub entries: u64,
}

/// A line of a ledger, as sheets add it up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// What it is paid as.
    pub component: Component,
    /// How much, in minor units.
    pub amount: i64,
    /// In which currency.
    pub currency: Currency,
    /// The day it counts for.
    pub day: NaiveDate,
    /// Whether it was made by a deal that closed, and not taken back by this very line.
    pub closes: bool,
}

impl Ledger {
    /// Follows an entry of `amount` minor units.
    pub fn add(&mut self, currency: Currency, amount: i64) {
        let balance = self.balances.entry(currency).or_default();
        *balance = balance.saturating_add(amount);
        self.entries = self.entries.saturating_add(1);
    }
}

/// A line of a pay sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayLine {
    /// What for.
    pub component: Component,
    /// The sum, in minor units; nothing where nobody has entered a figure.
    pub amount: Option<i64>,
}

/// The pay sheet of the month of `day` from the lines of one ledger, in one currency: the lines that
/// the rulebook names, in its order.
pub fn pay_sheet(
    rules: &Rules,
    lines: &[Line],
    currency: Currency,
    day: NaiveDate,
) -> Result<(Vec<PayLine>, Because), Undecided> {
    let mut trail = Trail::default();
    let components = trail.apply("pay_lines", &rules.pay.components, Vec::new())?;
    let sum = |component: Component| {
        let of = lines.iter().filter(|line| {
            line.component == component
                && line.currency == currency
                && within(Period::Month, day, line.day)
        });
        of.map(|line| line.amount).reduce(i64::saturating_add)
    };
    let sheet = components.iter().map(|c| PayLine { component: *c, amount: sum(*c) }).collect();
    Ok((sheet, trail.because()))
}

/// What an appraisal adds up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appraisal {
    /// Over which time.
    pub period: Period,
    /// What it is the basis of.
    pub bonus: Bonus,
    /// How many parts of deals, less those taken back.
    pub deals: i64,
    /// The commission, in minor units.
    pub commission: i64,
}

/// The appraisals that end with the month or year of `day`, from the lines of one ledger.
pub fn appraisals(
    rules: &Rules,
    lines: &[Line],
    currency: Currency,
    day: NaiveDate,
) -> Result<(Vec<Appraisal>, Because), Undecided> {
    let mut trail = Trail::default();
    let appraisal = &rules.appraisal;
    let periods = trail.apply("appraisal_periods", &appraisal.periods, Vec::new())?;
    let mut all = Vec::new();
    for period in periods {
        let basis = match period {
            Period::Month => &appraisal.month,
            Period::Year => &appraisal.year,
        };
        let bonus = trail.apply("basis_of_bonus", basis, facts![period = period.word()])?;
        let counted = lines.iter().filter(|line| {
            line.component == Component::Commission
                && line.currency == currency
                && within(period, day, line.day)
        });
        let (deals, commission) = counted.fold((0_i64, 0_i64), |(deals, sum), line| {
            let one = if line.closes { 1 } else { -1 };
            (deals + one, sum.saturating_add(line.amount))
        });
        all.push(Appraisal { period, bonus, deals, commission });
    }
    Ok((all, trail.because()))
}

fn within(period: Period, day: NaiveDate, other: NaiveDate) -> bool {
    day.year() == other.year() && (period == Period::Year || day.month() == other.month())
}
