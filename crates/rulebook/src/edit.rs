//! Edits of a rulebook's text that keep its comments and the order of everything else.

use std::ops::Range;

use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, Table, TableLike, value};

use crate::{
    clause::{Carry, ClauseId, Words},
    document::Document,
    problem::{Place, Problem, Problems, Severity},
    value::Value,
};

/// What a clause says, to be written into a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClauseText {
    /// Its id in the rulebook.
    pub id: ClauseId,
    /// The clauses of the catalogue that it states.
    pub covers: Vec<String>,
    /// How it is put into effect.
    pub carry: Carry,
    /// What it says.
    pub text: Words,
    /// A plain warning where it is legally doubtful.
    pub warning: Option<Words>,
    /// The settings that carry it.
    pub carried_by: Vec<String>,
}

/// A rulebook's text, open for edits.
///
/// An edit replaces, adds or removes its own lines only; everything else stays as it is, byte for byte.
#[derive(Debug, Clone)]
pub struct Editor {
    slug: String,
    text: String,
}

impl Editor {
    /// Opens `text`, the rulebook `slug`; the problem says where it cannot be read.
    pub fn open(slug: &str, text: &str) -> Result<Self, Problem> {
        let mut text = text.strip_prefix('\u{feff}').unwrap_or(text).to_owned();
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        let mut problems = Problems::default();
        drop(Document::parse(slug, &text, &mut problems));
        if toml_edit::Document::parse(text.as_str()).is_err() {
            let first = problems.0.into_iter().next();
            return Err(first.unwrap_or_else(|| unwritable(slug, "document")));
        }
        Ok(Self { slug: slug.into(), text })
    }

    /// The text as it stands now.
    #[must_use]
    pub fn text(&self) -> String {
        self.text.clone()
    }

    /// Writes the setting at `path`; nothing takes it out, so that what holds without it holds.
    pub fn set(&mut self, path: &str, to: Option<&Value>) -> Result<(), Problem> {
        let problem = unwritable(&self.slug, path);
        let edited = match to {
            Some(to) => with(&self.text, path, to).ok_or(problem.clone())?,
            None => without(&self.text, path).ok_or(problem.clone())?,
        };
        let read = |text: &str| Document::parse(&self.slug, text, &mut Problems::default());
        let (mut before, mut after) = (read(&self.text), read(&edited));
        let (_, now) = (before.settings.remove(path), after.settings.remove(path));
        let same = before.settings.len() == after.settings.len()
            && before.clauses.len() == after.clauses.len()
            && before.settings.iter().all(|(path, written)| {
                after.setting(path).is_some_and(|other| other.value == written.value)
            });
        // Nothing else may have changed, and the text must still be one.
        if !same || now.map(|now| now.value).as_ref() != to || is_broken(&edited) {
            return Err(problem);
        }
        self.text = edited;
        Ok(())
    }

    /// Writes title and summary.
    pub fn put_about(&mut self, title: &Words, summary: Option<&Words>) -> Result<(), Problem> {
        let problem = unwritable(&self.slug, "about");
        let parsed = toml_edit::Document::parse(self.text.as_str()).ok();
        let headers = parsed.as_ref().map(|parsed| headers(parsed.as_table())).unwrap_or_default();
        let about = parsed.as_ref().and_then(|parsed| parsed.get("about"));
        let Some(start) = about.and_then(|item| item.as_table()?.span()).map(|span| span.start)
        else {
            return Err(problem);
        };
        let range = start..block_end(&headers, start, self.text.len());
        self.edit_block(range, &problem, |block| {
            let about = block.get_mut("about")?.as_table_like_mut()?;
            put_words(about, "title", title)?;
            match summary {
                Some(summary) => put_words(about, "summary", summary),
                None => {
                    about.remove("summary");
                    Some(())
                }
            }
        })
    }

    /// Writes `clause` in the place of the clause `before`, or as a new one after the last.
    pub fn put_clause(
        &mut self,
        before: Option<&ClauseId>,
        clause: &ClauseText,
    ) -> Result<(), Problem> {
        let problem = unwritable(&self.slug, "clause");
        if clause.id.0.trim().is_empty() {
            return Err(problem);
        }
        let blocks = self.clause_blocks();
        if before != Some(&clause.id) && blocks.iter().any(|(id, _)| *id == clause.id.0) {
            return Err(clause_twice(&self.slug, &clause.id));
        }
        let Some(before) = before else {
            let mut new = DocumentMut::new();
            let mut table = Table::new();
            fill(&mut table, clause).ok_or(problem.clone())?;
            let mut all = ArrayOfTables::new();
            all.push(table);
            new.insert("clause", Item::ArrayOfTables(all));
            let at = blocks
                .last()
                .map_or(self.text.len(), |(_, range)| content_end(&self.text, range.clone()));
            let edited = spliced(&self.text, at..at, &format!("\n{new}"));
            return self.keep(edited.ok_or(problem.clone())?, problem);
        };
        let found = blocks.into_iter().find(|(id, _)| *id == before.0);
        let (_, range) = found.ok_or_else(|| no_such_clause(&self.slug, before))?;
        self.edit_block(range, &problem, |block| {
            let table = block.get_mut("clause")?.as_array_of_tables_mut()?.get_mut(0)?;
            fill(table, clause)
        })
    }

    /// Takes the clause `id` out.
    pub fn remove_clause(&mut self, id: &ClauseId) -> Result<(), Problem> {
        let found = self.clause_blocks().into_iter().find(|(known, _)| *known == id.0);
        let (_, range) = found.ok_or_else(|| no_such_clause(&self.slug, id))?;
        let problem = unwritable(&self.slug, "clause");
        let range = range.start..content_end(&self.text, range);
        let edited = spliced(&self.text, range, "").ok_or(problem.clone())?;
        self.keep(edited, problem)
    }

    /// The id of every clause, and where it stands in the text up to the next header.
    fn clause_blocks(&self) -> Vec<(String, Range<usize>)> {
        let Ok(parsed) = toml_edit::Document::parse(self.text.as_str()) else { return Vec::new() };
        let headers = headers(parsed.as_table());
        let clauses = parsed.get("clause").and_then(Item::as_array_of_tables);
        let block = |table: &Table| {
            let start = table.span()?.start;
            let id = table.get("id").and_then(Item::as_str).unwrap_or_default().to_owned();
            Some((id, start..block_end(&headers, start, self.text.len())))
        };
        clauses.into_iter().flatten().filter_map(block).collect()
    }

    /// Changes the lines of `range`, a header with its keys.
    fn edit_block(
        &mut self,
        range: Range<usize>,
        problem: &Problem,
        change: impl FnOnce(&mut DocumentMut) -> Option<()>,
    ) -> Result<(), Problem> {
        let edited = self.text.get(range.clone()).and_then(|block| {
            let mut block: DocumentMut = block.parse().ok()?;
            change(&mut block)?;
            spliced(&self.text, range, &block.to_string())
        });
        self.keep(edited.ok_or(problem.clone())?, problem.clone())
    }

    fn keep(&mut self, edited: String, problem: Problem) -> Result<(), Problem> {
        if is_broken(&edited) {
            return Err(problem);
        }
        self.text = edited;
        Ok(())
    }
}

fn is_broken(text: &str) -> bool {
    toml_edit::Document::parse(text).is_err()
}

fn spliced(text: &str, range: Range<usize>, with: &str) -> Option<String> {
    Some(format!("{}{with}{}", text.get(..range.start)?, text.get(range.end..)?))
}

/// Where every written header begins, in order.
fn headers(table: &Table) -> Vec<usize> {
    let mut starts = Vec::new();
    for (_, item) in table.iter() {
        let tables: Vec<&Table> = match item {
            Item::Table(table) => vec![table],
            Item::ArrayOfTables(tables) => tables.iter().collect(),
            _ => Vec::new(),
        };
        for table in tables {
            if !table.is_implicit() && !table.is_dotted() {
                starts.extend(table.span().map(|span| span.start));
            }
            starts.extend(headers(table));
        }
    }
    starts.sort_unstable();
    starts
}

/// Where the block whose header begins at `start` ends.
fn block_end(headers: &[usize], start: usize, end: usize) -> usize {
    headers.iter().copied().find(|other| *other > start).unwrap_or(end)
}

/// Where the last written line of a block ends: what follows are empty lines and the next one's comments.
fn content_end(text: &str, block: Range<usize>) -> usize {
    let mut end = block.start;
    let mut at = block.start;
    for line in text.get(block).unwrap_or_default().split_inclusive('\n') {
        at += line.len();
        let bare = line.trim();
        if !bare.is_empty() && !bare.starts_with('#') {
            end = at;
        }
    }
    end
}

/// `text` with `to` written at `path`.
fn with(text: &str, path: &str, to: &Value) -> Option<String> {
    let parsed = toml_edit::Document::parse(text).ok()?;
    let names: Vec<&str> = path.split('.').collect();
    let bare = |name: &&str| {
        !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
    };
    if names.len() < 2 || !names.iter().all(bare) {
        return None;
    }
    let written = toml_value(to).to_string();
    if let Some(item) = found(parsed.as_table(), &names) {
        return spliced(text, item.as_value()?.span()?, &written);
    }
    let headers = headers(parsed.as_table());
    for depth in (1..names.len()).rev() {
        let (head, rest) = names.split_at_checked(depth)?;
        let table = match found(parsed.as_table(), head) {
            None => continue,
            Some(item) => item.as_table()?,
        };
        if !table.is_implicit() && !table.is_dotted() {
            let start = table.span()?.start;
            let block = start..block_end(&headers, start, text.len());
            let at = content_end(text, block);
            return spliced(text, at..at, &format!("{} = {written}\n", rest.join(".")));
        }
    }
    let (head, key) = path.rsplit_once('.')?;
    Some(format!("{text}\n[{head}]\n{key} = {written}\n"))
}

/// `text` without what is written at `path`: its whole lines.
fn without(text: &str, path: &str) -> Option<String> {
    let parsed = toml_edit::Document::parse(text).ok()?;
    let names: Vec<&str> = path.split('.').collect();
    let Some(item) = found(parsed.as_table(), &names) else { return Some(text.to_owned()) };
    let span = item.as_value()?.span()?;
    let start = text.get(..span.start)?.rfind('\n').map_or(0, |at| at + 1);
    let end = text.get(span.end..)?.find('\n').map_or(text.len(), |at| span.end + at + 1);
    spliced(text, start..end, "")
}

fn found<'a>(root: &'a Table, names: &[&str]) -> Option<&'a Item> {
    let (first, rest) = names.split_first()?;
    let mut item = root.get(first)?;
    for name in rest {
        item = item.as_table_like()?.get(name)?;
    }
    Some(item)
}

fn fill(table: &mut dyn TableLike, clause: &ClauseText) -> Option<()> {
    put(table, "id", clause.id.0.as_str().into())?;
    if clause.covers.is_empty() {
        table.remove("covers");
    } else {
        put(table, "covers", toml_edit::Value::Array(clause.covers.iter().collect()))?;
    }
    put(table, "carry", clause.carry.name().into())?;
    put_words(table, "text", &clause.text)?;
    match &clause.warning {
        Some(warning) => put_words(table, "warning", warning)?,
        None => drop(table.remove("warning")),
    }
    put(table, "carried_by", toml_edit::Value::Array(clause.carried_by.iter().collect()))
}

/// Writes `to` at `key`, with the comment and spaces that stood around the value before.
fn put(table: &mut dyn TableLike, key: &str, to: toml_edit::Value) -> Option<()> {
    match table.get_mut(key) {
        Some(item) => {
            let old = item.as_value_mut()?;
            // A list that says the same keeps its lines.
            if crate::document::value_of(old) == crate::document::value_of(&to) {
                return Some(());
            }
            let decor = old.decor().clone();
            *old = to;
            *old.decor_mut() = decor;
        }
        None => drop(table.insert(key, value(to))),
    }
    Some(())
}

fn put_words(table: &mut dyn TableLike, key: &str, words: &Words) -> Option<()> {
    if table.get(key).is_none() {
        table.insert(key, value(InlineTable::new()));
    }
    let inside = table.get_mut(key)?.as_table_like_mut()?;
    put(inside, "zh", words.zh.as_str().into())?;
    put(inside, "en", words.en.as_str().into())
}

fn toml_value(value: &Value) -> toml_edit::Value {
    match value {
        Value::Flag(flag) => (*flag).into(),
        Value::Number(number) => (*number).into(),
        Value::Text(text) => text.as_str().into(),
        Value::List(items) => {
            toml_edit::Value::Array(items.iter().map(toml_value).collect::<Array>())
        }
    }
}

fn problem(slug: &str, message: [String; 2], hint: [&str; 2]) -> Problem {
    Problem {
        severity: Severity::Error,
        place: Place { rulebook: slug.into(), line: 0 },
        message: message.into(),
        hint: hint.into(),
    }
}

fn unwritable(slug: &str, path: &str) -> Problem {
    problem(
        slug,
        [format!("`{path}` 无法写入"), format!("`{path}` cannot be written")],
        ["请在文本中改写", "change it in the text"],
    )
}

fn no_such_clause(slug: &str, id: &ClauseId) -> Problem {
    problem(
        slug,
        [format!("没有条款 `{id}`"), format!("there is no clause `{id}`")],
        ["它可能已被删去；请重新打开", "it may have been removed; open the rulebook again"],
    )
}

fn clause_twice(slug: &str, id: &ClauseId) -> Problem {
    problem(
        slug,
        [format!("条款 `{id}` 出现两次"), format!("clause `{id}` stands twice")],
        ["请为其中一条另编条款号", "give one another id"],
    )
}
