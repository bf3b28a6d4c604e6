//! Script, style and icons, built by `web/` and embedded in the binary.

use std::sync::LazyLock;

use axum::body::Body;
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use rust_embed::{EmbeddedFile, RustEmbed};

#[derive(RustEmbed)]
#[folder = "../../web/dist"]
#[allow_missing = true]
struct Dist;

/// Files without which a page is bare.
const NEEDED: [&str; 4] = ["app.js", "theme.js", "style.css", "icons.svg"];

static STAMP: LazyLock<String> = LazyLock::new(|| {
    let sum = NEEDED
        .iter()
        .filter_map(|name| Dist::get(name))
        .flat_map(|file| file.metadata.sha256_hash())
        .fold(0_u64, |sum, byte| sum.wrapping_mul(131).wrapping_add(u64::from(byte)));
    format!("{sum:x}")
});

/// Whether the browser files were built. If not, pages say how to build them.
pub fn built() -> bool {
    NEEDED.iter().all(|name| Dist::get(name).is_some())
}

/// Changes when a browser file does; goes into the addresses of script and style, so that they
/// can be kept for ever.
pub fn stamp() -> &'static str {
    &STAMP
}

/// `GET /static/{*path}`
pub async fn file(Path(path): Path<String>, uri: Uri, headers: HeaderMap) -> Response {
    let stamped = uri.query().is_some_and(|query| query.starts_with("v="));
    answer(&path, stamped, &headers)
}

/// `GET /worker.js`: served from the root, because a service worker governs its own folder.
pub async fn worker(headers: HeaderMap) -> Response {
    answer("worker.js", false, &headers)
}

fn answer(path: &str, stamped: bool, headers: &HeaderMap) -> Response {
    let Some(file) = Dist::get(path) else {
        return (
            StatusCode::NOT_FOUND,
            format!(
                "no browser file `{path}`: run `npm ci --ignore-scripts && npm run build` in web/\n"
            ),
        )
            .into_response();
    };
    let tag = tag(&file);
    let cache = if stamped { "public, max-age=31536000, immutable" } else { "no-cache" };
    if headers.get(header::IF_NONE_MATCH).is_some_and(|seen| seen.as_bytes() == tag.as_bytes()) {
        return (StatusCode::NOT_MODIFIED, [(header::CACHE_CONTROL, cache)]).into_response();
    }
    let kind = match path.rsplit_once('.') {
        Some((_, "webmanifest")) => "application/manifest+json".to_owned(),
        _ => mime_guess::from_path(path).first_or_octet_stream().to_string(),
    };
    let mut answer = Response::new(Body::from(file.data));
    let fields = [
        (header::CONTENT_TYPE, kind.as_str()),
        (header::CACHE_CONTROL, cache),
        (header::ETAG, tag.as_str()),
    ];
    for (name, value) in fields {
        if let Ok(value) = HeaderValue::from_str(value) {
            answer.headers_mut().insert(name, value);
        }
    }
    answer
}

fn tag(file: &EmbeddedFile) -> String {
    let hash = file.metadata.sha256_hash();
    let hex: String = hash.iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    format!("\"{hex}\"")
}
