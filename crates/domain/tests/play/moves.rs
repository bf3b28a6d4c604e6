//! Moves: commands by number, which are given names on the floor they are played on.

use domain::{
    people::Role,
    rotation::{
        rules::{AbsenceKind, BreachKind, BusyKind, MakeUpKind, Unfit},
        state::{Came, Purpose},
    },
};
use proptest::{option, prelude::*, sample::select};

/// How many people there are.
pub const PEOPLE: usize = 6;
/// How many clients come again and again.
pub const CLIENTS: usize = 8;

/// One move; people, clients, visits and make-up turns by number.
#[derive(Debug, Clone)]
pub enum Move {
    /// Minutes pass, or seconds.
    Wait(u32),
    NextDay(usize),
    SignIn(usize),
    SignOut(usize),
    StepOut(usize, AbsenceKind, Option<bool>),
    Return(usize),
    AnswerOuting(usize, bool),
    BecomeBusy(usize, BusyKind),
    BecomeFree(usize),
    GiveNotice(usize),
    Arrive(Coming),
    Correct(usize, Coming),
    AnswerOwner(usize, usize),
    Accept(usize),
    Decline(usize),
    Finish(usize),
    Reopen(usize),
    FoundColleague(usize, usize, bool, usize),
    FoundNonBuyer(usize, bool),
    DealClosed(usize),
    Override(usize, usize),
    CallHelp(usize, Option<usize>),
    VerifyMakeUp(usize),
    GrantMakeUp(usize, MakeUpKind),
    TakeMakeUp(usize),
    RestoreTurn(usize),
    Suspend(usize, Option<u32>),
    Lift(usize),
    NoteBreach(usize, BreachKind),
    SetUnfit(usize, Option<Unfit>),
    Entrust(usize, Option<usize>),
    PermitSecond(usize),
    GiveUp(usize, bool),
    CheckIn(usize),
    RecordPast(Coming, usize),
    SetOrder(usize),
    Remove(usize),
}

/// A visitor.
#[derive(Debug, Clone, Default)]
pub struct Coming {
    /// Nothing: a stranger.
    pub client: Option<usize>,
    pub phone: bool,
    pub came: Came,
    pub contact: Option<usize>,
    pub named: Option<usize>,
    pub introduced_by: Option<(usize, bool)>,
    pub purpose: Purpose,
    pub property_owner: bool,
    pub households: u32,
    pub assigned: Option<usize>,
    pub delegated: Option<usize>,
    pub team: usize,
    /// Whether whoever is called accepts at once.
    pub accepted: bool,
}

fn person() -> impl Strategy<Value = usize> {
    0..PEOPLE
}

fn seldom<T: std::fmt::Debug>(of: impl Strategy<Value = T>) -> impl Strategy<Value = Option<T>> {
    option::weighted(0.1, of)
}

fn coming() -> impl Strategy<Value = Coming> {
    let came = prop_oneof![
        6 => Just(Came::Naturally),
        1 => Just(Came::Outreach),
        1 => Just(Came::Phoned),
        1 => Just(Came::Contacted),
    ];
    let purpose = prop_oneof![
        12 => Just(Purpose::Buying),
        1 => Just(Purpose::Enquiry),
        1 => Just(Purpose::Material),
        1 => Just(Purpose::NonBuyer),
        1 => Just(Purpose::NonViewing),
    ];
    let who = (option::weighted(0.4, 0..CLIENTS), came, seldom(person()), seldom(person()));
    let what = (
        seldom((person(), any::<bool>())),
        purpose,
        prop::bool::weighted(0.05),
        prop_oneof![8 => Just(1u32), 1 => Just(2), 1 => Just(3)],
    );
    let how = (
        seldom(person()),
        seldom(person()),
        0..2usize,
        prop::bool::weighted(0.1),
        prop::bool::weighted(0.7),
    );
    (who, what, how).prop_map(|(who, what, how)| {
        let (client, came, contact, named) = who;
        let (introduced_by, purpose, property_owner, households) = what;
        let (assigned, delegated, team, phone, accepted) = how;
        Coming {
            client,
            phone,
            came,
            contact,
            named,
            introduced_by,
            purpose,
            property_owner,
            households,
            assigned,
            delegated,
            team,
            accepted,
        }
    })
}

fn presence() -> impl Strategy<Value = Move> {
    let absence = select(AbsenceKind::ALL);
    let busy = select(vec![BusyKind::Hotline, BusyKind::HelpingClose]);
    prop_oneof![
        3 => person().prop_map(Move::SignIn),
        1 => person().prop_map(Move::SignOut),
        6 => (person(), absence, option::of(any::<bool>()))
            .prop_map(|(p, kind, approved)| Move::StepOut(p, kind, approved)),
        6 => person().prop_map(Move::Return),
        2 => (person(), any::<bool>()).prop_map(|(p, yes)| Move::AnswerOuting(p, yes)),
        1 => (person(), busy).prop_map(|(p, kind)| Move::BecomeBusy(p, kind)),
        2 => person().prop_map(Move::BecomeFree),
        1 => person().prop_map(Move::GiveNotice),
        1 => person().prop_map(Move::CheckIn),
    ]
}

fn reception() -> impl Strategy<Value = Move> {
    let visit = || 0..36usize;
    prop_oneof![
        8 => visit().prop_map(Move::Accept),
        2 => visit().prop_map(Move::Decline),
        12 => visit().prop_map(Move::Finish),
        1 => visit().prop_map(Move::Reopen),
        3 => (visit(), 0..PEOPLE + 3).prop_map(|(v, answer)| Move::AnswerOwner(v, answer)),
        2 => (visit(), person(), any::<bool>(), 0..PEOPLE + 4)
            .prop_map(|(v, p, closed, answer)| Move::FoundColleague(v, p, closed, answer)),
        2 => (visit(), any::<bool>()).prop_map(|(v, on)| Move::FoundNonBuyer(v, on)),
        1 => visit().prop_map(Move::DealClosed),
        1 => (visit(), person()).prop_map(|(v, p)| Move::Override(v, p)),
        1 => (visit(), option::of(person())).prop_map(|(v, p)| Move::CallHelp(v, p)),
        1 => (visit(), coming()).prop_map(|(v, coming)| Move::Correct(v, coming)),
        1 => (coming(), person()).prop_map(|(coming, p)| Move::RecordPast(coming, p)),
    ]
}

fn authority() -> impl Strategy<Value = Move> {
    let kind = select(vec![MakeUpKind::Ordinary, MakeUpKind::Priority]);
    let unfit = option::of(select(Unfit::ALL));
    prop_oneof![
        (0..6usize).prop_map(Move::VerifyMakeUp),
        (person(), kind).prop_map(|(p, kind)| Move::GrantMakeUp(p, kind)),
        (0..6usize).prop_map(Move::TakeMakeUp),
        person().prop_map(Move::RestoreTurn),
        (person(), option::of(1..3u32)).prop_map(|(p, days)| Move::Suspend(p, days)),
        person().prop_map(Move::Lift),
        person().prop_map(Move::Lift),
        (person(), select(BreachKind::ALL)).prop_map(|(p, kind)| Move::NoteBreach(p, kind)),
        (person(), unfit).prop_map(|(p, unfit)| Move::SetUnfit(p, unfit)),
        (person(), option::of(person())).prop_map(|(p, to)| Move::Entrust(p, to)),
        person().prop_map(Move::PermitSecond),
        (person(), any::<bool>()).prop_map(|(p, excused)| Move::GiveUp(p, excused)),
        (0..720usize).prop_map(Move::SetOrder),
        person().prop_map(Move::Remove),
    ]
}

/// Any sequence of moves.
pub fn moves() -> impl Strategy<Value = Vec<Move>> {
    let one = prop_oneof![
        4 => prop_oneof![3 => 1..12u32, 1 => 12..60u32].prop_map(Move::Wait),
        12 => coming().prop_map(Move::Arrive),
        8 => presence(),
        20 => reception(),
        4 => authority(),
        1 => (0..720usize).prop_map(Move::NextDay),
    ];
    prop::collection::vec(one, 1..60)
}

/// The roles of whoever gives the commands.
pub const ROLES: &[Role] = Role::ALL;
