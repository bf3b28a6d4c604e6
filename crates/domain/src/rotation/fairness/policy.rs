//! Plain ways of dealing without any rulebook, to compare with: next in a circle, longest without a
//! visitor, by lot.

use std::collections::BTreeMap;

use super::course::{Course, Draw, Happens};

/// A plain way of dealing new visitors among whoever is free.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Policy {
    /// The next in a circle; who is not free is passed by.
    RoundRobin,
    /// Whoever has received least recently.
    LeastRecent,
    /// By lot.
    Random,
}

impl Policy {
    /// Every policy.
    pub const ALL: [Self; 3] = [Self::RoundRobin, Self::LeastRecent, Self::Random];

    /// Its name in tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::RoundRobin => "round robin",
            Self::LeastRecent => "least recent",
            Self::Random => "random",
        }
    }
}

/// How many new visitors everybody receives on `course` by `policy`; lots are drawn from `seed`.
#[must_use]
pub fn by_policy(policy: Policy, course: &Course, seed: u64) -> Vec<i64> {
    let mut received: BTreeMap<u32, i64> = (0..course.people).map(|p| (p, 0)).collect();
    let mut last: BTreeMap<u32, u64> = BTreeMap::new();
    let (mut draw, mut pointer, mut clock) = (Draw::from_seed(seed), 0_u32, 0_u64);
    for day in &course.days {
        let mut busy_until: BTreeMap<u32, u32> = BTreeMap::new();
        for (minute, happens) in &day.events {
            let is_free = |busy: &BTreeMap<u32, u32>, p: &u32| {
                busy.get(p).is_none_or(|until| until <= minute)
            };
            match *happens {
                Happens::Own(person, length) | Happens::Out(person, _, length) => {
                    if is_free(&busy_until, &person) {
                        busy_until.insert(person, minute + length);
                    }
                }
                Happens::New(length) => {
                    let free: Vec<u32> =
                        (0..course.people).filter(|p| is_free(&busy_until, p)).collect();
                    let next = match policy {
                        Policy::RoundRobin => free.iter().copied().min_by_key(|p| {
                            (p + course.people - pointer).checked_rem(course.people)
                        }),
                        Policy::LeastRecent => {
                            free.iter().copied().min_by_key(|p| last.get(p).copied().unwrap_or(0))
                        }
                        Policy::Random => {
                            let lot = draw.below(u32::try_from(free.len()).unwrap_or(0));
                            free.get(usize::try_from(lot).unwrap_or(0)).copied()
                        }
                    };
                    let Some(person) = next else { continue };
                    clock += 1;
                    last.insert(person, clock);
                    pointer = (person + 1).checked_rem(course.people).unwrap_or(0);
                    *received.entry(person).or_default() += 1;
                    busy_until.insert(person, minute + length);
                }
            }
        }
    }
    received.into_values().collect()
}
