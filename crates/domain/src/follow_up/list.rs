//! The list of the day: what is on it, in which order, and who lacks what.

use rulebook::{Trail, facts};

use super::{
    rules::{Field, Means, Priority, Prompt, Rules, Tag, Trigger},
    state::{Standing, Task, Tracking},
};
use crate::{
    calendar::{Moment, day_of},
    people::{ClientId, PersonId},
};

/// One line of a list.
#[derive(Debug, Clone, Copy)]
pub struct Line<'a> {
    /// The client; nobody where it is the site's own duty.
    pub client: Option<ClientId>,
    /// What is known of following them up.
    pub tracking: &'a Tracking,
    /// The task.
    pub task: &'a Task,
}

/// What decides the place of a line on the list, the lowest first.
type Rank = (Vec<i16>, Option<Moment>, u32);

/// The list of `person` at `at`, in the order that the rulebook gives.
#[must_use]
pub fn of_person<'a>(
    rules: &Rules,
    all: &[(Option<ClientId>, &'a Tracking)],
    person: PersonId,
    at: Moment,
    trail: &mut Trail,
) -> Vec<Line<'a>> {
    let mut lines: Vec<Line<'a>> = Vec::new();
    for (client, tracking) in all {
        let own = tracking.open_tasks().filter(|task| task.person == Some(person));
        lines.extend(own.filter(|task| task.is_listed(at)).map(|task| Line {
            client: *client,
            tracking,
            task,
        }));
    }
    let order = rules.list.order.value().cloned().unwrap_or_default();
    trail.cite("list_order", true, &rules.list.order, facts![person = person]);
    lines.sort_by_cached_key(|line| rank(&order, line, at));
    for line in &lines {
        trail.granted("on_list", &line.task.clauses, facts![kind = line.task.trigger.word()]);
    }
    lines
}

fn rank(order: &[Priority], line: &Line<'_>, at: Moment) -> Rank {
    let places = order.iter().map(|priority| match priority {
        Priority::Promised => i16::from(line.task.trigger != Trigger::Promise),
        Priority::Key => i16::from(!line.tracking.key),
        Priority::Overdue => i16::from(line.task.standing(at) != Standing::Missed),
        Priority::Intention => -i16::from(line.tracking.class.map_or(1, |class| class.intention())),
    });
    (places.collect(), line.task.due, line.task.id.0)
}

/// Whether the client is followed up and nothing is to come, where the rulebook lists them.
pub fn lacks_next_step(rules: &Rules, tracking: &Tracking, trail: &mut Trail) -> bool {
    let setting = &rules.list.without_next_step;
    let lacks = tracking.is_followed() && tracking.open_tasks().next().is_none();
    trail.cite("without_next_step", lacks, setting, Vec::new());
    lacks && setting.value() == Some(&true)
}

/// Whether the client has no class, where the rulebook lists them.
pub fn lacks_class(rules: &Rules, tracking: &Tracking, trail: &mut Trail) -> bool {
    let setting = &rules.list.without_class;
    let lacks = tracking.ended.is_none() && tracking.class.is_none();
    trail.cite("without_class", lacks, setting, Vec::new());
    lacks && setting.value() == Some(&true)
}

/// Whether the file was not confirmed for longer than the rulebook allows.
pub fn is_stale(rules: &Rules, tracking: &Tracking, at: Moment, trail: &mut Trail) -> bool {
    let setting = &rules.list.review_days;
    let Some(most) = setting.value().copied() else { return false };
    let Some(last) = tracking.confirmed.or(tracking.since) else { return false };
    let days = (day_of(at) - day_of(last)).num_days();
    let stale = tracking.ended.is_none() && days > i64::from(most);
    trail.cite("file_stale", stale, setting, facts![days = days, limit = most]);
    stale
}

/// Whether `person` is given the next number: not while something of theirs that withholds it is open.
pub fn next_number<'a>(
    all: impl Iterator<Item = &'a Tracking>,
    person: PersonId,
    trail: &mut Trail,
) -> bool {
    let mut given = true;
    for task in all.flat_map(|tracking| &tracking.tasks) {
        if task.end.is_none() && task.withholds_next && task.person == Some(person) {
            trail.granted("withholds_next", &task.clauses, facts![kind = task.trigger.word()]);
            given = false;
        }
    }
    given
}

/// Whom `person` visits today: what they carry the cards of.
#[must_use]
pub fn visits_today(
    all: &[(Option<ClientId>, &Tracking)],
    person: PersonId,
    at: Moment,
) -> Vec<ClientId> {
    let mut clients = Vec::new();
    for (client, tracking) in all {
        let visits = |task: &&Task| {
            let means = task.manner == Some(Means::Visit) || task.done_by.contains(&Means::Visit);
            let today = task.due.is_none_or(|due| day_of(due) <= day_of(at));
            task.person == Some(person) && means && today && task.is_listed(at)
        };
        if tracking.open_tasks().any(|task| visits(&task)) {
            clients.extend(client);
        }
    }
    clients
}

/// What is shown when the client is opened at `at`: by the rulebook, and with the open tasks.
pub fn prompts(rules: &Rules, tracking: &Tracking, at: Moment, trail: &mut Trail) -> Vec<Prompt> {
    let setting = &rules.list.prompts;
    let fits = |prompt: &Prompt| match prompt {
        Prompt::Referral => tracking.tags.contains(&Tag::WellConnected),
        Prompt::LastSummary => {
            tracking.records.iter().any(|record| record.fields.contains(&Field::Summary))
        }
        _ => true,
    };
    let written = setting.value().map(Vec::as_slice).unwrap_or_default();
    let mut shown: Vec<Prompt> = written.iter().copied().filter(fits).collect();
    trail.cite("shown", !shown.is_empty(), setting, Vec::new());
    for task in tracking.open_tasks().filter(|task| task.is_listed(at)) {
        trail.granted("shown", &task.clauses, Vec::new());
        shown.extend(&task.prompts);
    }
    shown
}
