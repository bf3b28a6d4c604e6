//! Files of clients with whatever in them: a clear answer with its place, never a panic.

use std::io::Cursor;

use app::{
    clients::import::{Row, layout, read},
    workbook,
};
use proptest::prelude::*;

fn rows(bytes: &[u8]) -> Result<Vec<Row>, workbook::Mistake> {
    let mut rows = Vec::new();
    read("clients.csv", Cursor::new(bytes.to_vec()), &mut |row| {
        rows.push(row);
        rows.len() < 100_000
    })?;
    Ok(rows)
}

fn workbook() -> Vec<u8> {
    let cells = |name: &str| vec![name.to_owned(), "13812345678".to_owned()];
    let rows: Vec<Vec<String>> = (0..30).map(|n| cells(&format!("王{n}"))).collect();
    workbook::write_xlsx(layout::LAYOUT, &[rows], true).unwrap()
}

#[test]
fn a_workbook_and_csv_in_both_encodings_say_the_same() {
    let (gb, _, _) = encoding_rs::GB18030.encode("姓名,电话\n王小明,13812345678\n");
    let utf = "\u{feff}姓名,电话\r\n王小明,13812345678\r\n";
    let expected = vec![
        Row(1, vec!["姓名".into(), "电话".into()]),
        Row(2, vec!["王小明".into(), "13812345678".into()]),
    ];
    assert_eq!(rows(&gb).unwrap(), expected);
    assert_eq!(rows(utf.as_bytes()).unwrap(), expected);
    assert_eq!(rows("姓名\t电话\n王小明\t13812345678\n".as_bytes()).unwrap(), expected);
    let read = rows(&workbook()).unwrap();
    assert_eq!((read.len(), read[1].0, read[1].1[0].as_str()), (31, 2, "王0"));
}

#[test]
fn empty_lines_are_left_out_and_numbers_are_those_of_the_file() {
    let read = rows("姓名\n\n王\n,,\n李\n".as_bytes()).unwrap();
    let numbers: Vec<u32> = read.iter().map(|row| row.0).collect();
    assert_eq!(numbers, [1, 3, 5]);
}

#[test]
fn what_is_no_table_is_said() {
    for bytes in [&b""[..], b"PK\x03\x04 nothing", b"\xd0\xcf\x11\xe0old", b"a\0b\0c\0"] {
        let mistake = rows(bytes).unwrap_err();
        assert!(!mistake.message.is_empty() && !mistake.hint.is_empty(), "{mistake:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_bytes_are_read_or_refused_with_a_hint(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        if let Err(mistake) = rows(&bytes) {
            prop_assert!(!mistake.hint.is_empty());
        }
    }

    #[test]
    fn any_text_is_read_row_by_row(text in "[a-z王,;\"\t\n\r ]{0,400}") {
        let read = rows(text.as_bytes());
        if let Ok(rows) = read {
            prop_assert!(rows.windows(2).all(|pair| pair[0].0 < pair[1].0));
        }
    }

    #[test]
    fn a_damaged_workbook_is_read_or_refused_with_a_hint(
        at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<prop::sample::Index>(),
    ) {
        let mut bytes = workbook();
        let place = at.index(bytes.len());
        bytes[place] = byte;
        for damaged in [&bytes[..], &bytes[..cut.index(bytes.len())]] {
            if let Err(mistake) = rows(damaged) {
                prop_assert!(!mistake.hint.is_empty());
            }
        }
    }
}
