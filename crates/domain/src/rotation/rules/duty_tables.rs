//! The tables of settings about duty: rush, overrides, assessment, rosters, plans, fairness.

use rulebook::settings;

use super::{duty_words::*, words::*};

settings! {
    /// More visitors than the ring can handle.
    pub struct RushRules {
        allowed: bool = false, "客流高峰可不按顺序", "in a rush the order may be left aside";
        called_by: Vec<Role> = (vec![Role::Supervisor, Role::Manager]), "谁宣布高峰", "who calls a rush";
        turn: Turn = (Turn::NotCounted), "高峰接待的轮次", "the turn of a reception in a rush";
        trial_staff: bool = false, "高峰时试用人员可协助", "trial staff may help in a rush";
        trial_owner: OwnerAfter = (OwnerAfter::Receiver), "试用人员所接客户的归属", "whose client it is that trial staff receive";
    }
}

settings! {
    /// A supervisor gives a visitor to somebody who is not on turn.
    pub struct AssignedRules {
        reason_required: bool = false, "改派须说明理由", "an override needs a reason";
        on_turn: Passing = (Passing::Kept), "被改派的轮到者的轮次", "the turn of whoever was on turn";
    }
}

settings! {
    /// What a month's result does to the ring.
    pub struct AssessmentRules {
        short_month: ShortMonth = (ShortMonth::None), "当月转成不足", "a month short of conversions";
        conversions_least: u32 = 1, "当月至少转成数", "conversions a month at least";
        percent_least: u32 = 0, "低于此百分比视为零转成(0 为不计)", "a rate below this many percent counts as none (0: not looked at)";
        lowest_rate: LastOfMonth = (LastOfMonth::None), "当月成功率最低者", "the lowest rate of the month";
        lowest_result: LastOfMonth = (LastOfMonth::None), "当月业绩最差者", "the worst result of the month";
        ties: Ties = (Ties::All), "并列末位", "a shared last place";
        returns_after: Vec<Requirement> = (vec![Requirement::Report, Requirement::Exam]), "返回轮排须先完成", "what comes before the return";
        early_return: bool = false, "当月完成即可提前返回", "who has it all may return before the month is over";
        attempts_most: u32 = 0, "重新通关的机会(0 为不限)", "attempts at requalifying (0: any number)";
        returns_to: ReturnsTo = (ReturnsTo::EndOfOrder), "返回轮排后的位置", "where a returner stands";
    }
}

settings! {
    /// Duty rosters.
    pub struct RosterRules {
        due: RosterDue = (RosterDue::None), "值班表何时公布", "when a roster is due";
        weekday: DayOfWeek = (DayOfWeek::Friday), "下周值班表的截止日", "the day on which next week's is due";
        published_by: Vec<Role> = (vec![Role::Supervisor, Role::Manager]), "谁公布值班表", "who publishes it";
        notified: bool = false, "公布时通知本人", "people are told when it is published";
    }
}

settings! {
    /// Receptions that are planned.
    pub struct PlannedRules {
        client: Notice = (Notice::None), "客户接待的预先通知", "notice of a client's reception";
        internal: Notice = (Notice::None), "内部接待的预先通知", "notice of an internal reception";
        partner: Notice = (Notice::None), "外部合作接待的预先通知", "notice of a partner's reception";
        lead_days: u32 = 0, "至少提前天数", "days ahead at least";
    }
}

settings! {
    /// How fairness is measured.
    pub struct FairnessRules {
        owed: Owed = (Owed::Present), "应得轮次的口径", "who is owed a turn";
        gap_most: u32 | none = unset, "人均差距的上限", "the widest gap between two people";
    }
}
