//! Empty workbooks with their headings and notes, for people to fill in.

use rust_xlsxwriter::{Format, FormatAlign, Note, Workbook};

use super::SheetLayout;

/// The sheets of a workbook.
pub type Layout = &'static [SheetLayout];

/// An xlsx workbook with the headings of `layout` and `rows` for each sheet, in Chinese or English.
pub fn write_xlsx(
    layout: Layout,
    rows: &[Vec<Vec<String>>],
    chinese: bool,
) -> Result<Vec<u8>, rust_xlsxwriter::XlsxError> {
    let mut workbook = Workbook::new();
    let heading = Format::new()
        .set_bold()
        .set_background_color("#E7F0EC")
        .set_align(FormatAlign::Center)
        .set_text_wrap();
    for (index, sheet) in layout.iter().enumerate() {
        let worksheet = workbook.add_worksheet();
        worksheet.set_name(if chinese { sheet.zh } else { sheet.en })?;
        worksheet.set_freeze_panes(1, 0)?;
        for (column, of) in (0u16..).zip(sheet.columns) {
            let text = if chinese { of.zh } else { of.en };
            worksheet.write_string_with_format(0, column, text, &heading)?;
            worksheet.set_column_width(column, if chinese { 12 } else { 16 })?;
            let note = of.note[usize::from(!chinese)];
            if !note.is_empty() {
                worksheet.insert_note(0, column, &Note::new(note).set_author("Lunpai"))?;
            }
        }
        for (row, cells) in (1u32..).zip(rows.get(index).into_iter().flatten()) {
            for (column, cell) in (0u16..).zip(cells) {
                worksheet.write_string(row, column, cell)?;
            }
        }
    }
    workbook.save_to_buffer()
}

/// The sheet `sheet` with `rows` as CSV, in Chinese or English, with a byte order mark so that
/// spreadsheet programs read the Chinese.
pub fn write_csv(
    sheet: &SheetLayout,
    rows: &[Vec<String>],
    chinese: bool,
) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(vec![0xEF, 0xBB, 0xBF]);
    writer.write_record(sheet.columns.iter().map(|c| if chinese { c.zh } else { c.en }))?;
    for row in rows {
        writer.write_record(row)?;
    }
    writer.into_inner().map_err(|error| csv::Error::from(std::io::Error::other(error.to_string())))
}
