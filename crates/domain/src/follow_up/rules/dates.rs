//! The days of the site's calendar: festivals, days off, days worked in their place.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate, Weekday};
use rulebook::{Document, Problems, Setting};

use super::CalendarRules;
use crate::calendar::days_after;

/// How far a working day is looked for.
const SEARCH_DAYS_MAX: u32 = 4_000;

/// A festival of the site's calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Festival {
    /// The day.
    pub day: NaiveDate,
    /// Its name, as the site writes it.
    pub name: String,
}

/// The days that a rulebook names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Calendar {
    /// Festivals, in the order of their days.
    pub festivals: Vec<Festival>,
    days_off: BTreeSet<NaiveDate>,
    workdays: BTreeSet<NaiveDate>,
}

impl Calendar {
    /// Reads the days of `rules`; what is no day goes to `problems`.
    pub(super) fn read(
        document: &Document,
        rules: &CalendarRules,
        problems: &mut Problems,
    ) -> Self {
        let mut days = |setting: &Setting<Vec<String>>| {
            let mut read = Vec::new();
            for text in setting.value().map(Vec::as_slice).unwrap_or_default() {
                let (day, name) = text.split_once(' ').unwrap_or((text, ""));
                match NaiveDate::parse_from_str(day, "%Y-%m-%d") {
                    Ok(day) => read.push((day, name.trim().to_owned())),
                    Err(_) => {
                        if let Some(written) = document.setting(&setting.path) {
                            let message =
                                format!("`{} = {}` holds `{text}`", setting.path, written.value);
                            let hint = "write a day such as \"2026-10-01\", with a name after it if you like";
                            problems.error(written.place(), message, hint);
                        }
                    }
                }
            }
            read
        };
        let mut festivals: Vec<Festival> =
            days(&rules.festivals).into_iter().map(|(day, name)| Festival { day, name }).collect();
        festivals.sort_by_key(|festival| festival.day);
        let days_off = days(&rules.days_off).into_iter().map(|(day, _)| day).collect();
        let workdays = days(&rules.workdays).into_iter().map(|(day, _)| day).collect();
        Self { festivals, days_off, workdays }
    }

    /// Whether `day` is worked: no Saturday, Sunday or day off, or a day that is worked in its place.
    #[must_use]
    pub fn is_workday(&self, day: NaiveDate) -> bool {
        let weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        self.workdays.contains(&day) || (!weekend && !self.days_off.contains(&day))
    }

    /// The `count`th working day after `day`, `day` itself not counted.
    #[must_use]
    pub fn workdays_after(&self, day: NaiveDate, count: u32) -> NaiveDate {
        let mut left = count;
        let mut found = day;
        for ahead in 1..=SEARCH_DAYS_MAX {
            if left == 0 {
                break;
            }
            found = days_after(day, ahead);
            if self.is_workday(found) {
                left -= 1;
            }
        }
        found
    }
}
