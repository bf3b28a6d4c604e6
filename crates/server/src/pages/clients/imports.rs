//! Files of clients: those that came in, and one with its columns, its counts and every row that is wrong.

use chrono::{DateTime, Utc};

use crate::pages::frame::Problem;

/// The files of a site.
#[derive(Debug, Clone)]
pub struct ImportsView {
    /// The newest first.
    pub rows: Vec<ImportLine>,
    /// What is wrong with an upload.
    pub problems: Vec<Problem>,
}

/// One of them.
#[derive(Debug, Clone)]
pub struct ImportLine {
    /// Id.
    pub id: String,
    /// The name of the file.
    pub file: String,
    /// How far it is, by word.
    pub stage: String,
    /// Its rows.
    pub rows_count: i64,
    /// Those written.
    pub written_count: i64,
    /// Those that are wrong.
    pub bad_count: i64,
    /// When it began.
    pub at: DateTime<Utc>,
}

/// One file.
#[derive(Debug, Clone)]
pub struct ImportSheet {
    /// What the list shows of it.
    pub line: ImportLine,
    /// How many can be written, and how many are here already.
    pub good_count: i64,
    /// Clients who are here already.
    pub known_count: i64,
    /// How many rows this stage is through with.
    pub done_count: i64,
    /// The same of a hundred.
    pub percent: i64,
    /// Headings, the key that each is understood as, and what stands below in the first row.
    pub columns: Vec<(String, String, String)>,
    /// The columns that there are: key and name.
    pub choices: Vec<(String, String)>,
    /// What may be done with clients who are here already, by word.
    pub duplicates: Vec<String>,
    /// What is chosen.
    pub chosen: String,
    /// Rows that need somebody's eye.
    pub findings: Vec<FindingRow>,
    /// Where the next page of them begins.
    pub next: Option<i64>,
    /// Why it stopped.
    pub error: Option<String>,
}

impl ImportSheet {
    /// Whether it waits for a word of the reader.
    pub fn is(&self, stage: &str) -> bool {
        self.line.stage == stage
    }

    /// Whether it moves by itself.
    pub fn moves(&self) -> bool {
        matches!(self.line.stage.as_str(), "judging" | "writing" | "reading")
    }
}

/// A row that needs somebody's eye.
#[derive(Debug, Clone)]
pub struct FindingRow {
    /// Its number in the file.
    pub number: u32,
    /// What is wrong: the column and the sentence.
    pub problems: Vec<Problem>,
    /// Its cells.
    pub cells: Vec<String>,
    /// The client who is here already.
    pub known: Option<String>,
}
