//! What did not work, as a browser is told.

use app::AppError;
use axum::{
    extract::{Request, State},
    http::StatusCode,
    middleware::Next,
    response::{IntoResponse, Response},
};
use chrono::{FixedOffset, Utc};

use super::{preferences::Preferences, reader::Reader, render::render, state::Server};
use crate::{
    language::Words,
    pages::{
        errors::{
            ErrorPage,
            view::{ErrorKind, ErrorView},
        },
        frame::Frame,
    },
};

/// Why a page could not be made, or a form not be taken.
#[derive(Debug)]
pub struct Failure {
    error: Option<AppError>,
    kind: ErrorKind,
    detail: String,
}

impl Failure {
    /// A form that does not say what it must.
    #[must_use]
    pub fn unprocessable(detail: impl Into<String>) -> Self {
        Self { error: None, kind: ErrorKind::Unprocessable, detail: detail.into() }
    }

    /// A form that did not come from a page of ours.
    #[must_use]
    pub fn forged() -> Self {
        Self { error: None, kind: ErrorKind::Forbidden, detail: String::new() }
    }

    /// Nothing is there.
    #[must_use]
    pub fn not_found() -> Self {
        Self { error: None, kind: ErrorKind::NotFound, detail: String::new() }
    }

    /// Whether it is not there, or no longer.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.kind == ErrorKind::NotFound
    }

    /// Whether nobody is signed in.
    #[must_use]
    pub fn is_unauthenticated(&self) -> bool {
        matches!(self.error, Some(AppError::Unauthenticated))
    }

    /// The error of the use case, if it was one.
    #[must_use]
    pub fn into_error(self) -> Option<AppError> {
        self.error
    }
}

impl From<AppError> for Failure {
    fn from(error: AppError) -> Self {
        let kind = match &error {
            AppError::Invalid { .. } | AppError::Refused(_) => ErrorKind::Unprocessable,
            AppError::NotFound(_) => ErrorKind::NotFound,
            AppError::NotPermitted(_)
            | AppError::Unauthenticated
            | AppError::Locked { .. }
            | AppError::PasswordMustChange => ErrorKind::Forbidden,
            AppError::Conflict { .. } | AppError::CommandKnown => ErrorKind::Conflict,
            AppError::Store(_) | AppError::Unusable { .. } => ErrorKind::Internal,
        };
        let detail = match kind {
            ErrorKind::Internal => String::new(),
            _ if error.hint().is_empty() => error.to_string(),
            _ => format!("{error}: {}", error.hint()),
        };
        Self { error: Some(error), kind, detail }
    }
}

/// What the middleware needs to show the page, carried by the answer.
#[derive(Debug, Clone)]
struct Undressed(ErrorView);

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut reference = String::new();
        if self.kind == ErrorKind::Internal {
            reference = app::CommandId::now_v7().simple().to_string();
            let reference = &reference;
            match &self.error {
                Some(error) => tracing::error!(%reference, ?error, "a request failed"),
                None => tracing::error!(%reference, "a request failed"),
            }
        }
        let status = StatusCode::from_u16(self.kind.status()).unwrap_or(StatusCode::BAD_REQUEST);
        let mut response = (status, self.detail.clone()).into_response();
        let view = ErrorView { kind: self.kind, detail: self.detail, reference };
        response.extensions_mut().insert(Undressed(view));
        response
    }
}

/// Puts a page around every failure, in the language of whoever asked.
pub async fn dress(State(server): State<Server>, request: Request, next: Next) -> Response {
    let headers = request.headers().clone();
    let here = request.uri().path_and_query().map_or("/", |here| here.as_str()).to_owned();
    let response = next.run(request).await;
    let Some(Undressed(view)) = response.extensions().get::<Undressed>().cloned() else {
        return response;
    };
    let status = response.status();
    let frame = match Reader::of(&server, &headers, &here).await {
        Ok(reader) => reader.frame(None),
        Err(_) => outside(&server, &Preferences::of(&headers), &here),
    };
    (status, render(&ErrorPage { frame, view })).into_response()
}

/// What surrounds a page before anybody is signed in.
#[must_use]
pub fn outside(server: &Server, preferences: &Preferences, here: &str) -> Frame {
    let zone = FixedOffset::east_opt(8 * 3600).unwrap_or(chrono::Offset::fix(&Utc));
    let words = Words::new(preferences.language, zone);
    Frame {
        site: words.say("frame-product"),
        words,
        theme: preferences.theme,
        reader: None,
        place: None,
        csrf: String::new(),
        here: here.into(),
        notices: Vec::new(),
        styled: super::assets::built(),
        stamp: super::assets::stamp().to_owned(),
        now: server.app.clock.now(),
    }
}
