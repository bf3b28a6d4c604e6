//! What an import shows before anything is written.

use crate::language::Key;
use crate::pages::frame::Problem;

/// The import page.
#[derive(Debug, Clone)]
pub struct ImportView {
    /// How far it is.
    pub step: ImportStep,
    /// What may be imported, by name: `import-kind-<name>`.
    pub kinds: Vec<String>,
    /// The kind chosen; may be empty.
    pub chosen: String,
    /// What is wrong with the form.
    pub problems: Vec<Problem>,
}

impl ImportView {
    /// Whether `kind` is the one chosen; the first, where none was.
    pub fn is_chosen(&self, kind: &str, first: &bool) -> bool {
        if self.chosen.is_empty() { *first } else { self.chosen == kind }
    }
}

/// How far an import is.
#[derive(Debug, Clone)]
pub enum ImportStep {
    /// Nothing chosen.
    Choose,
    /// Read, not yet written.
    Preview(ImportPreview),
    /// Written.
    Done {
        /// Kind by name.
        kind: String,
        /// Rows written.
        written_count: u32,
        /// Rows that were written before.
        known_count: u32,
        /// Rows left out.
        left_out_count: u32,
        /// Rows that were refused while writing: number, and why.
        refused: Vec<(u32, String)>,
        /// First passwords, shown once: name, sign-in name, password.
        passwords: Vec<(String, String, String)>,
    },
}

impl ImportStep {
    /// The heading of this step.
    pub fn key(&self) -> Key {
        match self {
            Self::Choose => Key("import-choose"),
            Self::Preview(_) => Key("import-preview"),
            Self::Done { .. } => Key("import-done"),
        }
    }
}

/// A sheet that was read.
#[derive(Debug, Clone)]
pub struct ImportPreview {
    /// Id of the import, for confirming.
    pub id: String,
    /// Kind by name.
    pub kind: String,
    /// Name of the file.
    pub file: String,
    /// Headings, as in the sheet.
    pub columns: Vec<String>,
    /// Rows with problems first, then some good ones.
    pub rows: Vec<ImportRow>,
    /// Rows that can be written.
    pub good_count: u32,
    /// Rows that cannot.
    pub bad_count: u32,
    /// Good rows that are not shown.
    pub more_count: u32,
}

/// A row of the sheet.
#[derive(Debug, Clone)]
pub struct ImportRow {
    /// Number of the row as the spreadsheet shows it.
    pub line: u32,
    /// Cells, one a column.
    pub cells: Vec<String>,
    /// What is wrong: heading of the column, and the sentence.
    pub problems: Vec<Problem>,
}
