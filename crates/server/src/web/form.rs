//! Forms: who sends them, that they come from our page, and what they say.

use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Request},
    response::{IntoResponse, Response},
};
use serde::de::DeserializeOwned;

use super::{failure::Failure, reader::Reader, state::Server};

/// How long a form may be, in bytes: a rulebook as text fits, nine bytes a letter.
const FORM_MAX: usize = 4 * 1024 * 1024;

/// A form that was sent from a page of this session.
#[derive(Debug)]
pub struct Form<T> {
    /// Whoever sent it.
    pub reader: Reader,
    /// What it says.
    pub said: T,
}

impl<T: DeserializeOwned> FromRequest<Server> for Form<T> {
    type Rejection = Response;

    async fn from_request(request: Request, server: &Server) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let reader = Reader::from_request_parts(&mut parts, server).await?;
        let bytes = axum::body::to_bytes(body, FORM_MAX)
            .await
            .map_err(|_| Failure::unprocessable("the form is too long").into_response())?;
        let header = parts.headers.get("x-csrf-token").and_then(|value| value.to_str().ok());
        if header != Some(&reader.session.csrf)
            && csrf_of(&bytes) != Some(reader.session.csrf.clone())
        {
            return Err(Failure::forged().into_response());
        }
        let said = serde_urlencoded::from_bytes(&bytes)
            .map_err(|error| Failure::unprocessable(error.to_string()).into_response())?;
        Ok(Self { reader, said })
    }
}

fn csrf_of(bytes: &Bytes) -> Option<String> {
    form_urlencoded::parse(bytes)
        .find(|(key, _)| key == "csrf")
        .map(|(_, value)| value.into_owned())
}
