//! What the desk sees when somebody arrives.

use chrono::{DateTime, Utc};

use crate::language::{Key, Words};
use crate::pages::decision::view::Why;
use crate::pages::frame::Problem;
use crate::pages::person::Person;
use crate::pages::rotation::view::WaitingVisit;

/// The arrival page.
#[derive(Debug, Clone)]
pub struct ArrivalView {
    /// When the page was made.
    pub now: DateTime<Utc>,
    /// The day, if it is not open.
    pub closed: Option<ClosedDay>,
    /// The form as it stands.
    pub form: ArrivalForm,
    /// Everybody who may be named as expecting or met.
    pub people: Vec<Person>,
    /// Purposes of a visit by name, in order: `purpose-<name>`.
    pub purposes: Vec<String>,
    /// Ways of coming by name, in order: `source-<name>`.
    pub sources: Vec<String>,
    /// The teams whose rings deal, by id and name; none where there is one ring for all.
    pub teams: Vec<(String, String)>,
    /// How many opening questions must be asked at least; 0 for none.
    pub questions_least: u32,
    /// Who would receive; `None` before anything was asked.
    pub preview: PreviewView,
    /// The visit just decided.
    pub visit: Option<VisitPanel>,
    /// Waiting and running visits.
    pub desk: DeskView,
    /// Last number of the stream of changes that this page has seen.
    pub seen: i64,
}

/// A day that is not open.
#[derive(Debug, Clone)]
pub struct ClosedDay {
    /// Whether it was open today and is over.
    pub over: bool,
    /// Whether this reader may open it.
    pub may_open: bool,
    /// Who may open it, by name of the role.
    pub openers: Vec<String>,
}

impl ClosedDay {
    /// Who may open it, in words.
    pub fn openers_text(&self, words: &Words) -> String {
        let roles: Vec<_> = self.openers.iter().map(|role| words.named("role", role)).collect();
        words.list(&roles)
    }
}

/// The form as the desk filled it. Answers are names: `yes`, `no`, empty for skipped.
#[derive(Debug, Clone, Default)]
pub struct ArrivalForm {
    /// Sent with the form so that pressing twice decides once.
    pub command: String,
    /// First visit?
    pub first_visit: String,
    /// Does anyone expect you?
    pub expected: String,
    /// Id of whoever expects them.
    pub expected_by: String,
    /// Whom did you meet?
    pub met: String,
    /// Id of whom they met.
    pub met_whom: String,
    /// What was typed to look them up: name, pinyin, telephone.
    pub look: String,
    /// Id of the client found; empty for a new one.
    pub client: String,
    /// Name of the client found.
    pub client_name: String,
    /// Name they gave.
    pub name: String,
    /// Telephone they gave.
    pub telephone: String,
    /// How many people came.
    pub people_count: u32,
    /// Purpose by name.
    pub purpose: String,
    /// Way of coming by name.
    pub source: String,
    /// Name or telephone of the client who referred them.
    pub referred_by: String,
    /// Id of whom the supervisor assigned; empty for the order.
    pub assigned_to: String,
    /// The team whose ring deals, by id.
    pub team: String,
    /// How many opening questions were asked; empty: not said.
    pub questions: String,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
}

/// Clients that match what was typed.
#[derive(Debug, Clone, Default)]
pub struct LookUpView {
    /// What was typed.
    pub look: String,
    /// Those found, best first, at most eight.
    pub matches: Vec<Match>,
    /// Whether there are more than shown.
    pub more: bool,
}

/// A client that matches.
#[derive(Debug, Clone)]
pub struct Match {
    /// Id of the client.
    pub id: String,
    /// Name, as this reader may see it.
    pub name: String,
    /// Telephone, masked as the rulebook says.
    pub telephone: String,
    /// Whose client it is, if anybody's.
    pub owner: Option<String>,
    /// Whether they have bought 成交客户.
    pub closed: bool,
    /// Day of the last visit, as time.
    pub last_visit: Option<DateTime<Utc>>,
}

/// Who would receive.
#[derive(Debug, Clone, Default)]
pub struct PreviewView {
    /// The decision that would be made; `None` before anything was asked.
    pub why: Option<Why>,
    /// Situation by name, as the rulebook read the answers: `situation-<name>`.
    pub situation: String,
    /// Whether the desk corrected the situation.
    pub corrected: bool,
    /// Situations to choose from when correcting.
    pub situations: Vec<String>,
    /// People to choose from when overriding.
    pub people: Vec<Person>,
    /// Whether this reader may say who receives instead.
    pub may_override: bool,
    /// Clauses that give this reader the authority to override; empty: will be shown red.
    pub authority: Vec<String>,
    /// Id of whom the reader has receive instead; empty: nobody.
    pub override_to: String,
    /// Why, as far as it was typed.
    pub override_reason: String,
}

/// What happens with one visit now.
#[derive(Debug, Clone)]
pub struct VisitPanel {
    /// When it was made.
    pub now: DateTime<Utc>,
    /// Id of the visit.
    pub id: String,
    /// Whom, as this reader may see it.
    pub visitor: String,
    /// Who receives; `None` while the visit waits.
    pub receiver: Option<Person>,
    /// How far it is.
    pub stage: Stage,
    /// The decision.
    pub why: Why,
    /// Until when the last step can be undone.
    pub undo_until: Option<DateTime<Utc>>,
    /// What may be done now.
    pub steps: Vec<VisitStep>,
    /// Who helps.
    pub helpers: Vec<String>,
    /// Situation by name; empty where nothing was decided.
    pub situation: String,
    /// Situations to choose from when correcting.
    pub situations: Vec<String>,
    /// Clauses that give this reader the authority to override; empty: shown red.
    pub authority: Vec<String>,
}

impl VisitPanel {
    /// Whether a step has to know something.
    pub fn asks_more(&self) -> bool {
        self.steps.iter().any(|step| step.asks() != Asks::Nothing)
    }

    /// Whether somebody is called or receives: what is asked of the desk then can wait.
    pub fn is_running(&self) -> bool {
        matches!(self.stage, Stage::Offered(_) | Stage::Accepted | Stage::Receiving(_))
    }

    /// The same, with only the steps that need no more than a press.
    pub fn only_plain(&self) -> Self {
        let plain = self.steps.iter().filter(|step| step.asks() == Asks::Nothing);
        Self { steps: plain.copied().collect(), ..self.clone() }
    }

    /// The same, with only the steps that have to know something.
    pub fn only_asking(&self) -> Self {
        let asking = self.steps.iter().filter(|step| step.asks() != Asks::Nothing);
        Self { steps: asking.copied().collect(), ..self.clone() }
    }
}

/// How far a visit is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// Nobody is free.
    Waiting,
    /// Given to somebody, who has to say yes until then.
    Offered(Option<DateTime<Utc>>),
    /// Accepted, not yet started.
    Accepted,
    /// Being received since.
    Receiving(DateTime<Utc>),
    /// Over.
    Finished,
    /// Left before anybody received them.
    Left,
}

impl Stage {
    /// What it is called.
    pub fn key(&self) -> Key {
        match self {
            Self::Waiting => Key("stage-waiting"),
            Self::Offered(_) => Key("stage-offered"),
            Self::Accepted => Key("stage-accepted"),
            Self::Receiving(_) => Key("stage-receiving"),
            Self::Finished => Key("stage-finished"),
            Self::Left => Key("stage-left"),
        }
    }

    /// The part of the style's class names.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Offered(_) => "offered",
            Self::Accepted | Self::Receiving(_) => "receiving",
            Self::Finished | Self::Left => "off",
        }
    }
}

/// Something that may be done with a visit: `POST /visits/{id}/{path}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VisitStep {
    /// Say yes for the receiver.
    Accept,
    /// Say no for the receiver.
    Decline,
    /// The reception starts.
    Start,
    /// The reception is over.
    Finish,
    /// Give the visitor back 交还.
    HandBack,
    /// The visitor turned out to be a colleague's client.
    ColleaguesClient,
    /// The visitor turned out not to be a buyer.
    NonBuyer,
    /// What the owner answered who was asked.
    AnswerOwner,
    /// Somebody is to help with a large group.
    CallHelp,
    /// What the visit is to the rotation was wrong.
    Correct,
    /// Somebody else receives, by authority.
    Override,
    /// The visitor left.
    Leave,
}

/// What a step has to know beyond the visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asks {
    /// Nothing.
    Nothing,
    /// Whose client it is.
    Whose,
    /// Whether the receiver carries on or hands over.
    CarriesOn,
    /// What the owner answered.
    Answer,
    /// Who helps; nobody in particular: by the order.
    Helper,
    /// What it really is, and whom they name.
    Situation,
    /// Who receives, and why.
    Receiver,
}

impl VisitStep {
    /// Last part of the address.
    pub fn path(&self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Decline => "decline",
            Self::Start => "start",
            Self::Finish => "finish",
            Self::HandBack => "hand-back",
            Self::ColleaguesClient => "colleagues-client",
            Self::NonBuyer => "non-buyer",
            Self::AnswerOwner => "answer-owner",
            Self::CallHelp => "call-help",
            Self::Correct => "correct",
            Self::Override => "override",
            Self::Leave => "leave",
        }
    }

    /// What the button says.
    pub fn key(&self) -> Key {
        match self {
            Self::Accept => Key("step-accept"),
            Self::Decline => Key("step-decline"),
            Self::Start => Key("step-start"),
            Self::Finish => Key("step-finish"),
            Self::HandBack => Key("step-hand-back"),
            Self::ColleaguesClient => Key("step-colleagues-client"),
            Self::NonBuyer => Key("step-non-buyer"),
            Self::AnswerOwner => Key("step-answer-owner"),
            Self::CallHelp => Key("step-call-help"),
            Self::Correct => Key("preview-correct"),
            Self::Override => Key("preview-override"),
            Self::Leave => Key("step-leave"),
        }
    }

    /// The icon of the button.
    pub fn icon(&self) -> &'static str {
        match self {
            Self::Accept => "check",
            Self::Decline => "x",
            Self::Start => "player-play",
            Self::Finish => "flag",
            Self::HandBack => "arrow-back-up",
            Self::ColleaguesClient => "users",
            Self::NonBuyer => "user-off",
            Self::AnswerOwner => "messages",
            Self::CallHelp => "plus",
            Self::Correct => "edit",
            Self::Override => "shield-check",
            Self::Leave => "door-exit",
        }
    }

    /// Whether it is what usually comes next.
    pub fn leads(&self) -> bool {
        matches!(self, Self::Accept | Self::Start | Self::Finish)
    }

    /// What it has to know.
    pub fn asks(&self) -> Asks {
        match self {
            Self::ColleaguesClient => Asks::Whose,
            Self::NonBuyer => Asks::CarriesOn,
            Self::AnswerOwner => Asks::Answer,
            Self::CallHelp => Asks::Helper,
            Self::Correct => Asks::Situation,
            Self::Override => Asks::Receiver,
            Self::Accept
            | Self::Decline
            | Self::Start
            | Self::Finish
            | Self::HandBack
            | Self::Leave => Asks::Nothing,
        }
    }

    /// The step whose address ends with `path`.
    pub fn from_path(path: &str) -> Option<Self> {
        const ALL: [VisitStep; 12] = [
            VisitStep::Accept,
            VisitStep::Decline,
            VisitStep::Start,
            VisitStep::Finish,
            VisitStep::HandBack,
            VisitStep::ColleaguesClient,
            VisitStep::NonBuyer,
            VisitStep::AnswerOwner,
            VisitStep::CallHelp,
            VisitStep::Correct,
            VisitStep::Override,
            VisitStep::Leave,
        ];
        ALL.into_iter().find(|step| step.path() == path)
    }
}

/// Waiting and running visits beside the form.
#[derive(Debug, Clone)]
pub struct DeskView {
    /// When it was made.
    pub now: DateTime<Utc>,
    /// Visitors who wait, in order.
    pub waiting: Vec<WaitingVisit>,
    /// Visits that are given, accepted or being received.
    pub running: Vec<VisitPanel>,
    /// Everybody, for "client of a colleague".
    pub people: Vec<Person>,
}

/// One visit as a part of the page.
#[derive(Debug, Clone)]
pub struct VisitView {
    /// The visit.
    pub visit: VisitPanel,
    /// Everybody, for "client of a colleague".
    pub people: Vec<Person>,
}
