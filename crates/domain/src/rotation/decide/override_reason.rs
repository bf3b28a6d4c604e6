//! When somebody departs from the order or takes somebody out of it: the reason, and who learns of it.

use rulebook::facts;

use super::{
    super::{
        events::{Event, Prompt},
        rules::{Passing, Reason, Role, Unfit},
        state::RingId,
    },
    Halt,
    desk::Desk,
};
use crate::people::PersonId;

impl Desk<'_> {
    /// Refuses a visitor given to somebody without the reason that the rulebook wants.
    pub(super) fn check_reason(&mut self, reason: Option<Reason>) -> Result<(), Halt> {
        let required = self.rules.assigned.reason_required.clone();
        if required.value() != Some(&true) {
            return Ok(());
        }
        let said = reason.map_or("none", |reason| reason.word());
        self.trail.cite("reason_given", reason.is_some(), &required, facts![reason = said]);
        if reason.is_none() {
            return Err(Halt::Refused("reason_needed"));
        }
        self.prompt(Prompt::Overridden(Role::Manager), None, None);
        Ok(())
    }

    /// What it does to whoever is on turn that `receiver` was given the visitor.
    pub(super) fn pass_over(
        &mut self,
        ring: RingId,
        on_turn: Option<PersonId>,
        receiver: PersonId,
    ) {
        let Some(person) = on_turn.filter(|person| *person != receiver) else { return };
        let by = self.rules.assigned.on_turn.clone();
        self.trail.cite("passed_over", true, &by, facts![person, receiver]);
        let round = self.ring(ring).round;
        if self.ring(ring).done.contains_key(&person) {
            return;
        }
        match by.value() {
            Some(Passing::Kept) => {}
            None => self.prompt(Prompt::Undecided, None, None),
            Some(_) => self.pass_with(ring, round, person, &by),
        }
    }

    /// Refuses a ground beyond those that the rulebook lists, unless a reason is given; the
    /// manager learns of it then.
    pub(super) fn check_ground(
        &mut self,
        person: PersonId,
        ground: Option<Unfit>,
        reason: Option<Reason>,
    ) -> Result<(), Halt> {
        let members = self.rules.members.clone();
        let listed = members.grounds.value().cloned().unwrap_or_default();
        let known = ground.is_some_and(|ground| listed.contains(&ground));
        let kind = ground.map_or("none", |ground| ground.word());
        self.trail.cite("ground", known, &members.grounds, facts![person, kind]);
        if known || members.grounds_closed.value() != Some(&true) {
            return Ok(());
        }
        let said = reason.map_or("none", |reason| reason.word());
        let given = reason.is_some();
        self.trail.cite("reason_given", given, &members.grounds_closed, facts![reason = said]);
        if !given {
            return Err(Halt::Refused("ground_not_listed"));
        }
        self.prompt(Prompt::Overridden(Role::Manager), None, None);
        Ok(())
    }

    /// Proposes a breach to whoever confirms breaches, where declining is one.
    pub(super) fn propose_breach(&mut self, person: PersonId) {
        let setting = self.rules.offer.decline_is_breach.clone();
        if setting.value() == Some(&true) {
            let kind = super::super::rules::BreachKind::Refuse;
            self.trail.cite("breach_proposed", true, &setting, facts![person, kind = kind.word()]);
            self.emit(Event::Prompted {
                prompt: Prompt::BreachProposed(kind),
                to: None,
                visit: None,
            });
        }
    }
}
