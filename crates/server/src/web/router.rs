//! Every route of the pages.

use axum::{
    Router, middleware,
    routing::{get, post},
};
use tower_http::compression::CompressionLayer;

use super::{assets, events::events, failure, headers, state::Server};
use crate::handlers::{decision, rotation, sign_in, start};

/// Every route of the pages and of the API.
pub fn router(server: Server) -> Router {
    Router::new()
        .route("/", get(start::start))
        .route("/healthz", get(start::healthy))
        .route("/readyz", get(start::ready))
        .route("/preferences", post(sign_in::preferences))
        .route("/sign-in", get(sign_in::form).post(sign_in::sign_in))
        .route("/sign-out", post(sign_in::sign_out))
        .route("/password", get(sign_in::password_form).post(sign_in::change_password))
        .route("/board", get(rotation::board))
        .route("/board/live", get(rotation::live))
        .route("/board/print", get(rotation::print))
        .route("/decisions/{id}", get(decision::page))
        .fallback(start::nowhere)
        .layer(middleware::from_fn_with_state(server.clone(), failure::dress))
        .layer(CompressionLayer::new())
        .route("/events", get(events))
        .route("/static/{*path}", get(assets::file))
        .route("/worker.js", get(assets::worker))
        .layer(middleware::from_fn(headers::protect))
        .with_state(server)
}
