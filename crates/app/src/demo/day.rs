//! One day of made-up history: everything that happens, in order of time, by real commands.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::{
    people::{ClientId, PersonId, VisitId},
    rotation::{
        Command, decide,
        rules::{AbsenceKind, BreachKind, MakeUpKind},
        state::{OwnerAnswer, Phase, RingId},
    },
};
use uuid::Uuid;

use super::{chance::Chance, company::Company, moment};
use crate::{
    App, AppError, Caller,
    attribution::closed_by_authority,
    rotation::{Held, Step},
};

/// How often the clock settles between two things that happen.
const SETTLED_MAX: u32 = 200;

/// Something that is going to happen.
#[derive(Debug, Clone)]
pub(super) enum Coming {
    SignIn(usize),
    Visitor,
    Answer(VisitId, PersonId),
    OwnerAnswers(VisitId),
    Finish(VisitId),
    StepOut(usize, AbsenceKind, i64),
    Return(usize),
    Supervise,
    Close,
}

/// A client of the history.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known {
    pub id: ClientId,
    pub closed: bool,
}

/// A day while it is being made up.
pub(super) struct Day<'d, 't> {
    pub app: &'d App,
    pub held: &'d mut Held<'t>,
    pub company: &'d Company,
    pub chance: &'d mut Chance,
    pub clients: &'d mut Vec<Known>,
    pub opened_at: DateTime<Utc>,
    coming: BTreeMap<(DateTime<Utc>, u64), Coming>,
    count: u64,
    /// What was already seen to: calls to be answered, receptions to be finished.
    seen: BTreeSet<(VisitId, Option<PersonId>, bool)>,
}

impl<'d, 't> Day<'d, 't> {
    pub fn new(
        app: &'d App,
        held: &'d mut Held<'t>,
        company: &'d Company,
        chance: &'d mut Chance,
        clients: &'d mut Vec<Known>,
        opened_at: DateTime<Utc>,
    ) -> Self {
        let (coming, seen) = (BTreeMap::new(), BTreeSet::new());
        Self { app, held, company, chance, clients, opened_at, coming, count: 0, seen }
    }

    /// Has something happen at its time.
    pub fn plan(&mut self, at: DateTime<Utc>, what: Coming) {
        self.count += 1;
        self.coming.insert((at, self.count), what);
    }

    /// A moment between two, to the second.
    pub fn between(&mut self, from: DateTime<Utc>, to: DateTime<Utc>) -> DateTime<Utc> {
        let seconds = self.chance.between(0, (to - from).num_seconds().max(0));
        from + TimeDelta::seconds(seconds)
    }

    /// Lives through the day; up to `until` on the last.
    pub async fn run(
        &mut self,
        date: NaiveDate,
        until: Option<DateTime<Utc>>,
    ) -> Result<(), AppError> {
        let opened_at = self.opened_at;
        let desk = self.desk();
        let is_first = self.held.saved.floor.rings.is_empty();
        self.give(&desk, Command::OpenDay { date, roster: None }, opened_at).await?;
        if is_first {
            let order = self.company.consultants.iter().filter_map(|c| c.person).collect();
            let ring = RingId::default();
            let supervisor = self.company.supervisor.clone();
            self.give(&supervisor, Command::SetOrder { ring, order }, opened_at).await?;
        }
        self.plan_people(date, until.is_some());
        self.plan_visitors(date, until);
        if until.is_none() {
            self.plan(moment(date, 18, 10), Coming::Close);
        }
        while let Some(((at, _), what)) = self.coming.pop_first() {
            if until.is_some_and(|until| at > until) {
                break;
            }
            self.pass_time(at).await?;
            self.happen(what, at).await?;
            self.look_after(at);
        }
        if let Some(until) = until {
            self.pass_time(until).await?;
        }
        Ok(())
    }

    fn desk(&mut self) -> Caller {
        let desk = self.chance.one_of(&self.company.receptionists).cloned();
        desk.unwrap_or_else(|| self.company.supervisor.clone())
    }

    /// Lets the clock settle what is due up to `at`.
    async fn pass_time(&mut self, at: DateTime<Utc>) -> Result<(), AppError> {
        for _ in 0..SETTLED_MAX {
            let Some(due) = decide::next_deadline(&self.held.saved.floor) else { break };
            let due = due.to_utc();
            if due > at || !self.held.settle(due).await? {
                break;
            }
            self.look_after(due);
        }
        Ok(())
    }

    /// Plans what follows from calls and receptions that were not there before.
    fn look_after(&mut self, at: DateTime<Utc>) {
        let visits: Vec<_> = self
            .held
            .saved
            .floor
            .visits
            .iter()
            .map(|(id, visit)| (*id, visit.phase, visit.receiver))
            .collect();
        for (visit, phase, receiver) in visits {
            let received = phase == Phase::Received;
            if !self.seen.insert((visit, receiver, received)) {
                continue;
            }
            match (phase, receiver) {
                // Now and then nobody answers, and the clock moves on.
                (Phase::Offered { .. }, Some(person)) if !self.chance.percent(2) => {
                    let seconds = self.chance.between(4, 45);
                    self.plan(at + TimeDelta::seconds(seconds), Coming::Answer(visit, person));
                }
                (Phase::Asking(_), _) => {
                    self.plan(at + TimeDelta::seconds(90), Coming::OwnerAnswers(visit));
                }
                (Phase::Received, _) => {
                    let minutes = match self.chance.between(0, 9) {
                        0 => self.chance.between(3, 9),
                        1..=6 => self.chance.between(18, 55),
                        _ => self.chance.between(50, 105),
                    };
                    self.plan(at + TimeDelta::minutes(minutes), Coming::Finish(visit));
                }
                _ => {}
            }
        }
    }

    async fn happen(&mut self, what: Coming, at: DateTime<Utc>) -> Result<(), AppError> {
        match what {
            Coming::SignIn(place) => {
                if let Some((caller, person)) = self.consultant(place) {
                    self.give(&caller, Command::SignIn { person }, at).await?;
                }
            }
            Coming::Visitor => self.visitor(at).await?,
            Coming::Answer(visit, person) => {
                let called = self.held.saved.floor.visits.get(&visit).is_some_and(|visit| {
                    matches!(visit.phase, Phase::Offered { .. }) && visit.receiver == Some(person)
                });
                if called {
                    let declines = self.chance.percent(1);
                    let caller = self.caller_of(person);
                    let command = if declines {
                        Command::Decline { visit }
                    } else {
                        Command::Accept { visit }
                    };
                    self.give(&caller, command, at).await?;
                }
            }
            Coming::OwnerAnswers(visit) => {
                let desk = self.desk();
                let answer = OwnerAnswer::Nobody;
                if self.phase(visit).is_some_and(|phase| matches!(phase, Phase::Asking(_))) {
                    self.give(&desk, Command::AnswerOwner { visit, answer }, at).await?;
                }
            }
            Coming::Finish(visit) => self.finish(visit, at).await?,
            Coming::StepOut(place, kind, minutes) => {
                self.step_out(place, kind, minutes, at).await?
            }
            Coming::Return(place) => {
                if let Some((caller, person)) = self.consultant(place)
                    && self.held.saved.floor.people.get(&person).is_some_and(|m| m.away.is_some())
                {
                    self.give(&caller, Command::Return { person }, at).await?;
                }
            }
            Coming::Supervise => self.supervise(at).await?,
            Coming::Close => {
                let desk = self.desk();
                self.give(&desk, Command::CloseDay { end_open: true }, at).await?;
                self.coming.clear();
            }
        }
        Ok(())
    }

    fn phase(&self, visit: VisitId) -> Option<Phase> {
        self.held.saved.floor.visits.get(&visit).map(|visit| visit.phase)
    }

    fn consultant(&self, place: usize) -> Option<(Caller, PersonId)> {
        let caller = self.company.consultants.get(place)?.clone();
        let person = caller.person?;
        Some((caller, person))
    }

    fn caller_of(&self, person: PersonId) -> Caller {
        let own = self.company.consultants.iter().find(|caller| caller.is_person(person));
        own.unwrap_or(&self.company.supervisor).clone()
    }

    async fn visitor(&mut self, at: DateTime<Utc>) -> Result<(), AppError> {
        let desk = self.desk();
        let arrival = self.arrival(&desk, at).await?;
        let visit = VisitId(Uuid::now_v7());
        self.give(&desk, Command::Arrive { visit, arrival }, at).await
    }

    async fn finish(&mut self, visit: VisitId, at: DateTime<Utc>) -> Result<(), AppError> {
        if self.phase(visit) != Some(Phase::Received) {
            return Ok(());
        }
        let of = self.held.saved.floor.visits.get(&visit);
        let (receiver, client) =
            of.map_or((None, None), |visit| (visit.receiver, visit.arrival.client));
        let caller = match receiver {
            Some(person) => self.caller_of(person),
            None => self.desk(),
        };
        self.give(&caller, Command::Finish { visit }, at).await?;
        let known = client.and_then(|id| self.clients.iter().position(|known| known.id == id));
        if let Some(known) = known.filter(|_| self.chance.percent(5)) {
            self.close_deal(known, at).await?;
        }
        Ok(())
    }

    /// The client buys.
    async fn close_deal(&mut self, place: usize, at: DateTime<Utc>) -> Result<(), AppError> {
        let Some(known) = self.clients.get_mut(place).filter(|known| !known.closed) else {
            return Ok(());
        };
        known.closed = true;
        let client = known.id.0;
        let (tenant, supervisor) = (self.company.tenant, &self.company.supervisor);
        let row = store::clients::get(self.held.tx, tenant, client).await?;
        closed_by_authority(self.app, self.held.tx, supervisor, &row, true, at).await?;
        Ok(())
    }

    async fn step_out(
        &mut self,
        place: usize,
        kind: AbsenceKind,
        minutes: i64,
        at: DateTime<Utc>,
    ) -> Result<(), AppError> {
        let Some((caller, person)) = self.consultant(place) else { return Ok(()) };
        let floor = &self.held.saved.floor;
        let here = floor.people.get(&person).is_some_and(|member| {
            member.signed_in.is_some() && member.away.is_none() && member.busy.is_none()
        });
        let breaks = floor.people.values().filter_map(|member| member.away);
        let is_break = |kind| matches!(kind, AbsenceKind::Meal | AbsenceKind::Short);
        let full = is_break(kind) && breaks.filter(|away| is_break(away.kind)).count() >= 2;
        if !here || full || floor.open_visits_of(person).next().is_some() {
            return Ok(());
        }
        let business = kind == AbsenceKind::Business;
        let until = business.then(|| self.held.moment(at + TimeDelta::minutes(minutes)));
        self.give(&caller, Command::StepOut { person, kind, until, approved: None }, at).await?;
        if business {
            let supervisor = self.company.supervisor.clone();
            let approved = self.chance.percent(85);
            let soon = at + TimeDelta::seconds(40);
            self.give(&supervisor, Command::AnswerOuting { person, approved }, soon).await?;
        }
        self.plan(at + TimeDelta::minutes(minutes), Coming::Return(place));
        Ok(())
    }

    /// Now and then the supervisor grants a make-up turn, or confirms a breach.
    async fn supervise(&mut self, at: DateTime<Utc>) -> Result<(), AppError> {
        let supervisor = self.company.supervisor.clone();
        let Some(person) = self.somebody() else { return Ok(()) };
        let (ring, kind) = (RingId::default(), MakeUpKind::Ordinary);
        let command = if self.chance.percent(70) {
            Command::GrantMakeUp { person, ring, kind }
        } else {
            Command::NoteBreach { person, kind: BreachKind::OutOfOrder }
        };
        self.give(&supervisor, command, at).await
    }

    /// Gives a command, at its time.
    async fn give(
        &mut self,
        caller: &Caller,
        command: Command,
        at: DateTime<Utc>,
    ) -> Result<(), AppError> {
        let at = self.held.present(at);
        let command = self.held.with_facts(command, at).await?;
        let command_id = Uuid::now_v7();
        let step = Step { caller, command_id, part: 0, command, note: None, at, now: at };
        self.held.carry_out(&step).await?;
        Ok(())
    }
}
