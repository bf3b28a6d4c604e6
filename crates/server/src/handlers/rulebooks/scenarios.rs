//! The scenarios of a rulebook: what came of them, written and run in the browser.

use app::{
    AppError,
    roles::Permission,
    rulebooks::{self, Change, Changed},
};
use axum::{
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use domain::scenario::Ran;
use serde::Deserialize;

use super::{
    opened::{Opened, beside, open, overtaken, said},
    view::count,
};
use crate::{
    language::{Key, Text},
    pages::{
        frame::{Place, Problem, Tone},
        rulebooks::{
            Results, ScenariosPage, Steps,
            edit::{ResultsView, ScenariosView, StepRow, Tab},
            view::{RulebookView, ScenarioRow, Scenarios},
        },
    },
    web::{failure::Failure, form::Form, notice, reader::Reader, render::render, state::Server},
};

/// How many sentences are offered.
const STEPS_SHOWN: usize = 12;

/// What a new file begins with.
const BEGINNING: &str =
    "# language: zh-CN\n功能: \n\n  @1\n  场景: \n    假如 \n    当 \n    那么 \n";

/// Puts what `ran` into the page: the failed ones first, and counted for each clause.
pub(super) fn fill(view: &mut RulebookView, ran: &[Ran]) {
    let failed = |ran: &&Ran| ran.failure.is_some();
    view.row.failed_count = count(ran.iter().filter(failed).count());
    view.row.passed_count = count(ran.len()) - view.row.failed_count;
    for clause in &mut view.clauses {
        let shows = |ran: &&Ran| ran.clauses.contains(&clause.id);
        clause.failed_count = count(ran.iter().filter(shows).filter(failed).count());
        clause.passed_count = count(ran.iter().filter(shows).count()) - clause.failed_count;
        let passed = ran.iter().filter(shows).filter(|ran| ran.failure.is_none());
        clause.shown_by = passed.map(|ran| ran.scenario.clone()).collect();
    }
    view.scenarios = Scenarios::Ran(rows(ran));
}

/// Each scenario that ran, the failed ones first.
fn rows(ran: &[Ran]) -> Vec<ScenarioRow> {
    let mut rows: Vec<ScenarioRow> = ran.iter().map(row).collect();
    rows.sort_by_key(|row| row.failure.is_none());
    rows
}

fn row(ran: &Ran) -> ScenarioRow {
    let failure = ran.failure.as_ref().map(|failure| {
        let line = u32::try_from(failure.line).unwrap_or(u32::MAX);
        (line, failure.step.clone(), failure.message.clone())
    });
    ScenarioRow { name: ran.scenario.clone(), clauses: ran.clauses.clone(), failure }
}

/// Which file of which version.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Look {
    version: u32,
    file: String,
    look: String,
}

/// What the form says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Written {
    version: u32,
    revision: i64,
    file: String,
    text: String,
    remove: String,
}

async fn files(
    server: &Server,
    reader: &Reader,
    opened: &Opened,
) -> Result<Vec<(String, String)>, Failure> {
    let short = |(file, text): (String, String)| {
        (file.rsplit('/').next().unwrap_or(&file).to_owned(), text)
    };
    let all = match &opened.version {
        Some(version) => {
            rulebooks::scenario_files(&server.app, reader.caller(), version.id).await?
        }
        None => server.app.presets.scenarios(&opened.head.slug).to_vec(),
    };
    Ok(all.into_iter().map(short).collect())
}

/// `GET /rulebooks/{slug}/scenarios`
pub async fn page(
    State(server): State<Server>,
    reader: Reader,
    Path(slug): Path<String>,
    Query(look): Query<Look>,
) -> Result<Response, Failure> {
    let opened = open(&server, &reader, &slug, look.version, Tab::Scenarios).await?;
    let files = files(&server, &reader, &opened).await?;
    let wanted = files.iter().find(|(file, _)| *file == look.file);
    let first = files.first().filter(|_| look.file.is_empty());
    let (file, text) = wanted.or(first).cloned().unwrap_or_else(|| {
        let file = if look.file.is_empty() { "new.feature" } else { &look.file };
        (file.to_owned(), BEGINNING.to_owned())
    });
    let view = view(opened, &files, file, text);
    Ok(render(&ScenariosPage { frame: reader.frame(Some(Place::Rulebooks)), view }))
}

fn view(opened: Opened, files: &[(String, String)], file: String, text: String) -> ScenariosView {
    ScenariosView {
        head: opened.head,
        files: files.iter().map(|(file, _)| file.clone()).collect(),
        file,
        text,
        results: None,
        steps: steps_like(""),
        problems: Vec::new(),
        overtaken: None,
    }
}

fn steps_like(look: &str) -> Vec<StepRow> {
    let row = |step: &domain::scenario::StepDefinition| StepRow {
        example: Text::new(step.example_zh, step.example_en),
        kind: step.kind.to_owned(),
    };
    rulebooks::steps_like(look, STEPS_SHOWN).into_iter().map(row).collect()
}

/// `GET /rulebooks/steps`: sentences like the one that is typed.
pub async fn steps(reader: Reader, Query(look): Query<Look>) -> Result<Response, Failure> {
    reader.caller().require(Permission::SeeRulebooks)?;
    Ok(render(&Steps { w: reader.words(), steps: steps_like(&look.look) }))
}

/// `GET /rulebooks/{slug}/scenarios/{file}`: the file itself.
pub async fn download(
    State(server): State<Server>,
    reader: Reader,
    Path((slug, file)): Path<(String, String)>,
    Query(look): Query<Look>,
) -> Result<Response, Failure> {
    let opened = open(&server, &reader, &slug, look.version, Tab::Scenarios).await?;
    let files = files(&server, &reader, &opened).await?;
    let found = files.into_iter().find(|(known, _)| *known == file);
    let (_, text) = found.ok_or_else(Failure::not_found)?;
    let kind = "text/plain; charset=utf-8".to_owned();
    let save = "attachment".to_owned();
    Ok(([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, save)], text).into_response())
}

/// `POST /rulebooks/{slug}/scenarios/run`: runs what is typed; nothing is kept.
pub async fn run(
    State(server): State<Server>,
    Path(slug): Path<String>,
    headers: HeaderMap,
    form: Form<Written>,
) -> Result<Response, Failure> {
    let Form { reader, said: written } = form;
    let opened = open(&server, &reader, &slug, written.version, Tab::Scenarios).await?;
    let text = written.text.replace("\r\n", "\n");
    let typed = vec![(written.file.clone(), text.clone())];
    let document = &opened.checked.document;
    let tried = rulebooks::try_scenarios(reader.caller(), typed, document).await?;
    let failed = tried.ran.iter().filter(|ran| ran.failure.is_some()).count();
    let results = ResultsView {
        problems: tried.problems.0.iter().map(beside).collect(),
        passed_count: count(tried.ran.len() - failed),
        failed_count: count(failed),
        rows: rows(&tried.ran),
    };
    if headers.contains_key("hx-request") {
        return Ok(render(&Results { w: reader.words(), results }));
    }
    let files = files(&server, &reader, &opened).await?;
    let mut view = view(opened, &files, written.file, text);
    view.results = Some(results);
    Ok(render(&ScenariosPage { frame: reader.frame(Some(Place::Rulebooks)), view }))
}

/// `POST /rulebooks/{slug}/scenarios`: keeps a file with the draft, or takes it out.
pub async fn save(
    State(server): State<Server>,
    Path(slug): Path<String>,
    form: Form<Written>,
) -> Result<Response, Failure> {
    let Form { reader, said: written } = form;
    reader.caller().require(Permission::EditRulebooks)?;
    let opened = open(&server, &reader, &slug, written.version, Tab::Scenarios).await?;
    let id = opened.own()?.id;
    let mut file = written.file.trim().to_owned();
    if !file.is_empty() && !file.ends_with(".feature") {
        file.push_str(".feature");
    }
    let text = written.text.replace("\r\n", "\n");
    let kept = written.remove.is_empty().then(|| text.clone());
    let removed = kept.is_none();
    let change = Change::Scenario { file: file.clone(), text: kept };
    let (app, caller) = (&server.app, reader.caller());
    let changed = rulebooks::change(app, caller, id, written.revision, &change).await;
    let files = files(&server, &reader, &opened).await?;
    let mut view = view(opened, &files, file.clone(), text);
    let problem = |text: String| Problem { field: "file".to_owned(), text };
    let status = match changed {
        Ok(Changed::Saved(_)) => {
            let name: String = form_urlencoded::byte_serialize(file.as_bytes()).collect();
            let which = if removed { String::new() } else { format!("&file={name}") };
            let to = format!("/rulebooks/{slug}/scenarios?version={}{which}", written.version);
            let told = notice::leave(Tone::Good, Key("rulebook-saved").0);
            return Ok(([told], Redirect::to(&to)).into_response());
        }
        Ok(Changed::Wrong(wrong)) => {
            view.problems = wrong.iter().map(|(_, p)| problem(said(&reader, p))).collect();
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Ok(Changed::Overtaken(now)) => {
            view.overtaken = Some(overtaken(&server, &reader, &now).await?);
            StatusCode::CONFLICT
        }
        Err(AppError::Invalid { .. }) => {
            view.problems = vec![problem(reader.words().say("rulebook-file-unfit"))];
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Err(error) => return Err(error.into()),
    };
    let mut response = render(&ScenariosPage { frame: reader.frame(Some(Place::Rulebooks)), view });
    *response.status_mut() = status;
    Ok(response)
}
