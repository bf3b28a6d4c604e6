//! What people call forms, items, classes and lists.

use crate::{
    registers::rules::{Item, Register},
    scenario::text::names,
};

/// Other names of forms.
const FORMS: &[(&str, Register)] = &[
    ("来访登记簿", Register::Visitor),
    ("来访登记本", Register::Visitor),
    ("来访登记", Register::Visitor),
    ("来客登记本", Register::Visitor),
    ("客户来访登记表", Register::Visitor),
    ("客户登记表", Register::Visitor),
    ("客户登记", Register::Visitor),
    ("到访登记表", Register::Visitor),
    ("访客登记表", Register::Visitor),
    ("来访表", Register::Visitor),
    ("visit register", Register::Visitor),
    ("visitor book", Register::Visitor),
    ("visit form", Register::Visitor),
    ("client registration", Register::Visitor),
    ("来电登记本", Register::Call),
    ("来电登记", Register::Call),
    ("来电记录", Register::Call),
    ("电话接听记录", Register::Call),
    ("接听记录", Register::Call),
    ("电话记录", Register::Call),
    ("通话记录", Register::Call),
    ("电话登记", Register::Call),
    ("通话小结", Register::Call),
    ("call record", Register::Call),
    ("call note", Register::Call),
    ("call book", Register::Call),
    ("caller book", Register::Call),
    ("call form", Register::Call),
    ("call summary", Register::Call),
    ("接待记录表", Register::ReceptionRecord),
    ("接待登记", Register::ReceptionRecord),
    ("客户信息记录", Register::CustomerInformation),
    ("客户信息登记", Register::CustomerInformation),
    ("试驾单", Register::TestDrive),
    ("试驾记录", Register::TestDrive),
    ("试乘试驾登记表", Register::TestDrive),
    ("试乘试驾记录", Register::TestDrive),
    ("试乘试驾登记", Register::TestDrive),
    ("test drive form", Register::TestDrive),
    ("test-drive register", Register::TestDrive),
    ("test drive register", Register::TestDrive),
    ("预约登记表", Register::Appointment),
    ("预约单", Register::Appointment),
    ("预约", Register::Appointment),
    ("appointment form", Register::Appointment),
    ("appointment", Register::Appointment),
    ("轮接登记表", Register::Rotation),
    ("跟踪记录", Register::FollowUpRecord),
    ("客户跟踪记录", Register::FollowUpRecord),
    ("跟进表", Register::FollowUpRecord),
    ("follow-up", Register::FollowUpRecord),
    ("follow up record", Register::FollowUpRecord),
    ("留言单", Register::Message),
    ("口讯表单", Register::Message),
    ("口讯", Register::Message),
    ("message slip", Register::Message),
    ("客流登记表", Register::Traffic),
    ("客流登记", Register::Traffic),
    ("确认单", Register::ConfirmationSlip),
    ("confirmation slip", Register::ConfirmationSlip),
    ("client slip", Register::ConfirmationSlip),
    ("客户卡", Register::ClientCard),
    ("管理卡", Register::ClientCard),
    ("client management card", Register::ClientCard),
    ("customer card", Register::ClientCard),
    ("调查表", Register::StatusSurvey),
    ("status survey", Register::StatusSurvey),
    ("survey", Register::StatusSurvey),
    ("名册", Register::ClientRoll),
    ("customer roll", Register::ClientRoll),
    ("新客户报表", Register::NewClientReport),
    ("new customer report", Register::NewClientReport),
    ("交接登记表", Register::Handover),
    ("交接记录", Register::Handover),
    ("handover record", Register::Handover),
    ("档案", Register::ClientFile),
    ("客户资料", Register::ClientFile),
    ("资料", Register::ClientFile),
    ("DMS档案", Register::ClientFile),
    ("DMS 档案", Register::ClientFile),
    ("customer file", Register::ClientFile),
    ("DMS file", Register::ClientFile),
    ("file", Register::ClientFile),
    ("反馈表", Register::VisitFeedback),
];

/// Other names of items.
const ITEMS: &[(&str, Item)] = &[
    ("电话号码", Item::Telephone),
    ("联系电话", Item::Telephone),
    ("手机", Item::Telephone),
    ("手机号", Item::Telephone),
    ("手机号码", Item::Telephone),
    ("号码", Item::Telephone),
    ("phone", Item::Telephone),
    ("phone number", Item::Telephone),
    ("telephone number", Item::Telephone),
    ("number", Item::Telephone),
    ("客户姓名", Item::Name),
    ("姓", Item::Surname),
    ("title", Item::Title),
    ("联络方式", Item::Contact),
    ("contact details", Item::Contact),
    ("日期时间", Item::Date),
    ("来访日期", Item::Date),
    ("来电日期", Item::Date),
    ("客户需求", Item::Needs),
    ("need", Item::Needs),
    ("关键信息", Item::KeyInfo),
    ("重点信息", Item::KeyInfo),
    ("客户意向", Item::Intention),
    ("购买意向", Item::Intention),
    ("意向等级", Item::Intention),
    ("intent", Item::Intention),
    ("intent grade", Item::Intention),
    ("类别", Item::Class),
    ("客户分类", Item::Class),
    ("客户类别", Item::Class),
    ("详细地址", Item::Address),
    ("来源", Item::Source),
    ("渠道", Item::Source),
    ("接待人", Item::AssignedPerson),
    ("单位", Item::Organisation),
    ("公司名称", Item::Organisation),
    ("organisation name", Item::Organisation),
    ("company", Item::Organisation),
    ("客户反馈", Item::Feedback),
    ("反馈意见", Item::Feedback),
    ("客户问题", Item::Problem),
    ("后续行动", Item::AgreedAction),
    ("agreed actions", Item::AgreedAction),
    ("处理方式", Item::Action),
    ("处理结果", Item::Outcome),
    ("沟通结果", Item::Outcome),
    ("通话结果", Item::Outcome),
    ("result", Item::Outcome),
    ("人物", Item::Person),
    ("沟通内容", Item::Communication),
    ("来访事由", Item::Purpose),
    ("目的", Item::Purpose),
    ("when", Item::When),
    ("原因", Item::Why),
    ("职务", Item::Occupation),
    ("兴趣爱好", Item::Hobbies),
    ("学历", Item::Education),
    ("住址", Item::Residence),
    ("next action", Item::NextStep),
    ("下一步计划", Item::NextStep),
    ("purpose of visit", Item::Purpose),
    ("habits", Item::Habits),
    ("key info", Item::KeyInfo),
    ("employer", Item::Occupation),
    ("外地客户", Item::OutOfTown),
];

/// Every name of every form.
#[must_use]
pub fn form_names() -> Vec<&'static str> {
    let own = Register::ALL.iter().flat_map(|register| [register.zh(), register.en()]);
    own.chain(FORMS.iter().map(|(name, _)| *name)).collect()
}

/// The form that `name` means.
pub(super) fn form(name: &str) -> Result<Register, String> {
    let plain = name.split_whitespace().collect::<Vec<_>>().join(" ");
    Register::of_name(&plain)
        .or_else(|| FORMS.iter().find(|(known, _)| *known == plain).map(|(_, form)| *form))
        .ok_or_else(|| unknown(name, "form", Register::ALL.iter().map(|form| form.zh())))
}

/// The items that a list such as `电话, 需求` names.
pub(super) fn items(list: &str) -> Result<Vec<Item>, String> {
    let parts = names(list);
    let parts = parts.iter().flat_map(|part| part.split(['和', '及', '与', '"']));
    parts.map(str::trim).filter(|part| !part.is_empty()).map(item).collect()
}

fn item(name: &str) -> Result<Item, String> {
    let plain = name.trim_start_matches("the ").trim_start_matches("a ");
    Item::of_name(plain)
        .or_else(|| ITEMS.iter().find(|(known, _)| *known == plain).map(|(_, item)| *item))
        .ok_or_else(|| unknown(name, "item of a form", Item::ALL.iter().map(|item| item.zh())))
}

/// What `find` finds for `name`, or an error that lists what there is.
pub(super) fn named<T: Copy>(
    name: &str,
    find: impl Fn(&str) -> Option<T>,
    all: &[T],
    zh: impl Fn(T) -> &'static str,
) -> Result<T, String> {
    find(name).ok_or_else(|| unknown(name, "word here", all.iter().map(|word| zh(*word))))
}

fn unknown(name: &str, what: &str, all: impl Iterator<Item = &'static str>) -> String {
    format!("`{name}` is no {what}; write one of {}", all.collect::<Vec<_>>().join(", "))
}
