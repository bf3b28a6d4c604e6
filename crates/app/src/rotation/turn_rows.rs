//! What happened to everybody's turns, as rows that fairness is worked out from.
//!
//! Their kinds are the words of [`domain::rotation::fairness::MarkKind`].

use domain::{
    people::{PersonId, VisitId},
    rotation::{
        Event, Floor,
        fairness::{Mark, marks_of},
        state::RingId,
    },
};
use rulebook::ClauseId;
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// What happened to a turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TurnRow {
    pub person: PersonId,
    pub ring: RingId,
    pub kind: &'static str,
    pub clauses: Vec<ClauseId>,
    pub visit: Option<VisitId>,
}

/// The id of the row with this place among those of a command; the same whenever it is asked for.
pub(crate) fn row_id(command_id: Uuid, entry: i64, place: usize) -> Uuid {
    let mut hash = Sha256::new();
    hash.update(command_id.as_bytes());
    hash.update(entry.to_be_bytes());
    hash.update(place.to_be_bytes());
    let digest: [u8; 32] = hash.finalize().into();
    let (id, _) = digest.split_at(16);
    uuid::Builder::from_custom_bytes(id.try_into().unwrap_or_default()).into_uuid()
}

/// The rows of one event; `floor` is the floor after it.
pub(crate) fn rows_of(floor: &Floor, event: &Event) -> Vec<TurnRow> {
    let row = |mark: Mark| TurnRow {
        person: mark.person,
        ring: mark.ring,
        kind: mark.kind.word(),
        clauses: mark.clauses,
        visit: mark.visit,
    };
    marks_of(floor, event).into_iter().map(row).collect()
}
