//! What happens to a client, and how the state follows.

use std::collections::BTreeSet;

use rulebook::ClauseId;
use serde::{Deserialize, Serialize};

use super::{
    rules::Field,
    state::{Client, Closing, Contact, Ended, Registration, RegistrationId, Right},
};
use crate::{calendar::Moment, people::PersonId};

/// Something that happened; the moment is the command's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names and field names say it; evolve says what each does")]
pub enum Event {
    Registered { registration: Registration },
    RegistrationCompleted { id: RegistrationId, fields: BTreeSet<Field>, signed: bool },
    Contacted { contact: Contact },
    RightFounded { right: Right },
    RightEnded { by: PersonId, clauses: Vec<ClauseId> },
    Closed { by: PersonId, owner: Option<PersonId> },
    ClosingCancelled,
    ClosingOwnerSet { owner: PersonId },
    Claimed { by: PersonId },
}

impl Client {
    /// Follows `event`, which happened at `at`.
    pub fn evolve(&mut self, event: &Event, at: Moment) {
        match event {
            Event::Registered { registration } => self.registrations.push(registration.clone()),
            Event::RegistrationCompleted { id, fields, signed } => {
                if let Some(known) = self.registrations.iter_mut().find(|known| known.id == *id) {
                    known.fields.extend(fields);
                    if *signed {
                        known.signed_at = known.signed_at.or(Some(at));
                    }
                    known.completed_at = at;
                }
            }
            Event::Contacted { contact } => self.contacts.push(*contact),
            Event::RightFounded { right } => self.rights.push(right.clone()),
            Event::RightEnded { by, clauses } => {
                let ended = Ended { at, clauses: clauses.clone() };
                for right in &mut self.rights {
                    if right.by == *by && right.ended.is_none() {
                        right.ended = Some(ended.clone());
                    }
                }
            }
            Event::Closed { by, owner } => {
                self.closing = Some(Closing { at, by: *by, owner: *owner });
            }
            Event::ClosingCancelled => self.closing = None,
            Event::ClosingOwnerSet { owner } => {
                if let Some(closing) = &mut self.closing {
                    closing.owner = Some(*owner);
                }
            }
            // A claim is part of the record; a ruling changes what is known.
            Event::Claimed { .. } => {}
        }
    }
}
