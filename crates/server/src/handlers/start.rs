//! Where a reader lands, and whether the server is well.

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};

use crate::{
    pages::frame::Place,
    web::{failure::Failure, reader::Reader, state::Server},
};

/// `GET /`: the first place the reader lives in.
pub async fn start(reader: Reader) -> Redirect {
    let roles: Vec<String> =
        reader.caller().roles.iter().map(|role| role.word().to_owned()).collect();
    let desk = roles.iter().any(|role| role == "receptionist" || role == "secretary");
    let first = if desk { Some(Place::Arrival) } else { Place::of(&roles).first().copied() };
    Redirect::to(first.unwrap_or(Place::Board).path())
}

/// `GET /healthz`: the process runs.
pub async fn healthy() -> &'static str {
    "ok"
}

/// `GET /readyz`: the database answers.
pub async fn ready(State(server): State<Server>) -> Response {
    match server.app.db.ping().await {
        Ok(()) => "ok".into_response(),
        Err(error) => {
            tracing::warn!(%error, "the database does not answer");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer").into_response()
        }
    }
}

/// Anything else.
pub async fn nowhere() -> Failure {
    Failure::not_found()
}
