//! The sheet of what a replay found.

use super::{Column, SheetLayout};

const fn column(key: &'static str, zh: &'static str, en: &'static str) -> Column {
    Column { key, zh, en, note: ["", ""] }
}

/// The sheet of a replay 重演, one line for each difference.
pub const REPLAY: SheetLayout = SheetLayout {
    key: "replay",
    zh: "重演",
    en: "Replay",
    columns: &[
        column("kind", "类别", "Kind"),
        column("at", "时间", "At"),
        column("about", "事项", "What"),
        column("then", "当时", "Then"),
        column("situation_then", "当时情形", "Situation then"),
        column("turn_then", "当时用谁的轮次", "Turn then"),
        column("clauses_then", "当时条款", "Clauses then"),
        column("reasons_then", "当时理由", "Reasons then"),
        column("would", "按这一版", "By this version"),
        column("situation_would", "按这一版的情形", "Situation by this version"),
        column("turn_would", "按这一版用谁的轮次", "Turn by this version"),
        column("clauses_would", "按这一版的条款", "Clauses of this version"),
        column("reasons_would", "按这一版的理由", "Reasons by this version"),
        column("missing", "未记录的事", "Not recorded"),
    ],
};
