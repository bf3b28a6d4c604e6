//! What an event does to somebody's turns, and what they come to.

use rulebook::{ClauseId, choices};

use super::super::{
    events::Event,
    rules::{Owed, Passing},
    state::{Floor, RingId},
};
use crate::people::{PersonId, VisitId};

choices! {
    /// What happened to a turn or to a make-up turn.
    pub enum MarkKind {
        Taken = "taken", "用去", "used";
        Returned = "returned", "退回", "used, and given back";
        Kept = "kept", "保留", "went by, and is kept";
        Passed = "passed", "错过待补", "went by, and is made up";
        Lost = "lost", "失去", "is gone";
        GivenUp = "given_up", "放弃", "was given up";
        Restored = "restored", "恢复", "was gone, and is given back";
        Granted = "granted", "得到补接", "a make-up turn";
        MadeUp = "made_up", "补接", "a make-up turn used";
        GivenBack = "given_back", "补接退回", "a make-up turn used, and given back";
        TakenAway = "taken_away", "取消", "a make-up turn that ended unused, or a turn taken off";
    }
}

/// Something that happened to somebody's turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Whose.
    pub person: PersonId,
    /// In which ring.
    pub ring: RingId,
    /// What.
    pub kind: MarkKind,
    /// The clauses it rests on.
    pub clauses: Vec<ClauseId>,
    /// The visit it was about, if any.
    pub visit: Option<VisitId>,
}

/// What `event` does to turns; `floor` is the floor after it.
#[must_use]
pub fn marks_of(floor: &Floor, event: &Event) -> Vec<Mark> {
    use MarkKind as Kind;
    let one =
        |person: &PersonId, ring: &RingId, kind, clauses: &[ClauseId], visit: Option<&VisitId>| {
            vec![Mark {
                person: *person,
                ring: *ring,
                kind,
                clauses: clauses.to_vec(),
                visit: visit.copied(),
            }]
        };
    let make_up = |id: &u64, kind, clauses: Option<&[ClauseId]>, visit: Option<&VisitId>| {
        floor.make_up(*id).map_or_else(Vec::new, |make_up| {
            let clauses = clauses.unwrap_or(&make_up.clauses);
            one(&make_up.person, &make_up.ring, kind, clauses, visit)
        })
    };
    match event {
        Event::TurnUsed { visit, person, ring, count, clauses, .. } => {
            let mark = one(person, ring, Kind::Taken, clauses, Some(visit));
            let count = usize::try_from(*count).unwrap_or(1);
            mark.into_iter().cycle().take(count).collect()
        }
        Event::TurnPassed { person, ring, passing, clauses, .. } => {
            let kind = match passing {
                Passing::Lost | Passing::OutForDay => Kind::Lost,
                Passing::ToEnd | Passing::Kept => Kind::Kept,
                Passing::MakeUp | Passing::PriorityMakeUp => Kind::Passed,
            };
            one(person, ring, kind, clauses, None)
        }
        Event::TurnTakenOff { person, ring, half_rate: true, clauses, .. } => {
            one(person, ring, Kind::TakenAway, clauses, None)
        }
        Event::TurnGivenUp { person, ring, clauses, .. } => {
            one(person, ring, Kind::GivenUp, clauses, None)
        }
        Event::TurnRestored { visit, person, ring, clauses, .. } => {
            let kind = if visit.is_some() { Kind::Returned } else { Kind::Restored };
            one(person, ring, kind, clauses, visit.as_ref())
        }
        Event::MakeUpGranted { person, ring, clauses, .. } => {
            one(person, ring, Kind::Granted, clauses, None)
        }
        Event::MakeUpUsed { id, visit, .. } => make_up(id, Kind::MadeUp, None, Some(visit)),
        Event::MakeUpGivenBack { id, visit } => make_up(id, Kind::GivenBack, None, Some(visit)),
        Event::MakeUpExpired { id, clauses }
        | Event::MakeUpGivenUp { id, clauses, .. }
        | Event::MakeUpTakenAway { id, clauses } => {
            make_up(id, Kind::TakenAway, Some(clauses), None)
        }
        _ => Vec::new(),
    }
}

/// What somebody's turns in one ring came to.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Account {
    /// Turns that they used, in order.
    pub taken: i64,
    /// Turns that went by, and whose place is kept.
    pub kept: i64,
    /// Turns that went by, and are made up.
    pub passed: i64,
    /// Turns that are gone, those given up included.
    pub lost: i64,
    /// Those of the lost turns that they gave up.
    pub given_up: i64,
    /// Make-up turns that they were granted.
    pub granted: i64,
    /// Make-up turns that they used.
    pub made_up: i64,
    /// Make-up turns that ended unused or were taken away.
    pub taken_away: i64,
}

impl Account {
    /// Enters `count` marks of `kind`.
    pub fn enter(&mut self, kind: MarkKind, count: i64) {
        match kind {
            MarkKind::Taken => self.taken += count,
            MarkKind::Returned => self.taken -= count,
            MarkKind::Kept => self.kept += count,
            MarkKind::Passed => self.passed += count,
            MarkKind::Lost => self.lost += count,
            MarkKind::GivenUp => {
                (self.lost, self.given_up) = (self.lost + count, self.given_up + count)
            }
            MarkKind::Restored => self.lost -= count,
            MarkKind::Granted => self.granted += count,
            MarkKind::MadeUp => self.made_up += count,
            MarkKind::GivenBack => self.made_up -= count,
            MarkKind::TakenAway => self.taken_away += count,
        }
    }

    /// Turns that were theirs by the order: for whoever was present all that came to them and are
    /// over; for whoever was present and free only those that they used or gave up.
    #[must_use]
    pub const fn owed(&self, by: Owed) -> i64 {
        match by {
            Owed::Present => self.taken + self.passed + self.lost,
            Owed::Free => self.taken + self.given_up,
        }
    }

    /// Receptions that came from turns.
    #[must_use]
    pub const fn received(&self) -> i64 {
        self.taken + self.made_up
    }

    /// Turns owed that were neither received nor lost by a clause: make-ups that are still open or
    /// have ended, less those that came on top.
    #[must_use]
    pub const fn outstanding(&self) -> i64 {
        self.owed(Owed::Present) - self.lost - self.received()
    }
}
