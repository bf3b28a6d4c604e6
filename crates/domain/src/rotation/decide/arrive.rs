//! A visitor arrives: who receives, and what it costs whom.

use rulebook::facts;

use super::{
    super::{
        command::Outcome,
        events::{Event, Prompt},
        rules::{BusyKind, Questioner, Receiver, Situation, SituationRules, Turn, Unit},
        state::{Arrival, Channel, OwnerAnswer, Phase, Purpose, RingId, Visit},
    },
    Halt,
    chain::{Around, Found},
    desk::Desk,
    readiness::Readiness,
};
use crate::{
    calendar::{after, time_of},
    people::{PersonId, VisitId},
};

impl Desk<'_> {
    pub(super) fn arrive(&mut self, visit: VisitId, arrival: &Arrival) -> Result<Outcome, Halt> {
        self.open_date()?;
        if self.floor.visits.contains_key(&visit) {
            return Err(Halt::Refused("visit_known"));
        }
        let dealt_by = self.rules.rings.dealt_by.clone();
        self.require(&dealt_by, "may_not_deal")?;
        if !dealt_by.clauses.is_empty() {
            self.trail.cite("role_may", true, &dealt_by, Vec::new());
        }
        self.check_people(arrival)?;
        self.check_questions(arrival)?;
        let ring = self.ring_for(arrival);
        let on_turn = self.on_turn(ring);
        if arrival.assigned.is_some() {
            self.check_reason(arrival.reason)?;
        }
        self.emit(Event::Arrived { visit, arrival: arrival.clone() });
        self.ask_questions(visit, arrival);
        let dealt = self.deal_visit(visit)?;
        if let Some(receiver) = arrival.assigned {
            self.pass_over(ring, on_turn, receiver);
        }
        Ok(dealt)
    }

    /// Refuses an arrival whose opening questions were begun and are not all asked.
    fn check_questions(&mut self, arrival: &Arrival) -> Result<(), Halt> {
        let least = self.rules.posts.questions_least.value().copied().unwrap_or(0);
        let asked = arrival.questions.filter(|_| least > 0 && arrival.named.is_none());
        let Some(asked) = asked else { return Ok(()) };
        let enough = asked >= least;
        let setting = &self.rules.posts.questions_least;
        self.trail.cite("questions_asked", enough, setting, facts![asked, least]);
        if enough { Ok(()) } else { Err(Halt::Refused("too_few_questions")) }
    }

    /// Shows the opening questions to whoever asks them, unless they were asked already.
    fn ask_questions(&mut self, visit: VisitId, arrival: &Arrival) {
        let posts = &self.rules.posts;
        let least = posts.questions_least.value().copied().unwrap_or(0);
        if least == 0 || arrival.questions.is_some() || arrival.channel == Channel::Phone {
            return;
        }
        let to = match posts.questioner.value() {
            Some(Questioner::SecondInOrder) => {
                self.free_in_order(self.ring_for(arrival)).get(1).copied()
            }
            Some(Questioner::Standing) => self.floor.standing.now.map(|slot| slot.person),
            Some(Questioner::OnTurn) => self.on_turn(self.ring_for(arrival)),
            Some(Questioner::Receptionist) | None => None,
        };
        let asker = posts.questioner.value().map_or("unset", |asker| asker.word());
        self.trail.cite("asks", true, &posts.questioner, facts![asker, least]);
        self.prompt(Prompt::Questions, to, Some(visit));
    }

    /// Refuses an arrival that names somebody who is not on this floor.
    pub(super) fn check_people(&mut self, arrival: &Arrival) -> Result<(), Halt> {
        let ring = self.ring_for(arrival);
        // Somebody outside the rotation may see to a visitor who is not here to view.
        let passed_on = arrival.delegated.filter(|_| arrival.purpose != Purpose::NonViewing);
        if let Some(person) = arrival.delegated {
            self.member(person)?;
        }
        for person in [arrival.assigned, passed_on].into_iter().flatten() {
            self.member(person)?;
            if !self.may_receive(ring, person) {
                return Err(Halt::Refused("not_in_rotation"));
            }
        }
        Ok(())
    }

    /// Decides who receives a visit that nobody receives yet.
    pub(super) fn deal_visit(&mut self, visit: VisitId) -> Result<Outcome, Halt> {
        let dealt = self.visit(visit)?;
        let (arrival, let_go_by) = (dealt.arrival.clone(), dealt.let_go_by.clone());
        // A supervisor may assign the visitor to somebody who let them go.
        self.let_go_by = if arrival.assigned.is_none() { let_go_by } else { Vec::new() };
        let situation = self.classify(visit, &arrival);
        let undecided = |halt| match halt {
            Halt::Undecided(undecided, _) => Halt::Undecided(undecided, Some(visit)),
            refused @ Halt::Refused(_) => refused,
        };
        let dealt = self.deal_situation(visit, &arrival, situation).map_err(undecided);
        self.let_go_by.clear();
        if let (Err(Halt::Undecided(..)), Some(receiver)) = (&dealt, arrival.assigned) {
            return self.receive_without_clause(visit, receiver);
        }
        if let Err(Halt::Undecided(..)) = &dealt {
            self.emit(Event::Classified { visit, situation, arrival });
            self.emit(Event::Waits { visit });
            self.prompt(Prompt::Undecided, None, Some(visit));
        }
        dealt
    }

    pub(super) fn deal_situation(
        &mut self,
        visit: VisitId,
        arrival: &Arrival,
        situation: Situation,
    ) -> Result<Outcome, Halt> {
        let (found_as, mut rules) = self.rules_of(situation)?;
        let named = if found_as == Situation::OutsideHours { found_as } else { situation };
        self.emit(Event::Classified { visit, situation: named, arrival: arrival.clone() });
        let chain = rules.receiver.decided().cloned().inspect_err(|_| {
            self.trail.cite("receiver_undecided", true, &rules.receiver, Vec::new());
        })?;
        let ring = self.ring_for(arrival);
        let rushes = self.in_rush(&rules);
        let in_rush = rushes.then(|| self.find_in_rush(ring, &mut rules));
        if rules.turn.is_unset() {
            self.trail.cite("turn_undecided", true, &rules.turn, Vec::new());
        }
        let counted = rules.turn.value() == Some(&Turn::Counted);
        if ring.team.is_some() {
            self.trail.cite("ring_of_team", true, &self.rules.rings.teams, Vec::new());
        }
        let around = Around { ring, counted, current: None };
        let mut found = match in_rush {
            Some(found) => found,
            None => self.find(&rules.receiver, &chain, arrival, around),
        };
        if matches!(found, Found::Nobody) && !chain.contains(&Receiver::Wait) {
            let fallback = self.rules.nobody_free.receiver.clone();
            let chain = fallback.value().cloned().unwrap_or_default();
            found = self.find(&fallback, &chain, arrival, around);
        }
        if rules.turn.is_unset() {
            // Whoever is found without the ring may receive; nothing is used that nobody decided.
            if self.found_by_ring || !matches!(found, Found::Person(_) | Found::Ask(_)) {
                rules.turn.decided()?;
            }
            self.prompt(Prompt::Undecided, None, Some(visit));
        }
        let person = match &found {
            Found::ByTurn(deal) => deal.person,
            Found::Person(person) => *person,
            Found::Ask(owner) => {
                self.emit(Event::OwnerAsked { visit, owner: *owner });
                self.prompt(Prompt::ClientHere, Some(*owner), Some(visit));
                return Ok(Outcome::AsksOwner { visit, owner: *owner });
            }
            Found::Current | Found::Nobody => {
                self.trail.holds("nobody_free", true, Vec::new());
                self.note_still_receiving(ring);
                self.emit(Event::Waits { visit });
                self.prompt(Prompt::NobodyFree, None, Some(visit));
                return Ok(Outcome::Waits { visit });
            }
        };
        if named == Situation::NonBuyer {
            self.report_non_buyer(visit);
        }
        let counted = self.charge(visit, arrival, &rules, found, ring);
        self.assign(visit, named, &rules, person, counted)
    }

    /// Notes who in `ring` may receive nobody new before their visitor has left.
    fn note_still_receiving(&mut self, ring: RingId) {
        let most = self.rules.concurrent.new_clients_most.clone();
        for person in self.ring(ring).order {
            if self.readiness(ring, person) == Readiness::Busy(BusyKind::NewClient) {
                self.trail.cite("still_receiving_new", true, &most, facts![person]);
            }
        }
    }

    /// Uses the turn that the reception costs; whether it costs one.
    fn charge(
        &mut self,
        visit: VisitId,
        arrival: &Arrival,
        rules: &SituationRules,
        found: Found,
        ring: RingId,
    ) -> bool {
        let (person, deal) = match found {
            Found::ByTurn(deal) => (deal.person, Some(deal)),
            Found::Person(person) => (person, None),
            _ => return false,
        };
        let counted = rules.turn.value() == Some(&Turn::Counted);
        self.trail.cite(
            "turn",
            true,
            &rules.turn,
            facts![counts = rules.turn.value().map_or("unset", |t| t.word())],
        );
        let counted = counted && !self.outside_own_shift(person);
        if !counted {
            return false;
        }
        let count = self.turns_for(arrival);
        match deal {
            Some(deal) => self.use_deal(ring, &deal, visit, count),
            None => self.use_own_turn(ring, person, visit, count),
        }
        true
    }

    /// How many turns a group costs.
    pub(super) fn turns_for(&mut self, arrival: &Arrival) -> u32 {
        let households = arrival.households.max(1);
        let unit = self.rules.order.unit.clone();
        if unit.value() == Some(&Unit::Household) {
            self.trail.cite("unit", true, &unit, facts![households, unit = "household"]);
            return households;
        }
        if arrival.people > 1 || households > 1 {
            self.trail.cite("unit", true, &unit, facts![people = arrival.people, unit = "group"]);
        }
        1
    }

    pub(super) fn outside_own_shift(&mut self, person: PersonId) -> bool {
        let setting = self.rules.hours.own_shift_only.clone();
        if setting.value() != Some(&true) {
            return false;
        }
        let now = time_of(self.at);
        let shift = self.floor.people.get(&person).and_then(|member| member.profile.shift);
        let outside = shift.is_some_and(|(start, end)| now < start || now > end);
        if outside {
            self.trail.cite("outside_own_shift", true, &setting, facts![person, at = self.at]);
        }
        outside
    }

    /// Calls `person` to the visit, or has them receive at once where nobody must answer.
    fn assign(
        &mut self,
        visit: VisitId,
        situation: Situation,
        rules: &SituationRules,
        person: PersonId,
        counted: bool,
    ) -> Result<Outcome, Halt> {
        if let Some(owner) = rules.owner.value().copied() {
            self.trail.cite("owner_after", true, &rules.owner, facts![whose = owner.word()]);
            self.emit(Event::OwnerSet { visit, owner });
        }
        let seconds = self.rules.offer.accept_seconds.value().copied().filter(|_| counted);
        let answer_until =
            seconds.map(|seconds| after(self.at, chrono::TimeDelta::seconds(i64::from(seconds))));
        match answer_until {
            Some(until) => {
                self.trail.cite(
                    "must_answer",
                    true,
                    &self.rules.offer.accept_seconds,
                    facts![person, until],
                );
                self.emit(Event::Offered { visit, to: person, until });
            }
            None => self.receive(visit, person)?,
        }
        if rules.owner_notified.value() == Some(&true) {
            let named = self.visit(visit)?.arrival.named;
            if let Some(named) = named {
                self.trail.cite("named_told", true, &rules.owner_notified, facts![person = named]);
                self.prompt(Prompt::ClientHere, Some(named), Some(visit));
            }
            let owner = self.visit(visit)?.arrival.ownership.map(|ownership| ownership.owner);
            if let Some(owner) = owner.filter(|owner| *owner != person) {
                self.trail.cite("owner_told", true, &rules.owner_notified, facts![person = owner]);
                self.prompt(Prompt::ClientReceived, Some(owner), Some(visit));
            }
        }
        Ok(Outcome::Receives { visit, by: person, situation, counted, answer_until })
    }

    /// `person` receives from now on.
    pub(super) fn receive(&mut self, visit: VisitId, person: PersonId) -> Result<(), Halt> {
        self.emit(Event::Received { visit, by: person });
        self.earn_make_up(visit, person, true)
    }

    /// What was known of the visitor was wrong: the turn goes back, and it is decided again.
    pub(super) fn correct(&mut self, visit: VisitId, arrival: &Arrival) -> Result<Outcome, Halt> {
        let before = self.open_visit(visit)?.clone();
        self.check_people(arrival)?;
        self.trail.holds("corrected", true, facts![visit]);
        self.give_turn_back(visit, &[]);
        self.emit(Event::Classified {
            visit,
            situation: before.situation.unwrap_or(Situation::New),
            arrival: arrival.clone(),
        });
        self.emit(Event::Waits { visit });
        self.deal_visit(visit)
    }

    pub(super) fn answer_owner(
        &mut self,
        visit: VisitId,
        answer: OwnerAnswer,
    ) -> Result<Outcome, Halt> {
        let asked = self.open_visit(visit)?.clone();
        let Phase::Asking(owner) = asked.phase else {
            return Err(Halt::Refused("owner_not_asked"));
        };
        if let OwnerAnswer::Names(person) = answer {
            self.member(person)?;
            let ring = self.ring_for(&asked.arrival);
            if !self.may_receive(ring, person) {
                return Err(Halt::Refused("not_in_rotation"));
            }
        }
        self.trail.holds("owner_asked", true, facts![person = owner]);
        let arrival = Arrival { answer: Some(answer), ..asked.arrival };
        let situation = asked.situation.unwrap_or(Situation::OwnerBusy);
        self.emit(Event::Classified { visit, situation, arrival });
        self.deal_visit(visit)
    }

    /// Deals the visitors who wait, in the order in which they came.
    ///
    /// Whoever is like somebody for whom there was nobody a moment ago is not tried again.
    pub(super) fn serve_waiting(&mut self) {
        let mut waiting: Vec<(u32, VisitId)> = self
            .floor
            .visits
            .iter()
            .filter(|(_, visit)| visit.phase == Phase::Waiting && visit.situation.is_some())
            .map(|(id, visit)| (visit.number, *id))
            .collect();
        waiting.sort_unstable();
        let mut in_vain: Vec<Visit> = Vec::new();
        for (_, visit) in waiting {
            let Some(waits) = self.as_dealt(visit) else { continue };
            if in_vain.contains(&waits) {
                continue;
            }
            let mut trial = Desk::new(self.rules, &self.floor, self.actor, self.at);
            if let Ok(Outcome::Receives { .. }) = trial.deal_visit(visit) {
                self.trail.holds("visitor_waited", true, facts![visit]);
                // The same decision once more, on this floor.
                let _ = self.deal_visit(visit);
                in_vain.clear();
            } else {
                in_vain.push(waits);
            }
        }
    }

    /// `visit` without what makes no difference to who receives it.
    fn as_dealt(&self, visit: VisitId) -> Option<Visit> {
        let waits = self.floor.visits.get(&visit)?;
        let came_before = |client| {
            let same = |other: &&Visit| other.arrival.client == Some(client);
            self.floor.visits.values().filter(same).count() > 1
        };
        let client = waits.arrival.client.filter(|client| came_before(*client));
        let arrival = Arrival { client, ..waits.arrival.clone() };
        Some(Visit { number: 0, arrived_at: self.at, arrival, ..waits.clone() })
    }
}
