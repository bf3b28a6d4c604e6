//! What the list of clients is filtered by: from its query, and back to one.

use app::{
    PersonId,
    clients::{Asked, Grade, Kind, Owner, Source},
};
use serde::Deserialize;

use crate::{pages::clients::book::FilterView, web::reader::Reader};

/// The query of a list.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    /// What was typed.
    pub look: String,
    /// `me`, `nobody`, or a person.
    pub owner: String,
    kind: String,
    grade: String,
    source: String,
    closed: String,
    lapse: String,
    silent: String,
    from: String,
    until: String,
    /// Where the page before ended.
    pub after: String,
}

impl Wanted {
    fn pairs(&self) -> [(&'static str, &str); 10] {
        [
            ("look", &self.look),
            ("owner", &self.owner),
            ("kind", &self.kind),
            ("grade", &self.grade),
            ("source", &self.source),
            ("closed", &self.closed),
            ("lapse", &self.lapse),
            ("silent", &self.silent),
            ("from", &self.from),
            ("until", &self.until),
        ]
    }

    /// As a query, without the place.
    pub fn query(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(self.pairs().iter().filter(|(_, value)| !value.trim().is_empty()));
        query.finish()
    }

    /// The query that asks for `asked`.
    pub fn of(asked: &Asked) -> Self {
        let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string());
        let number = |number: Option<u32>| number.map(|number| number.to_string());
        let lapsed = asked.lapsed.then(|| "lapsed".to_owned());
        Self {
            look: asked.text.clone(),
            owner: match asked.owner {
                Owner::All => String::new(),
                Owner::Nobody => "nobody".into(),
                Owner::Of(person) => person.to_string(),
            },
            kind: asked.kind.map(|kind| kind.word().to_owned()).unwrap_or_default(),
            grade: asked.grade.map(|grade| grade.word().to_owned()).unwrap_or_default(),
            source: asked.source.map(|source| source.word().to_owned()).unwrap_or_default(),
            closed: match asked.closed {
                Some(true) => "yes".into(),
                Some(false) => "no".into(),
                None => String::new(),
            },
            lapse: lapsed.or(number(asked.lapses_within_days)).unwrap_or_default(),
            silent: number(asked.silent_days).unwrap_or_default(),
            from: day(asked.created_from).unwrap_or_default(),
            until: day(asked.created_until).unwrap_or_default(),
            after: String::new(),
        }
    }

    /// What is asked; what is not understood asks for nothing.
    pub fn asked(&self, reader: &Reader) -> Asked {
        let owner = match self.owner.as_str() {
            "" => Owner::All,
            "nobody" => Owner::Nobody,
            "me" => reader.caller().person.map_or(Owner::All, Owner::Of),
            id => id.parse().map_or(Owner::All, |id| Owner::Of(PersonId(id))),
        };
        Asked {
            text: self.look.trim().chars().take(100).collect(),
            owner,
            kind: Kind::of_word(&self.kind),
            grade: Grade::of_word(&self.grade),
            source: Source::of_word(&self.source),
            closed: match self.closed.as_str() {
                "yes" => Some(true),
                "no" => Some(false),
                _ => None,
            },
            lapses_within_days: self.lapse.parse().ok().filter(|days: &u32| *days <= 3_660),
            lapsed: self.lapse == "lapsed",
            silent_days: self.silent.parse().ok().filter(|days: &u32| *days <= 3_660),
            created_from: self.from.parse().ok(),
            created_until: self.until.parse().ok(),
        }
    }

    /// As the form shows it.
    pub fn view(&self) -> FilterView {
        FilterView {
            owner: self.owner.clone(),
            kind: self.kind.clone(),
            grade: self.grade.clone(),
            source: self.source.clone(),
            closed: self.closed.clone(),
            lapse: self.lapse.clone(),
            silent: self.silent.clone(),
            from: self.from.clone(),
            until: self.until.clone(),
            query: self.query(),
            used: self.pairs().iter().skip(1).any(|(_, value)| !value.trim().is_empty()),
        }
    }
}
