//! A reception runs its course: answered, ended, helped with, taken over.

use rulebook::{ClauseId, Setting, facts};

use super::{
    super::{
        command::Outcome,
        events::{Event, Prompt},
        rules::{MakeUpKind, Passing, Reason},
        state::{
            DoneAs, MakeUpState, Pending, PendingOn, Phase, Purpose, RingId, SuspensionCause,
            TurnUsed,
        },
    },
    Halt,
    desk::{Desk, clauses_of},
};
use crate::{
    calendar::Moment,
    people::{PersonId, VisitId},
};

impl Desk<'_> {
    /// Who may answer the call to `visit`: whoever is called, or, where the rulebook gives no time
    /// to answer, whoever was told to receive.
    fn called(&self, visit: VisitId) -> Result<PersonId, Halt> {
        let visit = self.open_visit(visit)?;
        let at_once = self.rules.offer.accept_seconds.value().is_none();
        match (visit.phase, visit.receiver) {
            (Phase::Offered { .. }, Some(person)) => Ok(person),
            (Phase::Received, Some(person)) if at_once && visit.turn.is_some() => Ok(person),
            _ => Err(Halt::Refused("nobody_called")),
        }
    }

    pub(super) fn accept(&mut self, visit: VisitId) -> Result<Outcome, Halt> {
        let person = self.called(visit)?;
        self.trail.holds("accepted", true, facts![person]);
        if self.open_visit(visit)?.phase != Phase::Received {
            self.receive(visit, person)?;
        }
        Ok(Outcome::Done)
    }

    pub(super) fn decline(&mut self, visit: VisitId) -> Result<Outcome, Halt> {
        let person = self.called(visit)?;
        self.trail.cite("declined", true, &self.rules.offer.decline, facts![person]);
        let by = self.rules.offer.decline.clone();
        let dealt = self.end_offer(visit, person, true, &by);
        self.propose_breach(person);
        self.count_give_up(person);
        dealt
    }

    /// Takes the call back from `person`, does with the turn what `by` says, and calls another.
    pub(super) fn end_offer(
        &mut self,
        visit: VisitId,
        person: PersonId,
        declined: bool,
        by: &Setting<Passing>,
    ) -> Result<Outcome, Halt> {
        let turn = self.floor.visits.get(&visit).and_then(|visit| visit.turn);
        // What nobody has decided takes nothing.
        let passing = by.value().copied().unwrap_or(Passing::Kept);
        self.emit(Event::OfferEnded { visit, person, declined });
        if let Some(turn) = turn {
            self.pass_unanswered(visit, turn, declined, passing, by);
        }
        self.deal_visit(visit)
    }

    fn pass_unanswered(
        &mut self,
        visit: VisitId,
        turn: TurnUsed,
        declined: bool,
        passing: Passing,
        by: &Setting<Passing>,
    ) {
        let (person, ring, round, clauses) = (turn.person, turn.ring, turn.round, clauses_of(by));
        let back = leaves_a_turn(passing);
        if let Some(id) = turn.make_up {
            let automatic = self.rules.forfeit.automatic_counts.value() == Some(&true);
            let voluntary = declined || automatic;
            self.emit(match back {
                true => Event::MakeUpGivenBack { id, visit },
                false => Event::MakeUpGivenUp { id, person, voluntary, clauses },
            });
            return;
        }
        let of = Some(visit);
        self.emit(Event::TurnRestored { visit: of, person, ring, round, clauses: clauses.clone() });
        if passing != Passing::Lost {
            self.pass_with(ring, round, person, by);
            if passing == Passing::OutForDay {
                self.suspend_today(person, SuspensionCause::GivenUp, by);
            }
            return;
        }
        let automatic = self.rules.forfeit.automatic_counts.value() == Some(&true);
        let voluntary = declined || automatic;
        self.emit(Event::TurnGivenUp { person, ring, round, voluntary, clauses });
    }

    pub(super) fn finish_visit(&mut self, visit: VisitId) -> Result<Outcome, Halt> {
        let before = self.open_visit(visit)?.clone();
        let Some(person) = before.receiver else {
            self.emit(Event::Ended { visit });
            return Ok(Outcome::Done);
        };
        if matches!(before.phase, Phase::Offered { .. }) {
            // Nobody has received the visitor: the turn is still whole.
            self.trail.holds("left_before_received", true, facts![person]);
            self.give_turn_back(visit, &[]);
            self.emit(Event::Ended { visit });
            return Ok(Outcome::Done);
        }
        self.emit(Event::Ended { visit });
        self.finished = Some(person);
        self.trail.holds("ended", true, facts![person]);
        self.weigh_length(visit, self.at);
        self.earn_make_up(visit, person, false)?;
        Ok(Outcome::Done)
    }

    /// Gives the turn back where the reception of `visit`, which lasted until `end`, was too
    /// short to count.
    pub(super) fn weigh_length(&mut self, visit: VisitId, end: Moment) {
        let Some(before) = self.floor.visits.get(&visit).cloned() else { return };
        let short = self.rules.short_visit.most_minutes.clone();
        let most = short.value().copied().unwrap_or(0);
        let lasted = end - before.received_at.unwrap_or(end);
        let interested = matches!(
            before.arrival.purpose,
            Purpose::Buying | Purpose::Enquiry | Purpose::Material
        );
        if most > 0 && before.turn.is_some() && interested {
            let is_short = lasted <= crate::calendar::minutes(most);
            self.trail.cite("short_visit", is_short, &short, facts![lasted, most]);
            if is_short {
                self.give_turn_back(visit, &clauses_of(&short));
            }
        }
    }

    /// The make-up turn that the situation gives the receiver.
    ///
    /// One that must be verified is there from the beginning of the reception, so that the reason
    /// can be verified at any time; the others are earned by the end.
    pub(super) fn earn_make_up(
        &mut self,
        visit: VisitId,
        person: PersonId,
        verified: bool,
    ) -> Result<(), Halt> {
        let ended = self.visit(visit)?.clone();
        let Some(situation) = ended.situation else { return Ok(()) };
        let mut trail = std::mem::take(&mut self.trail);
        let rules = self.rules_of(situation);
        std::mem::swap(&mut self.trail, &mut trail);
        let Ok((_, rules)) = rules else { return Ok(()) };
        let kind = rules.make_up.value().copied().unwrap_or(MakeUpKind::None);
        if kind == MakeUpKind::None || ended.turn.is_some_and(|turn| turn.person != person) {
            return Ok(());
        }
        let verify = rules.make_up_verified.value() == Some(&true);
        if verified && !verify {
            return Ok(());
        }
        self.trail.append(trail);
        self.trail.cite(
            "situation_makes_up",
            true,
            &rules.make_up,
            facts![person, kind = kind.word()],
        );
        if verify {
            self.trail.cite("needs_verification", true, &rules.make_up_verified, facts![person]);
        }
        if verify == verified {
            let ring = self.ring_for(&ended.arrival);
            self.grant(person, ring, kind, verify, clauses_of(&rules.make_up));
        }
        Ok(())
    }

    /// Gives back the turn that `visit` used: in the round if it still runs, else as a make-up.
    pub(super) fn give_turn_back(&mut self, visit: VisitId, clauses: &[ClauseId]) {
        let Some(turn) = self.floor.visits.get(&visit).and_then(|visit| visit.turn) else { return };
        let (person, ring, round) = (turn.person, turn.ring, turn.round);
        if let Some(id) = turn.make_up {
            self.emit(Event::MakeUpGivenBack { id, visit });
            return;
        }
        let now = self.ring(ring);
        let in_round = now.round == round && now.done.get(&person) == Some(&DoneAs::Used);
        let still_ahead = now.ahead.get(&person).copied().unwrap_or(0).min(turn.ahead);
        let lost = turn.ahead - still_ahead + u32::from(turn.ahead < turn.count && !in_round);
        self.trail.granted("turn_given_back", clauses, facts![person, round]);
        self.withdraw_unverified(visit, person, clauses);
        let (visit, clauses) = (Some(visit), clauses.to_vec());
        self.emit(Event::TurnRestored { visit, person, ring, round, clauses: clauses.clone() });
        for _ in 0..lost {
            self.grant(person, ring, MakeUpKind::Ordinary, false, clauses.clone());
        }
    }

    /// The turn that `visit` used does not count; a make-up turn of `kind` takes its place.
    pub(super) fn exchange_turn(&mut self, visit: VisitId, kind: MakeUpKind, clauses: &[ClauseId]) {
        let Some(turn) = self.floor.visits.get(&visit).and_then(|visit| visit.turn) else { return };
        let (person, ring, round) = (turn.person, turn.ring, turn.round);
        let (visit, clauses) = (Some(visit), clauses.to_vec());
        self.emit(Event::TurnRestored { visit, person, ring, round, clauses: clauses.clone() });
        if turn.make_up.is_none() && turn.ahead < turn.count {
            let passing = match kind {
                MakeUpKind::Priority => Passing::PriorityMakeUp,
                MakeUpKind::Ordinary | MakeUpKind::None => Passing::MakeUp,
            };
            self.emit(Event::TurnPassed { person, ring, round, passing, clauses });
        }
    }

    /// Takes back the unverified make-up turn that came with the reception of `visit`.
    fn withdraw_unverified(&mut self, visit: VisitId, person: PersonId, clauses: &[ClauseId]) {
        let since = self.floor.visits.get(&visit).and_then(|visit| visit.received_at);
        let of_visit = self.floor.make_ups.iter().find(|make_up| {
            make_up.person == person
                && make_up.state == MakeUpState::AwaitsVerification
                && Some(make_up.granted_at) == since
        });
        if let Some((id, granted_by)) = of_visit.map(|make_up| (make_up.id, &make_up.clauses)) {
            // A correction rests on the clause that had granted it.
            let clauses = if clauses.is_empty() { granted_by.clone() } else { clauses.to_vec() };
            self.emit(Event::MakeUpTakenAway { id, clauses });
        }
    }

    pub(super) fn reopen(&mut self, visit: VisitId) -> Result<Outcome, Halt> {
        let ended = self.visit(visit)?;
        let (Phase::Ended, Some(person)) = (ended.phase, ended.receiver) else {
            return Err(Halt::Refused("visit_not_over"));
        };
        if !self.is_free(person) {
            return Err(Halt::Refused("receiver_busy_again"));
        }
        self.emit(Event::Reopened { visit });
        Ok(Outcome::Done)
    }

    pub(super) fn deal_closed(&mut self, visit: VisitId) -> Result<Outcome, Halt> {
        self.visit(visit)?;
        let settled: Vec<Pending> = self
            .floor
            .pending
            .iter()
            .filter(|p| matches!(p.on, PendingOn::NoDealToday { visit: of, .. } if of == visit))
            .cloned()
            .collect();
        for pending in settled {
            self.trail.granted("closed_today", &pending.clauses, facts![person = pending.person]);
            self.emit(Event::PendingSettled { pending, held: false });
        }
        Ok(Outcome::Done)
    }

    pub(super) fn override_receiver(
        &mut self,
        visit: VisitId,
        receiver: PersonId,
        reason: Option<Reason>,
    ) -> Result<Outcome, Halt> {
        let before = self.open_visit(visit)?.clone();
        self.require_authority()?;
        self.member(receiver)?;
        if !self.is_present(receiver) {
            return Err(Halt::Refused("receiver_not_present"));
        }
        self.check_reason(reason)?;
        let ring = self.ring_for(&before.arrival);
        let by_turn = before.turn.filter(|turn| turn.make_up.is_none()).map(|turn| turn.person);
        let on_turn = by_turn.or_else(|| self.on_turn(ring));
        let arrival =
            super::super::state::Arrival { assigned: Some(receiver), reason, ..before.arrival };
        self.give_turn_back(visit, &clauses_of(&self.rules.order.posted_by));
        let situation = super::super::rules::Situation::SupervisorAssigned;
        self.emit(Event::Classified { visit, situation, arrival: arrival.clone() });
        self.emit(Event::Waits { visit });
        let dealt = self.deal_visit(visit)?;
        self.pass_over(ring, on_turn, receiver);
        Ok(dealt)
    }

    /// Whoever the supervisor assigns receives, where no clause says at what cost.
    pub(super) fn receive_without_clause(
        &mut self,
        visit: VisitId,
        receiver: PersonId,
    ) -> Result<Outcome, Halt> {
        let situation = super::super::rules::Situation::SupervisorAssigned;
        self.trail.holds("no_clause", true, facts![person = receiver]);
        self.receive(visit, receiver)?;
        self.prompt(Prompt::Undecided, None, Some(visit));
        let counted = false;
        Ok(Outcome::Receives { visit, by: receiver, situation, counted, answer_until: None })
    }

    /// Ends a reception, which may have to be registered first.
    pub(super) fn finish_reception(&mut self, visit: VisitId) -> Result<Outcome, Halt> {
        let setting = self.rules.posts.registered_first.clone();
        if setting.value() == Some(&true) && self.lacks_registration(visit)? {
            self.trail.cite("registered", false, &setting, facts![visit]);
            return Err(Halt::Refused("not_registered"));
        }
        self.finish_visit(visit)
    }

    /// Whether `visit` is a reception of somebody who is to be registered, and is not.
    fn lacks_registration(&self, visit: VisitId) -> Result<bool, Halt> {
        let visit = self.open_visit(visit)?;
        let known = visit.registered || visit.arrival.ownership.is_some();
        let walks_in = visit.arrival.channel == super::super::state::Channel::WalkIn;
        let comes_to_buy = visit.arrival.purpose == Purpose::Buying && walks_in;
        Ok(visit.phase == Phase::Received && comes_to_buy && !known)
    }

    pub(super) fn note_registered(&mut self, visit: VisitId) -> Result<Outcome, Halt> {
        self.visit(visit)?;
        let setting = self.rules.posts.registered_first.clone();
        self.trail.cite("registered", true, &setting, facts![visit]);
        self.emit(Event::Registered { visit });
        Ok(Outcome::Done)
    }

    pub(super) fn left_unregistered(&mut self, visit: VisitId) -> Result<Outcome, Halt> {
        let lacks = self.lacks_registration(visit)?;
        let dealt = self.finish_visit(visit)?;
        let setting = self.rules.posts.registered_first.clone();
        if lacks && setting.value() == Some(&true) {
            self.trail.cite("registered", false, &setting, facts![visit]);
            self.prompt(Prompt::Unregistered, None, Some(visit));
        }
        Ok(dealt)
    }

    pub(super) fn call_help(
        &mut self,
        visit: VisitId,
        helper: Option<PersonId>,
    ) -> Result<Outcome, Halt> {
        let of = self.open_visit(visit)?.clone();
        let ring = self.ring_for(&of.arrival);
        let help = self.rules.help.clone();
        let person = match helper {
            Some(person) => {
                let member = self.member(person)?;
                let trial = !member.profile.certified || member.profile.trial;
                if trial {
                    let rush = self.rush_takes_trial_staff();
                    let may = rush || help.trial_staff.value() == Some(&true);
                    let by = if rush { &self.rules.rush.trial_staff } else { &help.trial_staff };
                    self.trail.cite("trial_staff_may_help", may, by, facts![person]);
                    if !may {
                        return Err(Halt::Refused("trial_staff_may_not_help"));
                    }
                }
                person
            }
            None => {
                if help.by_order.value() == Some(&false) {
                    self.trail.cite("helper_by_order", false, &help.by_order, Vec::new());
                    return Err(Halt::Refused("helper_not_named"));
                }
                let next = self.free_in_order(ring).first().copied();
                let person = next.ok_or(Halt::Refused("nobody_free_to_help"))?;
                self.trail.cite("helper_by_order", true, &help.by_order, facts![person]);
                person
            }
        };
        if !self.is_present(person) {
            return Err(Halt::Refused("helper_not_present"));
        }
        self.emit(Event::HelperJoined { visit, person });
        if help.counted.value() == Some(&true) {
            self.trail.cite("help_counts", true, &help.counted, facts![person]);
            let (round, clauses) = (self.ring(ring).round, clauses_of(&help.counted));
            let passing = Passing::Lost;
            self.emit(Event::TurnPassed { person, ring, round, passing, clauses });
        }
        Ok(Outcome::Done)
    }

    /// Notes a voluntary give-up, and the suspension it may bring.
    pub(super) fn count_give_up(&mut self, person: PersonId) {
        let given_up = self.floor.people.get(&person).map_or(0, |member| member.given_up);
        let most = self.rules.forfeit.voluntary_most.clone();
        let Some(limit) = most.value().copied() else { return };
        let ring = RingId::default();
        let round = self.ring(ring).round;
        let reached = given_up >= limit;
        self.trail.cite(
            "given_up_too_often",
            reached,
            &most,
            facts![person, given_up, limit, round],
        );
        if reached {
            let days = self.rules.forfeit.suspension_days.value().copied().unwrap_or(1);
            let from = self.rules.forfeit.suspend_from.clone();
            let cause = SuspensionCause::GivenUp;
            self.suspend_for(person, days, &from, cause, clauses_of(&most));
        }
    }
}

/// Whether somebody has a turn left after `passing`.
const fn leaves_a_turn(passing: Passing) -> bool {
    matches!(passing, Passing::Kept | Passing::MakeUp | Passing::PriorityMakeUp)
}
