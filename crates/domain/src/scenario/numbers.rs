//! Numbers and times of day as people write them: `五组`, `four groups`, `上午九点半`, `3 pm`.

use std::sync::LazyLock;

use regex::{Captures, Regex};

/// What a whole number looks like, in figures or in words.
pub(super) const PATTERN: &str = r"\d+|[零一二两三四五六七八九十]+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a single";

const WORDS: [&str; 12] = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
];

/// `word` in figures; what is no number stays as it is.
pub(super) fn in_figures(word: &str) -> String {
    if word == "a single" {
        return "1".into();
    }
    let english = WORDS.iter().position(|known| *known == word).map(|at| at as u32 + 1);
    english.or_else(|| chinese(word)).map_or_else(|| word.to_owned(), |number| number.to_string())
}

/// A Chinese numeral below a hundred: `九`, `十五`, `二十`, `三十五`.
fn chinese(word: &str) -> Option<u32> {
    let digit = |letter: char| match letter {
        '两' => Some(2),
        letter => {
            "零一二三四五六七八九".chars().position(|known| known == letter).map(|at| at as u32)
        }
    };
    let one = |text: &str| {
        let mut letters = text.trim_start_matches('零').chars();
        match (letters.next(), letters.next()) {
            (None, _) => Some(0),
            (Some(letter), None) => digit(letter),
            _ => None,
        }
    };
    match word.split_once('十') {
        Some((tens, ones)) => {
            let tens = if tens.is_empty() { 1 } else { one(tens)? };
            Some(tens * 10 + one(ones)?)
        }
        None if word.is_empty() => None,
        None => one(word),
    }
}

/// Writes every time of day in `text` as figures.
pub(super) fn times_in_figures(text: &str) -> String {
    const CHINESE: &str = r"(?P<part>凌晨|早上|早晨|上午|中午|下午|傍晚|晚上|晚间)?\s*(?P<hour>\d{1,2}|[零一二两三四五六七八九十]{1,3})\s*[点时](?P<rest>整|半|一刻|三刻|\s*(?P<minute>\d{1,2}|[零一二三四五六七八九十]{1,3})\s*分?)?";
    const FIGURES: &str = r"(?P<part>凌晨|早上|早晨|上午|中午|下午|傍晚|晚上|晚间)\s*(?P<hour>\d{1,2}):(?P<minute>\d{2})";
    const ENGLISH: &str =
        r"\b(?P<hour>\d{1,2})(?::(?P<minute>\d{2}))?\s*(?P<part>am|pm|AM|PM|a\.m\.|p\.m\.)";
    static PATTERNS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
        [FIGURES, CHINESE, ENGLISH].iter().filter_map(|pattern| Regex::new(pattern).ok()).collect()
    });
    PATTERNS.iter().fold(text.to_owned(), |text, pattern| {
        pattern.replace_all(&text, |found: &Captures<'_>| time(found)).into_owned()
    })
}

fn time(found: &Captures<'_>) -> String {
    let part = |name: &str| found.name(name).map(|word| word.as_str().trim());
    let whole = || found.get(0).map_or("", |word| word.as_str()).to_owned();
    let number = |word: &str| in_figures(word).parse::<u32>().ok();
    let Some(hour) = part("hour").and_then(number) else { return whole() };
    let minute = match (part("minute"), part("rest")) {
        (Some(minute), _) => number(minute),
        (None, Some("半")) => Some(30),
        (None, Some("一刻")) => Some(15),
        (None, Some("三刻")) => Some(45),
        (None, _) => Some(0),
    };
    let late = match part("part").map(str::to_lowercase).as_deref() {
        Some("下午" | "傍晚" | "晚上" | "晚间" | "pm" | "p.m.") => hour < 12,
        Some("中午") => hour < 3,
        _ => false,
    };
    let midnight = hour == 12 && matches!(part("part"), Some("am" | "AM" | "a.m."));
    let hour = if late {
        hour + 12
    } else if midnight {
        0
    } else {
        hour
    };
    match minute {
        Some(minute) if hour < 24 && minute < 60 => format!("{hour:02}:{minute:02}"),
        _ => whole(),
    }
}

#[cfg(test)]
mod tests {
    use super::{in_figures, times_in_figures};

    #[test]
    fn numbers_in_words_are_figures() {
        for (word, figures) in [
            ("四", "4"),
            ("两", "2"),
            ("十", "10"),
            ("十五", "15"),
            ("二十", "20"),
            ("三十五", "35"),
            ("four", "4"),
            ("12", "12"),
            ("甲", "甲"),
        ] {
            assert_eq!(in_figures(word), figures);
        }
    }

    #[test]
    fn times_in_words_are_figures() {
        for (words, figures) in [
            ("上午九点半", "09:30"),
            ("9点", "09:00"),
            ("下午3点20分", "15:20"),
            ("下午 3:20", "15:20"),
            ("十点一刻", "10:15"),
            ("12点05分", "12:05"),
            ("at 9:30 am", "at 09:30"),
            ("at 3 pm", "at 15:00"),
            ("09:30", "09:30"),
        ] {
            assert_eq!(times_in_figures(words), figures, "{words}");
        }
    }
}
