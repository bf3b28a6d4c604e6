//! Files of clients in the browser: taken in as a stream, shown with every row that is wrong, written in the
//! background.

use std::{
    io::Read,
    sync::mpsc::{Receiver, SyncSender, sync_channel},
};

use app::{
    AppError, CommandId,
    clients::import::{self, Duplicates, FILE_MAX, Finding, Import, Shown, layout},
    roles::Permission,
    workbook,
};
use axum::{
    body::Bytes,
    extract::{Multipart, Path, Query, State, multipart::MultipartError},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;

use super::acts::Sent;
use crate::{
    handlers::import::{what_is_wrong, with_note},
    language::Words,
    pages::{
        clients::{
            ClientImportPage, ClientImportsPage,
            imports::{FindingRow, ImportLine, ImportSheet, ImportsView},
        },
        frame::{Place, Problem},
    },
    web::{failure::Failure, form::Form, reader::Reader, render::render, state::Server},
};

/// How long the whole form may be, in bytes.
pub const BODY_MAX: usize = FILE_MAX + 64 * 1024;

/// A file that is read while it comes.
struct Coming {
    chunks: Receiver<Bytes>,
    chunk: Bytes,
}

impl Read for Coming {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        while self.chunk.is_empty() {
            match self.chunks.recv() {
                Ok(chunk) => self.chunk = chunk,
                Err(_) => return Ok(0),
            }
        }
        let count = self.chunk.len().min(buffer.len());
        let taken = self.chunk.split_to(count);
        buffer.get_mut(..count).unwrap_or_default().copy_from_slice(&taken);
        Ok(count)
    }
}

fn line(import: &Import) -> ImportLine {
    ImportLine {
        id: import.id.to_string(),
        file: import.file.clone(),
        stage: import.stage.word().to_owned(),
        rows_count: import.rows_count,
        written_count: import.written_count,
        bad_count: import.bad_count,
        at: import.started_at,
    }
}

async fn listed(
    server: &Server,
    reader: &Reader,
    problems: Vec<Problem>,
) -> Result<Response, Failure> {
    let all = import::list(&server.app, reader.caller(), reader.site.id).await?;
    let bad = !problems.is_empty();
    let view = ImportsView { rows: all.iter().map(line).collect(), problems };
    let frame = reader.frame(Some(Place::Clients));
    let frame = crate::pages::frame::Frame { here: "/clients/imports".into(), ..frame };
    let mut response = render(&ClientImportsPage { frame, view });
    if bad {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

/// `GET /clients/imports`
pub async fn list(State(server): State<Server>, reader: Reader) -> Result<Response, Failure> {
    listed(&server, &reader, Vec::new()).await
}

/// `GET /clients/imports/template`: an empty workbook with its headings.
pub async fn template(reader: Reader) -> Result<Response, Failure> {
    reader.caller().require(Permission::ImportClients)?;
    let bytes = workbook::write_xlsx(layout::LAYOUT, &[], reader.is_chinese())
        .map_err(|error| Failure::unprocessable(error.to_string()))?;
    let name = "attachment; filename=\"clients.xlsx\"".to_owned();
    let of = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet".to_owned();
    Ok(([(header::CONTENT_TYPE, of), (header::CONTENT_DISPOSITION, name)], bytes).into_response())
}

/// Hands the parts of a file on as they come; the forms' secret must come before it.
async fn hand_on(
    mut parts: Multipart,
    reader: &Reader,
    by_header: bool,
    name: SyncSender<String>,
    to: SyncSender<Bytes>,
) -> Result<bool, MultipartError> {
    let mut is_ours = by_header;
    while let Some(mut field) = parts.next_field().await? {
        match field.name().unwrap_or_default() {
            "csrf" => is_ours |= field.text().await? == reader.session.csrf,
            "file" if is_ours => {
                let file = field.file_name().unwrap_or_default().chars().take(120).collect();
                let _ = name.send(file);
                while let Some(chunk) = field.chunk().await? {
                    let to = to.clone();
                    // The reader of the file may be slower than the network.
                    let sent = tokio::task::spawn_blocking(move || to.send(chunk)).await;
                    if !matches!(sent, Ok(Ok(()))) {
                        return Ok(true);
                    }
                }
            }
            _ => {}
        }
    }
    Ok(is_ours)
}

/// `POST /clients/imports`
pub async fn upload(
    State(server): State<Server>,
    reader: Reader,
    headers: HeaderMap,
    parts: Multipart,
) -> Result<Response, Failure> {
    reader.caller().require(Permission::ImportClients)?;
    let words = reader.words();
    let wrong = |text: String| vec![Problem { field: "file".into(), text }];
    let csrf = headers.get("x-csrf-token").and_then(|value| value.to_str().ok());
    let by_header = csrf == Some(reader.session.csrf.as_str());
    let (name_to, name) = sync_channel::<String>(1);
    let (chunk_to, chunks) = sync_channel::<Bytes>(8);
    let (app, caller, site) = (server.app.clone(), reader.caller().clone(), reader.site.id);
    let taking = tokio::spawn(async move {
        let from = Coming { chunks, chunk: Bytes::new() };
        let named = tokio::task::spawn_blocking(move || name.recv().ok()).await.ok().flatten()?;
        Some(import::take_in(&app, &caller, site, &named, from, &|_| ()).await)
    });
    let handed = hand_on(parts, &reader, by_header, name_to, chunk_to).await;
    let taken = taking.await.map_err(|error| Failure::unprocessable(error.to_string()))?;
    match handed {
        Ok(true) => {}
        Ok(false) => return Err(Failure::forged()),
        Err(error) if error.status() == StatusCode::PAYLOAD_TOO_LARGE => {
            let problems = wrong(words.say("clients-import-too-large"));
            return listed(&server, &reader, problems).await;
        }
        Err(error) => return Err(Failure::unprocessable(error.body_text())),
    }
    match taken {
        None => listed(&server, &reader, wrong(words.say("import-no-file"))).await,
        Some(Ok(import)) => {
            Ok(Redirect::to(&format!("/clients/imports/{}", import.id)).into_response())
        }
        Some(Err(AppError::Invalid { field: "file", message, hint })) => {
            let text = words.say2("clients-import-broken", "message", message, "hint", hint);
            listed(&server, &reader, wrong(text)).await
        }
        Some(Err(error)) => Err(error.into()),
    }
}

/// Where the rows that are wrong go on.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct From {
    after: i64,
}

/// `GET /clients/imports/{id}`
pub async fn page(
    State(server): State<Server>,
    reader: Reader,
    Path(id): Path<String>,
    Query(from): Query<From>,
) -> Result<Response, Failure> {
    reader.caller().require(Permission::ImportClients)?;
    let id: CommandId = id.parse().map_err(|_| Failure::not_found())?;
    let shown = import::shown(&server.app, reader.caller(), id, from.after).await?;
    let view = sheet(&reader, &shown);
    Ok(render(&ClientImportPage { frame: reader.frame(Some(Place::Clients)), view }))
}

fn sheet(reader: &Reader, shown: &Shown) -> ImportSheet {
    let words = reader.words();
    let import = &shown.import;
    let first = shown.sample.first().map(|row| row.1.clone()).unwrap_or_default();
    let column = |(place, heading): (usize, &String)| {
        let key = import.plan.columns.get(place).cloned().flatten().unwrap_or_default();
        (heading.clone(), key, first.get(place).cloned().unwrap_or_default())
    };
    let chinese = reader.is_chinese();
    let choice = |column: &'static workbook::Column| {
        let name = if chinese { column.zh } else { column.en };
        (column.key.to_owned(), name.to_owned())
    };
    ImportSheet {
        line: line(import),
        good_count: import.good_count,
        known_count: import.known_count,
        done_count: import.done_count,
        percent: (import.done_count * 100).checked_div(import.rows_count).unwrap_or(0),
        columns: import.plan.headings.iter().enumerate().map(column).collect(),
        choices: layout::columns().map(choice).collect(),
        duplicates: shown.duplicates.iter().map(|word| word.word().to_owned()).collect(),
        chosen: import.plan.duplicates.word().to_owned(),
        findings: shown.findings.iter().map(|finding| row(&words, chinese, finding)).collect(),
        next: shown.next,
        error: import.last_error.clone(),
    }
}

fn row(words: &Words, chinese: bool, finding: &Finding) -> FindingRow {
    let problem = |wrong: &import::Wrong| {
        let column = layout::column_of(&wrong.column);
        let of = |pair: [&'static str; 2]| if chinese { pair[0] } else { pair[1] };
        let field = column.map_or("", |column| if chinese { column.zh } else { column.en });
        let note = column.map_or("", |column| of(column.note));
        let text = what_is_wrong(words, wrong.what, &wrong.given);
        let helps =
            matches!(wrong.what, app::import::What::Missing | app::import::What::Unreadable);
        let text = with_note(words, text, if helps { note } else { "" });
        Problem { field: field.to_owned(), text }
    };
    FindingRow {
        number: finding.number,
        problems: finding.wrongs.iter().map(problem).collect(),
        cells: finding.cells.clone(),
        known: finding.known.map(|client| client.to_string()),
    }
}

/// `POST /clients/imports/{id}/{step}`
pub async fn step(
    State(server): State<Server>,
    Path((id, step)): Path<(String, String)>,
    form: Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let Form { reader, said } = form;
    let said = Sent(said);
    let (app, caller) = (&server.app, reader.caller());
    caller.require(Permission::ImportClients)?;
    let id: CommandId = id.parse().map_err(|_| Failure::not_found())?;
    match step.as_str() {
        "columns" => {
            let chosen =
                said.all("column").map(|key| Some(key.to_owned()).filter(|key| !key.is_empty()));
            import::judge_anew(app, caller, id, &chosen.collect::<Vec<_>>()).await?;
        }
        "confirm" => {
            if let Some(duplicates) = Duplicates::of_word(said.text("duplicates")) {
                import::choose(app, caller, id, duplicates).await?;
            }
            import::confirm(app, caller, id).await?;
        }
        "go-on" => drop(import::go_on(app, caller, id).await?),
        "discard" => {
            import::discard(app, caller, id).await?;
            return Ok(Redirect::to("/clients/imports").into_response());
        }
        _ => return Err(Failure::not_found()),
    }
    Ok(Redirect::to(&format!("/clients/imports/{id}")).into_response())
}
