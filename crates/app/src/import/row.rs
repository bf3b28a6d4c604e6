//! A row of a sheet, read cell by cell; what is wrong is noted with its column.

use std::collections::BTreeMap;

use chrono::NaiveTime;

use super::fault::{Fault, What};
use crate::{
    PersonId,
    people::Person,
    workbook::{self, Column, Row, Sheet, SheetLayout},
};

/// A row being read.
pub(super) struct Line<'a> {
    layout: &'static SheetLayout,
    cells: BTreeMap<&'static str, &'a str>,
    /// Its number in the file.
    pub number: u32,
    /// What is wrong with it.
    pub faults: Vec<Fault>,
}

/// The rows of `sheet`, as `layout` has them.
pub(super) fn lines<'a>(sheet: &'a Sheet, layout: &'static SheetLayout) -> Vec<Line<'a>> {
    let columns: Vec<Option<&'static Column>> =
        sheet.headings.iter().map(|heading| layout.column(heading)).collect();
    sheet.rows.iter().map(|row| Line::new(row, layout, &columns)).collect()
}

impl<'a> Line<'a> {
    fn new(
        row: &'a Row,
        layout: &'static SheetLayout,
        columns: &[Option<&'static Column>],
    ) -> Self {
        let cells = columns.iter().zip(&row.cells);
        let cells = cells.filter_map(|(column, cell)| Some(((*column)?.key, cell.trim())));
        Self { layout, cells: cells.collect(), number: row.number, faults: Vec::new() }
    }

    /// Notes something wrong with the cell `key`.
    pub fn fault(&mut self, key: &str, what: What) {
        let given = self.text(key);
        match self.layout.columns.iter().find(|column| column.key == key) {
            Some(column) => self.faults.push(Fault::cell(column, what, given)),
            None => self.faults.push(Fault::row(what)),
        }
    }

    /// What the cell says; nothing where there is none.
    pub fn text(&self, key: &str) -> &'a str {
        self.cells.get(key).copied().unwrap_or("")
    }

    /// The same, which must say something.
    pub fn needed(&mut self, key: &str) -> &'a str {
        let text = self.text(key);
        if text.is_empty() {
            self.fault(key, What::Missing);
        }
        text
    }

    /// The cell as `read` understands it.
    pub fn read<T>(&mut self, key: &str, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        let value = read(self.text(key));
        if value.is_none() {
            self.fault(key, What::Unreadable);
        }
        value
    }

    /// Yes or no; nothing is no.
    pub fn flag(&mut self, key: &str) -> bool {
        self.read(key, workbook::flag).unwrap_or(false)
    }

    /// A whole number, if one is written.
    pub fn number(&mut self, key: &str) -> Option<u32> {
        if self.text(key).is_empty() { None } else { self.read(key, workbook::whole) }
    }

    /// A time of day, if one is written.
    pub fn time(&mut self, key: &str) -> Option<NaiveTime> {
        if self.text(key).is_empty() { None } else { self.read(key, workbook::clock) }
    }

    /// The person whom the cell names, if it names one.
    pub fn person(&mut self, key: &str, people: &[Person]) -> Option<PersonId> {
        let name = self.text(key);
        if name.is_empty() {
            return None;
        }
        let mut found = people.iter().filter(|person| person.display_name == name && person.active);
        match (found.next(), found.next()) {
            (Some(person), None) => Some(person.id),
            (None, _) => {
                self.fault(key, What::Nobody);
                None
            }
            (Some(_), Some(_)) => {
                self.fault(key, What::Several);
                None
            }
        }
    }
}
