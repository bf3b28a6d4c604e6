//! One side of a replay: a floor, why each visit of the day went as it did, sanctions and turns.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::difference::{Received, SanctionKind, Tally};
use crate::{
    calendar::Moment,
    people::{PersonId, VisitId},
    rotation::{
        Event, Floor,
        rules::Passing,
        state::{Phase, Visit},
    },
};

/// A floor and what is remembered of its day; `R` is how a reason is kept.
#[derive(Debug, Clone)]
pub(super) struct Side<R> {
    pub floor: Floor,
    /// The moment of the last thing that happened.
    pub last_at: Option<Moment>,
    /// Why each visit of the day went as it did.
    pub reasons: BTreeMap<VisitId, R>,
    /// The sanctions since the day opened.
    pub sanctions: Vec<Sanction<R>>,
    pub tallies: BTreeMap<PersonId, Tally>,
}

/// A sanction.
#[derive(Debug, Clone)]
pub(super) struct Sanction<R> {
    pub person: PersonId,
    pub kind: SanctionKind,
    pub until: Option<NaiveDate>,
    pub at: Moment,
    pub why: R,
}

impl<R> Sanction<R> {
    /// Whether it is the same sanction, whatever the reason.
    pub fn is<S>(&self, other: &Sanction<S>) -> bool {
        (self.person, self.kind, self.until) == (other.person, other.kind, other.until)
    }
}

impl<R: Clone> Side<R> {
    pub fn new(floor: Floor) -> Self {
        Self {
            floor,
            last_at: None,
            reasons: BTreeMap::new(),
            sanctions: Vec::new(),
            tallies: BTreeMap::new(),
        }
    }

    /// Follows `events`, which happened at `at` for the reason `why`.
    pub fn follow(&mut self, events: &[Event], at: Moment, why: &R) {
        if events.is_empty() {
            return;
        }
        for event in events {
            if let Some(visit) = self.decides(event) {
                self.reasons.insert(visit, why.clone());
            }
            self.note_sanction(event, at, why);
            self.floor.evolve(event, at);
            self.count(event);
        }
        self.last_at = Some(self.last_at.map_or(at, |last| last.max(at)));
    }

    /// The visit whose receiver `event` settles; whoever accepts a call only follows it.
    fn decides(&self, event: &Event) -> Option<VisitId> {
        if let Event::Received { visit, .. } = event {
            let phase = self.floor.visits.get(visit).map(|visit| visit.phase);
            return (!matches!(phase, Some(Phase::Offered { .. }))).then_some(*visit);
        }
        event.visit().and_then(|(visit, decides)| decides.then_some(visit))
    }

    fn note_sanction(&mut self, event: &Event, at: Moment, why: &R) {
        let (person, kind, until) = match event {
            Event::BreachNoted { person, kind } => (person, SanctionKind::Breach(*kind), None),
            Event::Suspended { person, suspension } => {
                (person, SanctionKind::Suspended(suspension.cause), suspension.until)
            }
            Event::HalfRated { person, half_rate } => {
                (person, SanctionKind::HalfRate, half_rate.until)
            }
            _ => return,
        };
        self.sanctions.push(Sanction { person: *person, kind, until, at, why: why.clone() });
    }

    fn count(&mut self, event: &Event) {
        let of_make_up = |id: &u64| self.floor.make_up(*id).map(|make_up| make_up.person);
        let (person, change): (Option<PersonId>, fn(&mut Tally, i64)) = match event {
            Event::TurnUsed { person, .. } => (Some(*person), |tally, by| tally.turns += by),
            Event::TurnRestored { visit: Some(_), person, .. } => {
                (Some(*person), |tally, by| tally.turns -= by)
            }
            Event::TurnRestored { visit: None, person, .. } => {
                (Some(*person), |tally, by| tally.lost -= by)
            }
            Event::TurnPassed { person, passing, .. } => match passing {
                Passing::Lost | Passing::OutForDay => (Some(*person), |tally, by| tally.lost += by),
                _ => (Some(*person), |tally, by| tally.passed += by),
            },
            Event::TurnGivenUp { person, .. } => (Some(*person), |tally, by| tally.lost += by),
            Event::MakeUpGranted { person, .. } => (Some(*person), |tally, by| tally.granted += by),
            Event::MakeUpUsed { person, .. } => (Some(*person), |tally, by| tally.made_up += by),
            Event::MakeUpGivenBack { id, .. } => (of_make_up(id), |tally, by| tally.made_up -= by),
            Event::Suspended { person, .. } => (Some(*person), |tally, by| tally.suspended += by),
            _ => return,
        };
        let count = match event {
            Event::TurnUsed { count, .. } => i64::from(*count),
            _ => 1,
        };
        if let Some(person) = person {
            change(self.tallies.entry(person).or_default(), count);
        }
    }

    /// How `visit` went here.
    pub fn received(&self, visit: VisitId) -> Received {
        self.floor.visits.get(&visit).map_or_else(Received::default, received)
    }

    /// Notes that the reception of `visit` is settled.
    pub fn settle(&mut self, visit: VisitId) -> Received {
        let received = self.received(visit);
        if let Some(person) = received.receiver {
            self.tallies.entry(person).or_default().received += 1;
        }
        received
    }
}

fn received(visit: &Visit) -> Received {
    Received {
        situation: visit.situation,
        receiver: visit.receiver.filter(|_| visit.received_at.is_some()),
        turn_of: visit.turn.map(|turn| turn.person),
        make_up: visit.turn.is_some_and(|turn| turn.make_up.is_some()),
    }
}
