//! Every route of the pages.

use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware,
    routing::{get, post},
};
use tower_http::compression::CompressionLayer;

use super::{assets, events::events, failure, headers, notice, state::Server};
use crate::handlers::{
    arrival, clients, decision, floor, import, me, people, profile, replay, rotation, rulebooks,
    sign_in, start, visits,
};

/// Every route of the pages and of the API.
pub fn router(server: Server) -> Router {
    use rulebooks::{activation, scenarios, settings, text};
    let sheet = DefaultBodyLimit::max(import::BODY_MAX);
    let clients_file = DefaultBodyLimit::max(clients::imports::BODY_MAX);
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
        .route("/decisions/{id}/reasons", get(decision::reasons))
        .route("/arrival", get(arrival::page).post(arrival::arrive))
        .route("/arrival/look-up", get(arrival::look_up))
        .route("/arrival/preview", post(arrival::preview))
        .route("/arrival/desk", get(arrival::desk))
        .route("/arrival/open-day", post(arrival::open_day))
        .route("/arrival/visits/{id}", get(arrival::visit))
        .route("/visits", get(visits::page))
        .route("/visits/export", get(visits::export))
        .route("/visits/print", get(visits::print))
        .route("/visits/{id}/{step}", post(visits::step))
        .route("/clients", get(clients::list).post(clients::register))
        .route("/clients/bulk", post(clients::carry_out))
        .route("/clients/export", get(clients::export))
        .route("/clients/lists", post(clients::keep))
        .route("/clients/lists/{id}/drop", post(clients::drop_kept))
        .route(
            "/clients/imports",
            get(clients::imports::list).post(clients::imports::upload).layer(clients_file),
        )
        .route("/clients/imports/template", get(clients::imports::template))
        .route("/clients/imports/{id}", get(clients::imports::page))
        .route("/clients/imports/{id}/{step}", post(clients::imports::step))
        .route("/clients/{id}", get(clients::page))
        .route("/clients/{id}/edit", get(clients::edit).post(clients::save))
        .route("/clients/{id}/show", post(clients::show))
        .route("/clients/{id}/tie", post(clients::tie))
        .route("/clients/{id}/merge", get(clients::choose).post(clients::merge))
        .route("/clients/{id}/erase", get(clients::loss).post(clients::erase))
        .route("/clients/{id}/timeline", get(clients::timeline))
        .route("/clients/{id}/print", get(clients::print))
        .route("/clients/{id}/{act}", post(clients::act))
        .route("/me", get(me::page))
        .route("/me/live", get(me::live))
        .route("/me/{act}", post(me::act))
        .route("/floor", get(floor::page))
        .route("/floor/live", get(floor::live))
        .route("/floor/open", post(floor::open))
        .route("/floor/close", post(floor::close))
        .route("/floor/late", post(floor::enter))
        .route("/floor/people/{id}", get(floor::sheet))
        .route("/floor/people/{id}/{act}", post(floor::act))
        .route("/floor/outings/{id}/{answer}", post(floor::answer_outing))
        .route("/floor/proposals/{id}/{answer}", post(floor::proposal))
        .route("/floor/make-ups/{id}/take", post(floor::take_back))
        .route("/floor/make-ups/{id}/verify", post(floor::verify))
        .route("/floor/visits/{id}/finish", post(floor::finish))
        .route("/people", get(people::list).post(people::create))
        .route("/people/new", get(people::new))
        .route("/people/{id}", get(people::edit).post(people::save))
        .route("/people/{id}/password", post(people::reset))
        .route("/people/{id}/profile", post(profile::save))
        .route("/rulebooks", get(rulebooks::list))
        .route("/rulebooks/{slug}", get(rulebooks::read))
        .route("/rulebooks/{slug}/copy", post(rulebooks::copy))
        .route("/rulebooks/steps", get(scenarios::steps))
        .route("/rulebooks/check-setting", post(settings::check))
        .route("/rulebooks/{slug}/settings", get(settings::page).post(settings::save))
        .route("/rulebooks/{slug}/text", get(text::page).post(text::save))
        .route("/rulebooks/{slug}/check", post(text::check))
        .route("/rulebooks/{slug}/clauses", get(text::clauses).post(text::save_clause))
        .route("/rulebooks/{slug}/scenarios", get(scenarios::page).post(scenarios::save))
        .route("/rulebooks/{slug}/scenarios/run", post(scenarios::run))
        .route("/rulebooks/{slug}/scenarios/{file}", get(scenarios::download))
        .route("/rulebooks/{slug}/difference", get(activation::difference))
        .route("/rulebooks/{slug}/activation", get(activation::page))
        .route("/rulebooks/{slug}/affected", get(activation::affected))
        .route("/rulebooks/{slug}/hand-in", post(activation::hand_in))
        .route("/rulebooks/{slug}/approve", post(activation::approve))
        .route("/rulebooks/{slug}/activate", post(activation::activate))
        .route("/rulebooks/{slug}/withdraw", post(activation::withdraw))
        .route("/rulebooks/{slug}/replay", get(replay::form).post(replay::ask))
        .route("/replays/{id}", get(replay::page))
        .route("/replays/{id}/export", get(replay::export))
        .route("/import", get(import::choose).post(import::read).layer(sheet))
        .route("/import/templates/{kind}", get(import::template))
        .route("/import/{id}", get(import::again))
        .route("/import/{id}/confirm", post(import::confirm))
        .fallback(start::nowhere)
        .layer(middleware::from_fn_with_state(server.clone(), failure::dress))
        .layer(middleware::from_fn(notice::once))
        .layer(CompressionLayer::new())
        .route("/events", get(events))
        .route("/static/{*path}", get(assets::file))
        .route("/worker.js", get(assets::worker))
        .nest(crate::api::PATH, crate::api::router())
        .layer(middleware::from_fn(headers::protect))
        .with_state(server)
}
