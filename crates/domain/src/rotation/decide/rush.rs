//! A rush: more visitors than the ring can handle, and the order is left aside.

use rulebook::facts;

use super::{
    super::{
        command::Outcome,
        events::Event,
        rules::{Receiver, SituationRules},
        state::RingId,
    },
    Halt,
    chain::Found,
    desk::Desk,
};
use crate::people::PersonId;

impl Desk<'_> {
    pub(super) fn set_rush(&mut self, on: bool) -> Result<Outcome, Halt> {
        self.open_date()?;
        let allowed = self.rules.rush.allowed.clone();
        let may = *allowed.decided()?;
        self.trail.cite("rush_allowed", may, &allowed, Vec::new());
        if !may {
            return Err(Halt::Refused("rush_not_allowed"));
        }
        let by = self.rules.rush.called_by.clone();
        self.require(&by, "may_not_call_rush")?;
        self.emit(Event::RushSet { on });
        Ok(Outcome::Done)
    }

    /// Whether the order is left aside for a situation that the ring would deal.
    pub(super) fn in_rush(&self, rules: &SituationRules) -> bool {
        let first = rules.receiver.value().and_then(|chain| chain.first());
        self.floor.rush.is_some() && first == Some(&Receiver::OnTurn)
    }

    /// Who receives in a rush: whoever steps up, else whoever is free, else trial staff. Nobody
    /// who is passed by loses anything.
    pub(super) fn find_in_rush(&mut self, ring: RingId, rules: &mut SituationRules) -> Found {
        let allowed = self.rules.rush.allowed.clone();
        rules.turn = self.rules.rush.turn.clone();
        self.found_by_ring = false;
        let free = self.free_in_order(ring);
        let trial = self.free_trial_staff();
        let steps_up = self.steps_up.filter(|p| free.contains(p) || trial.contains(p));
        let Some(person) = steps_up.or(free.first().copied()).or(trial.first().copied()) else {
            return Found::Nobody;
        };
        self.trail.cite("order_left_aside", true, &allowed, facts![person]);
        if !free.contains(&person) {
            let by = self.rules.rush.trial_staff.clone();
            self.trail.cite("trial_staff_may_help", true, &by, facts![person]);
            rules.owner = self.rules.rush.trial_owner.clone();
        }
        Found::Person(person)
    }

    /// Trial staff who are free, where they may help in the rush that there is.
    fn free_trial_staff(&self) -> Vec<PersonId> {
        if !self.rush_takes_trial_staff() {
            return Vec::new();
        }
        let trial = self.floor.people.iter().filter(|(_, member)| {
            member.profile.rotates && (!member.profile.certified || member.profile.trial)
        });
        trial.map(|(person, _)| *person).filter(|person| self.is_free(*person)).collect()
    }

    /// Whether there is a rush in which trial staff may help.
    pub(super) fn rush_takes_trial_staff(&self) -> bool {
        self.floor.rush.is_some() && self.rules.rush.trial_staff.value() == Some(&true)
    }
}
