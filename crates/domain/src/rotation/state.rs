//! The floor of a site: people, rings, make-up turns, visits and standing duty.

mod bars;
mod plans;
mod standing;
mod visits;

use std::{collections::BTreeMap, fmt, str::FromStr};

use chrono::{NaiveDate, NaiveTime};
use rulebook::ClauseId;
use serde::{Deserialize, Serialize};

use super::rules::{AbsenceKind, BreachKind, BusyKind, MakeUpKind, Passing, Unfit};
use crate::{
    calendar::Moment,
    people::{PersonId, TeamId, VisitId},
};

pub use bars::{Bar, BarCause, MonthResult};
pub use plans::{Planned, Roster};
pub use standing::{Slot, Standing};
pub use visits::{Arrival, Came, OwnerAnswer, Phase, Purpose, TurnUsed, Visit};

/// Everything that decides who receives, at one site.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Floor {
    /// The open day.
    pub day: Option<Day>,
    /// The last day that was open, and its batch.
    pub last_day: Option<Day>,
    /// Everybody who may be in a ring.
    pub people: BTreeMap<PersonId, Member>,
    /// The rings.
    pub rings: BTreeMap<RingId, Ring>,
    /// Today's visits.
    pub visits: BTreeMap<VisitId, Visit>,
    /// Make-up turns that are not used up, and today's.
    pub make_ups: Vec<MakeUp>,
    /// What waits for a later event or the clock.
    pub pending: Vec<Pending>,
    /// Standing duty.
    pub standing: Standing,
    /// The number of the next make-up turn, never used twice.
    pub next_make_up: u64,
    /// The number of the next visit of the day.
    pub next_visit: u32,
    /// Since when there is a rush, in which the order is left aside.
    #[serde(default)]
    pub rush: Option<Moment>,
    /// The first day of the period in which turns are counted.
    #[serde(default)]
    pub period: Option<NaiveDate>,
    /// Duty rosters that are published, from today on.
    #[serde(default)]
    pub rosters: Vec<Roster>,
    /// Receptions that are planned, from today on.
    #[serde(default)]
    pub planned: Vec<Planned>,
    /// The number of the next planned reception, never used twice.
    #[serde(default)]
    pub next_planned: u64,
}

/// A day on which the site is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Day {
    /// The date at the site.
    pub date: NaiveDate,
    /// When it was opened.
    pub opened_at: Moment,
    /// The batch on site, counted from 0.
    pub batch: u32,
}

/// A person of the floor.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// What is known of them beforehand.
    pub profile: Profile,
    /// When they signed in today.
    pub signed_in: Option<Moment>,
    /// Their absence, if they are away.
    pub away: Option<Away>,
    /// What keeps them busy besides visits.
    pub busy: Option<Occupied>,
    /// Why a supervisor took them out for a time.
    pub unfit: Option<Unfit>,
    /// The suspension that runs or will run.
    pub suspended: Option<Suspension>,
    /// One turn in two rounds, if sanctioned.
    pub half_rate: Option<HalfRate>,
    /// Who receives their clients when they are away.
    pub delegate: Option<PersonId>,
    /// Turns given up today of their own will.
    pub given_up: u32,
    /// Whether they may receive one more new client at once.
    pub permitted: bool,
    /// When they checked in at the post, for the turn they are on.
    pub checked_in: Option<Moment>,
    /// Whether they signed in after the first turn of the day.
    pub late: bool,
    /// What keeps them out of the ring until something is brought.
    #[serde(default)]
    pub bars: Vec<Bar>,
}

/// What is known of a person beforehand.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Profile {
    /// Their team.
    pub team: Option<TeamId>,
    /// Whether they meet the requirements of the post.
    pub certified: bool,
    /// Whether they are on trial.
    pub trial: bool,
    /// Whether they are leaving the company.
    pub leaving: bool,
    /// Their fixed number.
    pub number: Option<u32>,
    /// Last month's rank, 1 is best.
    pub rank: Option<u32>,
    /// The result of the last working day, in deals.
    pub result: u32,
    /// Their batch, counted from 0.
    pub batch: u32,
    /// Their shift today.
    pub shift: Option<(NaiveTime, NaiveTime)>,
    /// Whether they are on duty outside the hours of rotation.
    pub duty: bool,
    /// Whether they take part in the rotation at all.
    pub rotates: bool,
}

/// An absence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Away {
    /// Why.
    pub kind: AbsenceKind,
    /// Since when.
    pub since: Moment,
    /// Until when it was said to last.
    pub until: Option<Moment>,
    /// Whether it was approved: yes, no, or not yet decided.
    pub approved: Option<bool>,
    /// Whether they were reminded that it lasts too long.
    pub reminded: bool,
}

/// An occupation besides visits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Occupied {
    /// What.
    pub kind: BusyKind,
    /// Since when.
    pub since: Moment,
}

/// A suspension from the rings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suspension {
    /// The first day.
    pub from: NaiveDate,
    /// The last day; nothing: until lifted.
    pub until: Option<NaiveDate>,
    /// Why.
    pub cause: SuspensionCause,
    /// The clauses it rests on.
    pub clauses: Vec<ClauseId>,
}

/// Why somebody is suspended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SuspensionCause {
    /// A breach of the order.
    Breach(BreachKind),
    /// Too many turns given up.
    GivenUp,
    /// Away when the turn came, which costs the day.
    Absent(AbsenceKind),
    /// A supervisor's decision.
    Supervisor,
}

/// One turn in two rounds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HalfRate {
    /// The last day; nothing: until lifted.
    pub until: Option<NaiveDate>,
    /// Whether the next round passes the person by, in each ring.
    pub skips_next: BTreeMap<RingId, bool>,
    /// The clauses it rests on.
    pub clauses: Vec<ClauseId>,
}

/// By which way a visitor comes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// Through the door.
    #[default]
    WalkIn,
    /// By telephone.
    Phone,
}

/// Which ring.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct RingId {
    /// The channel it deals.
    pub channel: Channel,
    /// The team it belongs to; nothing: everybody's.
    pub team: Option<TeamId>,
}

impl fmt::Display for RingId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.channel {
            Channel::WalkIn => "walk_in",
            Channel::Phone => "phone",
        })?;
        self.team.map_or(Ok(()), |team| write!(f, ":{team}"))
    }
}

impl FromStr for RingId {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let unknown = || format!("`{text}` is no ring");
        let (channel, team) = text.split_once(':').map_or((text, None), |(c, t)| (c, Some(t)));
        let channel = match channel {
            "walk_in" => Channel::WalkIn,
            "phone" => Channel::Phone,
            _ => return Err(unknown()),
        };
        let team = team.map(str::parse).transpose().map_err(|_| unknown())?.map(TeamId);
        Ok(Self { channel, team })
    }
}

impl Serialize for RingId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for RingId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// A ring: an order that is gone through round by round.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ring {
    /// Everybody in it, first to last.
    pub order: Vec<PersonId>,
    /// Whether somebody has set the order.
    #[serde(default)]
    pub posted: bool,
    /// The round, counted from 1.
    pub round: u32,
    /// Whose turn of this round is over, and how.
    pub done: BTreeMap<PersonId, DoneAs>,
    /// Whose place of this round is kept, in the order in which their turns came.
    #[serde(default)]
    pub kept: Vec<PersonId>,
    /// Whose place was kept in a round that is over; they come first, once each.
    #[serde(default)]
    pub kept_over: Vec<PersonId>,
    /// Turns used or lost since the count began.
    pub counts: BTreeMap<PersonId, u32>,
    /// Turns used ahead of time, which the coming rounds take off.
    pub ahead: BTreeMap<PersonId, u32>,
    /// Turns used in this ring, ever; orders events.
    pub turns: u64,
    /// Turns used today.
    pub turns_today: u32,
    /// Who is on turn.
    pub on_turn: Option<OnTurn>,
}

/// Who is on turn, since when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnTurn {
    /// Who.
    pub person: PersonId,
    /// Since when.
    pub since: Moment,
}

/// How a turn of the round ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DoneAs {
    /// Used by a reception.
    Used,
    /// Passed by, with this consequence.
    Passed(Passing),
    /// Taken off for a turn used ahead of time.
    Ahead,
    /// Passed by for one turn in two rounds.
    HalfRate,
    /// Given up.
    GivenUp,
    /// Came too late for this round.
    Late,
}

/// A make-up turn 补接.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MakeUp {
    /// Its number.
    pub id: u64,
    /// Whose.
    pub person: PersonId,
    /// In which ring.
    pub ring: RingId,
    /// Ordinary or priority.
    pub kind: MakeUpKind,
    /// Whether it can be used.
    pub state: MakeUpState,
    /// When it was granted.
    pub granted_at: Moment,
    /// The ring's count of turns when it was opened.
    pub opened_turns: u64,
    /// The round it was granted in.
    pub round: u32,
    /// The clauses that grant it.
    pub clauses: Vec<ClauseId>,
}

/// Whether a make-up turn can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MakeUpState {
    /// Not before its holder gives notice.
    AwaitsNotice,
    /// Not before somebody verifies the reason.
    AwaitsVerification,
    /// Can be used.
    Open,
    /// Used.
    Used,
    /// Ended unused.
    Expired,
    /// Taken away by a supervisor.
    TakenAway,
}

impl MakeUpState {
    /// Whether it may still be used one day.
    #[must_use]
    pub const fn is_alive(self) -> bool {
        matches!(self, Self::AwaitsNotice | Self::AwaitsVerification | Self::Open)
    }
}

/// A part of a decision that waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
    /// Whom it concerns.
    pub person: PersonId,
    /// The ring.
    pub ring: RingId,
    /// What it waits for.
    pub on: PendingOn,
    /// The clauses it rests on.
    pub clauses: Vec<ClauseId>,
}

/// What a pending part waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PendingOn {
    /// Back until then: the grace applies; else the absence's result.
    Return {
        /// The last moment that counts.
        until: Moment,
        /// The kind of absence.
        kind: AbsenceKind,
        /// The round in which the turn passed.
        round: u32,
    },
    /// Approval of the outing; else it counts as without.
    Approval {
        /// The kind of absence.
        kind: AbsenceKind,
        /// The round in which the turn passed.
        round: u32,
    },
    /// The visit's deal not closing today: then a make-up.
    NoDealToday {
        /// The visit.
        visit: VisitId,
        /// The make-up.
        make_up: MakeUpKind,
    },
}

impl Floor {
    /// The visits that somebody receives and that are not over.
    pub fn open_visits_of(&self, person: PersonId) -> impl Iterator<Item = (&VisitId, &Visit)> {
        self.visits
            .iter()
            .filter(move |(_, visit)| visit.phase != Phase::Ended && visit.receiver == Some(person))
    }

    /// The round of `ring` in which a turn of `person` passed that waits for an approval.
    #[must_use]
    pub fn awaits_approval(&self, person: PersonId, ring: RingId) -> Option<u32> {
        self.pending.iter().find_map(|pending| match pending.on {
            PendingOn::Approval { round, .. }
                if pending.person == person && pending.ring == ring =>
            {
                Some(round)
            }
            _ => None,
        })
    }

    /// The make-up turn with `id`.
    #[must_use]
    pub fn make_up(&self, id: u64) -> Option<&MakeUp> {
        self.make_ups.iter().find(|make_up| make_up.id == id)
    }
}
