//! What the client book shows beyond whose a client is: filters, kept lists, many at once, fields, ties, merging,
//! erasing, the timeline.

use chrono::{DateTime, Utc};

use crate::language::{Key, Words};
use crate::pages::frame::{Problem, Tone};
use crate::pages::person::Person;

/// What the list is filtered by, as its form has it; empty means all.
#[derive(Debug, Clone, Default)]
pub struct FilterView {
    /// `me`, `nobody`, or the id of a person.
    pub owner: String,
    /// A person, household or company.
    pub kind: String,
    /// The grade.
    pub grade: String,
    /// The source.
    pub source: String,
    /// `yes` or `no`.
    pub closed: String,
    /// `lapsed`, or days.
    pub lapse: String,
    /// Days without contact.
    pub silent: String,
    /// The first day of entry.
    pub from: String,
    /// The last one.
    pub until: String,
    /// Everything as a query, without the place.
    pub query: String,
    /// Whether anything but the text is filtered by.
    pub used: bool,
}

/// A list that the reader keeps.
#[derive(Debug, Clone)]
pub struct KeptRow {
    /// Id.
    pub id: String,
    /// What the reader calls it.
    pub name: String,
    /// Its query.
    pub query: String,
}

/// What the list offers around its rows.
#[derive(Debug, Clone, Default)]
pub struct ListTools {
    /// What is filtered by.
    pub filter: FilterView,
    /// The lists that the reader keeps.
    pub kept: Vec<KeptRow>,
    /// The people of the site.
    pub people: Vec<Person>,
    /// Grades, sources and kinds, by word.
    pub grades: Vec<String>,
    /// Sources, by word.
    pub sources: Vec<String>,
    /// Kinds, by word.
    pub kinds: Vec<String>,
    /// Where the next page begins.
    pub next: Option<String>,
    /// Whether the reader may do something about many at once.
    pub may_grade: bool,
    /// Whether the reader may give many clients to people.
    pub may_assign: bool,
    /// Whether the reader may take clients out as a file.
    pub may_export: bool,
    /// Whether that may be in full.
    pub may_export_in_full: bool,
    /// Whether the reader may take files in.
    pub may_import: bool,
}

/// One thing done about many clients: shown first, then done.
#[derive(Debug, Clone)]
pub struct BulkView {
    /// Id of the command.
    pub command: String,
    /// `grade`, `assign` or `distribute`.
    pub act: String,
    /// The grade; empty takes it away.
    pub grade: String,
    /// Ids of the people.
    pub to: Vec<String>,
    /// Each client.
    pub rows: Vec<BulkRow>,
    /// How many it is, or would be, done for.
    pub good_count: u32,
    /// How many not.
    pub bad_count: u32,
    /// Whether it is done.
    pub done: bool,
    /// What is wrong with the form.
    pub problem: Option<String>,
}

/// One of them.
#[derive(Debug, Clone)]
pub struct BulkRow {
    /// Id.
    pub id: String,
    /// Name, masked.
    pub name: String,
    /// Telephone, masked.
    pub telephone: String,
    /// Who has them now.
    pub owner: String,
    /// Who gets them.
    pub to: String,
    /// What comes of it, in words.
    pub came: String,
    /// How it is meant.
    pub tone: Tone,
}

/// Something that is known of a client.
#[derive(Debug, Clone)]
pub struct FieldRow {
    /// Its word: `telephone`.
    pub field: String,
    /// Which of several, from 0.
    pub place: u32,
    /// What is shown.
    pub text: String,
    /// What a telephone is.
    pub label: String,
    /// Whether it can be shown in full.
    pub masked: bool,
}

impl FieldRow {
    /// What it is called.
    pub fn name(&self, words: &Words) -> String {
        words.named("client-field", &self.field)
    }
}

/// Somebody whom the client belongs together with.
#[derive(Debug, Clone)]
pub struct TieRow {
    /// Id.
    pub id: String,
    /// Name, masked.
    pub name: String,
    /// How, by word.
    pub relation: String,
    /// Whether the rulebook counts them as one client.
    pub counts: Option<bool>,
}

/// What the page of a client shows of the book.
#[derive(Debug, Clone, Default)]
pub struct Book {
    /// What is known.
    pub fields: Vec<FieldRow>,
    /// Whom they belong together with.
    pub ties: Vec<TieRow>,
    /// The record that this one turned out to be.
    pub merged_into: Option<String>,
    /// Whether the reader may correct it.
    pub may_edit: bool,
    /// Whether the reader may merge it with another.
    pub may_merge: bool,
    /// Whether the reader may erase it.
    pub may_erase: bool,
    /// Where the rest of the timeline begins.
    pub more_before: Option<String>,
}

/// The form for correcting a client.
#[derive(Debug, Clone)]
pub struct EditView {
    /// Id.
    pub id: String,
    /// Name, masked.
    pub name: String,
    /// What is known.
    pub fields: Vec<FieldRow>,
    /// The kind.
    pub kind: String,
    /// The grade.
    pub grade: String,
    /// The source.
    pub source: String,
    /// The class.
    pub class: String,
    /// What they look for.
    pub needs: String,
    /// All kinds.
    pub kinds: Vec<String>,
    /// All grades.
    pub grades: Vec<String>,
    /// All sources.
    pub sources: Vec<String>,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
}

impl EditView {
    /// What is shown of `field` now.
    pub fn shown(&self, field: &str) -> &str {
        let found = self.fields.iter().find(|row| row.field == field);
        found.map(|row| row.text.as_str()).unwrap_or_default()
    }

    /// The telephones.
    pub fn telephones(&self) -> impl Iterator<Item = &FieldRow> {
        self.fields.iter().filter(|row| row.field == "telephone")
    }
}

/// Choosing the record that a client turned out to be.
#[derive(Debug, Clone)]
pub struct MergeView {
    /// Id.
    pub id: String,
    /// Name, masked.
    pub name: String,
    /// Id of the command.
    pub command: String,
    /// What was looked for.
    pub look: String,
    /// Records that were found.
    pub found: Vec<BulkRow>,
    /// What is wrong.
    pub problem: Option<String>,
}

/// What an erasure takes away.
#[derive(Debug, Clone)]
pub struct EraseView {
    /// Id.
    pub id: String,
    /// Name, masked.
    pub name: String,
    /// Records, telephones, ties and notes that go.
    pub lost: Vec<(Key, u32)>,
    /// Entries of the journal that stay.
    pub entries_count: u32,
}

/// Everything that happened with a client.
#[derive(Debug, Clone)]
pub struct TimelineView {
    /// Id of the client.
    pub id: String,
    /// Name, masked.
    pub name: String,
    /// What happened, the newest first.
    pub rows: Vec<TimelineRow>,
    /// From where the next page goes on.
    pub before: Option<String>,
}

/// Something that happened.
#[derive(Debug, Clone)]
pub struct TimelineRow {
    /// Id of the entry.
    pub entry: String,
    /// What, by name.
    pub kind: String,
    /// By whom.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Whose the client was after it.
    pub owner_after: Option<String>,
    /// Another client who took part.
    pub other: Option<String>,
    /// What was corrected, by word.
    pub changed: Vec<String>,
    /// The reason that was typed.
    pub reason: Option<String>,
}
