//! Sheets as text: every cell what a person sees in it.

use std::io::Cursor;

use calamine::{Data, Reader};
use serde::{Deserialize, Serialize};

use super::{Column, Mistake, SheetLayout};

/// How many rows a sheet may have.
const ROWS_MAX: usize = 1_048_576;

/// A sheet, read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// The headings.
    pub headings: Vec<String>,
    /// The rows below the headings; empty ones are left out.
    pub rows: Vec<Row>,
}

/// A row.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Its number as the program that wrote it counts, from 1.
    pub number: u32,
    /// Its cells.
    pub cells: Vec<String>,
}

/// Reads `bytes`, an xlsx workbook, or CSV where it is none; `name` is the file's.
pub fn read(name: &str, bytes: &[u8]) -> Result<Vec<Sheet>, Mistake> {
    let broken = |message: String, hint: &str| Mistake {
        sheet: name.into(),
        row: 0,
        column: String::new(),
        message,
        hint: hint.into(),
    };
    if bytes.starts_with(b"PK") {
        let hint = "open it in a spreadsheet program and save it again as .xlsx";
        let mut workbook: calamine::Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes))
            .map_err(|error| {
            broken(format!("this is no readable xlsx workbook: {error}"), hint)
        })?;
        let mut sheets = Vec::new();
        for sheet in workbook.sheet_names() {
            let range = workbook.worksheet_range(&sheet).map_err(|error| {
                broken(format!("sheet `{sheet}` cannot be read: {error}"), hint)
            })?;
            let first = range.start().map_or(0, |(row, _)| row);
            let rows = range.rows().take(ROWS_MAX).map(|row| row.iter().map(text_of).collect());
            sheets.push(sheet_of(sheet, first, rows));
        }
        return Ok(sheets);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| {
        broken("this is neither xlsx nor UTF-8 text".into(), "save it as .xlsx, or as CSV in UTF-8")
    })?;
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let mut rows = Vec::new();
    for record in reader.records().take(ROWS_MAX) {
        let record = record.map_err(|error| {
            broken(format!("this is no CSV: {error}"), "check the quotes of the line")
        })?;
        rows.push(record.iter().map(str::to_owned).collect());
    }
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let name = name.strip_suffix(".csv").unwrap_or(name);
    Ok(vec![sheet_of(name.into(), 0, rows.into_iter())])
}

fn sheet_of(name: String, first: u32, rows: impl Iterator<Item = Vec<String>>) -> Sheet {
    let mut sheet = Sheet { name, ..Sheet::default() };
    for (index, cells) in rows.enumerate() {
        let number = first + u32::try_from(index).unwrap_or(u32::MAX - first - 1) + 1;
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if sheet.headings.is_empty() {
            sheet.headings = cells.iter().map(|cell| cell.trim().to_owned()).collect();
        } else {
            sheet.rows.push(Row { number, cells });
        }
    }
    sheet
}

pub(crate) fn text_of(cell: &Data) -> String {
    match cell {
        Data::DateTime(value) => {
            let (fraction, whole) = (value.as_f64().fract(), value.as_f64().trunc());
            match value.as_datetime() {
                Some(moment) if fraction > 0.0 && whole > 0.0 => {
                    moment.format("%Y-%m-%d %H:%M:%S").to_string()
                }
                Some(moment) if whole > 0.0 => moment.format("%Y-%m-%d").to_string(),
                Some(moment) => moment.format("%H:%M:%S").to_string(),
                None => value.as_f64().to_string(),
            }
        }
        other => other.to_string().trim().to_owned(),
    }
}

/// The columns of `sheet` by `layout`; unknown headings and twice the same are mistakes.
pub(super) fn columns(
    sheet: &Sheet,
    layout: &SheetLayout,
    mistakes: &mut Vec<Mistake>,
) -> Vec<Option<&'static Column>> {
    let mut columns: Vec<Option<&'static Column>> = Vec::new();
    for heading in &sheet.headings {
        let column = layout.column(heading);
        let mistake = |message: String, hint: String| Mistake {
            sheet: sheet.name.clone(),
            row: 1,
            column: heading.clone(),
            message,
            hint,
        };
        if column.is_some() && columns.contains(&column) {
            mistakes.push(mistake(format!("`{heading}` stands twice"), "remove one column".into()));
        }
        if column.is_none() && !heading.is_empty() {
            let known = layout.columns.iter().flat_map(|column| [column.zh, column.en]);
            let nearest = known.min_by_key(|known| rulebook::schema::distance(known, heading));
            let hint = format!("did you mean `{}`?", nearest.unwrap_or_default());
            mistakes.push(mistake(format!("`{heading}` is no column of this sheet"), hint));
        }
        columns.push(column);
    }
    columns
}
