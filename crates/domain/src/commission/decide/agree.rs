//! The parties agree on their parts, or somebody in authority rules.

use rulebook::facts;

use super::{
    super::{
        command::Outcome,
        events::Event,
        share::PersonShare,
        state::{Basis, Pending},
    },
    Case, Halt, whole,
};
use crate::people::PersonId;

impl Case<'_> {
    pub(super) fn propose(
        &mut self,
        by: PersonId,
        shares: &[PersonShare],
    ) -> Result<Outcome, Halt> {
        self.may_agree(by)?;
        whole(shares)?;
        if !shares.iter().all(|part| self.is_party(part.person)) {
            return Err(Halt::Refused("not_a_party"));
        }
        if self.deal.proposal.as_ref().is_some_and(|known| same(&known.shares, shares)) {
            return self.confirm(by);
        }
        self.emit(Event::Proposed { by, shares: shares.to_vec() });
        Ok(self.agreed())
    }

    pub(super) fn confirm(&mut self, by: PersonId) -> Result<Outcome, Halt> {
        self.may_agree(by)?;
        let Some(proposal) = &self.deal.proposal else {
            return Err(Halt::Refused("nothing_proposed"));
        };
        if proposal.confirmed.contains(&by) {
            return Err(Halt::Refused("confirmed_already"));
        }
        self.emit(Event::Confirmed { by });
        Ok(self.agreed())
    }

    pub(super) fn decline(&mut self, by: PersonId) -> Result<Outcome, Halt> {
        self.may_agree(by)?;
        if self.deal.proposal.is_none() {
            return Err(Halt::Refused("nothing_proposed"));
        }
        self.trail.holds("parties_agree", false, facts![person = by]);
        self.emit(Event::Declined { by });
        Ok(self.outcome())
    }

    /// Only parties agree, after the closing, where the rulebook leaves it to them.
    fn may_agree(&mut self, by: PersonId) -> Result<(), Halt> {
        if self.deal.closed_at.is_none() {
            return Err(Halt::Refused("not_closed"));
        }
        if !self.is_party(by) {
            return Err(Halt::Refused("not_a_party"));
        }
        if self.deal.basis == Some(Basis::Ruling) {
            return Err(Halt::Refused("ruled_already"));
        }
        if !matches!(self.deal.pending, Some(Pending::Agreement { .. })) {
            let allowed = &self.rules.sharing.agreement;
            let may = *allowed.decided()?;
            self.trail.cite("may_agree", may, allowed, Vec::new());
            if !may {
                return Err(Halt::Refused("parts_are_certain"));
            }
        }
        Ok(())
    }

    /// Once every party has agreed, the parts are theirs.
    fn agreed(&mut self) -> Outcome {
        let Some(proposal) = self.deal.proposal.clone() else { return self.outcome() };
        let missing =
            self.deal.parties.iter().filter(|party| !proposal.confirmed.contains(party)).count();
        let situation = self.deal.situation;
        let clauses = situation.and_then(|situation| self.rules.split_of(situation)).cloned();
        let all = missing == 0;
        match &clauses {
            Some(split) => self.trail.cite("all_agreed", all, split, facts![missing]),
            None => self.trail.holds("all_agreed", all, facts![missing]),
        };
        if !all {
            return self.outcome();
        }
        let clauses = clauses.map(|split| split.clauses).unwrap_or_default();
        self.share(proposal.shares, Basis::Agreement, &clauses)
    }

    pub(super) fn rule(&mut self, shares: &[PersonShare]) -> Result<Outcome, Halt> {
        self.authority()?;
        whole(shares)?;
        let party = |person: PersonId| {
            self.is_party(person) || shares.iter().any(|part| part.person == person)
        };
        let own = self.actor.person.is_some_and(party);
        self.trail.holds("own_case", own, Vec::new());
        if own {
            return Err(Halt::Refused("own_case"));
        }
        if self.deal.closed_at.is_none() {
            // It holds from the closing on.
            let mut circumstances = self.deal.circumstances.clone();
            circumstances.fixed = shares.to_vec();
            self.emit(Event::Known { circumstances });
            return Ok(self.outcome());
        }
        let clauses = self.rules.sharing.ruled_by.clauses.clone();
        Ok(self.share(shares.to_vec(), Basis::Ruling, &clauses))
    }

    pub(super) fn authority(&mut self) -> Result<(), Halt> {
        let setting = &self.rules.sharing.ruled_by;
        let may = self.actor.is_any(setting.decided()?);
        self.trail.cite("may", may, setting, Vec::new());
        if may { Ok(()) } else { Err(Halt::Refused("not_allowed")) }
    }
}

/// Whether both give everybody the same; who has nothing need not be named.
fn same(one: &[PersonShare], other: &[PersonShare]) -> bool {
    let within = |some: &[PersonShare], all: &[PersonShare]| {
        some.iter().all(|part| part.share.is_nothing() || all.contains(part))
    };
    within(one, other) && within(other, one)
}
