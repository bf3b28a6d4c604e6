//! What is known of a client: registrations, contacts, rights and closings. One stream a client.

use std::collections::BTreeSet;

use rulebook::ClauseId;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::rules::{Channel, Field};
use crate::{calendar::Moment, people::PersonId};

/// Identifies a registration of a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RegistrationId(pub Uuid);

/// A client, as attribution sees them: ids and dates, never names or telephones.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Client {
    /// Every registration, in the order of its entry.
    pub registrations: Vec<Registration>,
    /// Every contact, in the order of its entry.
    pub contacts: Vec<Contact>,
    /// The rights, in the order in which they were founded.
    pub rights: Vec<Right>,
    /// The last closing that stands.
    pub closing: Option<Closing>,
    /// What agents and channels filed, in the order of entry.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub filings: Vec<Filing>,
    /// Who shares the client.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub joint: Option<Joint>,
    /// A dispute that nobody has ruled on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dispute: Option<Dispute>,
    /// Since when the client waits to be distributed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub awaits: Option<Moment>,
    /// The notice of a distribution that is to be confirmed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notice: Option<Notice>,
    /// Who gave the client up, and when, unless somebody has them since.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub released: Option<Released>,
}

/// A client was registered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registration {
    /// Which.
    pub id: RegistrationId,
    /// Whose registration.
    pub by: PersonId,
    /// How the contact came about.
    pub channel: Channel,
    /// When it was entered.
    pub at: Moment,
    /// What it holds.
    pub fields: BTreeSet<Field>,
    /// When the consultant signed.
    pub signed_at: Option<Moment>,
    /// When the last missing item was added.
    pub completed_at: Moment,
    /// When it was countersigned, where the rulebook wants that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub countersigned_at: Option<Moment>,
}

/// Somebody was in contact with the client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// Who.
    pub by: PersonId,
    /// How.
    pub kind: ContactKind,
    /// Whether the record is complete.
    pub complete: bool,
    /// When.
    pub at: Moment,
}

/// Kinds of contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContactKind {
    /// The client was followed up.
    FollowUp,
    /// The client came.
    Visit,
    /// The client called.
    Call,
}

/// A right to the client: who, by what, since when, on which terms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Right {
    /// Who has it.
    pub by: PersonId,
    /// What it rests on.
    pub basis: Basis,
    /// Since when.
    pub from: Moment,
    /// Days it lives without renewal, as they were when it was granted; nothing: for good.
    pub days: Option<u32>,
    /// When it was taken away, and by which clauses.
    pub ended: Option<Ended>,
}

/// What a right rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// A registration.
    Registration(RegistrationId),
    /// A reception.
    Reception,
    /// Somebody in authority gave the client.
    Assigned,
    /// The client of a leaver was distributed; whoever took over has not followed up yet.
    Distributed,
    /// A ruling on a claim.
    Ruling,
    /// A filing of an agent or channel.
    Filing(FilingId),
    /// Claimed from the public pool.
    Pool,
}

/// A right was taken away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    /// When.
    pub at: Moment,
    /// By which clauses.
    pub clauses: Vec<ClauseId>,
}

/// A closing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closing {
    /// When.
    pub at: Moment,
    /// Who closed it.
    pub by: PersonId,
    /// Whose client it was by the rulebook.
    pub owner: Option<PersonId>,
}

/// Identifies a filing of a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FilingId(pub Uuid);

/// An agent or channel filed the client 渠道报备.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filing {
    /// Which.
    pub id: FilingId,
    /// Who filed.
    pub by: PersonId,
    /// When.
    pub at: Moment,
    /// When it was confirmed on the first visit.
    pub confirmed_at: Option<Moment>,
    /// Whether it was void from the start, since the client was somebody's.
    pub void: bool,
}

/// A share of a client or a deal, as a fraction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// How many parts.
    pub numerator: u32,
    /// Of how many; never zero.
    pub denominator: u32,
}

/// Somebody who has a client, or a share of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holding {
    /// Who.
    pub person: PersonId,
    /// How much; nothing: not stated.
    pub part: Option<Part>,
}

/// Several share a client.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Joint {
    /// Who, the owner first.
    pub holdings: Vec<Holding>,
    /// Since when.
    pub from: Moment,
    /// Whether whoever must confirm it has done so.
    pub confirmed: bool,
}

/// Several lay claim to the client, and the rulebook leaves it to a ruling.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dispute {
    /// Who.
    pub between: Vec<PersonId>,
    /// Since when.
    pub at: Moment,
}

/// Somebody was told that a client is theirs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// Who.
    pub to: PersonId,
    /// What the notice holds.
    pub holds: Vec<Field>,
    /// When they confirmed it.
    pub acknowledged_at: Option<Moment>,
}

/// The owner gave the client up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Released {
    /// Who.
    pub by: PersonId,
    /// When.
    pub at: Moment,
    /// Whether they left the company.
    pub left: bool,
}

impl Part {
    /// The whole.
    pub const WHOLE: Self = Self { numerator: 1, denominator: 1 };

    /// Whether `parts` are proper fractions that add up to exactly one.
    #[must_use]
    pub fn add_up(parts: &[Self]) -> bool {
        let mut sum: Option<(u128, u128)> = Some((0, 1));
        for part in parts {
            if part.denominator == 0 || part.numerator == 0 {
                return false;
            }
            let (n, d) = (u128::from(part.numerator), u128::from(part.denominator));
            sum = sum.and_then(|(a, b)| {
                let over = a.checked_mul(d)?.checked_add(n.checked_mul(b)?)?;
                let under = b.checked_mul(d)?;
                let common = greatest_common_divisor(over, under);
                Some((over.checked_div(common)?, under.checked_div(common)?))
            });
        }
        sum == Some((1, 1))
    }
}

fn greatest_common_divisor(mut a: u128, mut b: u128) -> u128 {
    while b > 0 {
        (a, b) = (b, a.checked_rem(b).unwrap_or(0));
    }
    a
}

impl Registration {
    /// The items of `required` that it lacks.
    #[must_use]
    pub fn missing(&self, required: &[Field]) -> Vec<Field> {
        let has = |field: &Field| {
            // A real name is a name too.
            self.fields.contains(field)
                || (*field == Field::Name && self.fields.contains(&Field::RealName))
        };
        required.iter().copied().filter(|field| !has(field)).collect()
    }
}

impl Right {
    /// Whether it stands at `at`, its period apart.
    #[must_use]
    pub fn stands(&self, at: Moment) -> bool {
        self.from <= at && self.ended.as_ref().is_none_or(|ended| ended.at > at)
    }
}

impl Client {
    /// The registration with this id.
    #[must_use]
    pub fn registration(&self, id: RegistrationId) -> Option<&Registration> {
        self.registrations.iter().find(|registration| registration.id == id)
    }

    /// The filing with this id.
    #[must_use]
    pub fn filing(&self, id: FilingId) -> Option<&Filing> {
        self.filings.iter().find(|filing| filing.id == id)
    }
}
