//! By when something must be done, and from when it is on the list.

use chrono::NaiveDate;

use super::{
    super::{
        rules::{CountedFrom, Due, TriggerRules},
        state::Agreed,
    },
    Desk, Halt,
};
use crate::calendar::{Moment, after, day_of, days_after, minutes, moment_on};

/// From when a task is on the list, and the last moment on time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    pub from: Moment,
    pub due: Option<Moment>,
}

/// The first moment of `day`, with the offset of `at`.
pub(super) fn first_moment(at: Moment, day: NaiveDate) -> Moment {
    on(at, day, (0, 0, 0))
}

/// The last moment of `day`, with the offset of `at`.
pub(super) fn last_moment(at: Moment, day: NaiveDate) -> Moment {
    on(at, day, (23, 59, 59))
}

fn on(at: Moment, day: NaiveDate, (hour, minute, second): (u32, u32, u32)) -> Moment {
    let local = day.and_hms_opt(hour, minute, second);
    local.and_then(|local| local.and_local_timezone(*at.offset()).single()).unwrap_or(at)
}

impl Desk<'_> {
    /// The spans of the tasks that `rules` ask for after something that happens now.
    pub(super) fn spans(
        &mut self,
        rules: &TriggerRules,
        agreed: Option<Agreed>,
    ) -> Result<Vec<Span>, Halt> {
        let at = self.at;
        let due = self.trail.apply("due_by", &rules.due, Vec::new())?;
        let one = |due: Moment| Ok(vec![Span { from: at, due: Some(due) }]);
        match due {
            Due::Open => Ok(vec![Span { from: at, due: None }]),
            Due::SameDay => one(last_moment(at, day_of(at))),
            Due::EndOfShift => one(self.end_of_shift()?),
            Due::AgreedTime => {
                let agreed = agreed.ok_or(Halt::Refused("no_time_agreed"))?;
                let from = first_moment(agreed.at, day_of(agreed.at));
                Ok(vec![Span { from: from.max(at), due: Some(agreed.at) }])
            }
            Due::WithinMinutes => {
                let lengths = self.lengths(rules)?;
                let spans = lengths.iter().map(|length| after(at, minutes(*length)));
                Ok(spans.map(|due| Span { from: at, due: Some(due) }).collect())
            }
            Due::WithinDays | Due::WithinWorkingDays | Due::OnDays => self.days(rules, due),
        }
    }

    fn days(&mut self, rules: &TriggerRules, due: Due) -> Result<Vec<Span>, Halt> {
        let (at, today) = (self.at, day_of(self.at));
        let lengths = self.lengths(rules)?;
        let counted = self.trail.apply("counted_from", &rules.counted_from, Vec::new())?;
        let mut spans = Vec::new();
        for length in lengths {
            // Where the day itself is the first, one day fewer lies ahead.
            let ahead = match counted {
                CountedFrom::NextDay => length,
                CountedFrom::ThatDay => length.saturating_sub(1),
            };
            let day = if due == Due::WithinWorkingDays {
                self.rules.days.workdays_after(today, ahead)
            } else {
                days_after(today, ahead)
            };
            let from = if due == Due::OnDays { first_moment(at, day).max(at) } else { at };
            spans.push(Span { from, due: Some(last_moment(at, day)) });
        }
        Ok(spans)
    }

    fn lengths(&mut self, rules: &TriggerRules) -> Result<Vec<u32>, Halt> {
        Ok(self.trail.apply("length", &rules.after, Vec::new())?)
    }

    /// When the shift of whoever handles it ends today; after that, the end of the day.
    pub(super) fn end_of_shift(&mut self) -> Result<Moment, Halt> {
        let known = self.known.shift_ends;
        let ends = match known {
            Some(ends) => ends,
            None => self.trail.apply("shift_ends", &self.rules.calendar.shift_ends, Vec::new())?,
        };
        let ends = moment_on(self.at, ends);
        Ok(if ends < self.at { last_moment(self.at, day_of(self.at)) } else { ends })
    }
}
