//! The decisions about a client.

mod close;
mod convert;
mod distribution;
mod filing;
mod handover;
mod identity;
mod joint;
mod leaving;
mod origin;
mod pool;
mod register;
mod standing;
mod warning;

use rulebook::{Decision, Trail, Undecided};

use super::{
    command::{Command, Outcome},
    events::Event,
    rules::Rules,
    state::{Basis, Client, Right},
};
use crate::{calendar::Moment, people::Actor};

pub use convert::{Change, Effect, convert, effect};
pub use distribution::{
    Candidate, Goes, Lead, Suggested, enquiry_goes, next_by_method, queue, suggest,
};
pub use identity::{Likeness, Sameness, sameness};
pub use joint::holders;
pub use leaving::{Clearance, clearance};
pub use origin::speaks;
pub use pool::{Pooled, pooled};
pub use register::registration_due;
pub use standing::{Standing, standing};
pub use warning::{Warning, warning};

/// Decides `command` of `actor` about `client` at `at`.
///
/// A refusal is a decision too: it has reasons and no events.
#[must_use]
pub fn decide(
    rules: &Rules,
    client: &Client,
    command: &Command,
    actor: &Actor,
    at: Moment,
) -> Decision<Outcome, Event> {
    let mut case = Case {
        rules,
        client: client.clone(),
        actor,
        at,
        trail: Trail::default(),
        events: Vec::new(),
    };
    let (outcome, events) = match case.carry_out(command) {
        Ok(outcome) => (outcome, std::mem::take(&mut case.events)),
        Err(Halt::Refused(reason)) => {
            case.trail.holds(reason, true, Vec::new());
            (Outcome::Refused { reason: reason.into() }, Vec::new())
        }
        Err(Halt::Undecided(Undecided { setting })) => (Outcome::Undecided { setting }, Vec::new()),
    };
    Decision { outcome, events, because: case.trail.because() }
}

/// Why a command stops halfway.
#[derive(Debug)]
enum Halt {
    /// It is not possible.
    Refused(&'static str),
    /// A setting is missing.
    Undecided(Undecided),
}

impl From<Undecided> for Halt {
    fn from(undecided: Undecided) -> Self {
        Self::Undecided(undecided)
    }
}

/// A client on the table: what is decided so far is in effect for what comes after.
struct Case<'a> {
    rules: &'a Rules,
    client: Client,
    actor: &'a Actor,
    at: Moment,
    trail: Trail,
    events: Vec<Event>,
}

impl Case<'_> {
    fn carry_out(&mut self, command: &Command) -> Result<Outcome, Halt> {
        match command {
            Command::Register { id, by, channel, fields, signed } => {
                self.register(*id, *by, *channel, fields, *signed)
            }
            Command::Complete { id, fields, signed } => self.complete(*id, fields, *signed),
            Command::Contact { by, kind, complete } => Ok(self.contact(*by, *kind, *complete)),
            Command::Received { by, origin } => self.received(*by, origin),
            Command::Assign { to } => self.assign(*to),
            Command::Distribute { to, left } => self.distribute(*to, *left),
            Command::Change { to } => self.change(*to),
            Command::Close { by, buyer } => self.close(*by, *buyer),
            Command::CancelClosing => self.cancel_closing(),
            Command::Claim { by, evidence, recorded_at } => {
                self.claim(*by, *evidence, *recorded_at)
            }
            Command::Rule { owner } => self.rule(*owner),
            Command::Countersign { id } => self.countersign(*id),
            Command::File { id, by } => self.file(*id, *by),
            Command::ConfirmFiling { id, came_at } => self.confirm_filing(*id, *came_at),
            Command::Share { holdings } => self.share(holdings),
            Command::ConfirmShare => self.confirm_share(),
            Command::Acknowledge { by } => self.acknowledge(*by),
            Command::Release { by, left } => self.release(*by, *left),
            Command::Take { by, held, taken_today } => self.take(*by, *held, *taken_today),
        }
    }

    fn emit(&mut self, event: Event) {
        self.client.evolve(&event, self.at);
        self.events.push(event);
    }

    fn standing(&mut self) -> Result<Option<Standing>, Undecided> {
        standing(self.rules, &self.client, self.at, &mut self.trail)
    }

    /// Whose it was when the deal closed, as if it had not; whose it is, where none closed.
    fn standing_before_closing(&mut self) -> Result<Option<Standing>, Undecided> {
        let at = self.client.closing.map_or(self.at, |closing| closing.at);
        let open = Client { closing: None, ..self.client.clone() };
        standing(self.rules, &open, at, &mut self.trail)
    }

    fn owned(&mut self) -> Result<Outcome, Halt> {
        Ok(Outcome::Owned { owner: self.standing()?.map(|standing| standing.owner) })
    }

    fn lives(&mut self, right: &Right) -> Result<bool, Undecided> {
        let life = standing::lives(self.rules, &self.client, right, self.at, &mut self.trail)?;
        Ok(matches!(life, standing::Life::Lives { .. }))
    }

    fn rank_of(&self, basis: Basis) -> u8 {
        standing::rank(self.rules.first.principle.value().copied(), basis)
    }
}
