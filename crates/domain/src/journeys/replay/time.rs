//! How time passes on the other side, and what keeps it in step with the record.

use super::{Missing, Replay, other::Asked};
use crate::{
    calendar::Moment,
    people::{Actor, PersonId, VisitId},
    rotation::{Command, decide::next_deadline, state::Phase},
};

/// How often the clock looks between two entries at most.
const LOOKS_MAX: u32 = 1_000;

impl Replay<'_> {
    /// Lets deadlines pass on the other side up to `until`; `looks` where the clock itself looked then.
    ///
    /// A deadline that the record had too passes when the clock looked then, to the second the same; one
    /// that only the other rulebook has passes exactly when it is due.
    pub(super) fn pass_time(&mut self, until: Moment, looks: bool) {
        let recorded = next_deadline(&self.then.floor);
        for _ in 0..LOOKS_MAX {
            let due = next_deadline(&self.would.side.floor).filter(|due| *due <= until);
            let Some(due) = due else { return };
            let same = recorded == Some(due);
            if same && looks {
                // The entry itself lets it pass.
                return;
            }
            let last = self.would.side.last_at;
            let at = if same { until } else { last.map_or(due, |last| last.max(due)) };
            let moved = self.give(&Command::Settle, &Actor::clock(), at);
            self.accept_others(at);
            if !moved || next_deadline(&self.would.side.floor) == Some(due) {
                return;
            }
        }
    }

    /// After an entry: whoever is called here and was not called then accepts, owners who were not asked
    /// then are noted, and whoever left is let go once they are free.
    pub(super) fn keep_up(&mut self, asked: Asked, at: Moment) {
        self.accept_others(at);
        if let Asked::Introduced(visit) = asked {
            self.note_missing(Missing::Introducer, Some(visit));
        }
        self.let_go(at);
    }

    /// Whoever would be called, and was not then, is taken to accept at once.
    fn accept_others(&mut self, at: Moment) {
        for _ in 0..LOOKS_MAX {
            let Some((visit, known)) = self.called_otherwise() else { return };
            if !known {
                self.note_missing(Missing::Acceptance, Some(visit));
            }
            if !self.give(&Command::Accept { visit }, &Actor::clock(), at) {
                return;
            }
        }
    }

    /// A visit to which somebody is called here who is not being called then; and whether they accepted
    /// it then. Owners who are asked only here are noted on the way.
    fn called_otherwise(&mut self) -> Option<(VisitId, bool)> {
        let mut unasked = Vec::new();
        let mut called = None;
        for (id, visit) in &self.would.side.floor.visits {
            let then = self.then.floor.visits.get(id);
            match visit.phase {
                Phase::Offered { .. } => {
                    let same = then.is_some_and(|then| then.receiver == visit.receiver);
                    let waits = then.is_some_and(|v| matches!(v.phase, Phase::Offered { .. }));
                    if !(same && waits) {
                        called = called.or(Some((*id, same)));
                    }
                }
                Phase::Asking(owner) => {
                    if then.is_none_or(|then| then.phase != Phase::Asking(owner)) {
                        unasked.push(*id);
                    }
                }
                Phase::Waiting | Phase::Received | Phase::Ended => {}
            }
        }
        for visit in unasked {
            self.note_missing(Missing::OwnerAnswer, Some(visit));
        }
        called
    }

    /// Keeps `command` for when whoever it is about is free; whether it is one of leaving.
    pub(super) fn leaves_later(&mut self, command: &Command, actor: &Actor) -> bool {
        let (Command::SignOut { person } | Command::StepOut { person, .. }) = command else {
            return false;
        };
        if self.would.leaving.insert(*person, (command.clone(), actor.clone())).is_none() {
            self.note_missing(Missing::Presence, None);
        }
        true
    }

    /// Lets those leave who left as recorded and have finished here since.
    fn let_go(&mut self, at: Moment) {
        let free: Vec<PersonId> = self
            .would
            .leaving
            .keys()
            .copied()
            .filter(|person| self.would.side.floor.open_visits_of(*person).next().is_none())
            .collect();
        for person in free {
            if let Some((command, actor)) = self.would.leaving.remove(&person) {
                self.give(&command, &actor, at);
                self.accept_others(at);
            }
        }
    }
}
