//! Another consultant takes over: by authority, after a leaver, for cause, by a ruling.

use rulebook::{ClauseId, Setting, facts};

use super::{
    super::{
        command::Outcome,
        events::Event,
        rules::{Evidence, LeaverClients},
        state::{Basis, Right},
    },
    Case, Halt,
    standing::days_between,
};
use crate::{
    calendar::Moment,
    people::{PersonId, Role},
};

impl Case<'_> {
    pub(super) fn assign(&mut self, to: PersonId) -> Result<Outcome, Halt> {
        let rules = self.rules;
        let lead = self.client.awaits.is_some();
        let setting =
            if lead { &rules.distribution.decided_by } else { &rules.handover.distributed_by };
        self.authority(setting)?;
        let outcome = self.hand_over(to, Basis::Assigned, self.at, &setting.clauses)?;
        self.notify(to);
        Ok(outcome)
    }

    pub(super) fn change(&mut self, to: PersonId) -> Result<Outcome, Halt> {
        let setting = self.rules.handover.changed_by.clone();
        self.authority(&setting)?;
        self.hand_over(to, Basis::Assigned, self.at, &setting.clauses)
    }

    pub(super) fn distribute(&mut self, to: PersonId, left: bool) -> Result<Outcome, Halt> {
        let rules = self.rules.handover.clone();
        self.authority(&rules.distributed_by)?;
        self.trail.holds("owner_has_left", left, facts![person = to]);
        if !left {
            return Err(Halt::Refused("owner_has_not_left"));
        }
        let leaver = self.trail.apply("leavers_clients", &rules.leaver, facts![person = to])?;
        if leaver != LeaverClients::Distributed {
            return Err(Halt::Refused("not_distributed"));
        }
        let before = self.standing()?;
        let restarts = *rules.validity_restarts.decided()?;
        self.trail.cite("validity_restarts", restarts, &rules.validity_restarts, Vec::new());
        let from = match before {
            Some(before) if !restarts => before.renewed,
            _ => self.at,
        };
        let outcome =
            self.hand_over(to, Basis::Distributed, from, &rules.distributed_by.clauses)?;
        self.notify(to);
        Ok(outcome)
    }

    pub(super) fn authority(&mut self, setting: &Setting<Vec<Role>>) -> Result<(), Halt> {
        let may = self.actor.is_any(setting.decided()?);
        self.trail.cite("may", may, setting, Vec::new());
        if may { Ok(()) } else { Err(Halt::Refused("not_allowed")) }
    }

    pub(super) fn hand_over(
        &mut self,
        to: PersonId,
        basis: Basis,
        from: Moment,
        clauses: &[ClauseId],
    ) -> Result<Outcome, Halt> {
        self.end_rights(clauses);
        let days = self.days_of(basis);
        self.emit(Event::RightFounded { right: Right { by: to, basis, from, days, ended: None } });
        self.owned()
    }

    /// Whoever has a right has none from now on, by `clauses`; nor does anybody share the client.
    pub(super) fn end_rights(&mut self, clauses: &[ClauseId]) {
        let mut losers: Vec<PersonId> = Vec::new();
        for right in self.client.rights.iter().filter(|right| right.stands(self.at)) {
            if !losers.contains(&right.by) {
                losers.push(right.by);
            }
        }
        for by in losers {
            self.emit(Event::RightEnded { by, clauses: clauses.to_vec() });
        }
        if self.client.joint.is_some() {
            self.emit(Event::ShareEnded);
        }
    }

    pub(super) fn claim(
        &mut self,
        by: PersonId,
        evidence: Evidence,
        recorded_at: Moment,
    ) -> Result<Outcome, Halt> {
        if recorded_at > self.at {
            return Err(Halt::Refused("recorded_in_future"));
        }
        if let Some(closing) = self.client.closing {
            let rules = self.rules.claim.clone();
            if let Some(window) = rules.window_days.limit()?.copied() {
                let first = match rules.counted_from.decided()? {
                    super::super::rules::CountedFrom::ThatDay => 1,
                    super::super::rules::CountedFrom::NextDay => 0,
                };
                let day = days_between(closing.at, self.at) + first;
                let held = day <= i64::from(window);
                let closed_at = closing.at;
                self.trail.cite(
                    "claimed_in_time",
                    held,
                    &rules.window_days,
                    facts![day, window, closed_at],
                );
                if !held {
                    return Err(Halt::Refused("claimed_too_late"));
                }
            }
        }
        let known = self.rules.registration.evidence.clone();
        let counts = known.decided()?.contains(&evidence);
        self.trail.cite("evidence_counts", counts, &known, facts![evidence = evidence.word()]);
        if !counts {
            return Err(Halt::Refused("evidence_does_not_count"));
        }
        self.emit(Event::Claimed { by });
        let owner = self.standing_before_closing()?.map(|standing| standing.owner);
        Ok(Outcome::ClaimHeard { owner })
    }

    pub(super) fn rule(&mut self, owner: PersonId) -> Result<Outcome, Halt> {
        let setting = self.rules.claim.decided_by.clone();
        self.authority(&setting)?;
        let party = |person: PersonId| Some(person) == self.actor.person;
        let disputed = self.client.dispute.iter().flat_map(|dispute| &dispute.between);
        let own = party(owner)
            || self.client.rights.iter().any(|right| party(right.by))
            || disputed.copied().any(party);
        self.trail.holds("own_case", own, Vec::new());
        if own {
            return Err(Halt::Refused("own_case"));
        }
        let outcome = self.hand_over(owner, Basis::Ruling, self.at, &setting.clauses)?;
        if self.client.dispute.is_some() {
            self.emit(Event::DisputeSettled);
        }
        if self.client.closing.is_some() {
            self.emit(Event::ClosingOwnerSet { owner });
            return self.owned();
        }
        Ok(outcome)
    }
}
