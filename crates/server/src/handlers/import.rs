//! Import of sheets: uploaded, shown with every mistake, written when confirmed.

use app::{
    AppError, CommandId,
    import::{self, BadRows, FILE_MAX, Fault, Judged, Kind, Preview, What},
    workbook,
};
use axum::{
    extract::{Multipart, Path, Query, State, multipart::MultipartError},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;

use crate::{
    language::{Language, Words},
    pages::{
        frame::{Place, Problem},
        import::{
            ImportPage,
            view::{ImportPreview, ImportRow, ImportStep, ImportView},
        },
    },
    web::{failure::Failure, form::Form, reader::Reader, render::render, state::Server},
};

/// How long the whole form may be, in bytes: the file, and what stands around it.
pub const BODY_MAX: usize = FILE_MAX + 64 * 1024;

/// How many good rows a preview lists.
const GOOD_SHOWN: usize = 30;

/// How many bad rows a preview lists.
const BAD_SHOWN: usize = 500;

/// The kinds that the reader may import.
fn kinds(reader: &Reader) -> Vec<Kind> {
    let may = |kind: &Kind| reader.caller().may(kind.permission());
    Kind::ALL.into_iter().filter(may).collect()
}

/// Refuses a reader who may import nothing.
fn require_some(reader: &Reader) -> Result<(), Failure> {
    match Kind::ALL.first().filter(|_| kinds(reader).is_empty()) {
        Some(kind) => Ok(reader.caller().require(kind.permission())?),
        None => Ok(()),
    }
}

fn page(reader: &Reader, step: ImportStep, chosen: &str, problems: Vec<Problem>) -> Response {
    let kinds = kinds(reader).into_iter().map(|kind| kind.word().to_owned()).collect();
    let view = ImportView { step, kinds, chosen: chosen.to_owned(), problems };
    let bad = !view.problems.is_empty();
    let frame = reader.frame(Some(Place::Import));
    let frame = crate::pages::frame::Frame { here: "/import".into(), ..frame };
    let mut response = render(&ImportPage { frame, view });
    if bad {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    response
}

/// Which kind is wanted.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Look {
    kind: String,
}

/// `GET /import`
pub async fn choose(reader: Reader, Query(look): Query<Look>) -> Result<Response, Failure> {
    require_some(&reader)?;
    Ok(page(&reader, ImportStep::Choose, &look.kind, Vec::new()))
}

/// `GET /import/templates/{kind}`: an empty sheet with its headings.
pub async fn template(reader: Reader, Path(kind): Path<String>) -> Result<Response, Failure> {
    let kind = Kind::of_word(&kind).ok_or_else(Failure::not_found)?;
    reader.caller().require(kind.permission())?;
    let bytes = workbook::write_xlsx(kind.layout(), &[], reader.is_chinese())
        .map_err(|error| Failure::unprocessable(error.to_string()))?;
    let name = format!("attachment; filename=\"{}.xlsx\"", kind.word());
    let of = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet".to_owned();
    Ok(([(header::CONTENT_TYPE, of), (header::CONTENT_DISPOSITION, name)], bytes).into_response())
}

/// What was uploaded.
#[derive(Default)]
struct Upload {
    csrf: String,
    kind: String,
    name: String,
    bytes: Vec<u8>,
}

async fn upload(mut parts: Multipart) -> Result<Upload, MultipartError> {
    let mut upload = Upload::default();
    while let Some(field) = parts.next_field().await? {
        match field.name().unwrap_or_default() {
            "csrf" => upload.csrf = field.text().await?,
            "kind" => upload.kind = field.text().await?,
            "file" => {
                upload.name = field.file_name().unwrap_or_default().to_owned();
                upload.bytes = field.bytes().await?.to_vec();
            }
            _ => {}
        }
    }
    Ok(upload)
}

/// `POST /import`: reads a file and shows what is in it.
pub async fn read(
    State(server): State<Server>,
    reader: Reader,
    headers: HeaderMap,
    parts: Multipart,
) -> Result<Response, Failure> {
    require_some(&reader)?;
    let words = reader.words();
    let wrong = |kind: &str, text: String| {
        let problems = vec![Problem { field: "file".into(), text }];
        Ok(page(&reader, ImportStep::Choose, kind, problems))
    };
    let said = match upload(parts).await {
        Ok(said) => said,
        Err(error) if error.status() == StatusCode::PAYLOAD_TOO_LARGE => {
            return wrong("", words.say("import-too-large"));
        }
        Err(error) => return Err(Failure::unprocessable(error.body_text())),
    };
    let header = headers.get("x-csrf-token").and_then(|value| value.to_str().ok());
    if said.csrf != reader.session.csrf && header != Some(reader.session.csrf.as_str()) {
        return Err(Failure::forged());
    }
    let kind = Kind::of_word(&said.kind).ok_or_else(|| Failure::unprocessable("no such kind"))?;
    reader.caller().require(kind.permission())?;
    if said.bytes.is_empty() {
        return wrong(&said.kind, words.say("import-no-file"));
    }
    let (caller, site) = (reader.caller(), reader.site.id);
    let name = said.name.chars().take(120).collect::<String>();
    match import::read(&server.app, caller, site, kind, &name, &said.bytes).await {
        Ok(preview) if preview.rows.is_empty() => wrong(&said.kind, words.say("import-empty")),
        Ok(preview) => Ok(shown(&reader, &preview)),
        Err(AppError::Invalid { field: "file", .. }) => {
            wrong(&said.kind, words.say1("import-unreadable", "file", name))
        }
        Err(error) => Err(error.into()),
    }
}

/// `GET /import/{id}`: a sheet that was read, again.
pub async fn again(
    State(server): State<Server>,
    reader: Reader,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    require_some(&reader)?;
    let id: CommandId = id.parse().map_err(|_| Failure::not_found())?;
    let preview = import::preview(&server.app, reader.caller(), reader.site.id, id).await?;
    Ok(shown(&reader, &preview))
}

/// What the form of a preview says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Confirmed {
    bad_rows: String,
}

/// `POST /import/{id}/confirm`
pub async fn confirm(
    State(server): State<Server>,
    Path(id): Path<String>,
    form: Form<Confirmed>,
) -> Result<Response, Failure> {
    let reader = form.reader;
    require_some(&reader)?;
    let words = reader.words();
    let id: CommandId = id.parse().map_err(|_| Failure::not_found())?;
    let bad_rows =
        if form.said.bad_rows == "leave_out" { BadRows::LeaveOut } else { BadRows::Stop };
    let (caller, site) = (reader.caller(), reader.site.id);
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    match import::confirm(&server.app, caller, site, id, bad_rows).await {
        Ok((kind, written)) => {
            let said = |(row, why): (u32, String)| (row, words.named("value", why));
            let step = ImportStep::Done {
                kind: kind.word().to_owned(),
                written_count: count(written.written_count),
                known_count: count(written.known_count),
                left_out_count: count(written.left_out_count),
                refused: written.refused.into_iter().map(said).collect(),
                passwords: written.passwords,
            };
            Ok(page(&reader, step, "", Vec::new()))
        }
        // Somebody changed something since: the rows are judged anew.
        Err(AppError::Conflict { .. }) => {
            let preview = import::preview(&server.app, caller, site, id).await?;
            Ok(shown(&reader, &preview))
        }
        Err(AppError::NotFound("import")) => {
            let problems = vec![Problem { field: String::new(), text: words.say("import-gone") }];
            Ok(page(&reader, ImportStep::Choose, "", problems))
        }
        Err(error) => Err(error.into()),
    }
}

/// The page of a sheet that was read: bad rows first, then some good ones.
fn shown(reader: &Reader, preview: &Preview) -> Response {
    let words = reader.words();
    let columns = preview.headings.len();
    let row = |row: &Judged| ImportRow {
        line: row.number,
        cells: (0..columns).map(|at| row.cells.get(at).cloned().unwrap_or_default()).collect(),
        problems: row.faults.iter().map(|fault| problem(&words, fault)).collect(),
    };
    let (bad, good): (Vec<&Judged>, Vec<&Judged>) =
        preview.rows.iter().partition(|row| !row.faults.is_empty());
    let listed = bad.iter().take(BAD_SHOWN).chain(good.iter().take(GOOD_SHOWN));
    let rows = listed.map(|judged| row(judged)).collect();
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let view = ImportPreview {
        id: preview.id.to_string(),
        kind: preview.kind.word().to_owned(),
        file: preview.file.clone(),
        columns: preview.headings.clone(),
        rows,
        good_count: count(good.len()),
        bad_count: count(bad.len()),
        more_count: count(good.len().saturating_sub(GOOD_SHOWN)),
    };
    let problems = preview.faults.iter().map(|fault| problem(&words, fault)).collect();
    let mut response = page(reader, ImportStep::Preview(view), "", problems);
    *response.status_mut() = StatusCode::OK;
    response
}

/// What is wrong, in the reader's words.
fn problem(words: &Words, fault: &Fault) -> Problem {
    let text = what_is_wrong(words, fault.what, &fault.given);
    let language = usize::from(words.language != Language::Chinese);
    let of = |texts: &[&'static str; 2]| texts.get(language).copied().unwrap_or_default();
    let helps = matches!(fault.what, What::Missing | What::Unreadable);
    let note = if helps { of(&fault.note) } else { "" };
    Problem { field: of(&fault.heading).to_owned(), text: with_note(words, text, note) }
}

/// What is wrong, with what to write there.
pub(super) fn with_note(words: &Words, text: String, note: &str) -> String {
    if note.is_empty() {
        return text;
    }
    format!("{text} · {}", words.say1("import-fault-note", "note", note))
}

/// What is wrong with a cell in which `given` is written.
pub(super) fn what_is_wrong(words: &Words, what: What, given: &str) -> String {
    match what {
        What::Missing => words.say("import-fault-missing"),
        What::Unreadable => words.say1("import-fault-unreadable", "given", given),
        What::Nobody => words.say1("import-fault-nobody", "given", given),
        What::Several => words.say1("import-fault-several", "given", given),
        What::Twice => words.say1("import-fault-twice", "given", given),
        What::Taken => words.say1("import-fault-taken", "given", given),
        What::Future => words.say1("import-fault-future", "given", given),
        What::BeforeArrival => words.say1("import-fault-before-arrival", "given", given),
        What::NotYours => words.say1("import-fault-not-yours", "given", given),
        What::NotOpen => words.say("import-fault-not-open"),
        What::Heading => words.say1("import-fault-heading", "given", given),
        What::TooLong => words.say("import-fault-too-long"),
        What::NoText => words.say("import-fault-no-text"),
        What::Here => words.say("import-fault-here"),
    }
}
