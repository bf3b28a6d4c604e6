//! The sheets of a day: people by name, times of day, what was known of each visitor.

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use super::super::{
    command::Command,
    rules::{AbsenceKind, BreachKind, BusyKind, MakeUpKind, Unfit},
    state::{Came, Channel, Purpose, RingId},
};
use crate::people::PersonId;

/// A day on paper.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Day {
    /// The date; nothing: any Monday.
    pub date: Option<NaiveDate>,
    /// The sign-in sheet, in its order.
    pub sign_ins: Vec<SignIn>,
    /// Who left the floor, why, and when they were back.
    pub outings: Vec<Outing>,
    /// The visitor register.
    pub visits: Vec<Visit>,
    /// What supervisors did, and what kept people busy.
    pub steps: Vec<Step>,
}

/// A row of the sign-in sheet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignIn {
    /// The person's name.
    pub name: String,
    /// When they signed in; nothing: in the order, and not there today.
    pub at: Option<NaiveTime>,
    /// When they signed out.
    pub out: Option<NaiveTime>,
    /// Their team.
    pub team: Option<String>,
    /// Their number.
    pub number: Option<u32>,
    /// Last month's rank.
    pub rank: Option<u32>,
    /// The result of the day before.
    pub result: Option<u32>,
    /// Their batch, counted from 1.
    pub batch: Option<u32>,
    /// Their shift.
    pub shift: Option<(NaiveTime, NaiveTime)>,
    /// Whether they are on duty outside the hours of rotation.
    pub duty: bool,
    /// Whether they are not on the rotation.
    pub off_rotation: bool,
    /// Whether they do not meet the requirements of the post.
    pub uncertified: bool,
    /// Who receives their clients when they are away.
    pub delegate: Option<String>,
}

/// A row of the outings sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outing {
    /// The person's name.
    pub name: String,
    /// When they left.
    pub left: NaiveTime,
    /// Why.
    pub kind: AbsenceKind,
    /// Whether it was approved; nothing: nobody said.
    pub approved: Option<bool>,
    /// When the approval or refusal was given; nothing: before leaving.
    pub answered: Option<NaiveTime>,
    /// When they were back; nothing: not that day.
    pub back: Option<NaiveTime>,
}

/// A row of the visitor register.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    /// Its number or mark on the register.
    pub mark: String,
    /// When the visitor came.
    pub arrived: NaiveTime,
    /// When the visitor left; nothing: still there at the end of the day.
    pub left: Option<NaiveTime>,
    /// The client's name.
    pub client: String,
    /// Through the door or by telephone.
    pub channel: Channel,
    /// Whose client it is.
    pub owner: Option<String>,
    /// Whether that client has closed.
    pub closed: bool,
    /// What brought the visitor.
    pub came: Came,
    /// Who invited them or answered their call.
    pub contact: Option<String>,
    /// Whom the visitor names.
    pub named: Option<String>,
    /// The owner of the client who introduced them.
    pub introducer_owner: Option<String>,
    /// Whether that client has closed.
    pub introducer_closed: bool,
    /// What they want.
    pub purpose: Purpose,
    /// Whether they own a property here.
    pub property_owner: bool,
    /// How many people; 0 counts as 1.
    pub people: u32,
    /// How many households; 0 counts as 1.
    pub households: u32,
    /// The team that deals.
    pub team: Option<String>,
    /// Whom the supervisor assigned.
    pub assigned: Option<String>,
    /// Whom the person on turn passed the visitor to.
    pub delegated: Option<String>,
    /// What the owner answered when asked.
    pub answer: Option<Answer>,
    /// What was found out during the reception, and when.
    pub found: Option<(NaiveTime, Found)>,
    /// Who received by the register, to compare with.
    pub received_by: Option<String>,
}

/// What an owner answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Receives both.
    Both,
    /// Names a colleague.
    Names(String),
    /// Names nobody.
    Nobody,
    /// Could not be reached.
    Unreachable,
}

/// What was found out during a reception.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Found {
    /// A colleague's open or closed client.
    Colleague {
        /// The owner's name.
        owner: String,
        /// Whether the client has closed.
        closed: bool,
    },
    /// Not a buyer, handed over.
    HandedOver,
    /// Not a buyer, and received to the end.
    CarriedOn,
    /// A deal closed.
    Deal,
}

/// Something else that happened on the floor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// When.
    pub at: NaiveTime,
    /// To whom.
    pub name: String,
    /// What.
    pub what: Instruction,
}

/// What happened, or what a supervisor did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Instruction {
    /// Became busy with something else than a visit.
    Busy(BusyKind),
    /// Became free again.
    Free,
    /// Told the desk to be free.
    Notice,
    /// Gave the turn up.
    GiveUp,
    /// Gave the turn up, and the duty manager accepts it.
    GiveUpExcused,
    /// Declined whoever they were called to.
    Decline,
    /// Was granted a make-up turn.
    MakeUp(MakeUpKind),
    /// Was permitted one more new client.
    Permit,
    /// Was found to have broken the order.
    Breach(BreachKind),
    /// Was suspended for so many days.
    Suspend(u32),
    /// The suspension was lifted.
    Lift,
    /// Was taken out of the ring on a ground.
    Unfit(Unfit),
    /// Was back in the ring.
    Fit,
}

impl Instruction {
    /// The command that it is for `person`; nothing for declining, which needs a visit.
    pub(super) fn command(self, person: PersonId) -> Option<Command> {
        let ring = RingId::default();
        Some(match self {
            Self::Busy(kind) => Command::BecomeBusy { person, kind },
            Self::Free => Command::BecomeFree { person },
            Self::Notice => Command::GiveNotice { person },
            Self::GiveUp => Command::GiveUp { person, ring, excused: false },
            Self::GiveUpExcused => Command::GiveUp { person, ring, excused: true },
            Self::Decline => return None,
            Self::MakeUp(kind) => Command::GrantMakeUp { person, ring, kind },
            Self::Permit => Command::PermitSecond { person },
            Self::Breach(kind) => Command::NoteBreach { person, kind },
            Self::Suspend(days) => Command::Suspend { person, days: Some(days), reason: None },
            Self::Lift => Command::LiftSuspension { person },
            Self::Unfit(unfit) => Command::SetUnfit { person, unfit: Some(unfit), reason: None },
            Self::Fit => Command::SetUnfit { person, unfit: None, reason: None },
        })
    }
}
