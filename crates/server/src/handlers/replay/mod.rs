//! Replays: asking for one, watching it, reading and taking out what it found.

pub(crate) mod told;

use app::{
    AppError, CommandId, PersonId, people,
    replay::{self, Period, Replayed},
    roles::Permission,
    rulebooks,
    workbook::{self, REPLAY},
};
use axum::{
    extract::{Path, Query, State},
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use chrono::NaiveDate;
use serde::Deserialize;

use crate::{
    handlers::decision::key,
    language::Text,
    pages::{
        frame::{Place, Problem},
        replay::{
            ReplayPage, ReplaysPage,
            view::{PersonRow, ReplayLine, ReplayStep, ReplayView, ReplaysView},
        },
    },
    web::{failure::Failure, form::Form, reader::Reader, render::render, state::Server},
};

/// How many differences a page shows.
const PAGE: i64 = 50;

/// How many earlier replays are listed.
const EARLIER: i64 = 20;

/// Which version.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Look {
    version: u32,
}

/// What the form says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Said {
    version: u32,
    command: String,
    from: String,
    to: String,
}

/// Which differences are shown.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Shown {
    kind: String,
    person: String,
    after: i64,
    format: String,
}

/// `GET /rulebooks/{slug}/replay`
pub async fn form(
    State(server): State<Server>,
    reader: Reader,
    Path(slug): Path<String>,
    Query(look): Query<Look>,
) -> Result<Response, Failure> {
    reader.caller().require(Permission::EditRulebooks)?;
    let said = Said { version: look.version, ..Said::default() };
    let view = asked(&server, &reader, &slug, said, Vec::new()).await?;
    Ok(render(&ReplaysPage { frame: reader.frame(Some(Place::Rulebooks)), view }))
}

/// `POST /rulebooks/{slug}/replay`
pub async fn ask(
    State(server): State<Server>,
    Path(slug): Path<String>,
    form: Form<Said>,
) -> Result<Response, Failure> {
    let Form { reader, said } = form;
    let caller = reader.caller();
    caller.require(Permission::EditRulebooks)?;
    let version = version(&server, &reader, &slug, said.version).await?;
    let id: CommandId =
        said.command.parse().map_err(|_| Failure::unprocessable("no command id"))?;
    let words = reader.words();
    let mut problems = Vec::new();
    let mut day = |field: &str, text: &str| -> Option<NaiveDate> {
        let read = text.parse().ok();
        if read.is_none() && !text.is_empty() {
            let text = words.say("rulebook-time-unread");
            problems.push(Problem { field: field.to_owned(), text });
        }
        read
    };
    let period = Period { from: day("from", &said.from), to: day("to", &said.to) };
    if problems.is_empty() {
        match replay::ask(&server.app, caller, id, version.id, period).await {
            Ok(asked) => return Ok(Redirect::to(&format!("/replays/{}", asked.id)).into_response()),
            Err(AppError::Invalid { field, .. }) => {
                let text = words.say("replay-ends-before");
                problems.push(Problem { field: field.to_owned(), text });
            }
            Err(error) => return Err(error.into()),
        }
    }
    let view = asked(&server, &reader, &slug, said, problems).await?;
    let page = ReplaysPage { frame: reader.frame(Some(Place::Rulebooks)), view };
    let mut response = render(&page);
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

/// The site's version `number` of the rulebook `slug`; its newest for 0.
async fn version(
    server: &Server,
    reader: &Reader,
    slug: &str,
    number: u32,
) -> Result<rulebooks::Version, Failure> {
    let all = rulebooks::versions(&server.app, reader.caller(), reader.site.id).await?;
    let wanted = |version: &rulebooks::Version| {
        version.slug == slug && (number == 0 || version.number == i64::from(number))
    };
    all.into_iter().find(wanted).ok_or_else(Failure::not_found)
}

async fn asked(
    server: &Server,
    reader: &Reader,
    slug: &str,
    said: Said,
    problems: Vec<Problem>,
) -> Result<ReplaysView, Failure> {
    let version = version(server, reader, slug, said.version).await?;
    let (app, caller) = (&server.app, reader.caller());
    let earlier = replay::list(app, caller, reader.site.id, EARLIER).await?;
    Ok(ReplaysView {
        slug: version.slug,
        version: u32::try_from(version.number).unwrap_or_default(),
        title: Text::new(version.title.zh, version.title.en),
        command: CommandId::now_v7().to_string(),
        from: said.from,
        to: said.to,
        problems,
        earlier: earlier.iter().map(line).collect(),
    })
}

fn line(replayed: &Replayed) -> ReplayLine {
    let step = match (&replayed.summary, &replayed.failure) {
        (Some(summary), _) => ReplayStep::Done(summary.visits, summary.visits_differ),
        (None, Some(why)) => ReplayStep::Failed(why.clone()),
        (None, None) => ReplayStep::Running(replayed.read, replayed.total),
    };
    ReplayLine {
        id: replayed.id.to_string(),
        slug: replayed.slug.clone(),
        version: u32::try_from(replayed.number).unwrap_or_default(),
        asked_at: replayed.asked_at,
        step,
    }
}

/// `GET /replays/{id}`
pub async fn page(
    State(server): State<Server>,
    reader: Reader,
    Path(id): Path<String>,
    Query(shown): Query<Shown>,
) -> Result<Response, Failure> {
    reader.caller().require(Permission::EditRulebooks)?;
    let id: CommandId = id.parse().map_err(|_| Failure::not_found())?;
    let (app, caller) = (&server.app, reader.caller());
    let replayed = replay::get(app, caller, id).await?;
    let person: Option<PersonId> = shown.person.parse().ok().map(PersonId);
    let kind = Some(shown.kind.clone()).filter(|kind| !kind.is_empty());
    let wanted = replay::Wanted { kind, person, after: shown.after.max(0), limit: PAGE };
    let page = replay::differences(app, caller, id, &wanted).await?;
    let full = i64::try_from(page.found.len()).unwrap_or(0) == PAGE;
    let next = page.found.last().map(|(number, _)| *number).filter(|_| full);
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let mut view = ReplayView {
        line: line(&replayed),
        period: (day(replayed.from), day(replayed.to)),
        counts: Vec::new(),
        people: Vec::new(),
        missing: Vec::new(),
        undecided: Vec::new(),
        not_applied: Vec::new(),
        rows: told::rows(&page, replayed.site),
        kind: shown.kind,
        person: shown.person,
        choices: Vec::new(),
        next,
    };
    for person in people::all(app, caller, Some(replayed.site)).await? {
        view.choices.push((person.id.to_string(), person.display_name));
    }
    summed(&mut view, &replayed, &page.names);
    Ok(render(&ReplayPage { frame: reader.frame(Some(Place::Rulebooks)), view }))
}

/// Fills in what the replay came to.
fn summed(view: &mut ReplayView, replayed: &Replayed, names: &crate::handlers::decision::Names) {
    let Some(summary) = &replayed.summary else { return };
    let counts = [
        ("visits", summary.visits),
        ("visits-differ", summary.visits_differ),
        ("receivers-differ", summary.receivers_differ),
        ("turns-differ", summary.turns_differ),
        ("situations-differ", summary.situations_differ),
        ("clients", summary.clients),
        ("clients-differ", summary.clients_differ),
        ("sanctions-differ", summary.sanctions_differ),
    ];
    view.counts = counts.map(|(name, count)| (name.to_owned(), count)).to_vec();
    let pair = |tallies: &domain::journeys::replay::Tallies| {
        let (then, would) = (tallies.then, tallies.would);
        [
            (then.received, would.received),
            (then.turns, would.turns),
            (then.made_up, would.made_up),
            (then.lost, would.lost),
        ]
    };
    for (person, tallies) in &summary.people {
        let name = names.get(person).cloned().unwrap_or_else(|| "—".to_owned());
        view.people.push(PersonRow { name, pairs: pair(tallies) });
    }
    let missing = summary.missing.iter();
    view.missing = missing.map(|(missing, count)| (told::missing_name(*missing), *count)).collect();
    let undecided = summary.undecided.iter();
    view.undecided = undecided.map(|(setting, count)| (setting.clone(), *count)).collect();
    for (command, reasons) in &summary.not_applied {
        for (reason, count) in reasons {
            view.not_applied.push((key(command), key(reason), *count));
        }
    }
}

/// `GET /replays/{id}/export`: xlsx, or CSV where that is asked for.
pub async fn export(
    State(server): State<Server>,
    reader: Reader,
    Path(id): Path<String>,
    Query(shown): Query<Shown>,
) -> Result<Response, Failure> {
    reader.caller().require(Permission::EditRulebooks)?;
    let id: CommandId = id.parse().map_err(|_| Failure::not_found())?;
    let replayed = replay::get(&server.app, reader.caller(), id).await?;
    let page = replay::everything(&server.app, reader.caller(), id).await?;
    let words = reader.words();
    let rows: Vec<Vec<String>> =
        told::rows(&page, replayed.site).iter().map(|row| told::cells(row, &words)).collect();
    let csv = shown.format == "csv";
    let bytes = file(rows, csv, reader.is_chinese()).map_err(Failure::unprocessable)?;
    let (ending, of) = if csv {
        ("csv", "text/csv; charset=utf-8")
    } else {
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    };
    let name = format!("attachment; filename=\"replay-{}.{ending}\"", replayed.slug);
    let headers = [(header::CONTENT_TYPE, of.to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, bytes).into_response())
}

/// The rows as a file: CSV, whose cells no spreadsheet program takes for formulas, or xlsx.
pub(crate) fn file(rows: Vec<Vec<String>>, csv: bool, chinese: bool) -> Result<Vec<u8>, String> {
    if csv {
        let harmless = |cell: String| match cell.chars().next() {
            Some('=' | '+' | '-' | '@' | '\t') => format!("'{cell}"),
            _ => cell,
        };
        let rows: Vec<Vec<String>> =
            rows.into_iter().map(|row| row.into_iter().map(harmless).collect()).collect();
        return workbook::write_csv(&REPLAY, &rows, chinese).map_err(|error| error.to_string());
    }
    workbook::write_xlsx(&[REPLAY], &[rows], chinese).map_err(|error| error.to_string())
}
