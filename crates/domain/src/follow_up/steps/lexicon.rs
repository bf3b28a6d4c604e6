//! What people call things: ways of contact, classes, fields, occasions.

use crate::{
    follow_up::rules::{
        CaseStep, Class, Field, Flow, Group, LeadSource, Means, Occasion, ReviewItem, Trigger,
    },
    scenario::text::names,
};

/// What `word` names, or an error with everything that could be written.
fn known<T: Copy>(
    word: &str,
    what: &str,
    of_name: impl Fn(&str) -> Option<T>,
    all: impl Iterator<Item = &'static str>,
) -> Result<T, String> {
    let plain = word.trim().to_lowercase().replace('_', " ");
    let plain = plain.trim_start_matches("a ").trim_start_matches("an ").trim_start_matches("the ");
    of_name(word.trim())
        .or_else(|| of_name(plain))
        .or_else(|| of_name(&plain.replace(' ', "_")))
        .ok_or_else(|| {
            format!("`{word}` is no {what}; write one of {}", all.collect::<Vec<_>>().join(", "))
        })
}

/// The way of contact that `word` names.
pub(super) fn means(word: &str) -> Result<Means, String> {
    let name = |name: &str| {
        Some(match name {
            "致电" | "打电话" | "来电" | "通话" | "电话联系" | "去电" | "phone" | "phone call"
            | "telephone" | "calling" | "calls" => Means::Call,
            "微信" | "消息" | "信息" | "发短信" | "发信息" | "sms" | "text" | "text message"
            | "messages" | "wechat" => Means::Message,
            "拜访" | "上门" | "上门拜访" | "家访" | "登门拜访" | "home visit" | "visits" => {
                Means::Visit
            }
            "问候" | "祝福" | "节日祝福" | "holiday wish" | "greetings" | "wish" => {
                Means::Greeting
            }
            "礼物" | "纪念品" | "送礼" | "souvenir" | "gifts" => Means::Gift,
            "活动" | "聚会" | "联谊" | "get together" | "party" => Means::Event,
            "回答" | "回复" | "reply" => Means::Answer,
            "宣传册" | "brochure" | "资料寄送" => Means::Material,
            "文件" | "paper" | "paper documents" | "delivery" => Means::Document,
            "电子邮件" | "e-mail" | "mail" => Means::Email,
            other => return Means::of_name(other),
        })
    };
    known(word, "way of contact", name, Means::ALL.iter().map(|means| means.zh()))
}

/// The class that `word` names.
pub(super) fn class(word: &str) -> Result<Class, String> {
    let name = |name: &str| {
        let bare = name.trim_end_matches(['类', '级']).trim_end_matches("客户");
        Some(match bare {
            "A" => Class::A,
            "B" => Class::B,
            "C" => Class::C,
            "D" => Class::D,
            "潜在" => Class::Potential,
            "意向" | "intended" => Class::Intending,
            "签约" | "已签约" | "成交" => Class::Signed,
            "有意" | "意向强" => Class::Interested,
            "无意" | "暂无意向" | "没有意向" | "uninterested" => Class::NotInterested,
            "固定" => Class::Fixed,
            "期望" => Class::Prospect,
            _ => return Class::of_name(name).or_else(|| Class::of_name(bare)),
        })
    };
    known(word, "class", name, Class::ALL.iter().map(|class| class.zh()))
}

/// The group of clients that `word` names.
pub(super) fn group(word: &str) -> Result<Group, String> {
    let name = |name: &str| {
        let bare = name.trim_end_matches("客户");
        Some(match bare {
            "所有" | "全部" | "all" | "all clients" => Group::Everyone,
            "重点" | "大" | "key clients" => Group::Key,
            "未结事项" | "有未结事项的" | "open items" => Group::OpenItem,
            "第四阶段" | "4阶段" | "stage four" | "stage 4" => Group::StageFour,
            _ => return Group::of_name(name).or_else(|| class(name).ok().and_then(Class::group)),
        })
    };
    known(word, "group of clients", name, Group::ALL.iter().map(|group| group.zh()))
}

/// What happened, by the name that people give it.
pub(super) fn trigger(word: &str) -> Result<Trigger, String> {
    let name = |name: &str| {
        Some(match name {
            "来访" | "接待" | "接待结束" | "reception" | "visit" => Trigger::Visit,
            "来电" | "通话" | "call" => Trigger::Call,
            "前台来电" | "desk call" => Trigger::DeskCall,
            "登记" | "新客户" | "registration" | "new client" => Trigger::Registration,
            "邀请" | "invitation" => Trigger::Invitation,
            "分配" | "allotment" => Trigger::Allotment,
            "签约" | "deal" => Trigger::Deal,
            "交货" | "送货" | "delivery" => Trigger::Delivery,
            "moved in" => Trigger::MovedIn,
            "提问" | "问题" | "咨询" | "一般问题" | "question" => Trigger::Question,
            "需商议的问题" | "须商议的问题" | "special question" => {
                Trigger::SpecialQuestion
            }
            "待确认" | "待确认问题" | "unsure question" => Trigger::UnsureQuestion,
            "要求" | "需求" | "索取资料" | "资料" | "request" | "material" => {
                Trigger::Request
            }
            "未决" | "undecided" => Trigger::Undecided,
            "顾虑" | "concern" => Trigger::Concern,
            "约定" | "promise" | "appointment" | "agreed time" => Trigger::Promise,
            "节日" | "holiday" | "festival" | "greeting" | "问候" | "节日问候" => {
                Trigger::Holiday
            }
            "同意" | "投保同意" | "consent" | "文件送达" | "paper delivery" => {
                Trigger::Consent
            }
            "订单进度" | "order" => Trigger::Order,
            "拜访" | "走访" | "visit card" | "访问卡" => Trigger::Outing,
            "短信" | "消息" | "message" => Trigger::Message,
            "每日检查" | "日常检查" | "daily check" => Trigger::WorkingDay,
            "回访" | "定期回访" | "定期联系" | "revisit" | "callback" => Trigger::Silence,
            "计划" | "plan" => Trigger::Plan,
            "每周走访" | "weekly visit" => Trigger::Period,
            other => return Trigger::of_name(other),
        })
    };
    known(word, "thing to follow up", name, Trigger::ALL.iter().map(|trigger| trigger.zh()))
}

/// What a record is about.
pub(super) fn occasion(word: &str) -> Result<Occasion, String> {
    let name = |name: &str| {
        Some(match name {
            "来电" | "电话" | "call" => Occasion::Call,
            "接待" | "reception" => Occasion::Visit,
            "拜访" | "outing" | "home visit" => Occasion::Outing,
            "回访" | "联系" | "contact" => Occasion::Contact,
            "放弃" | "lost" => Occasion::Lost,
            other => return Occasion::of_name(other),
        })
    };
    known(word, "record", name, Occasion::ALL.iter().map(|occasion| occasion.zh()))
}

/// The fields that a list names.
pub(super) fn fields(list: &str) -> Result<Vec<Field>, String> {
    let name = |name: &str| {
        Some(match name {
            "客户" | "client" => Field::Customer,
            "联系方式" | "电话号码" | "号码" | "phone" | "number" | "contact" => {
                Field::Telephone
            }
            "下次时间" | "下次跟进时间" | "下次联系" | "时间" => Field::NextTime,
            "下次方式" | "方式" | "联系方法" | "channel" | "manner" => Field::NextChannel,
            "购买意向" | "意向等级" | "intention" | "interest" => Field::Intent,
            "通话结果" | "结果" | "result" => Field::Outcome,
            "沟通记录" | "沟通" => Field::Communication,
            "小结" | "总结" => Field::Summary,
            "下一步计划" | "下一步行动" | "next step" => Field::NextAction,
            "原因分析" | "未成交的原因" | "why not closed" => Field::ReasonNotClosed,
            "措施" | "measures" => Field::Measure,
            "关注点" | "关注" | "concerns" | "worry" => Field::Concern,
            "解决办法" | "方案" => Field::Solution,
            "需要" | "needs" => Field::Need,
            "分类" | "类别" | "等级" => Field::Class,
            "客户反馈" | "意见" => Field::Feedback,
            "处理状态" | "状态" => Field::Status,
            "预约" | "邀约时间" | "appointment time" | "appointment at" => Field::Appointment,
            "延期原因" | "理由" => Field::Reason,
            "通知时间" | "notice" | "notice time" => Field::NoticeTime,
            "联系电话" | "contact phone" => Field::ContactTelephone,
            "地址" | "address" => Field::StoreAddress,
            "店名" => Field::StoreName,
            other => return Field::of_name(other),
        })
    };
    names(list)
        .iter()
        .map(|field| {
            known(field, "item of a record", name, Field::ALL.iter().map(|field| field.zh()))
        })
        .collect()
}

/// How a case is handled.
pub(super) fn flow(word: &str) -> Result<Flow, String> {
    let name = |name: &str| {
        Some(match name {
            "技术" | "故障" | "技术问题" | "technical fault" | "fault" => Flow::Technical,
            "普通" | "一般问题" | "service" => Flow::Ordinary,
            other => return Flow::of_name(other),
        })
    };
    known(word, "way to handle a case", name, Flow::ALL.iter().map(|flow| flow.zh()))
}

/// A step of a case.
pub(super) fn case_step(word: &str) -> Result<CaseStep, String> {
    let name = |name: &str| {
        Some(match name {
            "接受" | "accepted" => CaseStep::Accept,
            "查找" | "发现问题" => CaseStep::Find,
            "分析问题" => CaseStep::Analyse,
            "解决问题" | "处理" => CaseStep::Solve,
            "提交问题" | "上报" => CaseStep::Submit,
            "回复" | "答复客户" | "reply to the client" => CaseStep::Reply,
            "反馈问题" | "feed back" => CaseStep::Feedback,
            "故障" | "判断故障" => CaseStep::Fault,
            "技术坐席" | "转技术" => CaseStep::TechnicalAgent,
            "核实" | "核实并处理" | "verify" => CaseStep::VerifyHandle,
            other => return CaseStep::of_name(other),
        })
    };
    known(word, "step", name, CaseStep::ALL.iter().map(|step| step.zh()))
}

/// Where leads come from.
pub(super) fn source(word: &str) -> Result<LeadSource, String> {
    let name = |name: &str| match name {
        "自寻" | "自己" | "自己找的" | "self" | "self found" | "own" => {
            Some(LeadSource::Own)
        }
        "公司" | "公司提供" | "company" | "company list" => Some(LeadSource::Company),
        other => LeadSource::of_name(other),
    };
    known(word, "source", name, LeadSource::ALL.iter().map(|source| source.zh()))
}

/// What the supervisor looks at.
pub(super) fn review_item(word: &str) -> Result<ReviewItem, String> {
    let name = |name: &str| match name {
        "空闲时间" | "idle time" => Some(ReviewItem::IdleTime),
        "充分了解" | "充分了解情况" => Some(ReviewItem::SituationExplored),
        "客户关系" | "crm" | "client relations" => Some(ReviewItem::ClientRelations),
        "系统对接" | "interface" => Some(ReviewItem::CoreConnection),
        other => ReviewItem::of_name(other),
    };
    known(word, "item of a review", name, ReviewItem::ALL.iter().map(|item| item.zh()))
}
