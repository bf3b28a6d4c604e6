//! Tokens of the API.

use app::{
    PersonId, people,
    roles::Scope,
    sessions::{self, NewToken},
};
use axum::{Json, extract::State, http::StatusCode};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::{
    bearer::Bearer,
    problem::Problem,
    said::{At, Said, sensible},
    words,
};
use crate::web::state::Server;

pub fn routes() -> OpenApiRouter<Server> {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(revoke))
}

/// A token, without its secret.
#[derive(Debug, Serialize, ToSchema)]
pub struct Token {
    id: Uuid,
    /// In whose name it acts.
    person: Uuid,
    name: String,
    #[schema(schema_with = words::scopes)]
    scopes: Vec<Scope>,
    created_at: DateTime<Utc>,
    expires_at: Option<DateTime<Utc>>,
    revoked_at: Option<DateTime<Utc>>,
}

impl From<sessions::Token> for Token {
    fn from(token: sessions::Token) -> Self {
        Self {
            id: token.id,
            person: token.person.0,
            name: token.name,
            scopes: token.scopes,
            created_at: token.created_at,
            expires_at: token.expires_at,
            revoked_at: token.revoked_at,
        }
    }
}

/// A token to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TokenDetails {
    /// In whose name it acts, with that person's roles.
    person: Uuid,
    /// What it is for; 1 to 80 characters.
    name: String,
    /// What it may do; at least one.
    #[schema(schema_with = words::scopes)]
    scopes: Vec<Scope>,
    /// When it ends, if ever.
    expires_at: Option<DateTime<Utc>>,
}

/// A token with its secret, which is shown only here.
#[derive(Debug, Serialize, ToSchema)]
pub struct Made {
    token: Token,
    /// For `Authorization: Bearer ..`.
    secret: String,
}

/// All tokens, also those that no longer count, the newest first
#[utoipa::path(get, operation_id = "list_tokens", path = "/tokens", tag = "tokens", responses(
    (status = 200, body = Vec<Token>),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn list(
    State(server): State<Server>,
    Bearer(caller): Bearer,
) -> Result<Json<Vec<Token>>, Problem> {
    let all = sessions::tokens(&server.app, &caller).await?;
    Ok(Json(all.into_iter().map(Token::from).collect()))
}

/// Makes a token; its secret is shown once
#[utoipa::path(post, operation_id = "create_token", path = "/tokens", tag = "tokens", request_body = TokenDetails, responses(
    (status = 201, body = Made),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn create(
    State(server): State<Server>,
    Bearer(caller): Bearer,
    Said(said): Said<TokenDetails>,
) -> Result<(StatusCode, Json<Made>), Problem> {
    let person = people::get(&server.app, &caller, PersonId(said.person)).await?.id;
    let expires_at = sensible("expires_at", said.expires_at)?;
    let new = NewToken { person, name: said.name, scopes: said.scopes, expires_at };
    let (token, secret) = sessions::create_token(&server.app, &caller, &new).await?;
    Ok((StatusCode::CREATED, Json(Made { token: token.into(), secret })))
}

/// Withdraws a token at once
#[utoipa::path(delete, path = "/tokens/{token}", tag = "tokens", params(("token" = Uuid, Path)), responses(
    (status = 204),
    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn revoke(
    State(server): State<Server>,
    Bearer(caller): Bearer,
    At(token): At<Uuid>,
) -> Result<StatusCode, Problem> {
    sessions::revoke_token(&server.app, &caller, token).await?;
    Ok(StatusCode::NO_CONTENT)
}
