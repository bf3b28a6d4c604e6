//! What happens to a client, and how the state follows.

use std::collections::BTreeSet;

use rulebook::ClauseId;
use serde::{Deserialize, Serialize};

use super::{
    rules::Field,
    state::{
        Client, Closing, Contact, Dispute, Ended, Filing, FilingId, Holding, Joint, Notice,
        Registration, RegistrationId, Released, Right,
    },
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
    RightConverted { by: PersonId, from: Moment, days: Option<u32> },
    Closed { by: PersonId, owner: Option<PersonId> },
    ClosingCancelled,
    ClosingOwnerSet { owner: PersonId },
    Claimed { by: PersonId },
    Countersigned { id: RegistrationId },
    AwaitsDistribution,
    Notified { to: PersonId, holds: Vec<Field> },
    Acknowledged { by: PersonId },
    Filed { filing: Filing },
    FilingConfirmed { id: FilingId },
    Shared { holdings: Vec<Holding>, confirmed: bool },
    ShareConfirmed,
    ShareEnded,
    Disputed { between: Vec<PersonId> },
    DisputeSettled,
    Released { by: PersonId, left: bool },
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
            Event::RightFounded { right } => {
                self.rights.push(right.clone());
                self.awaits = None;
                self.released = None;
            }
            Event::RightEnded { by, clauses } => {
                let ended = Ended { at, clauses: clauses.clone() };
                for right in &mut self.rights {
                    if right.by == *by && right.ended.is_none() {
                        right.ended = Some(ended.clone());
                    }
                }
            }
            Event::RightConverted { by, from, days } => {
                let is = |right: &&mut Right| right.by == *by && right.from == *from;
                for right in self.rights.iter_mut().filter(is) {
                    right.days = *days;
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
            other => self.evolve_further(other, at),
        }
    }

    /// Follows what happens besides registrations, contacts, rights and closings.
    fn evolve_further(&mut self, event: &Event, at: Moment) {
        match event {
            Event::Countersigned { id } => {
                if let Some(known) = self.registrations.iter_mut().find(|known| known.id == *id) {
                    known.countersigned_at = Some(at);
                }
            }
            Event::AwaitsDistribution => self.awaits = Some(at),
            Event::Notified { to, holds } => {
                let (to, holds) = (*to, holds.clone());
                self.notice = Some(Notice { to, holds, acknowledged_at: None });
            }
            Event::Acknowledged { .. } => {
                if let Some(notice) = &mut self.notice {
                    notice.acknowledged_at = Some(at);
                }
            }
            Event::Filed { filing } => self.filings.push(*filing),
            Event::FilingConfirmed { id } => {
                if let Some(known) = self.filings.iter_mut().find(|known| known.id == *id) {
                    known.confirmed_at = Some(at);
                }
            }
            Event::Shared { holdings, confirmed } => {
                let (holdings, confirmed) = (holdings.clone(), *confirmed);
                self.joint = Some(Joint { holdings, from: at, confirmed });
            }
            Event::ShareConfirmed => {
                if let Some(joint) = &mut self.joint {
                    joint.confirmed = true;
                }
            }
            Event::ShareEnded => self.joint = None,
            Event::Disputed { between } => {
                self.dispute = Some(Dispute { between: between.clone(), at });
            }
            Event::DisputeSettled => self.dispute = None,
            Event::Released { by, left } => {
                self.released = Some(Released { by: *by, at, left: *left });
            }
            _ => {}
        }
    }
}
