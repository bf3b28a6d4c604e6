//! Edits of a rulebook's text that keep its comments and the order of everything else.

use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, Table, TableLike, value};

use crate::{
    clause::{Carry, ClauseId, Words},
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
#[derive(Debug, Clone)]
pub struct Editor {
    slug: String,
    document: DocumentMut,
}

impl Editor {
    /// Opens `text`, the rulebook `slug`; the problem says where it cannot be read.
    pub fn open(slug: &str, text: &str) -> Result<Self, Problem> {
        match text.parse::<DocumentMut>() {
            Ok(document) => Ok(Self { slug: slug.into(), document }),
            Err(_) => {
                let mut problems = Problems::default();
                drop(crate::Document::parse(slug, text, &mut problems));
                let first = problems.0.into_iter().next();
                Err(first.unwrap_or_else(|| unwritable(slug, "document")))
            }
        }
    }

    /// The text as it stands now.
    #[must_use]
    pub fn text(&self) -> String {
        self.document.to_string()
    }

    /// Writes the setting at `path`; nothing takes it out, so that what holds without it holds.
    pub fn set(&mut self, path: &str, to: Option<&Value>) -> Result<(), Problem> {
        let problem = unwritable(&self.slug, path);
        let Some((head, key)) = path.rsplit_once('.') else { return Err(problem) };
        if path.split('.').any(str::is_empty) {
            return Err(problem);
        }
        let root: &mut dyn TableLike = self.document.as_table_mut();
        match to {
            None => {
                if let Some(table) = found(root, head) {
                    table.remove(key);
                }
                Ok(())
            }
            Some(to) => {
                let table = made(root, head).ok_or(problem.clone())?;
                put(table, key, toml_value(to)).ok_or(problem)
            }
        }
    }

    /// Writes title and summary.
    pub fn put_about(&mut self, title: &Words, summary: Option<&Words>) -> Result<(), Problem> {
        let problem = unwritable(&self.slug, "about");
        let root: &mut dyn TableLike = self.document.as_table_mut();
        let about = made(root, "about").ok_or(problem.clone())?;
        put_words(about, "title", title).ok_or(problem.clone())?;
        match summary {
            Some(summary) => put_words(about, "summary", summary).ok_or(problem),
            None => {
                about.remove("summary");
                Ok(())
            }
        }
    }

    /// Writes `clause` in the place of the clause `before`, or as a new one at the end.
    pub fn put_clause(
        &mut self,
        before: Option<&ClauseId>,
        clause: &ClauseText,
    ) -> Result<(), Problem> {
        let missing = before.map(|id| no_such_clause(&self.slug, id));
        let problem = unwritable(&self.slug, "clause");
        if clause.id.0.trim().is_empty() {
            return Err(problem);
        }
        let clauses = self
            .document
            .as_table_mut()
            .entry("clause")
            .or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()))
            .as_array_of_tables_mut()
            .ok_or(problem.clone())?;
        let id_of = |table: &Table| table.get("id").and_then(Item::as_str).map(str::to_owned);
        let twice = clauses.iter().any(|table| {
            id_of(table).as_deref() == Some(&clause.id.0) && before != Some(&clause.id)
        });
        if twice {
            return Err(clause_twice(&self.slug, &clause.id));
        }
        match before {
            Some(id) => {
                let table = clauses.iter_mut().find(|table| id_of(table).as_deref() == Some(&id.0));
                let table = table.ok_or(missing.unwrap_or(problem.clone()))?;
                fill(table, clause).ok_or(problem)
            }
            None => {
                let mut table = Table::new();
                fill(&mut table, clause).ok_or(problem)?;
                clauses.push(table);
                Ok(())
            }
        }
    }

    /// Takes the clause `id` out.
    pub fn remove_clause(&mut self, id: &ClauseId) -> Result<(), Problem> {
        let missing = no_such_clause(&self.slug, id);
        let clauses = self.document.get_mut("clause").and_then(Item::as_array_of_tables_mut);
        let clauses = clauses.ok_or(missing.clone())?;
        let is = |table: &Table| table.get("id").and_then(Item::as_str) == Some(&id.0);
        let at = clauses.iter().position(is).ok_or(missing)?;
        clauses.remove(at);
        Ok(())
    }
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

/// The table at `path`, if it is there.
fn found<'a>(root: &'a mut dyn TableLike, path: &str) -> Option<&'a mut dyn TableLike> {
    let mut table = root;
    for name in path.split('.') {
        table = table.get_mut(name)?.as_table_like_mut()?;
    }
    Some(table)
}

/// The table at `path`, made where it is missing.
fn made<'a>(root: &'a mut dyn TableLike, path: &str) -> Option<&'a mut dyn TableLike> {
    let mut table = root;
    let depth = path.split('.').count();
    for (at, name) in path.split('.').enumerate() {
        if table.get(name).is_none() {
            let mut new = Table::new();
            new.set_implicit(at + 1 < depth);
            table.insert(name, Item::Table(new));
        }
        let item = table.get_mut(name)?;
        if let (Item::Table(inner), true) = (&mut *item, at + 1 == depth) {
            inner.set_implicit(false);
        }
        table = item.as_table_like_mut()?;
    }
    Some(table)
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
