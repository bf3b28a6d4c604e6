//! A visit from paper, entered afterwards with its own time.

use app::{
    AppError, ClientId, CommandId, Ownership, PersonId, VisitId,
    clients::{self, NewClient},
    roles::Permission,
    rotation::{self, Carried, Outcome},
};
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use chrono::{DateTime, NaiveDateTime, TimeZone, Utc};
use domain::rotation::{
    Command,
    state::{Arrival, Came, Purpose},
};
use serde::Deserialize;

use super::{command_id, view};
use crate::{
    language::Key,
    pages::{
        floor::{FloorPage, view::LateForm},
        frame::{Place, Problem, Tone},
    },
    web::{failure::Failure, form::Form, notice, reader::Reader, render::render, state::Server},
};

/// The situations that a late entry can say, by name.
pub(super) const SITUATIONS: [&str; 10] = [
    "new",
    "own_open",
    "own_closed",
    "named",
    "contacted",
    "outreach_unnamed",
    "property_owner",
    "enquiry",
    "material_only",
    "non_viewing",
];

/// What the form says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Late {
    command: String,
    happened_at: String,
    goes_on: String,
    receiver: String,
    situation: String,
    name: String,
    telephone: String,
}

impl Late {
    /// The form as it was filled in.
    fn form(&self, problems: Vec<Problem>) -> LateForm {
        LateForm {
            happened_at: self.happened_at.clone(),
            goes_on: !self.goes_on.is_empty(),
            receiver: self.receiver.clone(),
            situation: self.situation.clone(),
            name: self.name.clone(),
            telephone: self.telephone.clone(),
            shown: true,
            problems,
        }
    }

    /// The arrival that the situation means.
    fn arrival(&self, receiver: PersonId) -> Arrival {
        let mut arrival = Arrival { people: 1, households: 1, ..Arrival::default() };
        match self.situation.as_str() {
            "named" => arrival.named = Some(receiver),
            "contacted" => (arrival.came, arrival.contact) = (Came::Contacted, Some(receiver)),
            "outreach_unnamed" => arrival.came = Came::Outreach,
            "property_owner" => arrival.property_owner = true,
            "enquiry" => arrival.purpose = Purpose::Enquiry,
            "material_only" => arrival.purpose = Purpose::Material,
            "non_viewing" => arrival.purpose = Purpose::NonViewing,
            _ => arrival.ownership = self.ownership(receiver),
        }
        arrival
    }

    /// Whose client it was already, by the situation.
    fn ownership(&self, owner: PersonId) -> Option<Ownership> {
        match self.situation.as_str() {
            "own_open" => Some(Ownership { owner, closed: false }),
            "own_closed" => Some(Ownership { owner, closed: true }),
            _ => None,
        }
    }
}

/// `POST /floor/late`
pub async fn enter(State(server): State<Server>, form: Form<Late>) -> Result<Response, Failure> {
    let Form { reader, said } = form;
    reader.caller().require(Permission::RecordPast)?;
    let words = reader.words();
    let problem = |field: &str, text: String| Problem { field: field.into(), text };
    let mut problems = Vec::new();
    let at = moment(&reader, &said.happened_at);
    match at {
        None => problems.push(problem("happened_at", words.say("late-time-unread"))),
        Some(at) if at > reader.now => {
            problems.push(problem("happened_at", words.say("late-in-future")));
        }
        Some(_) => {}
    }
    let receiver = said.receiver.parse().ok().map(PersonId);
    if receiver.is_none() {
        problems.push(problem("receiver", words.say("late-receiver-missing")));
    }
    let (Some(at), Some(receiver), true) = (at, receiver, problems.is_empty()) else {
        return again(&server, &reader, said.form(problems), None).await;
    };
    match record(&server, &reader, &said, at, receiver).await {
        Ok(carried) if carried.is_refused() => {
            again(&server, &reader, said.form(Vec::new()), Some(&carried)).await
        }
        Ok(carried) => Ok(entered(&carried)),
        Err(AppError::Invalid { field: "telephone", .. }) => {
            let problems = vec![problem("telephone", words.say("late-telephone-unread"))];
            again(&server, &reader, said.form(problems), None).await
        }
        Err(AppError::Invalid { field: "happened_at", .. }) => {
            let problems = vec![problem("happened_at", words.say("late-other-day"))];
            again(&server, &reader, said.form(problems), None).await
        }
        Err(error) => Err(error.into()),
    }
}

fn entered(carried: &Carried) -> Response {
    let proposes = matches!(carried.outcome,
        Outcome::Recorded { by, by_rule: Some(person), .. } if person != by);
    let (tone, key) = if proposes {
        (Tone::Attention, Key("late-proposes"))
    } else {
        (Tone::Good, Key("late-written"))
    };
    ([notice::leave(tone, key.0)], Redirect::to("/floor")).into_response()
}

/// The page again, with what was typed and what is wrong with it.
async fn again(
    server: &Server,
    reader: &Reader,
    late: LateForm,
    refused: Option<&Carried>,
) -> Result<Response, Failure> {
    let refused = refused.map(|carried| carried.entry);
    let view = view::of(server, reader, "", refused, late).await?;
    let mut response = render(&FloorPage { frame: reader.frame(Some(Place::Floor)), view });
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

/// A moment as `<input type="datetime-local">` writes it, at the site.
pub(in crate::handlers) fn moment(reader: &Reader, text: &str) -> Option<DateTime<Utc>> {
    let read = |format| NaiveDateTime::parse_from_str(text, format).ok();
    let local = read("%Y-%m-%dT%H:%M").or_else(|| read("%Y-%m-%dT%H:%M:%S"))?;
    let zone = reader.words().zone;
    zone.from_local_datetime(&local).single().map(|at| at.to_utc())
}

async fn record(
    server: &Server,
    reader: &Reader,
    said: &Late,
    at: DateTime<Utc>,
    receiver: PersonId,
) -> Result<Carried, AppError> {
    let unread =
        |message: &str| AppError::Conflict { message: message.into(), hint: String::new() };
    let id = command_id(&said.command).map_err(|_| unread("the form has no id"))?;
    let client = client(server, reader, said, id, receiver).await?;
    let arrival = Arrival { client, ..said.arrival(receiver) };
    let (visit, ended) = (VisitId(id), said.goes_on.is_empty());
    let command = Command::RecordPast { visit, arrival, receiver, ended, until: None };
    let (caller, site) = (reader.caller(), reader.site.id);
    rotation::carry_out(&server.app, caller, site, id, command, Some(at)).await
}

/// The client whose name or telephone was typed.
async fn client(
    server: &Server,
    reader: &Reader,
    said: &Late,
    id: CommandId,
    receiver: PersonId,
) -> Result<Option<ClientId>, AppError> {
    let (name, telephone) = (said.name.trim(), said.telephone.trim());
    if name.is_empty() && telephone.is_empty() {
        return Ok(None);
    }
    let telephones = Some(telephone.to_owned()).filter(|text| !text.is_empty());
    let new = NewClient {
        name: name.to_owned(),
        telephones: telephones.into_iter().collect(),
        ..NewClient::default()
    };
    let (caller, site) = (reader.caller(), reader.site.id);
    let id = CommandId::from_u128(id.as_u128() ^ 1);
    let reason = reader.words().say("late-title");
    let owner = said.ownership(receiver);
    clients::enter(&server.app, caller, site, id, &new, owner, &reason).await.map(Some)
}
