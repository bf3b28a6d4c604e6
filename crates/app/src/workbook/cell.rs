//! What people write into cells: times of day, yes and no, whole numbers.

use chrono::NaiveTime;

/// A time of day: `9:30`, `09:30:15`, `9：30`, or the fraction of a day that a spreadsheet keeps.
#[must_use]
pub fn clock(text: &str) -> Option<NaiveTime> {
    let text = text.trim().replace('：', ":");
    for format in ["%H:%M:%S", "%H:%M"] {
        if let Ok(time) = NaiveTime::parse_from_str(&text, format) {
            return Some(time);
        }
    }
    let fraction: f64 = text.parse().ok()?;
    if !(0.0..1.0).contains(&fraction) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "a day has 86400 seconds")]
    #[expect(clippy::cast_sign_loss, reason = "the fraction is not negative")]
    let seconds = (fraction * 86_400.0).round() as u32;
    NaiveTime::from_num_seconds_from_midnight_opt(seconds.min(86_399), 0)
}

/// Yes or no.
#[must_use]
pub fn flag(text: &str) -> Option<bool> {
    match text.trim().to_lowercase().as_str() {
        "是" | "√" | "1" | "yes" | "y" | "true" | "有" => Some(true),
        "否" | "×" | "0" | "no" | "n" | "false" | "无" | "" => Some(false),
        _ => None,
    }
}

/// A whole number that is not negative; `3.0` is one too.
#[must_use]
pub fn whole(text: &str) -> Option<u32> {
    let text = text.trim();
    text.strip_suffix(".0").unwrap_or(text).parse().ok()
}
