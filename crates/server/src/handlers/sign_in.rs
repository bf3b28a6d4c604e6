//! Signing in and out, the password, language and colours.

use app::{AppError, sessions};
use axum::{
    Form as Plain,
    extract::{Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;

use crate::{
    language::Language,
    pages::{
        frame::{Frame, Problem, Theme, Tone},
        sign_in::{
            PasswordPage, SignInPage,
            view::{Answer, PasswordView, SignInView},
        },
    },
    web::{
        failure::{Failure, outside},
        form::Form,
        notice,
        preferences::{Preferences, way_back},
        reader::{Reader, SESSION, session_cookie},
        render::render,
        state::Server,
    },
};

/// The shortest password.
const PASSWORD_LEAST: u32 = 10;

/// What the address of the sign-in form says.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    next: String,
    #[serde(default)]
    left: String,
}

/// The sign-in form.
#[derive(Debug, Deserialize)]
pub struct Credentials {
    #[serde(default)]
    name: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    next: String,
}

fn page(server: &Server, headers: &HeaderMap, view: SignInView) -> Response {
    let frame = outside(server, &Preferences::of(headers), "/sign-in");
    render(&SignInPage { frame, view })
}

/// `GET /sign-in`
pub async fn form(
    State(server): State<Server>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    let answer = (asked.left == "yes").then_some(Answer::SignedOut);
    let demo = server.demo.to_vec();
    page(&server, &headers, SignInView { next: asked.next, answer, demo, ..SignInView::default() })
}

/// `POST /sign-in`
pub async fn sign_in(
    State(server): State<Server>,
    headers: HeaderMap,
    Plain(said): Plain<Credentials>,
) -> Result<Response, Failure> {
    // A form of another site must not sign anybody in here.
    let site = headers.get("sec-fetch-site").and_then(|value| value.to_str().ok());
    if site.is_some_and(|site| site == "cross-site") {
        return Err(Failure::forged());
    }
    let agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
    let given = sessions::SignIn {
        tenant: server.tenant,
        login: said.name.trim().to_owned(),
        password: said.password,
        user_agent: agent.unwrap_or_default().chars().take(200).collect(),
    };
    let answer = match sessions::sign_in(&server.app, &given).await {
        Ok(signed_in) => {
            let cookie = session_cookie(&server, &signed_in.token);
            let next = way_back(if said.next.is_empty() { "/" } else { &said.next }).to_owned();
            return Ok(([cookie], Redirect::to(&next)).into_response());
        }
        Err(AppError::Unauthenticated) => Answer::Wrong,
        Err(AppError::Locked { until }) => Answer::Locked(until),
        Err(error) => return Err(error.into()),
    };
    let demo = server.demo.to_vec();
    let view = SignInView { name: given.login, next: said.next, answer: Some(answer), demo };
    let mut response = page(&server, &headers, view);
    *response.status_mut() = StatusCode::UNAUTHORIZED;
    Ok(response)
}

/// A form that says nothing but who sends it.
#[derive(Debug, Deserialize)]
pub struct Nothing {}

/// `POST /sign-out`
pub async fn sign_out(
    State(server): State<Server>,
    form: Form<Nothing>,
) -> Result<Response, Failure> {
    sessions::sign_out(&server.app, &form.reader.token).await?;
    Ok(([session_cookie(&server, "")], Redirect::to("/sign-in?left=yes")).into_response())
}

/// `GET /password`
pub async fn password_form(reader: Reader) -> Response {
    password_page(&reader, Vec::new())
}

fn password_page(reader: &Reader, problems: Vec<Problem>) -> Response {
    let forced = reader.session.must_change_password;
    let frame = Frame { here: "/password".into(), ..reader.frame(None) };
    let view = PasswordView { forced, least_count: PASSWORD_LEAST, problems };
    render(&PasswordPage { frame, view })
}

/// The form for another password.
#[derive(Debug, Deserialize)]
pub struct Passwords {
    #[serde(default)]
    old: String,
    #[serde(default)]
    new: String,
    #[serde(default)]
    again: String,
}

/// `POST /password`
pub async fn change_password(
    State(server): State<Server>,
    form: Form<Passwords>,
) -> Result<Response, Failure> {
    let Form { reader, said } = form;
    let words = reader.words();
    let problem =
        |field: &str, key: &str| vec![Problem { field: field.into(), text: words.say(key) }];
    let problems = if said.new != said.again {
        problem("again", "password-differs")
    } else {
        match sessions::change_password(&server.app, &reader.token, &said.old, &said.new).await {
            Ok(()) => {
                let notice = notice::leave(Tone::Good, "password-changed");
                return Ok(([notice], Redirect::to("/")).into_response());
            }
            Err(AppError::Unauthenticated) => problem("old", "password-wrong"),
            Err(AppError::Invalid { .. }) => problem("new", "password-unfit"),
            Err(error) => return Err(error.into()),
        }
    };
    let mut response = password_page(&reader, problems);
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

/// The form for language and colours.
#[derive(Debug, Deserialize)]
pub struct Choice {
    #[serde(default)]
    language: String,
    #[serde(default)]
    theme: String,
    #[serde(default)]
    here: String,
    #[serde(default)]
    csrf: String,
}

/// `POST /preferences`: language and colours, also before anybody is signed in.
pub async fn preferences(
    State(server): State<Server>,
    headers: HeaderMap,
    Plain(said): Plain<Choice>,
) -> Result<Response, Failure> {
    let before = Preferences::of(&headers);
    let chosen = Preferences {
        language: Language::from_tag(&said.language).unwrap_or(before.language),
        theme: Theme::from_name(&said.theme).unwrap_or(before.theme),
    };
    if crate::web::preferences::cookie(&headers, SESSION).is_some()
        && let Ok(reader) = Reader::of(&server, &headers, &said.here).await
        && said.csrf == reader.session.csrf
    {
        let chinese = chosen.language == Language::Chinese;
        let language = Some(if chinese { "zh" } else { "en" });
        let theme = Some(chosen.theme.name());
        app::people::prefer(&server.app, reader.caller(), language, theme).await?;
    }
    let mut response = Redirect::to(way_back(&said.here)).into_response();
    for cookie in chosen.cookies() {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}
