//! One visit: how far it is, why, and what this reader may do with it now.

use app::{
    AppError,
    roles::Permission,
    rotation::{self, Desk, OpenVisit},
};
use domain::rotation::{
    rules::Situation,
    state::{Arrival, Came, Phase, Purpose},
};

use crate::{
    handlers::{
        decision::{Names, key, name, whole},
        rotation::person,
    },
    pages::{
        arrival::view::{Stage, VisitPanel, VisitStep},
        person::Person,
    },
    web::{failure::Failure, reader::Reader, state::Server},
};

/// The situations that the desk can say a visit to be: those that follow from what a visitor says.
const SAID: [Situation; 12] = [
    Situation::New,
    Situation::Named,
    Situation::PhoneNamed,
    Situation::PhoneUnnamed,
    Situation::OutreachNamed,
    Situation::OutreachUnnamed,
    Situation::Contacted,
    Situation::PropertyOwner,
    Situation::Enquiry,
    Situation::MaterialOnly,
    Situation::NonBuyer,
    Situation::NonViewing,
];

/// The situations that the desk may choose from when correcting, by name.
#[must_use]
pub fn situations(desk: &Desk) -> Vec<String> {
    let spoken_of = SAID.iter().filter(|situation| desk.situations.contains(situation));
    spoken_of.map(|situation| situation.word().to_owned()).collect()
}

/// The situation by name, if the desk may choose it.
#[must_use]
pub fn situation(word: &str) -> Option<Situation> {
    SAID.into_iter().find(|situation| situation.word() == word)
}

/// What would have been known on arrival if the visit were `situation`.
#[must_use]
pub fn corrected(arrival: &Arrival, situation: Situation) -> Arrival {
    let whom = arrival.named.or(arrival.contact);
    let plain = Arrival {
        came: Came::Naturally,
        named: None,
        contact: None,
        introduced_by: None,
        purpose: Purpose::Buying,
        property_owner: false,
        assigned: None,
        answer: None,
        ..arrival.clone()
    };
    let came = |came, named: bool| Arrival {
        came,
        named: whom.filter(|_| named),
        contact: whom.filter(|_| came != Came::Naturally),
        ..plain.clone()
    };
    match situation {
        Situation::Named => came(Came::Naturally, true),
        Situation::PhoneNamed => came(Came::Phoned, true),
        Situation::PhoneUnnamed => came(Came::Phoned, false),
        Situation::OutreachNamed => came(Came::Outreach, true),
        Situation::OutreachUnnamed => came(Came::Outreach, false),
        Situation::Contacted => came(Came::Contacted, true),
        Situation::PropertyOwner => Arrival { property_owner: true, ..plain },
        Situation::Enquiry => Arrival { purpose: Purpose::Enquiry, ..plain },
        Situation::MaterialOnly => Arrival { purpose: Purpose::Material, ..plain },
        Situation::NonBuyer => Arrival { purpose: Purpose::NonBuyer, ..plain },
        Situation::NonViewing => Arrival { purpose: Purpose::NonViewing, ..plain },
        _ => plain,
    }
}

/// Those of `people` who receive visitors.
pub async fn receivers(
    server: &Server,
    reader: &Reader,
    people: Vec<Person>,
) -> Result<Vec<Person>, Failure> {
    let all = app::people::all(&server.app, reader.caller(), Some(reader.site.id)).await?;
    let receives = |person: &Person| {
        let known = all.iter().find(|known| person.is(&known.id.to_string()));
        known.is_some_and(|known| known.active && known.roles.contains(&app::Role::Consultant))
    };
    Ok(people.into_iter().filter(receives).collect())
}

/// Everything around one visit that its panel needs.
#[derive(Debug, Clone, Copy)]
pub struct Around<'a> {
    /// What the desk knows.
    pub desk: &'a Desk,
    /// Everybody of the site.
    pub people: &'a [Person],
    /// Everybody's name.
    pub names: &'a Names,
}

/// The panel of `visit`.
pub async fn panel(
    server: &Server,
    reader: &Reader,
    around: Around<'_>,
    visit: &OpenVisit,
) -> Result<VisitPanel, Failure> {
    let Around { desk, people, names } = around;
    let decision = desk.decided_by.get(&visit.visit).ok_or(AppError::NotFound("decision"))?;
    let why = rotation::why(&server.app, reader.caller(), *decision).await?;
    let stage = match (visit.phase, visit.receiver) {
        (Phase::Waiting | Phase::Asking(_), _) => Stage::Waiting,
        (Phase::Offered { until }, _) => Stage::Offered(Some(until.to_utc())),
        (Phase::Received, _) => {
            Stage::Receiving(visit.received_at.unwrap_or(visit.arrived_at).to_utc())
        }
        (Phase::Ended, Some(_)) if visit.received_at.is_some() => Stage::Finished,
        (Phase::Ended, _) => Stage::Left,
    };
    let last = desk.steps.iter().find(|step| step.visits.contains(&visit.visit));
    Ok(VisitPanel {
        now: desk.now,
        id: visit.visit.to_string(),
        visitor: visitor(visit),
        receiver: visit.receiver.map(|id| person(people, names, id)),
        stage,
        why: whole(&why),
        undo_until: last.map(|step| step.until),
        steps: steps(reader, desk, visit),
        helpers: visit.helpers.iter().map(|id| name(names, *id)).collect(),
        situation: visit.situation.map(|it| key(it.word())).unwrap_or_default(),
        situations: situations(desk),
        authority: desk.authority.iter().map(|clause| clause.0.clone()).collect(),
    })
}

/// Whom the visit brings: the name where one was given, else the number of the day.
#[must_use]
pub fn visitor(visit: &OpenVisit) -> String {
    let named = visit.name.clone().filter(|name| !name.is_empty());
    named.unwrap_or_else(|| format!("#{}", visit.number))
}

fn steps(reader: &Reader, desk: &Desk, visit: &OpenVisit) -> Vec<VisitStep> {
    use VisitStep as S;
    let caller = reader.caller();
    let asked = matches!(visit.phase, Phase::Asking(owner) if caller.is_person(owner));
    let theirs = visit.receiver.is_some_and(|person| caller.is_person(person))
        || visit.helpers.iter().any(|person| caller.is_person(*person))
        || asked;
    if !(theirs && caller.may(Permission::Attend) || caller.may(Permission::AttendForOthers)) {
        return Vec::new();
    }
    let mut steps = match visit.phase {
        Phase::Waiting => vec![S::Correct],
        Phase::Asking(_) => vec![S::AnswerOwner, S::Correct],
        Phase::Offered { .. } => vec![S::Accept, S::Decline, S::Correct],
        Phase::Received => received(visit),
        Phase::Ended => return Vec::new(),
    };
    if desk.may_override {
        steps.push(S::Override);
    }
    if visit.phase != Phase::Received {
        steps.push(S::Leave);
    }
    steps
}

/// What may be done while somebody receives.
fn received(visit: &OpenVisit) -> Vec<VisitStep> {
    use VisitStep as S;
    let owner = visit.arrival.ownership.map(|ownership| ownership.owner);
    let mut steps = vec![S::Finish];
    if owner.is_some() && owner != visit.receiver {
        steps.push(S::HandBack);
    }
    steps.extend([S::ColleaguesClient, S::NonBuyer, S::CallHelp, S::Correct]);
    steps
}
