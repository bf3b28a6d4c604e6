//! The world of one scenario: a rulebook, a floor, a clock and the names people have.

mod attributed;
mod book;

use std::{collections::BTreeMap, sync::Arc};

use chrono::{FixedOffset, NaiveDate, NaiveTime, TimeZone};
use rulebook::Because;
use uuid::Uuid;

use super::ground::Ground;
use crate::{
    attribution::Ownership,
    calendar::{Moment, after, minutes},
    people::{Actor, ClientId, PersonId, Role, TeamId, VisitId},
    rotation::{
        self, Command, Event, Floor, Outcome, Rules,
        decide::next_deadline,
        state::{Arrival, Came, Channel, Phase, Profile, RingId, Visit},
    },
};

mod care;
mod deals;
mod known;
mod outcome;

/// The day on which scenarios start, a Monday.
const FIRST_DAY: (i32, u32, u32) = (2026, 3, 2);
/// The site's offset from UTC, in seconds: China.
const OFFSET_SECONDS: i32 = 8 * 3600;
/// How many deadlines may pass between two steps.
const DEADLINES_MAX: usize = 10_000;

/// The world of one scenario.
#[derive(Debug)]
pub struct World {
    ground: Ground,
    /// The rules in force.
    pub rules: Arc<Rules>,
    /// The floor.
    pub floor: Floor,
    now: Option<Moment>,
    /// Whether the scenario has told the time today.
    told: bool,
    day: NaiveDate,
    people: BTreeMap<String, PersonId>,
    teams: BTreeMap<String, TeamId>,
    clients: BTreeMap<String, Client>,
    visits: BTreeMap<String, VisitId>,
    /// Who was in touch with a client before the first visit, and how.
    contacts: BTreeMap<String, (Came, PersonId)>,
    book: book::Book,
    /// What the sentences about rotation have told besides the floor.
    pub rotation: rotation::steps::Known,
    /// What is known about leads, leavers and the pool.
    pub attribution: crate::attribution::steps::Known,
    /// Whether the step that runs says what must come of it.
    pub expecting: bool,
    /// What is known about follow-ups.
    pub follow_up: crate::follow_up::steps::Known,
    /// What is known about deals and their parts.
    pub commission: crate::commission::steps::Known,
    /// What is known about forms.
    pub registers: crate::registers::steps::Known,
    ids: u128,
    /// Who gives the next command, where a step says so.
    pub acting: Option<Role>,
    /// The visit that the last steps spoke of.
    pub visit: Option<VisitId>,
    /// Who is said to have broken which rule, not confirmed yet.
    pub alleged: Option<(String, String)>,
    /// The visit whose owner the finder has asked, and whose client it is.
    pub asked: Option<(VisitId, Ownership)>,
    outcome: Option<Outcome>,
    reasons: Vec<Because>,
    events: Vec<Event>,
    refusal: Option<String>,
    undecided: Option<String>,
    /// Receivers of the visits dealt by one step, in order.
    pub receivers: Vec<Option<PersonId>>,
}

#[derive(Debug, Clone, Copy)]
struct Client {
    id: ClientId,
    ownership: Option<Ownership>,
}

impl World {
    /// An empty world under the rulebook of `ground`.
    #[must_use]
    pub fn on(ground: &Ground) -> Self {
        let (year, month, day) = FIRST_DAY;
        Self {
            ground: ground.clone(),
            rules: ground.rules(),
            floor: Floor::default(),
            now: None,
            told: false,
            day: NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default(),
            people: BTreeMap::new(),
            teams: BTreeMap::new(),
            clients: BTreeMap::new(),
            visits: BTreeMap::new(),
            contacts: BTreeMap::new(),
            book: book::Book::default(),
            rotation: rotation::steps::Known::default(),
            attribution: Default::default(),
            expecting: false,
            follow_up: Default::default(),
            commission: Default::default(),
            registers: Default::default(),
            ids: 0,
            acting: None,
            visit: None,
            alleged: None,
            asked: None,
            outcome: None,
            reasons: Vec::new(),
            events: Vec::new(),
            refusal: None,
            undecided: None,
            receivers: Vec::new(),
        }
    }

    /// An id that no other step has.
    pub(crate) fn next_id(&mut self) -> Uuid {
        self.ids += 1;
        Uuid::from_u128(self.ids)
    }

    /// Sets a setting as the background of a scenario does.
    pub fn set(&mut self, path: &str, text: &str) -> Result<(), String> {
        // People quote figures too.
        let bare = text.trim_matches('"');
        let plain = bare.parse::<i64>().is_ok() || matches!(bare, "true" | "false");
        self.ground = self.ground.with(path, if plain { bare } else { text })?;
        self.rules = self.ground.rules();
        Ok(())
    }

    /// The moment it is.
    #[must_use]
    pub fn now(&self) -> Moment {
        self.now.unwrap_or_else(|| self.moment(NaiveTime::default()))
    }

    fn moment(&self, time: NaiveTime) -> Moment {
        let offset = FixedOffset::east_opt(OFFSET_SECONDS);
        let local = self.day.and_time(time);
        offset
            .and_then(|offset| offset.from_local_datetime(&local).single())
            .unwrap_or_else(|| local.and_utc().fixed_offset())
    }

    /// Something happens at `text`, such as `09:30`; whoever was called before has come.
    pub fn at(&mut self, text: &str) -> Result<(), String> {
        self.come_when_called();
        self.wait(text)
    }

    /// Whoever is called to a visitor comes.
    pub fn come_when_called(&mut self) {
        let offered = |visit: &Visit| matches!(visit.phase, Phase::Offered { .. });
        let called: Vec<VisitId> =
            self.floor.visits.iter().filter(|(_, v)| offered(v)).map(|(id, _)| *id).collect();
        for visit in called {
            self.run_as(&Command::Accept { visit }, &Actor::clock());
        }
    }

    /// Calls are over by the time that the next one comes.
    pub fn hang_up(&mut self) {
        self.come_when_called();
        let open = |visit: &Visit| {
            visit.arrival.channel == Channel::Phone && visit.phase == Phase::Received
        };
        let calls: Vec<VisitId> =
            self.floor.visits.iter().filter(|(_, v)| open(v)).map(|(id, _)| *id).collect();
        for visit in calls {
            self.run_as(&Command::Finish { visit }, &Actor::clock());
        }
    }

    /// Unless the scenario has told the time, it is not before the rotation begins.
    pub fn during_hours(&mut self) {
        let start = self.rules.hours.start.value().map(|start| self.moment(*start));
        if let Some(start) = start.filter(|start| !self.told && self.now() < *start) {
            self.let_pass_until(start);
        }
    }

    /// Now, or the nearest moment within the hours of rotation.
    #[must_use]
    pub fn within_hours(&self) -> Moment {
        let hours = &self.rules.hours;
        let (start, end) = (hours.start.value(), hours.end.value());
        let latest = end.map_or(self.now(), |end| self.now().min(self.moment(*end)));
        start.map_or(latest, |start| latest.max(self.moment(*start)))
    }

    /// Lets time pass until `text`; whatever falls due happens on the way.
    pub fn wait(&mut self, text: &str) -> Result<(), String> {
        if text.is_empty() {
            return Ok(());
        }
        let to = self.moment_of(text)?;
        let first = !std::mem::replace(&mut self.told, true);
        if first && self.floor.visits.is_empty() {
            // Nobody has waited since a time that the scenario has not told.
            let start = self.rules.hours.start.value().map(|start| self.moment(*start));
            let from = start.map_or(to, |start| start.min(to));
            let rings = self.floor.rings.values_mut().filter_map(|ring| ring.on_turn.as_mut());
            rings.for_each(|on_turn| on_turn.since = on_turn.since.max(from));
        }
        if self.now.is_some_and(|now| to < now) {
            return Err(format!("{text} lies before the step before"));
        }
        self.let_pass_until(to);
        Ok(())
    }

    /// Lets a reception take so long that it is no short visit by the rulebook.
    pub fn receive_at_length(&mut self) {
        let most = self.rules.short_visit.most_minutes.value().copied().unwrap_or(0);
        if most > 0 {
            self.let_pass_until(after(self.now(), minutes(most + 1)));
        }
    }

    /// Lets time pass until nobody has time left to answer the call to `visit`.
    pub fn wait_for_answer(&mut self, visit: VisitId) {
        if let Some(Phase::Offered { until }) = self.floor.visits.get(&visit).map(|v| v.phase) {
            self.let_pass_until(until);
        }
    }

    fn let_pass_until(&mut self, to: Moment) {
        self.open_day_at(to);
        for _ in 0..DEADLINES_MAX {
            match next_deadline(&self.floor).filter(|deadline| *deadline <= to) {
                Some(deadline) => {
                    self.now = Some(deadline);
                    self.run_as(&Command::Settle, &Actor::clock());
                }
                None => break,
            }
        }
        self.now = Some(to);
    }

    /// Opens the first day, unless a day is open or was closed.
    fn open_day_at(&mut self, at: Moment) {
        if self.floor.day.is_none() && self.floor.last_day.is_none() {
            self.now = Some(self.now.unwrap_or(at));
            let command = Command::OpenDay { date: self.day, roster: None };
            self.run_as(&command, &Actor::new(PersonId(Uuid::nil()), [Role::Manager]));
            self.forget_reasons();
        }
    }

    /// The site opens: at 08:00 unless the scenario has told a time before.
    pub fn open(&mut self) {
        if self.now.is_none() {
            self.now = Some(self.moment(NaiveTime::from_hms_opt(6, 0, 0).unwrap_or_default()));
        }
        self.open_day_at(self.now());
    }

    /// Goes to the morning of a later day, which is opened; the day before is closed.
    pub fn next_day(&mut self, days: u64, roster: Option<Vec<PersonId>>) -> Result<(), String> {
        if self.floor.day.is_some() {
            self.command(&Command::CloseDay { end_open: true });
            self.check_refusal()?;
        }
        self.told = false;
        self.day = self.day.checked_add_days(chrono::Days::new(days)).unwrap_or(self.day);
        self.now = Some(self.moment(NaiveTime::from_hms_opt(6, 0, 0).unwrap_or_default()));
        self.command(&Command::OpenDay { date: self.day, roster });
        Ok(())
    }

    /// The person called `name`, who is put on the floor if new.
    pub fn person(&mut self, name: &str) -> PersonId {
        if let Some(person) = self.people.get(name) {
            return *person;
        }
        let person = PersonId(self.next_id());
        self.people.insert(name.into(), person);
        let number = u32::try_from(self.people.len()).ok();
        let profile =
            Profile { rotates: true, certified: true, number, rank: number, ..Profile::default() };
        self.run_as(&Command::SetProfile { person, profile }, &Actor::clock());
        person
    }

    /// The name of `person`.
    #[must_use]
    pub fn name_of(&self, person: Option<PersonId>) -> String {
        let name = |id| self.people.iter().find(|(_, other)| **other == id).map(|(name, _)| name);
        match person {
            None => "nobody".into(),
            Some(id) => name(id).cloned().unwrap_or_else(|| id.to_string()),
        }
    }

    /// Changes what is known of `name` beforehand.
    pub fn profile(&mut self, name: &str, change: impl FnOnce(&mut Profile)) {
        let person = self.person(name);
        let mut profile =
            self.floor.people.get(&person).map(|m| m.profile.clone()).unwrap_or_default();
        change(&mut profile);
        self.run_as(&Command::SetProfile { person, profile }, &Actor::clock());
    }

    /// The team called `name`.
    pub fn team(&mut self, name: &str) -> TeamId {
        if let Some(team) = self.teams.get(name) {
            return *team;
        }
        let team = TeamId(self.next_id());
        self.teams.insert(name.into(), team);
        team
    }

    /// The client called `name`.
    pub fn client(&mut self, name: &str) -> ClientId {
        if let Some(client) = self.clients.get(name) {
            return client.id;
        }
        let id = ClientId(self.next_id());
        self.clients.insert(name.into(), Client { id, ownership: None });
        id
    }

    /// A name for a client whom no step names.
    pub fn stranger(&mut self) -> String {
        format!("#{}", self.next_id())
    }

    /// Makes `owner` the owner of `client`.
    pub fn own(&mut self, client: &str, owner: &str, closed: bool) {
        let ownership = Some(Ownership { owner: self.person(owner), closed });
        let id = self.client(client);
        self.clients.insert(client.into(), Client { id, ownership });
        self.enter_in_book(client, id, ownership);
    }

    /// Whose client `name` is.
    pub fn ownership(&mut self, name: &str) -> Option<Ownership> {
        self.client(name);
        if self.in_book(name) {
            // What nobody has decided shows when the owner is asked for.
            return self.standing_of(name).ok().flatten();
        }
        if self.has_lapsed(name) {
            return None;
        }
        self.clients.get(name).and_then(|client| client.ownership)
    }

    /// An arrival of `client`, with what is known of them.
    pub fn arrival_of(&mut self, client: &str) -> Arrival {
        let (id, ownership) = (self.client(client), self.ownership(client));
        let contact = self.contacts.get(client).copied();
        let came = contact.map(|(came, _)| came).unwrap_or_default();
        let contact = contact.map(|(_, person)| person);
        let client = Some(id);
        Arrival { client, ownership, came, contact, people: 1, households: 1, ..Arrival::default() }
    }

    /// The moment of `text`, such as `09:30`, on this day.
    pub fn moment_of(&self, text: &str) -> Result<Moment, String> {
        let time = NaiveTime::parse_from_str(text, "%H:%M:%S")
            .or_else(|_| NaiveTime::parse_from_str(text, "%H:%M"));
        time.map(|time| self.moment(time)).map_err(|_| format!("`{text}` is no time of day"))
    }

    /// A new visit of `client`.
    pub fn new_visit(&mut self, client: &str) -> VisitId {
        let visit = VisitId(self.next_id());
        self.visits.insert(client.into(), visit);
        self.visit = Some(visit);
        visit
    }

    /// The last visit of `client`, or the last visit of all where no client is named.
    pub fn visit_of(&mut self, client: &str) -> Result<VisitId, String> {
        let visit = if client.is_empty() { self.visit } else { self.visits.get(client).copied() };
        self.visit = visit.or(self.visit);
        visit.ok_or_else(|| format!("`{client}` has not come"))
    }

    /// Somebody who acts as `role`, or as the step before said.
    pub(crate) fn actor(&mut self, role: Role) -> Actor {
        let role = self.acting.take().unwrap_or(role);
        Actor::new(PersonId(Uuid::nil()), [role])
    }

    /// Gives `command`, as somebody who may.
    pub fn command(&mut self, command: &Command) {
        let rules = &self.rules;
        let (setting, usual) = match command {
            Command::Arrive { .. } => (&rules.rings.dealt_by, Role::Receptionist),
            Command::SetOrder { .. } => (&rules.order.posted_by, Role::Manager),
            _ => (&rules.away.confirmed_by, Role::Manager),
        };
        let may = setting.value().map(Vec::as_slice).unwrap_or_default();
        let first = may.first().copied().filter(|_| !may.contains(&usual));
        let actor = self.actor(match command {
            Command::Arrive { .. } | Command::SetOrder { .. } => first.unwrap_or(usual),
            Command::StepOut { approved: Some(_), .. } => first.unwrap_or(usual),
            _ => usual,
        });
        self.run_as(command, &actor);
    }

    fn run_as(&mut self, command: &Command, actor: &Actor) {
        let at = self.now();
        let decision = rotation::decide(&self.rules, &self.floor, command, actor, at);
        for event in &decision.events {
            self.floor.evolve(event, at);
            if let Event::Ended { visit } = event {
                self.remember_owner(*visit);
            }
        }
        match &decision.outcome {
            Outcome::Refused { reason } => self.refusal = Some(reason.clone()),
            Outcome::Undecided { setting, .. } => self.undecided = Some(setting.clone()),
            _ => {}
        }
        self.events.extend(decision.events);
        if !matches!(command, Command::Settle | Command::SetProfile { .. }) {
            self.outcome = Some(decision.outcome);
        }
        self.reasons.push(decision.because);
    }

    /// A visit is over: its client is from now on whose the rules made them.
    fn remember_owner(&mut self, visit: VisitId) {
        self.follow_visit(visit);
        let Some(visit) = self.floor.visits.get(&visit) else { return };
        let visit = visit.clone();
        if self.remember_by_attribution(&visit) {
            return;
        }
        let Some(client) = self.clients.values_mut().find(|c| Some(c.id) == visit.arrival.client)
        else {
            return;
        };
        let Some(owner) = visit.owner() else { return };
        let closed = client.ownership.is_some_and(|known| known.closed);
        client.ownership = Some(Ownership { owner, closed });
        let (id, ownership) = (client.id, client.ownership);
        if self.book.said.contains(&id) {
            let name = self.name_of_client(id).unwrap_or_default();
            self.enter_in_book(&name, id, ownership);
        } else {
            self.received_by_book(id, owner);
        }
    }

    /// A deal with `client` closed.
    pub fn close_deal(&mut self, client: &str) {
        let id = self.client(client);
        let visit = self.visits.get(client).and_then(|visit| self.floor.visits.get(visit));
        let known = self.clients.get(client).and_then(|client| client.ownership);
        let owner = known.map(|known| known.owner).or_else(|| visit.and_then(Visit::owner));
        let ownership = owner.map(|owner| Ownership { owner, closed: true });
        self.clients.insert(client.into(), Client { id, ownership });
        self.enter_in_book(client, id, ownership);
    }

    /// Who receives `visit`.
    #[must_use]
    pub fn receiver(&self, visit: VisitId) -> Option<PersonId> {
        self.floor.visits.get(&visit).and_then(|visit| visit.receiver)
    }

    /// The ring of the walk-ins, or of `team`.
    pub fn ring(&mut self, team: &str) -> RingId {
        let team = (!team.is_empty()).then(|| self.team(team));
        RingId { team, ..RingId::default() }
    }
}
