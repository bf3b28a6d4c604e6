//! The visitor register as a file.

use app::{
    rotation::{self, Registered},
    workbook::{self, REGISTER},
};
use axum::{
    extract::{Query, State},
    http::header,
    response::{IntoResponse, Response},
};
use chrono::{DateTime, Utc};

use super::register::{Asked, line, wanted};
use crate::{
    handlers::decision::Names,
    language::Words,
    web::{failure::Failure, reader::Reader, state::Server},
};

/// How many visits a file may hold.
const IN_FILE: usize = 10_000;

/// `GET /visits/export`: xlsx, or CSV where that is asked for.
pub async fn export(
    State(server): State<Server>,
    reader: Reader,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    reader.caller().require(app::roles::Permission::ExportRegister)?;
    let wanted = wanted(&server, &reader, &asked, 0, IN_FILE).await?;
    let (app, caller, site) = (&server.app, reader.caller(), reader.site.id);
    let register = rotation::export_register(app, caller, site, &wanted).await?;
    let words = reader.words();
    // As on paper: the first visit of the day first.
    let rows = register.rows.iter().rev().map(|row| cells(row, &register.names, &words));
    let rows: Vec<Vec<String>> = rows.collect();
    let unwritten = |error: String| Failure::unprocessable(error);
    let (ending, of, bytes) = if asked.format == "csv" {
        let rows: Vec<Vec<String>> = rows.into_iter().map(harmless).collect();
        let bytes = workbook::write_csv(&REGISTER, &rows, reader.is_chinese());
        ("csv", "text/csv; charset=utf-8", bytes.map_err(|error| unwritten(error.to_string()))?)
    } else {
        let bytes = workbook::write_xlsx(&[REGISTER], &[rows], reader.is_chinese());
        let of = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
        ("xlsx", of, bytes.map_err(|error| unwritten(error.to_string()))?)
    };
    let name = format!("attachment; filename=\"visitors-{}.{ending}\"", wanted.day);
    let headers = [(header::CONTENT_TYPE, of.to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, bytes).into_response())
}

/// A line of the register in the order of the sheet's columns.
fn cells(registered: &Registered, names: &Names, words: &Words) -> Vec<String> {
    let row = line(registered, names);
    let time = |at: Option<DateTime<Utc>>| at.map(|at| words.local(&at).replace('T', " "));
    let mut remarks = Vec::new();
    if row.late {
        remarks.push(words.say("why-late"));
    }
    if row.overridden {
        remarks.push(words.say("why-override"));
    }
    if row.lacks_clause() {
        remarks.push(words.say("why-no-clause"));
    }
    vec![
        registered.number.to_string(),
        time(Some(row.at)).unwrap_or_default(),
        row.visitor.clone(),
        row.telephone.clone(),
        row.people_count.to_string(),
        words.named("situation", &row.situation),
        words.named("source", &row.source),
        if row.purpose.is_empty() { String::new() } else { words.named("purpose", &row.purpose) },
        row.receiver.clone().unwrap_or_default(),
        time(registered.started_at).unwrap_or_default(),
        time(registered.ended_at).unwrap_or_default(),
        words.list(&row.clauses),
        words.list(&remarks),
    ]
}

/// The cells, none of which a spreadsheet program takes for a formula.
fn harmless(cells: Vec<String>) -> Vec<String> {
    let marked = |cell: String| match cell.chars().next() {
        Some('=' | '+' | '-' | '@' | '\t') => format!("'{cell}"),
        _ => cell,
    };
    cells.into_iter().map(marked).collect()
}
