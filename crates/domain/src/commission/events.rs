//! What happens to a deal, and how the state follows.

use rulebook::ClauseId;
use serde::{Deserialize, Serialize};

use super::{
    rules::{Situation, Stage},
    share::PersonShare,
    state::{Basis, Circumstances, Deal, Pending, Posted, Proposal, Reached},
};
use crate::{
    calendar::Moment,
    money::Currency,
    people::{ClientId, PersonId},
};

/// Something that happened; the moment is the command's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names and field names say it; evolve says what each does")]
pub enum Event {
    Recorded {
        client: ClientId,
        closer: PersonId,
        currency: Currency,
    },
    Known {
        circumstances: Circumstances,
    },
    AmountsSet {
        price: Option<i64>,
        commission: Option<i64>,
    },
    StageReached {
        stage: Stage,
    },
    Closed {
        situation: Situation,
        parties: Vec<PersonId>,
    },
    LeftOpen {
        pending: Pending,
    },
    /// It did not close that day: the finder has no part in it.
    SameDayLapsed,
    Proposed {
        by: PersonId,
        shares: Vec<PersonShare>,
    },
    Confirmed {
        by: PersonId,
    },
    Declined {
        by: PersonId,
    },
    Shared {
        parts: Vec<PersonShare>,
        basis: Basis,
        clauses: Vec<ClauseId>,
    },
    Cancelled,
    /// An entry on a ledger: it is never changed, only followed by others.
    Posted {
        entry: Entry,
    },
}

/// An entry of a deal on a person's ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its number among the deal's entries, from 1.
    pub number: u32,
    /// Whose ledger.
    pub person: PersonId,
    /// How much, in minor units; below nothing where it takes back.
    pub amount: i64,
    /// The entry that it takes back.
    pub reverses: Option<u32>,
}

impl Deal {
    /// Follows `event`, which happened at `at`.
    pub fn evolve(&mut self, event: &Event, at: Moment) {
        match event {
            Event::Recorded { client, closer, currency } => {
                (self.client, self.closer) = (Some(*client), Some(*closer));
                self.currency = *currency;
            }
            Event::Known { circumstances } => self.circumstances = circumstances.clone(),
            Event::AmountsSet { price, commission } => {
                (self.price, self.commission) = (*price, *commission);
            }
            Event::StageReached { stage } => self.stages.push(Reached { stage: *stage, at }),
            Event::Closed { situation, parties } => {
                self.closed_at = self.closed_at.or(Some(at));
                (self.situation, self.parties) = (Some(*situation), parties.clone());
                (self.pending, self.proposal) = (None, None);
            }
            Event::LeftOpen { pending } => {
                self.pending = Some(pending.clone());
                // What was shared before is no longer certain.
                (self.parts, self.basis) = (Vec::new(), None);
            }
            Event::SameDayLapsed => self.pending = None,
            Event::Proposed { by, shares } => {
                let confirmed = [*by].into();
                self.proposal = Some(Proposal { shares: shares.clone(), confirmed });
            }
            Event::Confirmed { by } => {
                if let Some(proposal) = &mut self.proposal {
                    proposal.confirmed.insert(*by);
                }
            }
            Event::Declined { .. } => self.proposal = None,
            Event::Shared { parts, basis, clauses } => {
                (self.parts, self.basis) = (parts.clone(), Some(*basis));
                self.clauses = clauses.clone();
                (self.pending, self.proposal) = (None, None);
            }
            Event::Cancelled => {
                self.cancelled_at = Some(at);
                (self.pending, self.proposal) = (None, None);
            }
            Event::Posted { entry } => self.follow(entry),
        }
    }

    fn follow(&mut self, entry: &Entry) {
        self.entries = self.entries.max(entry.number);
        self.posted.retain(|posted| posted.person != entry.person);
        if entry.reverses.is_none() {
            let Entry { number, person, amount, .. } = *entry;
            self.posted.push(Posted { person, amount, entry: number });
        }
    }
}
