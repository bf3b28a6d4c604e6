//! A course of days dealt by a rulebook.

use std::collections::BTreeMap;

use chrono::{FixedOffset, NaiveDate, NaiveTime, TimeZone};
use rulebook::{Document, Problems, document::parse_value};
use uuid::Uuid;

use super::{
    account::{Account, marks_of},
    course::{Course, Happens},
};
use crate::{
    attribution::Ownership,
    calendar::{Moment, after, minutes},
    people::{Actor, PersonId, VisitId},
    rotation::{
        Command, Floor, Rules, decide,
        decide::next_deadline,
        rules::Role,
        state::{Arrival, Phase, Profile, RingId},
    },
};

/// What a course came to for everybody, in the order of the people.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// Everybody's account in the ring for visitors.
    pub accounts: Vec<Account>,
    /// New visitors whom nobody had received when the day closed.
    pub unserved: u32,
}

/// The rotation rules of `document`, with what it leaves open written as proposed.
#[must_use]
pub fn decided(document: &Document) -> Rules {
    let mut document = document.clone();
    let read = |document: &Document| Rules::read(document, &mut Problems::default());
    // What is proposed may open further settings.
    for _ in 0..3 {
        for needed in read(&document).undecided() {
            document.set(&needed.setting, parse_value(needed.proposal));
        }
    }
    read(&document)
}

/// Everything that somebody has to do at some minute besides what the course says.
#[derive(Debug, Clone, Copy)]
enum Later {
    Finish(VisitId),
    Return(PersonId),
}

struct Site<'a> {
    rules: &'a Rules,
    floor: Floor,
    accounts: BTreeMap<PersonId, Account>,
    later: Vec<(Moment, Later)>,
    lengths: BTreeMap<VisitId, u32>,
    visits: u128,
}

/// Deals `course` by `rules`.
#[must_use]
pub fn by_rulebook(rules: &Rules, course: &Course) -> Outcome {
    let accounts = (0..course.people).map(|p| (person(p), Account::default())).collect();
    let (later, lengths) = (Vec::new(), BTreeMap::new());
    let mut site =
        Site { rules, floor: Floor::default(), accounts, later, lengths, visits: 1 << 64 };
    let mut unserved = 0;
    for day in &course.days {
        let open = moment(day.date, 8 * 60);
        if day.date == course.days.first().map_or(day.date, |first| first.date) {
            for p in 0..course.people {
                let number = Some(p + 1);
                let profile = Profile {
                    rotates: true,
                    certified: true,
                    number,
                    rank: number,
                    ..Profile::default()
                };
                site.give(&Command::SetProfile { person: person(p), profile }, open);
            }
        }
        site.give(&Command::OpenDay { date: day.date, roster: None }, open);
        let people = (0..course.people).map(person).collect();
        let (from, to) = (day.date, day.date);
        site.give(&Command::PublishRoster { from, to, people }, open);
        for p in 0..course.people {
            site.give(&Command::SignIn { person: person(p) }, open);
        }
        for (minute, happens) in &day.events {
            let at = moment(day.date, *minute);
            site.let_pass_until(at);
            site.happen(*happens, at);
        }
        let close = moment(day.date, 18 * 60);
        site.let_pass_until(close);
        let waits = site.floor.visits.values().filter(|v| v.phase == Phase::Waiting).count();
        unserved += u32::try_from(waits).unwrap_or(0);
        site.later.clear();
        site.lengths.clear();
        site.give(&Command::CloseDay { end_open: true }, close);
    }
    Outcome { accounts: site.accounts.into_values().collect(), unserved }
}

impl Site<'_> {
    fn give(&mut self, command: &Command, at: Moment) {
        let actor = Actor::new(PersonId(Uuid::nil()), Role::ALL);
        let decision = decide(self.rules, &self.floor, command, &actor, at);
        for event in &decision.events {
            self.floor.evolve(event, at);
            for mark in marks_of(&self.floor, event) {
                if mark.ring.channel == RingId::default().channel {
                    self.accounts.entry(mark.person).or_default().enter(mark.kind, 1);
                }
            }
        }
    }

    /// What falls due until `to` happens: receptions end, people return, deadlines pass.
    fn let_pass_until(&mut self, to: Moment) {
        loop {
            self.begin_receptions();
            let due = self.later.iter().map(|(at, _)| *at).min().filter(|at| *at <= to);
            let deadline = next_deadline(&self.floor).filter(|at| *at <= to);
            match (due, deadline) {
                (Some(due), deadline) if deadline.is_none_or(|deadline| due <= deadline) => {
                    let at = self.later.iter().position(|(at, _)| *at == due);
                    let Some(at) = at else { return };
                    match self.later.swap_remove(at).1 {
                        Later::Finish(visit) => {
                            self.give(&Command::NoteRegistered { visit }, due);
                            self.give(&Command::Finish { visit }, due);
                            let receiver = self.floor.visits.get(&visit).and_then(|v| v.receiver);
                            if let Some(person) = receiver {
                                self.give(&Command::GiveNotice { person }, due);
                            }
                        }
                        Later::Return(person) => self.give(&Command::Return { person }, due),
                    }
                }
                (_, Some(deadline)) => self.give(&Command::Settle, deadline),
                _ => return,
            }
        }
    }

    /// Whoever is called comes at once, and every reception that begins has its end.
    fn begin_receptions(&mut self) {
        let offered: Vec<(VisitId, Moment)> = self
            .floor
            .visits
            .iter()
            .filter(|(_, visit)| matches!(visit.phase, Phase::Offered { .. }))
            .map(|(id, visit)| (*id, visit.arrived_at))
            .collect();
        for (visit, at) in offered {
            self.give(&Command::Accept { visit }, at);
        }
        let begun: Vec<(VisitId, Moment)> = self
            .floor
            .visits
            .iter()
            .filter(|(_, visit)| visit.phase == Phase::Received)
            .filter_map(|(id, visit)| Some((*id, visit.received_at?)))
            .collect();
        for (visit, at) in begun {
            if let Some(length) = self.lengths.remove(&visit) {
                self.later.push((after(at, minutes(length)), Later::Finish(visit)));
            }
        }
    }

    fn happen(&mut self, happens: Happens, at: Moment) {
        match happens {
            Happens::New(length) => self.arrive(None, length, at),
            Happens::Own(owner, length) => {
                let ownership = Ownership { owner: person(owner), closed: false };
                self.arrive(Some(ownership), length, at);
            }
            Happens::Out(p, kind, length) => {
                let (person, until) = (person(p), None);
                let member = self.floor.people.get(&person);
                let here = member.is_some_and(|m| m.away.is_none() && m.busy.is_none());
                if here && self.floor.open_visits_of(person).next().is_none() {
                    let approved = Some(true);
                    self.give(&Command::StepOut { person, kind, until, approved }, at);
                    self.later.push((after(at, minutes(length)), Later::Return(person)));
                }
            }
        }
        self.begin_receptions();
    }

    fn arrive(&mut self, ownership: Option<Ownership>, length: u32, at: Moment) {
        self.visits += 1;
        let visit = VisitId(Uuid::from_u128(self.visits));
        let arrival = Arrival { ownership, people: 1, households: 1, ..Arrival::default() };
        self.lengths.insert(visit, length);
        self.give(&Command::Arrive { visit, arrival }, at);
        if matches!(self.floor.visits.get(&visit).map(|v| v.phase), Some(Phase::Asking(_))) {
            let answer = crate::rotation::state::OwnerAnswer::Nobody;
            self.give(&Command::AnswerOwner { visit, answer }, at);
        }
    }
}

fn person(number: u32) -> PersonId {
    PersonId(Uuid::from_u128(u128::from(number) + 1))
}

fn moment(date: NaiveDate, minute: u32) -> Moment {
    let time = NaiveTime::from_num_seconds_from_midnight_opt(minute * 60, 0).unwrap_or_default();
    let local = date.and_time(time);
    let offset = FixedOffset::east_opt(8 * 3600);
    offset
        .and_then(|offset| offset.from_local_datetime(&local).single())
        .unwrap_or_else(|| local.and_utc().fixed_offset())
}
