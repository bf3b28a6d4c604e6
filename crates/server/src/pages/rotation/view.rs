//! What the rotation board shows.

use chrono::{DateTime, NaiveDate, Utc};

use crate::language::{Key, Words};
use crate::pages::decision::view::Why;
use crate::pages::person::{Person, State, Tally};

/// The board of one ring, or of none if the site has none.
#[derive(Debug, Clone)]
pub struct BoardView {
    /// When the page was made.
    pub now: DateTime<Utc>,
    /// The day shown.
    pub day: NaiveDate,
    /// Whether the day is open.
    pub open: bool,
    /// Which batch is on site, from 1, where there are several.
    pub batch: Option<u32>,
    /// Every ring of the site, for the tabs.
    pub rings: Vec<RingTab>,
    /// The ring shown.
    pub ring: Option<Ring>,
    /// Standing duty 站岗 now.
    pub standing: Option<Slot>,
    /// Standing duty after that.
    pub standing_next: Option<Slot>,
    /// Visitors who wait, in order.
    pub waiting: Vec<WaitingVisit>,
    /// The last decisions, newest first.
    pub decisions: Vec<Why>,
    /// Last number of the stream of changes that this page has seen.
    pub seen: i64,
}

/// A ring among the tabs.
#[derive(Debug, Clone)]
pub struct RingTab {
    /// Id, for the address.
    pub id: String,
    /// Name.
    pub name: String,
    /// What it is for, by name: `walk_in`, `telephone`; shown as `channel-<name>`.
    pub channel: String,
    /// Whether it is the one shown.
    pub current: bool,
}

/// A ring in its order.
#[derive(Debug, Clone)]
pub struct Ring {
    /// Id, for addresses.
    pub id: String,
    /// Name.
    pub name: String,
    /// Which time round, from 1.
    pub round: u32,
    /// Everybody, in order of who is next.
    pub places: Vec<RingPlace>,
    /// Make-up turns that are owed, in the order in which they will be used.
    pub make_ups: Vec<MakeUp>,
}

/// Somebody's place in the ring.
#[derive(Debug, Clone)]
pub struct RingPlace {
    /// From 1.
    pub position: u32,
    /// Who.
    pub person: Person,
    /// What they are doing.
    pub state: State,
    /// Their turns today.
    pub tally: Tally,
    /// Make-up turns owed to them.
    pub make_up_count: u32,
}

/// A make-up turn 补接.
#[derive(Debug, Clone)]
pub struct MakeUp {
    /// Id, for taking it away.
    pub id: String,
    /// Whose.
    pub person: Person,
    /// Whether it goes before ordinary ones 优先补接.
    pub priority: bool,
    /// What must still happen before it counts, by name: `condition-<name>`.
    pub pending: Option<String>,
    /// Since when.
    pub since: DateTime<Utc>,
    /// When it expires, if it does.
    pub until: Option<DateTime<Utc>>,
    /// The decision that gave it.
    pub decision: String,
    /// The clauses of that decision, ready to read: `3`, `c06`.
    pub clauses: Vec<String>,
}

impl MakeUp {
    /// Whether its reason must still be verified.
    pub fn needs_verification(&self) -> bool {
        self.pending.as_deref() == Some("needs-verification")
    }

    /// What it is called.
    pub fn key(&self) -> Key {
        if self.priority { Key("make-up-priority") } else { Key("make-up-ordinary") }
    }
}

/// A slot of standing duty.
#[derive(Debug, Clone)]
pub struct Slot {
    /// Who stands; nobody if the rota leaves it empty.
    pub person: Option<Person>,
    /// From.
    pub from: DateTime<Utc>,
    /// Until.
    pub until: DateTime<Utc>,
    /// Name of the person they stand in for 代接.
    pub instead_of: Option<String>,
}

/// A visit that waits for somebody.
#[derive(Debug, Clone)]
pub struct WaitingVisit {
    /// Id.
    pub id: String,
    /// Whom, as this reader may see it: `王先生`, `王*`.
    pub visitor: String,
    /// How many people came.
    pub people_count: u32,
    /// Since when.
    pub since: DateTime<Utc>,
    /// Why nobody receives them yet, by name: `waiting-<name>`.
    pub reason: String,
    /// Whom they wait for, if for somebody.
    pub waits_for: Option<String>,
}

/// A dot of the drawn ring: coordinates in a square of 100 by 100.
#[derive(Debug, Clone)]
pub struct Dot {
    /// Centre, from the left, in tenths.
    pub x: i32,
    /// Centre, from the top, in tenths.
    pub y: i32,
    /// Part of the style's class names.
    pub state: &'static str,
    /// What is written in it.
    pub label: String,
}

impl Ring {
    /// Whoever is on turn, or has just been given a visitor.
    pub fn on_turn(&self) -> Option<&RingPlace> {
        self.places.iter().find(|place| matches!(place.state, State::OnTurn))
    }

    /// Those who come after, in order, at most `count`.
    pub fn next(&self, count: usize) -> Vec<&RingPlace> {
        self.places
            .iter()
            .filter(|place| matches!(place.state, State::Waiting { .. }))
            .take(count)
            .collect()
    }

    /// Those who are there but cannot be asked now.
    pub fn engaged(&self) -> Vec<&RingPlace> {
        self.places
            .iter()
            .filter(|place| !matches!(place.state, State::OnTurn | State::Waiting { .. }))
            .collect()
    }

    /// The ring as dots on a circle, clockwise from the top in the order of the ring.
    pub fn dots(&self) -> Vec<Dot> {
        let count = self.places.len().max(1) as f64;
        self.places
            .iter()
            .enumerate()
            .map(|(place, at)| {
                let angle = std::f64::consts::TAU * place as f64 / count;
                Dot {
                    x: (500.0 + 410.0 * angle.sin()).round() as i32,
                    y: (500.0 - 410.0 * angle.cos()).round() as i32,
                    state: at.state.name(),
                    label: if self.places.len() > 28 {
                        String::new()
                    } else {
                        at.person.initials()
                    },
                }
            })
            .collect()
    }

    /// Radius of a dot, so that many people still fit on the circle.
    pub fn dot_radius(&self) -> i32 {
        match self.places.len() {
            0..=12 => 78,
            13..=18 => 58,
            19..=28 => 40,
            _ => 24,
        }
    }
}

impl BoardView {
    /// The part of an address that names the ring shown.
    pub fn ring_query(&self) -> String {
        ring_query(&self.rings)
    }
}

/// The part of an address that names the ring shown among `rings`: `ring=..`, or nothing.
pub fn ring_query(rings: &[RingTab]) -> String {
    rings
        .iter()
        .find(|ring| ring.current)
        .map(|ring| format!("ring={}", ring.id))
        .unwrap_or_default()
}

impl Slot {
    /// Who stands, and for whom.
    pub fn who(&self, words: &Words) -> String {
        match (&self.person, &self.instead_of) {
            (None, _) => words.say("board-standing-nobody"),
            (Some(person), None) => person.name.clone(),
            (Some(person), Some(other)) => {
                words.say2("board-stand-in", "name", &person.name, "other", other)
            }
        }
    }
}
