//! The sheet of a visitor register that leaves the house.

use super::{Column, SheetLayout};

const fn column(key: &'static str, zh: &'static str, en: &'static str) -> Column {
    Column { key, zh, en, note: ["", ""] }
}

/// The sheet of a visitor register 来访登记表, one line for each visit.
pub const REGISTER: SheetLayout = SheetLayout {
    key: "register",
    zh: "来访登记表",
    en: "Visitor register",
    columns: &[
        column("number", "序号", "No."),
        column("arrived", "到访时间", "Arrived"),
        column("visitor", "来访者", "Visitor"),
        column("telephone", "电话", "Telephone"),
        column("people", "人数", "People"),
        column("situation", "情形", "Situation"),
        column("source", "来访方式", "Came by"),
        column("purpose", "目的", "Purpose"),
        column("receiver", "接待人", "Receiver"),
        column("started", "开始接待", "Started"),
        column("ended", "结束接待", "Ended"),
        column("clauses", "依据条款", "Clauses"),
        column("remark", "备注", "Remark"),
    ],
};
