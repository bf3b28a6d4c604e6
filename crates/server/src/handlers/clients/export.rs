//! Clients as a file: CSV as a stream, however many, or a workbook.

use app::{
    App, AppError, Caller, SiteId,
    clients::{
        Asked, Next,
        export::{self, WORKBOOK_ROWS_MAX},
        import::layout::LAYOUT,
    },
    workbook,
};
use axum::{
    body::Body,
    extract::{Query, State},
    http::header,
    response::{IntoResponse, Response},
};
use futures_util::stream;
use serde::Deserialize;

use super::filter::Wanted;
use crate::web::{failure::Failure, reader::Reader, state::Server};

/// How the file is wanted.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct As {
    format: String,
    in_full: String,
}

/// How far a file is.
struct Going {
    app: App,
    caller: Caller,
    site: SiteId,
    asked: Asked,
    in_full: bool,
    after: Option<Next>,
    /// Headings that are still to be written.
    headings: Option<Vec<&'static str>>,
    over: bool,
}

/// `GET /clients/export`
pub async fn export(
    State(server): State<Server>,
    reader: Reader,
    Query(wanted): Query<Wanted>,
    Query(as_what): Query<As>,
) -> Result<Response, Failure> {
    let (app, caller, site) = (server.app, reader.caller().clone(), reader.site.id);
    let asked = wanted.asked(&reader);
    let in_full = as_what.in_full == "yes";
    let in_full = export::begin(&app, &caller, site, &asked, in_full).await?;
    let headings = Some(export::headings(reader.is_chinese()));
    let day = reader.site.moment(reader.now).date_naive();
    let going = Going { app, caller, site, asked, in_full, after: None, headings, over: false };
    let named = |ending: &str| format!("attachment; filename=\"clients-{day}.{ending}\"");
    if as_what.format == "xlsx" {
        let bytes = as_workbook(going, reader.is_chinese()).await?;
        let of = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet".to_owned();
        let headers = [(header::CONTENT_TYPE, of), (header::CONTENT_DISPOSITION, named("xlsx"))];
        return Ok((headers, bytes).into_response());
    }
    let of = "text/csv; charset=utf-8".to_owned();
    let headers = [(header::CONTENT_TYPE, of), (header::CONTENT_DISPOSITION, named("csv"))];
    let body = Body::from_stream(stream::try_unfold(going, |mut going| async move {
        let text = next(&mut going).await.map_err(std::io::Error::other)?;
        Ok::<_, std::io::Error>(text.map(|text| (text, going)))
    }));
    Ok((headers, body).into_response())
}

/// The next rows as CSV; nothing at the end.
async fn next(going: &mut Going) -> Result<Option<Vec<u8>>, AppError> {
    if going.over {
        return Ok(None);
    }
    let first = going.headings.take();
    // Spreadsheet programs read the Chinese by this mark.
    let start = if first.is_some() { vec![0xef, 0xbb, 0xbf] } else { Vec::new() };
    let mut writer = csv::Writer::from_writer(start);
    let unwritten = |error: csv::Error| AppError::Unusable { what: "row", why: error.to_string() };
    if let Some(headings) = first {
        writer.write_record(&headings).map_err(unwritten)?;
    }
    for row in rows(going).await? {
        writer.write_record(row.into_iter().map(harmless)).map_err(unwritten)?;
    }
    let text = writer.into_inner();
    text.map(Some).map_err(|error| AppError::Unusable { what: "row", why: error.to_string() })
}

async fn rows(going: &mut Going) -> Result<Vec<Vec<String>>, AppError> {
    let Going { app, caller, site, asked, in_full, after, .. } = going;
    let (rows, next) = export::page(app, caller, *site, asked, *after, *in_full).await?;
    going.over = next.is_none();
    going.after = next;
    Ok(rows)
}

/// A cell that no spreadsheet program takes for a formula.
fn harmless(cell: String) -> String {
    match cell.chars().next() {
        // A telephone abroad begins with a plus, and is no formula.
        Some('+') if cell.chars().skip(1).all(|char| char.is_ascii_digit()) => cell,
        Some('=' | '+' | '-' | '@' | '\t') => format!("'{cell}"),
        _ => cell,
    }
}

async fn as_workbook(mut going: Going, chinese: bool) -> Result<Vec<u8>, Failure> {
    let mut all = Vec::new();
    while !going.over {
        all.extend(rows(&mut going).await?);
        if all.len() > WORKBOOK_ROWS_MAX {
            let most = format!("more than {WORKBOOK_ROWS_MAX} clients: take them out as CSV");
            return Err(Failure::unprocessable(most));
        }
    }
    workbook::write_xlsx(LAYOUT, &[all], chinese)
        .map_err(|error| Failure::unprocessable(error.to_string()))
}
