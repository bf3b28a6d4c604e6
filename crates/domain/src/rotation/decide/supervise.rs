//! What a supervisor does by authority: order, make-ups, suspensions, breaches, give-ups.

use rulebook::{ClauseId, Setting, facts};

use super::{
    super::{
        command::Outcome,
        events::Event,
        rules::{
            BreachKind, BreachResult, MakeUpKind, OrderSource, Passing, Reason, Role, SuspendFrom,
            Unfit,
        },
        state::{DoneAs, HalfRate, Profile, RingId, Suspension, SuspensionCause},
    },
    Halt,
    desk::{Desk, clauses_of},
};
use crate::{
    calendar::{day_of, days_after, minutes},
    people::PersonId,
};

impl Desk<'_> {
    /// Refuses whoever may not set the order.
    pub(super) fn require_authority(&mut self) -> Result<(), Halt> {
        let by = self.rules.order.posted_by.clone();
        self.trail.cite("by_authority", true, &by, Vec::new());
        if self.actor.is_any(&[Role::Supervisor, Role::Manager, Role::Administrator]) {
            return Ok(());
        }
        self.require(&by, "needs_authority")
    }

    pub(super) fn set_profile(
        &mut self,
        person: PersonId,
        profile: &Profile,
    ) -> Result<Outcome, Halt> {
        self.emit(Event::ProfileSet { person, profile: profile.clone() });
        self.order_anew(person);
        Ok(Outcome::Done)
    }

    /// The place of `person`, whose number or rank may be another, while nobody has had a turn today.
    fn order_anew(&mut self, person: PersonId) {
        let by_profile = [OrderSource::FixedNumber, OrderSource::LastMonthRank];
        if !self.source().is_some_and(|source| by_profile.contains(&source)) {
            return;
        }
        for id in self.rings_of(person) {
            let mut ring = self.ring(id);
            let Some(now) = ring.order.iter().position(|other| *other == person) else { continue };
            ring.order.retain(|other| *other != person);
            let place = self.place_for(&ring, person);
            if place != now && ring.turns_today == 0 {
                self.trail.cite("order_set", true, &self.rules.order.source, facts![person]);
                self.emit(Event::Joined { ring: id, person, place });
            }
        }
    }

    pub(super) fn remove_member(&mut self, person: PersonId) -> Result<Outcome, Halt> {
        self.member(person)?;
        if self.floor.open_visits_of(person).next().is_some() {
            return Err(Halt::Refused("still_receiving"));
        }
        self.emit(Event::MemberRemoved { person });
        Ok(Outcome::Done)
    }

    pub(super) fn set_order(&mut self, ring: RingId, order: &[PersonId]) -> Result<Outcome, Halt> {
        let by = self.rules.order.posted_by.clone();
        self.require(&by, "may_not_set_order")?;
        self.trail.cite("order_set", true, &by, facts![number = order.len()]);
        self.check_order(order)?;
        self.emit(Event::OrderSet { ring, order: order.to_vec() });
        Ok(Outcome::Done)
    }

    /// Refuses an order with somebody who is not on this floor, or with somebody twice.
    pub(super) fn check_order(&self, order: &[PersonId]) -> Result<(), Halt> {
        let mut seen = std::collections::BTreeSet::new();
        for person in order {
            self.member(*person)?;
            if !seen.insert(*person) {
                return Err(Halt::Refused("person_twice_in_order"));
            }
        }
        Ok(())
    }

    pub(super) fn grant_by_authority(
        &mut self,
        person: PersonId,
        ring: RingId,
        kind: MakeUpKind,
    ) -> Result<Outcome, Halt> {
        self.require_authority()?;
        self.member(person)?;
        if kind == MakeUpKind::None {
            return Err(Halt::Refused("make_up_of_no_kind"));
        }
        if !self.ring(ring).order.contains(&person) {
            return Err(Halt::Refused("not_in_ring"));
        }
        self.grant(person, ring, kind, false, clauses_of(&self.rules.order.posted_by));
        Ok(Outcome::Done)
    }

    pub(super) fn restore_by_authority(
        &mut self,
        person: PersonId,
        ring: RingId,
    ) -> Result<Outcome, Halt> {
        self.require_authority()?;
        let state = self.ring(ring);
        if !state.done.contains_key(&person) {
            return Err(Halt::Refused("turn_not_over"));
        }
        if state.done.get(&person) == Some(&DoneAs::Used) {
            return Err(Halt::Refused("turn_was_used"));
        }
        let clauses = clauses_of(&self.rules.order.posted_by);
        let round = state.round;
        self.emit(Event::TurnRestored { visit: None, person, ring, round, clauses });
        Ok(Outcome::Done)
    }

    pub(super) fn suspend(
        &mut self,
        person: PersonId,
        days: Option<u32>,
        reason: Option<Reason>,
    ) -> Result<Outcome, Halt> {
        self.require_authority()?;
        self.member(person)?;
        self.check_ground(person, None, reason)?;
        let from = day_of(self.at);
        let until = days.map(|days| days_after(from, days.saturating_sub(1)));
        let clauses = clauses_of(&self.rules.order.posted_by);
        let suspension = Suspension { from, until, cause: SuspensionCause::Supervisor, clauses };
        self.emit(Event::Suspended { person, suspension });
        Ok(Outcome::Done)
    }

    /// Suspends for `days`, from today or from tomorrow.
    pub(super) fn suspend_for(
        &mut self,
        person: PersonId,
        days: u32,
        from: &Setting<SuspendFrom>,
        cause: SuspensionCause,
        clauses: Vec<ClauseId>,
    ) {
        if days == 0 {
            return;
        }
        let today = day_of(self.at);
        let next_day = from.value() == Some(&SuspendFrom::NextDay);
        let first = if next_day { days_after(today, 1) } else { today };
        let until = Some(days_after(first, days.saturating_sub(1)));
        self.trail.cite("suspended_from", true, from, facts![person, days]);
        let suspension = Suspension { from: first, until, cause, clauses };
        self.emit(Event::Suspended { person, suspension });
    }

    pub(super) fn lift_suspension(&mut self, person: PersonId) -> Result<Outcome, Halt> {
        self.require_authority()?;
        let member = self.member(person)?.clone();
        if member.suspended.is_none() && member.half_rate.is_none() && member.bars.is_empty() {
            return Err(Halt::Refused("not_suspended"));
        }
        if member.suspended.is_some() {
            self.emit(Event::SuspensionLifted { person });
        }
        if member.half_rate.is_some() {
            self.emit(Event::HalfRateLifted { person });
        }
        if !member.bars.is_empty() {
            self.emit(Event::BarsLifted { person });
        }
        Ok(Outcome::Done)
    }

    pub(super) fn note_breach(
        &mut self,
        person: PersonId,
        kind: BreachKind,
    ) -> Result<Outcome, Halt> {
        self.require_authority()?;
        self.member(person)?;
        let rules = self.rules.breach.get(&kind).cloned().ok_or(Halt::Refused("no_breach"))?;
        self.emit(Event::BreachNoted { person, kind });
        self.trail.cite("breach", true, &rules.result, facts![person, kind = kind.word()]);
        let result = rules.result.decided()?;
        match result {
            BreachResult::None => {}
            BreachResult::Suspend => {
                let days = *rules.suspension_days.decided()?;
                let cause = SuspensionCause::Breach(kind);
                self.trail.cite("suspension_days", true, &rules.suspension_days, facts![days]);
                self.suspend_for(
                    person,
                    days,
                    &rules.suspend_from,
                    cause,
                    clauses_of(&rules.result),
                );
            }
            BreachResult::HalfRate => {
                // Where nobody has decided for how long, it lasts until it is lifted.
                let days = rules.half_rate_days.value().copied();
                self.trail.cite("half_rate_days", true, &rules.half_rate_days, facts![person]);
                let until = days.map(|days| days_after(day_of(self.at), days.saturating_sub(1)));
                let rings = self.rings_of(person).into_iter();
                let skips_next =
                    rings.map(|id| (id, self.ring(id).done.contains_key(&person))).collect();
                let clauses = clauses_of(&rules.result);
                let half_rate = HalfRate { until, skips_next, clauses };
                self.emit(Event::HalfRated { person, half_rate });
            }
        }
        Ok(Outcome::Done)
    }

    pub(super) fn set_unfit(
        &mut self,
        person: PersonId,
        unfit: Option<Unfit>,
        reason: Option<Reason>,
    ) -> Result<Outcome, Halt> {
        self.require_authority()?;
        self.member(person)?;
        if unfit.is_some() {
            self.check_ground(person, unfit, reason)?;
        }
        self.emit(Event::UnfitSet { person, unfit });
        Ok(Outcome::Done)
    }

    pub(super) fn permit_second(&mut self, person: PersonId) -> Result<Outcome, Halt> {
        let by = self.rules.concurrent.permitted_by.clone();
        self.require(&by, "may_not_permit")?;
        self.member(person)?;
        self.trail.cite("second_permitted", true, &by, facts![person]);
        self.emit(Event::SecondPermitted { person });
        Ok(Outcome::Done)
    }

    pub(super) fn withdraw_second(&mut self, person: PersonId) -> Result<Outcome, Halt> {
        let by = self.rules.concurrent.permitted_by.clone();
        self.require(&by, "may_not_permit")?;
        if !self.member(person)?.permitted {
            return Err(Halt::Refused("not_permitted_second"));
        }
        self.trail.cite("second_permitted", false, &by, facts![person]);
        self.emit(Event::SecondWithdrawn { person });
        Ok(Outcome::Done)
    }

    pub(super) fn give_up(
        &mut self,
        person: PersonId,
        ring: RingId,
        excused: bool,
    ) -> Result<Outcome, Halt> {
        self.open_date()?;
        if excused {
            self.require_authority()?;
        }
        let deal = self.next(ring).filter(|deal| deal.person == person);
        let deal = deal.ok_or(Halt::Refused("not_on_turn"))?;
        let since = self.ring(ring).on_turn.filter(|on| on.person == person).map(|on| on.since);
        let rules = self.rules.forfeit.clone();
        let waited = self.at - since.unwrap_or(self.at);
        let idle = rules.idle_minutes.value().copied().is_some_and(|most| waited > minutes(most));
        if let Some(most) = rules.idle_minutes.value().copied() {
            self.trail.cite(
                "waited_too_long",
                idle,
                &rules.idle_minutes,
                facts![person, waited, most],
            );
        }
        let by = if idle { rules.idle_result } else { rules.voluntary_result };
        self.trail.cite("gives_up", true, &by, facts![person]);
        let passing = *by.decided()?;
        let voluntary = !idle && !excused;
        if let Some(id) = deal.make_up {
            // The make-up turn goes; the turn of the round is still to come.
            let clauses = clauses_of(&by);
            self.emit(Event::MakeUpGivenUp { id, person, voluntary, clauses });
            if voluntary {
                self.count_give_up(person);
            }
            return Ok(Outcome::Done);
        }
        let round = self.turn_round(ring, &deal);
        let clauses = clauses_of(&by);
        match passing {
            Passing::Lost | Passing::Kept => {
                self.emit(Event::TurnGivenUp { person, ring, round, voluntary, clauses });
            }
            Passing::OutForDay => {
                self.emit(Event::TurnGivenUp { person, ring, round, voluntary, clauses });
                self.suspend_today(person, SuspensionCause::GivenUp, &by);
            }
            _ => {
                self.emit(Event::TurnGivenUp {
                    person,
                    ring,
                    round,
                    voluntary,
                    clauses: clauses.clone(),
                });
                self.emit(Event::TurnRestored { visit: None, person, ring, round, clauses });
                self.pass_with(ring, round, person, &by);
            }
        }
        if voluntary {
            self.count_give_up(person);
        }
        Ok(Outcome::Done)
    }

    /// The round in which the turn of `deal` lies; begins it if it lies ahead.
    fn turn_round(&mut self, ring: RingId, deal: &super::deal::Deal) -> u32 {
        let mut round = self.ring(ring).round;
        for _ in 0..deal.rounds {
            round = round.saturating_add(1);
            let batch = self.batch_on_site();
            self.emit(Event::RoundBegan { ring, round, batch });
        }
        round
    }
}
