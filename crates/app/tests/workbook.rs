//! Workbooks of a day: templates are read back, every mistake is named with its place.

use app::workbook::{
    self, Mistake,
    day::{self, LAYOUT},
    write_csv, write_xlsx,
};

fn csv(name: &str, text: &str) -> workbook::Sheet {
    workbook::read(&format!("{name}.csv"), text.as_bytes()).unwrap().remove(0)
}

/// What is wrong with a day of one sign-in and these rows.
fn mistakes(sheet: &str, text: &str) -> Vec<Mistake> {
    let mut sheets = vec![csv("签到", "姓名,签到\n甲,08:30\n"), csv(sheet, text)];
    if sheet != "来访" {
        sheets.push(csv("来访", "序号,到访,客户\n1,09:00,王先生\n"));
    }
    day::read(&sheets).unwrap_err()
}

#[track_caller]
fn check(sheet: &str, text: &str, place: (&str, u32, &str), message: &str, hint: &str) {
    let told = mistakes(sheet, text);
    assert_eq!(told.len(), 1, "{told:?}");
    let found = (told[0].sheet.as_str(), told[0].row, told[0].column.as_str());
    assert_eq!(found, place, "{}", told[0]);
    assert!(told[0].message.contains(message), "{}", told[0]);
    assert!(told[0].hint.contains(hint), "{}", told[0]);
}

#[test]
fn a_time_that_is_none_is_named() {
    let text = "序号,到访,客户\n1,09:00,王先生\n2,25:10,李先生\n";
    check("来访", text, ("来访", 3, "到访"), "`25:10` is no time of day", "09:30");
}

#[test]
fn a_missing_client_and_a_missing_time_are_named() {
    check("来访", "到访,客户\n09:00,\n", ("来访", 2, "客户"), "nothing is written", "fill");
    check("来访", "到访,客户\n,王先生\n", ("来访", 2, "到访"), "no time is written", "09:30");
}

#[test]
fn leaving_before_arriving_is_named() {
    let text = "到访,离开,客户\n09:30,09:10,王先生\n";
    check("来访", text, ("来访", 2, "离开"), "before the arrival", "correct");
    let text = "姓名,离开,事由,返回\n甲,10:00,用餐,09:00\n";
    check("离场", text, ("离场", 2, "返回"), "before leaving", "correct");
}

#[test]
fn words_that_mean_nothing_are_named_with_those_that_do() {
    let text = "姓名,离开,事由\n甲,10:00,喝茶\n";
    check("离场", text, ("离场", 2, "事由"), "`喝茶` cannot be read", "用餐");
    let text = "到访,客户,目的\n09:00,王先生,逛逛\n";
    check("来访", text, ("来访", 2, "目的"), "`逛逛`", "非购房");
    let text = "到访,客户,已成交\n09:00,王先生,也许\n";
    check("来访", text, ("来访", 2, "已成交"), "`也许`", "是/否");
    let text = "时间,姓名,事项\n10:00,甲,唱歌\n";
    check("其他", text, ("其他", 2, "事项"), "`唱歌`", "协助成交");
    let text = "到访,客户,发现时间,发现情形\n09:00,王先生,09:05,奇怪\n";
    check("来访", text, ("来访", 2, "发现情形"), "`奇怪`", "非购房转交");
}

#[test]
fn an_unknown_heading_suggests_the_nearest_and_twice_the_same_is_named() {
    let text = "到访,客户,归属\n09:00,王先生,甲\n";
    check("来访", text, ("来访", 1, "归属"), "no column", "归属人");
    let text = "到访,客户,客户\n09:00,王先生,王先生\n";
    check("来访", text, ("来访", 1, "客户"), "stands twice", "remove");
}

#[test]
fn somebody_who_is_not_on_the_sign_in_sheet_is_named() {
    let text = "到访,客户,归属人\n09:00,王先生,乙\n";
    check("来访", text, ("来访", 0, ""), "`乙` does not stand", "签到");
}

#[test]
fn every_mistake_is_named_not_only_the_first() {
    assert_eq!(mistakes("来访", "到访,客户,人数\n9点,王先生,许多\n25:00,,2\n").len(), 4);
}

#[test]
fn a_day_without_a_register_is_named() {
    let told = day::read(&[csv("签到", "姓名,签到\n甲,08:30\n")]).unwrap_err();
    assert!(told.iter().any(|m| m.message.contains("`来访`")), "{told:?}");
}

#[test]
fn templates_are_read_back_in_both_languages() {
    for chinese in [true, false] {
        let read = workbook::read("day.xlsx", &write_xlsx(LAYOUT, &[], chinese).unwrap()).unwrap();
        assert_eq!(read.len(), LAYOUT.len());
        for (layout, sheet) in LAYOUT.iter().zip(&read) {
            assert!(layout.is_named(&sheet.name));
            assert!(sheet.headings.iter().all(|heading| layout.column(heading).is_some()));
            let bytes = write_csv(layout, &[], chinese).unwrap();
            assert!(bytes.starts_with(&[0xEF, 0xBB, 0xBF]), "spreadsheets need the mark");
            let again = workbook::read("sheet.csv", &bytes).unwrap().remove(0);
            assert_eq!(again.headings, sheet.headings);
        }
        assert!(day::read(&read).unwrap().visits.is_empty());
    }
}

#[test]
fn a_broken_workbook_gives_an_error_and_never_a_panic() {
    let whole = write_xlsx(LAYOUT, &[], true).unwrap();
    for length in (0..whole.len()).step_by(37) {
        if let Ok(sheets) = workbook::read("day.xlsx", &whole[..length]) {
            assert!(day::read(&sheets).is_err(), "{length} bytes are no day");
        }
    }
    let mut seed = 0x2545_F491_4F6C_DD1D_u64;
    for length in 0..400 {
        let mut bytes: Vec<u8> = if length % 2 == 0 { b"PK\x03\x04".to_vec() } else { Vec::new() };
        bytes.extend((0..length).map(|_| {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            seed.to_le_bytes()[3]
        }));
        match workbook::read("noise.xlsx", &bytes) {
            Ok(sheets) => assert!(day::read(&sheets).is_err()),
            Err(mistake) => assert!(!mistake.hint.is_empty() && mistake.sheet == "noise.xlsx"),
        }
    }
}
