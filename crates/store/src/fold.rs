//! One spelling for what people type in many.

/// Folds `text` for comparison: full-width characters become half-width, letters small, and spaces and
/// the middle dot of foreign names disappear. Written in Rust because `lower` differs between databases.
pub fn fold(text: &str) -> String {
    text.chars()
        .map(half_width)
        .filter(|char| !is_separator(*char))
        .flat_map(char::to_lowercase)
        .collect()
}

/// `Ａ` to `A`, `１` to `1`, the ideographic space to a space.
pub(crate) fn half_width(char: char) -> char {
    match char {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(char) - 0xfee0).unwrap_or(char),
        other => other,
    }
}

/// What stands between the parts of a name and does not belong to it.
pub(crate) fn is_separator(char: char) -> bool {
    char.is_whitespace()
        || char.is_control()
        || matches!(char, '·' | '・' | '•' | '‧' | '\'' | '’' | '-' | '.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn width_case_spaces_and_dots_do_not_matter() {
        assert_eq!(fold(" Ｗａｎｇ　Xiao-Ming "), "wangxiaoming");
        assert_eq!(fold("买买提·艾力"), fold("买买提艾力"));
        assert_eq!(fold("粤Ｂ１２３４５"), "粤b12345");
    }
}
