//! What a consultant sees on their telephone.

use chrono::{DateTime, Utc};

use crate::language::{Key, Words};
use crate::pages::arrival::view::VisitPanel;
use crate::pages::decision::view::Why;
use crate::pages::person::{Person, State, Tally};

/// The consultant's page.
#[derive(Debug, Clone)]
pub struct MeView {
    /// When the page was made.
    pub now: DateTime<Utc>,
    /// Whose page.
    pub person: Person,
    /// What they are doing.
    pub state: State,
    /// Name of the ring; `None` if they are in none today.
    pub ring: Option<String>,
    /// Their place in the order, from 1, and how many there are.
    pub place: Option<(u32, u32)>,
    /// Why they are where they are: the last decision that moved them.
    pub why: Option<Why>,
    /// The visit that is theirs now: given, accepted or being received.
    pub visit: Option<VisitPanel>,
    /// Reasons for stepping out that the rulebook knows.
    pub outings: Vec<OutingKind>,
    /// The outing they asked for and that nobody has answered yet.
    pub asked_outing: Option<String>,
    /// What they may tell the desk.
    pub attendance: Attendance,
    /// What was probably forgotten.
    pub forgotten: Vec<Forgotten>,
    /// Today's turns.
    pub tally: Tally,
    /// Make-up turns owed to them.
    pub make_up_count: u32,
    /// What happened to them in the rotation today, newest first.
    pub turns: Vec<MyTurn>,
    /// Last number of the stream of changes that this page has seen.
    pub seen: i64,
}

/// What somebody may tell the desk.
#[derive(Debug, Clone, Default)]
pub struct Attendance {
    /// Whether the day is not open.
    pub closed: bool,
    /// Who may open it, by name of the role.
    pub openers: Vec<String>,
    /// Whether they may sign in for the day.
    pub may_sign_in: bool,
    /// Whether they may sign out for the day.
    pub may_sign_out: bool,
    /// The ring whose turn they may give up.
    pub may_give_up: Option<String>,
    /// Whether a make-up turn waits for their notice.
    pub owes_notice: bool,
    /// Whether they have to check in at the post.
    pub owes_check_in: bool,
    /// Id of whoever receives their clients when they are away; empty: nobody.
    pub delegate: String,
    /// Who might.
    pub colleagues: Vec<Person>,
    /// Until when their last step can be undone.
    pub undo_until: Option<DateTime<Utc>>,
}

impl Attendance {
    /// Who may open the day, in words.
    pub fn openers_text(&self, words: &Words) -> String {
        let roles: Vec<_> = self.openers.iter().map(|role| words.named("role", role)).collect();
        words.list(&roles)
    }
}

/// A reason for stepping out.
#[derive(Debug, Clone)]
pub struct OutingKind {
    /// By name: `outing-<name>`.
    pub name: String,
    /// Minutes allowed, if limited.
    pub limit_minutes: Option<i64>,
    /// Whether a supervisor has to approve it.
    pub needs_approval: bool,
    /// How many are away for it now.
    pub away_count: u32,
    /// How many may be away at once, if limited.
    pub away_limit_count: Option<u32>,
    /// Whether a length is asked for.
    pub asks_minutes: bool,
}

impl OutingKind {
    /// Whether nobody else may go now.
    pub fn full(&self) -> bool {
        self.away_limit_count.is_some_and(|limit| self.away_count >= limit)
    }
}

/// Something that was probably forgotten, to be answered with one tap.
#[derive(Debug, Clone)]
pub enum Forgotten {
    /// The reception has been running long.
    Finish {
        /// Id of the visit.
        visit: String,
        /// Whom.
        visitor: String,
        /// Since when.
        since: DateTime<Utc>,
    },
    /// They said they would be back by now.
    Return {
        /// Kind of the outing by name.
        kind: String,
        /// When they should have been back.
        due_at: DateTime<Utc>,
    },
}

/// What happened to somebody in the rotation.
#[derive(Debug, Clone)]
pub struct MyTurn {
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub kind: TurnKind,
    /// Whom it was about; empty if nobody.
    pub visitor: String,
    /// Why.
    pub why: Why,
}

/// What can happen to a turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TurnKind {
    /// Taken in order.
    Taken,
    /// Taken as a make-up turn.
    MadeUp,
    /// Passed over, nothing lost.
    PassedOver,
    /// Lost 轮空.
    Lost,
    /// Given up 放弃轮排.
    Forfeited,
    /// A make-up turn was given.
    MakeUpGiven,
    /// A visit without a turn: own client, assigned.
    NoTurn,
}

impl TurnKind {
    /// What it is called.
    pub fn key(&self) -> Key {
        match self {
            Self::Taken => Key("turn-taken"),
            Self::MadeUp => Key("turn-made-up"),
            Self::PassedOver => Key("turn-passed-over"),
            Self::Lost => Key("turn-lost"),
            Self::Forfeited => Key("turn-forfeited"),
            Self::MakeUpGiven => Key("turn-make-up-given"),
            Self::NoTurn => Key("turn-none"),
        }
    }

    /// The part of the style's class names.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Taken | Self::MadeUp => "good",
            Self::PassedOver | Self::NoTurn => "plain",
            Self::MakeUpGiven => "attention",
            Self::Lost | Self::Forfeited => "bad",
        }
    }
}

impl MeView {
    /// Whether the telephone should make itself heard.
    pub fn rings(&self) -> bool {
        matches!(self.state, State::OnTurn | State::Offered { .. })
    }

    /// Whether it should go on until there is an answer: a visitor is waiting.
    pub fn calls(&self) -> bool {
        matches!(self.state, State::Offered { .. })
    }

    /// Changes whenever the telephone should make itself heard anew.
    pub fn alarm_id(&self) -> String {
        match (&self.visit, &self.why) {
            (Some(visit), _) => format!("visit-{}", visit.id),
            (None, Some(why)) => format!("turn-{}", why.id),
            (None, None) => "turn".to_owned(),
        }
    }

    /// Whether they are out and may come back by themselves.
    pub fn is_away(&self) -> bool {
        matches!(self.state, State::Out { .. })
    }

    /// Whether stepping out makes sense now.
    pub fn may_step_out(&self) -> bool {
        !self.outings.is_empty()
            && matches!(self.state, State::OnTurn | State::Waiting { .. } | State::Otherwise { .. })
    }
}
