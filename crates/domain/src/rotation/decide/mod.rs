//! The decisions of a floor.

mod arrive;
mod assess;
mod chain;
mod classify;
mod deal;
mod desk;
mod found;
mod make_up;
mod override_reason;
mod passing;
mod past;
mod plan;
mod presence;
mod readiness;
mod rush;
mod settle;
mod standing;
mod supervise;
mod visit;

use rulebook::{Decision, Undecided};

use super::{
    command::{Command, Outcome},
    events::Event,
    rules::Rules,
    state::Floor,
};
use crate::{calendar::Moment, people::Actor};

pub use desk::Desk;
pub use readiness::Readiness;
pub use settle::next_deadline;

/// Decides `command` of `actor` at `at`.
///
/// A refusal is a decision too: it has reasons and no events.
#[must_use]
pub fn decide(
    rules: &Rules,
    floor: &Floor,
    command: &Command,
    actor: &Actor,
    at: Moment,
) -> Decision<Outcome, Event> {
    let mut desk = Desk::new(rules, floor, actor, at);
    let outcome = match desk.carry_out(command) {
        Ok(outcome) => outcome,
        Err(Halt::Refused(reason)) => {
            return desk.refuse(reason);
        }
        Err(Halt::Undecided(Undecided { setting }, visit)) => Outcome::Undecided { setting, visit },
    };
    desk.keep_up();
    desk.finish(outcome)
}

/// Why a command stops halfway.
#[derive(Debug)]
pub(crate) enum Halt {
    /// It is not possible.
    Refused(&'static str),
    /// A setting is missing; what happened so far stands.
    Undecided(Undecided, Option<crate::people::VisitId>),
}

impl From<Undecided> for Halt {
    fn from(undecided: Undecided) -> Self {
        Self::Undecided(undecided, None)
    }
}

impl Desk<'_> {
    fn carry_out(&mut self, command: &Command) -> Result<Outcome, Halt> {
        use Command as C;
        match command {
            C::OpenDay { date, roster } => self.open_day(*date, roster.as_deref()),
            C::CloseDay { end_open } => self.close_day(*end_open),
            C::SetProfile { person, profile } => self.set_profile(*person, profile),
            C::RemoveMember { person } => self.remove_member(*person),
            C::SetOrder { ring, order } => self.set_order(*ring, order),
            C::SignIn { person } => self.sign_in(*person),
            C::SignOut { person } => self.sign_out(*person),
            C::StepOut { person, kind, until, approved } => {
                self.step_out(*person, *kind, *until, *approved)
            }
            C::Return { person } => self.come_back(*person),
            C::AnswerOuting { person, approved } => self.answer_outing(*person, *approved),
            C::BecomeBusy { person, kind } => self.become_busy(*person, *kind),
            C::BecomeFree { person } => self.become_free(*person),
            C::GiveNotice { person } => self.give_notice(*person),
            C::CheckIn { person } => self.check_in(*person),
            C::Entrust { person, delegate } => self.entrust(*person, *delegate),
            C::Arrive { visit, arrival } => self.arrive(*visit, arrival),
            C::Correct { visit, arrival } => self.correct(*visit, arrival),
            C::RecordPast { visit, arrival, receiver, ended, until } => {
                self.record_past(*visit, arrival, *receiver, *ended, *until)
            }
            C::Claim { visit, by, arrival } => self.claim(*visit, *by, arrival.as_ref()),
            C::Identify { visit, client, ownership } => self.identify(*visit, *client, *ownership),
            C::AnswerOwner { visit, answer } => self.answer_owner(*visit, *answer),
            C::Accept { visit } => self.accept(*visit),
            C::Decline { visit } => self.decline(*visit),
            C::Finish { visit } => self.finish_reception(*visit),
            C::Reopen { visit } => self.reopen(*visit),
            C::DealClosed { visit } => self.deal_closed(*visit),
            C::Override { visit, receiver, reason } => {
                self.override_receiver(*visit, *receiver, *reason)
            }
            C::CallHelp { visit, helper } => self.call_help(*visit, *helper),
            C::FoundColleague { visit, ownership, answer } => {
                self.found_colleague(*visit, *ownership, *answer)
            }
            C::FoundNonBuyer { visit, carries_on } => self.found_non_buyer(*visit, *carries_on),
            C::VerifyMakeUp { id } => self.verify_make_up(*id),
            C::GrantMakeUp { person, ring, kind } => self.grant_by_authority(*person, *ring, *kind),
            C::TakeMakeUp { id } => self.take_make_up(*id),
            C::RestoreTurn { person, ring } => self.restore_by_authority(*person, *ring),
            C::Suspend { person, days, reason } => self.suspend(*person, *days, *reason),
            C::LiftSuspension { person } => self.lift_suspension(*person),
            C::NoteBreach { person, kind } => self.note_breach(*person, *kind),
            C::SetUnfit { person, unfit, reason } => self.set_unfit(*person, *unfit, *reason),
            C::PermitSecond { person } => self.permit_second(*person),
            C::WithdrawSecond { person } => self.withdraw_second(*person),
            C::GiveUp { person, ring, excused } => self.give_up(*person, *ring, *excused),
            C::SetRush { on } => self.set_rush(*on),
            C::AssessMonth { month, results } => self.assess_month(*month, results),
            C::NoteRequirement { person, requirement, met } => {
                self.note_requirement(*person, *requirement, *met)
            }
            C::PublishRoster { from, to, people } => self.publish_roster(*from, *to, people),
            C::EndMeeting => self.end_meeting(),
            C::PlanReception { date, kind, host } => self.plan_reception(*date, *kind, *host),
            C::CancelPlanned { id } => self.cancel_planned(*id),
            C::NoteRegistered { visit } => self.note_registered(*visit),
            C::LeftUnregistered { visit } => self.left_unregistered(*visit),
            C::Settle => self.settle(),
        }
    }
}
