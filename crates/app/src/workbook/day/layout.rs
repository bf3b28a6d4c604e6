//! The sheets and columns of a day's workbook.

use super::super::{Column, SheetLayout};

const fn column(
    key: &'static str,
    zh: &'static str,
    en: &'static str,
    note_zh: &'static str,
    note_en: &'static str,
) -> Column {
    Column { key, zh, en, note: [note_zh, note_en] }
}

const NAME: Column = column("name", "姓名", "name", "与其他表一致", "the same in all sheets");

/// The sheets of a day's workbook.
pub const LAYOUT: &[SheetLayout] = &[
    SheetLayout {
        key: "sign_in",
        zh: "签到",
        en: "sign-in",
        columns: &[
            NAME,
            column(
                "at",
                "签到",
                "signed in",
                "如 08:30;空白表示在表上而未到岗",
                "such as 08:30; empty: on the table, not there",
            ),
            column("out", "签退", "signed out", "", ""),
            column("team", "组别", "team", "", ""),
            column("number", "编号", "number", "", ""),
            column("rank", "上月排名", "last month's rank", "1 为最好", "1 is best"),
            column("result", "前一日成交", "deals of the day before", "", ""),
            column("batch", "批次", "batch", "1 或 2", "1 or 2"),
            column("shift_from", "班次起", "shift from", "", ""),
            column("shift_to", "班次止", "shift to", "", ""),
            column("duty", "值班", "on duty", "是/否", "yes/no"),
            column("off_rotation", "不参加轮排", "off rotation", "是/否", "yes/no"),
            column("uncertified", "未达上岗要求", "not certified", "是/否", "yes/no"),
            column("delegate", "委托代接人", "delegate", "", ""),
        ],
    },
    SheetLayout {
        key: "outings",
        zh: "离场",
        en: "outings",
        columns: &[
            NAME,
            column("left", "离开", "left", "", ""),
            column(
                "kind",
                "事由",
                "kind",
                "未报备、私事、公事、请假、用餐、短暂离开",
                "unreported, private business, business, leave, a meal, a short absence",
            ),
            column(
                "approved",
                "批准",
                "approved",
                "是/否;空白表示无人答复",
                "yes/no; empty: nobody said",
            ),
            column(
                "answered",
                "批准时间",
                "answered at",
                "空白表示离开前",
                "empty: before leaving",
            ),
            column("back", "返回", "back", "", ""),
        ],
    },
    SheetLayout {
        key: "visits",
        zh: "来访",
        en: "visits",
        columns: &[
            column("mark", "序号", "no.", "", ""),
            column("arrived", "到访", "arrived", "", ""),
            column("left", "离开", "left", "", ""),
            column("client", "客户", "client", "", ""),
            column("channel", "方式", "by", "到访、来电", "door, telephone"),
            column("owner", "归属人", "owner", "老客户归谁", "whose client it is"),
            column("closed", "已成交", "closed", "是/否", "yes/no"),
            column(
                "came",
                "来源",
                "came by",
                "自然到访、外拓、来电、联系过",
                "naturally, outreach, phoned, contacted",
            ),
            column("contact", "联系人", "contact", "谁邀约或接过电话", "who invited or answered"),
            column("named", "点名", "names", "客户点名找谁", "whom the visitor names"),
            column(
                "introducer_owner",
                "介绍人归属",
                "introducer's owner",
                "介绍人是谁的客户",
                "whose client introduced them",
            ),
            column("introducer_closed", "介绍人已成交", "introducer closed", "是/否", "yes/no"),
            column(
                "purpose",
                "目的",
                "purpose",
                "购房、咨询、资料、非购房、非看房",
                "buying, enquiry, material, not buying, not viewing",
            ),
            column("property_owner", "业主", "property owner", "是/否", "yes/no"),
            column("people", "人数", "people", "", ""),
            column("households", "户数", "households", "", ""),
            column("team", "组别", "team", "", ""),
            column("assigned", "主管指派", "assigned to", "", ""),
            column("delegated", "轮到者指派", "passed to", "", ""),
            column(
                "answer",
                "归属人答复",
                "owner's answer",
                "同时接待、未指定、联系不上,或被指定人的姓名",
                "both, nobody, unreachable, or a name",
            ),
            column("found_at", "发现时间", "found at", "", ""),
            column(
                "found",
                "发现情形",
                "found",
                "同事老客户、同事成交客户、非购房转交、非购房续接、成交",
                "colleague's open client, colleague's closed client, not a buyer handed over, not a buyer kept, deal",
            ),
            column("found_owner", "发现归属", "found owner", "同事姓名", "the colleague"),
            column("received_by", "登记接待人", "received by", "用来对照", "to compare with"),
        ],
    },
    SheetLayout {
        key: "steps",
        zh: "其他",
        en: "steps",
        columns: &[
            column("at", "时间", "at", "", ""),
            NAME,
            column(
                "what",
                "事项",
                "what",
                "协助成交、接听热线、空闲、通知前台、放弃轮次、经认可放弃、拒接来客、补接、优先补接、许可再接、停接、恢复、培训、身体不适、其他工作、离职、恢复接待,或违规名称",
                "helping a colleague close, on the hotline, free, notice, gives up, gives up excused, declines, make-up, priority make-up, permit, suspend, lift, training, unwell, other work, leaving, fit, or a breach",
            ),
            column("number", "数值", "number", "停接天数", "days of suspension"),
        ],
    },
];
