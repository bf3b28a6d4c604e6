//! The words that registers rules are written in.

use rulebook::choices;

mod forms;

pub use forms::{Item, Register};

choices! {
    /// What a form that lacks something comes to.
    pub enum Incomplete {
        Listed = "listed", "保存并列为不完整", "kept, and listed as incomplete";
        Refused = "refused", "不予保存", "not saved";
        NotCounted = "not_counted", "保存但不计,补全之日起计", "kept, and counted from its completion";
    }
}

choices! {
    /// What demands a form.
    pub enum Occasion {
        Visit = "visit", "来访", "a visit";
        Call = "call", "来电", "a call";
        TestDrive = "test_drive", "试乘试驾", "a test drive";
        Standing = "standing", "站岗", "standing duty";
        Intake = "intake", "平板录入", "an entry on the tablet";
        Duty = "duty", "值班", "a duty shift";
        Outgoing = "outgoing", "外呼", "an outgoing call";
    }
}

choices! {
    /// Whether a client has been here before.
    pub enum Acquaintance {
        New = "new", "新客户", "new clients";
        Old = "old", "老客户", "old clients";
    }
}

choices! {
    /// By when a form is filled in.
    pub enum Due {
        Departure = "departure", "客户离开或通话结束前", "before the client leaves or the call ends";
        Minutes = "minutes", "结束后若干分钟内", "within minutes of the end";
        Time = "time", "当日规定时间前", "by a time of the day";
        DayEnd = "day_end", "当日结束前", "by the end of the day";
    }
}

choices! {
    /// When a form is due for what ends after the time of the day.
    pub enum PastTime {
        NextDay = "next_day", "顺延至次日", "on the next day";
        SameDay = "same_day", "仍以当日为限", "on the same day";
    }
}

choices! {
    /// What comes of a form that is not there in time.
    pub enum Overdue {
        Reminder = "reminder", "提醒本人", "the person is reminded";
        SupervisorList = "supervisor_list", "列给主管", "it is listed for the supervisor";
        TurnWithheld = "turn_withheld", "补登前不派下一轮", "no next turn until it is there";
        Fine = "fine", "提议罚款", "a fine is proposed";
    }
}

choices! {
    /// When a form opens by itself.
    pub enum Opens {
        Asked = "asked", "需要时", "when asked for";
        Ring = "ring", "响铃或接听时", "when the telephone rings";
        Connection = "connection", "接通时", "when the call connects";
    }
}

choices! {
    /// Posts that forms and data go to.
    pub enum Post {
        TestDriveOfficer = "test_drive_officer", "试驾专员", "the test-drive officer";
        SalesManager = "sales_manager", "销售经理", "the sales manager";
        CustomerService = "customer_service", "客户服务部", "customer service";
        Departments = "departments", "相关部门", "the departments concerned";
    }
}

choices! {
    /// How the truth of a form is checked.
    pub enum Check {
        Nobody = "nobody", "不核查", "not checked";
        SampleCallback = "sample_callback", "抽样回访", "by sampled call-backs";
    }
}

choices! {
    /// How rows are numbered.
    pub enum Numbering {
        Chronological = "chronological", "按先后依次编号,不得插入", "in the order of arrival, none slipped in";
        Free = "free", "不限", "as one likes";
    }
}

choices! {
    /// Which books are kept.
    pub enum BookKind {
        Public = "public", "公共登记本", "the public book";
        Personal = "personal", "个人登记本", "the personal book";
    }
}

choices! {
    /// What number a client has in the personal book.
    pub enum PersonalNumber {
        Public = "public", "与公共登记本一致", "that of the public book";
        Own = "own", "自行编号", "one of its own";
    }
}

choices! {
    /// What somebody wants who need not be registered.
    pub enum Purpose {
        Survey = "survey", "市场调查", "a market survey";
        Inspection = "inspection", "考察", "an inspection";
        Sightseeing = "sightseeing", "参观", "sightseeing";
        NoIntention = "no_intention", "无购买意向", "no intention to buy";
        WrongNumber = "wrong_number", "打错电话", "a wrong number";
        SalesPitch = "sales_pitch", "推销", "a sales pitch";
        Advertising = "advertising", "广告", "advertising";
        ProductNotCarried = "product_not_carried", "所需产品本公司没有", "a product not carried";
    }
}

choices! {
    /// How client data are changed.
    pub enum Edit {
        Audited = "audited", "可改,保留原值、修改人和时间", "changed, with the old value, the editor and the time kept";
        Permission = "permission", "有权者方可修改", "only by whoever is entitled";
        Approval = "approval", "须审批后修改", "after approval";
    }
}

choices! {
    /// Whether client data may be deleted.
    pub enum Deletion {
        Forbidden = "forbidden", "禁止", "forbidden";
        Allowed = "allowed", "允许", "allowed";
    }
}

choices! {
    /// What happens to two files with one telephone.
    pub enum Doubles {
        Offered = "offered", "提示合并", "offered for merging";
        Refused = "refused", "不予建档", "the second is refused";
        Kept = "kept", "各自保留", "both are kept";
    }
}

choices! {
    /// Who sees a telephone number.
    pub enum ShownTo {
        All = "all", "全部员工", "all staff";
        Owner = "owner", "仅归属人", "the owner only";
    }
}

choices! {
    /// Which clients a consultant sees.
    pub enum Sees {
        All = "all", "全部", "all";
        Own = "own", "本人的", "their own";
    }
}

choices! {
    /// Kinds of feedback.
    pub enum FeedbackKind {
        Feedback = "feedback", "反馈意见", "feedback";
        Suggestion = "suggestion", "建议", "a suggestion";
        Complaint = "complaint", "投诉", "a complaint";
    }
}

choices! {
    /// What happens to a row of a list that is known already.
    pub enum ListDoubles {
        Shown = "shown", "列出不导入", "shown, and not taken in";
        TakenIn = "taken_in", "照样导入", "taken in all the same";
    }
}

choices! {
    /// Which numbers of a list are held back.
    pub enum HeldBack {
        Owned = "owned", "已有归属", "owned already";
        DoNotCall = "do_not_call", "禁拨", "on the do-not-call list";
    }
}

choices! {
    /// Tasks of every working day.
    pub enum DailyTask {
        TidyContacts = "tidy_contacts", "整理通讯录", "tidy the contacts";
        CheckOnlineClients = "check_online_clients", "查看网络客户信息", "check online clients";
    }
}

choices! {
    /// What is reconciled every day.
    pub enum Reconciled {
        Deals = "deals", "成交与核心系统", "deals with the core system";
        Recordings = "recordings", "成交与录音", "deals with recordings";
        ClientInformation = "client_information", "成交与客户信息", "deals with client data";
    }
}

choices! {
    /// Sheets made from the client files.
    pub enum Sheet {
        Directory = "directory", "客户目录表", "the client directory";
        Grades = "grades", "客户等级分类表", "the sheet of grades";
        Routes = "routes", "客户路序分类表", "the sheet of routes";
        RouteDetails = "route_details", "客户路序状况明细卡", "the route detail card";
    }
}

choices! {
    /// Ways to make an appointment.
    pub enum BookingChannel {
        Telephone = "telephone", "电话", "by telephone";
        Mail = "mail", "邮件", "by e-mail";
        Online = "online", "在线平台", "online";
    }
}

choices! {
    /// What two bookings of one client for one time are.
    pub enum SameTime {
        One = "one", "合为一个预约", "one appointment";
        Two = "two", "两个预约", "two appointments";
    }
}
