//! A deal is closed, by whom and for whom.

use rulebook::facts;

use super::{
    super::{
        command::Outcome,
        events::Event,
        rules::{Match, Relation},
    },
    Case, Halt,
    identity::{Sameness, related},
};
use crate::people::PersonId;

impl Case<'_> {
    pub(super) fn close(&mut self, by: PersonId, buyer: Option<Relation>) -> Result<Outcome, Halt> {
        if self.client.closing.is_some() {
            return Err(Halt::Refused("closed_already"));
        }
        self.shares_stated()?;
        let before = self.standing()?;
        let same = match buyer {
            None => true,
            Some(relation) => self.buyer_is_client(relation)?,
        };
        let owner = if same { before.map_or(by, |standing| standing.owner) } else { by };
        self.trail.holds("deal_belongs_to", true, facts![person = owner]);
        self.emit(Event::Closed { by, owner: Some(owner) });
        Ok(Outcome::Owned { owner: Some(owner) })
    }

    fn buyer_is_client(&mut self, relation: Relation) -> Result<bool, Halt> {
        let rules = self.rules;
        let rule = self.trail.apply(
            "buyer_other_name",
            &rules.identity.buyer,
            facts![relation = relation.word()],
        )?;
        Ok(match rule {
            Match::Same | Match::IfProven => true,
            Match::Different => false,
            Match::ByFamily => related(rules, relation, false, &mut self.trail)? == Sameness::Same,
        })
    }

    pub(super) fn cancel_closing(&mut self) -> Result<Outcome, Halt> {
        if self.client.closing.is_none() {
            return Err(Halt::Refused("not_closed"));
        }
        self.emit(Event::ClosingCancelled);
        self.owned()
    }
}
