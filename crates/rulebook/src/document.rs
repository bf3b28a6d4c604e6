//! A rulebook's text, read: what it is about, its clauses and its settings, each with its line.

use std::collections::BTreeMap;

use serde::Serialize;
use sha2::{Digest, Sha256};
use toml_edit::{Item, TableLike};

use crate::{
    clause::{Carry, Clause, ClauseId, Words},
    problem::{Place, Problems},
    value::Value,
};

/// What a rulebook is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct About {
    /// The name of its folder.
    pub slug: String,
    /// Its title.
    pub title: Words,
    /// The regulation of the catalogue that it states, such as `R-001-01`.
    pub regulation: Option<String>,
    /// What kind of site it is for.
    pub summary: Option<Words>,
    /// The rulebooks it extends.
    pub extends: Vec<String>,
}

/// A setting as written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Written {
    /// Its value.
    pub value: Value,
    /// The rulebook it was written in.
    pub rulebook: String,
    /// The line, counted from 1; 0 when it was set by a scenario.
    pub line: usize,
}

impl Written {
    /// Where it stands.
    #[must_use]
    pub fn place(&self) -> Place {
        Place { rulebook: self.rulebook.clone(), line: self.line }
    }
}

/// A rulebook, read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Document {
    /// What it is.
    pub about: About,
    /// Its clauses, in order.
    pub clauses: Vec<Clause>,
    /// Its settings by path.
    pub settings: BTreeMap<String, Written>,
}

impl Document {
    /// Reads `text`, the rulebook `slug`. What is wrong goes to `problems`.
    #[must_use]
    pub fn parse(slug: &str, text: &str, problems: &mut Problems) -> Self {
        let mut document =
            Self { about: About { slug: slug.into(), ..About::default() }, ..Self::default() };
        let parsed = match toml_edit::Document::parse(text) {
            Ok(parsed) => parsed,
            Err(error) => {
                let line = error.span().map_or(0, |span| line_of(text, span.start));
                let message = error.message().trim().replace('\n', "; ");
                problems.error(
                    Place { rulebook: slug.into(), line },
                    [
                        format!("不是有效的 TOML：{message}"),
                        format!("this is not valid TOML: {message}"),
                    ],
                    [
                        "请改正这一行；手册“制度”说明写法",
                        "correct the line; docs/rulebooks explains the format",
                    ],
                );
                return document;
            }
        };
        let mut reader = Reader { slug, text, problems };
        for (key, item) in parsed.as_table().iter() {
            match key {
                "about" => document.about = reader.about(item),
                "clause" => document.clauses = reader.clauses(item),
                _ => reader.flatten(key, item, &mut document.settings),
            }
        }
        if document.about.title.zh.is_empty() {
            reader.problems.error(
                Place { rulebook: slug.into(), line: 0 },
                ["制度没有标题", "the rulebook has no title"],
                [
                    "在 [about] 中写 title = { zh = \"..\", en = \"..\" }",
                    "add [about] with title = { zh = \"..\", en = \"..\" }",
                ],
            );
        }
        document
    }

    /// The setting written at `path`.
    #[must_use]
    pub fn setting(&self, path: &str) -> Option<&Written> {
        self.settings.get(path)
    }

    /// The clauses that the setting at `path` carries.
    ///
    /// Where the rulebook that wrote the value has clauses for it, those; else any that has.
    #[must_use]
    pub fn clauses_carried_by(&self, path: &str) -> Vec<ClauseId> {
        let all: Vec<&Clause> = self.clauses.iter().filter(|c| c.is_carried_by(path)).collect();
        let author = self.settings.get(path).map(|written| written.rulebook.as_str());
        let own: Vec<&&Clause> =
            all.iter().filter(|c| Some(c.rulebook.as_str()) == author).collect();
        if own.is_empty() {
            all.iter().map(|clause| clause.id.clone()).collect()
        } else {
            own.iter().map(|clause| clause.id.clone()).collect()
        }
    }

    /// The clause with `id`.
    #[must_use]
    pub fn clause(&self, id: &ClauseId) -> Option<&Clause> {
        self.clauses.iter().find(|clause| clause.id == *id)
    }

    /// Sets `path`, as a scenario's background does.
    pub fn set(&mut self, path: &str, value: Value) {
        let rulebook = self.about.slug.clone();
        self.settings.insert(path.into(), Written { value, rulebook, line: 0 });
    }

    /// A fingerprint of everything that decisions depend on, in hexadecimal.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let mut hash = Sha256::new();
        for (path, written) in &self.settings {
            hash.update(format!("{path}={}\n", written.value));
        }
        for clause in &self.clauses {
            hash.update(format!(
                "{}:{}:{}\n",
                clause.id,
                clause.text.zh,
                clause.carried_by.join(",")
            ));
        }
        hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// The line of the byte at `offset`, counted from 1.
fn line_of(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1
}

struct Reader<'a> {
    slug: &'a str,
    text: &'a str,
    problems: &'a mut Problems,
}

impl Reader<'_> {
    fn line(&self, item: &Item) -> usize {
        item.span().map_or(0, |span| line_of(self.text, span.start))
    }

    fn error(&mut self, line: usize, message: impl Into<Words>, hint: impl Into<Words>) {
        self.problems.error(Place { rulebook: self.slug.into(), line }, message, hint);
    }

    fn about(&mut self, item: &Item) -> About {
        let mut about = About { slug: self.slug.into(), ..About::default() };
        let line = self.line(item);
        let Some(table) = item.as_table_like() else {
            self.error(
                line,
                ["`about` 不是表", "`about` is not a table"],
                ["请写 [about]", "write [about]"],
            );
            return about;
        };
        for (key, item) in table.iter() {
            let line = self.line(item);
            match key {
                "title" => about.title = self.words(item),
                "summary" => about.summary = Some(self.words(item)),
                "regulation" => about.regulation = item.as_str().map(str::to_owned),
                "extends" => about.extends = self.texts(item),
                _ => self.error(
                    line,
                    [format!("不认识的键 `about.{key}`"), format!("unknown key `about.{key}`")],
                    [
                        "可写 title、summary、regulation、extends",
                        "allowed are title, summary, regulation and extends",
                    ],
                ),
            }
        }
        about
    }

    fn clauses(&mut self, item: &Item) -> Vec<Clause> {
        let Some(tables) = item.as_array_of_tables() else {
            let line = self.line(item);
            self.error(
                line,
                ["`clause` 不是表的列表", "`clause` is not a list of tables"],
                ["每一条写一个 [[clause]]", "write [[clause]] for each"],
            );
            return Vec::new();
        };
        let mut clauses: Vec<Clause> = Vec::new();
        for table in tables {
            let line = table.span().map_or(0, |span| line_of(self.text, span.start));
            if let Some(clause) = self.clause(table, line) {
                if clauses.iter().any(|other| other.id == clause.id) {
                    self.error(
                        line,
                        [
                            format!("条款 `{}` 出现两次", clause.id),
                            format!("clause `{}` stands twice", clause.id),
                        ],
                        ["请为其中一条另编条款号", "give one another id"],
                    );
                }
                clauses.push(clause);
            }
        }
        clauses
    }

    fn clause(&mut self, table: &dyn TableLike, line: usize) -> Option<Clause> {
        let mut clause = Clause {
            id: ClauseId(String::new()),
            covers: Vec::new(),
            carry: Carry::Enforce,
            text: Words::default(),
            warning: None,
            carried_by: Vec::new(),
            line,
            rulebook: self.slug.into(),
        };
        for (key, item) in table.iter() {
            let line = self.line(item);
            match key {
                "id" => clause.id = ClauseId(item.as_str().unwrap_or_default().to_owned()),
                "covers" => clause.covers = self.texts(item),
                "text" => clause.text = self.words(item),
                "warning" => clause.warning = Some(self.words(item)),
                "carried_by" => clause.carried_by = self.texts(item),
                "carry" => match Carry::NAMES.iter().find(|(name, _)| Some(*name) == item.as_str())
                {
                    Some((_, carry)) => clause.carry = *carry,
                    None => self.error(
                        line,
                        [
                            format!("`{}` 不是条款的执行方式", text_of(item)),
                            format!("`{}` is not a way to carry a clause", text_of(item)),
                        ],
                        [
                            "可写 enforce、compute、prompt、record、attest",
                            "write enforce, compute, prompt, record or attest",
                        ],
                    ),
                },
                _ => self.error(
                    line,
                    [
                        format!("条款中不认识的键 `{key}`"),
                        format!("unknown key `{key}` in a clause"),
                    ],
                    [
                        "可写 id、covers、carry、text、warning、carried_by",
                        "allowed are id, covers, carry, text, warning and carried_by",
                    ],
                ),
            }
        }
        if clause.id.0.is_empty() {
            self.error(
                line,
                ["有一条没有条款号", "a clause has no id"],
                ["请加 id = \"1\"（带引号的文字）", "add id = \"1\" (a text in quotes)"],
            );
            return None;
        }
        Some(clause)
    }

    fn words(&mut self, item: &Item) -> Words {
        let line = self.line(item);
        let get = |key| item.as_table_like().and_then(|t| t.get(key)).and_then(Item::as_str);
        match (get("zh"), get("en")) {
            (Some(zh), Some(en)) => Words { zh: zh.trim().into(), en: en.trim().into() },
            _ => {
                self.error(
                    line,
                    ["文字没有中英两种", "a text is not given in both languages"],
                    ["请写 { zh = \"..\", en = \"..\" }", "write { zh = \"..\", en = \"..\" }"],
                );
                Words::default()
            }
        }
    }

    fn texts(&mut self, item: &Item) -> Vec<String> {
        let line = self.line(item);
        let texts: Option<Vec<String>> = item
            .as_array()
            .map(|array| array.iter().map(|v| v.as_str().map(str::to_owned)).collect())
            .unwrap_or_else(|| item.as_str().map(|one| vec![one.to_owned()]));
        texts.unwrap_or_else(|| {
            self.error(
                line,
                [
                    format!("`{}` 不是文字的列表", text_of(item)),
                    format!("`{}` is not a list of texts", text_of(item)),
                ],
                ["请写 [\"a\", \"b\"]", "write [\"a\", \"b\"]"],
            );
            Vec::new()
        })
    }

    fn flatten(&mut self, path: &str, item: &Item, into: &mut BTreeMap<String, Written>) {
        if let Some(table) = item.as_table_like() {
            for (key, item) in table.iter() {
                self.flatten(&format!("{path}.{key}"), item, into);
            }
            return;
        }
        let line = self.line(item);
        match item.as_value().and_then(value_of) {
            Some(value) => {
                into.insert(path.into(), Written { value, rulebook: self.slug.into(), line });
            }
            None => self.error(
                line,
                [
                    format!("`{path}` 的写法没有一项设置可用"),
                    format!("`{path}` has a value of a form no setting has"),
                ],
                [
                    "请写文字、整数、true、false，或它们的列表",
                    "write a text, a whole number, true, false or a list of those",
                ],
            ),
        }
    }
}

fn text_of(item: &Item) -> String {
    item.to_string().trim().to_owned()
}

pub(crate) fn value_of(value: &toml_edit::Value) -> Option<Value> {
    Some(match value {
        toml_edit::Value::String(text) => Value::Text(text.value().clone()),
        toml_edit::Value::Integer(number) => Value::Number(*number.value()),
        toml_edit::Value::Boolean(flag) => Value::Flag(*flag.value()),
        toml_edit::Value::Array(items) => {
            Value::List(items.iter().map(value_of).collect::<Option<_>>()?)
        }
        toml_edit::Value::Float(_)
        | toml_edit::Value::Datetime(_)
        | toml_edit::Value::InlineTable(_) => {
            return None;
        }
    })
}

/// Reads a value as a scenario writes it: `5`, `true`, `"to_end"` or `to_end`, `["a", "b"]`.
#[must_use]
pub fn parse_value(text: &str) -> Value {
    let text = text.trim();
    format!("v = {text}\n")
        .parse::<toml_edit::DocumentMut>()
        .ok()
        .and_then(|document| document.get("v").and_then(Item::as_value).and_then(value_of))
        .unwrap_or_else(|| Value::Text(text.to_owned()))
}
