//! Who reads the page: the session, the site, the choices of language and colours.

use app::{
    Caller,
    sessions::{self, Session},
    sites::{self, Site},
};
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, StatusCode, header, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use chrono::{DateTime, Utc};

use super::{
    failure::Failure,
    notice,
    preferences::{Preferences, cookie},
    state::Server,
};
use crate::{
    language::Words,
    pages::frame::{self, Frame, Notice, Place},
};

/// The name of the session's cookie.
pub const SESSION: &str = "lunpai_session";

/// Whoever is signed in on this browser.
#[derive(Debug, Clone)]
pub struct Reader {
    /// The session.
    pub session: Session,
    /// The secret of the session's cookie.
    pub token: String,
    /// The site whose pages are shown.
    pub site: Site,
    /// Language and colours.
    pub preferences: Preferences,
    /// Path and query of the request.
    pub here: String,
    /// Moment of the request.
    pub now: DateTime<Utc>,
    /// What the step before left to be said.
    pub notices: Vec<Notice>,
}

impl Reader {
    /// Who asks.
    #[must_use]
    pub fn caller(&self) -> &Caller {
        &self.session.caller
    }

    /// Language and time zone.
    #[must_use]
    pub fn words(&self) -> Words {
        Words::new(self.preferences.language, *self.site.moment(self.now).offset())
    }

    /// Whether the reader reads Chinese.
    #[must_use]
    pub fn is_chinese(&self) -> bool {
        self.preferences.language == crate::language::Language::Chinese
    }

    /// What surrounds a page in `place`.
    #[must_use]
    pub fn frame(&self, place: Option<Place>) -> Frame {
        let roles: Vec<String> =
            self.caller().roles.iter().map(|role| role.word().to_owned()).collect();
        let reader = frame::Reader {
            name: self.session.person.display_name.clone(),
            places: Place::of(&roles),
            roles,
        };
        Frame {
            words: self.words(),
            theme: self.preferences.theme,
            site: self.site.name.clone(),
            reader: Some(reader),
            place,
            csrf: self.session.csrf.clone(),
            here: self.here.clone(),
            notices: self.notices.clone(),
            styled: super::assets::built(),
            stamp: super::assets::stamp().to_owned(),
            now: self.now,
        }
    }

    /// Reads the session of `headers`; nobody is an error.
    pub async fn of(server: &Server, headers: &HeaderMap, here: &str) -> Result<Self, Failure> {
        let token = cookie(headers, SESSION).ok_or(app::AppError::Unauthenticated)?.to_owned();
        let session = sessions::by_token(&server.app, &token).await?;
        let all = sites::sites(&server.app, &session.caller).await?;
        let wanted = cookie(headers, "lunpai_site");
        let chosen = all.iter().find(|site| Some(site.id.0.to_string().as_str()) == wanted);
        let site = chosen.or(all.first()).cloned().ok_or(app::AppError::NotFound("site"))?;
        let preferences = Preferences::of(headers);
        let now = server.app.clock.now();
        let words = Words::new(preferences.language, *site.moment(now).offset());
        let notices = notice::of(headers, &words);
        Ok(Self { session, token, site, preferences, here: here.into(), now, notices })
    }
}

impl FromRequestParts<Server> for Reader {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, server: &Server) -> Result<Self, Response> {
        let here = parts.uri.path_and_query().map_or("/", |here| here.as_str()).to_owned();
        let reader = match Self::of(server, &parts.headers, &here).await {
            Ok(reader) => reader,
            Err(failure) if failure.is_unauthenticated() => {
                return Err(away(&parts.headers, &sign_in_path(parts, &here)));
            }
            Err(failure) => return Err(failure.into_response()),
        };
        if reader.session.must_change_password && parts.uri.path() != "/password" {
            return Err(away(&parts.headers, "/password"));
        }
        Ok(reader)
    }
}

fn sign_in_path(parts: &Parts, here: &str) -> String {
    if parts.method != axum::http::Method::GET || parts.headers.contains_key("hx-request") {
        return "/sign-in".into();
    }
    let next: String = form_urlencoded::byte_serialize(here.as_bytes()).collect();
    if here == "/" { "/sign-in".into() } else { format!("/sign-in?next={next}") }
}

/// Leads the browser to `path`, also from within a page that asked for a part.
#[must_use]
pub fn away(headers: &HeaderMap, path: &str) -> Response {
    if headers.contains_key("hx-request") {
        return (StatusCode::OK, [("HX-Redirect", path.to_owned())]).into_response();
    }
    Redirect::to(path).into_response()
}

/// The cookie of a session; an empty secret removes it.
#[must_use]
pub fn session_cookie(server: &Server, token: &str) -> (header::HeaderName, String) {
    let secure = if server.secure { "; Secure" } else { "" };
    let age = if token.is_empty() { 0 } else { 60 * 60 * 24 * 7 };
    let cookie =
        format!("{SESSION}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={age}{secure}");
    (header::SET_COOKIE, cookie)
}
