//! What a rulebook may say about follow-up 跟进.

mod dates;
mod needed;
mod tables;
mod words;

use std::collections::BTreeMap;

use rulebook::{Document, Problems, Schema};

pub use dates::{Calendar, Festival};
pub use tables::*;
pub use words::*;

/// The follow-up rules of a rulebook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    /// `[follow_up.on.<trigger>]`
    pub on: BTreeMap<Trigger, TriggerRules>,
    /// `[follow_up.rhythm.<group>]`
    pub rhythm: BTreeMap<Group, RhythmRules>,
    /// `[follow_up.record.<occasion>]`
    pub record: BTreeMap<Occasion, RecordRules>,
    /// `[follow_up.contact]`
    pub contact: ContactRules,
    /// `[follow_up.new_client]`
    pub new_client: NewClientRules,
    /// `[follow_up.classes]`
    pub classes: ClassRules,
    /// `[follow_up.end]`
    pub end: EndRules,
    /// `[follow_up.list]`
    pub list: ListRules,
    /// `[follow_up.calendar]`
    pub calendar: CalendarRules,
    /// `[follow_up.flow.<flow>]`
    pub flow: BTreeMap<Flow, FlowRules>,
    /// `[follow_up.callback]`
    pub callback: CallbackRules,
    /// `[follow_up.cooling_off]`
    pub cooling_off: CoolingOffRules,
    /// `[follow_up.review]`
    pub review: ReviewRules,
    /// `[follow_up.report]`
    pub report: ReportRules,
    /// The days of `[follow_up.calendar]`, read.
    pub days: Calendar,
}

/// The triggers that a rulebook writes a table for; the others come from rhythms.
fn written() -> impl Iterator<Item = Trigger> {
    let own =
        |trigger: &Trigger| !matches!(trigger, Trigger::Silence | Trigger::Plan | Trigger::Period);
    Trigger::ALL.iter().copied().filter(own)
}

impl Rules {
    /// Reads the follow-up rules of `document`; what is wrong goes to `problems`.
    #[must_use]
    pub fn read(document: &Document, problems: &mut Problems) -> Self {
        let d = document;
        let mut on = BTreeMap::new();
        for trigger in written() {
            let table = format!("follow_up.on.{}", trigger.word());
            on.insert(trigger, TriggerRules::read(d, &table, problems));
        }
        let mut rhythm = BTreeMap::new();
        for group in Group::ALL {
            let table = format!("follow_up.rhythm.{}", group.word());
            rhythm.insert(*group, RhythmRules::read(d, &table, problems));
        }
        let mut record = BTreeMap::new();
        for occasion in Occasion::ALL {
            let table = format!("follow_up.record.{}", occasion.word());
            record.insert(*occasion, RecordRules::read(d, &table, problems));
        }
        let mut flow = BTreeMap::new();
        for kind in Flow::ALL {
            let table = format!("follow_up.flow.{}", kind.word());
            flow.insert(*kind, FlowRules::read(d, &table, problems));
        }
        let calendar = CalendarRules::read(d, "follow_up.calendar", problems);
        let days = Calendar::read(d, &calendar, problems);
        Self {
            on,
            rhythm,
            record,
            contact: ContactRules::read(d, "follow_up.contact", problems),
            new_client: NewClientRules::read(d, "follow_up.new_client", problems),
            classes: ClassRules::read(d, "follow_up.classes", problems),
            end: EndRules::read(d, "follow_up.end", problems),
            list: ListRules::read(d, "follow_up.list", problems),
            calendar,
            flow,
            callback: CallbackRules::read(d, "follow_up.callback", problems),
            cooling_off: CoolingOffRules::read(d, "follow_up.cooling_off", problems),
            review: ReviewRules::read(d, "follow_up.review", problems),
            report: ReportRules::read(d, "follow_up.report", problems),
            days,
        }
    }

    /// Declares every follow-up setting.
    pub fn declare(schema: &mut Schema) {
        for trigger in written() {
            TriggerRules::declare(schema, &format!("follow_up.on.{}", trigger.word()));
        }
        for group in Group::ALL {
            RhythmRules::declare(schema, &format!("follow_up.rhythm.{}", group.word()));
        }
        for occasion in Occasion::ALL {
            RecordRules::declare(schema, &format!("follow_up.record.{}", occasion.word()));
        }
        for kind in Flow::ALL {
            FlowRules::declare(schema, &format!("follow_up.flow.{}", kind.word()));
        }
        ContactRules::declare(schema, "follow_up.contact");
        NewClientRules::declare(schema, "follow_up.new_client");
        ClassRules::declare(schema, "follow_up.classes");
        EndRules::declare(schema, "follow_up.end");
        ListRules::declare(schema, "follow_up.list");
        CalendarRules::declare(schema, "follow_up.calendar");
        CallbackRules::declare(schema, "follow_up.callback");
        CoolingOffRules::declare(schema, "follow_up.cooling_off");
        ReviewRules::declare(schema, "follow_up.review");
        ReportRules::declare(schema, "follow_up.report");
    }
}
