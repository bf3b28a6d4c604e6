//! A notice for the next page: a key in a cookie that lasts for one look.

use axum::{
    extract::Request,
    http::{HeaderMap, HeaderValue, header},
    middleware::Next,
    response::Response,
};

use super::preferences::cookie;
use crate::{
    language::Words,
    pages::frame::{Notice, Tone},
};

const NOTICE: &str = "lunpai_notice";

/// The cookie that has the next page say `key`; `good` or not.
#[must_use]
pub fn leave(tone: Tone, key: &str) -> (header::HeaderName, HeaderValue) {
    let tone = match tone {
        Tone::Good => "good",
        Tone::Bad => "bad",
        Tone::Attention => "attention",
        Tone::Plain => "plain",
    };
    let text = format!("{NOTICE}={tone}.{key}; Path=/; Max-Age=20; SameSite=Lax; HttpOnly");
    let value = HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static(""));
    (header::SET_COOKIE, value)
}

/// What a cookie of the request has to say.
#[must_use]
pub fn of(headers: &HeaderMap, words: &Words) -> Vec<Notice> {
    let Some((tone, key)) = cookie(headers, NOTICE).and_then(|left| left.split_once('.')) else {
        return Vec::new();
    };
    let tone = match tone {
        "good" => Tone::Good,
        "bad" => Tone::Bad,
        "attention" => Tone::Attention,
        _ => Tone::Plain,
    };
    let known = key.chars().all(|c| c.is_ascii_lowercase() || c == '-' || c == '_');
    if known { vec![Notice { tone, text: text(words, key) }] } else { Vec::new() }
}

/// What `key` says; the name of a reason (`value-..`) says that it was not possible, and why.
#[must_use]
pub fn text(words: &Words, key: &str) -> String {
    if key.starts_with("value-") {
        return words.say1("outcome-refused-because", "reason", words.say(key));
    }
    words.say(key)
}

/// The cookie that says nothing any more.
#[must_use]
pub fn clear() -> (header::HeaderName, HeaderValue) {
    let text = "lunpai_notice=; Path=/; Max-Age=0; SameSite=Lax; HttpOnly";
    (header::SET_COOKIE, HeaderValue::from_static(text))
}

/// Says a notice once: the page that shows it takes the cookie back.
pub async fn once(request: Request, next: Next) -> Response {
    let headers = request.headers();
    let is_part = headers.contains_key("hx-request");
    let left = !is_part && cookie(headers, NOTICE).is_some();
    let mut response = next.run(request).await;
    let kind = response.headers().get(header::CONTENT_TYPE);
    let is_page =
        kind.and_then(|kind| kind.to_str().ok()).is_some_and(|k| k.starts_with("text/html"));
    if left && is_page && !response.headers().contains_key(header::SET_COOKIE) {
        let (name, value) = clear();
        response.headers_mut().append(name, value);
    }
    response
}
