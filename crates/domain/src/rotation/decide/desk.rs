//! The desk: a floor on which one command is being decided.

use rulebook::{ClauseId, Decision, Setting, Trail, facts, value::Read};

use super::{
    super::{
        command::Outcome,
        events::{Event, Prompt},
        rules::{PhoneRing, Role, Rules, TeamRings},
        state::{Arrival, Channel, Day, Floor, Member, Phase, Ring, RingId, Visit},
    },
    Halt,
};
use crate::{
    calendar::Moment,
    people::{Actor, PersonId, VisitId},
};

/// A floor on which one command is being decided.
#[derive(Debug)]
pub struct Desk<'a> {
    pub(super) rules: &'a Rules,
    pub(super) floor: Floor,
    pub(super) actor: &'a Actor,
    pub(super) at: Moment,
    pub(super) trail: Trail,
    /// Who has just finished a reception or whatever kept them busy.
    pub(super) finished: Option<PersonId>,
    /// Who let the visit go that is being dealt; they are not called to it again.
    pub(super) let_go_by: Vec<PersonId>,
    /// Whether the receiver that was found last is whoever is on turn.
    pub(super) found_by_ring: bool,
    /// Who wants to receive the visit that is being dealt, where the order is left aside.
    pub(super) steps_up: Option<PersonId>,
    events: Vec<Event>,
}

impl<'a> Desk<'a> {
    /// Sits down at `floor`.
    #[must_use]
    pub fn new(rules: &'a Rules, floor: &Floor, actor: &'a Actor, at: Moment) -> Self {
        let (floor, trail, events) = (floor.clone(), Trail::default(), Vec::new());
        let (finished, let_go_by, steps_up) = (None, Vec::new(), None);
        let found_by_ring = false;
        Self {
            rules,
            floor,
            actor,
            at,
            trail,
            finished,
            let_go_by,
            found_by_ring,
            steps_up,
            events,
        }
    }

    /// Notes `event`; the floor moves on.
    pub(super) fn emit(&mut self, event: Event) {
        self.floor.evolve(&event, self.at);
        self.events.push(event);
    }

    pub(super) fn prompt(&mut self, prompt: Prompt, to: Option<PersonId>, visit: Option<VisitId>) {
        self.emit(Event::Prompted { prompt, to, visit });
    }

    pub(super) fn refuse(self, reason: &'static str) -> Decision<Outcome, Event> {
        let mut trail = self.trail;
        trail.holds(reason, true, Vec::new());
        let outcome = Outcome::Refused { reason: reason.into() };
        Decision { outcome, events: Vec::new(), because: trail.because() }
    }

    pub(super) fn finish(self, outcome: Outcome) -> Decision<Outcome, Event> {
        Decision { outcome, events: self.events, because: self.trail.because() }
    }

    /// What must hold after every command: waiting visitors are dealt, somebody stands, and
    /// whoever came on turn is told.
    pub(super) fn keep_up(&mut self) {
        if self.floor.day.is_none() {
            return;
        }
        self.serve_waiting();
        self.keep_standing();
        self.notice_turns();
    }

    fn notice_turns(&mut self) {
        let rings: Vec<RingId> = self.floor.rings.keys().copied().collect();
        for ring in rings {
            let person = self.on_turn(ring);
            let before = self.floor.rings.get(&ring).and_then(|ring| ring.on_turn);
            if before.map(|on_turn| on_turn.person) == person {
                continue;
            }
            self.emit(Event::CameOnTurn { ring, person });
            if let Some(person) = person.filter(|_| ring.channel == Channel::WalkIn) {
                self.tell_next(ring, person, before.map(|on_turn| on_turn.person));
            }
        }
    }

    /// Tells `person`, who is on turn after `before`, what the rulebook wants of them now.
    fn tell_next(&mut self, ring: RingId, person: PersonId, before: Option<PersonId>) {
        let posts = &self.rules.posts;
        if posts.next_reminded.value() == Some(&true) {
            self.prompt(Prompt::OnTurn, Some(person), None);
        }
        let left = before.is_some_and(|before| {
            !self.is_free(before) || self.ring(ring).done.contains_key(&before)
        });
        if left && posts.backup.value() == Some(&true) {
            self.trail.cite("fills_place", true, &posts.backup, facts![person]);
            self.prompt(Prompt::FillPlace, Some(person), None);
        }
        if posts.check_in.value() == Some(&true) {
            self.trail.cite("checks_in", true, &posts.check_in, facts![person]);
            self.prompt(Prompt::CheckIn, Some(person), None);
        }
    }

    pub(super) fn open_date(&self) -> Result<Day, Halt> {
        self.floor.day.ok_or(Halt::Refused("day_not_open"))
    }

    pub(super) fn member(&self, person: PersonId) -> Result<&Member, Halt> {
        self.floor.people.get(&person).ok_or(Halt::Refused("person_not_on_floor"))
    }

    pub(super) fn visit(&self, visit: VisitId) -> Result<&Visit, Halt> {
        self.floor.visits.get(&visit).ok_or(Halt::Refused("visit_unknown"))
    }

    pub(super) fn open_visit(&self, visit: VisitId) -> Result<&Visit, Halt> {
        let visit = self.visit(visit)?;
        if visit.phase == Phase::Ended { Err(Halt::Refused("visit_over")) } else { Ok(visit) }
    }

    pub(super) fn ring(&self, ring: RingId) -> Ring {
        self.floor.rings.get(&ring).cloned().unwrap_or(Ring { round: 1, ..Ring::default() })
    }

    /// Refuses whoever has none of the roles in `setting`; the clock may do everything.
    pub(super) fn require(
        &mut self,
        setting: &Setting<Vec<Role>>,
        reason: &'static str,
    ) -> Result<(), Halt> {
        let roles = setting.value().cloned().unwrap_or_default();
        if self.actor.is_clock() || self.actor.is_any(&roles) {
            return Ok(());
        }
        self.trail.cite("role_may", false, setting, Vec::new());
        Err(Halt::Refused(reason))
    }

    /// The ring that deals `arrival`.
    pub(super) fn ring_for(&self, arrival: &Arrival) -> RingId {
        let per_team = self.rules.rings.teams.value() == Some(&TeamRings::PerTeam);
        let separate = self.rules.rings.phone.value() == Some(&PhoneRing::Separate);
        let channel = if separate { arrival.channel } else { Channel::WalkIn };
        RingId { channel, team: arrival.team.filter(|_| per_team) }
    }

    /// The rings that `person` belongs to.
    #[must_use]
    pub fn rings_for(&self, person: PersonId) -> Vec<RingId> {
        self.rings_of(person)
    }

    pub(super) fn rings_of(&self, person: PersonId) -> Vec<RingId> {
        let per_team = self.rules.rings.teams.value() == Some(&TeamRings::PerTeam);
        let team = self.floor.people.get(&person).and_then(|m| m.profile.team).filter(|_| per_team);
        let mut rings = vec![RingId { channel: Channel::WalkIn, team }];
        if self.rules.rings.phone.value() == Some(&PhoneRing::Separate) {
            rings.push(RingId { channel: Channel::Phone, team });
        }
        rings
    }
}

/// The clauses that `setting` carries.
pub(super) fn clauses_of<T: Read>(setting: &Setting<T>) -> Vec<ClauseId> {
    setting.clauses.clone()
}
