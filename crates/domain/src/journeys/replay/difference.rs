//! What a replay finds: where the other rulebook decides otherwise, and what it could not know.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rulebook::Because;
use serde::{Deserialize, Serialize};

use crate::{
    calendar::Moment,
    people::{ClientId, PersonId, VisitId},
    rotation::{
        rules::{BreachKind, Situation},
        state::SuspensionCause,
    },
};

/// Something that would have been otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "difference", rename_all = "snake_case")]
pub enum Difference {
    /// A visit.
    Visit(VisitDiffers),
    /// A sanction.
    Sanction(SanctionDiffers),
    /// Whose client somebody is at the end.
    Client(ClientDiffers),
}

/// A visit that would have gone otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitDiffers {
    /// Which.
    pub visit: VisitId,
    /// The visitor, if known.
    pub client: Option<ClientId>,
    /// Its number of the day.
    pub number: u32,
    /// When the visitor came.
    pub arrived_at: Moment,
    /// As it was.
    pub then: Received,
    /// As it would have been.
    pub would: Received,
    /// The entry of the floor's journal that decided who received.
    pub decided_by: Option<i64>,
    /// Why it would have been otherwise.
    pub because: Because,
    /// What was not recorded, and would have been needed.
    pub missing: Vec<Missing>,
}

/// How a visit went.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Received {
    /// What it was to the rotation.
    pub situation: Option<Situation>,
    /// Who received in the end; nobody.
    pub receiver: Option<PersonId>,
    /// Whose turn it used in the end; nobody's.
    pub turn_of: Option<PersonId>,
    /// Whether that turn was a make-up.
    pub make_up: bool,
}

/// A sanction that stands on one side only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SanctionDiffers {
    /// Whom it meets.
    pub person: PersonId,
    /// What it is.
    pub kind: SanctionKind,
    /// The last day; nothing: until lifted, or at once.
    pub until: Option<NaiveDate>,
    /// When.
    pub at: Moment,
    /// The entry of the floor's journal that it came with; nothing: it was not so then.
    pub decided_by: Option<i64>,
    /// Why it would have come; nothing: it would not have.
    pub because: Option<Because>,
}

/// Kinds of sanction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SanctionKind {
    /// A breach was noted.
    Breach(BreachKind),
    /// A suspension from the rings.
    Suspended(SuspensionCause),
    /// One turn in two rounds.
    HalfRate,
}

/// A client who would be somebody else's at the end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientDiffers {
    /// Which.
    pub client: ClientId,
    /// Whose client it is.
    pub then: Option<PersonId>,
    /// Whose it would be.
    pub would: Option<PersonId>,
    /// Why it is so.
    pub because_then: Because,
    /// Why it would be otherwise.
    pub because_would: Because,
}

/// A fact that the other rulebook asks for and that was not recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// Whether somebody else who would have been called had accepted; taken as accepted at once.
    Acceptance,
    /// What the owner would have answered; the visit stays without a receiver.
    OwnerAnswer,
    /// Whoever left would have been receiving; taken as leaving afterwards.
    Presence,
    /// Whose client the introducer would have been; taken as recorded.
    Introducer,
    /// How somebody known before the journal became whose client they were; taken as recorded.
    ClientHistory,
}

impl Missing {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Acceptance,
        Self::OwnerAnswer,
        Self::Presence,
        Self::Introducer,
        Self::ClientHistory,
    ];

    /// Its word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Acceptance => "acceptance",
            Self::OwnerAnswer => "owner_answer",
            Self::Presence => "presence",
            Self::Introducer => "introducer",
            Self::ClientHistory => "client_history",
        }
    }
}

/// What somebody got of the rotation.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Visits received.
    pub received: i64,
    /// Turns used, less those given back.
    pub turns: i64,
    /// Turns that went by and were kept or made up.
    pub passed: i64,
    /// Turns lost, less those restored.
    pub lost: i64,
    /// Make-up turns granted.
    pub granted: i64,
    /// Make-up turns used, less those given back.
    pub made_up: i64,
    /// Suspensions.
    pub suspended: i64,
}

/// A person's tally on both sides.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tallies {
    /// As it was.
    pub then: Tally,
    /// As it would have been.
    pub would: Tally,
}

/// What a replay came to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Summary {
    /// Entries read.
    pub entries: u64,
    /// Days replayed.
    pub days: u64,
    /// Visits compared.
    pub visits: u64,
    /// Visits that differ at all.
    pub visits_differ: u64,
    /// Visits that somebody else would have received.
    pub receivers_differ: u64,
    /// Visits that would have used another turn.
    pub turns_differ: u64,
    /// Visits that would have been something else to the rotation.
    pub situations_differ: u64,
    /// Clients compared.
    pub clients: u64,
    /// Clients who would be somebody else's.
    pub clients_differ: u64,
    /// Sanctions as they were.
    pub sanctions_then: u64,
    /// Sanctions as they would have been.
    pub sanctions_would: u64,
    /// Sanctions that stand on one side only.
    pub sanctions_differ: u64,
    /// Everybody's turns on both sides.
    pub people: BTreeMap<PersonId, Tallies>,
    /// Facts that were not recorded, and how often they would have been needed.
    pub missing: BTreeMap<Missing, u64>,
    /// Settings that the other rulebook leaves open, and how often they were needed.
    pub undecided: BTreeMap<String, u64>,
    /// What was done then and is not possible by the other rulebook: command, reason and how often.
    pub not_applied: BTreeMap<String, BTreeMap<String, u64>>,
}

impl Summary {
    /// Whether the other rulebook decides everything the same.
    #[must_use]
    pub const fn is_same(&self) -> bool {
        self.visits_differ == 0 && self.clients_differ == 0 && self.sanctions_differ == 0
    }
}
