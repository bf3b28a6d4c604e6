//! Classes and grades of clients: by hand, by what happened, by what they buy.

use rulebook::{Setting, facts};

use super::{
    super::{
        command::Outcome,
        events::Event,
        rules::{Class, Field, GradeStandard},
    },
    Desk, Halt,
};

impl Desk<'_> {
    pub(super) fn classify(&mut self, class: Class) -> Result<Outcome, Halt> {
        self.set_class(class)?;
        // Without a contact yet, the plan begins with the first.
        if let Some(last) = self.tracking.records.last().map(|record| record.by) {
            self.plan(last)?;
        }
        Ok(Outcome::Noted)
    }

    pub(super) fn set_class(&mut self, class: Class) -> Result<(), Halt> {
        let setting = &self.rules.classes.known;
        let known = setting.value().map(Vec::as_slice).unwrap_or_default();
        let fits = known.is_empty() || known.contains(&class);
        self.trail.cite("class_known", fits, setting, facts![kind = class.word()]);
        if !fits {
            return Err(Halt::Refused("class_unknown"));
        }
        if self.tracking.class != Some(class) {
            self.emit(Event::Classified { class });
        }
        Ok(())
    }

    /// A record is saved only with a class, where the rulebook says so.
    pub(super) fn require_class(&mut self, given: Option<Class>) -> Result<(), Halt> {
        let setting = &self.rules.classes.required;
        if setting.value() != Some(&true) {
            return Ok(());
        }
        let classed = given.is_some() || self.tracking.class.is_some();
        self.trail.cite("classed", classed, setting, Vec::new());
        if classed { Ok(()) } else { Err(Halt::Lacking(vec![Field::Class])) }
    }

    pub(super) fn class_on_intention(&mut self) {
        let setting = self.rules.classes.on_intention.clone();
        self.class_by(&setting);
    }

    pub(super) fn class_on_deal(&mut self) {
        let setting = self.rules.classes.on_deal.clone();
        self.class_by(&setting);
    }

    fn class_by(&mut self, setting: &Setting<Class>) {
        let Some(class) = setting.value().copied() else { return };
        self.trail.cite("classed_by", true, setting, facts![kind = class.word()]);
        if self.tracking.class != Some(class) {
            self.emit(Event::Classified { class });
        }
    }

    pub(super) fn grade(&mut self, sales: u32) -> Result<Outcome, Halt> {
        let rules = &self.rules.classes;
        let standard = self.trail.apply("grade_standard", &rules.standard, Vec::new())?;
        if standard == GradeStandard::OwnJudgement {
            return Err(Halt::Refused("graded_by_salesperson"));
        }
        let (a, b) = (rules.a_from.limit()?.copied(), rules.b_from.limit()?.copied());
        let reaches = |from: Option<u32>| from.is_some_and(|from| sales >= from);
        self.trail.cite("sales_reach_a", reaches(a), &rules.a_from, facts![count = sales]);
        let class = if reaches(a) {
            Class::A
        } else {
            self.trail.cite("sales_reach_b", reaches(b), &rules.b_from, facts![count = sales]);
            if reaches(b) { Class::B } else { Class::C }
        };
        if self.tracking.class != Some(class) {
            self.emit(Event::Classified { class });
        }
        Ok(Outcome::Noted)
    }
}
