//! Rows of a file of clients, read as a stream: CSV in UTF-8 or GB18030 of any length, or an xlsx workbook.

use std::{
    cell::Cell,
    io::{BufRead, BufReader, Cursor, Read},
    rc::Rc,
};

use calamine::{Data, Reader};
use serde::{Deserialize, Serialize};

use crate::workbook::{Mistake, text_of};

/// A row: its number as the program that wrote it counts, and its cells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row(pub u32, pub Vec<String>);

/// The longest workbook, in bytes; longer files come as CSV.
const WORKBOOK_MAX: u64 = 40 * 1024 * 1024;

/// The most cells of a workbook.
const CELLS_MAX: u64 = 6_000_000;

/// The longest row, in bytes: beyond it a quote was not closed.
const ROW_MAX: usize = 256 * 1024;

/// How much is looked at to tell what a file is, in bytes.
const LOOK_BYTES: usize = 64 * 1024;

/// Reads the file `name` row by row: the headings first, then everything below them; `take` says whether to
/// go on. Empty rows are left out.
pub fn read(name: &str, from: impl Read, take: &mut dyn FnMut(Row) -> bool) -> Result<(), Mistake> {
    let mut from = BufReader::with_capacity(LOOK_BYTES, from);
    let look = from.fill_buf().map_err(|error| broken(name, 0, &error.to_string(), "try again"))?;
    if look.is_empty() {
        return Err(broken(name, 0, "the file is empty", "choose another one"));
    }
    if look.starts_with(b"PK\x03\x04") {
        return workbook(name, from, take);
    }
    if look.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        let hint = "open it in a spreadsheet program and save it again as .xlsx";
        return Err(broken(name, 0, "this is an old .xls workbook", hint));
    }
    if look.contains(&0) {
        let hint = "save it as .xlsx, or as CSV in UTF-8 or GB18030";
        return Err(broken(name, 0, "this is neither a workbook nor text", hint));
    }
    let delimiter = delimiter(look);
    text(name, from, delimiter, take)
}

fn broken(sheet: &str, row: u32, message: &str, hint: &str) -> Mistake {
    let (message, hint) = (message.to_owned(), hint.to_owned());
    Mistake { sheet: sheet.to_owned(), row, column: String::new(), message, hint }
}

/// What separates the headings: commas, tabs or semicolons.
fn delimiter(look: &[u8]) -> u8 {
    let first = look.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |byte: &u8| first.iter().filter(|other| *other == byte).count();
    *[b',', b'\t', b';'].iter().max_by_key(|byte| (count(byte), **byte == b',')).unwrap_or(&b',')
}

/// Text with `\n` at the end of every line, the last one too, whatever program wrote it: only then are lines
/// counted as they are. Counts what is read, so that a quote that was not closed does not swallow the rest
/// of a long file.
struct Lines<R> {
    inner: R,
    since_row: Rc<Cell<usize>>,
    last: u8,
}

impl<R: Read> Read for Lines<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.since_row.get() > ROW_MAX {
            return Err(std::io::Error::other("a row has no end"));
        }
        loop {
            let count = self.inner.read(buffer)?;
            if count == 0 {
                let open = !matches!(self.last, b'\n' | b'\r');
                self.last = b'\n';
                return match buffer.first_mut().filter(|_| open) {
                    Some(end) => {
                        *end = b'\n';
                        Ok(1)
                    }
                    None => Ok(0),
                };
            }
            self.since_row.set(self.since_row.get() + count);
            let mut kept = 0;
            for at in 0..count {
                let byte = buffer[at];
                let second_half = byte == b'\n' && self.last == b'\r';
                self.last = byte;
                if !second_half {
                    buffer[kept] = if byte == b'\r' { b'\n' } else { byte };
                    kept += 1;
                }
            }
            if kept > 0 {
                return Ok(kept);
            }
        }
    }
}

fn text(
    name: &str,
    from: impl Read,
    delimiter: u8,
    take: &mut dyn FnMut(Row) -> bool,
) -> Result<(), Mistake> {
    let since_row = Rc::new(Cell::new(0));
    let lines = Lines { inner: from, since_row: since_row.clone(), last: b'\n' };
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .buffer_capacity(LOOK_BYTES)
        .from_reader(lines);
    let mut record = csv::ByteRecord::new();
    let mut first = true;
    let mut line = 1;
    // Line ends within cells: the number of a row is what a spreadsheet program shows.
    let mut within = 0;
    loop {
        let read = reader.read_byte_record(&mut record).map_err(|_| {
            let hint = "a quote in this row was not closed; check the quotes and save it again";
            broken(name, line, "a row that begins here has no end", hint)
        })?;
        if !read {
            return Ok(());
        }
        since_row.set(0);
        let cells: Vec<String> = record.iter().map(decoded).collect();
        within += record.as_slice().iter().filter(|byte| **byte == b'\n').count();
        let next = usize::try_from(reader.position().line()).unwrap_or(usize::MAX) - within;
        // A row that the file ends in the middle of begins where the last one ended.
        let number = u32::try_from(next - 1).unwrap_or(u32::MAX).max(line);
        line = number.saturating_add(1);
        let mut row = Row(number, cells);
        if first && let Some(cell) = row.1.first_mut() {
            *cell = cell.trim_start_matches('\u{feff}').to_owned();
        }
        first = false;
        if row.1.iter().any(|cell| !cell.trim().is_empty()) && !take(row) {
            return Ok(());
        }
    }
}

/// A cell as text: UTF-8, else GB18030, as spreadsheet programs write CSV in China.
fn decoded(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding_rs::GB18030.decode_without_bom_handling(bytes).0.into_owned(),
    }
}

fn workbook(name: &str, from: impl Read, take: &mut dyn FnMut(Row) -> bool) -> Result<(), Mistake> {
    let again = "open it in a spreadsheet program and save it again, as .xlsx or CSV";
    let unread = |error: &dyn std::fmt::Display| {
        broken(name, 0, &format!("this is no readable xlsx workbook: {error}"), again)
    };
    let mut bytes = Vec::new();
    from.take(WORKBOOK_MAX + 1).read_to_end(&mut bytes).map_err(|error| unread(&error))?;
    if bytes.len() as u64 > WORKBOOK_MAX {
        return Err(broken(name, 0, "the workbook is longer than 40 MB", "save it as CSV"));
    }
    let mut workbook: calamine::Xlsx<_> =
        calamine::open_workbook_from_rs(Cursor::new(bytes)).map_err(|error| unread(&error))?;
    let sheets = workbook.sheet_names();
    let sheet = sheets.first().ok_or_else(|| broken(name, 0, "the workbook is empty", again))?;
    let mut cells = workbook.worksheet_cells_reader(sheet).map_err(|error| unread(&error))?;
    let mut row = Row(0, Vec::new());
    for count in 0.. {
        let cell = cells.next_cell().map_err(|error| {
            let message = format!("the sheet cannot be read: {error}");
            broken(sheet, row.0, &message, again)
        })?;
        let Some(cell) = cell else { break };
        if count > CELLS_MAX {
            return Err(broken(sheet, row.0, "the sheet has too many cells", "save it as CSV"));
        }
        let (at, column) = cell.get_position();
        let number = at.saturating_add(1);
        if number != row.0 {
            let done = std::mem::replace(&mut row, Row(number, Vec::new()));
            if done.1.iter().any(|cell| !cell.trim().is_empty()) && !take(done) {
                return Ok(());
            }
        }
        // A sheet has at most 16384 columns; what stands further right is no table of clients.
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        if column < 200 {
            row.1.resize(row.1.len().max(column + 1), String::new());
            if let Some(place) = row.1.get_mut(column) {
                *place = text_of(&Data::from(cell.get_value().clone()));
            }
        }
    }
    if row.1.iter().any(|cell| !cell.trim().is_empty()) {
        take(row);
    }
    Ok(())
}
