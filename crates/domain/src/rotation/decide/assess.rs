//! What a month's result does to the ring, and what brings somebody back.

use chrono::{Datelike, NaiveDate};
use rulebook::{Setting, facts};

use super::{
    super::{
        command::Outcome,
        events::{Event, Prompt},
        rules::{LastOfMonth, Requirement, ReturnsTo, ShortMonth, Ties},
        state::{Bar, BarCause, MonthResult},
    },
    Halt,
    desk::{Desk, clauses_of},
};
use crate::{calendar::day_of, people::PersonId};

impl Desk<'_> {
    pub(super) fn assess_month(
        &mut self,
        month: NaiveDate,
        results: &[MonthResult],
    ) -> Result<Outcome, Halt> {
        self.require_authority()?;
        for result in results {
            self.member(result.person)?;
        }
        let (from, until) = month_after(month).ok_or(Halt::Refused("no_such_month"))?;
        for result in results {
            self.weigh_conversions(*result, from, until)?;
        }
        let rules = self.rules.assessment.clone();
        let rate = |a: &MonthResult, b: &MonthResult| {
            (u64::from(a.converted) * u64::from(b.received.max(1)))
                .cmp(&(u64::from(b.converted) * u64::from(a.received.max(1))))
        };
        let result = |a: &MonthResult, b: &MonthResult| a.converted.cmp(&b.converted);
        self.weigh_last(&rules.lowest_rate, BarCause::LowestRate, results, rate, from);
        self.weigh_last(&rules.lowest_result, BarCause::LowestResult, results, result, from);
        Ok(Outcome::Done)
    }

    /// Whether somebody converted too few, and what the next month costs them then.
    fn weigh_conversions(
        &mut self,
        result: MonthResult,
        from: NaiveDate,
        until: NaiveDate,
    ) -> Result<(), Halt> {
        let rules = self.rules.assessment.clone();
        if *rules.short_month.decided()? == ShortMonth::None {
            return Ok(());
        }
        let MonthResult { person, received, converted } = result;
        let least = *rules.conversions_least.decided()?;
        let percent = *rules.percent_least.decided()?;
        let few = converted < least;
        let low =
            percent > 0 && u64::from(converted) * 100 < u64::from(percent) * u64::from(received);
        let by_number = facts![person, converted, least];
        self.trail.cite("too_few_conversions", few, &rules.conversions_least, by_number);
        if percent > 0 {
            let by_rate = facts![person, converted, received, percent];
            self.trail.cite("rate_too_low", low, &rules.percent_least, by_rate);
        }
        if !few && !low {
            return Ok(());
        }
        self.trail.cite("next_month_off", true, &rules.short_month, facts![person]);
        let bar = Bar {
            cause: BarCause::ShortMonth,
            from,
            until: Some(until),
            lacks: rules.returns_after.decided()?.clone(),
            closed: false,
            attempts_left: None,
            clauses: clauses_of(&rules.short_month),
        };
        self.emit(Event::Barred { person, bar });
        Ok(())
    }

    /// What it costs those who are last by `order`; alone, nobody is last.
    fn weigh_last(
        &mut self,
        setting: &Setting<LastOfMonth>,
        cause: BarCause,
        results: &[MonthResult],
        order: impl Fn(&MonthResult, &MonthResult) -> std::cmp::Ordering,
        from: NaiveDate,
    ) {
        let Some(least) = results.iter().min_by(|a, b| order(a, b)) else { return };
        let last: Vec<PersonId> =
            results.iter().filter(|r| order(r, least).is_eq()).map(|r| r.person).collect();
        if setting.value() == Some(&LastOfMonth::None) || last.len() == results.len() {
            return;
        }
        let Some(consequence) = setting.value().copied() else {
            self.trail.cite("last_of_month", false, setting, facts![number = last.len()]);
            self.prompt(Prompt::Undecided, None, None);
            return;
        };
        let ties = self.rules.assessment.ties.clone();
        if last.len() > 1 {
            self.trail.cite("last_place_shared", true, &ties, facts![number = last.len()]);
            if ties.is_unset() {
                self.prompt(Prompt::Undecided, None, None);
            }
            if ties.value() != Some(&Ties::All) {
                return;
            }
        }
        for person in last {
            self.trail.cite("last_of_month", true, setting, facts![person]);
            let requalifies = consequence == LastOfMonth::Requalify;
            let attempts = self.rules.assessment.attempts_most.value().copied();
            let bar = Bar {
                cause,
                from,
                until: None,
                lacks: if requalifies { vec![Requirement::Exam] } else { Vec::new() },
                closed: !requalifies,
                attempts_left: attempts.filter(|attempts| *attempts > 0 && requalifies),
                clauses: clauses_of(setting),
            };
            self.emit(Event::Barred { person, bar });
            if consequence == LastOfMonth::Eliminate {
                self.prompt(Prompt::EliminationProposed, None, None);
            }
        }
    }

    pub(super) fn note_requirement(
        &mut self,
        person: PersonId,
        requirement: Requirement,
        met: bool,
    ) -> Result<Outcome, Halt> {
        self.require_authority()?;
        let bars = self.member(person)?.bars.clone();
        let asked = |bar: &&Bar| bar.lacks.contains(&requirement);
        let Some(bar) = bars.iter().find(asked) else {
            return Err(Halt::Refused("nothing_asked"));
        };
        let rules = self.rules.assessment.clone();
        if bar.attempts_left == Some(0) {
            self.trail.cite("attempts_left", false, &rules.attempts_most, facts![person]);
            return Err(Halt::Refused("no_attempt_left"));
        }
        let kind = requirement.word();
        if bar.cause == BarCause::ShortMonth {
            self.trail.cite("requirement", met, &rules.returns_after, facts![person, kind]);
        } else {
            self.trail.cite("requirement", met, &rules.lowest_rate, facts![person, kind]);
        }
        self.emit(Event::RequirementNoted { person, requirement, met });
        let bars = self.member(person)?.bars.clone();
        if bars.iter().any(|bar| bar.attempts_left == Some(0)) {
            self.trail.cite("attempts_left", false, &rules.attempts_most, facts![person]);
            return Ok(Outcome::Done);
        }
        if bars.iter().any(|bar| bar.closed || !bar.lacks.is_empty()) {
            return Ok(Outcome::Done);
        }
        let today = day_of(self.at);
        let served = bars.iter().all(|bar| bar.until.is_none_or(|until| until < today));
        if !served {
            let early = rules.early_return.value() == Some(&true);
            self.trail.cite("returns_early", early, &rules.early_return, facts![person]);
            if !early {
                return Ok(Outcome::Done);
            }
        }
        self.emit(Event::BarsLifted { person });
        self.return_to_ring(person);
        Ok(Outcome::Done)
    }

    /// Those whose bar is over with the day before are in the rings again.
    pub(super) fn end_bars(&mut self, today: NaiveDate) {
        let over: Vec<PersonId> = self
            .floor
            .people
            .iter()
            .filter(|(_, m)| !m.bars.is_empty() && m.bars.iter().all(|bar| bar.is_over_on(today)))
            .map(|(person, _)| *person)
            .collect();
        for person in over {
            self.emit(Event::BarsLifted { person });
            self.return_to_ring(person);
        }
    }

    /// Puts somebody who returns where the rulebook wants them.
    fn return_to_ring(&mut self, person: PersonId) {
        let to = self.rules.assessment.returns_to.clone();
        self.trail.cite("back_in_ring", true, &to, facts![person]);
        match to.value() {
            Some(ReturnsTo::EndOfOrder) => {
                for ring in self.rings_of(person) {
                    self.emit(Event::MovedToEnd { person, ring, clauses: clauses_of(&to) });
                }
            }
            Some(ReturnsTo::Place) => {}
            None => self.prompt(Prompt::Undecided, None, None),
        }
    }
}

/// The first and the last day of the month after the one that `day` lies in.
fn month_after(day: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
    let first = day.with_day(1)?.checked_add_months(chrono::Months::new(1))?;
    let last = first.checked_add_months(chrono::Months::new(1))?.pred_opt()?;
    Some((first, last))
}
