//! Replay 重演: a site's own history, simulated forward under another rulebook.
//!
//! Arrivals, presence and how long each reception lasted are as recorded; who receives, make-up turns, whose
//! client somebody becomes and sanctions are as the other rulebook decides. What was not recorded is
//! counted and never guessed: [`Missing`]. Entries come one by one and differences are taken out as they
//! are found, so that a replay holds a day and the clients, not a history.

mod clients;
mod difference;
mod other;
mod recorded;
mod side;
mod time;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use chrono::NaiveDate;
use rulebook::Because;

pub use difference::{
    ClientDiffers, Difference, Missing, Received, SanctionDiffers, SanctionKind, Summary, Tallies,
    Tally, VisitDiffers,
};
pub use recorded::{Act, Recorded, What};

use self::{
    clients::{Came, Clients},
    side::Side,
};
use crate::{
    attribution,
    calendar::Moment,
    journeys::ownership::{Followed, transfers},
    people::{Actor, ClientId, PersonId, VisitId},
    rotation::{self, Command, Event, Outcome, decide, state::Phase},
};

/// A replay that runs.
#[derive(Debug)]
pub struct Replay<'r> {
    rules: &'r rotation::Rules,
    attribution: &'r attribution::Rules,
    /// The first day; nothing: the first entry.
    from: Option<NaiveDate>,
    started: bool,
    then: Side<i64>,
    would: Would,
    clients: Clients,
    /// What to go back to, where the last entries are taken back by what follows.
    before: Vec<Before>,
    found: Vec<Difference>,
    summary: Summary,
}

/// The side of the other rulebook.
#[derive(Debug, Clone)]
struct Would {
    side: Side<Arc<Because>>,
    /// Whose client a visit of the day made its visitor.
    given: BTreeMap<VisitId, PersonId>,
    /// Whoever left as recorded and is still receiving here; they leave afterwards.
    leaving: BTreeMap<PersonId, (Command, Actor)>,
    /// What was missing for each visit of the day.
    missing: BTreeMap<VisitId, BTreeSet<Missing>>,
}

/// Both sides before an entry that was taken back.
#[derive(Debug)]
struct Before {
    version: i64,
    then: Side<i64>,
    would: Would,
    found: Vec<Difference>,
    summary: Summary,
    /// The clients whom the entry gave an owner: who, from whom, to whom.
    moved: Vec<(ClientId, Option<PersonId>, Option<PersonId>)>,
}

impl<'r> Replay<'r> {
    /// A replay under `rules` and `attribution`, from the first day opened on or after `from`.
    #[must_use]
    pub fn new(
        rules: &'r rotation::Rules,
        attribution: &'r attribution::Rules,
        from: Option<NaiveDate>,
    ) -> Self {
        let would = Would {
            side: Side::new(rotation::Floor::default()),
            given: BTreeMap::new(),
            leaving: BTreeMap::new(),
            missing: BTreeMap::new(),
        };
        Self {
            rules,
            attribution,
            from,
            started: from.is_none(),
            then: Side::new(rotation::Floor::default()),
            would,
            clients: Clients::default(),
            before: Vec::new(),
            found: Vec::new(),
            summary: Summary::default(),
        }
    }

    /// Goes one entry on.
    pub fn go_on(&mut self, entry: &Recorded) {
        self.summary.entries += u64::from(self.started);
        match &entry.what {
            What::Floor { command, events, undone } => {
                self.floor(entry, command, events, *undone);
            }
            What::Undo { entry: undone } => self.undo(entry, *undone),
            What::Client { client, act, events } => {
                let at = entry.happened_at;
                if !self.started {
                    self.clients.remember(*client, events, at);
                    return;
                }
                self.clients.then(*client, events, at);
                let came = self.clients.act(self.attribution, *client, act, &entry.actor, at);
                match came {
                    Came::Of => {}
                    Came::Undecided(setting) => self.note_undecided(setting),
                    Came::Refused(reason) => self.note_refused(word_of(act), reason),
                }
            }
        }
    }

    /// The differences found since this was last asked.
    pub fn take_found(&mut self) -> Vec<Difference> {
        // What may yet be taken back is not told.
        if self.before.is_empty() { std::mem::take(&mut self.found) } else { Vec::new() }
    }

    /// Ends the replay at `at`; `then` are the attribution rules that hold there. The last differences,
    /// and what it came to.
    #[must_use]
    pub fn finish(mut self, then: &attribution::Rules, at: Moment) -> (Vec<Difference>, Summary) {
        if self.started {
            self.end_day(true);
            let differing = self.clients.differing(then, self.attribution, at);
            let differing: Vec<Difference> = differing.map(Difference::Client).collect();
            self.summary.clients = self.clients.count();
            self.summary.clients_differ = u64::try_from(differing.len()).unwrap_or(u64::MAX);
            self.found.extend(differing);
        }
        for (person, tally) in &self.then.tallies {
            self.summary.people.entry(*person).or_default().then = *tally;
        }
        for (person, tally) in &self.would.side.tallies {
            self.summary.people.entry(*person).or_default().would = *tally;
        }
        (self.found, self.summary)
    }

    fn floor(&mut self, entry: &Recorded, command: &Command, events: &[Event], undone: bool) {
        if let Command::OpenDay { date, .. } = command
            && !events.is_empty()
        {
            self.open_day(*date);
        }
        let at = entry.happened_at;
        if !self.started {
            self.then.follow(events, at, &entry.version);
            return;
        }
        if events.is_empty() {
            // It was refused: nothing of it was so.
            return;
        }
        let until = match command {
            Command::RecordPast { .. } => entry.recorded_at,
            _ => at,
        };
        let looks = matches!(command, Command::Settle);
        self.pass_time(until, looks);
        if undone {
            let before = self.copy(entry.version);
            self.before.push(before);
        } else {
            self.before.clear();
        }
        let others = self.others(command, entry.recorded_at);
        let asked = self.asked_then(command);
        self.then.follow(events, at, &entry.version);
        for other in others {
            self.give(&other, &entry.actor, at);
        }
        self.keep_up(asked, at);
    }

    /// Both sides as they are before the entry with this version.
    fn copy(&self, version: i64) -> Before {
        Before {
            version,
            then: self.then.clone(),
            would: self.would.clone(),
            found: self.found.clone(),
            summary: self.summary.clone(),
            moved: Vec::new(),
        }
    }

    /// The entry `undone` is taken back: both sides are what they were before it.
    fn undo(&mut self, entry: &Recorded, undone: i64) {
        if !self.started {
            return;
        }
        while let Some(before) = self.before.pop() {
            if before.version != undone {
                continue;
            }
            (self.then, self.would) = (before.then, before.would);
            (self.found, self.summary) = (before.found, before.summary);
            let at = entry.recorded_at;
            for (client, from, to) in before.moved {
                self.clients.give_back(self.attribution, client, from, to, at);
            }
            return;
        }
    }

    /// A day opens: the one before is settled, and the replay may begin.
    fn open_day(&mut self, date: NaiveDate) {
        if self.started {
            self.end_day(false);
        } else if self.from.is_none_or(|from| date >= from) {
            self.begin();
        }
        self.summary.days += u64::from(self.started);
    }

    /// From here on, the other rulebook decides.
    fn begin(&mut self) {
        self.started = true;
        self.summary.entries = 1;
        self.then.sanctions.clear();
        self.then.tallies.clear();
        self.would.side = Side::new(self.then.floor.clone());
        self.would.side.last_at = self.then.last_at;
        self.fit_rings();
    }

    /// Compares what is settled: the visits that are over, or all of them, and the sanctions.
    fn end_day(&mut self, all: bool) {
        let settled = |phase: Phase| all || phase == Phase::Ended;
        let visits: Vec<VisitId> = self
            .then
            .floor
            .visits
            .iter()
            .filter(|(_, visit)| settled(visit.phase))
            .map(|(id, _)| *id)
            .collect();
        for visit in visits {
            self.compare(visit);
        }
        self.compare_sanctions();
        let open = &self.then.floor.visits;
        let stays = |visit: &VisitId| open.get(visit).is_some_and(|v| v.phase != Phase::Ended);
        self.then.reasons.retain(|visit, _| stays(visit));
        self.would.side.reasons.retain(|visit, _| stays(visit));
        self.would.missing.retain(|visit, _| stays(visit));
    }

    fn compare(&mut self, id: VisitId) {
        let (then, would) = (self.then.settle(id), self.would.side.settle(id));
        self.summary.visits += 1;
        if then == would {
            return;
        }
        let Some(visit) = self.then.floor.visits.get(&id) else { return };
        let turn = |side: Received| (side.turn_of, side.make_up);
        self.summary.visits_differ += 1;
        self.summary.receivers_differ += u64::from(then.receiver != would.receiver);
        self.summary.turns_differ += u64::from(turn(then) != turn(would));
        self.summary.situations_differ += u64::from(then.situation != would.situation);
        let because = self.would.side.reasons.get(&id);
        let missing = self.would.missing.get(&id).into_iter().flatten().copied().collect();
        self.found.push(Difference::Visit(VisitDiffers {
            visit: id,
            client: visit.arrival.client,
            number: visit.number,
            arrived_at: visit.arrived_at,
            then,
            would,
            decided_by: self.then.reasons.get(&id).copied(),
            because: because.map(|because| Because::clone(because)).unwrap_or_default(),
            missing,
        }));
    }

    fn compare_sanctions(&mut self) {
        let then = std::mem::take(&mut self.then.sanctions);
        let mut would = std::mem::take(&mut self.would.side.sanctions);
        let count = |of: usize| u64::try_from(of).unwrap_or(u64::MAX);
        self.summary.sanctions_then += count(then.len());
        self.summary.sanctions_would += count(would.len());
        for sanction in then {
            if let Some(place) = would.iter().position(|other| other.is(&sanction)) {
                would.swap_remove(place);
                continue;
            }
            self.summary.sanctions_differ += 1;
            self.found.push(Difference::Sanction(SanctionDiffers {
                person: sanction.person,
                kind: sanction.kind,
                until: sanction.until,
                at: sanction.at,
                decided_by: Some(sanction.why),
                because: None,
            }));
        }
        would.sort_by_key(|sanction| (sanction.at, sanction.person));
        for sanction in would {
            self.summary.sanctions_differ += 1;
            self.found.push(Difference::Sanction(SanctionDiffers {
                person: sanction.person,
                kind: sanction.kind,
                until: sanction.until,
                at: sanction.at,
                decided_by: None,
                because: Some(Because::clone(&sanction.why)),
            }));
        }
    }

    /// Decides `command` on the other side, and what follows for clients.
    fn give(&mut self, command: &Command, actor: &Actor, at: Moment) -> bool {
        let decision = decide(self.rules, &self.would.side.floor, command, actor, at);
        match decision.outcome {
            Outcome::Refused { reason } => {
                let is_leaving = reason == "still_receiving";
                if !(is_leaving && self.leaves_later(command, actor)) {
                    self.note_refused(word_of_command(command), reason);
                }
                return false;
            }
            Outcome::Undecided { setting, .. } => self.note_undecided(setting),
            _ => {}
        }
        if decision.events.is_empty() {
            return false;
        }
        self.would.side.follow(&decision.events, at, &Arc::new(decision.because));
        if matches!(command, Command::OpenDay { .. }) {
            let visits = &self.would.side.floor.visits;
            self.would.given.retain(|visit, _| visits.contains_key(visit));
        }
        self.follow_clients(&decision.events, at);
        true
    }

    fn follow_clients(&mut self, events: &[Event], at: Moment) {
        let touched: BTreeSet<VisitId> =
            events.iter().filter_map(|event| event.visit().map(|(visit, _)| visit)).collect();
        for transfer in transfers(&self.would.side.floor, &self.would.given, &touched) {
            let given = self.would.given.get(&transfer.visit).copied();
            let (client, after) = (transfer.client, transfer.after);
            match self.clients.follow(self.attribution, client, given, after, at) {
                Followed::Nothing => continue,
                Followed::Forgotten => {
                    self.would.given.remove(&transfer.visit);
                    continue;
                }
                Followed::Moved { before, .. } => {
                    if let Some(last) = self.before.last_mut() {
                        last.moved.push((client, before, after));
                    }
                }
            }
            match after {
                Some(person) => self.would.given.insert(transfer.visit, person),
                None => self.would.given.remove(&transfer.visit),
            };
        }
    }

    fn note_refused(&mut self, command: String, reason: String) {
        *self.summary.not_applied.entry(command).or_default().entry(reason).or_default() += 1;
    }

    fn note_undecided(&mut self, setting: String) {
        *self.summary.undecided.entry(setting).or_default() += 1;
    }

    fn note_missing(&mut self, missing: Missing, visit: Option<VisitId>) {
        let new = match visit {
            Some(visit) => self.would.missing.entry(visit).or_default().insert(missing),
            None => true,
        };
        *self.summary.missing.entry(missing).or_default() += u64::from(new);
    }
}

/// The word that a command has on the wire.
fn word_of_command(command: &Command) -> String {
    word(serde_json::to_value(command).ok().as_ref())
}

fn word_of(act: &Act) -> String {
    match act {
        Act::Command(command) => word(serde_json::to_value(command).ok().as_ref()),
        Act::Given(_) => "set_owner".to_owned(),
        Act::Closed(_) => "set_closed".to_owned(),
        Act::Followed => String::new(),
    }
}

fn word(value: Option<&serde_json::Value>) -> String {
    let word = value.and_then(|value| value.get("command")?.as_str());
    word.unwrap_or_default().to_owned()
}
