//! What is known of a deal: how far it has come, who shares it, what was posted. One stream a deal.

use std::collections::BTreeSet;

use rulebook::ClauseId;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    rules::{Situation, Stage},
    share::PersonShare,
};
use crate::{
    calendar::Moment,
    money::Currency,
    people::{ClientId, PersonId},
};

/// Identifies a deal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DealId(pub Uuid);

/// A deal: ids, dates and amounts, never names.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Deal {
    /// With whom.
    pub client: Option<ClientId>,
    /// Who brings it about.
    pub closer: Option<PersonId>,
    /// What else is known of how it came about.
    pub circumstances: Circumstances,
    /// The stages it has reached, in order.
    pub stages: Vec<Reached>,
    /// The price, in minor units.
    pub price: Option<i64>,
    /// The commission to be shared, in minor units.
    pub commission: Option<i64>,
    /// The currency of both.
    pub currency: Currency,
    /// When it closed.
    pub closed_at: Option<Moment>,
    /// When it was called off.
    pub cancelled_at: Option<Moment>,
    /// What it is to the rules about its parts.
    pub situation: Option<Situation>,
    /// Who may have a part, whose client it is named first.
    pub parties: Vec<PersonId>,
    /// The parts, once they are certain.
    pub parts: Vec<PersonShare>,
    /// What the parts rest on.
    pub basis: Option<Basis>,
    /// The clauses that the parts rest on.
    pub clauses: Vec<ClauseId>,
    /// What is still open.
    pub pending: Option<Pending>,
    /// What somebody proposed, and who has agreed.
    pub proposal: Option<Proposal>,
    /// What stands on each person's ledger for it, in minor units.
    pub posted: Vec<Posted>,
    /// How many entries were made.
    pub entries: u32,
}

/// A stage was reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reached {
    /// Which.
    pub stage: Stage,
    /// When.
    pub at: Moment,
}

/// How a deal came about, as attribution and rotation know it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Circumstances {
    /// Whose client it is; nobody's: whoever closes it has the client.
    pub owner: Option<PersonId>,
    /// Who received together with whoever closed it.
    pub joint_with: Vec<PersonId>,
    /// The colleague through whom a relation of the client's helped.
    pub related_through: Option<PersonId>,
    /// Who served the client before the consultant was changed for cause.
    pub former: Option<PersonId>,
    /// How whoever closed it came to receive somebody else's client.
    pub reception: Option<Reception>,
    /// Whether the owner had followed the client up.
    pub followed_up: bool,
    /// Shares that were fixed before, such as those of joint owners.
    pub fixed: Vec<PersonShare>,
}

/// A reception of somebody else's client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reception {
    /// How it came about.
    pub kind: ReceptionKind,
    /// When.
    pub at: Moment,
}

/// How somebody came to receive another's client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReceptionKind {
    /// The owner was out of reach, and the finder carried on.
    Unreachable,
    /// The owner had entrusted them.
    Delegate,
    /// The owner was not there.
    OwnerAbsent,
    /// The client was introduced, and that owner had no time or was not there.
    ReferralAway,
}

impl ReceptionKind {
    /// Every kind.
    pub const ALL: [Self; 4] =
        [Self::Unreachable, Self::Delegate, Self::OwnerAbsent, Self::ReferralAway];

    /// The word of it, a translation key.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Unreachable => "unreachable",
            Self::Delegate => "delegate",
            Self::OwnerAbsent => "owner_absent",
            Self::ReferralAway => "referral_away",
        }
    }
}

/// What certain parts rest on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// The rulebook.
    Rule,
    /// All parties agreed.
    Agreement,
    /// They did not agree in time.
    Fallback,
    /// Somebody in authority ruled.
    Ruling,
}

impl Basis {
    /// The word of it, a translation key.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Rule => "rule",
            Self::Agreement => "agreement",
            Self::Fallback => "fallback",
            Self::Ruling => "ruling",
        }
    }
}

/// What is still open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pending {
    /// The finder has a part if it closes before this moment.
    SameDay {
        /// The end of the day.
        until: Moment,
    },
    /// The parties agree on their parts.
    Agreement {
        /// Until when; nothing: as long as it takes.
        until: Option<Moment>,
    },
    /// Nobody has decided this setting: it waits for a ruling.
    Undecided {
        /// Which.
        setting: String,
    },
}

/// Parts that somebody proposed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// The parts.
    pub shares: Vec<PersonShare>,
    /// Who has agreed.
    pub confirmed: BTreeSet<PersonId>,
}

/// What stands on a ledger for a deal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posted {
    /// Whose.
    pub person: PersonId,
    /// How much, in minor units.
    pub amount: i64,
    /// The entry that says so.
    pub entry: u32,
}

impl Deal {
    /// The last stage it reached.
    #[must_use]
    pub fn stage(&self) -> Option<Stage> {
        self.stages.last().map(|reached| reached.stage)
    }

    /// Whether it is closed and was not called off.
    #[must_use]
    pub const fn is_closed(&self) -> bool {
        self.closed_at.is_some() && self.cancelled_at.is_none()
    }

    /// When something falls due by itself.
    #[must_use]
    pub const fn deadline(&self) -> Option<Moment> {
        match (&self.pending, self.cancelled_at) {
            (Some(Pending::SameDay { until }), None) => Some(*until),
            (Some(Pending::Agreement { until }), None) => *until,
            _ => None,
        }
    }

    /// What stands on the ledger of `person` for it, in minor units.
    #[must_use]
    pub fn standing_of(&self, person: PersonId) -> i64 {
        self.posted.iter().find(|posted| posted.person == person).map_or(0, |posted| posted.amount)
    }
}
