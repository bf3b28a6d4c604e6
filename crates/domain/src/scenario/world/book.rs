//! The client book of a scenario: registrations, follow-ups and rights, by the names of clients.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use rulebook::Trail;

use super::World;
use crate::{
    attribution::{
        self, Client, Ownership,
        decide::standing,
        rules::{Channel, Field, Relation},
        state::{Basis, RegistrationId, Right},
    },
    people::{Actor, ClientId, PersonId, Role},
};

/// What a scenario knows of its clients.
#[derive(Debug, Default)]
pub(super) struct Book {
    pub clients: std::collections::BTreeMap<ClientId, Client>,
    /// How two clients are related.
    pub relations: Vec<(ClientId, ClientId, Relation)>,
    /// Pairs that the supervisor has ruled to be one client.
    pub ruled: Vec<(ClientId, ClientId)>,
    /// Clients of whom it was only said whose they are.
    pub said: BTreeSet<ClientId>,
    /// What came of the last command.
    pub outcome: Option<attribution::Outcome>,
    /// The last date that a step told.
    dated: Option<NaiveDate>,
}

impl Book {
    /// The closing of a client, if one stands.
    pub(super) fn closing_of(&self, id: ClientId) -> Option<attribution::state::Closing> {
        self.clients.get(&id).and_then(|client| client.closing)
    }

    /// What is known of a client, as if no deal were closed.
    pub(super) fn open(&self, id: ClientId) -> Option<Client> {
        self.clients.get(&id).map(|client| Client { closing: None, ..client.clone() })
    }
}

impl World {
    /// Goes to the day that `text` names: `5月9日`, `9 May`, `2026-05-09`.
    pub fn on_date(&mut self, text: &str) -> Result<(), String> {
        let date = date_of(text, self.day.year()).ok_or_else(|| format!("`{text}` is no date"))?;
        let begun = self.floor.day.is_some() || self.floor.last_day.is_some();
        let earliest = self.book.dated.max(begun.then_some(self.day));
        if earliest.is_some_and(|earliest| date < earliest) {
            return Err(format!("{text} lies before the step before"));
        }
        self.book.dated = Some(date);
        let days = (date - self.day).num_days();
        if days == 0 {
            return Ok(());
        }
        if begun {
            return self.next_day(u64::try_from(days).unwrap_or_default(), None);
        }
        self.told = false;
        self.day = date;
        self.now = None;
        Ok(())
    }

    /// Gives `command` about the client called `name`.
    pub fn about(&mut self, name: &str, command: &attribution::Command, role: Role) {
        let actor = match role {
            Role::Consultant => Actor::clock(),
            role => self.actor(role),
        };
        self.about_as(name, command, &actor);
    }

    /// Whose client `id` is by the book, without a word about it.
    pub(super) fn quiet_owner(&self, id: ClientId) -> Option<PersonId> {
        let client = self.book.clients.get(&id)?;
        let rules = self.ground.attribution();
        let found = standing(&rules, client, self.now(), &mut Trail::default());
        found.ok().flatten().map(|standing| standing.owner)
    }

    /// What came of the last command about a client.
    #[must_use]
    pub const fn attributed(&self) -> Option<&attribution::Outcome> {
        self.book.outcome.as_ref()
    }

    /// `by` registers `name`, but for `missing`.
    pub fn register(
        &mut self,
        name: &str,
        by: &str,
        channel: Channel,
        missing: &[Field],
        signed: bool,
    ) {
        let id = RegistrationId(self.next_id());
        let by = self.person(by);
        let without = |field: &&Field| {
            let names = [Field::Name, Field::RealName];
            let no_name = names.contains(field) && names.iter().any(|name| missing.contains(name));
            !missing.contains(field) && !no_name
        };
        let fields: BTreeSet<Field> = Field::ALL.iter().filter(without).copied().collect();
        let command = attribution::Command::Register { id, by, channel, fields, signed };
        self.about(name, &command, Role::Consultant);
        self.note_registered(name);
    }

    /// `by` adds to their registration of `name` all that is missing, and signs.
    pub fn complete(&mut self, name: &str, by: &str) -> Result<(), String> {
        let (client, person) = (self.record_of(name), self.person(by));
        let last = self.book.clients.get(&client).and_then(|client| {
            client.registrations.iter().rev().find(|registration| registration.by == person)
        });
        let id = last.map(|r| r.id).ok_or_else(|| format!("`{by}` has not registered `{name}`"))?;
        let fields = Field::ALL.iter().copied().collect();
        let command = attribution::Command::Complete { id, fields, signed: true };
        self.about(name, &command, Role::Consultant);
        Ok(())
    }

    /// Notes how two clients are related; either may be named first.
    pub fn relate(&mut self, one: &str, other: &str, relation: Relation) {
        let (one, other) = (self.client(one), self.client(other));
        self.book.relations.push((one, other, relation));
    }

    /// How two clients are related.
    pub fn relation(&mut self, one: &str, other: &str) -> Option<Relation> {
        let (one, other) = (self.client(one), self.client(other));
        let is = |(a, b, _): &&(ClientId, ClientId, Relation)| {
            (*a, *b) == (one, other) || (*b, *a) == (one, other)
        };
        self.book.relations.iter().find(is).map(|(_, _, relation)| *relation)
    }

    /// Whose client `name` is by the book; the reasons are noted.
    pub fn owner_by_book(&mut self, name: &str) -> Result<Option<PersonId>, String> {
        Ok(self.standing_of(name)?.map(|ownership| ownership.owner))
    }

    /// Whose client `name` is by the book, as the rotation takes it; nothing where the book is empty.
    pub(super) fn standing_of(&mut self, name: &str) -> Result<Option<Ownership>, String> {
        let id = self.record_of(name);
        let rules = self.ground.attribution();
        let at = self.now();
        let mut trail = Trail::default();
        let Some(client) = self.book.clients.get(&id) else { return Ok(None) };
        let found = standing(&rules, client, at, &mut trail);
        self.reasons.push(trail.because());
        let found = found.map_err(|open| format!("`{}` is not decided", open.setting))?;
        Ok(found.map(attribution::decide::Standing::ownership))
    }

    /// A visit made `owner` the owner: a right of theirs, where the client was nobody's by the book.
    pub(super) fn received_by_book(&mut self, id: ClientId, owner: PersonId) {
        let (rules, at) = (self.ground.attribution(), self.now());
        let Some(client) = self.book.clients.get_mut(&id) else { return };
        let lives = standing(&rules, client, at, &mut Trail::default());
        if matches!(lives, Ok(None)) {
            let days = rules.validity.days.value().copied();
            let right = Right { by: owner, basis: Basis::Reception, from: at, days, ended: None };
            client.evolve(&attribution::Event::RightFounded { right }, at);
        }
    }

    /// Whether the book knows anything of `name`.
    #[must_use]
    pub fn in_book(&mut self, name: &str) -> bool {
        if !self.clients.contains_key(name) {
            return false;
        }
        let id = self.record_of(name);
        let said = self.book.said.contains(&id) && self.visits.contains_key(name);
        !said && self.book.clients.get(&id).is_some_and(|client| !client.rights.is_empty())
    }

    /// The attribution rules in force.
    #[must_use]
    pub fn attribution_rules(&self) -> std::sync::Arc<attribution::Rules> {
        self.ground.attribution()
    }

    /// Notes the reasons of an answer that no command gave.
    pub fn note_reasons(&mut self, because: rulebook::Because) {
        self.reasons.push(because);
    }
}

pub(super) fn date_of(text: &str, year: i32) -> Option<NaiveDate> {
    let text = text.trim();
    if let Ok(date) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
        return Some(date);
    }
    let (year, text) = match text.split_once('年') {
        Some((told, rest)) => (told.trim().parse().ok()?, rest.trim()),
        None => (year, text),
    };
    if let Some((month, day)) = text.strip_suffix(['日', '号']).and_then(|t| t.split_once('月'))
    {
        return NaiveDate::from_ymd_opt(year, month.trim().parse().ok()?, day.trim().parse().ok()?);
    }
    let plain = text.replace(',', "");
    let told = format!("{plain} {year}");
    let forms = ["%d %B %Y", "%d %b %Y", "%B %d %Y", "%b %d %Y"];
    forms.iter().find_map(|form| {
        let read = |text: &str| NaiveDate::parse_from_str(text, form).ok();
        read(&plain).or_else(|| read(&told))
    })
}
