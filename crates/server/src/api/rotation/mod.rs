//! Rotation 轮排: commands to a floor, and what is read of it.

mod answer;
mod board;
mod command;
mod day;
mod decisions;
mod duty;
mod presence;
mod supervision;
mod visitors;
mod visits;

use utoipa_axum::router::OpenApiRouter;

use crate::web::state::Server;

pub use answer::{Answer, Finding};

pub fn routes() -> OpenApiRouter<Server> {
    OpenApiRouter::new()
        .merge(board::routes())
        .merge(day::routes())
        .merge(visits::routes())
        .merge(visitors::routes())
        .merge(presence::routes())
        .merge(supervision::routes())
        .merge(duty::routes())
        .merge(decisions::routes())
}
