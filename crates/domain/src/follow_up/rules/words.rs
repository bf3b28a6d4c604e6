//! The words that follow-up rules are written in: occasions, ways of contact, classes, deadlines.

use rulebook::choices;

choices! {
    /// What happened, that something must follow.
    pub enum Trigger {
        Visit = "visit", "来访结束", "a reception is over";
        Call = "call", "通话结束", "a call is over";
        DeskCall = "desk_call", "前台来电结束", "a call at the desk is over";
        Registration = "registration", "新客户登记", "a new client is registered";
        Invitation = "invitation", "邀约", "an invitation";
        Allotment = "allotment", "分配客户", "a client is allotted";
        Deal = "deal", "成交", "a deal";
        Delivery = "delivery", "交付", "a delivery";
        MovedIn = "moved_in", "入住", "moving in";
        Question = "question", "客户提问", "a question";
        SpecialQuestion = "special_question", "特殊问题", "a special question";
        UnsureQuestion = "unsure_question", "待确认的咨询", "a question to be confirmed";
        Request = "request", "客户要求", "a request";
        Undecided = "undecided", "客户未决离开", "leaving undecided";
        Concern = "concern", "客户顾虑", "a concern";
        Promise = "promise", "约定联系", "an agreed contact";
        Holiday = "holiday", "重要节日", "an important holiday";
        Consent = "consent", "客户同意", "the client's consent";
        Order = "order", "订单", "an order";
        Outing = "outing", "外出拜访", "a visit to the client";
        Message = "message", "工作短信", "a work message";
        WorkingDay = "working_day", "每个工作日", "each working day";
        Silence = "silence", "久未联系", "no contact for long";
        Plan = "plan", "跟进计划", "the plan of follow-ups";
        Period = "period", "走访次数不足", "too few visits in the period";
    }
}

choices! {
    /// By what somebody was in contact, or what was done for them.
    pub enum Means {
        Call = "call", "电话", "call";
        Message = "message", "短信", "message";
        Email = "email", "邮件", "email";
        Visit = "visit", "走访", "visit";
        Reception = "reception", "接待", "reception";
        Greeting = "greeting", "节日问候", "greeting";
        Gift = "gift", "礼品", "gift";
        Event = "event", "联谊活动", "get-together";
        Answer = "answer", "答复", "answer";
        Material = "material", "资料", "material";
        Document = "document", "文件送达", "document";
        Report = "report", "报备", "report";
        Filing = "filing", "归档", "filing";
        Card = "card", "访问卡", "visit card";
        Check = "check", "检查", "check";
        Acknowledgement = "acknowledgement", "确认收到", "acknowledgement";
    }
}

choices! {
    /// By when something must be done.
    pub enum Due {
        WithinMinutes = "within_minutes", "若干分钟内", "within so many minutes";
        WithinDays = "within_days", "若干天内", "within so many days";
        WithinWorkingDays = "within_working_days", "若干工作日内", "within so many working days";
        OnDays = "on_days", "第几天", "on the days";
        SameDay = "same_day", "当日", "the same day";
        EndOfShift = "end_of_shift", "下班前", "the end of the shift";
        AgreedTime = "agreed_time", "约定时间", "the agreed time";
        Open = "open", "不限时,办完为止", "open until it is done";
    }
}

choices! {
    /// From which day days are counted.
    pub enum CountedFrom {
        ThatDay = "that_day", "当日为第一天", "that day is the first";
        NextDay = "next_day", "次日为第一天", "the next day is the first";
    }
}

choices! {
    /// Whose task it is.
    pub enum Assignee {
        Owner = "owner", "归属人", "the owner";
        Doer = "doer", "经办人", "whoever handled it";
        ServiceRepresentative = "service_representative", "客服专员", "the service representative";
    }
}

choices! {
    /// For which clients.
    pub enum Clients {
        All = "all", "全部客户", "all clients";
        Key = "key", "重点客户", "key clients";
    }
}

choices! {
    /// How a client is classed.
    pub enum Class {
        A = "a", "A", "A";
        B = "b", "B", "B";
        C = "c", "C", "C";
        D = "d", "D", "D";
        Potential = "potential", "潜在客户", "potential";
        Intending = "intending", "意向客户", "intending";
        Signed = "signed", "签约客户", "signed";
        Interested = "interested", "有意向", "interested";
        NotInterested = "not_interested", "无意向", "not interested";
        Important = "important", "重要", "important";
        Fixed = "fixed", "固定客户", "fixed";
        Prospect = "prospect", "期望客户", "prospect";
    }
}

choices! {
    /// Whose rhythm of contact it is: a class, or all clients, key clients, open items, a stage.
    pub enum Group {
        Everyone = "everyone", "全部客户", "everyone";
        Key = "key", "重点客户", "key";
        OpenItem = "open_item", "有未结事项的客户", "open item";
        StageFour = "stage_four", "第四阶段", "stage 4";
        A = "a", "A", "A";
        B = "b", "B", "B";
        C = "c", "C", "C";
        D = "d", "D", "D";
        Potential = "potential", "潜在客户", "potential";
        Intending = "intending", "意向客户", "intending";
        Interested = "interested", "有意向", "interested";
        NotInterested = "not_interested", "无意向", "not interested";
        Important = "important", "重要", "important";
    }
}

choices! {
    /// What a record of a follow-up is about.
    pub enum Occasion {
        Contact = "contact", "跟进", "follow-up";
        Call = "call", "通话", "call";
        Visit = "visit", "来访", "visit";
        Outing = "outing", "走访", "outing";
        Interested = "interested", "有意向", "interest";
        Invitation = "invitation", "邀约", "invitation";
        Lost = "lost", "流失", "loss";
        Question = "question", "咨询", "question";
        UnsureQuestion = "unsure_question", "待确认的咨询", "unsure question";
        Feedback = "feedback", "反馈", "feedback";
        Delay = "delay", "延期", "delay";
        Callback = "callback", "回访结果", "callback";
    }
}

choices! {
    /// What a record holds.
    pub enum Field {
        Customer = "customer", "客户资料", "customer";
        Name = "name", "姓名", "name";
        Telephone = "telephone", "电话", "telephone";
        Communication = "communication", "沟通内容", "communication";
        Outcome = "outcome", "结果", "outcome";
        Need = "need", "需求", "need";
        Intent = "intent", "意向", "intent";
        Class = "class", "客户分类", "class";
        NextTime = "next_time", "下次联系时间", "next time";
        NextChannel = "next_channel", "下次联系方式", "next channel";
        Summary = "summary", "要点小结", "summary";
        NextAction = "next_action", "下一步", "next action";
        NoNextAction = "no_next_action", "无下一步", "no next action";
        NoNextReason = "no_next_reason", "无下一步的原因", "reason for no next action";
        ReasonNotClosed = "reason_not_closed", "未成交原因", "reason not closed";
        Measure = "measure", "改进措施", "measure";
        Concern = "concern", "顾虑", "concern";
        Solution = "solution", "解决方案", "solution";
        Feedback = "feedback", "反馈", "feedback";
        Handler = "handler", "处理人", "handler";
        Status = "status", "处理状态", "status";
        Question = "question", "问题", "question";
        Answer = "answer", "答复", "answer";
        Appointment = "appointment", "预约时间", "appointment";
        Reason = "reason", "原因", "reason";
        NoticeTime = "notice_time", "告知时间", "notice time";
        ContactPerson = "contact_person", "联系人", "contact person";
        ContactTelephone = "contact_telephone", "联系电话", "contact telephone";
        StoreAddress = "store_address", "门店地址", "store address";
        StoreName = "store_name", "门店名称", "store name";
    }
}

choices! {
    /// What happens to a record that lacks something.
    pub enum Missing {
        Refused = "refused", "不予保存", "not saved";
        Asked = "asked", "保存并提示补填", "saved, and asked for";
    }
}

choices! {
    /// What stands first on a list of the day.
    pub enum Priority {
        Promised = "promised", "约定的在前", "the promised first";
        Key = "key", "重点客户在前", "key clients first";
        Overdue = "overdue", "逾期的在前", "the overdue first";
        Intention = "intention", "意向高的在前", "the more interested first";
    }
}

choices! {
    /// What is shown with a task or a client.
    pub enum Prompt {
        InviteAgain = "invite_again", "再次邀约话术", "invitation to come again";
        Referral = "referral", "请客户带新客户", "ask for a referral";
        LastSummary = "last_summary", "上次小结", "the last summary";
        AskForCallback = "ask_for_callback", "申请回访", "ask for a callback";
        Cards = "cards", "走访客户卡", "the cards of the clients to visit";
    }
}

choices! {
    /// What a client is known for.
    pub enum Tag {
        WellConnected = "well_connected", "人脉广", "well connected";
        StageFour = "stage_four", "第四阶段", "stage 4";
    }
}

choices! {
    /// How a case is handled.
    pub enum Flow {
        Problem = "problem", "问题", "problem";
        Ordinary = "ordinary", "一般", "ordinary";
        Technical = "technical", "技术故障", "technical";
    }
}

choices! {
    /// A step of handling a case.
    pub enum CaseStep {
        Find = "find", "发现", "find";
        Analyse = "analyse", "分析", "analyse";
        SolveOrSubmit = "solve_or_submit", "解决或提交", "solve or submit";
        Accept = "accept", "受理", "accept";
        Fault = "fault", "判定故障", "fault";
        TechnicalAgent = "technical_agent", "转技术坐席", "technical agent";
        VerifyHandle = "verify_handle", "核实处理", "verify and handle";
        Solve = "solve", "解决", "solve";
        Submit = "submit", "提交", "submit";
        Reply = "reply", "回复客户", "reply";
        Feedback = "feedback", "反馈", "feedback";
    }
}

choices! {
    /// When cooling-off begins.
    pub enum CoolingOff {
        LaterOfBoth = "later_of_both", "签收与生效两者中较晚者", "the later of receipt and effect";
        Receipt = "receipt", "签收之日", "the receipt";
        Effect = "effect", "生效之日", "the effect";
    }
}

choices! {
    /// What the supervisor looks at, with evidence.
    pub enum ReviewItem {
        IdleTime = "idle_time", "空闲时间用于邀约与分析客户", "idle time is used to invite and analyse";
        SituationExplored = "situation_explored", "充分了解客户情况", "situation fully explored";
        SolvedInTime = "solved_in_time", "及时解决", "solved in time";
        ClientRelations = "client_relations", "客户关系管理", "management of client relations";
        CoreConnection = "core_connection", "与核心系统无缝对接", "connection to the core system";
    }
}

choices! {
    /// Who sets the standard of grades.
    pub enum GradeStandard {
        Office = "office", "统一标准", "the office's standard";
        OwnJudgement = "own_judgement", "销售人员自定", "the salesperson's own";
    }
}

choices! {
    /// Which department is told.
    pub enum Department {
        Sales = "sales", "销售部", "sales";
        CustomerService = "customer_service", "客服部", "customer service";
    }
}

choices! {
    /// Where a lead comes from.
    pub enum LeadSource {
        Own = "own", "自寻线索", "found by oneself";
        Company = "company", "公司线索", "from the company";
    }
}

impl Class {
    /// The group whose rhythm a client of this class has.
    #[must_use]
    pub fn group(self) -> Option<Group> {
        Group::of_word(self.word())
    }

    /// How interested such a client is, the more the higher.
    #[must_use]
    pub const fn intention(self) -> u8 {
        match self {
            Self::A | Self::Important => 4,
            Self::B | Self::Interested | Self::Intending => 3,
            Self::C | Self::Potential | Self::Prospect => 2,
            Self::D | Self::Signed | Self::Fixed => 1,
            Self::NotInterested => 0,
        }
    }
}

impl Means {
    /// Whether it is a contact with the client, and not work about them.
    #[must_use]
    pub const fn is_contact(self) -> bool {
        !matches!(
            self,
            Self::Report | Self::Filing | Self::Card | Self::Check | Self::Acknowledgement
        )
    }
}
