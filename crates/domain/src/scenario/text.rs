//! The text of scenarios: full-width punctuation and digits, and patterns that steps match.

use regex::Regex;

/// Makes full-width punctuation and digits outside quotes plain, and every quote straight.
#[must_use]
pub fn normalise(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut quoted = false;
    for letter in text.chars() {
        let letter = match letter {
            '“' | '”' | '「' | '」' | '『' | '』' | '＂' => '"',
            other => other,
        };
        if letter == '"' {
            quoted = !quoted;
            plain.push(letter);
        } else if quoted {
            plain.push(letter);
        } else {
            plain.push(half_width(letter));
        }
    }
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn half_width(letter: char) -> char {
    match letter {
        '，' | '、' | '；' => ',',
        '：' => ':',
        '。' => '.',
        '\u{3000}' => ' ',
        '（' => '(',
        '）' => ')',
        '！'..='～' => char::from_u32(u32::from(letter) - 0xFEE0).unwrap_or(letter),
        other => other,
    }
}

/// Compiles a step pattern.
///
/// `{name}`, `{names}`, `{text}` match a quoted text, `{int}` a whole number, `{time}` a time of
/// day, `{rest}` anything; `[a|b]` one of several words, `[a|]` a word that may be missing.
/// A space in the pattern matches any space, or none beside Chinese letters.
#[must_use]
pub fn compile(pattern: &str) -> Option<Regex> {
    let mut regex = String::from("^");
    let mut rest = pattern;
    while let Some(letter) = rest.chars().next() {
        if let Some(end) = rest.strip_prefix('{').and_then(|_| rest.find('}')) {
            regex.push_str(match rest.get(1..end)? {
                "int" => r"(\d+)",
                "time" => r"(\d{1,2}:\d{2}(?::\d{2})?)",
                "rest" => r"(.*?)",
                "value" => r#"("[^"]*"|\[[^\]]*\]|\S+)"#,
                _ => r#""([^"]*)""#,
            });
            rest = rest.get(end + 1..)?;
        } else if let Some(end) = rest.strip_prefix('[').and_then(|_| rest.find(']')) {
            let words: Vec<String> = rest
                .get(1..end)?
                .split('|')
                .map(|word| regex::escape(word).replace(' ', r"\s*"))
                .collect();
            regex.push_str(&format!("({})", words.join("|")));
            rest = rest.get(end + 1..)?;
        } else {
            match letter {
                ' ' => regex.push_str(r"\s*"),
                other => regex.push_str(&regex::escape(&other.to_string())),
            }
            rest = rest.get(letter.len_utf8()..)?;
        }
    }
    regex.push_str(r"\.?$");
    Regex::new(&regex).ok()
}

/// Names in a list: `甲, 乙、丙` or `A, B and C`.
#[must_use]
pub fn names(list: &str) -> Vec<String> {
    list.split([',', '，', '、'])
        .flat_map(|part| part.split(" and "))
        .map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty())
        .collect()
}
