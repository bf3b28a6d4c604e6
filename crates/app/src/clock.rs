//! The clock: the only place that reads the time.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};

/// Tells the time, to the microsecond, as the databases keep it.
#[derive(Debug, Clone)]
pub struct Clock(Source);

#[derive(Debug, Clone)]
enum Source {
    Real,
    Hand(Arc<AtomicI64>),
}

/// Moves a clock that stands still by itself, for tests and for made-up history.
#[derive(Debug, Clone)]
pub struct Hand(Arc<AtomicI64>);

impl Clock {
    /// The machine's clock.
    #[must_use]
    pub const fn real() -> Self {
        Self(Source::Real)
    }

    /// A clock that stands at `at` until its hand is moved.
    #[must_use]
    pub fn standing_at(at: DateTime<Utc>) -> (Self, Hand) {
        let micros = Arc::new(AtomicI64::new(at.timestamp_micros()));
        (Self(Source::Hand(micros.clone())), Hand(micros))
    }

    /// The time now.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the clock")]
    pub fn now(&self) -> DateTime<Utc> {
        match &self.0 {
            Source::Real => Utc::now().trunc_subsecs(6),
            Source::Hand(micros) => {
                DateTime::from_timestamp_micros(micros.load(Ordering::SeqCst)).unwrap_or_default()
            }
        }
    }
}

impl Hand {
    /// Sets the clock to `at`.
    pub fn set(&self, at: DateTime<Utc>) {
        self.0.store(at.timestamp_micros(), Ordering::SeqCst);
    }

    /// Moves the clock on.
    pub fn advance(&self, by: TimeDelta) {
        self.0.fetch_add(by.num_microseconds().unwrap_or(0), Ordering::SeqCst);
    }
}
