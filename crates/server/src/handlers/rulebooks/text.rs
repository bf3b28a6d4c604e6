//! The whole text of a version, and its clauses one by one.

use app::{
    roles::Permission,
    rulebooks::{self, Change, Changed},
};
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use rulebook::{Carry, ClauseId, Words, edit::ClauseText};
use serde::Deserialize;

use super::{
    opened::{Opened, beside, open, overtaken, said},
    view::text,
};
use crate::{
    language::Key,
    pages::{
        frame::{Place, Problem, Tone},
        rulebooks::{
            ClausesPage, TextPage, TextProblems,
            edit::{ClauseForm, ClausesView, Tab, TextView},
        },
    },
    web::{failure::Failure, form::Form, notice, reader::Reader, render::render, state::Server},
};

/// Which version, and which clause of it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Look {
    version: u32,
    clause: String,
}

/// What the form of the text says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Written {
    version: u32,
    revision: i64,
    text: String,
}

/// `GET /rulebooks/{slug}/text`
pub async fn page(
    State(server): State<Server>,
    reader: Reader,
    Path(slug): Path<String>,
    Query(look): Query<Look>,
) -> Result<Response, Failure> {
    let opened = open(&server, &reader, &slug, look.version, Tab::Text).await?;
    let text = opened.own()?.text.clone();
    let problems = opened.checked.problems.0.iter().map(beside).collect();
    let view = TextView { head: opened.head, text, problems, overtaken: None };
    Ok(render(&TextPage { frame: reader.frame(Some(Place::Rulebooks)), view }))
}

/// `POST /rulebooks/{slug}/text`
pub async fn save(
    State(server): State<Server>,
    Path(slug): Path<String>,
    form: Form<Written>,
) -> Result<Response, Failure> {
    let Form { reader, said: written } = form;
    reader.caller().require(Permission::EditRulebooks)?;
    let opened = open(&server, &reader, &slug, written.version, Tab::Text).await?;
    let id = opened.own()?.id;
    // A browser sends two characters for the end of a line.
    let text = written.text.replace("\r\n", "\n");
    let change = Change::Text(text.clone());
    let changed =
        rulebooks::change(&server.app, reader.caller(), id, written.revision, &change).await?;
    let mut view = TextView { head: opened.head, text, problems: Vec::new(), overtaken: None };
    let status = match changed {
        Changed::Saved(_) => {
            let to = format!("/rulebooks/{slug}/text?version={}", written.version);
            let told = notice::leave(Tone::Good, Key("rulebook-saved").0);
            return Ok(([told], Redirect::to(&to)).into_response());
        }
        Changed::Wrong(wrong) => {
            view.problems = wrong.iter().map(|(_, problem)| beside(problem)).collect();
            view.head.revision = written.revision;
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Changed::Overtaken(now) => {
            view.overtaken = Some(overtaken(&server, &reader, &now).await?);
            StatusCode::CONFLICT
        }
    };
    let mut response = render(&TextPage { frame: reader.frame(Some(Place::Rulebooks)), view });
    *response.status_mut() = status;
    Ok(response)
}

/// `POST /rulebooks/{slug}/check`: what is wrong with what is typed.
pub async fn check(
    State(server): State<Server>,
    Path(slug): Path<String>,
    form: Form<Written>,
) -> Result<Response, Failure> {
    form.reader.caller().require(Permission::SeeRulebooks)?;
    let text = form.said.text.replace("\r\n", "\n");
    let checked = rulebooks::check(&server.app.presets, &slug, &text);
    let problems = checked.problems.0.iter().map(beside).collect();
    Ok(render(&TextProblems { w: form.reader.words(), problems }))
}

/// `GET /rulebooks/{slug}/clauses`
pub async fn clauses(
    State(server): State<Server>,
    reader: Reader,
    Path(slug): Path<String>,
    Query(look): Query<Look>,
) -> Result<Response, Failure> {
    reader.caller().require(Permission::EditRulebooks)?;
    let opened = open(&server, &reader, &slug, look.version, Tab::Clauses).await?;
    opened.own()?;
    let found = opened.checked.document.clause(&ClauseId(look.clause.clone()));
    let form = match found {
        None => ClauseForm { carry: Carry::Enforce.name().to_owned(), ..ClauseForm::default() },
        Some(clause) => ClauseForm {
            before: clause.id.0.clone(),
            id: clause.id.0.clone(),
            carry: clause.carry.name().to_owned(),
            zh: clause.text.zh.clone(),
            en: clause.text.en.clone(),
            warning_zh: clause.warning.as_ref().map(|w| w.zh.clone()).unwrap_or_default(),
            warning_en: clause.warning.as_ref().map(|w| w.en.clone()).unwrap_or_default(),
            carried_by: clause.carried_by.join("\n"),
            covers: clause.covers.join(", "),
        },
    };
    let view = clauses_view(&opened, form);
    Ok(render(&ClausesPage { frame: reader.frame(Some(Place::Rulebooks)), view }))
}

fn clauses_view(opened: &Opened, form: ClauseForm) -> ClausesView {
    let document = &opened.checked.document;
    let begins = |words: &Words| {
        let cut = |text: &str| text.chars().take(24).collect::<String>();
        text(&Words { zh: cut(&words.zh), en: cut(&words.en) })
    };
    let mut settings: Vec<String> =
        rulebooks::fields(document, None).into_iter().map(|field| field.declared.path).collect();
    settings.dedup();
    ClausesView {
        head: opened.head.clone(),
        clauses: document.clauses.iter().map(|c| (c.id.0.clone(), begins(&c.text))).collect(),
        form,
        carries: Carry::NAMES.iter().map(|(name, _)| (*name).to_owned()).collect(),
        settings,
        problems: Vec::new(),
        overtaken: None,
    }
}

/// What the form of a clause says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ClauseSaid {
    version: u32,
    revision: i64,
    before: String,
    id: String,
    carry: String,
    covers: String,
    zh: String,
    en: String,
    warning_zh: String,
    warning_en: String,
    carried_by: String,
    remove: String,
}

impl ClauseSaid {
    fn change(&self) -> Change {
        let before = Some(ClauseId(self.before.clone())).filter(|id| !id.0.is_empty());
        if let (Some(id), false) = (&before, self.remove.is_empty()) {
            return Change::RemoveClause(id.clone());
        }
        let words = |zh: &str, en: &str| Words {
            zh: zh.replace("\r\n", "\n").trim().to_owned(),
            en: en.replace("\r\n", "\n").trim().to_owned(),
        };
        let list = |text: &str| -> Vec<String> {
            text.split(|c: char| c.is_whitespace() || ",，、".contains(c))
                .filter(|part| !part.is_empty())
                .map(str::to_owned)
                .collect()
        };
        let carry = Carry::NAMES.iter().find(|(name, _)| *name == self.carry);
        let warning = words(&self.warning_zh, &self.warning_en);
        let warning = (!warning.zh.is_empty() || !warning.en.is_empty()).then_some(warning);
        let clause = ClauseText {
            id: ClauseId(self.id.trim().to_owned()),
            covers: list(&self.covers),
            carry: carry.map_or(Carry::Enforce, |(_, carry)| *carry),
            text: words(&self.zh, &self.en),
            warning,
            carried_by: list(&self.carried_by),
        };
        Change::Clause { before, clause }
    }

    fn form(self) -> ClauseForm {
        let Self { before, id, carry, covers, zh, en, warning_zh, warning_en, carried_by, .. } =
            self;
        ClauseForm { before, id, carry, zh, en, warning_zh, warning_en, carried_by, covers }
    }
}

/// `POST /rulebooks/{slug}/clauses`
pub async fn save_clause(
    State(server): State<Server>,
    Path(slug): Path<String>,
    form: Form<ClauseSaid>,
) -> Result<Response, Failure> {
    let Form { reader, said: clause } = form;
    reader.caller().require(Permission::EditRulebooks)?;
    let opened = open(&server, &reader, &slug, clause.version, Tab::Clauses).await?;
    let id = opened.own()?.id;
    let revision = clause.revision;
    let changed =
        rulebooks::change(&server.app, reader.caller(), id, revision, &clause.change()).await?;
    let (version, own) = (clause.version, clause.id.trim().to_owned());
    let removed = !clause.remove.is_empty();
    let mut view = clauses_view(&opened, clause.form());
    let status = match changed {
        Changed::Saved(_) => {
            let own: String = form_urlencoded::byte_serialize(own.as_bytes()).collect();
            let which = if removed { String::new() } else { format!("&clause={own}") };
            let to = format!("/rulebooks/{slug}/clauses?version={version}{which}");
            let told = notice::leave(Tone::Good, Key("rulebook-saved").0);
            return Ok(([told], Redirect::to(&to)).into_response());
        }
        Changed::Wrong(wrong) => {
            let problem = |(_, problem): &(String, rulebook::Problem)| Problem {
                field: String::new(),
                text: said(&reader, problem),
            };
            view.problems = wrong.iter().map(problem).collect();
            view.head.revision = revision;
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Changed::Overtaken(now) => {
            view.overtaken = Some(overtaken(&server, &reader, &now).await?);
            StatusCode::CONFLICT
        }
    };
    let mut response = render(&ClausesPage { frame: reader.frame(Some(Place::Rulebooks)), view });
    *response.status_mut() = status;
    Ok(response)
}
