//! A person as the pages show them, and what they are doing.

use chrono::{DateTime, Utc};

use super::frame::Tone;
use crate::language::Key;

/// Somebody of the site's team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Id, for addresses and forms.
    pub id: String,
    /// Name as shown to colleagues.
    pub name: String,
    /// Fixed number or badge; empty if the site gives none.
    pub number: String,
    /// Team; empty if the site has none.
    pub team: String,
}

impl Person {
    /// Whether this is the one with that id.
    pub fn is(&self, id: &str) -> bool {
        self.id == id
    }

    /// One or two characters for the round picture.
    pub fn initials(&self) -> String {
        initials(&self.name)
    }
}

/// One or two characters for a name: the family name of a Chinese name, the initials of another.
pub fn initials(name: &str) -> String {
    match name.chars().next() {
        Some(first) if first.is_ascii() => name
            .split_whitespace()
            .filter_map(|word| word.chars().next())
            .take(2)
            .collect::<String>()
            .to_uppercase(),
        Some(first) => first.to_string(),
        None => String::new(),
    }
}

/// What a person is doing, as far as the rotation cares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// The next new client is theirs.
    OnTurn,
    /// A visitor was given to them and waits for their yes until then.
    Offered {
        /// Whom, as shown to colleagues.
        visitor: String,
        /// When the offer lapses; `None` where the rulebook sets no limit.
        until: Option<DateTime<Utc>>,
    },
    /// In the ring, with that many before them.
    Waiting {
        /// How many come first.
        ahead: u32,
    },
    /// Receiving somebody.
    Receiving {
        /// Whom, as shown to colleagues.
        visitor: String,
        /// Since when.
        since: DateTime<Utc>,
        /// Helping a colleague rather than responsible.
        helping: bool,
    },
    /// Not at hand.
    Out {
        /// Kind by name: `meal`; shown as `outing-<name>`.
        kind: String,
        /// Their own words; may be empty.
        note: String,
        /// Since when.
        since: DateTime<Utc>,
        /// When they said they would be back.
        until: Option<DateTime<Utc>>,
        /// Whether a supervisor approved; `None` where the rulebook asks for no approval.
        approved: Option<bool>,
    },
    /// Out of the ring by a sanction.
    Suspended {
        /// Why, in words.
        reason: String,
        /// Until when; `None`: until lifted.
        until: Option<DateTime<Utc>>,
    },
    /// Here but not in the ring, by a name: `training`; shown as `assignment-<name>`.
    Otherwise {
        /// Training, unwell, other work, leaving.
        assignment: String,
    },
    /// Not on shift, or signed off for the day.
    Off,
}

impl State {
    /// The word on the badge.
    pub fn key(&self) -> Key {
        match self {
            Self::OnTurn => Key("state-on-turn"),
            Self::Offered { .. } => Key("state-offered"),
            Self::Waiting { .. } => Key("state-waiting"),
            Self::Receiving { helping: false, .. } => Key("state-receiving"),
            Self::Receiving { helping: true, .. } => Key("state-helping"),
            Self::Out { .. } => Key("state-out"),
            Self::Suspended { .. } => Key("state-suspended"),
            Self::Otherwise { .. } => Key("state-otherwise"),
            Self::Off => Key("state-off"),
        }
    }

    /// The part of the style's class names.
    pub fn name(&self) -> &'static str {
        match self {
            Self::OnTurn => "turn",
            Self::Offered { .. } => "offered",
            Self::Waiting { .. } => "waiting",
            Self::Receiving { .. } => "receiving",
            Self::Out { .. } => "out",
            Self::Suspended { .. } => "suspended",
            Self::Otherwise { .. } => "otherwise",
            Self::Off => "off",
        }
    }

    /// Whether they take their turns in order, so that a printed sheet needs no remark.
    pub fn in_order(&self) -> bool {
        matches!(
            self,
            Self::OnTurn | Self::Offered { .. } | Self::Waiting { .. } | Self::Receiving { .. }
        )
    }

    /// The icon on the badge, so that colour never says it alone.
    pub fn icon(&self) -> &'static str {
        match self {
            Self::OnTurn => "player-play",
            Self::Offered { .. } => "bell-ringing",
            Self::Waiting { .. } => "hourglass",
            Self::Receiving { .. } => "messages",
            Self::Out { .. } => "walk",
            Self::Suspended { .. } => "ban",
            Self::Otherwise { .. } => "briefcase",
            Self::Off => "moon",
        }
    }
}

/// Today's turns of one person in one ring.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Turns that were theirs by the order.
    pub owed: u32,
    /// Turns they took, in order.
    pub taken: u32,
    /// Make-up turns they took.
    pub made_up: u32,
    /// Turns that were lost or given up.
    pub lost: u32,
    /// Taken and made up, less the ring's average, rounded to whole turns.
    pub difference: i32,
}

impl Tally {
    /// How the difference is meant: one turn more or less is in order.
    pub fn tone(&self) -> Tone {
        if self.difference.abs() <= 1 { Tone::Plain } else { Tone::Attention }
    }
}
