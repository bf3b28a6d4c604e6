//! The decisions about a deal.

mod agree;
mod close;
mod post;
mod situation;

use rulebook::{Decision, Trail, Undecided};

use super::{
    command::{Command, Outcome},
    events::Event,
    rules::Rules,
    share::{PersonShare, add_up},
    state::{Circumstances, Deal},
};
use crate::{
    calendar::Moment,
    money::AMOUNT_MAX,
    people::{Actor, PersonId},
};

pub use situation::{Classified, classify};

/// Decides `command` of `actor` about `deal` at `at`.
///
/// A refusal is a decision too: it has reasons and no events. A deal that closes is on record even
/// where nobody has decided how it is shared; it waits for a ruling then.
#[must_use]
pub fn decide(
    rules: &Rules,
    deal: &Deal,
    command: &Command,
    actor: &Actor,
    at: Moment,
) -> Decision<Outcome, Event> {
    let (trail, events) = (Trail::default(), Vec::new());
    let mut case = Case { rules, deal: deal.clone(), actor, at, trail, events };
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

/// A deal on the table: what is decided so far is in effect for what comes after.
struct Case<'a> {
    rules: &'a Rules,
    deal: Deal,
    actor: &'a Actor,
    at: Moment,
    trail: Trail,
    events: Vec<Event>,
}

impl Case<'_> {
    fn carry_out(&mut self, command: &Command) -> Result<Outcome, Halt> {
        if let Command::Record { client, closer, circumstances, stage, currency, .. } = command {
            if self.deal.client.is_some() {
                return Err(Halt::Refused("recorded_already"));
            }
            let (client, closer, currency) = (*client, *closer, *currency);
            self.emit(Event::Recorded { client, closer, currency });
            self.know(circumstances)?;
            let Command::Record { price, commission, .. } = command else {
                return Ok(Outcome::Nothing);
            };
            self.set_amounts(*price, *commission)?;
            return self.reach(*stage);
        }
        if self.deal.client.is_none() {
            return Err(Halt::Refused("no_such_deal"));
        }
        if self.deal.cancelled_at.is_some() {
            return Err(Halt::Refused("deal_cancelled"));
        }
        // Deadlines pass before anything else happens.
        let settled = self.settle()?;
        match command {
            Command::Record { .. } => Err(Halt::Refused("recorded_already")),
            Command::Advance { stage, circumstances } => {
                if self.deal.stage() >= Some(*stage) {
                    return Err(Halt::Refused("stage_reached_already"));
                }
                if self.deal.closed_at.is_none() {
                    let mut known = circumstances.clone();
                    if known.fixed.is_empty() {
                        // What was ruled before holds.
                        known.fixed.clone_from(&self.deal.circumstances.fixed);
                    }
                    self.know(&known)?;
                }
                self.reach(*stage)
            }
            Command::SetAmounts { price, commission } => {
                self.set_amounts(*price, *commission)?;
                self.post();
                Ok(self.outcome())
            }
            Command::Propose { by, shares } => self.propose(*by, shares),
            Command::Confirm { by } => self.confirm(*by),
            Command::Decline { by } => self.decline(*by),
            Command::Cancel => {
                self.trail.holds("deal_called_off", true, Vec::new());
                self.emit(Event::Cancelled);
                self.post();
                Ok(Outcome::Cancelled)
            }
            Command::Rule { shares } => self.rule(shares),
            Command::Recompute { circumstances } => self.recompute(circumstances),
            Command::Settle => Ok(settled.unwrap_or(Outcome::Nothing)),
        }
    }

    fn emit(&mut self, event: Event) {
        self.deal.evolve(&event, self.at);
        self.events.push(event);
    }

    fn know(&mut self, circumstances: &Circumstances) -> Result<(), Halt> {
        if !circumstances.fixed.is_empty() {
            whole(&circumstances.fixed)?;
        }
        if *circumstances != self.deal.circumstances {
            self.emit(Event::Known { circumstances: circumstances.clone() });
        }
        Ok(())
    }

    fn set_amounts(&mut self, price: Option<i64>, commission: Option<i64>) -> Result<(), Halt> {
        let possible = |amount: &i64| (0..=AMOUNT_MAX).contains(amount);
        if ![price, commission].iter().flatten().all(possible) {
            return Err(Halt::Refused("amount_not_possible"));
        }
        if (price, commission) != (self.deal.price, self.deal.commission) {
            self.emit(Event::AmountsSet { price, commission });
        }
        Ok(())
    }

    /// What has come of the deal so far.
    fn outcome(&self) -> Outcome {
        match &self.deal.pending {
            Some(pending) => Outcome::Waits { pending: pending.clone() },
            None if self.deal.is_closed() => Outcome::Shared { parts: self.deal.parts.clone() },
            None => Outcome::Recorded,
        }
    }

    fn is_party(&self, person: PersonId) -> bool {
        self.deal.parties.contains(&person)
    }
}

/// Refuses `shares` that do not add up to one, or that name somebody twice.
fn whole(shares: &[PersonShare]) -> Result<(), Halt> {
    let parts: Vec<_> = shares.iter().map(|part| part.share).collect();
    let mut people: Vec<PersonId> = shares.iter().map(|part| part.person).collect();
    people.sort_unstable();
    people.dedup();
    if people.len() == shares.len() && add_up(&parts) {
        Ok(())
    } else {
        Err(Halt::Refused("shares_do_not_add_up"))
    }
}
