//! The visitor register of the open day, written down as visits of the past.

use chrono::NaiveTime;
use domain::{
    attribution::Ownership,
    people::{PersonId, VisitId},
    rotation::{Command, Outcome, state::Arrival},
};
use store::SiteId;
use uuid::Uuid;

use super::{
    Kind, Written, command_id,
    fault::{Fault, What},
    row::{Line, lines},
    sign_in::OpenDay,
};
use crate::{
    App, AppError, Caller,
    clients::{self, NewClient},
    people::{self, Person},
    rotation,
    workbook::{self, Sheet},
};

/// A visit of the register.
struct Entered {
    arrived: NaiveTime,
    ended: bool,
    client: String,
    owner: Option<PersonId>,
    closed: bool,
    receiver: PersonId,
    arrival: Arrival,
}

fn read(line: &mut Line<'_>, people: &[Person]) -> Option<Entered> {
    use workbook::day;
    line.needed("arrived");
    let (arrived, left) = (line.time("arrived"), line.time("left"));
    if left.zip(arrived).is_some_and(|(left, arrived)| left < arrived) {
        line.fault("left", What::BeforeArrival);
    }
    let client = line.needed("client").to_owned();
    line.needed("received_by");
    let receiver = line.person("received_by", people);
    let owner = line.person("owner", people);
    let closed = line.flag("closed");
    let introducer = line.person("introducer_owner", people);
    let introducer_closed = line.flag("introducer_closed");
    let channel = line.read("channel", day::channel);
    let came = line.read("came", day::came);
    let purpose = line.read("purpose", day::purpose);
    let arrival = Arrival {
        channel: channel.unwrap_or_default(),
        came: came.unwrap_or_default(),
        contact: line.person("contact", people),
        named: line.person("named", people),
        introduced_by: introducer.map(|owner| Ownership { owner, closed: introducer_closed }),
        purpose: purpose.unwrap_or_default(),
        property_owner: line.flag("property_owner"),
        people: line.number("people").unwrap_or(1),
        households: line.number("households").unwrap_or(1),
        assigned: line.person("assigned", people),
        ..Arrival::default()
    };
    let whole = line.faults.is_empty();
    let (arrived, receiver) = arrived.zip(receiver).filter(|_| whole)?;
    let ended = left.is_some();
    Some(Entered { arrived, ended, client, owner, closed, receiver, arrival })
}

/// What is wrong with each row.
pub(super) async fn judge(
    app: &App,
    caller: &Caller,
    site: SiteId,
    sheet: &Sheet,
) -> Result<Vec<Vec<Fault>>, AppError> {
    let people = people::all(app, caller, Some(site)).await?;
    let day = OpenDay::of(app, caller, site).await?;
    let mut faults = Vec::new();
    for mut line in Kind::Visits.layout().iter().flat_map(|layout| lines(sheet, layout)) {
        if let Some(entered) = read(&mut line, &people) {
            match &day {
                None => line.faults.push(Fault::row(What::NotOpen)),
                Some(day) if day.at(entered.arrived) > day.now => {
                    line.fault("arrived", What::Future);
                }
                Some(_) => {}
            }
        }
        faults.push(line.faults);
    }
    Ok(faults)
}

/// Writes the visits down in the order in which they came.
pub(super) async fn write(
    app: &App,
    caller: &Caller,
    site: SiteId,
    id: Uuid,
    sheet: &Sheet,
) -> Result<Written, AppError> {
    let mut written = Written::default();
    let faults = judge(app, caller, site, sheet).await?;
    let people = people::all(app, caller, Some(site)).await?;
    let Some(day) = OpenDay::of(app, caller, site).await? else {
        return Err(AppError::conflict("the day is not open", "open the day first"));
    };
    let mut rows = Vec::new();
    let all = Kind::Visits.layout().iter().flat_map(|layout| lines(sheet, layout));
    for (mut line, faults) in all.zip(faults) {
        if let Some(entered) = read(&mut line, &people).filter(|_| faults.is_empty()) {
            rows.push((entered.arrived, line.number, entered));
        }
    }
    rows.sort_by_key(|(arrived, number, _)| (*arrived, *number));
    for (arrived, number, entered) in rows {
        let command_id = command_id(id, number, "visit");
        if rotation::is_known(app, caller, command_id).await? {
            written.known_count += 1;
            continue;
        }
        match record(app, caller, site, id, number, entered, day.at(arrived)).await {
            Ok(Outcome::Refused { reason }) => written.refused.push((number, reason)),
            Ok(_) => written.written_count += 1,
            Err(AppError::Store(error)) => return Err(AppError::Store(error)),
            Err(error) => written.refused.push((number, error.to_string())),
        }
    }
    Ok(written)
}

async fn record(
    app: &App,
    caller: &Caller,
    site: SiteId,
    id: Uuid,
    number: u32,
    entered: Entered,
    at: chrono::DateTime<chrono::Utc>,
) -> Result<Outcome, AppError> {
    let new = NewClient { name: entered.client.clone(), ..NewClient::default() };
    let owner = entered.owner.map(|owner| Ownership { owner, closed: entered.closed });
    let register = command_id(id, number, "client");
    let client = clients::enter(app, caller, site, register, &new, owner, "导入 / import").await?;
    let visit = VisitId(command_id(id, number, "visit id"));
    let arrival = Arrival { client: Some(client), ..entered.arrival };
    let (receiver, ended) = (entered.receiver, entered.ended);
    let command = Command::RecordPast { visit, arrival, receiver, ended, until: None };
    let command_id = command_id(id, number, "visit");
    let carried = rotation::carry_out(app, caller, site, command_id, command, Some(at)).await?;
    Ok(carried.outcome)
}
