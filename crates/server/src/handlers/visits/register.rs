//! The visitor register 来访登记表 of a day, on the screen and on paper.

use app::{
    clients,
    roles::Permission,
    rotation::{self, Registered, Wanted},
};
use axum::{
    extract::{Query, State},
    response::Response,
};
use domain::rotation::{
    rules::Situation,
    state::{Arrival, Came, Channel, Purpose},
};
use serde::Deserialize;

use super::steps::chosen;
use crate::{
    handlers::{
        decision::{Names, name},
        rotation::people,
    },
    pages::{
        arrival::view::Stage,
        frame::Place,
        visits::{
            VisitsPage, VisitsPrint,
            view::{Pager, VisitFilter, VisitRow, VisitsView},
        },
    },
    web::{failure::Failure, reader::Reader, render::render, state::Server},
};

/// How many visits one page shows.
const ON_PAGE: usize = 50;
/// How many a sheet of paper may list.
const ON_PAPER: usize = 500;
/// How many clients a search may find.
const CLIENTS_MOST: i64 = 50;

/// What of the register is wanted.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    day: String,
    #[serde(default)]
    receiver: String,
    #[serde(default)]
    situation: String,
    #[serde(default)]
    look: String,
    #[serde(default)]
    page: String,
    #[serde(default)]
    pub(super) format: String,
}

/// `GET /visits`
pub async fn page(
    State(server): State<Server>,
    reader: Reader,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let view = view(&server, &reader, &asked, ON_PAGE).await?;
    Ok(render(&VisitsPage { frame: reader.frame(Some(Place::Visits)), view }))
}

/// `GET /visits/print`
pub async fn print(
    State(server): State<Server>,
    reader: Reader,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let mut view = view(&server, &reader, &asked, ON_PAPER).await?;
    // As it was kept: the first visit of the day first.
    view.rows.reverse();
    Ok(render(&VisitsPrint { frame: reader.frame(Some(Place::Visits)), view }))
}

async fn view(
    server: &Server,
    reader: &Reader,
    asked: &Asked,
    most: usize,
) -> Result<VisitsView, Failure> {
    let (app, caller, site) = (&server.app, reader.caller(), reader.site.id);
    let page = asked.page.parse::<usize>().unwrap_or(1).max(1);
    let wanted = wanted(server, reader, asked, (page - 1) * most, most).await?;
    let register = rotation::register(app, caller, site, &wanted).await?;
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let rows = register.rows.iter().map(|row| line(row, &register.names)).collect();
    Ok(VisitsView {
        now: reader.now,
        filter: VisitFilter {
            day: wanted.day,
            receiver: asked.receiver.clone(),
            situation: asked.situation.clone(),
            look: asked.look.trim().to_owned(),
        },
        people: people(server, reader).await?,
        situations: Situation::ALL.iter().map(|situation| situation.word().to_owned()).collect(),
        rows,
        pager: Pager {
            page: count(page),
            page_count: count(register.total.div_ceil(most).max(1)),
            total: count(register.total),
        },
        may_export: caller.may(Permission::ExportRegister),
    })
}

/// The part of the register that is asked for.
pub(super) async fn wanted(
    server: &Server,
    reader: &Reader,
    asked: &Asked,
    skip: usize,
    most: usize,
) -> Result<Wanted, Failure> {
    let (app, caller, site) = (&server.app, reader.caller(), reader.site.id);
    let today = reader.site.moment(reader.now).date_naive();
    let look = asked.look.trim();
    let found = if look.is_empty() {
        None
    } else {
        let found = clients::search(app, caller, site, look, CLIENTS_MOST).await?;
        Some(found.into_iter().map(|client| client.id).collect())
    };
    Ok(Wanted {
        day: asked.day.parse().unwrap_or(today),
        receiver: chosen(&asked.receiver),
        situation: Some(asked.situation.clone()).filter(|word| !word.is_empty()),
        clients: found,
        skip,
        most,
    })
}

pub(super) fn line(row: &Registered, names: &Names) -> VisitRow {
    let stage = match (row.status.as_str(), row.receiver) {
        ("offered", _) => Stage::Offered(None),
        ("received", _) => Stage::Receiving(row.started_at.unwrap_or(row.arrived_at)),
        // Whoever left while somebody was being called was not received.
        ("ended", Some(_)) if row.started_at.is_some() => Stage::Finished,
        ("ended", _) => Stage::Left,
        _ => Stage::Waiting,
    };
    let minutes = row
        .started_at
        .zip(row.ended_at)
        .map(|(started, ended)| (ended - started).num_minutes().max(0));
    VisitRow {
        id: row.visit.to_string(),
        at: row.arrived_at,
        visitor: row.name.clone().unwrap_or_else(|| format!("#{}", row.number)),
        telephone: row.telephone.clone().unwrap_or_default(),
        people_count: u32::try_from(row.people).unwrap_or(1),
        purpose: row.arrival.as_ref().map(purpose).unwrap_or_default().to_owned(),
        source: row.arrival.as_ref().map_or("naturally", source).to_owned(),
        situation: row.situation.clone(),
        receiver: row.receiver.map(|id| name(names, id)),
        stage,
        minutes,
        decision: row.decision.to_string(),
        clauses: row.clauses.iter().map(|clause| clause.0.clone()).collect(),
        late: row.late,
        overridden: row.overridden,
    }
}

const fn purpose(arrival: &Arrival) -> &'static str {
    match arrival.purpose {
        Purpose::Buying => "buying",
        Purpose::Enquiry => "enquiry",
        Purpose::Material => "material",
        Purpose::NonBuyer => "non_buyer",
        Purpose::NonViewing => "non_viewing",
    }
}

const fn source(arrival: &Arrival) -> &'static str {
    match (arrival.channel, arrival.introduced_by, arrival.came) {
        (Channel::Phone, _, _) => "call",
        (_, Some(_), _) => "referral",
        (_, _, Came::Naturally) => "naturally",
        (_, _, Came::Outreach) => "outreach",
        (_, _, Came::Phoned) => "phoned",
        (_, _, Came::Contacted) => "contacted",
    }
}
