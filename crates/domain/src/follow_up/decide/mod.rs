//! The decisions about following a client up.

mod calendar;
mod cases;
mod classes;
mod due;
mod end;
mod open;
mod record;

use rulebook::{Decision, Trail, Undecided};

use super::{
    command::{Circumstances, Command, Outcome},
    events::Event,
    rules::{Field, Rules},
    state::Tracking,
};
use crate::calendar::Moment;

pub use calendar::{visits_short, wakes};

/// Decides `command` about the client of `tracking` at `at`.
///
/// A refusal is a decision too: it has reasons and no events.
#[must_use]
pub fn decide(
    rules: &Rules,
    tracking: &Tracking,
    command: &Command,
    known: &Circumstances,
    at: Moment,
) -> Decision<Outcome, Event> {
    let mut desk = Desk {
        rules,
        tracking: tracking.clone(),
        known,
        at,
        trail: Trail::default(),
        events: Vec::new(),
    };
    let (outcome, events) = match desk.carry_out(command) {
        Ok(outcome) => (outcome, std::mem::take(&mut desk.events)),
        Err(Halt::Refused(reason)) => {
            desk.trail.holds(reason, true, Vec::new());
            (Outcome::Refused { reason: reason.into() }, Vec::new())
        }
        Err(Halt::Lacking(missing)) => (Outcome::Lacking { missing }, Vec::new()),
        Err(Halt::Undecided(Undecided { setting })) => (Outcome::Undecided { setting }, Vec::new()),
    };
    Decision { outcome, events, because: desk.trail.because() }
}

/// Why a command stops halfway.
#[derive(Debug)]
enum Halt {
    /// It is not possible.
    Refused(&'static str),
    /// Something is missing.
    Lacking(Vec<Field>),
    /// A setting is missing.
    Undecided(Undecided),
}

impl From<Undecided> for Halt {
    fn from(undecided: Undecided) -> Self {
        Self::Undecided(undecided)
    }
}

/// A client on the desk: what is decided so far is in effect for what comes after.
struct Desk<'a> {
    rules: &'a Rules,
    tracking: Tracking,
    known: &'a Circumstances,
    at: Moment,
    trail: Trail,
    events: Vec<Event>,
}

impl Desk<'_> {
    fn carry_out(&mut self, command: &Command) -> Result<Outcome, Halt> {
        self.tell();
        match command {
            Command::Happened { trigger, by, agreed, fields } => {
                self.happened(*trigger, *by, *agreed, fields)
            }
            Command::Record(entry) => self.record(entry),
            Command::Contacted { by, means } => Ok(self.contacted(*by, *means)),
            Command::Classify { class } => self.classify(*class),
            Command::Grade { sales } => self.grade(*sales),
            Command::Describe { key, tags, service } => {
                let (key, tags, service) = (*key, tags.clone(), *service);
                self.emit(Event::Described { key, tags, service });
                Ok(Outcome::Noted)
            }
            Command::Delay { task, until, fields } => self.delay(*task, *until, fields),
            Command::AskForQuiet => Ok(self.ask_for_quiet()),
            Command::End { by, refused, fields } => self.end(*by, *refused, fields),
            Command::ConfirmFile => {
                self.emit(Event::FileConfirmed);
                Ok(Outcome::Noted)
            }
            Command::OpenCase { id, flow } => self.open_case(*id, *flow),
            Command::Advance { id, step, by } => self.advance(*id, *step, *by),
            Command::Introduce { client } => {
                self.emit(Event::Introduced { client: *client });
                Ok(Outcome::Noted)
            }
            Command::OpenDay => self.open_day(),
        }
    }

    fn emit(&mut self, event: Event) {
        self.tracking.evolve(&event, self.at);
        self.events.push(event);
    }

    /// Notes that the client is known now, and whose client it is.
    fn tell(&mut self) {
        if self.tracking.since.is_none() {
            self.emit(Event::Known);
        }
        if let Some(owner) = self.known.owner.filter(|owner| self.tracking.owner != Some(*owner)) {
            self.emit(Event::OwnerTold { owner });
        }
    }
}
