//! What is wrong with a request, as a program is told: `application/problem+json`.

use app::{AppError, rotation::Outcome};
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::rotation::Answer;

/// What is wrong with a request (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    /// The kind: `urn:lunpai:problem:invalid`.
    #[serde(rename = "type")]
    kind: String,
    /// The kind in words.
    title: &'static str,
    /// The status of the answer.
    #[schema(example = 422)]
    status: u16,
    /// What is wrong, lower case.
    detail: String,
    /// The field, header or part of the path that is meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<String>,
    /// What to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<String>,
    /// The decision, where the rulebook refuses.
    #[serde(skip_serializing_if = "Option::is_none")]
    decision: Option<Box<Answer>>,
}

impl Problem {
    fn new(status: StatusCode, kind: &str, title: &'static str, detail: impl Into<String>) -> Self {
        Self {
            kind: format!("urn:lunpai:problem:{kind}"),
            title,
            status: status.as_u16(),
            detail: detail.into(),
            field: None,
            hint: None,
            decision: None,
        }
    }

    fn about(mut self, field: impl Into<String>, hint: impl Into<String>) -> Self {
        self.field = Some(field.into()).filter(|field| !field.is_empty());
        self.hint = Some(hint.into()).filter(|hint| !hint.is_empty());
        self
    }

    /// A field that cannot be used as it was given.
    pub(super) fn field(
        field: impl Into<String>,
        detail: impl Into<String>,
        hint: impl Into<String>,
    ) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", "a field cannot be used", detail)
            .about(field, hint)
    }

    /// Something that cannot even be read.
    pub(super) fn unreadable(
        field: impl Into<String>,
        detail: impl Into<String>,
        hint: impl Into<String>,
    ) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "unreadable", "the request cannot be read", detail)
            .about(field, hint)
    }

    /// A body that is too long.
    pub(super) fn too_long(bytes_max: usize) -> Self {
        let detail = format!("the body is longer than {bytes_max} bytes");
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "too-long", "the body is too long", detail)
            .about("body", "send less at once")
    }

    /// A body that is not JSON.
    pub(super) fn media(given: &str) -> Self {
        let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
        Self::new(status, "media-type", "the body is not JSON", format!("`{given}` is not taken"))
            .about("Content-Type", "send `application/json`")
    }

    /// A path that does not exist.
    pub(super) fn nowhere() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not-found", "there is nothing", "no such path")
            .about("path", "read /api/v1/openapi.json")
    }

    /// A method that the path does not have.
    pub(super) fn method() -> Self {
        let status = StatusCode::METHOD_NOT_ALLOWED;
        Self::new(status, "method", "the method does not fit", "the path has no such method")
            .about("method", "read /api/v1/openapi.json")
    }
}

/// The field that a reason for a refusal is about.
fn subject(outcome: &Outcome) -> &'static str {
    let Outcome::Refused { reason } = outcome else { return "" };
    match reason.as_str() {
        "visit_unknown" | "visit_known" | "visit_over" | "visit_not_over" => "visit",
        "make_up_unknown" | "make_up_over" | "make_up_needs_no_verification" => "make_up",
        "person_not_on_floor" | "not_present" | "not_signed_in" | "not_in_rotation" => "person",
        "person_twice_in_order" => "order",
        "receiver_not_present" | "receiver_busy_again" => "receiver",
        "helper_not_present" => "helper",
        "own_delegate" => "delegate",
        "too_few_questions" => "questions",
        "make_up_of_no_kind" => "kind",
        "day_already_open" | "day_already_closed" => "date",
        _ => "",
    }
}

impl Problem {
    /// A command about a client that the rulebook refuses.
    pub(super) fn refused(carried: app::attribution::Carried) -> Self {
        let answer = Answer::from(carried);
        let detail = answer.outcome.reason.clone().unwrap_or_default();
        let detail = format!("refused: {}", detail.replace('_', " "));
        let mut problem =
            Self::new(StatusCode::CONFLICT, "refused", "the rulebook refuses", detail)
                .about("", "the reasons are in `decision`");
        problem.decision = Some(Box::new(answer));
        problem
    }
}

impl From<AppError> for Problem {
    fn from(error: AppError) -> Self {
        let (detail, hint) = (error.to_string(), error.hint().to_owned());
        match error {
            AppError::Invalid { field, .. } => Self::field(field, detail, hint),
            AppError::NotFound(what) => {
                Self::new(StatusCode::NOT_FOUND, "not-found", "there is nothing", detail)
                    .about(what.replace(' ', "_"), "look up its id; it may belong to another site")
            }
            AppError::NotPermitted(_) => {
                Self::new(StatusCode::FORBIDDEN, "not-permitted", "this is not permitted", detail)
                    .about(
                        "Authorization",
                        "use a token with the scope and of a person with the role",
                    )
            }
            AppError::Conflict { .. } => {
                Self::new(StatusCode::CONFLICT, "conflict", "this does not fit", detail)
                    .about("", hint)
            }
            AppError::CommandKnown => {
                Self::new(StatusCode::CONFLICT, "conflict", "this does not fit", detail)
                    .about("Idempotency-Key", "ask again: the journal has the answer")
            }
            AppError::Refused(carried) => {
                let field = subject(&carried.outcome);
                let mut problem =
                    Self::new(StatusCode::CONFLICT, "refused", "the rulebook refuses", detail)
                        .about(field, "the reasons are in `decision`");
                problem.decision = Some(Box::new(Answer::from(*carried)));
                problem
            }
            AppError::Unauthenticated => {
                let status = StatusCode::UNAUTHORIZED;
                Self::new(status, "unauthenticated", "no valid token", "there is no valid token")
                    .about("Authorization", "send `Bearer` and a token that is not withdrawn")
            }
            AppError::Locked { .. } => {
                Self::new(StatusCode::LOCKED, "locked", "this sign-in is locked", detail)
                    .about("login", hint)
            }
            AppError::PasswordMustChange => {
                Self::new(StatusCode::FORBIDDEN, "password", "the password must change", detail)
                    .about("password", hint)
            }
            AppError::Store(_) | AppError::Unusable { .. } => failed(&error),
        }
    }
}

/// Something of ours failed: the log says what, the answer only where to look.
fn failed(error: &AppError) -> Problem {
    let reference = app::CommandId::now_v7().simple().to_string();
    tracing::error!(%reference, ?error, "a request of the API failed");
    let (status, hint) = if error.is_transient() {
        (StatusCode::SERVICE_UNAVAILABLE, "send it again with the same `Idempotency-Key`")
    } else {
        (StatusCode::INTERNAL_SERVER_ERROR, "tell the administrator the reference")
    };
    let detail = format!("something failed; reference {reference}");
    Problem::new(status, "internal", "something failed", detail).about("", hint)
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::BAD_REQUEST);
        let mut response = (status, axum::Json(&self)).into_response();
        let headers = response.headers_mut();
        let media = HeaderValue::from_static("application/problem+json");
        headers.insert(header::CONTENT_TYPE, media);
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}
