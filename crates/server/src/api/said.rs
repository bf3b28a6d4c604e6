//! What a request says: its path, query, body and key, each with a problem that names the field.

use axum::{
    extract::{
        FromRequest, FromRequestParts, Path, Query, RawPathParams, Request,
        path::ErrorKind,
        rejection::{PathRejection, QueryRejection},
    },
    http::{header, request::Parts},
};
use chrono::{DateTime, Datelike, Utc};
use serde::de::DeserializeOwned;
use serde_json::Value;
use utoipa::{
    IntoParams,
    openapi::{
        Required,
        path::{Parameter, ParameterBuilder, ParameterIn},
        schema::{KnownFormat, ObjectBuilder, SchemaFormat, Type},
    },
};
use uuid::Uuid;

use super::problem::Problem;
use crate::web::state::Server;

/// The longest body, in bytes: a rulebook fits.
const BODY_MAX: usize = 2 * 1024 * 1024;

/// The longest text of a field, in characters, where the use case has no limit of its own.
const TEXT_MAX: usize = 2_000;

/// The field that may be longer: a rulebook or a checkpoint.
const LONG: &str = "text";

/// The ids in the path.
#[derive(Debug)]
pub struct At<T>(pub T);

impl<T: DeserializeOwned + Send> FromRequestParts<Server> for At<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, server: &Server) -> Result<Self, Problem> {
        let error = match Path::<T>::from_request_parts(parts, server).await {
            Ok(Path(ids)) => return Ok(Self(ids)),
            Err(error) => error,
        };
        let PathRejection::FailedToDeserializePathParams(error) = error else {
            return Err(Problem::unreadable("path", error.body_text(), "escape it as UTF-8"));
        };
        let (name, value) = match error.into_kind() {
            ErrorKind::ParseErrorAtKey { key, value, .. }
            | ErrorKind::DeserializeError { key, value, .. } => (key, value),
            ErrorKind::ParseErrorAtIndex { index, value, .. } => {
                (name_of(parts, server, index).await, value)
            }
            ErrorKind::ParseError { value, .. } => (name_of(parts, server, 0).await, value),
            other => return Err(Problem::unreadable("path", other.to_string(), "check the path")),
        };
        let detail = format!("`{value}` is no id");
        Err(Problem::unreadable(name, detail, "give a UUID, or a number for a make-up turn"))
    }
}

/// The name of the id at `place` in the path.
async fn name_of(parts: &mut Parts, server: &Server, place: usize) -> String {
    let names = RawPathParams::from_request_parts(parts, server).await;
    let name =
        names.ok().and_then(|names| names.iter().nth(place).map(|(name, _)| name.to_owned()));
    name.unwrap_or_else(|| "path".into())
}

/// The query.
#[derive(Debug)]
pub struct Asked<T>(pub T);

impl<T: DeserializeOwned> FromRequestParts<Server> for Asked<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, server: &Server) -> Result<Self, Problem> {
        let query = parts.uri.query().unwrap_or_default();
        if form_urlencoded::parse(query.as_bytes()).any(|(_, value)| value.contains('\0')) {
            return Err(Problem::unreadable("query", "there is a NUL character", "leave it out"));
        }
        match Query::<T>::from_request_parts(parts, server).await {
            Ok(Query(asked)) => Ok(Self(asked)),
            Err(QueryRejection::FailedToDeserializeQueryString(error)) => {
                let text = error.body_text();
                let text = text.rsplit("query string: ").next().unwrap_or_default().to_owned();
                let field = quoted(&text).or_else(|| text.split(": ").next()).unwrap_or("query");
                Err(Problem::field(
                    field.to_owned(),
                    text.clone(),
                    "the description names every parameter",
                ))
            }
            Err(error) => Err(Problem::unreadable("query", error.body_text(), "check the query")),
        }
    }
}

/// The body, JSON; none is as good as `{}`.
#[derive(Debug)]
pub struct Said<T>(pub T);

impl<T: DeserializeOwned> FromRequest<Server> for Said<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &Server) -> Result<Self, Problem> {
        let media = request.headers().get(header::CONTENT_TYPE);
        let media = media.and_then(|media| media.to_str().ok()).unwrap_or_default().to_owned();
        let bytes = axum::body::to_bytes(request.into_body(), BODY_MAX)
            .await
            .map_err(|_| Problem::too_long(BODY_MAX))?;
        let plain = bytes.iter().all(u8::is_ascii_whitespace);
        if !plain && !media.is_empty() && !media.to_ascii_lowercase().contains("json") {
            return Err(Problem::media(&media));
        }
        let text: &[u8] = if plain { b"{}" } else { &bytes };
        let value: Value = serde_json::from_slice(text).map_err(|error| {
            Problem::unreadable("body", format!("this is not JSON: {error}"), "send a JSON object")
        })?;
        if !value.is_object() {
            return Err(Problem::unreadable(
                "body",
                "this is no JSON object",
                "send a JSON object",
            ));
        }
        unusable_text(&mut String::new(), &value)?;
        serde_path_to_error::deserialize(value).map(Self).map_err(|error| {
            let path = error.path().to_string();
            let message = error.inner().to_string();
            let field = match (message.starts_with("missing field"), path.as_str()) {
                (true, ".") => quoted(&message).unwrap_or("body").to_owned(),
                (true, path) => format!("{path}.{}", quoted(&message).unwrap_or_default()),
                (false, ".") => quoted(&message).unwrap_or("body").to_owned(),
                (false, path) => path.to_owned(),
            };
            Problem::field(field, message, "the description names every field and its form")
        })
    }
}

/// The first word between backticks.
fn quoted(message: &str) -> Option<&str> {
    message.split('`').nth(1)
}

/// Refuses a text that is too long or that no database takes.
fn unusable_text(path: &mut String, value: &Value) -> Result<(), Problem> {
    let of = |path: &str| if path.is_empty() { "body".to_owned() } else { path.to_owned() };
    match value {
        Value::String(text) if text.contains('\0') => {
            Err(Problem::field(of(path), "there is a NUL character", "leave it out"))
        }
        Value::String(text) if path != LONG && text.chars().count() > TEXT_MAX => {
            let detail = format!("this is longer than {TEXT_MAX} characters");
            Err(Problem::field(of(path), detail, "shorten it"))
        }
        Value::Array(items) => items
            .iter()
            .enumerate()
            .try_for_each(|(at, item)| unusable_text(&mut format!("{path}[{at}]"), item)),
        Value::Object(fields) => fields.iter().try_for_each(|(name, item)| {
            let dot = if path.is_empty() { "" } else { "." };
            unusable_text(&mut format!("{path}{dot}{name}"), item)
        }),
        _ => Ok(()),
    }
}

/// The id of the command: `Idempotency-Key`, or a new one.
#[derive(Debug, Clone, Copy)]
pub struct Key(pub Uuid);

const KEY: &str = "Idempotency-Key";

impl FromRequestParts<Server> for Key {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &Server) -> Result<Self, Problem> {
        let Some(said) = parts.headers.get(KEY) else { return Ok(Self(Uuid::now_v7())) };
        let key = said.to_str().ok().and_then(|text| text.trim().parse().ok());
        key.map(Self).ok_or_else(|| {
            let said = String::from_utf8_lossy(said.as_bytes()).into_owned();
            Problem::unreadable(
                KEY,
                format!("`{said}` is no UUID"),
                "give a new UUID for each command",
            )
        })
    }
}

impl IntoParams for Key {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let schema = ObjectBuilder::new()
            .schema_type(Type::String)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Uuid)));
        let key = ParameterBuilder::new()
            .name(KEY)
            .parameter_in(ParameterIn::Header)
            .required(Required::False)
            .description(Some("The id of the command; the same key is carried out once."))
            .schema(Some(schema));
        vec![key.build()]
    }
}

/// Refuses a time that is beyond what databases and calendars agree on.
pub fn sensible(field: &str, at: Option<DateTime<Utc>>) -> Result<Option<DateTime<Utc>>, Problem> {
    match at {
        Some(at) if !(2000..=2200).contains(&at.year()) => Err(Problem::field(
            field,
            format!("`{at}` is too far away"),
            "give a time between 2000 and 2200",
        )),
        at => Ok(at.map(|at| chrono::SubsecRound::trunc_subsecs(at, 6))),
    }
}

/// Refuses a day that is beyond what databases and calendars agree on.
pub fn sensible_day(field: &str, day: chrono::NaiveDate) -> Result<chrono::NaiveDate, Problem> {
    if (1900..=2200).contains(&day.year()) {
        return Ok(day);
    }
    let detail = format!("`{day}` is too far away");
    Err(Problem::field(field, detail, "give a day between 1900 and 2200"))
}
