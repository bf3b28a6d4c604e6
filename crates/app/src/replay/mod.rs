//! Replay 重演: a site's own history, decided again by another rulebook, and where that differs.

mod ask;
mod lines;
mod perform;
mod running;

use domain::journeys::replay::Difference;
use rulebook::Because;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use ask::{Page, Replayed, Wanted, ask, differences, everything, get, list};
pub(crate) use perform::{KIND, perform};
pub use running::{Period, Running};

/// A difference with the reasons of what was decided then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// What would have been otherwise, and why.
    #[serde(flatten)]
    pub difference: Difference,
    /// Why it was as it was; nothing where nothing was decided then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because_then: Option<Because>,
    /// The rulebook version it was decided under.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rulebook_then: Option<Uuid>,
}

impl Found {
    /// What it is about: `visit`, `client` or `sanction`.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self.difference {
            Difference::Visit(_) => "visit",
            Difference::Client(_) => "client",
            Difference::Sanction(_) => "sanction",
        }
    }

    /// Whom it concerned then, and whom it would have.
    #[must_use]
    pub fn people(&self) -> (Option<domain::people::PersonId>, Option<domain::people::PersonId>) {
        match &self.difference {
            Difference::Visit(visit) => (visit.then.receiver, visit.would.receiver),
            Difference::Client(client) => (client.then, client.would),
            Difference::Sanction(sanction) => {
                let person = Some(sanction.person);
                (
                    person.filter(|_| sanction.because.is_none()),
                    person.filter(|_| sanction.because.is_some()),
                )
            }
        }
    }
}
