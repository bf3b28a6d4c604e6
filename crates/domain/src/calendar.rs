//! Moments and days, in the site's own time.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, TimeDelta, TimeZone};

/// A moment, with the site's offset from UTC.
pub type Moment = DateTime<FixedOffset>;

/// The day of `at` at the site.
#[must_use]
pub fn day_of(at: Moment) -> NaiveDate {
    at.date_naive()
}

/// The time of day of `at` at the site.
#[must_use]
pub fn time_of(at: Moment) -> NaiveTime {
    at.time()
}

/// The moment at `time` on the day of `at`.
#[must_use]
pub fn moment_on(at: Moment, time: NaiveTime) -> Moment {
    at.timezone().from_local_datetime(&at.date_naive().and_time(time)).single().unwrap_or(at)
}

/// `minutes` as a length of time.
#[must_use]
pub fn minutes(minutes: u32) -> TimeDelta {
    TimeDelta::minutes(i64::from(minutes))
}

/// `at` and `length` later; `at` itself beyond the end of the calendar.
#[must_use]
pub fn after(at: Moment, length: TimeDelta) -> Moment {
    at.checked_add_signed(length).unwrap_or(at)
}

/// `day` and `days` later; `day` itself beyond the end of the calendar.
#[must_use]
pub fn days_after(day: NaiveDate, days: u32) -> NaiveDate {
    day.checked_add_days(chrono::Days::new(u64::from(days))).unwrap_or(day)
}
