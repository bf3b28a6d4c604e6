//! The API under `/api/v1`: everything that a page can do, for programs with a bearer token.
#![expect(unused_qualifications, reason = "the macro that describes queries writes them")]

mod attribution;
mod audit;
mod bearer;
mod client_book;
mod client_bulk;
mod client_imports;
mod clients;
mod people;
mod problem;
mod replay;
mod rotation;
mod rulebooks;
mod said;
mod sites;
mod tokens;
mod words;

use axum::{Json, Router, routing::get};
use utoipa::{
    Modify, OpenApi,
    openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
};
use utoipa_axum::router::OpenApiRouter;

use crate::web::state::Server;

pub use problem::Problem;

/// Where the API begins.
pub const PATH: &str = "/api/v1";

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Lunpai 轮排",
        version = "1",
        license(name = "proprietary"),
        description = "Everything that a page can do. Every request carries a token: \
            `Authorization: Bearer lunpai_..`. A command may carry `Idempotency-Key`, a UUID: the same key \
            with the same command is carried out once, and answered again from the journal. What is wrong \
            with a request is told as `application/problem+json` with the field and a hint; a refusal by the \
            rulebook is a 409 with the decision and its reasons. Times are RFC 3339."
    ),
    servers((url = "/api/v1")),
    security(("bearer" = [])),
    modifiers(&Bearer)
)]
struct Document;

struct Bearer;

impl Modify for Bearer {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
        let components = openapi.components.get_or_insert_with(Default::default);
        components.add_security_scheme("bearer", SecurityScheme::Http(scheme));
    }
}

fn parts() -> (Router<Server>, utoipa::openapi::OpenApi) {
    OpenApiRouter::with_openapi(Document::openapi())
        .merge(sites::routes())
        .merge(people::routes())
        .merge(rotation::routes())
        .merge(clients::routes())
        .merge(client_book::routes())
        .merge(client_bulk::routes())
        .merge(client_imports::routes())
        .merge(attribution::routes())
        .merge(rulebooks::routes())
        .merge(replay::routes())
        .merge(audit::routes())
        .merge(tokens::routes())
        .split_for_parts()
}

/// Every route of the API, below [`PATH`].
pub fn router() -> Router<Server> {
    let (router, document) = parts();
    router
        .route("/openapi.json", get(|| async move { Json(document) }))
        .fallback(|| async { Problem::nowhere() })
        .method_not_allowed_fallback(|| async { Problem::method() })
}

/// The description of the API in OpenAPI 3.1, as JSON.
#[must_use]
pub fn openapi() -> String {
    let (_, document) = parts();
    let mut text = document.to_pretty_json().unwrap_or_default();
    text.push('\n');
    text
}
