//! The words that rotation rules are written in.

use rulebook::choices;

choices! {
    /// Where the order of a ring comes from.
    pub enum OrderSource {
        PostedTable = "posted_table", "公布的排序表", "the posted table";
        SignIn = "sign_in", "当日签到先后", "today's sign-in";
        FirstArrival = "first_arrival", "首次到岗先后", "the first arrival, kept";
        FixedNumber = "fixed_number", "固定编号", "fixed numbers";
        CumulativeCount = "cumulative_count", "累计接待次数", "the cumulative count";
        LastMonthRank = "last_month_rank", "上月业绩排名", "last month's rank";
        TodayResult = "today_result", "前一日业绩", "the result of the day before";
        ManagerRoster = "manager_roster", "经理每日排班", "the manager's daily roster";
        TimeSlots = "time_slots", "按时段轮值", "slots of time";
    }
}

choices! {
    /// What a new day does to the place in the order.
    pub enum CarryOver {
        Pointer = "pointer", "接着前一日", "goes on where it stopped";
        Reset = "reset", "每日重新开始", "starts anew";
    }
}

choices! {
    /// Where somebody stands who signs in after the first turn of the day.
    pub enum LateSignIn {
        TablePlace = "table_place", "保留原位", "in their place";
        EndOfOrder = "end_of_order", "排到最后", "at the end";
        NextRound = "next_round", "下一轮开始", "from the next round";
    }
}

choices! {
    /// What one turn is for.
    pub enum Unit {
        Group = "group", "一组客户", "a group";
        Household = "household", "一组家庭", "a household";
    }
}

choices! {
    /// How many rings there are.
    pub enum TeamRings {
        One = "one", "全场一个", "one for all";
        PerTeam = "per_team", "各组一个", "one for each team";
    }
}

choices! {
    /// Where telephone calls are dealt.
    pub enum PhoneRing {
        Shared = "shared", "与上门同一轮排", "the walk-in ring";
        Separate = "separate", "单独轮排", "a ring of its own";
    }
}

choices! {
    /// When the other batch is on site.
    pub enum Alternate {
        Daily = "daily", "每个营业日", "every working day";
        Weekly = "weekly", "每周", "every week";
    }
}

choices! {
    /// Why somebody is not on the floor.
    pub enum AbsenceKind {
        Unreported = "unreported", "未报备", "unreported";
        Private = "private", "私事", "private business";
        Business = "business", "公事", "business";
        Leave = "leave", "请假", "leave";
        Meal = "meal", "用餐", "a meal";
        Short = "short", "短暂离开", "a short absence";
    }
}

choices! {
    /// What keeps somebody on the floor from receiving.
    pub enum BusyKind {
        OwnOpen = "own_open", "接待未成交老客户", "with an own open client";
        OwnClosed = "own_closed", "接待成交老客户", "with an own closed client";
        NewClient = "new_client", "接待新客户", "with a new client";
        StandIn = "stand_in", "代接", "standing in";
        OtherVisit = "other_visit", "其他接待", "with another visitor";
        HelpingClose = "helping_close", "协助成交", "helping a colleague close";
        Hotline = "hotline", "接听热线", "on the hotline";
        Helping = "helping", "协助接待", "helping with a group";
    }
}

choices! {
    /// What becomes of a turn that passes somebody by.
    pub enum Passing {
        Lost = "lost", "轮空不补", "is lost";
        ToEnd = "to_end", "降至最后", "drops to the end";
        Kept = "kept", "保留名次", "keeps the place";
        MakeUp = "make_up", "补接", "is made up";
        PriorityMakeUp = "priority_make_up", "优先补接", "is made up with priority";
        OutForDay = "out_for_day", "当天停接", "out for the day";
    }
}

choices! {
    /// The kinds of make-up turn, or none.
    pub enum MakeUpKind {
        None = "none", "不补接", "none";
        Ordinary = "ordinary", "补接", "ordinary";
        Priority = "priority", "优先补接", "priority";
    }
}

choices! {
    /// When an ordinary make-up turn is due.
    pub enum OrdinaryPlace {
        AtOnce = "at_once", "下一位新客户", "the next new client";
        AfterOnTurn = "after_on_turn", "当前轮到者之后", "after whoever is on turn";
        EndOfRound = "end_of_round", "本轮结束时", "at the end of the round";
    }
}

choices! {
    /// Which of several make-up turns comes first.
    pub enum Among {
        OldestFirst = "oldest_first", "先得先补", "the oldest";
        ByOrder = "by_order", "按接待顺序", "by the order";
    }
}

choices! {
    /// When a make-up turn can first be used.
    pub enum MakeUpOpens {
        WhenFree = "when_free", "空闲即可", "when its holder is free";
        OnNotice = "on_notice", "通知后", "when its holder has given notice";
    }
}

choices! {
    /// When an unused make-up turn ends.
    pub enum MakeUpExpiry {
        EndOfDay = "end_of_day", "当日有效", "with the day";
        EndOfRound = "end_of_round", "本轮有效", "with the round";
    }
}

choices! {
    /// From when minutes of grace run.
    pub enum GraceFrom {
        Leaving = "leaving", "离开时起", "leaving";
        Arrival = "arrival", "客户到访时起", "the visitor's arrival";
    }
}

choices! {
    /// Ways to find who receives, tried in the order of the list.
    pub enum Receiver {
        OnTurn = "on_turn", "轮到者", "whoever is on turn";
        Owner = "owner", "客户归属人", "the owner";
        AskOwner = "ask_owner", "询问归属人", "whom the owner names, or the owner too";
        Delegate = "delegate", "事先委托的人", "the owner's delegate";
        SameTeam = "same_team", "同组同事", "somebody of the same team";
        LastInOrder = "last_in_order", "排位最后者", "the last in the order";
        Named = "named", "客户点名的人", "the person named";
        Contact = "contact", "联系过的人", "who invited or answered";
        IntroducerOwner = "introducer_owner", "介绍人的归属人", "the owner of who introduced";
        Assigned = "assigned", "主管指派的人", "whom the supervisor assigns";
        NamedByOnTurn = "named_by_on_turn", "轮到者指派的人", "whom the person on turn names";
        Duty = "duty", "值班人员", "who is on duty";
        Current = "current", "当前接待人", "who is receiving";
        AnyPresent = "any_present", "在场任何人", "anybody present";
        Wait = "wait", "客户等候", "nobody: the visitor waits";
    }
}

choices! {
    /// Whether a reception uses the receiver's turn.
    pub enum Turn {
        Counted = "counted", "计轮次", "uses the turn";
        NotCounted = "not_counted", "不计轮次", "does not use the turn";
    }
}

choices! {
    /// Whose client the visitor is after the reception.
    pub enum OwnerAfter {
        Receiver = "receiver", "归接待人", "the receiver's";
        Unchanged = "unchanged", "归属不变", "unchanged";
        Named = "named", "归被点名人", "the named person's";
        Contact = "contact", "归联系人", "the contact's";
        IntroducerOwner = "introducer_owner", "归介绍人的归属人", "the introducer's owner's";
        Nobody = "nobody", "不登记归属", "nobody's";
    }
}

choices! {
    /// What a visit is, to the rotation.
    pub enum Situation {
        New = "new", "新客户", "a new client";
        SameDayRepeat = "same_day_repeat", "当天重复到访", "a repeat of the day";
        OwnOpen = "own_open", "未成交老客户", "an open client";
        OwnClosed = "own_closed", "成交老客户", "a closed client";
        OwnNamed = "own_named", "老客户点名他人", "an old client who asks for somebody else";
        OwnerAbsent = "owner_absent", "归属人不在", "the client of an absent colleague";
        OwnerBusy = "owner_busy", "归属人正忙", "the client of a busy colleague";
        Named = "named", "点名接待", "somebody named";
        PhoneNamed = "phone_named", "来电客户点名", "a caller who names somebody";
        PhoneUnnamed = "phone_unnamed", "来电客户未点名", "a caller who names nobody";
        OutreachNamed = "outreach_named", "外拓客户点名", "an outreach client who names somebody";
        OutreachUnnamed = "outreach_unnamed", "外拓客户未点名", "an outreach client who names nobody";
        Contacted = "contacted", "联系过的客户", "somebody contacted before";
        ReferralOpen = "referral_open", "未成交老客户介绍", "introduced by an open client";
        ReferralClosed = "referral_closed", "成交老客户介绍", "introduced by a closed client";
        ReferralUnnamed = "referral_unnamed", "老客户介绍、未指名", "introduced, and nobody named";
        ReferralAway = "referral_away", "介绍人的归属人不便", "introduced, and that owner away or busy";
        PropertyOwner = "property_owner", "业主", "an existing property owner";
        Enquiry = "enquiry", "路过咨询", "a passer-by's question";
        MaterialOnly = "material_only", "只取资料", "material only";
        NonBuyer = "non_buyer", "非购房者", "not a buyer";
        NonViewing = "non_viewing", "非看房客户", "not here to view";
        SupervisorAssigned = "supervisor_assigned", "主管指派", "assigned by the supervisor";
        OutsideHours = "outside_hours", "轮排时间外", "outside the hours of rotation";
        CallNew = "call_new", "新客户来电", "a new caller";
        CallKnown = "call_known", "老客户来电", "a known caller";
        CallNamed = "call_named", "来电时点名", "a call that asks for somebody";
        CallContacted = "call_contacted", "联系过的客户来电", "a caller whom somebody contacted before";
        CallReferral = "call_referral", "老客户介绍来电", "an introduced caller";
    }
}

choices! {
    /// The order of standing duty.
    pub enum StandingOrder {
        None = "none", "不设站岗", "no standing duty";
        ReverseOrder = "reverse_order", "接待顺序由后往前", "the order reversed";
        Order = "order", "接待顺序", "the order";
        OnTurn = "on_turn", "轮到者站岗", "whoever is on turn";
    }
}

choices! {
    /// What becomes of standing time that a reception cut short.
    pub enum MissedStanding {
        MadeUp = "made_up", "补足", "is made up";
        Dropped = "dropped", "不补", "is dropped";
    }
}

choices! {
    /// When standing time that is owed is served.
    pub enum OwedStanding {
        AtOnce = "at_once", "接待后立即", "right after the reception";
        NextChange = "next_change", "下次换岗时", "at the next change";
    }
}

choices! {
    /// Where a latecomer stands in the order of standing duty.
    pub enum LateStanding {
        First = "first", "最先站岗", "first";
        Last = "last", "最后站岗", "last";
    }
}

choices! {
    /// What a breach of the order is.
    pub enum BreachKind {
        OutOfOrder = "out_of_order", "不按顺序接待", "receiving out of order";
        Refuse = "refuse", "拒接客户", "refusing";
        Grab = "grab", "抢客户", "grabbing";
        Pick = "pick", "挑客户", "picking";
        Cold = "cold", "怠慢客户", "receiving coldly";
        Standing = "standing", "未按序站岗", "not standing in order";
        NoStanding = "no_standing", "不站岗", "not standing at all";
        LeftStanding = "left_standing", "私自离岗", "leaving the standing post";
    }
}

choices! {
    /// What the rotation does about a breach.
    pub enum BreachResult {
        None = "none", "不影响轮排", "nothing";
        Suspend = "suspend", "停止接待", "suspension";
        HalfRate = "half_rate", "两排一轮", "one turn in two rounds";
    }
}

choices! {
    /// From when a suspension runs.
    pub enum SuspendFrom {
        AtOnce = "at_once", "立即", "at once";
        NextDay = "next_day", "次日", "the next day";
    }
}

choices! {
    /// Why a supervisor takes somebody out of the ring for a time.
    pub enum Unfit {
        Training = "training", "培训未达标", "still in training";
        Unwell = "unwell", "身体或状态不佳", "unwell";
        OtherWork = "other_work", "其他工作安排", "other work";
        Leaving = "leaving", "办理离职", "leaving the company";
        Other = "other", "其他事由", "another ground";
    }
}

choices! {
    /// Who may do something at a site.
    pub enum Role {
        Receptionist = "receptionist", "前台", "receptionist";
        Secretary = "secretary", "秘书", "secretary";
        Consultant = "consultant", "置业顾问", "consultant";
        Supervisor = "supervisor", "主管", "supervisor";
        Manager = "manager", "经理", "manager";
        HeadOffice = "head_office", "总办", "head office";
        Administrator = "administrator", "管理员", "administrator";
    }
}

choices! {
    /// Who asks the visitor the opening questions.
    pub enum Questioner {
        Receptionist = "receptionist", "前台", "the receptionist";
        SecondInOrder = "second_in_order", "第二顺位", "the second in the order";
        Standing = "standing", "站岗者", "who is standing";
        OnTurn = "on_turn", "轮到者", "whoever is on turn";
    }
}
