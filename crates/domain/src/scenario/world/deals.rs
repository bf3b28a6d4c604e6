//! Closings in a scenario: attribution says whose client it is, commission who shares the deal.

use super::World;
use crate::{
    attribution::{Command, rules::Relation},
    commission::{Circumstances, rules::Stage},
    journeys::closing,
    people::{PersonId, Role},
};

impl World {
    /// `closer` closes the deal of `client`, for a buyer who is `buyer` to them where the names differ.
    pub fn close(
        &mut self,
        client: &str,
        closer: &str,
        stage: Option<Stage>,
        buyer: Option<Relation>,
    ) {
        // Either may be named first: `甲与王先生签约`, `王先生与甲签约`.
        let swapped = self.is_on_floor(client) && !self.is_on_floor(closer);
        let (client, closer) = if swapped { (closer, client) } else { (client, closer) };
        let by = self.person(closer);
        let mut known = self.known_of(client, by);
        let counts = self.kinds().commission.closing.counts.value().copied();
        if stage.is_none_or(|stage| Some(stage) >= counts) && self.may_close(client) {
            self.about(client, &Command::Close { by, buyer }, Role::Consultant);
            if self.refusal.is_some() {
                return;
            }
            if let Some(crate::attribution::Outcome::Owned { owner: Some(owner) }) =
                self.attributed()
            {
                // A buyer who is not the client has nobody else's consultant.
                known.owner =
                    if buyer.is_some() { Some(*owner) } else { known.owner.or(Some(*owner)) };
            }
        }
        self.deal(client, by, stage, known);
    }

    /// Whoever receives `client`, or was said to, closes the deal.
    pub fn close_with_receiver(
        &mut self,
        client: &str,
        stage: Option<Stage>,
    ) -> Result<(), String> {
        let said = self.commission.said.get(client).and_then(|said| said.receiver);
        let visit = self.visits.get(client).copied();
        let receiver = said.or_else(|| visit.and_then(|visit| self.receiver(visit)));
        let joint = self.commission.said.get(client).and_then(|said| said.joint.first().copied());
        let recorded = self.commission.deals.get(client).and_then(|deal| deal.closer);
        let owner = self.ownership(client).map(|known| known.owner);
        let by = recorded.or(receiver).or(joint).or(owner);
        let by = by.ok_or_else(|| format!("say who closes the deal of `{client}`"))?;
        let name = self.name_of(Some(by));
        self.close(client, &name, stage, None);
        self.close_deal(client);
        Ok(())
    }

    /// Whether attribution has not heard of this closing.
    fn may_close(&mut self, client: &str) -> bool {
        let id = self.client(client);
        let deal = self.commission.deals.get(client);
        let recorded = deal.is_some_and(|deal| deal.is_closed());
        !recorded || self.book.closing_of(id).is_none()
    }

    /// What attribution and rotation know of `client` as `closer` closes.
    fn known_of(&mut self, client: &str, closer: PersonId) -> Circumstances {
        let id = self.client(client);
        let at = self.now();
        let rules = self.attribution_rules();
        let visit = self.visits.get(client).and_then(|visit| self.floor.visits.get(visit)).cloned();
        let mut known = Circumstances::default();
        let book = if self.in_book(client) { self.book.open(id) } else { None };
        let of_book = book.and_then(|book| closing::of_client(&rules, &book, at).ok());
        if let Some((of_book, because)) = of_book {
            known = of_book;
            self.note_reasons(because);
        }
        let of_visit = visit.as_ref().and_then(crate::rotation::state::Visit::owner);
        let owner = known.owner.or_else(|| self.ownership(client).map(|known| known.owner));
        known.owner = owner.or(of_visit);
        let member = known.owner.and_then(|owner| self.floor.people.get(&owner));
        let entrusted = member.and_then(|member| member.delegate);
        known.reception = visit.and_then(|visit| closing::of_visit(&visit, closer, entrusted));
        known
    }
}

impl World {
    /// Goes to the day `days` later.
    pub fn days_later(&mut self, days: u32) -> Result<(), String> {
        let date = crate::calendar::days_after(self.day, days);
        self.on_date(&date.format("%Y-%m-%d").to_string())
    }

    /// Whether attribution knows of a closing with `client`.
    pub fn is_closed_by_book(&mut self, client: &str) -> bool {
        let id = self.client(client);
        self.book.closing_of(id).is_some()
    }
}
