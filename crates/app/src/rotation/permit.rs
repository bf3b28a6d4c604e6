//! Who may give which command.

use domain::{
    people::{PersonId, VisitId},
    rotation::{Command, Floor, state::Phase},
};

use crate::{AppError, Caller, roles::Permission};

/// What a command is about, for the question who may give it.
enum About {
    /// Only the permission counts.
    Any(Permission),
    /// Anybody for themselves.
    Person(PersonId),
    /// Whoever receives.
    Visit(VisitId),
    /// The clock alone.
    Clock,
}

/// Refuses a caller who may not give `command` on `floor`.
pub(super) fn permit(caller: &Caller, floor: &Floor, command: &Command) -> Result<(), AppError> {
    if caller.is_system() {
        return Ok(());
    }
    match about(command) {
        About::Any(permission) => caller.require(permission),
        About::Clock => Err(AppError::NotPermitted(Permission::Supervise)),
        About::Person(person) if caller.is_person(person) => caller.require(Permission::Attend),
        About::Visit(visit) if is_theirs(caller, floor, visit) => {
            caller.require(Permission::Attend)
        }
        About::Person(_) | About::Visit(_) => caller.require(Permission::AttendForOthers),
    }
}

/// Whether the caller receives `visit`, helps with it, or is asked about it.
fn is_theirs(caller: &Caller, floor: &Floor, visit: VisitId) -> bool {
    let (Some(person), Some(visit)) = (caller.person, floor.visits.get(&visit)) else {
        return false;
    };
    visit.receiver == Some(person)
        || visit.helpers.contains(&person)
        || visit.phase == Phase::Asking(person)
}

fn about(command: &Command) -> About {
    use Command as C;
    match command {
        C::OpenDay { .. } | C::CloseDay { .. } => About::Any(Permission::RunDay),
        C::SetProfile { .. } | C::RemoveMember { .. } => About::Any(Permission::EditPeople),
        C::SetOrder { .. }
        | C::AnswerOuting { .. }
        | C::VerifyMakeUp { .. }
        | C::GrantMakeUp { .. }
        | C::TakeMakeUp { .. }
        | C::RestoreTurn { .. }
        | C::Suspend { .. }
        | C::LiftSuspension { .. }
        | C::NoteBreach { .. }
        | C::SetUnfit { .. }
        | C::PermitSecond { .. }
        | C::WithdrawSecond { .. }
        | C::SetRush { .. }
        | C::AssessMonth { .. }
        | C::NoteRequirement { .. }
        | C::PublishRoster { .. }
        | C::EndMeeting
        | C::PlanReception { .. }
        | C::CancelPlanned { .. } => About::Any(Permission::Supervise),
        C::SignIn { person }
        | C::SignOut { person }
        | C::StepOut { person, .. }
        | C::Return { person }
        | C::BecomeBusy { person, .. }
        | C::BecomeFree { person }
        | C::GiveNotice { person }
        | C::CheckIn { person }
        | C::Entrust { person, .. }
        | C::GiveUp { person, .. } => About::Person(*person),
        // Whether they have the authority to override is decided by the rulebook, with its clause.
        C::Arrive { .. } | C::Override { .. } | C::Identify { .. } => About::Any(Permission::Deal),
        C::Claim { by, .. } => About::Person(*by),
        C::Correct { visit, .. }
        | C::AnswerOwner { visit, .. }
        | C::Accept { visit }
        | C::Decline { visit }
        | C::Finish { visit }
        | C::Reopen { visit }
        | C::FoundColleague { visit, .. }
        | C::FoundNonBuyer { visit, .. }
        | C::DealClosed { visit }
        | C::NoteRegistered { visit }
        | C::LeftUnregistered { visit }
        | C::CallHelp { visit, .. } => About::Visit(*visit),
        C::RecordPast { .. } => About::Any(Permission::RecordPast),
        C::Settle => About::Clock,
    }
}
