//! What can be asked of a floor, and what the answer can be.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    rules::{
        AbsenceKind, BreachKind, BusyKind, MakeUpKind, PlannedKind, Reason, Requirement, Situation,
        Unfit,
    },
    state::{Arrival, MonthResult, OwnerAnswer, Profile, RingId},
};
use crate::{
    attribution::Ownership,
    calendar::Moment,
    people::{ClientId, PersonId, VisitId},
};

/// A command to a floor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "command", rename_all = "snake_case")]
#[expect(missing_docs, reason = "the field names say it")]
pub enum Command {
    /// Opens the day; a roster gives the order where the manager sets it daily.
    OpenDay { date: NaiveDate, roster: Option<Vec<PersonId>> },
    /// Closes the day; visits that are still open are ended if asked.
    CloseDay { end_open: bool },
    /// Tells what is known of a person beforehand.
    SetProfile { person: PersonId, profile: Profile },
    /// Takes a person off the floor for good.
    RemoveMember { person: PersonId },
    /// Sets the order of a ring.
    SetOrder { ring: RingId, order: Vec<PersonId> },
    /// Somebody signs in.
    SignIn { person: PersonId },
    /// Somebody signs out.
    SignOut { person: PersonId },
    /// Somebody leaves the floor.
    StepOut { person: PersonId, kind: AbsenceKind, until: Option<Moment>, approved: Option<bool> },
    /// Somebody is back.
    Return { person: PersonId },
    /// An outing is approved or refused.
    AnswerOuting { person: PersonId, approved: bool },
    /// Somebody is busy with something else than a visit.
    BecomeBusy { person: PersonId, kind: BusyKind },
    /// Somebody is free again.
    BecomeFree { person: PersonId },
    /// Somebody tells the desk to be free, so that a make-up turn opens.
    GiveNotice { person: PersonId },
    /// A visitor arrives, or a call comes in.
    Arrive { visit: VisitId, arrival: Arrival },
    /// What was known of a visitor was wrong: decides again.
    Correct { visit: VisitId, arrival: Arrival },
    /// The owner answered who receives.
    AnswerOwner { visit: VisitId, answer: OwnerAnswer },
    /// Who is called accepts.
    Accept { visit: VisitId },
    /// Who is called declines.
    Decline { visit: VisitId },
    /// The reception ends.
    Finish { visit: VisitId },
    /// The end of a reception was a mistake.
    Reopen { visit: VisitId },
    /// The visitor is a colleague's client.
    FoundColleague { visit: VisitId, ownership: Ownership, answer: Option<OwnerAnswer> },
    /// The visitor is not a buyer; the receiver carries on or hands over.
    FoundNonBuyer { visit: VisitId, carries_on: bool },
    /// A deal of the visit closed today.
    DealClosed { visit: VisitId },
    /// Somebody else receives, by authority.
    Override {
        visit: VisitId,
        receiver: PersonId,
        #[serde(default)]
        reason: Option<Reason>,
    },
    /// Somebody helps with a visit; without a name, by the order.
    CallHelp { visit: VisitId, helper: Option<PersonId> },
    /// The reason for a make-up turn is verified.
    VerifyMakeUp { id: u64 },
    /// A make-up turn is granted by authority.
    GrantMakeUp { person: PersonId, ring: RingId, kind: MakeUpKind },
    /// A make-up turn is taken away by authority.
    TakeMakeUp { id: u64 },
    /// A turn of this round is given back by authority, as a correction.
    RestoreTurn { person: PersonId, ring: RingId },
    /// Somebody is suspended by authority.
    Suspend {
        person: PersonId,
        days: Option<u32>,
        #[serde(default)]
        reason: Option<Reason>,
    },
    /// A suspension, one turn in two rounds, or a bar ends early.
    LiftSuspension { person: PersonId },
    /// A breach of the order is confirmed.
    NoteBreach { person: PersonId, kind: BreachKind },
    /// Somebody is taken out of the ring on a ground, or is back in.
    SetUnfit {
        person: PersonId,
        unfit: Option<Unfit>,
        #[serde(default)]
        reason: Option<Reason>,
    },
    /// Somebody entrusts their clients to a colleague.
    Entrust { person: PersonId, delegate: Option<PersonId> },
    /// Somebody may receive one more new client at once.
    PermitSecond { person: PersonId },
    /// That permission is withdrawn before it was used.
    WithdrawSecond { person: PersonId },
    /// Somebody wants to receive a visitor, without being called: theirs only if the rules say so.
    Claim { visit: VisitId, by: PersonId, arrival: Option<Arrival> },
    /// It turns out who the visitor is; who receives stays, and what would have been is told.
    Identify { visit: VisitId, client: Option<ClientId>, ownership: Option<Ownership> },
    /// Who is on turn gives it up; excused by whoever may.
    GiveUp { person: PersonId, ring: RingId, excused: bool },
    /// Who is on turn is at the post.
    CheckIn { person: PersonId },
    /// A visit that happened before is written down with who received it, and until when.
    RecordPast {
        visit: VisitId,
        arrival: Arrival,
        receiver: PersonId,
        ended: bool,
        #[serde(default)]
        until: Option<Moment>,
    },
    /// A rush begins, in which the order is left aside, or ends.
    SetRush { on: bool },
    /// The results of a month, any day of which says which month it is.
    AssessMonth { month: NaiveDate, results: Vec<MonthResult> },
    /// Somebody has brought what the return to the ring asks for, or has failed.
    NoteRequirement { person: PersonId, requirement: Requirement, met: bool },
    /// A duty roster is published; one of the same days is replaced.
    PublishRoster { from: NaiveDate, to: NaiveDate, people: Vec<PersonId> },
    /// The morning meeting is over.
    EndMeeting,
    /// A reception is planned.
    PlanReception { date: NaiveDate, kind: PlannedKind, host: PersonId },
    /// A planned reception is called off.
    CancelPlanned { id: u64 },
    /// The visitor is registered.
    NoteRegistered { visit: VisitId },
    /// The visitor has left without a registration.
    LeftUnregistered { visit: VisitId },
    /// Time has passed.
    Settle,
}

/// What came of a command.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
#[expect(missing_docs, reason = "the field names say it")]
pub enum Outcome {
    /// It was done.
    Done,
    /// Somebody receives.
    Receives {
        /// The visit.
        visit: VisitId,
        /// Who.
        by: PersonId,
        /// What the visit is.
        situation: Situation,
        /// Whether a turn of the receiver is used.
        counted: bool,
        /// Until when they may answer the call, if they must.
        answer_until: Option<Moment>,
    },
    /// The receiver stays; what was found comes too late or changes nothing.
    Stays { visit: VisitId, by: PersonId },
    /// Nobody can receive: the visitor waits.
    Waits { visit: VisitId },
    /// The owner is to be asked.
    AsksOwner { visit: VisitId, owner: PersonId },
    /// A reception is written down, or its client known, afterwards; who should have received by
    /// the rules.
    Recorded { visit: VisitId, by: PersonId, by_rule: Option<PersonId> },
    /// Not possible; a word for the reason.
    Refused { reason: String },
    /// A setting is needed that nobody has decided.
    Undecided { setting: String, visit: Option<VisitId> },
}

impl Outcome {
    /// Whether the command changed nothing because it was refused.
    #[must_use]
    pub const fn is_refused(&self) -> bool {
        matches!(self, Self::Refused { .. })
    }
}
