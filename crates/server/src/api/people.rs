//! People: who works here, with which roles.

use app::{
    PersonId, Role, SiteId, TeamId,
    people::{self, Details},
    sites,
};
use axum::{Json, extract::State, http::StatusCode};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::{
    bearer::Bearer,
    problem::Problem,
    said::{Asked, At, Said, sensible_day},
    words,
};
use crate::web::state::Server;

pub fn routes() -> OpenApiRouter<Server> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(get, edit))
        .routes(routes!(set_active))
        .routes(routes!(issue_password))
        .routes(routes!(unlock))
}

/// A person.
#[derive(Debug, Serialize, ToSchema)]
pub struct Person {
    id: Uuid,
    /// The site; nothing for head office.
    site: Option<Uuid>,
    team: Option<Uuid>,
    /// What is typed to sign in.
    login: String,
    display_name: String,
    pinyin: String,
    #[schema(schema_with = words::roles)]
    roles: Vec<Role>,
    /// The number in a rotation by fixed numbers.
    number: Option<u32>,
    /// Whether they may receive on their own.
    certified: bool,
    /// Whether notice was given.
    leaving: bool,
    hired_on: Option<NaiveDate>,
    /// Whether they may sign in and work.
    active: bool,
    created_at: DateTime<Utc>,
}

impl From<people::Person> for Person {
    fn from(person: people::Person) -> Self {
        Self {
            id: person.id.0,
            site: person.site.map(|site| site.0),
            team: person.team.map(|team| team.0),
            login: person.login,
            display_name: person.display_name,
            pinyin: person.pinyin,
            roles: person.roles,
            number: person.number,
            certified: person.certified,
            leaving: person.leaving,
            hired_on: person.hired_on,
            active: person.active,
            created_at: person.created_at,
        }
    }
}

/// What is known of a person.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonDetails {
    /// The site; nothing for head office and administrators.
    site: Option<Uuid>,
    /// A team of the site.
    team: Option<Uuid>,
    /// Up to 60 letters, digits, dots and hyphens.
    login: String,
    /// 1 to 60 characters.
    display_name: String,
    /// At least one.
    #[schema(schema_with = words::roles)]
    roles: Vec<Role>,
    /// The number in a rotation by fixed numbers.
    number: Option<u32>,
    /// Whether they may receive on their own.
    #[serde(default)]
    certified: bool,
    /// Whether notice was given.
    #[serde(default)]
    leaving: bool,
    /// The first day.
    hired_on: Option<NaiveDate>,
}

/// A person, and the first password, which is shown only here.
#[derive(Debug, Serialize, ToSchema)]
pub struct Entered {
    person: Person,
    /// To be changed at the first sign-in.
    password: String,
}

/// Whether somebody may work and sign in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Active {
    active: bool,
}

/// A new password, which is shown only here.
#[derive(Debug, Serialize, ToSchema)]
pub struct Password {
    /// To be changed at the next sign-in.
    password: String,
}

/// Whom to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct Whom {
    /// The site; else everybody whom the caller may see.
    site: Option<Uuid>,
}

/// The details, with a site and a team that are there.
async fn details(
    server: &Server,
    caller: &app::Caller,
    said: PersonDetails,
) -> Result<Details, Problem> {
    let site = said.site.map(SiteId);
    if let Some(site) = site {
        sites::site(&server.app, caller, site).await?;
    }
    if let (Some(site), Some(team)) = (site, said.team) {
        let teams = sites::teams(&server.app, caller, site).await?;
        if !teams.iter().any(|known| known.id.0 == team) {
            let detail = format!("`{team}` is no team of the site");
            return Err(Problem::field("team", detail, "GET /sites/{site}/teams lists them"));
        }
    }
    Ok(Details {
        site,
        team: said.team.map(TeamId),
        login: said.login,
        display_name: said.display_name,
        roles: said.roles,
        number: said.number,
        certified: said.certified,
        leaving: said.leaving,
        hired_on: said.hired_on.map(|day| sensible_day("hired_on", day)).transpose()?,
    })
}

/// Who works here, also who is not active any more
#[utoipa::path(get, operation_id = "list_people", path = "/people", tag = "people", params(Whom), responses(
    (status = 200, body = Vec<Person>),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn list(
    State(server): State<Server>,
    Bearer(caller): Bearer,
    Asked(whom): Asked<Whom>,
) -> Result<Json<Vec<Person>>, Problem> {
    let all = people::all(&server.app, &caller, whom.site.map(SiteId)).await?;
    Ok(Json(all.into_iter().map(Person::from).collect()))
}

/// Enters somebody; the first password is shown once
#[utoipa::path(post, operation_id = "create_person", path = "/people", tag = "people", request_body = PersonDetails, responses(
    (status = 201, body = Entered),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn create(
    State(server): State<Server>,
    Bearer(caller): Bearer,
    Said(said): Said<PersonDetails>,
) -> Result<(StatusCode, Json<Entered>), Problem> {
    let details = details(&server, &caller, said).await?;
    let (person, password) = people::create(&server.app, &caller, &details).await?;
    Ok((StatusCode::CREATED, Json(Entered { person: person.into(), password })))
}

/// A person
#[utoipa::path(get, operation_id = "get_person", path = "/people/{person}", tag = "people", params(("person" = Uuid, Path)), responses(
    (status = 200, body = Person),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn get(
    State(server): State<Server>,
    Bearer(caller): Bearer,
    At(person): At<Uuid>,
) -> Result<Json<Person>, Problem> {
    Ok(Json(people::get(&server.app, &caller, PersonId(person)).await?.into()))
}

/// Changes what is known of somebody
#[utoipa::path(put, operation_id = "edit_person", path = "/people/{person}", tag = "people", params(("person" = Uuid, Path)),
    request_body = PersonDetails, responses(
    (status = 200, body = Person),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn edit(
    State(server): State<Server>,
    Bearer(caller): Bearer,
    At(person): At<Uuid>,
    Said(said): Said<PersonDetails>,
) -> Result<Json<Person>, Problem> {
    let details = details(&server, &caller, said).await?;
    Ok(Json(people::edit(&server.app, &caller, PersonId(person), &details).await?.into()))
}

/// Lets somebody work and sign in, or not any more
#[utoipa::path(put, path = "/people/{person}/active", tag = "people", params(("person" = Uuid, Path)),
    request_body = Active, responses(
    (status = 200, body = Person),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn set_active(
    State(server): State<Server>,
    Bearer(caller): Bearer,
    At(person): At<Uuid>,
    Said(said): Said<Active>,
) -> Result<Json<Person>, Problem> {
    let person = people::set_active(&server.app, &caller, PersonId(person), said.active).await?;
    Ok(Json(person.into()))
}

/// Issues a new password, shown once; all sessions of the person end
#[utoipa::path(post, path = "/people/{person}/password", tag = "people", params(("person" = Uuid, Path)),
    responses(
    (status = 200, body = Password),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn issue_password(
    State(server): State<Server>,
    Bearer(caller): Bearer,
    At(person): At<Uuid>,
) -> Result<Json<Password>, Problem> {
    let password = people::issue_password(&server.app, &caller, PersonId(person)).await?;
    Ok(Json(Password { password }))
}

/// Ends the lock after wrong passwords
#[utoipa::path(post, path = "/people/{person}/unlock", tag = "people", params(("person" = Uuid, Path)),
    responses(
    (status = 204),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn unlock(
    State(server): State<Server>,
    Bearer(caller): Bearer,
    At(person): At<Uuid>,
) -> Result<StatusCode, Problem> {
    people::unlock(&server.app, &caller, PersonId(person)).await?;
    Ok(StatusCode::NO_CONTENT)
}
