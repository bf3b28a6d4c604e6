//! The decisions about registers and client files.

mod contacts;
mod files;
mod lists;
mod rows;

use rulebook::{Decision, Trail, Undecided};

use super::{
    command::{Command, Outcome},
    events::Event,
    rules::{Item, Rules},
    state::Book,
};
use crate::{calendar::Moment, people::Actor};

pub use rows::{due_at, missing_of};

/// Decides `command` of `actor` about `book` at `at`.
///
/// A refusal is a decision too: it has reasons and no events.
#[must_use]
pub fn decide(
    rules: &Rules,
    book: &Book,
    command: &Command,
    actor: &Actor,
    at: Moment,
) -> Decision<Outcome, Event> {
    let mut case = Case { rules, book, actor, at, trail: Trail::default(), events: Vec::new() };
    let (outcome, events) = match case.carry_out(command) {
        Ok(outcome) => (outcome, std::mem::take(&mut case.events)),
        Err(Halt::Refused(reason, missing)) => {
            case.trail.holds(reason, true, Vec::new());
            (Outcome::Refused { reason: reason.into(), missing }, Vec::new())
        }
        Err(Halt::Undecided(Undecided { setting })) => (Outcome::Undecided { setting }, Vec::new()),
    };
    Decision { outcome, events, because: case.trail.because() }
}

/// Why a command stops halfway.
#[derive(Debug)]
enum Halt {
    /// It is not possible, for want of these items where some are named.
    Refused(&'static str, Vec<Item>),
    /// A setting is missing.
    Undecided(Undecided),
}

impl Halt {
    const fn refused(reason: &'static str) -> Self {
        Self::Refused(reason, Vec::new())
    }
}

impl From<Undecided> for Halt {
    fn from(undecided: Undecided) -> Self {
        Self::Undecided(undecided)
    }
}

/// The book on the table.
struct Case<'a> {
    rules: &'a Rules,
    book: &'a Book,
    actor: &'a Actor,
    at: Moment,
    trail: Trail,
    events: Vec<Event>,
}

impl Case<'_> {
    fn carry_out(&mut self, command: &Command) -> Result<Outcome, Halt> {
        match command {
            Command::Begin { contact } => self.begin(contact),
            Command::End { id } => self.end(*id),
            Command::Code { id, purpose } => self.code(*id, *purpose),
            Command::Save { row, register, contact, by, client, items, refused, signed } => {
                let entry = rows::Entry {
                    row: *row,
                    register: *register,
                    contact: *contact,
                    by: *by,
                    client: *client,
                    items,
                    refused,
                    signed: *signed,
                };
                self.save(&entry)
            }
            Command::HandOver { row } => self.hand_over(*row),
            Command::Confirm { row } => self.confirm(*row),
            Command::SlipIn { before } => self.slip_in(*before),
            Command::NumberPersonal { public, personal } => {
                self.number_personal(*public, *personal)
            }
            Command::Sample { row, is_true } => self.sample(*row, *is_true),
            Command::Import { rows, doubles, owned, do_not_call, source } => {
                self.import(*rows, *doubles, [*owned, *do_not_call], *source)
            }
            Command::Book { client, at, channel } => self.book_time(*client, *at, *channel),
            Command::Keep { keeper } => self.keep(*keeper),
            other => self.about_file(other),
        }
    }

    fn emit(&mut self, event: Event) {
        self.events.push(event);
    }
}
