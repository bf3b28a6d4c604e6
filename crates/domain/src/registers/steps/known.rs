//! What a scenario knows of forms and client files, and how its sentences reach the decisions.

use std::collections::BTreeSet;

use rulebook::Trail;

use crate::{
    people::{ClientId, PersonId, Role},
    registers::{
        Book, Command, Event, Outcome, decide,
        look::{OpenForm, open_forms},
        rules::{Acquaintance, DailyTask, Item, Occasion, Register, Rules},
        state::{Contact, ContactId, RowId},
    },
    rotation::state::{Channel, Phase},
    scenario::World,
};

/// What a scenario knows of forms and client files.
#[derive(Debug, Default)]
pub struct Known {
    /// The registers and files.
    pub(super) book: Book,
    /// What came of the last command.
    pub(super) outcome: Option<Outcome>,
    /// What happened by the last command.
    pub(super) events: Vec<Event>,
    /// The figures that a sentence has told: a gap, a share, a mean.
    pub(super) gap: Option<u32>,
    pub(super) mismatch: Option<bool>,
    pub(super) numbers: (u32, u32),
    pub(super) row: Option<RowId>,
    pub(super) done_tasks: BTreeSet<DailyTask>,
    pub(super) opened: Option<crate::registers::rules::Opens>,
    pub(super) alarm: Option<bool>,
    pub(super) events_left: Option<(u32, u32)>,
}

/// What a sentence says of a row.
#[derive(Debug, Default)]
pub(super) struct Filled<'a> {
    pub without: &'a [Item],
    pub only: Option<&'a [Item]>,
    pub refused: &'a [Item],
    pub unsigned: bool,
}

impl World {
    /// The registers rules in force.
    pub(super) fn register_rules(&self) -> Rules {
        self.kinds().registers.clone()
    }

    /// Whether the working day has been closed.
    pub(super) fn day_over(&self) -> bool {
        self.floor.day.is_none() && self.floor.last_day.is_some()
    }

    /// Visits and calls that the rotation dealt are contacts that demand forms.
    pub(super) fn take_visits(&mut self) {
        let mut visits: Vec<_> = self.floor.visits.iter().map(|(id, v)| (*id, v.clone())).collect();
        visits.sort_by_key(|(_, visit)| (visit.arrived_at, visit.number));
        for (id, visit) in visits {
            let id = ContactId(id.0);
            let ended =
                (visit.phase == Phase::Ended).then(|| visit.ended_at.unwrap_or_else(|| self.now()));
            if self.registers.book.contact(id).is_none() {
                let call = visit.arrival.channel == Channel::Phone;
                let known = visit.arrival.ownership.is_some();
                let contact = Contact {
                    id,
                    occasion: if call { Occasion::Call } else { Occasion::Visit },
                    by: visit.receiver,
                    client: visit.arrival.client,
                    acquaintance: if known { Acquaintance::Old } else { Acquaintance::New },
                    began_at: visit.arrived_at,
                    ended_at: None,
                    line: None,
                    purpose: None,
                    number: None,
                };
                self.put(&Command::Begin { contact }, Role::Receptionist);
            }
            let known = self.registers.book.contacts.iter_mut().find(|contact| contact.id == id);
            if let Some(contact) = known {
                contact.by = visit.receiver.or(contact.by);
                contact.ended_at = contact.ended_at.or(ended);
            }
        }
    }

    /// Gives `command` as somebody with `role`, or as the step before said.
    pub(super) fn enter(&mut self, command: &Command, role: Role) {
        self.take_visits();
        self.put(command, role);
    }

    fn put(&mut self, command: &Command, role: Role) {
        let rules = self.register_rules();
        let actor = self.actor(role);
        let at = self.now();
        let decision = decide(&rules, &self.registers.book, command, &actor, at);
        for event in &decision.events {
            self.registers.book.evolve(event, at);
        }
        match &decision.outcome {
            Outcome::Refused { reason, .. } => self.note_refusal(reason),
            Outcome::Undecided { setting } => self.note_undecided(setting),
            _ => {}
        }
        self.registers.events = decision.events;
        self.registers.outcome = Some(decision.outcome);
        self.note_reasons(decision.because);
    }

    /// A contact of `by` with `client` begins now.
    pub(super) fn contact_begins(
        &mut self,
        occasion: Occasion,
        by: &str,
        client: &str,
        line: Option<u32>,
    ) -> ContactId {
        let id = ContactId(self.next_id());
        let by = (!by.is_empty()).then(|| self.person(by));
        let known = !client.is_empty() && self.ownership(client).is_some();
        let client = (!client.is_empty()).then(|| self.client(client));
        let contact = Contact {
            id,
            occasion,
            by,
            client,
            acquaintance: if known { Acquaintance::Old } else { Acquaintance::New },
            began_at: self.now(),
            ended_at: None,
            line,
            purpose: None,
            number: None,
        };
        self.enter(&Command::Begin { contact }, Role::Consultant);
        id
    }

    /// The contact of `by`, with `client` where one is named, that came last.
    pub(super) fn last_contact(&mut self, by: &str, client: &str) -> Option<ContactId> {
        self.take_visits();
        let by = (!by.is_empty()).then(|| self.person(by));
        let client = (!client.is_empty()).then(|| self.client(client));
        let is = |contact: &&Contact| {
            (by.is_none() || contact.by.is_none() || contact.by == by)
                && (client.is_none() || contact.client.is_none() || contact.client == client)
        };
        self.registers.book.contacts.iter().rev().find(is).map(|contact| contact.id)
    }

    /// `by` fills in `register` about `client`; `filled` says what of it.
    pub(super) fn fill_in(
        &mut self,
        by: &str,
        client: &str,
        register: Register,
        filled: &Filled<'_>,
    ) {
        self.take_visits();
        let contact = self.demanding_contact(by, client, register);
        let named = (!client.is_empty()).then(|| self.client(client));
        let known = self.registers.book.rows.iter().rev().find(|row| {
            row.register == register
                && (named.is_none() || row.client == named)
                && (contact.is_none() || row.contact.is_none() || row.contact == contact)
        });
        let row = known.map(|row| row.id).unwrap_or_else(|| RowId(self.next_id()));
        let skipped = |item: &Item| filled.without.contains(item) || filled.refused.contains(item);
        let items = match filled.only {
            Some(only) => only.iter().copied().collect(),
            None => Item::ALL.iter().copied().filter(|item| !skipped(item)).collect(),
        };
        let items = without_synonyms(without_synonyms(items, filled.without), filled.refused);
        let command = Command::Save {
            row,
            register,
            contact,
            by: self.person(if by.is_empty() { "?" } else { by }),
            client: named,
            items,
            refused: filled.refused.iter().copied().collect(),
            signed: !filled.unsigned,
        };
        self.registers.row = Some(row);
        self.enter(&command, Role::Consultant);
    }

    /// The last contact of `by` with `client` that demands `register` and has no row of it.
    fn demanding_contact(
        &mut self,
        by: &str,
        client: &str,
        register: Register,
    ) -> Option<ContactId> {
        let rules = self.register_rules();
        let demanded = rules.form(register).and_then(|form| form.demanded_by.value()).cloned();
        let by = (!by.is_empty()).then(|| self.person(by));
        let client = (!client.is_empty()).then(|| self.client(client));
        let wanted = |contact: &&Contact| {
            let occasion = demanded
                .as_ref()
                .is_none_or(|list| list.is_empty() || list.contains(&contact.occasion));
            let whose = by.is_none() || contact.by.is_none() || contact.by == by;
            let whom = client.is_none() || contact.client.is_none() || contact.client == client;
            occasion && whose && whom
        };
        let book = &self.registers.book;
        let open = |contact: &&Contact| book.row_about(register, contact.id).is_none();
        let all = || book.contacts.iter().filter(wanted);
        all().find(open).or_else(|| all().next_back()).map(|contact| contact.id)
    }

    /// The forms that are open now; the reasons are noted.
    pub(super) fn open_forms(&mut self) -> Result<Vec<OpenForm>, String> {
        self.take_visits();
        let (rules, at, over) = (self.register_rules(), self.now(), self.day_over());
        let mut trail = Trail::default();
        let open = open_forms(&rules, &self.registers.book, at, over, &mut trail);
        self.note_reasons(trail.because());
        open.map_err(|undecided| {
            self.note_undecided(&undecided.setting);
            format!("`{}` is not decided", undecided.setting)
        })
    }

    /// The row of `register` about `client`, or the last row where neither is named.
    pub(super) fn row_of(
        &mut self,
        client: &str,
        register: Option<Register>,
    ) -> Result<RowId, String> {
        let client = (!client.is_empty()).then(|| self.client(client));
        let is = |row: &&crate::registers::state::Row| {
            (client.is_none() || row.client == client)
                && register.is_none_or(|register| row.register == register)
        };
        let found = self.registers.book.rows.iter().rev().find(is).map(|row| row.id);
        found.ok_or_else(|| "there is no such row".into())
    }

    /// Fails unless what was entered last was saved.
    pub(crate) fn form_saved(&self) -> Result<(), String> {
        match &self.registers.outcome {
            Some(Outcome::Saved { .. } | Outcome::MergeOffered { .. } | Outcome::Recorded) => {
                Ok(())
            }
            other => Err(format!("what came of it: {other:?}")),
        }
    }

    /// Fails unless what was entered last lacks the items of `list`; a refusal for it is expected.
    pub(crate) fn form_lacks(&mut self, list: &str) -> Result<(), String> {
        let mut wanted = super::items(list)?;
        wanted.sort();
        let found = match &self.registers.outcome {
            Some(Outcome::Saved { missing, .. } | Outcome::Refused { missing, .. }) => {
                missing.clone()
            }
            other => return Err(format!("what came of it: {other:?}")),
        };
        self.take_refusal();
        let mut sorted = found.clone();
        sorted.sort();
        super::expect(sorted == wanted, found)
    }

    /// Fails unless a hint asks for the items of `list` in what was entered last.
    pub(crate) fn form_wishes(&self, list: &str) -> Result<(), String> {
        let wanted = super::items(list)?;
        match &self.registers.outcome {
            Some(Outcome::Saved { recommended, .. }) => {
                super::expect(wanted.iter().all(|item| recommended.contains(item)), recommended)
            }
            other => Err(format!("what came of it: {other:?}")),
        }
    }

    /// Fails unless what was entered last came late, or did not.
    pub(crate) fn form_late(&self, wanted: bool) -> Result<(), String> {
        match &self.registers.outcome {
            Some(Outcome::Saved { late, .. }) => super::expect(*late == wanted, late),
            other => Err(format!("what came of it: {other:?}")),
        }
    }

    /// The ids of `client` and of whoever `by` names.
    pub(super) fn both(&mut self, by: &str, client: &str) -> (PersonId, ClientId) {
        (self.person(by), self.client(client))
    }
}

/// Without a name there is no real name either, and so on: what stands for a missing item is missing.
fn without_synonyms(items: BTreeSet<Item>, missing: &[Item]) -> BTreeSet<Item> {
    let gone = |item: &Item| {
        missing.iter().any(|lost| match lost {
            Item::Name | Item::RealName => matches!(item, Item::Name | Item::RealName),
            Item::Surname => matches!(item, Item::Name | Item::RealName | Item::Surname),
            Item::Contact => matches!(item, Item::Telephone | Item::Contact),
            other => item == other,
        })
    };
    items.into_iter().filter(|item| !gone(item)).collect()
}
