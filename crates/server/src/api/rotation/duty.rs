//! A rush, a month's results and what they ask for, duty rosters, planned receptions.

use app::{PersonId, rotation::Command};
use axum::{Json, extract::State};
use chrono::{DateTime, NaiveDate, Utc};
use domain::rotation::{
    rules::{PlannedKind, Requirement},
    state::MonthResult,
};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::{
    super::{
        bearer::Bearer,
        problem::Problem,
        said::{At, Key, Said, sensible_day},
        words,
    },
    Answer,
    command::{Plain, commands, give, known, noted},
};
use crate::web::state::Server;

pub fn routes() -> OpenApiRouter<Server> {
    OpenApiRouter::new()
        .routes(routes!(set_rush))
        .routes(routes!(assess_month))
        .routes(routes!(note_requirement))
        .routes(routes!(publish_roster))
        .routes(routes!(end_meeting))
        .routes(routes!(plan_reception))
        .routes(routes!(cancel_planned))
}

/// A rush begins or ends.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Rush {
    /// Whether it begins.
    on: bool,
    /// When it happened, where it is typed in late.
    happened_at: Option<DateTime<Utc>>,
    /// Why; kept sealed beside the journal.
    reason: Option<String>,
}

/// The results of a month.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Month {
    /// Any day of the month.
    month: NaiveDate,
    /// One for each person who is assessed.
    results: Vec<PersonMonth>,
    /// When it happened, where it is typed in late.
    happened_at: Option<DateTime<Utc>>,
    /// Why; kept sealed beside the journal.
    reason: Option<String>,
}

/// The result of one person for a month.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonMonth {
    /// Who.
    person: Uuid,
    /// Clients received or calls taken.
    received: u32,
    /// How many of them were converted.
    converted: u32,
}

/// Somebody has brought what the return to the ring asks for, or has failed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Brought {
    /// What.
    #[schema(schema_with = words::requirement)]
    requirement: Requirement,
    /// Whether it was brought or passed.
    met: bool,
    /// When it happened, where it is typed in late.
    happened_at: Option<DateTime<Utc>>,
    /// Why; kept sealed beside the journal.
    reason: Option<String>,
}

/// A duty roster.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DutyRoster {
    /// The first day.
    from: NaiveDate,
    /// The last day.
    to: NaiveDate,
    /// Who is on duty, in order.
    people: Vec<Uuid>,
    /// When it happened, where it is typed in late.
    happened_at: Option<DateTime<Utc>>,
    /// Why; kept sealed beside the journal.
    reason: Option<String>,
}

/// A reception that is planned.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// The day.
    date: NaiveDate,
    /// Whom it is for.
    #[schema(schema_with = words::planned)]
    kind: PlannedKind,
    /// Who receives.
    host: Uuid,
    /// When it happened, where it is typed in late.
    happened_at: Option<DateTime<Utc>>,
    /// Why; kept sealed beside the journal.
    reason: Option<String>,
}

noted!(Rush, Month, Brought, DutyRoster, Plan);

/// A rush begins, in which the order is left aside, or ends
#[utoipa::path(post, path = "/sites/{site}/rush", tag = "rotation", params(("site" = Uuid, Path), Key),
    request_body = Rush, responses(
    (status = 200, body = Answer),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn set_rush(
    State(server): State<Server>,
    Bearer(caller): Bearer,
    At(site): At<Uuid>,
    key: Key,
    Said(said): Said<Rush>,
) -> Result<Json<Answer>, Problem> {
    let command = Command::SetRush { on: said.on };
    give(&server, &caller, site, key, command, &said).await
}

/// The results of a month are assessed by the rulebook
#[utoipa::path(post, path = "/sites/{site}/months", tag = "supervision", params(("site" = Uuid, Path), Key),
    request_body = Month, responses(
    (status = 200, body = Answer),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn assess_month(
    State(server): State<Server>,
    Bearer(caller): Bearer,
    At(site): At<Uuid>,
    key: Key,
    Said(said): Said<Month>,
) -> Result<Json<Answer>, Problem> {
    sensible_day("month", said.month)?;
    let mut results = Vec::with_capacity(said.results.len());
    for PersonMonth { person, received, converted } in said.results.iter().copied() {
        known(&server, &caller, "results", Some(person)).await?;
        results.push(MonthResult { person: PersonId(person), received, converted });
    }
    let command = Command::AssessMonth { month: said.month, results };
    give(&server, &caller, site, key, command, &said).await
}

/// A duty roster is published; one of the same days is replaced
#[utoipa::path(post, path = "/sites/{site}/rosters", tag = "rotation", params(("site" = Uuid, Path), Key),
    request_body = DutyRoster, responses(
    (status = 200, body = Answer),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn publish_roster(
    State(server): State<Server>,
    Bearer(caller): Bearer,
    At(site): At<Uuid>,
    key: Key,
    Said(said): Said<DutyRoster>,
) -> Result<Json<Answer>, Problem> {
    sensible_day("from", said.from)?;
    sensible_day("to", said.to)?;
    let people = said.people.iter().copied().map(PersonId).collect();
    let command = Command::PublishRoster { from: said.from, to: said.to, people };
    give(&server, &caller, site, key, command, &said).await
}

/// The morning meeting is over: a roster that is missing shows
#[utoipa::path(post, path = "/sites/{site}/meeting/end", tag = "rotation", params(("site" = Uuid, Path), Key),
    request_body = Plain, responses(
    (status = 200, body = Answer),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn end_meeting(
    State(server): State<Server>,
    Bearer(caller): Bearer,
    At(site): At<Uuid>,
    key: Key,
    Said(said): Said<Plain>,
) -> Result<Json<Answer>, Problem> {
    give(&server, &caller, site, key, Command::EndMeeting, &said).await
}

/// A reception is planned, and whoever receives is told
#[utoipa::path(post, path = "/sites/{site}/planned", tag = "rotation", params(("site" = Uuid, Path), Key),
    request_body = Plan, responses(
    (status = 200, body = Answer),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn plan_reception(
    State(server): State<Server>,
    Bearer(caller): Bearer,
    At(site): At<Uuid>,
    key: Key,
    Said(said): Said<Plan>,
) -> Result<Json<Answer>, Problem> {
    sensible_day("date", said.date)?;
    known(&server, &caller, "host", Some(said.host)).await?;
    let (date, kind, host) = (said.date, said.kind, PersonId(said.host));
    give(&server, &caller, site, key, Command::PlanReception { date, kind, host }, &said).await
}

commands! { "supervision";
    /// What the return to the ring asks for is brought, or not
    note_requirement "/sites/{site}/people/{person}/requirement" "person" person: Uuid, Brought, |server, caller, site, said|
        Command::NoteRequirement {
            person: PersonId(person),
            requirement: said.requirement,
            met: said.met,
        };
    /// A planned reception is called off
    cancel_planned "/sites/{site}/planned/{planned}/cancel" "planned" id: u64, Plain, |server, caller, site, said|
        Command::CancelPlanned { id };
}
