//! The consultant's own page: what is theirs now, what they tell the desk, what happened to their turns.

mod acts;
mod view;

use axum::{extract::State, response::Response};

pub use acts::act;

use crate::{
    pages::{
        frame::Place,
        me::{MeLive, MePage},
    },
    web::{failure::Failure, reader::Reader, render::render, state::Server},
};

/// `GET /me`
pub async fn page(State(server): State<Server>, reader: Reader) -> Result<Response, Failure> {
    let view = view::view(&server, &reader).await?;
    Ok(render(&MePage { frame: reader.frame(Some(Place::Me)), view }))
}

/// `GET /me/live`: the part that changes.
pub async fn live(State(server): State<Server>, reader: Reader) -> Result<Response, Failure> {
    let view = view::view(&server, &reader).await?;
    Ok(render(&MeLive { frame: reader.frame(Some(Place::Me)), view }))
}
