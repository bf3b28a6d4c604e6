//! What happened to everybody's turns, as rows that fairness is worked out from.
//!
//! `taken` a turn used; `returned` a used turn given back; `passed` a turn that went by and is kept or made
//! up; `lost` a turn that is gone; `restored` a turn that was gone and is given back; `granted` a make-up
//! turn; `made_up` a make-up turn used; `given_back` a used make-up turn given back; `taken_away` a make-up
//! turn that ended unused, or a turn taken off as a sanction. What was owed by the order is the sum of
//! taken, passed and lost, less returned and restored.

use domain::{
    people::{PersonId, VisitId},
    rotation::{Event, Floor, rules::Passing, state::RingId},
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
    let one =
        |person: &PersonId, ring: &RingId, kind, clauses: &[ClauseId], visit: Option<&VisitId>| {
            vec![TurnRow {
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
            let row = one(person, ring, "taken", clauses, Some(visit));
            let count = usize::try_from(*count).unwrap_or(1);
            row.into_iter().cycle().take(count).collect()
        }
        Event::TurnPassed { person, ring, passing, clauses, .. } => {
            let kind = match passing {
                Passing::Lost | Passing::OutForDay => "lost",
                Passing::ToEnd | Passing::Kept | Passing::MakeUp | Passing::PriorityMakeUp => {
                    "passed"
                }
            };
            one(person, ring, kind, clauses, None)
        }
        Event::TurnTakenOff { person, ring, half_rate: true, clauses, .. } => {
            one(person, ring, "taken_away", clauses, None)
        }
        Event::TurnGivenUp { person, ring, clauses, .. } => {
            one(person, ring, "lost", clauses, None)
        }
        Event::TurnRestored { visit, person, ring, clauses, .. } => {
            let kind = if visit.is_some() { "returned" } else { "restored" };
            one(person, ring, kind, clauses, visit.as_ref())
        }
        Event::MakeUpGranted { person, ring, clauses, .. } => {
            one(person, ring, "granted", clauses, None)
        }
        Event::MakeUpUsed { id, visit, .. } => make_up(id, "made_up", None, Some(visit)),
        Event::MakeUpGivenBack { id, visit } => make_up(id, "given_back", None, Some(visit)),
        Event::MakeUpExpired { id, clauses }
        | Event::MakeUpGivenUp { id, clauses, .. }
        | Event::MakeUpTakenAway { id, clauses } => make_up(id, "taken_away", Some(clauses), None),
        _ => Vec::new(),
    }
}
