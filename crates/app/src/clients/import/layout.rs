//! The columns of a file of clients, and the headings that are understood as each.

use crate::workbook::{Column, SheetLayout};

const fn column(key: &'static str, zh: &'static str, en: &'static str) -> Column {
    Column { key, zh, en, note: ["", ""] }
}

/// The sheet of clients.
pub const LAYOUT: &[SheetLayout] = &[SheetLayout {
    key: "clients",
    zh: "客户",
    en: "Clients",
    columns: &[
        Column {
            key: "name",
            zh: "姓名",
            en: "Name",
            note: ["姓名与电话至少填一项", "name or telephone must be given"],
        },
        Column {
            key: "telephone",
            zh: "电话",
            en: "Telephone",
            note: ["11 位手机，或区号加座机", "11 digits, or area code and number"],
        },
        column("telephone_2", "电话2", "Telephone 2"),
        column("telephone_3", "电话3", "Telephone 3"),
        Column {
            key: "kind",
            zh: "类别",
            en: "Kind",
            note: ["个人、家庭或企业；空白为个人", "person, household or company"],
        },
        column("company", "单位", "Company"),
        column("plate", "车牌", "Plate"),
        Column {
            key: "grade",
            zh: "意向等级",
            en: "Grade",
            note: ["A、B、C 或 D", "A, B, C or D"],
        },
        Column {
            key: "source",
            zh: "来源",
            en: "Source",
            note: [
                "来访、来电、外拓、网络、渠道报备、老带新、其他",
                "visit, call, outreach, web, filing, referral, other",
            ],
        },
        column("class", "客户分类", "Class"),
        column("needs", "需求", "Needs"),
        column("address", "地址", "Address"),
        Column {
            key: "owner",
            zh: "归属人",
            en: "Owner",
            note: ["本案场在职人员的姓名；空白为无归属", "somebody of the site; empty: nobody's"],
        },
        Column {
            key: "since",
            zh: "归属日期",
            en: "Owner since",
            note: ["如 2026-05-01；空白为今天", "such as 2026-05-01; empty: today"],
        },
        Column {
            key: "followed",
            zh: "最近跟进",
            en: "Last follow-up",
            note: ["如 2026-05-01", "such as 2026-05-01"],
        },
        Column { key: "closed", zh: "已成交", en: "Closed", note: ["是/否", "yes/no"] },
        column("notes", "备注", "Notes"),
    ],
}];

/// What else a heading may say.
const OTHERWISE: &[(&str, &[&str])] = &[
    ("name", &["客户姓名", "客户名称", "客户", "名字", "full name", "client", "client name"]),
    (
        "telephone",
        &[
            "手机",
            "手机号",
            "手机号码",
            "联系电话",
            "电话号码",
            "电话1",
            "联系方式",
            "phone",
            "mobile",
            "tel",
            "telephone 1",
        ],
    ),
    ("telephone_2", &["手机2", "备用电话", "第二电话", "其他电话", "phone 2", "mobile 2"]),
    ("telephone_3", &["手机3", "第三电话", "phone 3", "mobile 3"]),
    ("kind", &["客户类别", "客户类型", "类型", "type"]),
    (
        "company",
        &["公司", "公司名称", "单位名称", "工作单位", "企业", "organisation", "organization"],
    ),
    ("plate", &["车牌号", "车牌号码", "number plate", "license plate"]),
    ("grade", &["意向", "等级", "客户等级", "意向级别", "客户级别", "intention", "level"]),
    ("source", &["客户来源", "渠道", "来访渠道", "获知途径", "channel"]),
    ("class", &["分类", "标签", "tag", "category"]),
    ("needs", &["客户需求", "意向需求", "意向户型", "requirements", "need"]),
    ("address", &["住址", "联系地址", "居住地址", "家庭住址"]),
    (
        "owner",
        &[
            "置业顾问",
            "销售",
            "销售顾问",
            "顾问",
            "业务员",
            "跟进人",
            "consultant",
            "agent",
            "sales",
        ],
    ),
    (
        "since",
        &[
            "登记日期",
            "登记时间",
            "首访日期",
            "来访日期",
            "首次来访",
            "registered",
            "registered on",
            "date",
        ],
    ),
    ("followed", &["最近跟进日期", "最后跟进", "最后跟进时间", "last contact", "followed up"]),
    ("closed", &["是否成交", "成交", "deal closed", "bought"]),
    ("notes", &["说明", "备注信息", "remark", "remarks", "note"]),
];

/// Every column.
pub fn columns() -> impl Iterator<Item = &'static Column> {
    LAYOUT.iter().flat_map(|sheet| sheet.columns)
}

/// The column with this key.
#[must_use]
pub fn column_of(key: &str) -> Option<&'static Column> {
    columns().find(|column| column.key == key)
}

/// For each of `headings` the column that it is understood as, each column once.
#[must_use]
pub fn guess(headings: &[String]) -> Vec<Option<String>> {
    let mut taken: Vec<&str> = Vec::new();
    let mut guessed = Vec::new();
    for heading in headings {
        let plain = plain(heading);
        let named = LAYOUT.iter().find_map(|sheet| sheet.column(&plain)).map(|column| column.key);
        let otherwise = OTHERWISE.iter().find(|(_, words)| words.contains(&plain.as_str()));
        let key = named.or(otherwise.map(|(key, _)| *key));
        let key = key.filter(|key| !plain.is_empty() && !taken.contains(key));
        taken.extend(key);
        guessed.push(key.map(str::to_owned));
    }
    guessed
}

/// A heading without width, stars and brackets: `* 联系电话（必填）` is `联系电话`.
fn plain(heading: &str) -> String {
    let half = heading.chars().map(super::super::telephone::half_width);
    let text: String = half.filter(|char| !matches!(char, '*' | ':')).collect();
    let text = text.split(['(', '[']).next().unwrap_or_default();
    text.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guessed(headings: &[&str]) -> Vec<String> {
        let headings: Vec<String> = headings.iter().map(|text| (*text).to_owned()).collect();
        guess(&headings).into_iter().map(Option::unwrap_or_default).collect()
    }

    #[test]
    fn headings_of_both_languages_and_many_habits_are_understood() {
        assert_eq!(
            guessed(&["客户姓名", "*手机号（必填）", "置业顾问"]),
            ["name", "telephone", "owner"]
        );
        assert_eq!(guessed(&["Name", "MOBILE", "Consultant"]), ["name", "telephone", "owner"]);
    }

    #[test]
    fn a_column_is_taken_once_and_what_is_unknown_is_left_out() {
        assert_eq!(guessed(&["电话", "手机", "星座", ""]), ["telephone", "", "", ""]);
    }
}
