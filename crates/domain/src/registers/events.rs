//! What happens to registers and files, and how the book follows.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{
    rules::{BookingChannel, FeedbackKind, Item, Purpose, Register},
    state::{Appointment, Book, Change, Contact, ContactId, File, Row, RowId},
};
use crate::{
    calendar::Moment,
    people::{ClientId, PersonId},
};

/// Something that happened; the moment is the command's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names and field names say it; evolve says what each does")]
pub enum Event {
    Begun { contact: Contact },
    Ended { id: ContactId },
    Coded { id: ContactId, purpose: Purpose },
    RowSaved { row: Row },
    HandedOver { row: RowId },
    Confirmed { row: RowId },
    FoundUntrue { row: RowId },
    FileSaved { client: ClientId, by: PersonId, items: BTreeSet<Item> },
    CardMade { client: ClientId, register: Register },
    Changed { client: ClientId, change: Change },
    ChangeProposed { client: ClientId, change: Change },
    OwnerTold { client: ClientId, owner: PersonId },
    Deleted { client: ClientId },
    SaidSomething { client: ClientId, kind: FeedbackKind },
    Referred { client: ClientId, referred: ClientId },
    KeeperChanged { keeper: PersonId },
    Booked { client: ClientId, at: Moment, channel: BookingChannel },
    ChannelNoted { client: ClientId, at: Moment, channel: BookingChannel },
}

impl Book {
    /// Follows `event`, which happened at `at`.
    pub fn evolve(&mut self, event: &Event, at: Moment) {
        match event {
            Event::Begun { contact } => {
                self.last_number = contact.number.unwrap_or(0).max(self.last_number);
                self.contacts.push(contact.clone());
            }
            Event::Ended { id } => self.with_contact(*id, |contact| contact.ended_at = Some(at)),
            Event::Coded { id, purpose } => {
                self.with_contact(*id, |contact| contact.purpose = Some(*purpose));
            }
            Event::RowSaved { row } => {
                match self.rows.iter_mut().find(|known| known.id == row.id) {
                    Some(known) => *known = row.clone(),
                    None => self.rows.push(row.clone()),
                }
            }
            Event::HandedOver { row } => self.with_row(*row, |row| row.handed_over_at = Some(at)),
            Event::Confirmed { row } => self.with_row(*row, |row| row.confirmed_at = Some(at)),
            Event::FoundUntrue { row } => self.with_row(*row, |row| row.untrue = true),
            Event::KeeperChanged { keeper } => self.keepers.push((*keeper, at)),
            Event::Booked { client, at, channel } => {
                let channels = vec![*channel];
                self.appointments.push(Appointment { client: *client, at: *at, channels });
            }
            Event::ChannelNoted { client, at, channel } => {
                let known = self.appointments.iter_mut();
                for appointment in known.filter(|a| a.client == *client && a.at == *at) {
                    appointment.channels.push(*channel);
                }
            }
            Event::Deleted { client } => {
                self.files.remove(client);
            }
            other => self.evolve_file(other, at),
        }
    }

    fn evolve_file(&mut self, event: &Event, at: Moment) {
        match event {
            Event::FileSaved { client, by, items } => {
                let file = self.files.entry(*client).or_default();
                file.owner = file.owner.or(Some(*by));
                file.items.extend(items);
                file.confirmed_at = Some(at);
            }
            Event::CardMade { client, register } => {
                self.with_file(*client, |file| {
                    file.cards.insert(*register);
                });
            }
            Event::Changed { client, change } => self.with_file(*client, |file| {
                file.proposed.retain(|proposed| proposed.item != change.item);
                file.changes.push(*change);
                file.confirmed_at = Some(at);
            }),
            Event::ChangeProposed { client, change } => {
                self.with_file(*client, |file| file.proposed.push(*change));
            }
            Event::SaidSomething { client, kind } => {
                self.with_file(*client, |file| file.feedback.push(*kind));
            }
            Event::Referred { client, referred } => self.with_file(*client, |file| {
                file.referred.insert(*referred);
            }),
            // Whoever is told reads it in the journal.
            _ => {}
        }
    }

    fn with_contact(&mut self, id: ContactId, change: impl FnOnce(&mut Contact)) {
        if let Some(contact) = self.contacts.iter_mut().find(|contact| contact.id == id) {
            change(contact);
        }
    }

    fn with_row(&mut self, id: RowId, change: impl FnOnce(&mut Row)) {
        if let Some(row) = self.rows.iter_mut().find(|row| row.id == id) {
            change(row);
        }
    }

    fn with_file(&mut self, client: ClientId, change: impl FnOnce(&mut File)) {
        change(self.files.entry(client).or_default());
    }
}
