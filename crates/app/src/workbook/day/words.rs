//! The words that the sheets of a day use, in Chinese and English.

use domain::rotation::{
    day::Instruction,
    rules::{AbsenceKind, BreachKind, BusyKind, MakeUpKind, Unfit},
    state::{Came, Channel, Purpose},
};

pub(super) fn absence(word: &str) -> Option<AbsenceKind> {
    AbsenceKind::of_name(word)
}

pub(crate) fn channel(word: &str) -> Option<Channel> {
    match word {
        "" | "到访" | "上门" | "door" => Some(Channel::WalkIn),
        "来电" | "电话" | "telephone" => Some(Channel::Phone),
        _ => None,
    }
}

pub(crate) fn came(word: &str) -> Option<Came> {
    match word {
        "" | "自然到访" | "自然" | "naturally" => Some(Came::Naturally),
        "外拓" | "outreach" => Some(Came::Outreach),
        "来电" | "phoned" => Some(Came::Phoned),
        "联系过" | "contacted" => Some(Came::Contacted),
        _ => None,
    }
}

pub(crate) fn purpose(word: &str) -> Option<Purpose> {
    match word {
        "" | "购房" | "buying" => Some(Purpose::Buying),
        "咨询" | "路过咨询" | "enquiry" => Some(Purpose::Enquiry),
        "资料" | "只取资料" | "material" => Some(Purpose::Material),
        "非购房" | "市调" | "同行" | "推销" | "not buying" => Some(Purpose::NonBuyer),
        "非看房" | "not viewing" => Some(Purpose::NonViewing),
        _ => None,
    }
}

pub(super) fn instruction(word: &str, number: Option<u32>) -> Option<Instruction> {
    Some(match word {
        "协助成交" | "helping a colleague close" => Instruction::Busy(BusyKind::HelpingClose),
        "接听热线" | "on the hotline" => Instruction::Busy(BusyKind::Hotline),
        "空闲" | "free" => Instruction::Free,
        "通知前台" | "notice" => Instruction::Notice,
        "放弃轮次" | "gives up" => Instruction::GiveUp,
        "经认可放弃" | "gives up excused" => Instruction::GiveUpExcused,
        "拒接来客" | "declines" => Instruction::Decline,
        "补接" | "make-up" => Instruction::MakeUp(MakeUpKind::Ordinary),
        "优先补接" | "priority make-up" => Instruction::MakeUp(MakeUpKind::Priority),
        "许可再接" | "permit" => Instruction::Permit,
        "停接" | "suspend" => Instruction::Suspend(number?),
        "恢复" | "lift" => Instruction::Lift,
        "培训" | "training" => Instruction::Unfit(Unfit::Training),
        "身体不适" | "unwell" => Instruction::Unfit(Unfit::Unwell),
        "其他工作" | "other work" => Instruction::Unfit(Unfit::OtherWork),
        "离职" | "leaving" => Instruction::Unfit(Unfit::Leaving),
        "恢复接待" | "fit" => Instruction::Fit,
        other => Instruction::Breach(BreachKind::of_name(other)?),
    })
}
