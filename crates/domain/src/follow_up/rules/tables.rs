//! The tables of follow-up settings.

use chrono::NaiveTime;
use rulebook::settings;

use super::words::*;
use crate::people::Role;

settings! {
    /// `[follow_up.on.<trigger>]`: what must follow something that happened.
    pub struct TriggerRules {
        task: bool = false, "须跟进", "something must follow";
        clients: Clients = (Clients::All), "适用客户", "for which clients";
        for_whom: Assignee = (Assignee::Owner), "由谁跟进", "whose task";
        done_by: Vec<Means> = (vec![]), "何种方式算完成", "what completes it";
        fields: Vec<Field> = (vec![]), "完成时必填", "what must be filled in to complete it";
        due: Due = unset, "期限", "by when";
        after: Vec<u32> = unset, "期限数值(分钟、天或工作日)", "the number of minutes, days or working days";
        counted_from: CountedFrom = (CountedFrom::NextDay), "起算日", "from which day they count";
        repeats: bool = false, "完成后重新计期", "it comes again after it is done";
        remind_minutes: u32 | none = unset, "提前提醒分钟数", "minutes before that a reminder comes";
        remind_days: u32 | none = unset, "提前提醒天数", "days before that a reminder comes";
        grace_minutes: u32 | none = (0), "容许迟延分钟数", "minutes late that are still on time";
        escalate_to: Vec<Role> = (vec![]), "逾期告知", "who sees it when it is missed";
        passed_to: Vec<Department> = (vec![]), "完成后告知部门", "which department is told when it is done";
        prompts: Vec<Prompt> = (vec![]), "提示内容", "what is shown with it";
        withholds_next: bool = false, "未完成不发下一号码", "no next number before it is done";
    }
}

settings! {
    /// `[follow_up.rhythm.<group>]`: how often clients are contacted.
    pub struct RhythmRules {
        task: bool = false, "须定期联系", "they are contacted regularly";
        interval_days: u32 | none = unset, "间隔天数", "days between contacts";
        done_by: Vec<Means> = (vec![]), "何种方式算完成", "what completes it";
        for_whom: Assignee = (Assignee::Owner), "由谁联系", "whose task";
        plan_days: Vec<u32> = (vec![]), "首次联系后第几天跟进", "days after the first contact";
        visits: u32 | none = unset, "每期最少走访次数", "visits at least in a period";
        period_weeks: u32 = 1, "每期周数", "weeks of a period";
        escalate_to: Vec<Role> = (vec![]), "到期告知", "who sees it when it is due";
    }
}

settings! {
    /// `[follow_up.record.<occasion>]`: what a record must hold.
    pub struct RecordRules {
        required: Vec<Field> = (vec![]), "必填项", "what must be filled in";
        missing: Missing = (Missing::Refused), "缺项", "what happens when something is missing";
    }
}

settings! {
    /// `[follow_up.contact]`: what counts as a follow-up, and the next one.
    pub struct ContactRules {
        counts: Vec<Means> = (vec![Means::Call, Means::Message, Means::Email, Means::Visit, Means::Reception, Means::Greeting, Means::Gift, Means::Event, Means::Answer, Means::Material, Means::Document]), "何种方式算跟进", "what counts as a follow-up";
        next_may_be_past: bool = false, "下次时间可早于现在", "the next time may lie in the past";
        none_needs_reason: bool = true, "无下一步须写原因", "no next action needs a reason";
        manner_kept: bool = false, "按约定方式联系", "the agreed manner must be kept";
    }
}

settings! {
    /// `[follow_up.new_client]`: what a new client is owed.
    pub struct NewClientRules {
        least: u32 | none = unset, "最少跟进次数", "follow-ups at least";
        within_days: u32 | none = unset, "期限天数", "within how many days";
    }
}

settings! {
    /// `[follow_up.classes]`: classes and grades of clients.
    pub struct ClassRules {
        known: Vec<Class> = (vec![]), "客户分类", "the classes";
        required: bool = false, "保存时须分类", "a class is needed to save";
        on_intention: Class | none = unset, "表明意向后", "whoever says they want to";
        on_deal: Class | none = unset, "成交后", "whoever has closed";
        standard: GradeStandard = unset, "等级标准", "who sets the grades";
        a_from: u32 | none = unset, "A 级月销售额起点(元)", "monthly sales from which a client is A, yuan";
        b_from: u32 | none = unset, "B 级月销售额起点(元)", "monthly sales from which a client is B, yuan";
    }
}

settings! {
    /// `[follow_up.end]`: when a client is no longer followed up.
    pub struct EndRules {
        only_on_refusal: bool = false, "仅在客户明确拒绝后停止", "only on an explicit refusal";
        next_days: u32 | none = unset, "未明确拒绝的,几天后再跟进", "days to the next follow-up without one";
        wish_wins: bool = true, "客户要求勿扰即停止", "a wish not to be disturbed is kept";
        archive: bool = false, "流失客户归档,移出拨打名单", "lost clients are archived and leave the call list";
    }
}

settings! {
    /// `[follow_up.list]`: what the list of the day shows, and in which order.
    pub struct ListRules {
        order: Vec<Priority> = (vec![Priority::Promised]), "排序", "the order";
        without_next_step: bool = false, "列出无下一步的客户", "clients without a next step are listed";
        without_class: bool = false, "列出未分类的客户", "clients without a class are listed";
        review_days: u32 | none = unset, "档案核对间隔天数", "days after which a file is stale";
        prompts: Vec<Prompt> = (vec![]), "打开客户时提示", "what is shown when a client is opened";
    }
}

settings! {
    /// `[follow_up.calendar]`: festivals, days off, the end of the shift.
    pub struct CalendarRules {
        festivals: Vec<String> = (vec![]), "节日(2026-09-25 中秋节)", "festivals, such as 2026-09-25 Mid-Autumn";
        festival_days_before: u32 = 1, "节前几天列入清单", "days before a festival that a greeting is on the list";
        days_off: Vec<String> = (vec![]), "休息日(2026-10-01)", "days off, such as 2026-10-01";
        workdays: Vec<String> = (vec![]), "调休上班日", "days off that are worked";
        shift_ends: NaiveTime = unset, "下班时间", "when the shift ends";
    }
}

settings! {
    /// `[follow_up.flow.<flow>]`: the steps of a case.
    pub struct FlowRules {
        steps: Vec<CaseStep> = (vec![]), "步骤", "its steps";
    }
}

settings! {
    /// `[follow_up.callback]`: calling clients back under supervision.
    pub struct CallbackRules {
        arranged_by: Vec<Role> = (vec![]), "由谁安排", "who arranges it";
        monitor: bool = false, "须有专人监督并签字", "somebody watches and signs";
        complete: bool = false, "结果齐全方可结束", "it ends only with every result written";
    }
}

settings! {
    /// `[follow_up.cooling_off]`: when cooling-off begins.
    pub struct CoolingOffRules {
        starts: CoolingOff = unset, "犹豫期起算", "when cooling-off begins";
    }
}

settings! {
    /// `[follow_up.review]`: what the supervisor looks at.
    pub struct ReviewRules {
        items: Vec<ReviewItem> = (vec![]), "检查项目", "the items";
        evidence: bool = true, "须附依据", "evidence is needed";
    }
}

settings! {
    /// `[follow_up.report]`: what is worked out of the records.
    pub struct ReportRules {
        handling_times: bool = false, "统计处理时长与未答复数", "handling times and what is unanswered";
        sources: Vec<LeadSource> = (vec![]), "按来源统计成交率", "deals by source of the lead";
    }
}
