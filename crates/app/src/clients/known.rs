//! What is known of a client, as typed, and checked and normalised.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use store::{
    SiteId, TenantId,
    clients::{self, Identity, Marks},
};
use uuid::Uuid;

use super::{Grade, Kind, Source, normalise};
use crate::{AppError, people::readings};

/// The most telephones of one client.
pub const TELEPHONES_MAX: usize = 10;

/// A client to be registered, as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewClient {
    /// A person, household or company.
    pub kind: Kind,
    /// The name: `王小明`, `王先生`.
    pub name: String,
    /// The telephones, the most used first.
    pub telephones: Vec<String>,
    /// The company that they come from.
    pub company: Option<String>,
    /// The number plate of their car.
    pub plate: Option<String>,
    /// The grade of intention.
    pub grade: Option<Grade>,
    /// Where they come from.
    pub source: Option<Source>,
    /// What else is known.
    pub extra: Extra,
}

impl Default for NewClient {
    fn default() -> Self {
        Self {
            kind: Kind::Person,
            name: String::new(),
            telephones: Vec::new(),
            company: None,
            plate: None,
            grade: None,
            source: None,
            extra: Extra::default(),
        }
    }
}

impl NewClient {
    /// This with whatever it lacks and `other` has.
    #[must_use]
    pub(crate) fn filled_with(&self, other: &Self) -> Self {
        let or = |one: &Option<String>, two: &Option<String>| one.clone().or_else(|| two.clone());
        let label = |of: &Self, place| of.extra.labels.get(place).cloned().unwrap_or_default();
        let own = self.telephones.iter().enumerate();
        let mut numbers: Vec<(String, String)> =
            own.map(|(place, number)| (number.clone(), label(self, place))).collect();
        for (place, number) in other.telephones.iter().enumerate() {
            if !self.telephones.contains(number) && numbers.len() < TELEPHONES_MAX {
                numbers.push((number.clone(), label(other, place)));
            }
        }
        let (telephones, labels) = numbers.into_iter().unzip();
        let name = if self.name.is_empty() { &other.name } else { &self.name };
        Self {
            kind: self.kind,
            name: name.clone(),
            telephones,
            company: or(&self.company, &other.company),
            plate: or(&self.plate, &other.plate),
            grade: self.grade.or(other.grade),
            source: self.source.or(other.source),
            extra: Extra {
                labels,
                class: or(&self.extra.class, &other.extra.class),
                address: or(&self.extra.address, &other.extra.address),
                needs: or(&self.extra.needs, &other.extra.needs),
                notes: or(&self.extra.notes, &other.extra.notes),
            },
        }
    }
}

/// What else is known of a client; nobody is found by it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Extra {
    /// What each telephone is: `本人`, `办公室`; in the order of the telephones.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<String>,
    /// The class 客户分类, by the site's own words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    /// The address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// What they look for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub needs: Option<String>,
    /// What else is worth knowing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
}

/// A client's data, checked and normalised.
#[derive(Debug)]
pub(crate) struct Known {
    /// A person, household or company.
    pub kind: Kind,
    name: String,
    pinyin: Vec<String>,
    initials: Vec<String>,
    /// In E.164, each once.
    pub telephones: Vec<String>,
    company: Option<String>,
    plate: Option<String>,
    grade: Option<Grade>,
    source: Option<Source>,
    details: Option<String>,
}

impl Known {
    /// What `new` says, or the first thing that is wrong with it.
    pub fn of(new: &NewClient) -> Result<Self, AppError> {
        let name = new.name.trim();
        if name.is_empty() && new.telephones.is_empty() {
            return Err(AppError::invalid(
                "name",
                "neither name nor telephone is given",
                "give at least a family name",
            ));
        }
        too_long("name", name, 60)?;
        if new.telephones.len() > TELEPHONES_MAX {
            return Err(AppError::invalid(
                "telephone",
                "these are too many telephones",
                format!("give at most {TELEPHONES_MAX}"),
            ));
        }
        let (telephones, labels) = telephones(new)?;
        let company = text("company", new.company.as_deref(), 80)?;
        let plate = text("plate", new.plate.as_deref(), 20)?;
        let extra = Extra {
            labels,
            class: text("class", new.extra.class.as_deref(), 20)?,
            address: text("address", new.extra.address.as_deref(), 200)?,
            needs: text("needs", new.extra.needs.as_deref(), 500)?,
            notes: text("notes", new.extra.notes.as_deref(), 2_000)?,
        };
        let details = (extra != Extra::default()).then(|| serde_json::to_string(&extra));
        let (pinyin, initials) = readings(name).into_iter().unzip();
        Ok(Self {
            kind: new.kind,
            name: name.to_owned(),
            pinyin,
            initials,
            telephones,
            company,
            plate,
            grade: new.grade,
            source: new.source,
            details: details.transpose().map_err(AppError::unusable("details"))?,
        })
    }

    /// Who it is, to be sealed.
    pub fn identity(&self) -> Identity<'_> {
        Identity {
            name: &self.name,
            pinyin: &self.pinyin,
            initials: &self.initials,
            company: self.company.as_deref(),
            plate: self.plate.as_deref(),
            telephones: &self.telephones,
            details: self.details.as_deref(),
        }
    }

    /// What it is filed under.
    pub fn marks(&self) -> Marks {
        Marks {
            kind: self.kind.word(),
            grade: self.grade.map(Grade::word),
            source: self.source.map(Source::word),
            ..Marks::default()
        }
    }

    /// The same as a new client of nobody.
    pub fn new_client(
        &self,
        tenant: TenantId,
        site: SiteId,
        id: Uuid,
        now: DateTime<Utc>,
    ) -> clients::NewClient<'_> {
        clients::NewClient {
            tenant,
            site,
            id,
            identity: self.identity(),
            marks: self.marks(),
            owner: None,
            owner_since: None,
            closed: false,
            created_at: now,
            registered_at: None,
        }
    }
}

/// The telephones that are written, each once, and what each is.
fn telephones(new: &NewClient) -> Result<(Vec<String>, Vec<String>), AppError> {
    let (mut telephones, mut labels) = (Vec::new(), Vec::new());
    for (place, number) in new.telephones.iter().enumerate() {
        if number.trim().is_empty() {
            continue;
        }
        let number = normalise(number)?;
        if !telephones.contains(&number) {
            let label = new.extra.labels.get(place).map(|label| label.trim()).unwrap_or_default();
            too_long("label", label, 20)?;
            telephones.push(number);
            labels.push(label.to_owned());
        }
    }
    if labels.iter().all(String::is_empty) {
        labels.clear();
    }
    Ok((telephones, labels))
}

fn text(field: &'static str, text: Option<&str>, most: usize) -> Result<Option<String>, AppError> {
    let text = text.map(str::trim).filter(|text| !text.is_empty());
    text.map(|text| too_long(field, text, most).map(|()| text.to_owned())).transpose()
}

fn too_long(field: &'static str, text: &str, most: usize) -> Result<(), AppError> {
    if text.chars().count() <= most {
        return Ok(());
    }
    let hint = format!("give at most {most} characters");
    Err(AppError::invalid(field, format!("the {field} is too long"), hint))
}
