//! Who is on the floor: signing in, stepping out, coming back, being busy.

use chrono::NaiveDate;
use rulebook::facts;

use super::{
    super::{
        command::Outcome,
        events::{Event, Prompt},
        rules::{
            AbsenceKind, Alternate, BusyKind, CarryOver, MakeUpExpiry, OrderSource, Passing,
            Unpassed,
        },
        state::{Away, Day, PendingOn, Phase, RingId},
    },
    Halt,
    desk::{Desk, clauses_of},
};
use crate::{calendar::Moment, people::PersonId};

impl Desk<'_> {
    pub(super) fn open_day(
        &mut self,
        date: NaiveDate,
        roster: Option<&[PersonId]>,
    ) -> Result<Outcome, Halt> {
        if self.floor.day.is_some() {
            return Err(Halt::Refused("day_already_open"));
        }
        if self.floor.last_day.is_some_and(|last| last.date >= date) {
            return Err(Halt::Refused("day_already_closed"));
        }
        self.check_order(roster.unwrap_or_default())?;
        self.end_bars(date);
        let daily = self.orders_every_day();
        let fresh_start = daily || self.rules.order.carry_over.value() == Some(&CarryOver::Reset);
        let batch = self.batch_of(date);
        let day = Day { date, opened_at: self.at, batch };
        self.emit(Event::DayOpened { day, fresh_start });
        if !daily {
            self.trail.cite("carry_over", true, &self.rules.order.carry_over, Vec::new());
        }
        self.begin_period(date);
        let published = self.roster_for(date).map(|roster| roster.people.clone());
        self.order_for_the_day(roster.or(published.as_deref()))?;
        self.remind_hosts(date);
        Ok(Outcome::Done)
    }

    /// Whether every day has an order of its own, in which nobody has had a turn yet.
    pub(super) fn orders_every_day(&self) -> bool {
        matches!(
            self.source(),
            Some(OrderSource::SignIn | OrderSource::ManagerRoster | OrderSource::TodayResult)
        )
    }

    /// The batch on site on `date`.
    fn batch_of(&mut self, date: NaiveDate) -> u32 {
        let count = self.rules.batches.count.value().copied().unwrap_or(1).max(1);
        let Some(last) = self.floor.last_day.filter(|_| count > 1) else { return 0 };
        let weekly = self.rules.batches.alternate.value() == Some(&Alternate::Weekly);
        let week = |day: NaiveDate| chrono::Datelike::iso_week(&day);
        let ahead = u32::from(!weekly || week(last.date) != week(date));
        // A batch of nobody is not on site.
        let people = |batch: &u32| self.floor.people.values().any(|m| m.profile.batch == *batch);
        let mut in_turn =
            (ahead..ahead.saturating_add(count)).map(|step| (last.batch + step) % count);
        let batch = in_turn.find(people).unwrap_or((last.batch + ahead) % count);
        self.trail.cite("batch_of_the_day", true, &self.rules.batches.alternate, facts![batch]);
        batch
    }

    fn order_for_the_day(&mut self, roster: Option<&[PersonId]>) -> Result<(), Halt> {
        let rings: Vec<RingId> = if self.floor.rings.is_empty() {
            vec![RingId::default()]
        } else {
            self.floor.rings.keys().copied().collect()
        };
        for ring in rings {
            let before = self.ring(ring).order;
            let order = match self.source() {
                Some(OrderSource::SignIn) => Vec::new(),
                Some(OrderSource::LastMonthRank) => {
                    self.sorted(before.clone(), |m| m.rank.unwrap_or(u32::MAX))
                }
                Some(OrderSource::TodayResult) => {
                    self.sorted(before.clone(), |m| u32::MAX - m.result)
                }
                Some(OrderSource::FixedNumber) => {
                    self.sorted(before.clone(), |m| m.number.unwrap_or(u32::MAX))
                }
                Some(OrderSource::ManagerRoster) => match roster {
                    Some(roster) => {
                        let of_ring = |person: &&PersonId| self.rings_of(**person).contains(&ring);
                        roster.iter().filter(of_ring).copied().collect()
                    }
                    None => before.clone(),
                },
                _ => before.clone(),
            };
            if order != before {
                self.trail.cite("order_of_the_day", true, &self.rules.order.source, Vec::new());
                self.emit(Event::OrderSet { ring, order });
            }
        }
        Ok(())
    }

    fn sorted(
        &self,
        mut order: Vec<PersonId>,
        key: impl Fn(&super::super::state::Profile) -> u32,
    ) -> Vec<PersonId> {
        order.sort_by_key(|person| {
            self.floor.people.get(person).map_or(u32::MAX, |member| key(&member.profile))
        });
        order
    }

    pub(super) fn close_day(&mut self, end_open: bool) -> Result<Outcome, Halt> {
        self.open_date()?;
        let open: Vec<_> = self
            .floor
            .visits
            .iter()
            .filter(|(_, visit)| visit.phase != Phase::Ended)
            .map(|(id, _)| *id)
            .collect();
        if !open.is_empty() && !end_open {
            self.trail.holds("visits_open", true, facts![number = open.len()]);
            return Err(Halt::Refused("visits_open"));
        }
        for visit in open {
            self.finish_visit(visit)?;
        }
        self.settle_at_close();
        if self.rules.make_up.expires.value() == Some(&MakeUpExpiry::EndOfDay) {
            let alive: Vec<u64> =
                self.floor.make_ups.iter().filter(|m| m.state.is_alive()).map(|m| m.id).collect();
            for id in alive {
                let clauses = clauses_of(&self.rules.make_up.expires);
                self.emit(Event::MakeUpExpired { id, clauses });
            }
        }
        if let Some(now) = self.floor.standing.now {
            self.emit(Event::StandingEnded {
                person: now.person,
                owed_seconds: 0,
                clauses: Vec::new(),
            });
        }
        if let Some(day) = self.floor.day {
            self.look_for_next_week(day.date);
        }
        self.emit(Event::DayClosed);
        Ok(Outcome::Done)
    }

    pub(super) fn sign_in(&mut self, person: PersonId) -> Result<Outcome, Halt> {
        self.open_date()?;
        if self.member(person)?.signed_in.is_some() {
            return Err(Halt::Refused("already_signed_in"));
        }
        self.emit(Event::SignedIn { person });
        if self.floor.people.get(&person).is_some_and(|m| m.profile.rotates) {
            self.join_rings(person);
            let source = &self.rules.order.source;
            self.trail.cite("signed_in", true, source, facts![person, at = self.at]);
        }
        Ok(Outcome::Done)
    }

    pub(super) fn sign_out(&mut self, person: PersonId) -> Result<Outcome, Halt> {
        if self.member(person)?.signed_in.is_none() {
            return Err(Halt::Refused("not_signed_in"));
        }
        if self.floor.open_visits_of(person).next().is_some() {
            return Err(Halt::Refused("still_receiving"));
        }
        self.emit(Event::SignedOut { person });
        Ok(Outcome::Done)
    }

    pub(super) fn step_out(
        &mut self,
        person: PersonId,
        kind: AbsenceKind,
        until: Option<Moment>,
        approved: Option<bool>,
    ) -> Result<Outcome, Halt> {
        let member = self.member(person)?.clone();
        if member.signed_in.is_none() {
            return Err(Halt::Refused("not_signed_in"));
        }
        if member.away.is_some() {
            return Err(Halt::Refused("already_away"));
        }
        if self.floor.open_visits_of(person).next().is_some() {
            return Err(Halt::Refused("still_receiving"));
        }
        if approved.is_some() {
            let by = self.rules.away.confirmed_by.clone();
            self.require(&by, "may_not_approve")?;
        }
        let most = self.rules.away.most_at_once.clone();
        if let Some(limit) = most.value().copied().filter(|_| self.is_break(kind)) {
            let breaks = self.floor.people.values().filter_map(|member| member.away);
            let away = breaks.filter(|away| self.is_break(away.kind)).count();
            let within = u32::try_from(away).unwrap_or(u32::MAX) < limit;
            self.trail.cite("away_at_once", within, &most, facts![away, limit]);
            if !within {
                return Err(Halt::Refused("too_many_away"));
            }
        }
        let until = until.or_else(|| {
            let limit = self.rules.absence.get(&kind)?.limit_minutes.value()?;
            Some(crate::calendar::after(self.at, crate::calendar::minutes(*limit)))
        });
        let away = Away { kind, since: self.at, until, approved, reminded: false };
        self.emit(Event::LeftFloor { person, away });
        let asked = self.rules.away.delegate_asked.clone();
        if asked.value() == Some(&true) && member.delegate.is_none() && !self.is_break(kind) {
            self.trail.cite("delegate_asked", true, &asked, facts![person]);
            self.prompt(Prompt::NameDelegate, Some(person), None);
        }
        Ok(Outcome::Done)
    }

    const fn is_break(&self, kind: AbsenceKind) -> bool {
        matches!(kind, AbsenceKind::Meal | AbsenceKind::Short)
    }

    pub(super) fn come_back(&mut self, person: PersonId) -> Result<Outcome, Halt> {
        if self.member(person)?.away.is_none() {
            return Err(Halt::Refused("not_away"));
        }
        self.settle_return(person);
        self.emit(Event::Returned { person });
        self.weigh_unpassed(person);
        Ok(Outcome::Done)
    }

    /// What becomes of the turn of this round for somebody who is back before it came.
    fn weigh_unpassed(&mut self, person: PersonId) {
        let setting = self.rules.away.unpassed.clone();
        for ring in self.rings_of(person) {
            let state = self.ring(ring);
            if state.done.contains_key(&person) || !state.order.contains(&person) {
                continue;
            }
            self.trail.cite("back_before_turn", true, &setting, facts![person]);
            if setting.value() == Some(&Unpassed::NextRound) {
                let (round, clauses) = (state.round, clauses_of(&setting));
                let passing = Passing::Lost;
                self.emit(Event::TurnPassed { person, ring, round, passing, clauses });
            }
        }
    }

    pub(super) fn answer_outing(
        &mut self,
        person: PersonId,
        approved: bool,
    ) -> Result<Outcome, Halt> {
        let by = self.rules.away.confirmed_by.clone();
        self.require(&by, "may_not_approve")?;
        let member = self.member(person)?;
        let waiting = self.floor.pending.iter().any(|pending| {
            pending.person == person && matches!(pending.on, PendingOn::Approval { .. })
        });
        if member.away.is_none() && !waiting {
            return Err(Halt::Refused("not_away"));
        }
        self.trail.cite("outing_answered", approved, &by, facts![person]);
        if member_is_away(self, person) {
            self.emit(Event::OutingAnswered { person, approved });
        }
        self.settle_approval(person, approved);
        Ok(Outcome::Done)
    }

    pub(super) fn become_busy(
        &mut self,
        person: PersonId,
        kind: BusyKind,
    ) -> Result<Outcome, Halt> {
        if !self.is_present(person) {
            return Err(Halt::Refused("not_present"));
        }
        self.emit(Event::BecameBusy { person, kind });
        Ok(Outcome::Done)
    }

    pub(super) fn become_free(&mut self, person: PersonId) -> Result<Outcome, Halt> {
        if self.member(person)?.busy.is_none() {
            return Err(Halt::Refused("not_busy"));
        }
        self.emit(Event::BecameFree { person });
        self.finished = Some(person);
        Ok(Outcome::Done)
    }

    pub(super) fn check_in(&mut self, person: PersonId) -> Result<Outcome, Halt> {
        if !self.is_present(person) {
            return Err(Halt::Refused("not_present"));
        }
        let setting = self.rules.posts.check_in.clone();
        self.trail.cite("checked_in", true, &setting, facts![person]);
        self.emit(Event::CheckedIn { person });
        Ok(Outcome::Done)
    }

    pub(super) fn entrust(
        &mut self,
        person: PersonId,
        delegate: Option<PersonId>,
    ) -> Result<Outcome, Halt> {
        self.member(person)?;
        if delegate == Some(person) {
            return Err(Halt::Refused("own_delegate"));
        }
        if let Some(delegate) = delegate {
            self.member(delegate)?;
        }
        self.emit(Event::DelegateSet { person, delegate });
        Ok(Outcome::Done)
    }
}

fn member_is_away(desk: &Desk<'_>, person: PersonId) -> bool {
    desk.floor.people.get(&person).is_some_and(|member| member.away.is_some())
}
