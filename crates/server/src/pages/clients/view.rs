//! What is seen of clients: a list of them, and one with all that is known of whose they are.

use chrono::{DateTime, NaiveDate, Utc};

use super::book::{Book, ListTools};
use crate::language::{Key, Words};
use crate::pages::decision::view::Why;
use crate::pages::frame::{Problem, Tone};
use crate::pages::person::Person;

/// Clients that were found, or the reader's own, or the newest.
#[derive(Debug, Clone)]
pub struct ClientsView {
    /// What was looked for.
    pub look: String,
    /// What the list holds.
    pub kind: ListKind,
    /// Those found.
    pub rows: Vec<ClientRow>,
    /// The form for a new client, where the reader may register.
    pub form: Option<ClientForm>,
    /// Filters, kept lists, many at once.
    pub tools: ListTools,
}

/// What a list of clients holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListKind {
    /// What was looked for.
    Found,
    /// The reader's own clients.
    Mine,
    /// The newest of the site.
    Newest,
}

impl ListKind {
    /// What it is called.
    pub fn key(&self) -> Key {
        match self {
            Self::Found => Key("clients-found"),
            Self::Mine => Key("clients-mine"),
            Self::Newest => Key("clients-newest"),
        }
    }
}

/// One of them.
#[derive(Debug, Clone)]
pub struct ClientRow {
    /// Id.
    pub id: String,
    /// Name, masked.
    pub name: String,
    /// Telephone, masked; empty without.
    pub telephone: String,
    /// Name of the owner.
    pub owner: Option<String>,
    /// How long the client is theirs.
    pub term: Option<Term>,
    /// The grade, by word; may be empty.
    pub grade: String,
    /// When somebody was last in contact.
    pub contact_at: Option<DateTime<Utc>>,
}

/// How long a client is somebody's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Term {
    /// A deal closed.
    Closed,
    /// For good.
    ForGood,
    /// Until this day unless followed up.
    Until(NaiveDate),
    /// The same, and that is soon.
    Lapses(NaiveDate),
}

impl Term {
    /// In words.
    pub fn text(&self, words: &Words) -> String {
        match self {
            Self::Closed => words.say("clients-closed"),
            Self::ForGood => words.say("clients-for-good"),
            Self::Until(day) => words.say1("clients-until-day", "day", words.date(day)),
            Self::Lapses(day) => words.say1("clients-lapses", "day", words.date(day)),
        }
    }

    /// How it is meant.
    pub fn tone(&self) -> Tone {
        match self {
            Self::Closed => Tone::Good,
            Self::ForGood | Self::Until(_) => Tone::Plain,
            Self::Lapses(_) => Tone::Attention,
        }
    }
}

/// The form for a new client.
#[derive(Debug, Clone, Default)]
pub struct ClientForm {
    /// Id of the command, so that pressing twice registers once.
    pub command: String,
    /// Name.
    pub name: String,
    /// Telephone.
    pub telephone: String,
    /// Another telephone.
    pub telephone_2: String,
    /// Company.
    pub company: String,
    /// Number plate.
    pub plate: String,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
}

/// One client.
#[derive(Debug, Clone)]
pub struct ClientView {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// A person, household or company, by word.
    pub kind: String,
    /// The grade, by word; may be empty.
    pub grade: String,
    /// The source, by word; may be empty.
    pub source: String,
    /// What else the client book shows.
    pub book: Book,
    /// Whether the data was erased.
    pub erased: bool,
    /// Whether the reader may see them in full and does not.
    pub may_reveal: bool,
    /// When they were entered.
    pub created_at: DateTime<Utc>,
    /// Whose and until when.
    pub owned: Option<Owned>,
    /// Why.
    pub why: Why,
    /// What has just been done came to this.
    pub told: Option<Why>,
    /// Registrations, the oldest first.
    pub registrations: Vec<RegistrationRow>,
    /// Contacts, the newest first.
    pub contacts: Vec<ContactRow>,
    /// Rights, the newest first.
    pub rights: Vec<RightRow>,
    /// What happened, the newest first.
    pub history: Vec<HistoryRow>,
    /// What may be done.
    pub acts: Vec<ActForm>,
    /// Whom the acts may name.
    pub choices: Choices,
}

/// Whose client it is.
#[derive(Debug, Clone)]
pub struct Owned {
    /// Name of the owner.
    pub owner: String,
    /// Since when.
    pub since: DateTime<Utc>,
    /// When the right was last renewed.
    pub renewed: DateTime<Utc>,
    /// How long.
    pub term: Term,
}

/// A registration.
#[derive(Debug, Clone)]
pub struct RegistrationRow {
    /// Id.
    pub id: String,
    /// By whom.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// How the contact came about, by name.
    pub channel: String,
    /// What it holds, by name.
    pub fields: Vec<String>,
    /// What is missing, by name.
    pub missing: Vec<String>,
    /// Whether the consultant signed.
    pub signed: bool,
    /// From when it counts.
    pub valid_from: Option<DateTime<Utc>>,
    /// Whether the reader may complete it.
    pub may_complete: bool,
}

/// Somebody was in contact with the client.
#[derive(Debug, Clone)]
pub struct ContactRow {
    /// Who.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// How, by name.
    pub kind: String,
    /// Whether the record is complete.
    pub complete: bool,
}

/// A right, also one that ended.
#[derive(Debug, Clone)]
pub struct RightRow {
    /// Who has or had it.
    pub by: String,
    /// What it rests on, by name.
    pub basis: String,
    /// Since when.
    pub from: DateTime<Utc>,
    /// When it was taken away, and by which clauses.
    pub ended: Option<(DateTime<Utc>, Vec<String>)>,
}

/// An entry of the journal.
#[derive(Debug, Clone)]
pub struct HistoryRow {
    /// Id of the entry.
    pub entry: String,
    /// What, by name.
    pub kind: String,
    /// By whom.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// The reason that was typed.
    pub reason: Option<String>,
}

/// Something that may be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActForm {
    /// A follow-up.
    FollowUp,
    /// A registration.
    Register,
    /// A closing.
    Close,
    /// A claim.
    Claim,
    /// Giving the client to somebody.
    Assign,
    /// Giving on a leaver's client.
    Distribute,
    /// Another consultant.
    Change,
    /// A ruling.
    Rule,
    /// Taking a closing back.
    CancelClosing,
}

impl ActForm {
    /// The end of its address.
    pub fn path(&self) -> &'static str {
        match self {
            Self::FollowUp => "follow-up",
            Self::Register => "register",
            Self::Close => "close",
            Self::Claim => "claim",
            Self::Assign => "assign",
            Self::Distribute => "distribute",
            Self::Change => "change",
            Self::Rule => "rule",
            Self::CancelClosing => "cancel-closing",
        }
    }

    /// What it is called.
    pub fn key(&self) -> Key {
        match self {
            Self::FollowUp => Key("command-client-follow-up"),
            Self::Register => Key("command-client-register"),
            Self::Close => Key("command-client-close-deal"),
            Self::Claim => Key("command-client-claim"),
            Self::Assign => Key("command-client-assign"),
            Self::Distribute => Key("command-client-distribute"),
            Self::Change => Key("command-client-change-consultant"),
            Self::Rule => Key("command-client-rule-on-claim"),
            Self::CancelClosing => Key("command-client-cancel-closing"),
        }
    }

    /// Its icon.
    pub fn icon(&self) -> &'static str {
        match self {
            Self::FollowUp => "messages",
            Self::Register => "edit",
            Self::Close => "circle-check",
            Self::Claim => "flag",
            Self::Assign | Self::Distribute => "user-check",
            Self::Change => "repeat",
            Self::Rule => "shield-check",
            Self::CancelClosing => "arrow-back-up",
        }
    }

    /// Whether it says who does it: for themselves, or for whom it is written down.
    pub fn by_somebody(&self) -> bool {
        matches!(self, Self::FollowUp | Self::Register | Self::Close | Self::Claim)
    }

    /// Whether it says whose client it is from now on.
    pub fn to_somebody(&self) -> bool {
        matches!(self, Self::Assign | Self::Distribute | Self::Change | Self::Rule)
    }
}

/// What the forms let the reader choose.
#[derive(Debug, Clone, Default)]
pub struct Choices {
    /// The people of the site.
    pub people: Vec<Person>,
    /// The reader; empty where they do not receive.
    pub me: String,
    /// Whether the reader may act for others.
    pub for_others: bool,
    /// What a registration may hold, by name: what is required first.
    pub fields: Vec<String>,
    /// How many of them are required.
    pub required_count: usize,
    /// How a contact came about, by name.
    pub channels: Vec<String>,
    /// How a buyer may be related to the client, by name.
    pub relations: Vec<String>,
    /// What counts as evidence, by name.
    pub evidence: Vec<String>,
    /// Whether the consultant must sign.
    pub signature: bool,
}

impl Choices {
    /// Whether a valid registration must hold the field at `place`, from 0.
    pub fn required(&self, place: &usize) -> bool {
        *place < self.required_count
    }
}
