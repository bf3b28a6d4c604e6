//! Every sample of every page, to be looked at in a browser. Never part of a shipped binary.

use std::convert::Infallible;
use std::fmt::Write;
use std::time::Duration;

use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Router, middleware};
use futures_util::stream::{self, Stream};
use serde::Deserialize;

use crate::language::Language;
use crate::pages::frame::Theme;
use crate::pages::sample::{Viewer, all};
use crate::web::{assets, headers};

#[derive(Debug, Deserialize)]
struct Look {
    #[serde(default)]
    language: String,
    #[serde(default)]
    theme: String,
}

impl Look {
    fn viewer(&self) -> Viewer {
        Viewer {
            language: Language::from_tag(&self.language).unwrap_or_default(),
            theme: Theme::from_name(&self.theme).unwrap_or_default(),
        }
    }
}

/// The routes of the gallery: `/` lists, `/sample/{name}?language=en&theme=dark` shows one.
pub fn router() -> Router {
    Router::new()
        .route("/", get(list))
        .route("/sample/{*name}", get(show))
        .route("/arrival/look-up", get(|look| part("arrival/look-up", look)))
        .route("/arrival/preview", post(|| async { StatusCode::NO_CONTENT }))
        .route("/floor/people/{id}", get(|look| part("floor/sheet", look)))
        .route("/rulebooks/{slug}/affected", get(|look| part("rulebooks/affected", look)))
        .route("/events", get(events))
        .route("/static/{*path}", get(assets::file))
        .route("/worker.js", get(assets::worker))
        .fallback(|| async { Redirect::to("/") })
        .layer(middleware::from_fn(headers::protect))
}

async fn list() -> Html<String> {
    let viewer = Viewer { language: Language::English, theme: Theme::Auto };
    let mut html = "<!doctype html><title>Gallery</title><h1>Gallery</h1><ul>".to_owned();
    for sample in all(viewer) {
        let name = sample.name;
        let _ = write!(html, "<li><a href=\"/sample/{name}\">{name}</a>");
        for look in ["language=en", "theme=dark", "language=en&amp;theme=dark"] {
            let _ = write!(html, " <a href=\"/sample/{name}?{look}\">{look}</a>");
        }
    }
    Html(html)
}

async fn show(Path(name): Path<String>, Query(look): Query<Look>) -> Response {
    match all(look.viewer()).into_iter().find(|sample| sample.name == name) {
        Some(sample) => Html(sample.html).into_response(),
        None => (StatusCode::NOT_FOUND, "no such sample").into_response(),
    }
}

async fn part(name: &'static str, look: Query<Look>) -> Response {
    show(Path(name.to_owned()), look).await
}

/// A stream that lives and says nothing new.
async fn events() -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let first = stream::once(async { Ok(Event::default().event("beat").data("-")) });
    let rest = stream::unfold((), |()| async {
        tokio::time::sleep(Duration::from_secs(15)).await;
        Some((Ok(Event::default().event("beat").data("-")), ()))
    });
    Sse::new(stream::StreamExt::chain(first, rest)).keep_alive(KeepAlive::default())
}
