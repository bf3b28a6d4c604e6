//! Clients 客户: finding and registering them, whose they are, whether a deal closed.

use app::{
    ClientId, PersonId, SiteId,
    clients::{self, NewClient},
    privacy, sites,
};
use axum::{Json, extract::State, http::StatusCode};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::{
    bearer::Bearer,
    problem::Problem,
    said::{Asked, At, Key, Said},
};
use crate::web::state::Server;

pub fn routes() -> OpenApiRouter<Server> {
    OpenApiRouter::new()
        .routes(routes!(search, register))
        .routes(routes!(get, correct))
        .routes(routes!(set_owner))
        .routes(routes!(set_closed))
        .routes(routes!(reveal))
}

/// A client, masked.
#[derive(Debug, Serialize, ToSchema)]
pub struct Client {
    id: Uuid,
    shown: Shown,
    /// Whose client it is.
    owner: Option<Uuid>,
    owner_name: Option<String>,
    owner_since: Option<DateTime<Utc>>,
    /// Whether a deal closed.
    closed: bool,
    created_at: DateTime<Utc>,
}

/// Who a client is, as the caller may see it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Shown {
    #[schema(example = "王**")]
    name: String,
    #[schema(example = json!(["138****5678"]))]
    telephones: Vec<String>,
    company: Option<String>,
    plate: Option<String>,
    /// Whether it is in full.
    in_full: bool,
    /// Whether the client's data was erased.
    erased: bool,
}

impl From<privacy::Shown> for Shown {
    fn from(shown: privacy::Shown) -> Self {
        Self {
            name: shown.name,
            telephones: shown.telephones,
            company: shown.company,
            plate: shown.plate,
            in_full: shown.in_full,
            erased: shown.erased,
        }
    }
}

impl From<clients::Client> for Client {
    fn from(client: clients::Client) -> Self {
        Self {
            id: client.id.0,
            shown: client.shown.into(),
            owner: client.owner.map(|owner| owner.0),
            owner_name: client.owner_name,
            owner_since: client.owner_since,
            closed: client.closed,
            created_at: client.created_at,
        }
    }
}

/// What is known of a client.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ClientDetails {
    #[schema(example = "王先生")]
    name: String,
    /// The most used first.
    #[serde(default)]
    telephones: Vec<String>,
    /// The company that they come from.
    company: Option<String>,
    /// The number plate of their car.
    plate: Option<String>,
}

impl From<ClientDetails> for NewClient {
    fn from(said: ClientDetails) -> Self {
        let (name, telephones) = (said.name, said.telephones);
        Self { name, telephones, company: said.company, plate: said.plate, ..Self::default() }
    }
}

/// Whose client it is, and why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Owner {
    /// The person; nobody: nobody's.
    owner: Option<Uuid>,
    /// Why; kept sealed beside the journal.
    reason: String,
}

/// Whether a deal closed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Closed {
    closed: bool,
}

/// What to look for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct Sought {
    /// A part of the name, its pinyin or initials, a whole telephone or its last four digits; else the
    /// newest clients.
    q: Option<String>,
    /// At most so many.
    limit: Option<u32>,
}

/// Finds clients, masked
#[utoipa::path(get, path = "/sites/{site}/clients", tag = "clients",
    params(("site" = Uuid, Path), Sought), responses(
    (status = 200, body = Vec<Client>),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn search(
    State(server): State<Server>,
    Bearer(caller): Bearer,
    At(site): At<Uuid>,
    Asked(asked): Asked<Sought>,
) -> Result<Json<Vec<Client>>, Problem> {
    let site = sites::site(&server.app, &caller, SiteId(site)).await?.id;
    let limit = i64::from(asked.limit.unwrap_or(20).clamp(1, 200));
    let found = match asked.q.as_deref().map(str::trim).filter(|q| !q.is_empty()) {
        Some(q) if q.chars().count() > 100 => {
            let detail = "this is longer than 100 characters";
            return Err(Problem::field("q", detail, "give a part of the name or the telephone"));
        }
        Some(q) => clients::search(&server.app, &caller, site, q, limit).await?,
        None => clients::recent(&server.app, &caller, site, None, limit).await?,
    };
    Ok(Json(found.into_iter().map(Client::from).collect()))
}

/// Registers a client
#[utoipa::path(post, path = "/sites/{site}/clients", tag = "clients",
    params(("site" = Uuid, Path), Key), request_body = ClientDetails, responses(
    (status = 201, body = Client),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn register(
    State(server): State<Server>,
    Bearer(caller): Bearer,
    At(site): At<Uuid>,
    Key(key): Key,
    Said(said): Said<ClientDetails>,
) -> Result<(StatusCode, Json<Client>), Problem> {
    let site = sites::site(&server.app, &caller, SiteId(site)).await?.id;
    let client = clients::register(&server.app, &caller, site, key, &said.into()).await?;
    Ok((StatusCode::CREATED, Json(client.into())))
}

/// A client, masked
#[utoipa::path(get, operation_id = "get_client", path = "/clients/{client}", tag = "clients", params(("client" = Uuid, Path)), responses(
    (status = 200, body = Client),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn get(
    State(server): State<Server>,
    Bearer(caller): Bearer,
    At(client): At<Uuid>,
) -> Result<Json<Client>, Problem> {
    Ok(Json(clients::get(&server.app, &caller, ClientId(client)).await?.into()))
}

/// Corrects what is known of a client
#[utoipa::path(put, operation_id = "correct_client", path = "/clients/{client}", tag = "clients", params(("client" = Uuid, Path)),
    request_body = ClientDetails, responses(
    (status = 200, body = Client),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn correct(
    State(server): State<Server>,
    Bearer(caller): Bearer,
    At(client): At<Uuid>,
    Said(said): Said<ClientDetails>,
) -> Result<Json<Client>, Problem> {
    let client = clients::correct(&server.app, &caller, ClientId(client), &said.into()).await?;
    Ok(Json(client.into()))
}

/// Says whose client it is
#[utoipa::path(put, path = "/clients/{client}/owner", tag = "clients", params(("client" = Uuid, Path)),
    request_body = Owner, responses(
    (status = 200, body = Client),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn set_owner(
    State(server): State<Server>,
    Bearer(caller): Bearer,
    At(client): At<Uuid>,
    Said(said): Said<Owner>,
) -> Result<Json<Client>, Problem> {
    let (client, owner) = (ClientId(client), said.owner.map(PersonId));
    let client = clients::set_owner(&server.app, &caller, client, owner, &said.reason).await?;
    Ok(Json(client.into()))
}

/// Says whether a deal closed
#[utoipa::path(put, path = "/clients/{client}/closed", tag = "clients", params(("client" = Uuid, Path)),
    request_body = Closed, responses(
    (status = 200, body = Client),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn set_closed(
    State(server): State<Server>,
    Bearer(caller): Bearer,
    At(client): At<Uuid>,
    Said(said): Said<Closed>,
) -> Result<Json<Client>, Problem> {
    let client = clients::set_closed(&server.app, &caller, ClientId(client), said.closed).await?;
    Ok(Json(client.into()))
}

/// Shows a client in full; the journal says who looked
#[utoipa::path(post, path = "/clients/{client}/reveal", tag = "clients", params(("client" = Uuid, Path)),
    responses(
    (status = 200, body = Shown),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn reveal(
    State(server): State<Server>,
    Bearer(caller): Bearer,
    At(client): At<Uuid>,
) -> Result<Json<Shown>, Problem> {
    Ok(Json(privacy::reveal(&server.app, &caller, ClientId(client)).await?.into()))
}
