//! Arrival at the desk: looking somebody up, trying the decision out, letting them in.

mod form;
mod parts;

use app::{
    AppError, VisitId, clients,
    rotation::{self, Carried, Command},
};
use axum::{
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use domain::rotation::rules::{Reason, Situation};
use serde::Deserialize;

use self::form::{Sent, problem, problem_of};
use super::{
    answer::{Said, beside, command_id, tell},
    visits::chosen,
};
use crate::{
    language::Key,
    pages::{
        arrival::{
            ArrivalPage, DeskPart, LookUp, PreviewPart, VisitPart,
            view::{LookUpView, Match, PreviewView, VisitView},
        },
        frame::{Place, Problem, Tone},
    },
    web::{failure::Failure, form::Form, notice, reader::Reader, render::render, state::Server},
};

/// How many clients a look-up shows.
const MATCHES: usize = 8;

/// Which visit was just decided.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    visit: String,
}

/// `GET /arrival`
pub async fn page(
    State(server): State<Server>,
    reader: Reader,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    reader.caller().require(app::roles::Permission::Deal)?;
    let sent = Sent::default().anew(None);
    let preview = parts::blank(&server, &reader, &sent).await?;
    show(&server, &reader, &sent, Vec::new(), preview, asked.visit.parse().ok().map(VisitId)).await
}

async fn show(
    server: &Server,
    reader: &Reader,
    sent: &Sent,
    problems: Vec<Problem>,
    preview: PreviewView,
    decided: Option<VisitId>,
) -> Result<Response, Failure> {
    let form = sent.shown(problems);
    let view = parts::view(server, reader, form, preview, decided).await?;
    Ok(render(&ArrivalPage { frame: reader.frame(Some(Place::Arrival)), view }))
}

/// What was typed to look somebody up.
#[derive(Debug, Default, Deserialize)]
pub struct Look {
    #[serde(default)]
    look: String,
}

/// `GET /arrival/look-up`
pub async fn look_up(
    State(server): State<Server>,
    reader: Reader,
    Query(asked): Query<Look>,
) -> Result<Response, Failure> {
    let look = asked.look.trim().to_owned();
    let mut found = if look.is_empty() {
        Vec::new()
    } else {
        let most = i64::try_from(MATCHES).unwrap_or(8) + 1;
        clients::search(&server.app, reader.caller(), reader.site.id, &look, most).await?
    };
    let more = found.len() > MATCHES;
    found.truncate(MATCHES);
    let one = |client: clients::Client| Match {
        id: client.id.to_string(),
        name: client.shown.name,
        telephone: client.shown.telephones.first().cloned().unwrap_or_default(),
        owner: client.owner_name,
        closed: client.closed,
        last_visit: None,
    };
    let view = LookUpView { look, matches: found.into_iter().map(one).collect(), more };
    Ok(render(&LookUp { frame: reader.frame(Some(Place::Arrival)), view }))
}

/// `POST /arrival/preview`: who would receive, and why.
pub async fn preview(State(server): State<Server>, form: Form<Sent>) -> Result<Response, Failure> {
    let Form { reader, said } = form;
    reader.caller().require(app::roles::Permission::Deal)?;
    let view = parts::preview(&server, &reader, &said).await?;
    Ok(render(&PreviewPart { frame: reader.frame(Some(Place::Arrival)), view }))
}

/// Which visit the page shows by itself.
#[derive(Debug, Default, Deserialize)]
pub struct Besides {
    #[serde(default)]
    without: String,
}

/// `GET /arrival/desk`: waiting and running visits.
pub async fn desk(
    State(server): State<Server>,
    reader: Reader,
    Query(asked): Query<Besides>,
) -> Result<Response, Failure> {
    let without = asked.without.parse().ok().map(VisitId);
    let view = parts::desk(&server, &reader, without).await?;
    Ok(render(&DeskPart { frame: reader.frame(Some(Place::Arrival)), view }))
}

/// `GET /arrival/visits/{id}`: what happens with a visit now.
pub async fn visit(
    State(server): State<Server>,
    reader: Reader,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id = id.parse().map(VisitId).map_err(|_| Failure::not_found())?;
    let (visit, people) = match parts::visit(&server, &reader, id).await {
        // It was undone: nothing is left to show.
        Err(failure) if failure.is_not_found() => return Ok(().into_response()),
        found => found?,
    };
    let view = VisitView { visit, people };
    Ok(render(&VisitPart { frame: reader.frame(Some(Place::Arrival)), view }))
}

/// `POST /arrival`: registers who is new, deals the visit, and has somebody else receive if asked.
pub async fn arrive(State(server): State<Server>, form: Form<Sent>) -> Result<Response, Failure> {
    let Form { reader, said } = form;
    reader.caller().require(app::roles::Permission::Deal)?;
    let instead = chosen(&said.override_to);
    if instead.is_some() && said.override_reason.trim().is_empty() {
        let missing = problem(&reader, "override_reason", &Key("arrival-reason-missing"));
        return again(&server, &reader, &said, missing).await;
    }
    let desk = rotation::desk(&server.app, reader.caller(), reader.site.id).await?;
    if !desk.teams.is_empty() && !said.names_team() {
        let missing = problem(&reader, "team", &Key("arrival-team-missing"));
        return again(&server, &reader, &said, missing).await;
    }
    let known = said.known(&server, &reader).await?;
    let client = match known {
        Some(known) => Some(known.id),
        None => match said.register(&server, &reader).await {
            Ok(client) => client,
            Err(error) => {
                let wrong = problem_of(&reader, error)?;
                return again(&server, &reader, &said, wrong).await;
            }
        },
    };
    let carried = deal(&server, &reader, &said, client).await?;
    let visit = visit_of(&said);
    if carried.is_refused() {
        let said_of = Said::of(&carried);
        let anew = said.anew(client);
        return again(&server, &reader, &anew, problem(&reader, "", &said_of.1)).await;
    }
    let mut told = Said::of(&carried);
    if let Some(receiver) = instead {
        let command = Command::Override { visit, receiver, reason: Some(Reason::Other) };
        let (app, caller, site) = (&server.app, reader.caller(), reader.site.id);
        let id = beside(said.command(), 3);
        told = Said::of_result(
            rotation::carry_out_because(app, caller, site, id, command, &said.override_reason)
                .await,
        )?;
    }
    let next = Redirect::to(&format!("/arrival?visit={visit}"));
    let Said(tone, key) = told;
    if tone == Tone::Good {
        return Ok(next.into_response());
    }
    Ok(([notice::leave(tone, &key)], next).into_response())
}

/// The visit that a form brings: the same whenever it is sent.
fn visit_of(sent: &Sent) -> VisitId {
    VisitId(beside(sent.command(), 2))
}

async fn deal(
    server: &Server,
    reader: &Reader,
    sent: &Sent,
    client: Option<app::ClientId>,
) -> Result<Carried, Failure> {
    let (app, caller, site) = (&server.app, reader.caller(), reader.site.id);
    let contacts = rotation::desk(app, caller, site).await?;
    let contacts = contacts.situations.contains(&Situation::Contacted);
    let arrival = sent.arrival(server, reader, client, contacts).await?;
    let command = Command::Arrive { visit: visit_of(sent), arrival };
    match rotation::carry_out(app, caller, site, sent.command(), command, None).await {
        Err(AppError::Refused(carried)) => Ok(*carried),
        carried => Ok(carried?),
    }
}

/// The page again, with what was typed and what is wrong with it.
async fn again(
    server: &Server,
    reader: &Reader,
    sent: &Sent,
    wrong: Problem,
) -> Result<Response, Failure> {
    let preview = parts::preview(server, reader, sent).await?;
    let mut response = show(server, reader, sent, vec![wrong], preview, None).await?;
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

/// A form that says nothing but its command.
#[derive(Debug, Default, Deserialize)]
pub struct Plain {
    #[serde(default)]
    command: String,
}

/// `POST /arrival/open-day`
pub async fn open_day(
    State(server): State<Server>,
    headers: HeaderMap,
    form: Form<Plain>,
) -> Result<Response, Failure> {
    let Form { reader, said } = form;
    let date = reader.site.moment(reader.now).date_naive();
    let command = Command::OpenDay { date, roster: None };
    let id = command_id(&said.command);
    let (app, caller, site) = (&server.app, reader.caller(), reader.site.id);
    let told = Said::of_result(rotation::carry_out(app, caller, site, id, command, None).await)?;
    let told =
        if told.0 == Tone::Good { Said(Tone::Good, Key("day-opened").0.into()) } else { told };
    Ok(tell(&reader, &headers, &told))
}
