//! Telephone numbers: one spelling for each.

use phonenumber::{Mode, country};

use crate::AppError;

/// `number` in E.164 (`+8613812345678`); without a country code it is one of China.
pub fn normalise(number: &str) -> Result<String, AppError> {
    let plain: String = number.chars().map(half_width).collect();
    let wrong = || {
        AppError::invalid(
            "telephone",
            format!("`{}` is not a telephone number", number.trim()),
            "type 11 digits for a mobile, the area code for a landline, or + and the country code",
        )
    };
    let parsed = phonenumber::parse(Some(country::Id::CN), plain.trim()).map_err(|_| wrong())?;
    if !parsed.is_valid() {
        return Err(wrong());
    }
    Ok(parsed.format().mode(Mode::E164).to_string())
}

/// Full-width digits and signs, as a Chinese keyboard types them, to plain ones.
pub(super) fn half_width(char: char) -> char {
    match char {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(char) - 0xfee0).unwrap_or(char),
        '—' | '–' => '-',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_number_has_one_spelling() {
        for spelled in
            ["13812345678", "138 1234 5678", "+86 138-1234-5678", "１３８１２３４５６７８"]
        {
            assert_eq!(normalise(spelled).unwrap(), "+8613812345678", "{spelled}");
        }
        assert_eq!(normalise("020-81234567").unwrap(), "+862081234567");
        assert_eq!(normalise("+852 2345 6789").unwrap(), "+85223456789");
    }

    #[test]
    fn what_is_no_number_is_said_with_the_field() {
        for wrong in ["", "12345", "1381234567", "王先生"] {
            let error = normalise(wrong).unwrap_err();
            assert!(matches!(error, AppError::Invalid { field: "telephone", .. }), "{wrong}");
        }
    }
}
