//! What happens on a floor.

use chrono::NaiveDate;
use rulebook::ClauseId;
use serde::{Deserialize, Serialize};

use super::{
    rules::{
        AbsenceKind, BreachKind, BusyKind, MakeUpKind, OwnerAfter, Passing, PlannedKind,
        Requirement, Role, Situation, Unfit,
    },
    state::{
        Arrival, Away, Bar, Channel, Day, HalfRate, MakeUpState, Pending, Planned, Profile, RingId,
        Roster, Suspension,
    },
};
use crate::{
    calendar::Moment,
    people::{PersonId, VisitId},
};

/// Something that happened; the moment is the command's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names and field names say it; evolve.rs says what each does")]
pub enum Event {
    DayOpened {
        day: Day,
        fresh_start: bool,
    },
    DayClosed,
    ProfileSet {
        person: PersonId,
        profile: Profile,
    },
    MemberRemoved {
        person: PersonId,
    },
    OrderSet {
        ring: RingId,
        order: Vec<PersonId>,
    },
    Joined {
        ring: RingId,
        person: PersonId,
        place: usize,
    },
    SignedIn {
        person: PersonId,
    },
    SignedOut {
        person: PersonId,
    },
    LeftFloor {
        person: PersonId,
        away: Away,
    },
    Returned {
        person: PersonId,
    },
    OutingAnswered {
        person: PersonId,
        approved: bool,
    },
    BecameBusy {
        person: PersonId,
        kind: BusyKind,
    },
    BecameFree {
        person: PersonId,
    },
    NoticeGiven {
        person: PersonId,
    },
    Arrived {
        visit: VisitId,
        arrival: Arrival,
    },
    Classified {
        visit: VisitId,
        situation: Situation,
        arrival: Arrival,
    },
    Waits {
        visit: VisitId,
    },
    OwnerAsked {
        visit: VisitId,
        owner: PersonId,
    },
    Offered {
        visit: VisitId,
        to: PersonId,
        until: Moment,
    },
    OfferEnded {
        visit: VisitId,
        person: PersonId,
        declined: bool,
    },
    Received {
        visit: VisitId,
        by: PersonId,
    },
    OwnerSet {
        visit: VisitId,
        owner: OwnerAfter,
    },
    HelperJoined {
        visit: VisitId,
        person: PersonId,
    },
    Ended {
        visit: VisitId,
    },
    /// The reception ended at that moment, written down afterwards.
    EndedAt {
        visit: VisitId,
        at: Moment,
    },
    Reopened {
        visit: VisitId,
    },
    RoundBegan {
        ring: RingId,
        round: u32,
        /// Of which batch, where batches alternate on site; nothing: everybody's.
        #[serde(default)]
        batch: Option<u32>,
    },
    TurnUsed {
        visit: VisitId,
        person: PersonId,
        ring: RingId,
        round: u32,
        count: u32,
        clauses: Vec<ClauseId>,
    },
    TurnPassed {
        person: PersonId,
        ring: RingId,
        round: u32,
        passing: Passing,
        clauses: Vec<ClauseId>,
    },
    TurnTakenOff {
        person: PersonId,
        ring: RingId,
        round: u32,
        half_rate: bool,
        clauses: Vec<ClauseId>,
    },
    TurnGivenUp {
        person: PersonId,
        ring: RingId,
        round: u32,
        voluntary: bool,
        clauses: Vec<ClauseId>,
    },
    TurnRestored {
        visit: Option<VisitId>,
        person: PersonId,
        ring: RingId,
        round: u32,
        clauses: Vec<ClauseId>,
    },
    MovedToEnd {
        person: PersonId,
        ring: RingId,
        clauses: Vec<ClauseId>,
    },
    CameLate {
        person: PersonId,
        ring: RingId,
        next_round: bool,
    },
    MakeUpGranted {
        id: u64,
        person: PersonId,
        ring: RingId,
        kind: MakeUpKind,
        state: MakeUpState,
        clauses: Vec<ClauseId>,
    },
    MakeUpOpened {
        id: u64,
    },
    MakeUpUsed {
        id: u64,
        visit: VisitId,
        person: PersonId,
        ring: RingId,
    },
    MakeUpGivenBack {
        id: u64,
        visit: VisitId,
    },
    MakeUpExpired {
        id: u64,
        clauses: Vec<ClauseId>,
    },
    /// Its holder let it go; of their own will, it counts as giving up.
    MakeUpGivenUp {
        id: u64,
        person: PersonId,
        voluntary: bool,
        clauses: Vec<ClauseId>,
    },
    MakeUpTakenAway {
        id: u64,
        clauses: Vec<ClauseId>,
    },
    PendingAdded {
        pending: Pending,
    },
    PendingSettled {
        pending: Pending,
        held: bool,
    },
    Suspended {
        person: PersonId,
        suspension: Suspension,
    },
    SuspensionLifted {
        person: PersonId,
    },
    HalfRated {
        person: PersonId,
        half_rate: HalfRate,
    },
    HalfRateLifted {
        person: PersonId,
    },
    BreachNoted {
        person: PersonId,
        kind: BreachKind,
    },
    UnfitSet {
        person: PersonId,
        unfit: Option<Unfit>,
    },
    DelegateSet {
        person: PersonId,
        delegate: Option<PersonId>,
    },
    SecondPermitted {
        person: PersonId,
    },
    SecondWithdrawn {
        person: PersonId,
    },
    CheckedIn {
        person: PersonId,
    },
    CameOnTurn {
        ring: RingId,
        person: Option<PersonId>,
    },
    StandingBegan {
        person: PersonId,
        until: Option<Moment>,
    },
    StandingEnded {
        person: PersonId,
        owed_seconds: i64,
        clauses: Vec<ClauseId>,
    },
    StandingMissed {
        person: PersonId,
        owed_seconds: i64,
        clauses: Vec<ClauseId>,
    },
    StandingRoundBegan,
    StandingWakes {
        at: Option<Moment>,
    },
    RushSet {
        on: bool,
    },
    PeriodBegan {
        from: NaiveDate,
    },
    Barred {
        person: PersonId,
        bar: Bar,
    },
    RequirementNoted {
        person: PersonId,
        requirement: Requirement,
        met: bool,
    },
    BarsLifted {
        person: PersonId,
    },
    RosterPublished {
        roster: Roster,
    },
    ReceptionPlanned {
        planned: Planned,
    },
    PlannedReminded {
        id: u64,
    },
    PlannedCancelled {
        id: u64,
    },
    Registered {
        visit: VisitId,
    },
    Prompted {
        prompt: Prompt,
        to: Option<PersonId>,
        visit: Option<VisitId>,
    },
}

impl Event {
    /// The visit that it is about, and whether it says who receives.
    #[must_use]
    pub const fn visit(&self) -> Option<(VisitId, bool)> {
        use Event as E;
        match self {
            E::Arrived { visit, .. }
            | E::Classified { visit, .. }
            | E::Waits { visit }
            | E::OwnerAsked { visit, .. }
            | E::Offered { visit, .. } => Some((*visit, true)),
            E::OfferEnded { visit, .. }
            | E::Received { visit, .. }
            | E::OwnerSet { visit, .. }
            | E::HelperJoined { visit, .. }
            | E::Ended { visit }
            | E::EndedAt { visit, .. }
            | E::Reopened { visit }
            | E::TurnUsed { visit, .. }
            | E::TurnRestored { visit: Some(visit), .. }
            | E::MakeUpUsed { visit, .. }
            | E::MakeUpGivenBack { visit, .. } => Some((*visit, false)),
            _ => None,
        }
    }
}

/// What somebody is told or asked at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Prompt {
    /// You are next.
    OnTurn,
    /// Move up: the first has left.
    FillPlace,
    /// Be at the standing post.
    StandNow,
    /// Check in at the post.
    CheckIn,
    /// Ask the opening questions.
    Questions,
    /// Your client was received by somebody else.
    ClientReceived,
    /// Your client is here.
    ClientHere,
    /// Visitors wait and nobody can receive.
    NobodyFree,
    /// The setting that is needed is unset.
    Undecided,
    /// An absence is longer than allowed.
    AbsentTooLong(AbsenceKind),
    /// A visitor who is no buyer, reported to this role.
    Reported(Role),
    /// A call for a ring of another channel.
    Call(Channel),
    /// Who should stand has not checked in at the post.
    PostEmpty,
    /// A breach is proposed, to be confirmed.
    BreachProposed(BreachKind),
    /// Somebody is taken out of the ring, or a visitor given to somebody else, beyond the rules.
    Overridden(Role),
    /// A visitor left without a registration.
    Unregistered,
    /// Name somebody who receives your clients while you are away.
    NameDelegate,
    /// Nobody has published the duty roster.
    RosterMissing,
    /// You are on the duty roster.
    RosterPublished,
    /// You receive somebody who is planned.
    Planned(PlannedKind),
    /// Elimination is proposed; a person decides.
    EliminationProposed,
}
