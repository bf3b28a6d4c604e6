//! Dealing a day on paper again, by the rules.

use std::collections::BTreeMap;

use chrono::{FixedOffset, NaiveDate, NaiveTime, TimeZone};
use rulebook::Because;
use serde::Serialize;
use uuid::Uuid;

use super::{
    super::{
        command::{Command, Outcome},
        decide::{Desk, decide, next_deadline},
        events::Event,
        rules::{OrderSource, Role, Rules, Situation},
        state::{Arrival, Floor, OwnerAnswer, Phase, Profile, RingId},
    },
    sheet::{Answer, Day, Found, Instruction, Visit},
};
use crate::{
    attribution::Ownership,
    calendar::Moment,
    people::{Actor, ClientId, PersonId, TeamId, VisitId},
};

/// A day, dealt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Replayed {
    /// Each visit, in the order of the register.
    pub visits: Vec<Dealt>,
    /// What was refused or could not be done, with the time.
    pub refused: Vec<(NaiveTime, String)>,
    /// The floor at the end of the day.
    #[serde(skip)]
    pub floor: Floor,
    /// Everybody by name.
    #[serde(skip)]
    pub names: BTreeMap<PersonId, String>,
}

/// A visit, dealt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Dealt {
    /// Its mark on the register.
    pub mark: String,
    /// When the visitor came.
    pub arrived: NaiveTime,
    /// The client's name.
    pub client: String,
    /// What the visit is.
    pub situation: Option<Situation>,
    /// Who received first; nothing: nobody could.
    pub receiver: Option<String>,
    /// Who received in the end, where it changed hands.
    pub handed_to: Option<String>,
    /// Whose turn it used in the end.
    pub turn_of: Option<String>,
    /// Whether that turn was a make-up.
    pub make_up: bool,
    /// The clauses that decided who receives.
    pub clauses: Vec<String>,
    /// Who received by the register.
    pub received_by: Option<String>,
    /// The reasons.
    pub because: Because,
}

/// Deals `day` by `rules`.
///
/// Who is called is taken to accept at once, unless the day says that they declined.
#[must_use]
pub fn replay(rules: &Rules, day: &Day) -> Replayed {
    let mut replay = Replay::new(rules, day);
    replay.open();
    let mut entries = replay.entries();
    entries.sort_by_key(|entry| (entry.at, entry.rank));
    for entry in entries {
        replay.reach(entry.at);
        replay.apply(entry.what);
    }
    replay.close()
}

/// Something to do at a time; of several at one time, the smaller rank comes first.
struct Entry<'a> {
    at: NaiveTime,
    rank: u8,
    what: What<'a>,
}

#[expect(clippy::large_enum_variant, reason = "a day has a few hundred of them")]
enum What<'a> {
    Simple(Command),
    Arrive(usize),
    Leave(usize),
    Find(usize, &'a Found),
    Decline(PersonId),
}

/// Who received first, what the visit was then, and why.
type First = (Option<PersonId>, Option<Situation>, Because);

struct Replay<'a> {
    rules: &'a Rules,
    day: &'a Day,
    date: NaiveDate,
    floor: Floor,
    now: Moment,
    people: BTreeMap<String, PersonId>,
    teams: BTreeMap<String, TeamId>,
    clients: BTreeMap<String, ClientId>,
    visits: Vec<VisitId>,
    dealt: Vec<Option<First>>,
    refused: Vec<(NaiveTime, String)>,
    ids: u128,
}

impl<'a> Replay<'a> {
    fn new(rules: &'a Rules, day: &'a Day) -> Self {
        let date = day.date.or_else(|| NaiveDate::from_ymd_opt(2026, 3, 2)).unwrap_or_default();
        Self {
            rules,
            day,
            date,
            floor: Floor::default(),
            now: moment(date, NaiveTime::default()),
            people: BTreeMap::new(),
            teams: BTreeMap::new(),
            clients: BTreeMap::new(),
            visits: Vec::new(),
            dealt: Vec::new(),
            refused: Vec::new(),
            ids: 0,
        }
    }

    fn next_id(&mut self) -> Uuid {
        self.ids += 1;
        Uuid::from_u128(self.ids)
    }

    fn person(&mut self, name: &str) -> PersonId {
        if let Some(person) = self.people.get(name) {
            return *person;
        }
        let person = PersonId(self.next_id());
        self.people.insert(name.into(), person);
        person
    }

    fn team(&mut self, name: &str) -> TeamId {
        if let Some(team) = self.teams.get(name) {
            return *team;
        }
        let team = TeamId(self.next_id());
        self.teams.insert(name.into(), team);
        team
    }

    /// Puts everybody on the floor and opens the day, with the sign-in sheet as the roster.
    fn open(&mut self) {
        let mut roster = Vec::new();
        for (place, row) in self.day.sign_ins.iter().enumerate() {
            let person = self.person(&row.name);
            let place = u32::try_from(place).unwrap_or(u32::MAX).saturating_add(1);
            let team = row.team.as_deref().map(|team| self.team(team));
            let profile = Profile {
                team,
                certified: !row.uncertified,
                rotates: !row.off_rotation,
                number: row.number.or(Some(place)),
                rank: row.rank.or(Some(place)),
                result: row.result.unwrap_or(0),
                batch: row.batch.unwrap_or(1).saturating_sub(1),
                shift: row.shift,
                duty: row.duty,
                ..Profile::default()
            };
            self.give(&Command::SetProfile { person, profile }, &Actor::clock());
            if !row.off_rotation {
                roster.push(person);
            }
        }
        let chief = Actor::new(PersonId(Uuid::nil()), [Role::Manager]);
        self.give(&Command::OpenDay { date: self.date, roster: Some(roster.clone()) }, &chief);
        let by_table = self.rules.order.source.value() != Some(&OrderSource::SignIn);
        if by_table {
            let mut orders: BTreeMap<RingId, Vec<PersonId>> = BTreeMap::new();
            let clock = Actor::clock();
            let desk = Desk::new(self.rules, &self.floor, &clock, self.now);
            for person in &roster {
                for ring in desk.rings_for(*person) {
                    orders.entry(ring).or_default().push(*person);
                }
            }
            for (ring, order) in orders {
                self.give(&Command::SetOrder { ring, order }, &Actor::clock());
            }
        }
        for row in &self.day.sign_ins {
            if let Some(delegate) = &row.delegate {
                let (person, delegate) = (self.person(&row.name), self.person(delegate));
                let delegate = Some(delegate);
                self.give(&Command::Entrust { person, delegate }, &Actor::clock());
            }
        }
        for _ in &self.day.visits {
            let visit = VisitId(self.next_id());
            self.visits.push(visit);
            self.dealt.push(None);
        }
    }

    fn entries(&mut self) -> Vec<Entry<'a>> {
        let mut entries = Vec::new();
        let day = self.day;
        for row in &day.sign_ins {
            let person = self.person(&row.name);
            let mut push = |at: Option<NaiveTime>, rank, command| {
                if let Some(at) = at {
                    entries.push(Entry { at, rank, what: What::Simple(command) });
                }
            };
            push(row.at, 0, Command::SignIn { person });
            push(row.out, 9, Command::SignOut { person });
        }
        for row in &day.outings {
            let person = self.person(&row.name);
            let before = row.approved.filter(|_| row.answered.is_none());
            let out = Command::StepOut { person, kind: row.kind, until: None, approved: before };
            entries.push(Entry { at: row.left, rank: 2, what: What::Simple(out) });
            if let (Some(approved), Some(at)) = (row.approved, row.answered) {
                let answer = Command::AnswerOuting { person, approved };
                entries.push(Entry { at, rank: 3, what: What::Simple(answer) });
            }
            if let Some(at) = row.back {
                entries.push(Entry { at, rank: 1, what: What::Simple(Command::Return { person }) });
            }
        }
        for (index, visit) in day.visits.iter().enumerate() {
            entries.push(Entry { at: visit.arrived, rank: 5, what: What::Arrive(index) });
            if let Some(at) = visit.left {
                entries.push(Entry { at, rank: 1, what: What::Leave(index) });
            }
            if let Some((at, found)) = &visit.found {
                let rank = if visit.left.is_some_and(|left| left < *at) { 4 } else { 0 };
                entries.push(Entry { at: *at, rank, what: What::Find(index, found) });
            }
        }
        for step in &day.steps {
            let person = self.person(&step.name);
            let (rank, what) = match step.what.command(person) {
                Some(command) => (4, What::Simple(command)),
                None => (6, What::Decline(person)),
            };
            entries.push(Entry { at: step.at, rank, what });
        }
        entries
    }

    /// Lets time pass until `at`; whatever falls due happens on the way.
    fn reach(&mut self, at: NaiveTime) {
        let to = moment(self.date, at);
        while let Some(deadline) = next_deadline(&self.floor).filter(|deadline| *deadline <= to) {
            let before = self.now;
            self.now = deadline.max(before);
            self.give(&Command::Settle, &Actor::clock());
            if next_deadline(&self.floor) == Some(deadline) {
                break;
            }
        }
        self.now = to;
    }

    fn give(&mut self, command: &Command, actor: &Actor) -> Outcome {
        let decision = decide(self.rules, &self.floor, command, actor, self.now);
        for event in &decision.events {
            self.floor.evolve(event, self.now);
        }
        self.note_receivers(&decision.events, &decision.because);
        if let Outcome::Refused { reason } = &decision.outcome {
            self.note_refused(command, &decision.because);
            self.refused.push((self.now.time(), reason.clone()));
        }
        decision.outcome
    }

    /// Keeps why a visit was not dealt.
    fn note_refused(&mut self, command: &Command, because: &Because) {
        let Command::Arrive { visit, .. } = command else { return };
        self.slot(visit).map(|slot| slot.get_or_insert((None, None, because.clone())));
    }

    fn slot(&mut self, visit: &VisitId) -> Option<&mut Option<First>> {
        let index = self.visits.iter().position(|other| other == visit)?;
        self.dealt.get_mut(index)
    }

    /// Keeps who received each visit first, and why.
    fn note_receivers(&mut self, events: &[Event], because: &Because) {
        for event in events {
            let (visit, person) = match event {
                Event::Received { visit, by } => (visit, Some(*by)),
                Event::Offered { visit, to, .. } => (visit, Some(*to)),
                Event::Waits { visit } => (visit, None),
                Event::OfferEnded { visit, .. } => {
                    self.slot(visit).map(Option::take);
                    continue;
                }
                _ => continue,
            };
            let situation = self.floor.visits.get(visit).and_then(|visit| visit.situation);
            let Some(slot) = self.slot(visit) else { continue };
            if slot.as_ref().is_none_or(|(receiver, ..)| receiver.is_none()) {
                *slot = Some((person, situation, because.clone()));
            }
        }
    }

    fn apply(&mut self, what: What<'_>) {
        let chief = Actor::new(PersonId(Uuid::nil()), [Role::Manager, Role::Supervisor]);
        match what {
            What::Simple(command) => {
                self.give(&command, &chief);
                self.accept_all(None);
            }
            What::Arrive(index) => self.arrive(index, &chief),
            What::Leave(index) => {
                let dealt = |visit: &VisitId| self.floor.visits.contains_key(visit);
                if let Some(visit) = self.visits.get(index).copied().filter(dealt) {
                    self.give(&Command::Finish { visit }, &chief);
                    self.accept_all(None);
                }
            }
            What::Find(index, found) => self.find(index, found, &chief),
            What::Decline(person) => {
                let called = self.floor.open_visits_of(person).map(|(id, _)| *id).last();
                if let Some(visit) = called {
                    self.give(&Command::Decline { visit }, &chief);
                }
                self.accept_all(None);
            }
        }
    }

    fn arrive(&mut self, index: usize, chief: &Actor) {
        let (Some(row), Some(visit)) = (self.day.visits.get(index), self.visits.get(index)) else {
            return;
        };
        let visit = *visit;
        let arrival = self.arrival(row);
        let mut outcome = self.give(&Command::Arrive { visit, arrival }, chief);
        if matches!(outcome, Outcome::AsksOwner { .. })
            && let Some(answer) = row.answer.as_ref().map(|answer| self.answer(answer))
        {
            outcome = self.give(&Command::AnswerOwner { visit, answer }, chief);
        }
        let declines = self.day.steps.iter().any(|step| {
            step.what == Instruction::Decline && moment(self.date, step.at) == self.now
        });
        if !declines && matches!(outcome, Outcome::Receives { .. }) {
            self.accept_all(Some(visit));
        }
    }

    /// Whoever is called accepts.
    fn accept_all(&mut self, only: Option<VisitId>) {
        let offered: Vec<VisitId> = self
            .floor
            .visits
            .iter()
            .filter(|(_, visit)| matches!(visit.phase, Phase::Offered { .. }))
            .map(|(id, _)| *id)
            .filter(|id| only.is_none_or(|only| only == *id))
            .collect();
        let chief = Actor::new(PersonId(Uuid::nil()), [Role::Manager]);
        for visit in offered {
            self.give(&Command::Accept { visit }, &chief);
        }
    }

    fn find(&mut self, index: usize, found: &Found, chief: &Actor) {
        let (Some(row), Some(visit)) = (self.day.visits.get(index), self.visits.get(index)) else {
            return;
        };
        let visit = *visit;
        let command = match found {
            Found::Colleague { owner, closed } => {
                let ownership = Ownership { owner: self.person(owner), closed: *closed };
                let answer = row.answer.as_ref().map(|answer| self.answer(answer));
                Command::FoundColleague { visit, ownership, answer }
            }
            Found::HandedOver => Command::FoundNonBuyer { visit, carries_on: false },
            Found::CarriedOn => Command::FoundNonBuyer { visit, carries_on: true },
            Found::Deal => Command::DealClosed { visit },
        };
        self.give(&command, chief);
    }

    fn answer(&mut self, answer: &Answer) -> OwnerAnswer {
        match answer {
            Answer::Both => OwnerAnswer::Both,
            Answer::Names(name) => OwnerAnswer::Names(self.person(name)),
            Answer::Nobody => OwnerAnswer::Nobody,
            Answer::Unreachable => OwnerAnswer::Unreachable,
        }
    }

    fn arrival(&mut self, row: &Visit) -> Arrival {
        let client = match self.clients.get(&row.client) {
            Some(client) => *client,
            None => {
                let client = ClientId(self.next_id());
                self.clients.insert(row.client.clone(), client);
                client
            }
        };
        let mut owned = |name: &Option<String>, closed: bool| {
            name.as_deref().map(|name| Ownership { owner: self.person(name), closed })
        };
        let ownership = owned(&row.owner, row.closed);
        let introduced_by = owned(&row.introducer_owner, row.introducer_closed);
        let mut person = |name: &Option<String>| name.as_deref().map(|name| self.person(name));
        let (contact, named) = (person(&row.contact), person(&row.named));
        let (assigned, delegated) = (person(&row.assigned), person(&row.delegated));
        Arrival {
            client: Some(client),
            ownership,
            channel: row.channel,
            came: row.came,
            contact,
            named,
            introduced_by,
            purpose: row.purpose,
            property_owner: row.property_owner,
            people: row.people.max(1),
            households: row.households.max(1),
            assigned,
            team: row.team.as_deref().map(|team| self.team(team)),
            answer: None,
            delegated,
            questions: None,
            reason: None,
            ..Arrival::default()
        }
    }

    fn close(mut self) -> Replayed {
        let names: BTreeMap<PersonId, String> =
            self.people.iter().map(|(name, person)| (*person, name.clone())).collect();
        let name = |person: Option<PersonId>| names.get(&person?).cloned();
        let rows = self.day.visits.iter().zip(&self.visits).zip(std::mem::take(&mut self.dealt));
        let visits = rows
            .map(|((row, id), dealt)| {
                let (first, situation, because) = dealt.unwrap_or_default();
                let visit = self.floor.visits.get(id);
                let last = visit.and_then(|visit| visit.receiver);
                let turn = visit.and_then(|visit| visit.turn);
                Dealt {
                    mark: row.mark.clone(),
                    arrived: row.arrived,
                    client: row.client.clone(),
                    situation,
                    receiver: name(first),
                    handed_to: name(last.filter(|last| Some(*last) != first)),
                    turn_of: name(turn.map(|turn| turn.person)),
                    make_up: turn.is_some_and(|turn| turn.make_up.is_some()),
                    clauses: because.clauses().into_iter().map(|clause| clause.0).collect(),
                    received_by: row.received_by.clone(),
                    because,
                }
            })
            .collect();
        Replayed { visits, refused: self.refused, floor: self.floor, names }
    }
}

fn moment(date: NaiveDate, time: NaiveTime) -> Moment {
    let local = date.and_time(time);
    FixedOffset::east_opt(8 * 3600)
        .and_then(|offset| offset.from_local_datetime(&local).single())
        .unwrap_or_else(|| local.and_utc().fixed_offset())
}
