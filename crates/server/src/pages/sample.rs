//! What the samples of the pages share: people, a frame, a decision or two.

use askama::Template;
use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta, TimeZone, Utc};

use super::frame::{Frame, Notice, Place, Reader, Theme, Tone};
use super::person::Person;
use crate::language::{Language, Words};

/// One rendered sample.
#[derive(Debug, Clone)]
pub struct Sample {
    /// Folder and state: `rotation/board-busy`.
    pub name: &'static str,
    /// Whether it is a whole page rather than a part of one.
    pub whole: bool,
    /// The HTML.
    pub html: String,
}

/// Who looks at the samples.
#[derive(Debug, Clone, Copy)]
pub struct Viewer {
    /// Their language.
    pub language: Language,
    /// Their theme.
    pub theme: Theme,
}

/// Every sample of every page, as `viewer` sees it.
pub fn all(viewer: Viewer) -> Vec<Sample> {
    let mut samples = Vec::new();
    samples.extend(super::sign_in::sample::all(viewer));
    samples.extend(super::rotation::sample::all(viewer));
    samples.extend(super::arrival::sample::all(viewer));
    samples.extend(super::me::sample::all(viewer));
    samples.extend(super::floor::sample::all(viewer));
    samples.extend(super::visits::sample::all(viewer));
    samples.extend(super::clients::sample::all(viewer));
    samples.extend(super::decision::sample::all(viewer));
    samples.extend(super::people::sample::all(viewer));
    samples.extend(super::rulebooks::sample::all(viewer));
    samples.extend(super::replay::sample::all(viewer));
    samples.extend(super::import::sample::all(viewer));
    samples.extend(super::errors::sample::all(viewer));
    samples
}

/// Renders one sample.
pub(super) fn sample(name: &'static str, whole: bool, page: &impl Template) -> Sample {
    let html = page.render().unwrap_or_else(|error| format!("{name}: {error}"));
    Sample { name, whole, html }
}

/// The moment at which every sample was made: 10:42 at the site.
pub(super) fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 22, 2, 42, 0).single().unwrap_or_default()
}

/// The day of the samples.
pub(super) fn today() -> NaiveDate {
    now().with_timezone(&zone()).date_naive()
}

/// That many minutes before [`now`]; after it if negative.
pub(super) fn ago(minutes: i64) -> DateTime<Utc> {
    now() - TimeDelta::minutes(minutes)
}

fn zone() -> FixedOffset {
    FixedOffset::east_opt(8 * 3600).unwrap_or(chrono::Offset::fix(&Utc))
}

/// The frame of a page in `place`, read by somebody with `role`.
pub(super) fn frame(viewer: Viewer, place: Option<Place>, role: &str) -> Frame {
    let roles = vec![role.to_owned()];
    let name = match role {
        "receptionist" => "沈佳怡",
        "consultant" => "林晓彤",
        "supervisor" => "周建国",
        _ => "欧阳明慧",
    };
    Frame {
        words: Words::new(viewer.language, zone()),
        theme: viewer.theme,
        site: "云栖湖畔花园售楼处".to_owned(),
        reader: Some(Reader { name: name.to_owned(), places: Place::of(&roles), roles }),
        place,
        csrf: "sample".to_owned(),
        here: place.map_or("/", |place| place.path()).to_owned(),
        notices: Vec::new(),
        styled: crate::web::assets::built(),
        stamp: crate::web::assets::stamp().to_owned(),
        now: now(),
    }
}

/// The frame before anybody is signed in.
pub(super) fn frame_outside(viewer: Viewer) -> Frame {
    Frame { reader: None, ..frame(viewer, None, "visitor") }
}

/// A notice, for the pages that show one.
pub(super) fn notice(words: &Words) -> Notice {
    Notice { tone: Tone::Good, text: words.say("visit-decided") }
}

/// The site's consultants.
pub(super) fn people() -> Vec<Person> {
    [
        ("林晓彤", "01", "一组"),
        ("陈志远", "02", "一组"),
        ("王思琪", "03", "一组"),
        ("赵一鸣", "05", "一组"),
        ("欧阳若曦", "06", "一组"),
        ("刘洋", "07", "二组"),
        ("黄美玲", "08", "二组"),
        ("Alexander Konstantinov-Beaumont", "09", "二组"),
        ("吴昊", "11", "二组"),
        ("古丽巴哈尔·买买提艾力", "12", "二组"),
    ]
    .into_iter()
    .map(|(name, number, team)| person(name, number, team))
    .collect()
}

/// Somebody.
pub(super) fn person(name: &str, number: &str, team: &str) -> Person {
    Person {
        id: format!("p{number}"),
        name: name.to_owned(),
        number: number.to_owned(),
        team: team.to_owned(),
    }
}
