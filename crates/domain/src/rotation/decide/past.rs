//! What is told afterwards: a reception of the past, a claim, who the visitor turns out to be.

use rulebook::facts;

use super::{
    super::{
        command::Outcome,
        events::Event,
        rules::{OwnerAfter, Turn},
        state::{Arrival, Phase},
    },
    Halt,
    desk::Desk,
};
use crate::{
    attribution::Ownership,
    calendar::Moment,
    people::{ClientId, PersonId, VisitId},
};

impl Desk<'_> {
    pub(super) fn record_past(
        &mut self,
        visit: VisitId,
        arrival: &Arrival,
        receiver: PersonId,
        ended: bool,
        until: Option<Moment>,
    ) -> Result<Outcome, Halt> {
        self.open_date()?;
        self.require_authority()?;
        self.member(receiver)?;
        if self.floor.visits.contains_key(&visit) {
            return Err(Halt::Refused("visit_known"));
        }
        if until.is_some_and(|until| until < self.at) {
            return Err(Halt::Refused("ends_before_it_begins"));
        }
        let mut trial = Desk::new(self.rules, &self.floor, self.actor, self.at);
        let by_rule = match trial.arrive(visit, arrival) {
            Ok(Outcome::Receives { by, .. }) => Some(by),
            _ => None,
        };
        self.emit(Event::Arrived { visit, arrival: arrival.clone() });
        let situation = self.classify(visit, arrival);
        let (_, rules) = self.rules_of(situation)?;
        self.emit(Event::Classified { visit, situation, arrival: arrival.clone() });
        if rules.turn.value() == Some(&Turn::Counted) {
            self.trail.cite("turn", true, &rules.turn, facts![counts = "counted"]);
            self.charge_past(visit, arrival, receiver);
        }
        let owner = rules.owner.value().copied().unwrap_or(OwnerAfter::Unchanged);
        self.emit(Event::OwnerSet { visit, owner });
        self.receive(visit, receiver)?;
        if ended || until.is_some() {
            self.emit(match until {
                Some(at) => Event::EndedAt { visit, at },
                None => Event::Ended { visit },
            });
            if let Some(until) = until {
                self.weigh_length(visit, until);
            }
            self.earn_make_up(visit, receiver, false)?;
        }
        if let Some(person) = by_rule {
            self.trail.holds("by_rule", person == receiver, facts![person, receiver]);
        }
        Ok(Outcome::Recorded { visit, by: receiver, by_rule })
    }

    /// Uses the turns that a reception of the past costs whoever received.
    fn charge_past(&mut self, visit: VisitId, arrival: &Arrival, receiver: PersonId) {
        if self.outside_own_shift(receiver) {
            return;
        }
        let (ring, count) = (self.ring_for(arrival), self.turns_for(arrival));
        match self.next(ring).filter(|deal| deal.person == receiver) {
            Some(deal) => self.use_deal(ring, &deal, visit, count),
            None => self.use_own_turn(ring, receiver, visit, count),
        }
    }

    /// Somebody wants to receive: it is theirs only where the rules would call them.
    pub(super) fn claim(
        &mut self,
        visit: VisitId,
        by: PersonId,
        arrival: Option<&Arrival>,
    ) -> Result<Outcome, Halt> {
        self.open_date()?;
        self.member(by)?;
        let known = self.floor.visits.get(&visit);
        let already = known.is_some_and(|v| v.phase == Phase::Received && v.receiver == Some(by));
        if already {
            return Ok(Outcome::Stays { visit, by });
        }
        let arrival = match (known, arrival) {
            (Some(known), _) if known.phase == Phase::Ended => {
                return Err(Halt::Refused("visit_over"));
            }
            (Some(known), _) => known.arrival.clone(),
            (None, Some(arrival)) => arrival.clone(),
            (None, None) => return Err(Halt::Refused("visit_unknown")),
        };
        let ring = self.ring_for(&arrival);
        let in_training = !self.is_ready_for(by);
        let helps = in_training && self.rush_takes_trial_staff();
        if !helps && !self.may_receive(ring, by) {
            return Err(Halt::Refused("not_in_rotation"));
        }
        self.steps_up = Some(by);
        if let Some(kind) = self.busy_with(by) {
            let most = self.rules.concurrent.new_clients_most.clone();
            self.trail.cite("busy_already", true, &most, facts![person = by, kind = kind.word()]);
            return Err(Halt::Refused("busy_already"));
        }
        let waiting = self.floor.visits.get(&visit).map(|v| v.phase);
        if waiting.is_none_or(|phase| phase == Phase::Waiting) {
            let mut trial = Desk::new(self.rules, &self.floor, self.actor, self.at);
            trial.steps_up = self.steps_up;
            let dealt = match waiting {
                None => trial.arrive(visit, &arrival),
                Some(_) => trial.deal_visit(visit),
            };
            if matches!(dealt, Ok(Outcome::Receives { by: called, .. }) if called == by) {
                return match waiting {
                    None => self.arrive(visit, &arrival),
                    Some(_) => self.deal_visit(visit),
                };
            }
        }
        let source = self.rules.order.source.clone();
        self.trail.cite("next_in_order", false, &source, facts![person = by]);
        Err(Halt::Refused("not_on_turn"))
    }

    /// The visitor turns out to be `client`: nothing is dealt again. Where the rules would have
    /// called somebody else, the outcome says whom, so that a make-up can be proposed.
    pub(super) fn identify(
        &mut self,
        visit: VisitId,
        client: Option<ClientId>,
        ownership: Option<Ownership>,
    ) -> Result<Outcome, Halt> {
        let before = self.visit(visit)?.clone();
        let (Some(by), Some(situation)) = (before.receiver, before.situation) else {
            return Err(Halt::Refused("nobody_receives"));
        };
        let arrival = Arrival {
            client: client.or(before.arrival.client),
            ownership: ownership.or(before.arrival.ownership),
            ..before.arrival
        };
        // What would have been, had it been known: without this visit, everybody as they are now.
        let mut trial = Desk::new(self.rules, &self.floor, self.actor, self.at);
        trial.give_turn_back(visit, &[]);
        trial.emit(Event::Waits { visit });
        let would = trial.classify(visit, &arrival);
        let by_rule = match trial.deal_situation(visit, &arrival, would) {
            Ok(Outcome::Receives { by, .. } | Outcome::AsksOwner { owner: by, .. }) => Some(by),
            _ => None,
        };
        let same = would == situation;
        self.trail.holds("situation_as_known", same, facts![kind = would.word()]);
        self.emit(Event::Classified { visit, situation, arrival });
        if ownership.is_some() {
            self.emit(Event::OwnerSet { visit, owner: OwnerAfter::Unchanged });
        }
        if let Some(person) = by_rule.filter(|_| !same) {
            self.trail.holds("by_rule", person == by, facts![person, receiver = by]);
            return Ok(Outcome::Recorded { visit, by, by_rule });
        }
        Ok(Outcome::Stays { visit, by })
    }
}
