//! The tables of registers settings.

use chrono::NaiveTime;
use rulebook::settings;

use super::words::*;
use crate::people::Role;

settings! {
    /// One form: what it holds, when it is demanded and by when.
    pub struct FormRules {
        required: Vec<Item> = (vec![]), "必填项", "what must be filled in";
        recommended: Vec<Item> = (vec![]), "建议填写项", "what is better filled in";
        refusable: Vec<Item> = (vec![]), "可勾选“客户拒绝提供”的项", "what may be ticked as refused by the client";
        incomplete: Incomplete = (Incomplete::Listed), "填写不全", "a form that lacks something";
        signature: bool = false, "须填写人签字", "whoever fills it in signs";
        demanded_by: Vec<Occasion> = (vec![]), "何时必须填写", "what demands it";
        clients: Vec<Acquaintance> = (vec![Acquaintance::New, Acquaintance::Old]), "适用的客户", "for which clients";
        due: Due = unset, "填写期限", "by when it is filled in";
        due_minutes: u32 | none = unset, "结束后几分钟内", "minutes after the end";
        due_time: NaiveTime = unset, "当日截止时间", "the time of day it is due";
        past_time: PastTime = unset, "截止后结束的接待", "what ends after that time";
        overdue: Vec<Overdue> = (vec![]), "逾期的后果", "what comes of being late";
        fine_yuan: u32 | none = unset, "逾期罚款(元)", "fine for being late, yuan";
        opens: Opens = (Opens::Asked), "何时打开表单", "when the form opens";
        copied_to: Vec<Register> = (vec![]), "同时写入", "what it is written to as well";
        handed_to: Post = unset, "移交给", "whom it is handed to";
        confirmed_by: Vec<Role> = (vec![]), "由谁签字确认后生效", "whose signature makes it final";
        checked_by: Check = (Check::Nobody), "真实性核查", "how its truth is checked";
    }
}

settings! {
    /// Numbers of rows, and the public and the personal book.
    pub struct NumberingRules {
        order: Numbering = (Numbering::Chronological), "编号顺序", "the order of numbers";
        registers: Vec<Register> = (vec![]), "统一印发的登记本", "the books that are issued";
        books: Vec<BookKind> = (vec![BookKind::Public]), "登记本", "which books are kept";
        personal: PersonalNumber = (PersonalNumber::Public), "个人登记本的编号", "the number in the personal book";
        rule: String | none = unset, "客户编号规则", "the rule for client numbers";
        reused: bool = false, "删除后编号可再用", "a number is used again after a deletion";
    }
}

settings! {
    /// Who need not be registered.
    pub struct ExemptRules {
        purposes: Vec<Purpose> = (vec![]), "无须登记者", "who need not be registered";
        counted: bool = true, "仍计入来访量", "they count as visits";
    }
}

settings! {
    /// The file of a client.
    pub struct FileRules {
        basic: Vec<Item> = (vec![]), "基本资料", "basic data";
        traits: Vec<Item> = (vec![]), "特征资料", "traits";
        sensitive: Vec<Item> = (vec![]), "敏感信息", "sensitive items";
        telephone_digits: u32 | none = unset, "电话位数", "digits of a telephone number";
        doubles: Doubles = (Doubles::Offered), "两份档案同一电话", "two files with one telephone";
        telephone_shown_to: ShownTo = (ShownTo::All), "谁可见电话", "who sees the telephone";
        keeper: bool = false, "公共资料由专人保管", "somebody is appointed to keep the public data";
        consultant_sees: Sees = (Sees::All), "置业顾问可见的客户", "which clients a consultant sees";
        handed_over_before_leaving: bool = false, "离职前须移交客户资料", "client data are handed over before leaving";
        owner_told_of: Vec<Item> = (vec![]), "他人补记时通知归属人", "what the owner is told when somebody else notes it";
        referral_link: bool = false, "记录介绍关系", "referrals are linked";
        summary_first: bool = false, "打开时先显示上次小结", "the last summary shows first";
        feedback_kinds: Vec<FeedbackKind> = (vec![]), "反馈类型", "kinds of feedback";
    }
}

settings! {
    /// Changing and deleting what is on file.
    pub struct ChangeRules {
        edit: Edit = (Edit::Audited), "修改客户信息", "changing client data";
        edit_by: Vec<Role> = unset, "谁可修改", "who may change it";
        deletion: Deletion = (Deletion::Forbidden), "删除客户信息", "deleting client data";
    }
}

settings! {
    /// Lists that are taken in.
    pub struct ListRules {
        source_required: bool = false, "导入须注明来源", "a list must name its source";
        doubles: ListDoubles = (ListDoubles::Shown), "重复的记录", "rows that are known already";
        held_back: Vec<HeldBack> = (vec![]), "暂不导入者", "who is held back";
    }
}

settings! {
    /// What is looked at regularly.
    pub struct UpkeepRules {
        daily: Vec<DailyTask> = (vec![]), "每日任务", "daily tasks";
        day_end: NaiveTime = unset, "当日结束时间", "when the day ends";
        events_per_term: u32 | none = unset, "每届任期的客户活动", "client events in a term";
        event_warning_days: u32 | none = unset, "任期结束前提醒天数", "days before the end of a term that a reminder is given";
        backup: bool = false, "每日备份", "data are backed up daily";
        backup_alarm_time: NaiveTime = unset, "备份失败报警时间", "when a failed backup is reported";
        reconciled: Vec<Reconciled> = (vec![]), "每日核对", "what is reconciled daily";
    }
}

settings! {
    /// Cards, rolls and sheets of a client.
    pub struct CardRules {
        on_file: Vec<Register> = (vec![]), "建档时生成", "made with the file";
        on_fixed: Vec<Register> = (vec![]), "成为固定客户时列入", "entered when a client becomes a fixed one";
        on_report: Vec<Register> = (vec![]), "报表批准后生成", "made when the report is approved";
        sheets: Vec<Sheet> = (vec![]), "由同一资料生成的表", "sheets made from the same data";
    }
}

settings! {
    /// Appointments.
    pub struct BookingRules {
        channels: Vec<BookingChannel> = (vec![]), "预约渠道", "ways to make an appointment";
        same_time: SameTime = (SameTime::One), "同一客户同一时间两次预约", "two bookings of one client for one time";
    }
}
