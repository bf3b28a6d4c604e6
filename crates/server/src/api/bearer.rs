//! Who asks: the person of the bearer token.

use app::{AppError, Caller, sessions};
use axum::{
    extract::FromRequestParts,
    http::{header, request::Parts},
};

use super::problem::Problem;
use crate::web::state::Server;

/// The person of the bearer token, with the token's scopes.
#[derive(Debug)]
pub struct Bearer(pub Caller);

impl FromRequestParts<Server> for Bearer {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, server: &Server) -> Result<Self, Problem> {
        let said = parts.headers.get(header::AUTHORIZATION).and_then(|said| said.to_str().ok());
        let token = said
            .and_then(|said| said.split_once(' '))
            .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
        let Some((_, token)) = token else { return Err(AppError::Unauthenticated.into()) };
        let caller = sessions::by_bearer(&server.app, token.trim()).await?;
        if caller.tenant != server.tenant {
            return Err(AppError::Unauthenticated.into());
        }
        Ok(Self(caller))
    }
}
