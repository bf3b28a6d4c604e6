//! Clients between floor and book: who stands for whom, and whose a reception makes them.

use rulebook::Trail;

use super::World;
use crate::{
    attribution::{
        self, Client, Outcome, Ownership,
        command::Origin,
        decide::{Likeness, Sameness, sameness, standing},
        state::{Basis, Closing, Holding, Right},
    },
    journeys::{care::after_attribution, reception},
    people::{Actor, ClientId, PersonId, Role},
    rotation::state::{Arrival, Phase, Visit},
};

impl World {
    /// Whose record `name` goes by: their own, or that of a relative who is one client with them.
    pub(super) fn record_of(&mut self, name: &str) -> ClientId {
        let id = self.client(name);
        let known = |client: &Client| !client.rights.is_empty() || !client.registrations.is_empty();
        if self.book.clients.get(&id).is_some_and(known) {
            return id;
        }
        let rules = self.ground.attribution();
        let related = self.book.relations.clone();
        for (one, other, relation) in related {
            let Some(relative) = (one == id).then_some(other).or((other == id).then_some(one))
            else {
                continue;
            };
            if !self.book.clients.get(&relative).is_some_and(known) {
                continue;
            }
            let ruled =
                self.book.ruled.iter().any(|pair| *pair == (one, other) || *pair == (other, one));
            let likeness = Likeness { relation: Some(relation), ruled, ..Likeness::default() };
            let mut trail = Trail::default();
            let is = sameness(&rules, likeness, &mut trail);
            self.reasons.push(trail.because());
            if is == Ok(Sameness::Same) {
                return relative;
            }
        }
        id
    }

    /// The supervisor rules that two are one client.
    pub fn rule_one_client(&mut self, one: &str, other: &str) {
        let pair = (self.client(one), self.client(other));
        self.book.ruled.push(pair);
    }

    /// What attribution knows of `name`.
    pub fn attribution_of(&mut self, name: &str) -> Client {
        let id = self.record_of(name);
        self.book.clients.get(&id).cloned().unwrap_or_default()
    }

    /// Enters whose client somebody is said to be.
    pub(super) fn enter_in_book(&mut self, name: &str, id: ClientId, ownership: Option<Ownership>) {
        let Some(Ownership { owner, closed }) = ownership else { return };
        let (rules, at) = (self.ground.attribution(), self.now());
        self.client(name);
        let new = !self.book.clients.contains_key(&id);
        if new {
            self.book.said.insert(id);
        }
        let client = self.book.clients.entry(id).or_default();
        let days = rules.validity.days.value().copied();
        let held = standing(&rules, client, at, &mut Trail::default()).ok().flatten();
        if held.is_none_or(|held| held.owner != owner) {
            for right in client.rights.iter_mut().filter(|right| right.ended.is_none()) {
                right.ended = Some(attribution::state::Ended { at, clauses: Vec::new() });
            }
            let right = Right { by: owner, basis: Basis::Reception, from: at, days, ended: None };
            client.evolve(&attribution::Event::RightFounded { right }, at);
        }
        client.closing = closed.then_some(Closing { at, by: owner, owner: Some(owner) });
    }

    /// Whether the right of whoever is said to have `name` has lapsed meanwhile.
    pub(super) fn has_lapsed(&mut self, name: &str) -> bool {
        let known = self.attribution_of(name);
        !known.rights.is_empty() && self.standing_of(name).ok().flatten().is_none()
    }

    pub(super) fn name_of_client(&self, id: ClientId) -> Option<String> {
        self.clients.iter().find(|(_, client)| client.id == id).map(|(name, _)| name.clone())
    }

    /// A visit is over; whether the rules of attribution said whose client it made the visitor.
    pub(super) fn remember_by_attribution(&mut self, visit: &Visit) -> bool {
        let Some(name) = visit.arrival.client.and_then(|id| self.name_of_client(id)) else {
            return false;
        };
        let (record, rules, at) = (self.record_of(&name), self.ground.attribution(), self.now());
        let client = self.book.clients.get(&record).cloned().unwrap_or_default();
        let Some(decision) = reception::decide_owner(&rules, &client, visit, at) else {
            return false;
        };
        self.book.said.remove(&record);
        let client = self.book.clients.entry(record).or_default();
        for event in &decision.events {
            client.evolve(event, at);
        }
        let closed = client.closing.is_some();
        let owner = match &decision.outcome {
            Outcome::Owned { owner } => *owner,
            _ => None,
        };
        if let Some(known) = self.clients.get_mut(&name) {
            known.ownership = owner.map(|owner| Ownership { owner, closed });
        }
        self.reasons.push(decision.because);
        self.book.outcome = Some(decision.outcome);
        true
    }

    /// Whose client the visit that goes on makes `name` by the rules of attribution; nothing where
    /// no visit goes on or they do not speak of it.
    pub fn owner_by_reception(&mut self, name: &str) -> Result<Option<Option<PersonId>>, String> {
        let visit = self.visits.get(name).and_then(|visit| self.floor.visits.get(visit)).cloned();
        let Some(visit) = visit.filter(|visit| visit.phase != Phase::Ended) else {
            return Ok(None);
        };
        let (client, rules, at) =
            (self.attribution_of(name), self.ground.attribution(), self.now());
        let Some(decision) = reception::decide_owner(&rules, &client, &visit, at) else {
            return Ok(None);
        };
        self.reasons.push(decision.because);
        let outcome = decision.outcome.clone();
        self.book.outcome = Some(decision.outcome);
        match outcome {
            Outcome::Owned { owner } => Ok(Some(owner)),
            Outcome::Disputed { .. } => Ok(Some(None)),
            Outcome::Undecided { setting } => Err(format!("`{setting}` is not decided")),
            other => Err(format!("what came of it: {other:?}")),
        }
    }

    /// Somebody arrives whose first receiver is here and does not recognise them: where the rulebook
    /// makes nothing of the record then, the floor knows of no owner.
    pub fn goes_unrecognised(&mut self, arrival: &mut Arrival) {
        arrival.unrecognised = true;
        let rules = self.ground.attribution();
        let new =
            rules.returning.unrecognised.value() == Some(&attribution::rules::Unrecognised::New);
        let name = arrival.client.and_then(|id| self.name_of_client(id)).unwrap_or_default();
        let client = self.attribution_of(&name);
        let tended = client
            .contacts
            .iter()
            .any(|contact| contact.kind == attribution::state::ContactKind::FollowUp);
        if new && !tended {
            arrival.ownership = None;
        }
    }

    /// Gives `command` about the client called `name`, as `actor`.
    pub fn about_as(&mut self, name: &str, command: &attribution::Command, actor: &Actor) {
        let id = self.record_of(name);
        let (rules, at) = (self.ground.attribution(), self.now());
        self.book.said.remove(&id);
        let client = self.book.clients.entry(id).or_default();
        let decision = attribution::decide(&rules, client, command, actor, at);
        for event in &decision.events {
            client.evolve(event, at);
        }
        let nothing = decision.events.is_empty();
        match &decision.outcome {
            Outcome::Refused { reason } => self.refusal = Some(reason.clone()),
            Outcome::Undecided { setting } => self.undecided = Some(setting.clone()),
            _ => {}
        }
        self.book.outcome = Some(decision.outcome);
        self.reasons.push(decision.because);
        if let Some(care) = after_attribution(command).filter(|_| !nothing) {
            self.also_follow(id, &care);
        }
    }

    /// How `client` came, as `said` has it.
    pub fn origin_said(&mut self, client: &str, said: &str) -> Result<Origin, String> {
        let mut arrival = self.arrival_of(client);
        crate::rotation::steps::read_circumstances(self, &mut arrival, said)?;
        Ok(reception::origin_of(&arrival, None))
    }

    /// Whether a step that is no expectation speaks of a reception that the floor knows nothing of.
    #[must_use]
    pub fn is_told_of_reception(&self, client: &str) -> bool {
        !self.expecting && !self.has_been(client)
    }

    /// `name` receives `client`; the floor is not asked.
    pub fn receives_off_floor(&mut self, name: &str, client: &str) -> Result<(), String> {
        let by = self.person(name);
        let origin = self.origin_said(client, "")?;
        self.about(client, &attribution::Command::Received { by, origin }, Role::Consultant);
        Ok(())
    }

    /// A deal with `client` closes, whoever owns them having brought it about.
    pub fn closes_off_floor(&mut self, client: &str) -> Result<(), String> {
        let owner = self.owner_by_book(client)?;
        let by = owner.ok_or_else(|| format!("say who closed the deal of `{client}`"))?;
        let command = attribution::Command::Close { by, buyer: None };
        self.about(client, &command, Role::Consultant);
        Ok(())
    }

    /// Everybody who has `name`, with their shares.
    pub fn holders_of(&mut self, name: &str) -> Result<Vec<Holding>, String> {
        let (known, rules, at) = (self.attribution_of(name), self.ground.attribution(), self.now());
        let mut trail = Trail::default();
        let held = attribution::decide::holders(&rules, &known, at, &mut trail);
        self.reasons.push(trail.because());
        held.map_err(|open| format!("`{}` is not decided", open.setting))
    }

    /// How many clients are `person`'s and not closed.
    #[must_use]
    pub fn held_by(&self, person: PersonId) -> u32 {
        let (rules, at) = (self.ground.attribution(), self.now());
        let owned = |client: &&Client| {
            let found = standing(&rules, client, at, &mut Trail::default()).ok().flatten();
            found.is_some_and(|found| found.owner == person && !found.closed)
        };
        u32::try_from(self.book.clients.values().filter(owned).count()).unwrap_or(u32::MAX)
    }

    /// A new id.
    pub fn new_id(&mut self) -> uuid::Uuid {
        self.next_id()
    }

    /// The day that a quoted `text` names.
    pub fn date_said(&self, text: &str) -> Result<chrono::NaiveDate, String> {
        super::book::date_of(text, chrono::Datelike::year(&self.day))
            .ok_or_else(|| format!("`{text}` is no date"))
    }

    /// A call of `client` is dealt by the rotation of `team`.
    pub fn call_to_team(&mut self, client: &str, team: &str) {
        self.open();
        let mut arrival = self.arrival_of(client);
        arrival.team = Some(self.team(team));
        let visit = self.new_visit(client);
        self.command(&crate::rotation::Command::Arrive { visit, arrival });
        let receiver = self.receiver(visit);
        self.receivers.push(receiver);
    }
}
