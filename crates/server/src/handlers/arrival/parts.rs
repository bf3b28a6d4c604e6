//! The parts of the arrival page: preview, visits at the desk, the page around them.

use app::{
    AppError, VisitId,
    roles::Permission,
    rotation::{self, Desk, OpenVisit, Outcome},
};
use chrono::{DateTime, Utc};
use domain::rotation::{Event, rules::Situation, state::Phase};
use rulebook::Decision;

use super::form::{PURPOSES, SOURCES, Sent};
use crate::{
    handlers::{
        decision::{Names, key, tried},
        rotation::people,
        visits::panel::{self, Around},
    },
    pages::{
        arrival::view::{ArrivalForm, ArrivalView, ClosedDay, DeskView, PreviewView, VisitPanel},
        decision::view::Why,
        frame::Tone,
        person::Person,
        rotation::view::WaitingVisit,
    },
    web::{failure::Failure, reader::Reader, state::Server},
};

/// The whole page.
pub(super) async fn view(
    server: &Server,
    reader: &Reader,
    form: ArrivalForm,
    preview: PreviewView,
    decided: Option<VisitId>,
) -> Result<ArrivalView, Failure> {
    let here = Here::read(server, reader).await?;
    let visit = match decided {
        Some(id) => here.panel_of(server, reader, id).await?,
        None => None,
    };
    let names = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    Ok(ArrivalView {
        now: here.desk.now,
        closed: closed(reader, &here.desk),
        form,
        people: here.people.clone(),
        purposes: names(&PURPOSES),
        sources: names(&SOURCES),
        teams: here.desk.teams.iter().map(|(id, name)| (id.to_string(), name.clone())).collect(),
        questions_least: here.desk.questions_least,
        preview,
        visit,
        seen: here.desk.seen,
        desk: here.view(server, reader, decided).await?,
    })
}

/// The day, if it is not open.
pub fn closed(reader: &Reader, desk: &Desk) -> Option<ClosedDay> {
    let openers = desk.openers.iter().map(|role| key(role.word())).collect();
    let may_open = reader.caller().may(Permission::RunDay);
    desk.day.is_none().then_some(ClosedDay { over: desk.over, may_open, openers })
}

/// Waiting and running visits.
pub(super) async fn desk(
    server: &Server,
    reader: &Reader,
    without: Option<VisitId>,
) -> Result<DeskView, Failure> {
    Here::read(server, reader).await?.view(server, reader, without).await
}

/// The panel of one visit, and everybody.
pub(super) async fn visit(
    server: &Server,
    reader: &Reader,
    id: VisitId,
) -> Result<(VisitPanel, Vec<Person>), Failure> {
    let here = Here::read(server, reader).await?;
    let panel = here.panel_of(server, reader, id).await?.ok_or(AppError::NotFound("visit"))?;
    Ok((panel, here.people))
}

/// The desk of this site now.
struct Here {
    desk: Desk,
    people: Vec<Person>,
    names: Names,
    open: Vec<OpenVisit>,
}

impl Here {
    async fn read(server: &Server, reader: &Reader) -> Result<Self, Failure> {
        let (app, caller, site) = (&server.app, reader.caller(), reader.site.id);
        let all = people(server, reader).await?;
        let names = names(&all);
        let people = panel::receivers(server, reader, all).await?;
        Ok(Self {
            desk: rotation::desk(app, caller, site).await?,
            open: rotation::open_visits(app, caller, site).await?,
            people,
            names,
        })
    }

    fn around(&self) -> Around<'_> {
        Around { desk: &self.desk, people: &self.people, names: &self.names }
    }

    async fn panel_of(
        &self,
        server: &Server,
        reader: &Reader,
        id: VisitId,
    ) -> Result<Option<VisitPanel>, Failure> {
        match rotation::visit(&server.app, reader.caller(), reader.site.id, id).await {
            Ok(visit) => Ok(Some(panel::panel(server, reader, self.around(), &visit).await?)),
            // It was undone: it never was.
            Err(AppError::NotFound(_)) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// `without` is shown by itself already.
    async fn view(
        &self,
        server: &Server,
        reader: &Reader,
        without: Option<VisitId>,
    ) -> Result<DeskView, Failure> {
        let waits = |visit: &&OpenVisit| matches!(visit.phase, Phase::Waiting | Phase::Asking(_));
        let waiting = self.open.iter().filter(waits).map(|visit| self.waiting(visit)).collect();
        let mut running = Vec::new();
        for visit in self.open.iter().filter(|visit| Some(visit.visit) != without) {
            running.push(panel::panel(server, reader, self.around(), visit).await?);
        }
        Ok(DeskView { now: self.desk.now, waiting, running, people: self.people.clone() })
    }

    fn waiting(&self, visit: &OpenVisit) -> WaitingVisit {
        let whom = match visit.phase {
            Phase::Asking(owner) => Some(crate::handlers::decision::name(&self.names, owner)),
            _ => None,
        };
        WaitingVisit {
            id: visit.visit.to_string(),
            visitor: panel::visitor(visit),
            people_count: visit.arrival.people.max(1),
            since: visit.arrived_at.to_utc(),
            reason: if whom.is_some() { "owner-asked" } else { "nobody-free" }.into(),
            waits_for: whom,
        }
    }
}

/// The names of `people` by id.
#[must_use]
pub fn names(people: &[Person]) -> Names {
    let id = |person: &Person| person.id.parse().ok().map(app::PersonId);
    people.iter().filter_map(|person| Some((id(person)?, person.name.clone()))).collect()
}

/// The preview before anything was asked.
pub(super) async fn blank(
    server: &Server,
    reader: &Reader,
    sent: &Sent,
) -> Result<PreviewView, Failure> {
    let desk = rotation::desk(&server.app, reader.caller(), reader.site.id).await?;
    let all = people(server, reader).await?;
    Ok(around(&desk, panel::receivers(server, reader, all).await?, sent))
}

fn around(desk: &Desk, people: Vec<Person>, sent: &Sent) -> PreviewView {
    PreviewView {
        why: None,
        situation: String::new(),
        corrected: false,
        situations: panel::situations(desk),
        people,
        may_override: desk.may_override,
        authority: desk.authority.iter().map(|clause| clause.0.clone()).collect(),
        override_to: sent.override_to.clone(),
        override_reason: sent.override_reason.clone(),
    }
}

/// The decision that would be made.
pub(super) async fn preview(
    server: &Server,
    reader: &Reader,
    sent: &Sent,
) -> Result<PreviewView, Failure> {
    let (app, caller, site) = (&server.app, reader.caller(), reader.site.id);
    let desk = rotation::desk(app, caller, site).await?;
    let all = people(server, reader).await?;
    let names = names(&all);
    let people = panel::receivers(server, reader, all).await?;
    let blank = around(&desk, people, sent);
    if sent.is_blank() {
        return Ok(blank);
    }
    let client = sent.known(server, reader).await?.map(|client| client.id);
    let contacts = desk.situations.contains(&Situation::Contacted);
    let arrival = sent.arrival(server, reader, client, contacts).await?;
    let instead = super::chosen(&sent.override_to).filter(|_| desk.may_override);
    let (decision, by_authority) = match instead {
        Some(receiver) => {
            let [decided, by_rule] =
                rotation::preview_override(app, caller, site, arrival, receiver).await?;
            (by_rule, Some(decided))
        }
        None => (rotation::preview(app, caller, site, arrival).await?, None),
    };
    let read = decision.events.iter().rev().find_map(|event| match event {
        Event::Classified { situation, .. } => Some(*situation),
        _ => None,
    });
    let read = match &decision.outcome {
        Outcome::Receives { situation, .. } => Some(*situation),
        _ => read,
    };
    let why = match &by_authority {
        Some(instead) => overridden(&names, instead, desk.now),
        None => tried(&names, &decision.outcome, &decision.because, desk.now),
    };
    Ok(PreviewView {
        situation: read.map(|it| key(it.word())).unwrap_or_default(),
        corrected: !sent.situation.is_empty()
            && read.is_some_and(|read| read.word() == sent.situation),
        why: Some(why),
        ..blank
    })
}

/// What would come of somebody else receiving by authority.
fn overridden(names: &Names, decided: &Decision<Outcome, Event>, now: DateTime<Utc>) -> Why {
    let why = tried(names, &decided.outcome, &decided.because, now);
    if !matches!(decided.outcome, Outcome::Receives { .. }) {
        return why;
    }
    let tone = if why.clauses.is_empty() { Tone::Bad } else { Tone::Attention };
    Why { outcome: "receives-by-override".into(), tone, ..why }
}
