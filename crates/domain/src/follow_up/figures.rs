//! Figures that follow from the records: handling times, deals by source, cooling-off, reviews.

use chrono::{NaiveDate, TimeDelta};
use rulebook::{Trail, Undecided, facts};
use serde::{Deserialize, Serialize};

use super::{
    rules::{CoolingOff, LeadSource, ReviewItem, Rules, Trigger},
    state::{TaskEnd, Tracking},
};
use crate::{calendar::day_of, people::PersonId};

/// What a person did about the questions of one day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handling {
    /// Questions that came.
    pub asked: u32,
    /// Those that are not answered.
    pub unanswered: u32,
    /// Seconds that the answered ones took, together.
    pub seconds: i64,
}

/// The questions that came to `person` on `day`; nothing where the rulebook wants no such figures.
pub fn handling<'a>(
    rules: &Rules,
    all: impl Iterator<Item = &'a Tracking>,
    person: PersonId,
    day: NaiveDate,
    trail: &mut Trail,
) -> Option<Handling> {
    let setting = &rules.report.handling_times;
    let wanted = setting.value() == Some(&true);
    trail.cite("handling_times", wanted, setting, facts![person = person]);
    if !wanted {
        return None;
    }
    let questions = [Trigger::Question, Trigger::SpecialQuestion, Trigger::UnsureQuestion];
    let mut figures = Handling::default();
    for task in all.flat_map(|tracking| &tracking.tasks) {
        let own = task.person == Some(person) && day_of(task.opened) == day;
        if !own || !questions.contains(&task.trigger) {
            continue;
        }
        figures.asked += 1;
        match task.end {
            Some(TaskEnd::Done { at, .. }) => figures.seconds += (at - task.opened).num_seconds(),
            _ => figures.unanswered += 1,
        }
    }
    Some(figures)
}

impl Handling {
    /// How long an answer took on average; nothing where none was given.
    #[must_use]
    pub fn average(&self) -> Option<TimeDelta> {
        let answered = i64::from(self.asked.saturating_sub(self.unanswered));
        self.seconds.checked_div(answered).map(TimeDelta::seconds)
    }
}

/// Deals in ten thousandths of leads for `source`; nothing where the rulebook does not compare it.
pub fn conversion(
    rules: &Rules,
    source: LeadSource,
    leads: u32,
    deals: u32,
    trail: &mut Trail,
) -> Option<u32> {
    let setting = &rules.report.sources;
    let compared = setting.value().is_some_and(|sources| sources.contains(&source));
    trail.cite("source_compared", compared, setting, facts![kind = source.word()]);
    if !compared {
        return None;
    }
    u64::from(deals)
        .checked_mul(10_000)
        .and_then(|deals| deals.checked_div(u64::from(leads)))
        .and_then(|share| u32::try_from(share).ok())
}

/// The day on which cooling-off begins; nothing where it has not begun.
pub fn cooling_off(
    rules: &Rules,
    received: Option<NaiveDate>,
    effective: Option<NaiveDate>,
    trail: &mut Trail,
) -> Result<Option<NaiveDate>, Undecided> {
    let starts = trail.apply("cooling_off_starts", &rules.cooling_off.starts, Vec::new())?;
    Ok(match starts {
        CoolingOff::Receipt => received,
        CoolingOff::Effect => effective,
        CoolingOff::LaterOfBoth => received.zip(effective).map(|(one, other)| one.max(other)),
    })
}

/// Why a review is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReviewRefused {
    /// The rulebook does not look at it.
    NotReviewed,
    /// It has no evidence.
    NoEvidence,
}

/// Whether the supervisor's view of `item` is taken, with or without evidence.
pub fn review(
    rules: &Rules,
    item: ReviewItem,
    evidence: bool,
    trail: &mut Trail,
) -> Result<(), ReviewRefused> {
    let setting = &rules.review.items;
    let known = setting.value().is_some_and(|items| items.contains(&item));
    trail.cite("reviewed", known, setting, facts![kind = item.word()]);
    if !known {
        return Err(ReviewRefused::NotReviewed);
    }
    let setting = &rules.review.evidence;
    let enough = evidence || setting.value() != Some(&true);
    trail.cite("review_evidence", enough, setting, Vec::new());
    if enough { Ok(()) } else { Err(ReviewRefused::NoEvidence) }
}
