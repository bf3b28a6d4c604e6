//! The course of a made-up time at a site: who comes when, who is out, how long receptions take.
//!
//! It is drawn once from a seed, so that every way of dealing meets the same arrivals.

use chrono::NaiveDate;

use crate::rotation::rules::AbsenceKind;

/// Numbers that look random, and are the same for the same seed.
#[derive(Debug, Clone)]
pub struct Draw(u64);

impl Draw {
    /// Numbers from `seed`.
    #[must_use]
    pub const fn from_seed(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x5851_F42D_4C95_7F2D)
    }

    /// The next number below `below`; zero where nothing is below it.
    pub fn below(&mut self, below: u32) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        let high = u32::try_from(self.0 >> 33).unwrap_or(0);
        high.checked_rem(below).unwrap_or(0)
    }
}

/// Something that happens on a day, at a minute of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Happens {
    /// A new visitor comes, who is received for so many minutes.
    New(u32),
    /// An open client of that person comes, who is received for so many minutes.
    Own(u32, u32),
    /// That person is out for so many minutes.
    Out(u32, AbsenceKind, u32),
}

/// A day: what happens at which minute, in order.
#[derive(Debug, Clone)]
pub struct Day {
    /// The date.
    pub date: NaiveDate,
    /// Minutes since midnight, and what happens then.
    pub events: Vec<(u32, Happens)>,
}

/// A course of days.
#[derive(Debug, Clone)]
pub struct Course {
    /// How many people there are.
    pub people: u32,
    /// The days, in order.
    pub days: Vec<Day>,
}

/// The first day of every course, a Monday.
const FIRST: (i32, u32, u32) = (2026, 3, 2);
/// The minutes of the day between which visitors come: 09:00 to 17:00.
const OPEN: (u32, u32) = (9 * 60, 17 * 60);

impl Course {
    /// `days` days with `people` people, drawn from `seed`.
    #[must_use]
    pub fn draw(days: u32, people: u32, seed: u64) -> Self {
        let mut draw = Draw::from_seed(seed);
        let (year, month, day) = FIRST;
        let first = NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
        let days = (0..days).map(|number| Day {
            date: crate::calendar::days_after(first, number),
            events: events(&mut draw, people),
        });
        Self { people, days: days.collect() }
    }
}

fn events(draw: &mut Draw, people: u32) -> Vec<(u32, Happens)> {
    let kinds = [AbsenceKind::Private, AbsenceKind::Business, AbsenceKind::Meal];
    let at = |draw: &mut Draw| OPEN.0 + draw.below(OPEN.1 - OPEN.0);
    let mut events = Vec::new();
    for _ in 0..(2 * people + draw.below(2 * people)) {
        events.push((at(draw), Happens::New(10 + draw.below(40))));
    }
    for _ in 0..draw.below(people) {
        events.push((at(draw), Happens::Own(draw.below(people), 15 + draw.below(40))));
    }
    for _ in 0..draw.below(people) {
        let kind = kinds.get(usize::try_from(draw.below(3)).unwrap_or(0)).copied();
        let kind = kind.unwrap_or(AbsenceKind::Private);
        events.push((at(draw), Happens::Out(draw.below(people), kind, 10 + draw.below(60))));
    }
    events.sort_by_key(|(minute, _)| *minute);
    events
}
