//! The words of rules about duty: assessment, rosters, planned receptions, overrides, fairness.

use rulebook::choices;

choices! {
    /// What becomes of the turn of this round for somebody who is back before it came.
    pub enum Unpassed {
        KeepsPlace = "keeps_place", "保留本轮", "keeps this round's turn";
        NextRound = "next_round", "下一轮开始", "from the next round";
    }
}

choices! {
    /// What somebody must bring before they may return to the ring.
    pub enum Requirement {
        Report = "report", "分析报告", "a written analysis";
        Exam = "exam", "重新考核", "an examination passed again";
    }
}

choices! {
    /// What a month short of conversions costs.
    pub enum ShortMonth {
        None = "none", "不影响轮排", "nothing";
        NextMonth = "next_month", "下月停接", "the turns of the next month";
    }
}

choices! {
    /// What it costs to be last of the month.
    pub enum LastOfMonth {
        None = "none", "不影响轮排", "nothing";
        Requalify = "requalify", "重新通关", "passing the tests again";
        Standby = "standby", "待岗", "standby";
        Eliminate = "eliminate", "提出淘汰", "a proposal of elimination";
    }
}

choices! {
    /// Who is last of the month where several share the last place.
    pub enum Ties {
        All = "all", "并列者均计", "everybody in the last place";
        Nobody = "nobody", "并列时不计", "nobody";
    }
}

choices! {
    /// Where somebody stands who returns to the ring.
    pub enum ReturnsTo {
        Place = "place", "原位", "in their place";
        EndOfOrder = "end_of_order", "排到最后", "at the end of the order";
    }
}

choices! {
    /// When people are told of a reception that is planned.
    pub enum Notice {
        None = "none", "不通知", "not at all";
        AtOnce = "at_once", "安排时通知", "when it is planned";
        DayBefore = "day_before", "安排时通知,前一日再提醒", "when it is planned, and the day before";
    }
}

choices! {
    /// Whom a planned reception is for.
    pub enum PlannedKind {
        Client = "client", "客户", "a client";
        Internal = "internal", "内部来访", "an internal visitor";
        Partner = "partner", "外部合作方", "a partner";
    }
}

choices! {
    /// By when a duty roster is published.
    pub enum RosterDue {
        None = "none", "不要求", "not required";
        Meeting = "meeting", "当日晨会", "at the morning meeting";
        Week = "week", "下周值班表于本周", "next week's, in the week before";
    }
}

choices! {
    /// A day of the week.
    pub enum DayOfWeek {
        Monday = "monday", "星期一", "Monday";
        Tuesday = "tuesday", "星期二", "Tuesday";
        Wednesday = "wednesday", "星期三", "Wednesday";
        Thursday = "thursday", "星期四", "Thursday";
        Friday = "friday", "星期五", "Friday";
        Saturday = "saturday", "星期六", "Saturday";
        Sunday = "sunday", "星期日", "Sunday";
    }
}

choices! {
    /// Why a supervisor departs from the order.
    pub enum Reason {
        SpecialClient = "special_client", "特殊客户", "a special client";
        BeyondAbility = "beyond_ability", "暂时无法应对", "beyond what they can handle for now";
        ClientAsked = "client_asked", "客户要求", "the client asked for it";
        SiteNeed = "site_need", "现场需要", "the site needs it";
        Other = "other", "其他", "another reason";
    }
}

choices! {
    /// For which turns of a round somebody counts as owed one.
    pub enum Owed {
        Present = "present", "当时在场即应得", "whoever is present";
        Free = "free", "当时在场且空闲才应得", "whoever is present and free";
    }
}
