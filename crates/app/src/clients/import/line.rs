//! A row of a file of clients, understood or faulted, cell by cell.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;
use domain::people::PersonId;
use serde::{Deserialize, Serialize};

use super::super::{Extra, Grade, Kind, NewClient, Source, normalise};
use crate::{import::What, people::Person, workbook};

/// Something wrong with a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wrong {
    /// The key of the column; empty for the row as a whole.
    pub column: String,
    /// What.
    pub what: What,
    /// What was written there.
    pub given: String,
}

/// A client as a row describes them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entered {
    /// Who it is.
    pub new: NewClient,
    /// Whose they are.
    pub owner: Option<PersonId>,
    /// Since when.
    pub since: Option<DateTime<Utc>>,
    /// When they were last followed up.
    pub followed: Option<DateTime<Utc>>,
    /// Whether a deal closed.
    pub closed: bool,
}

/// What rows are understood by.
pub struct Ground<'a> {
    /// The key of each column.
    pub columns: &'a [Option<String>],
    /// The people of the site.
    pub people: &'a [Person],
    /// The time zone of the site.
    pub zone: Tz,
    /// Now.
    pub now: DateTime<Utc>,
}

struct Line<'a> {
    ground: &'a Ground<'a>,
    cells: &'a [String],
    wrongs: Vec<Wrong>,
}

/// The client that `cells` describe, or everything that is wrong with them.
pub fn understand(ground: &Ground<'_>, cells: &[String]) -> Result<Entered, Vec<Wrong>> {
    let mut line = Line { ground, cells, wrongs: Vec::new() };
    let entered = line.entered();
    if line.wrongs.is_empty() { Ok(entered) } else { Err(line.wrongs) }
}

impl<'a> Line<'a> {
    fn entered(&mut self) -> Entered {
        let telephones: Vec<String> = ["telephone", "telephone_2", "telephone_3"]
            .into_iter()
            .flat_map(|key| self.telephones(key))
            .collect();
        let name = self.text("name", 60).unwrap_or_default();
        if name.is_empty() && telephones.is_empty() && self.wrongs.is_empty() {
            self.wrong("name", What::Missing);
        }
        let new = NewClient {
            kind: self.word("kind", Kind::of_name).unwrap_or(Kind::Person),
            name,
            telephones,
            company: self.text("company", 80),
            plate: self.text("plate", 20),
            grade: self.word("grade", grade),
            source: self.word("source", source),
            extra: Extra {
                labels: Vec::new(),
                class: self.text("class", 20),
                address: self.text("address", 200),
                needs: self.text("needs", 500),
                notes: self.text("notes", 2_000),
            },
        };
        let owner = self.owner();
        let since = self.moment("since");
        let followed = self.moment("followed");
        let closed = match workbook::flag(self.cell("closed")) {
            Some(closed) => closed,
            None => {
                self.wrong("closed", What::Unreadable);
                false
            }
        };
        if owner.is_none() && self.cell("owner").is_empty() && (closed || followed.is_some()) {
            self.wrong("owner", What::Missing);
        }
        Entered { new, owner, since, followed, closed }
    }

    fn cell(&self, key: &str) -> &'a str {
        let place = self.ground.columns.iter().position(|column| column.as_deref() == Some(key));
        let cell = place.and_then(|place| self.cells.get(place));
        cell.map(|cell| cell.trim()).unwrap_or_default()
    }

    fn wrong(&mut self, key: &str, what: What) {
        let given: String = self.cell(key).chars().take(60).collect();
        self.wrongs.push(Wrong { column: key.to_owned(), what, given });
    }

    fn text(&mut self, key: &str, most: usize) -> Option<String> {
        let text = self.cell(key);
        if text.contains('\u{fffd}') {
            self.wrong(key, What::NoText);
        } else if text.chars().count() > most {
            self.wrong(key, What::TooLong);
        }
        Some(text.to_owned()).filter(|text| !text.is_empty())
    }

    /// A cell may hold several telephones: `13812345678/13912345678`.
    fn telephones(&mut self, key: &str) -> Vec<String> {
        let parts = self.cell(key).split(['/', '、', ',', '，', ';', '；', '\n']);
        let mut found = Vec::new();
        for part in parts.map(str::trim).filter(|part| !part.is_empty()) {
            // A spreadsheet that took the number for one to reckon with.
            match normalise(part.strip_suffix(".0").unwrap_or(part)) {
                Ok(number) => found.push(number),
                Err(_) => self.wrong(key, What::Unreadable),
            }
        }
        found
    }

    fn word<T>(&mut self, key: &str, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        let text = self.cell(key);
        if text.is_empty() {
            return None;
        }
        let found = read(text).or_else(|| read(&text.to_lowercase()));
        if found.is_none() {
            self.wrong(key, What::Unreadable);
        }
        found
    }

    fn owner(&mut self) -> Option<PersonId> {
        let name = self.cell("owner");
        if name.is_empty() {
            return None;
        }
        let called = |person: &&Person| {
            person.active
                && (person.display_name == name || person.login.eq_ignore_ascii_case(name))
        };
        let mut found = self.ground.people.iter().filter(called);
        match (found.next(), found.next()) {
            (Some(person), None) => return Some(person.id),
            (None, _) => self.wrong("owner", What::Nobody),
            (Some(_), Some(_)) => self.wrong("owner", What::Several),
        }
        None
    }

    fn moment(&mut self, key: &str) -> Option<DateTime<Utc>> {
        let text = self.cell(key);
        if text.is_empty() {
            return None;
        }
        let local =
            moment(text).and_then(|at| self.ground.zone.from_local_datetime(&at).earliest());
        match local.map(|at| at.to_utc()) {
            None => self.wrong(key, What::Unreadable),
            Some(at) if at > self.ground.now => self.wrong(key, What::Future),
            Some(at) => return Some(at),
        }
        None
    }
}

fn grade(text: &str) -> Option<Grade> {
    let plain = text.trim_end_matches(['级', '类']).trim();
    Grade::of_word(&plain.to_uppercase()).or_else(|| Grade::of_name(text))
}

fn source(text: &str) -> Option<Source> {
    Source::of_name(text).or(match text {
        "自然到访" | "到访" | "上门" | "自来访" | "visit" | "walk-in" => {
            Some(Source::Visit)
        }
        "热线" | "电话" | "call in" | "hotline" => Some(Source::Call),
        "拓客" | "外展" => Some(Source::Outreach),
        "线上" | "网上" | "网络平台" | "web" | "internet" | "online" => Some(Source::Web),
        "中介" | "渠道" | "分销" | "filing" | "agent" => Some(Source::Filing),
        "转介绍" | "老客户介绍" | "介绍" | "referral" => Some(Source::Referral),
        _ => None,
    })
}

/// A day, or a day with a time: `2026-05-01`, `2026/5/1 9:30`, `2026年5月1日`.
fn moment(text: &str) -> Option<NaiveDateTime> {
    let plain = text.replace(['年', '月', '/', '.'], "-").replace('日', " ").replace('：', ":");
    let plain = plain.replace('T', " ");
    let mut parts = plain.split_whitespace();
    let day = NaiveDate::parse_from_str(parts.next()?, "%Y-%m-%d").ok()?;
    let time = match parts.next() {
        None => NaiveTime::MIN,
        Some(time) => workbook::clock(time)?,
    };
    Some(day.and_time(time))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_they_are_written() {
        for text in ["2026-05-01", "2026/5/1", "2026.05.01", "2026年5月1日", "2026-05-01 00:00:00"]
        {
            let day = NaiveDate::from_ymd_opt(2026, 5, 1).map(|day| day.and_time(NaiveTime::MIN));
            assert_eq!(moment(text), day, "{text}");
        }
        assert_eq!(moment("5 月"), None);
        assert_eq!(moment("2026-02-30"), None);
    }

    #[test]
    fn grades_and_sources_have_many_spellings() {
        assert_eq!(grade("a"), Some(Grade::A));
        assert_eq!(grade("B级"), Some(Grade::B));
        assert_eq!(grade("E"), None);
        assert_eq!(source("自然到访"), Some(Source::Visit));
        assert_eq!(source("老带新"), Some(Source::Referral));
    }
}
