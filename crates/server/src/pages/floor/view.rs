//! What the supervisor sees and can do on the live floor.

use chrono::{DateTime, NaiveDate, Utc};

use crate::language::Key;
use crate::pages::decision::view::Why;
use crate::pages::frame::{Problem, Tone};
use crate::pages::person::{Person, State, Tally};
use crate::pages::rotation::view::{MakeUp, RingTab, WaitingVisit, ring_query};

/// The live floor.
#[derive(Debug, Clone)]
pub struct FloorView {
    /// When the page was made.
    pub now: DateTime<Utc>,
    /// The day shown.
    pub day: NaiveDate,
    /// When it was opened; `None` if it is not open.
    pub opened_at: Option<DateTime<Utc>>,
    /// Rings, for the tabs.
    pub rings: Vec<RingTab>,
    /// What the rulebook has just refused, with its reasons.
    pub refused: Option<Why>,
    /// What somebody has to look at now, most urgent first.
    pub alerts: Vec<Alert>,
    /// Outings that wait for an answer.
    pub requests: Vec<OutingRequest>,
    /// Everybody, in the order of the ring, then the others.
    pub people: Vec<FloorPerson>,
    /// Make-up turns owed.
    pub make_ups: Vec<MakeUp>,
    /// Make-up turns that a late entry proposes.
    pub proposals: Vec<Proposal>,
    /// Visitors who wait.
    pub waiting: Vec<WaitingVisit>,
    /// What is still open before the day can be closed.
    pub open_things: Vec<OpenThing>,
    /// The form for a late entry.
    pub late: LateForm,
    /// Situations for the late entry, by name.
    pub situations: Vec<String>,
    /// Assignments outside the ring, by name: `assignment-<name>`.
    pub assignments: Vec<String>,
    /// The last decisions, newest first.
    pub decisions: Vec<Why>,
    /// Last number of the stream of changes that this page has seen.
    pub seen: i64,
}

/// Something that somebody has to look at now.
#[derive(Debug, Clone)]
pub struct Alert {
    /// How urgent.
    pub tone: Tone,
    /// The sentence, in the reader's language.
    pub text: String,
    /// Where to look.
    pub path: String,
}

/// An outing that waits for an answer.
#[derive(Debug, Clone)]
pub struct OutingRequest {
    /// Id.
    pub id: String,
    /// Who asks.
    pub person: Person,
    /// Kind by name.
    pub kind: String,
    /// Their words; may be empty.
    pub note: String,
    /// For how long, if said.
    pub minutes: Option<i64>,
    /// Since when.
    pub since: DateTime<Utc>,
}

/// Somebody on the floor.
#[derive(Debug, Clone)]
pub struct FloorPerson {
    /// Who.
    pub person: Person,
    /// Place in the ring; `None` if not in it.
    pub position: Option<u32>,
    /// What they are doing.
    pub state: State,
    /// Their turns today.
    pub tally: Tally,
    /// Make-up turns owed to them.
    pub make_up_count: u32,
    /// Whether they may receive a second new client while one is still there.
    pub second_allowed: bool,
    /// Id of the visit they are in, if any.
    pub visit: Option<String>,
}

/// A make-up turn that a late entry proposes; nobody's finished turn is dealt again.
#[derive(Debug, Clone)]
pub struct Proposal {
    /// Id.
    pub id: String,
    /// For whom.
    pub person: Person,
    /// Whether it would be a priority one.
    pub priority: bool,
    /// Why.
    pub why: Why,
}

/// Something still open at the end of the day.
#[derive(Debug, Clone)]
pub struct OpenThing {
    /// What, by name: `open-<name>`.
    pub kind: String,
    /// Who or whom.
    pub about: String,
    /// Since when.
    pub since: DateTime<Utc>,
    /// Address of what settles it (POST).
    pub settle_path: String,
}

/// A visit from paper, entered afterwards.
#[derive(Debug, Clone, Default)]
pub struct LateForm {
    /// When it happened, as `<input type="datetime-local">` writes it.
    pub happened_at: String,
    /// Whether it is still going on.
    pub goes_on: bool,
    /// Who received, id.
    pub receiver: String,
    /// Situation by name.
    pub situation: String,
    /// Name the visitor gave.
    pub name: String,
    /// Telephone the visitor gave.
    pub telephone: String,
    /// Whether the form is shown open.
    pub shown: bool,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
}

impl LateForm {
    /// An empty form.
    pub fn new() -> Self {
        Self::default()
    }
}

/// What the supervisor can do for one person.
#[derive(Debug, Clone)]
pub struct SheetView {
    /// The person.
    pub row: FloorPerson,
    /// What the desk or the supervisor may do in their place now.
    pub steps: Vec<PersonStep>,
    /// Assignments outside the ring, by name: `assignment-<name>`.
    pub assignments: Vec<String>,
    /// How many places the ring has.
    pub ring_count: u32,
    /// Id of the ring shown.
    pub ring: String,
    /// Breaches of the order that may be noted, by name.
    pub breaches: Vec<String>,
    /// Whether their turn of this round is over without a reception, so that it can be given back.
    pub turn_lost: bool,
}

impl SheetView {
    /// Whether they are suspended.
    pub fn suspended(&self) -> bool {
        matches!(self.row.state, State::Suspended { .. })
    }

    /// Whether they are assigned to `name` now.
    pub fn assigned(&self, name: &str) -> bool {
        matches!(&self.row.state, State::Otherwise { assignment } if assignment == name)
    }
}

/// Something done in somebody's place: `POST /floor/people/{id}/{path}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PersonStep {
    /// They are here.
    SignIn,
    /// They are gone for the day.
    SignOut,
    /// They are back.
    Return,
}

impl PersonStep {
    /// Last part of the address.
    pub fn path(&self) -> &'static str {
        match self {
            Self::SignIn => "sign-in",
            Self::SignOut => "sign-out",
            Self::Return => "return",
        }
    }

    /// What the button says.
    pub fn key(&self) -> Key {
        match self {
            Self::SignIn => Key("sheet-sign-in"),
            Self::SignOut => Key("sheet-sign-out"),
            Self::Return => Key("sheet-return"),
        }
    }

    /// The icon of the button.
    pub fn icon(&self) -> &'static str {
        match self {
            Self::SignIn => "user-check",
            Self::SignOut => "moon",
            Self::Return => "door-enter",
        }
    }
}

impl FloorView {
    /// The part of an address that names the ring shown.
    pub fn ring_query(&self) -> String {
        ring_query(&self.rings)
    }
}
