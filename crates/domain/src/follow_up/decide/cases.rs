//! A question or fault goes step by step.

use rulebook::facts;

use super::{
    super::{
        command::Outcome,
        events::Event,
        rules::{CaseStep, Flow},
        state::CaseId,
    },
    Desk, Halt,
};
use crate::people::PersonId;

impl Desk<'_> {
    pub(super) fn open_case(&mut self, id: CaseId, flow: Flow) -> Result<Outcome, Halt> {
        if self.tracking.cases.iter().any(|case| case.id == id) {
            return Err(Halt::Refused("case_open_already"));
        }
        let all = self.rules;
        let steps = all.flow.get(&flow).ok_or(Halt::Refused("no_such_flow"))?;
        let known = steps.steps.value().is_some_and(|steps| !steps.is_empty());
        self.trail.cite("flow_known", known, &steps.steps, facts![kind = flow.word()]);
        if !known {
            return Err(Halt::Refused("no_such_flow"));
        }
        self.emit(Event::CaseOpened { id, flow });
        Ok(Outcome::Noted)
    }

    pub(super) fn advance(
        &mut self,
        id: CaseId,
        step: CaseStep,
        by: PersonId,
    ) -> Result<Outcome, Halt> {
        let case = self.tracking.cases.iter().find(|case| case.id == id);
        let case = case.cloned().ok_or(Halt::Refused("case_unknown"))?;
        let all = self.rules;
        let Some(rules) = all.flow.get(&case.flow) else {
            return Err(Halt::Refused("no_such_flow"));
        };
        let steps = rules.steps.value().cloned().unwrap_or_default();
        let next = steps.get(case.steps.len()).copied();
        let either = next == Some(CaseStep::SolveOrSubmit)
            && matches!(step, CaseStep::Solve | CaseStep::Submit);
        let fits = next == Some(step) || either;
        let wanted = next.map_or("over", CaseStep::word);
        self.trail.cite(
            "next_step",
            fits,
            &rules.steps,
            facts![kind = step.word(), wanted = wanted],
        );
        if !fits {
            let over = next.is_none();
            return Err(Halt::Refused(if over { "case_over" } else { "step_before_missing" }));
        }
        self.emit(Event::CaseAdvanced { id, step, by });
        Ok(Outcome::Noted)
    }
}
