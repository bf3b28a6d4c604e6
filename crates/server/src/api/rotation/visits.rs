//! Visits 来访: arrivals, and what follows until the visitor leaves.

use app::{
    ClientId, PersonId, SiteId, VisitId,
    rotation::{self, Command},
};
use axum::{Json, extract::State};
use chrono::{DateTime, Utc};
use domain::{
    attribution::Ownership,
    people::TeamId,
    rotation::{
        rules::{Reason, Situation},
        state::{Arrival, Came, Channel, OwnerAnswer, Phase, Purpose},
    },
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::{
    super::{
        bearer::Bearer,
        problem::Problem,
        said::{At, Key, Said},
        words,
    },
    Answer,
    command::{Plain, commands, give, known, noted},
};
use crate::web::state::Server;

pub fn routes() -> OpenApiRouter<Server> {
    OpenApiRouter::new()
        .routes(routes!(list, arrive))
        .routes(routes!(preview))
        .routes(routes!(get))
        .routes(routes!(correct))
        .routes(routes!(record_past))
        .routes(routes!(override_receiver))
        .routes(routes!(note_registered))
        .routes(routes!(left_unregistered))
        .routes(routes!(call_help))
        .routes(routes!(answer_owner))
        .routes(routes!(found_colleague))
        .routes(routes!(accept))
        .routes(routes!(decline))
        .routes(routes!(finish))
        .routes(routes!(reopen))
        .routes(routes!(deal_closed))
        .routes(routes!(found_non_buyer))
}

/// What is known of a visitor on arrival. Whose client it is, Lunpai knows by `client`.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Facts {
    /// The client, once known.
    client: Option<Uuid>,
    /// The way in; else through the door.
    #[schema(schema_with = words::channel)]
    #[serde(default)]
    channel: Channel,
    /// What brought the visitor; else on their own.
    #[schema(schema_with = words::came)]
    #[serde(default)]
    came: Came,
    /// The person who invited them, answered their call or was in touch with them.
    contact: Option<Uuid>,
    /// The person whom the visitor names.
    named: Option<Uuid>,
    /// The client who introduced them.
    introduced_by: Option<Uuid>,
    /// The member of staff whose relative or friend they are.
    relative_of: Option<Uuid>,
    /// Whether they cannot say how they came.
    #[serde(default)]
    origin_unknown: bool,
    /// Whether their first receiver is here and has not recognised them.
    #[serde(default)]
    unrecognised: bool,
    /// What they want; else to look and perhaps buy.
    #[schema(schema_with = words::purpose)]
    #[serde(default)]
    purpose: Purpose,
    /// Whether they own a property here already.
    #[serde(default)]
    property_owner: bool,
    /// How many people; at most 1000.
    #[serde(default)]
    people: u32,
    /// How many households; at most 100.
    #[serde(default)]
    households: u32,
    /// The person whom the supervisor assigns.
    assigned: Option<Uuid>,
    /// The team whose ring deals.
    team: Option<Uuid>,
    /// What the owner answered when asked.
    answer: Option<Answered>,
    /// The person whom whoever is on turn names.
    delegated: Option<Uuid>,
    /// How many opening questions were asked.
    questions: Option<u32>,
}

/// What an owner answered when asked who receives.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Answered {
    /// Receives both, names a colleague, names nobody, or could not be reached.
    #[schema(schema_with = words::owner_answer)]
    answer: AnswerWord,
    /// The colleague who is named.
    person: Option<Uuid>,
}

/// The answers of an owner.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum AnswerWord {
    Both,
    Names,
    Nobody,
    Unreachable,
}

impl Answered {
    async fn known(self, server: &Server, caller: &app::Caller) -> Result<OwnerAnswer, Problem> {
        let person = known(server, caller, "answer.person", self.person).await?;
        match (self.answer, person) {
            (AnswerWord::Both, _) => Ok(OwnerAnswer::Both),
            (AnswerWord::Nobody, _) => Ok(OwnerAnswer::Nobody),
            (AnswerWord::Unreachable, _) => Ok(OwnerAnswer::Unreachable),
            (AnswerWord::Names, Some(person)) => Ok(OwnerAnswer::Names(person)),
            (AnswerWord::Names, None) => {
                Err(Problem::field("answer.person", "nobody is named", "give the colleague's id"))
            }
        }
    }
}

impl Facts {
    /// The facts with ids that exist, as the domain takes them.
    async fn known(self, server: &Server, caller: &app::Caller) -> Result<Arrival, Problem> {
        if self.people > 1_000 {
            return Err(Problem::field("people", "these are too many people", "give at most 1000"));
        }
        if self.households > 100 {
            return Err(Problem::field("households", "these are too many", "give at most 100"));
        }
        let introduced_by = match self.introduced_by {
            Some(client) => rotation::facts(&server.app, caller, ClientId(client)).await?,
            None => None,
        };
        let answer = match self.answer {
            Some(answer) => Some(answer.known(server, caller).await?),
            None => None,
        };
        Ok(Arrival {
            client: self.client.map(ClientId),
            ownership: None,
            channel: self.channel,
            came: self.came,
            contact: known(server, caller, "contact", self.contact).await?,
            named: known(server, caller, "named", self.named).await?,
            introduced_by,
            relative_of: known(server, caller, "relative_of", self.relative_of).await?,
            origin_unknown: self.origin_unknown,
            unrecognised: self.unrecognised,
            purpose: self.purpose,
            property_owner: self.property_owner,
            people: self.people,
            households: self.households,
            assigned: known(server, caller, "assigned", self.assigned).await?,
            team: self.team.map(TeamId),
            answer,
            delegated: known(server, caller, "delegated", self.delegated).await?,
            questions: self.questions,
            reason: None,
        })
    }
}

/// A visitor arrives.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Arrive {
    /// The id of the visit; else the command's.
    visit: Option<Uuid>,
    /// What is known.
    #[serde(default)]
    facts: Facts,
    /// When it happened, where it is typed in late.
    happened_at: Option<DateTime<Utc>>,
    /// Why; kept sealed beside the journal.
    reason: Option<String>,
}

/// What was known of a visitor was wrong.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Correct {
    /// What is known now.
    #[serde(default)]
    facts: Facts,
    /// When it happened, where it is typed in late.
    happened_at: Option<DateTime<Utc>>,
    /// Why; kept sealed beside the journal.
    reason: Option<String>,
}

/// A visit that happened before is written down.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordPast {
    /// The id of the visit; else the command's.
    visit: Option<Uuid>,
    /// What is known.
    #[serde(default)]
    facts: Facts,
    /// The person who received.
    receiver: Uuid,
    /// Whether the visit is over.
    #[serde(default)]
    ended: bool,
    /// When it happened.
    happened_at: Option<DateTime<Utc>>,
    /// Why; kept sealed beside the journal.
    reason: Option<String>,
}

/// Somebody else receives, by authority.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Override {
    /// The person who receives.
    receiver: Uuid,
    /// When it happened, where it is typed in late.
    happened_at: Option<DateTime<Utc>>,
    /// Why; kept sealed beside the journal.
    reason: Option<String>,
}

/// Somebody helps.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Help {
    /// The person who helps; else by the order.
    helper: Option<Uuid>,
    /// When it happened, where it is typed in late.
    happened_at: Option<DateTime<Utc>>,
    /// Why; kept sealed beside the journal.
    reason: Option<String>,
}

/// The owner answered who receives.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerOwner {
    /// What they answered.
    answer: Answered,
    /// When it happened, where it is typed in late.
    happened_at: Option<DateTime<Utc>>,
    /// Why; kept sealed beside the journal.
    reason: Option<String>,
}

/// The visitor is a colleague's client.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Colleague {
    /// The person whose client it is.
    owner: Uuid,
    /// Whether a deal with the client is closed.
    #[serde(default)]
    closed: bool,
    /// What the owner answered, if asked.
    answer: Option<Answered>,
    /// When it happened, where it is typed in late.
    happened_at: Option<DateTime<Utc>>,
    /// Why; kept sealed beside the journal.
    reason: Option<String>,
}

/// The visitor is not a buyer.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NonBuyer {
    /// Whether the receiver carries on; else they hand over.
    #[serde(default)]
    carries_on: bool,
    /// When it happened, where it is typed in late.
    happened_at: Option<DateTime<Utc>>,
    /// Why; kept sealed beside the journal.
    reason: Option<String>,
}

noted!(Arrive, Correct, RecordPast, Override, Help, AnswerOwner, Colleague, NonBuyer);

/// A visit of today.
#[derive(Debug, Serialize, ToSchema)]
pub struct Visit {
    id: Uuid,
    /// Its number of the day.
    number: u32,
    client: Option<Uuid>,
    /// The client's name, masked.
    name: Option<String>,
    /// What the visit is to the rotation.
    #[schema(schema_with = words::situation)]
    situation: Option<Situation>,
    /// How far it is: `waiting`, `asking`, `offered`, `received`, `ended`.
    phase: &'static str,
    /// Until when whoever is called may answer.
    answer_until: Option<DateTime<Utc>>,
    /// The owner who is asked.
    asked: Option<Uuid>,
    /// Who is responsible.
    receiver: Option<Uuid>,
    /// Who helps.
    helpers: Vec<Uuid>,
    arrived_at: DateTime<Utc>,
    received_at: Option<DateTime<Utc>>,
    /// How many people.
    people: u32,
}

impl From<rotation::OpenVisit> for Visit {
    fn from(visit: rotation::OpenVisit) -> Self {
        let (phase, answer_until, asked) = match visit.phase {
            Phase::Waiting => ("waiting", None, None),
            Phase::Asking(owner) => ("asking", None, Some(owner.0)),
            Phase::Offered { until } => ("offered", Some(until.to_utc()), None),
            Phase::Received => ("received", None, None),
            Phase::Ended => ("ended", None, None),
        };
        Self {
            id: visit.visit.0,
            number: visit.number,
            client: visit.client.map(|client| client.0),
            name: visit.name,
            situation: visit.situation,
            phase,
            answer_until,
            asked,
            receiver: visit.receiver.map(|person| person.0),
            helpers: visit.helpers.into_iter().map(|person| person.0).collect(),
            arrived_at: visit.arrived_at.to_utc(),
            received_at: visit.received_at.map(|at| at.to_utc()),
            people: visit.arrival.people.max(1),
        }
    }
}

/// The visits that are not over, in the order in which they came
#[utoipa::path(get, operation_id = "list_visits", path = "/sites/{site}/visits", tag = "visits", params(("site" = Uuid, Path)), responses(
    (status = 200, body = Vec<Visit>),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn list(
    State(server): State<Server>,
    Bearer(caller): Bearer,
    At(site): At<Uuid>,
) -> Result<Json<Vec<Visit>>, Problem> {
    let open = rotation::open_visits(&server.app, &caller, SiteId(site)).await?;
    Ok(Json(open.into_iter().map(Visit::from).collect()))
}

/// A visit of today, also if it is over
#[utoipa::path(get, operation_id = "get_visit", path = "/sites/{site}/visits/{visit}", tag = "visits",
    params(("site" = Uuid, Path), ("visit" = Uuid, Path)), responses(
    (status = 200, body = Visit),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn get(
    State(server): State<Server>,
    Bearer(caller): Bearer,
    At((site, visit)): At<(Uuid, Uuid)>,
) -> Result<Json<Visit>, Problem> {
    let visit = rotation::visit(&server.app, &caller, SiteId(site), VisitId(visit)).await?;
    Ok(Json(visit.into()))
}

/// A visitor arrives, or a call comes in: who receives
#[utoipa::path(post, path = "/sites/{site}/visits", tag = "visits", params(("site" = Uuid, Path), Key),
    request_body = Arrive, responses(
    (status = 200, body = Answer),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn arrive(
    State(server): State<Server>,
    Bearer(caller): Bearer,
    At(site): At<Uuid>,
    key: Key,
    Said(mut said): Said<Arrive>,
) -> Result<Json<Answer>, Problem> {
    let mut arrival = std::mem::take(&mut said.facts).known(&server, &caller).await?;
    arrival.reason = said.reason.as_ref().map(|_| Reason::Other);
    let visit = VisitId(said.visit.unwrap_or(key.0));
    give(&server, &caller, site, key, Command::Arrive { visit, arrival }, &said).await
}

/// Who would receive now, and why; nothing is recorded
#[utoipa::path(post, path = "/sites/{site}/rotation/preview", tag = "visits", params(("site" = Uuid, Path)),
    request_body = Facts, responses(
    (status = 200, body = Answer),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn preview(
    State(server): State<Server>,
    Bearer(caller): Bearer,
    At(site): At<Uuid>,
    Said(facts): Said<Facts>,
) -> Result<Json<Answer>, Problem> {
    let arrival = facts.known(&server, &caller).await?;
    let decision = rotation::preview(&server.app, &caller, SiteId(site), arrival).await?;
    Ok(Json(Answer::tried(decision.outcome, decision.because)))
}

/// A visit that happened before is written down with who received it
#[utoipa::path(post, path = "/sites/{site}/visits/past", tag = "visits", params(("site" = Uuid, Path), Key),
    request_body = RecordPast, responses(
    (status = 200, body = Answer),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn record_past(
    State(server): State<Server>,
    Bearer(caller): Bearer,
    At(site): At<Uuid>,
    key: Key,
    Said(mut said): Said<RecordPast>,
) -> Result<Json<Answer>, Problem> {
    let arrival = std::mem::take(&mut said.facts).known(&server, &caller).await?;
    known(&server, &caller, "receiver", Some(said.receiver)).await?;
    let (visit, receiver) = (VisitId(said.visit.unwrap_or(key.0)), PersonId(said.receiver));
    let command = Command::RecordPast { visit, arrival, receiver, ended: said.ended, until: None };
    give(&server, &caller, site, key, command, &said).await
}

commands! { "visits";
    /// What was known of a visitor was wrong: decides again
    correct "/sites/{site}/visits/{visit}/correct" "visit" visit: Uuid, Correct, |server, caller, site, said| {
        let arrival = said.facts.clone().known(&server, &caller).await?;
        Command::Correct { visit: VisitId(visit), arrival }
    };
    /// Who is called accepts
    accept "/sites/{site}/visits/{visit}/accept" "visit" visit: Uuid, Plain, |server, caller, site, said|
        Command::Accept { visit: VisitId(visit) };
    /// Who is called declines
    decline "/sites/{site}/visits/{visit}/decline" "visit" visit: Uuid, Plain, |server, caller, site, said|
        Command::Decline { visit: VisitId(visit) };
    /// The reception ends
    finish "/sites/{site}/visits/{visit}/finish" "visit" visit: Uuid, Plain, |server, caller, site, said|
        Command::Finish { visit: VisitId(visit) };
    /// The end of a reception was a mistake
    reopen "/sites/{site}/visits/{visit}/reopen" "visit" visit: Uuid, Plain, |server, caller, site, said|
        Command::Reopen { visit: VisitId(visit) };
    /// A deal of the visit closed today
    deal_closed "/sites/{site}/visits/{visit}/deal" "visit" visit: Uuid, Plain, |server, caller, site, said|
        Command::DealClosed { visit: VisitId(visit) };
    /// The visitor is not a buyer
    found_non_buyer "/sites/{site}/visits/{visit}/non-buyer" "visit" visit: Uuid, NonBuyer, |server, caller, site, said|
        Command::FoundNonBuyer { visit: VisitId(visit), carries_on: said.carries_on };
    /// Somebody else receives, by authority
    override_receiver "/sites/{site}/visits/{visit}/override" "visit" visit: Uuid, Override, |server, caller, site, said| {
        known(&server, &caller, "receiver", Some(said.receiver)).await?;
        Command::Override {
            visit: VisitId(visit),
            receiver: PersonId(said.receiver),
            reason: said.reason.as_ref().map(|_| Reason::Other),
        }
    };
    /// The visitor is registered
    note_registered "/sites/{site}/visits/{visit}/registered" "visit" visit: Uuid, Plain, |server, caller, site, said|
        Command::NoteRegistered { visit: VisitId(visit) };
    /// The visitor has left without a registration
    left_unregistered "/sites/{site}/visits/{visit}/left-unregistered" "visit" visit: Uuid, Plain, |server, caller, site, said|
        Command::LeftUnregistered { visit: VisitId(visit) };
    /// Somebody helps with a visit
    call_help "/sites/{site}/visits/{visit}/help" "visit" visit: Uuid, Help, |server, caller, site, said| {
        let helper = known(&server, &caller, "helper", said.helper).await?;
        Command::CallHelp { visit: VisitId(visit), helper }
    };
    /// The owner answered who receives
    answer_owner "/sites/{site}/visits/{visit}/answer-owner" "visit" visit: Uuid, AnswerOwner, |server, caller, site, said| {
        let answer = said.answer.known(&server, &caller).await?;
        Command::AnswerOwner { visit: VisitId(visit), answer }
    };
    /// The visitor is a colleague's client
    found_colleague "/sites/{site}/visits/{visit}/colleague" "visit" visit: Uuid, Colleague, |server, caller, site, said| {
        known(&server, &caller, "owner", Some(said.owner)).await?;
        let answer = match said.answer {
            Some(answer) => Some(answer.known(&server, &caller).await?),
            None => None,
        };
        let ownership = Ownership { owner: PersonId(said.owner), closed: said.closed };
        Command::FoundColleague { visit: VisitId(visit), ownership, answer }
    };
}
