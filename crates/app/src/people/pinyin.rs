//! Pinyin of names: every likely reading, because a name may have several.

use pinyin::{ToPinyin, ToPinyinMulti};

/// How many readings of one name are kept.
const READINGS_MAX: usize = 8;

/// Family names that are not read as the character mostly is.
const FAMILY_NAMES: [(char, &str); 14] = [
    ('曾', "zeng"),
    ('单', "shan"),
    ('仇', "qiu"),
    ('解', "xie"),
    ('区', "ou"),
    ('查', "zha"),
    ('盖', "ge"),
    ('任', "ren"),
    ('华', "hua"),
    ('朴', "piao"),
    ('缪', "miao"),
    ('翟', "zhai"),
    ('尉', "wei"),
    ('覃', "qin"),
];

/// The readings of a name as pairs of pinyin (`wang xiao ming`) and initials (`wxm`), the likeliest first.
/// Latin letters are kept as a syllable of their own.
pub(crate) fn readings(name: &str) -> Vec<(String, String)> {
    let mut readings: Vec<Vec<String>> = vec![Vec::new()];
    for (place, syllables) in syllables(name).into_iter().enumerate() {
        let mut next = Vec::new();
        // The likeliest reading of this syllable with all before it, then the next likely.
        for syllable in syllables.iter().take(if place == 0 { 3 } else { 2 }) {
            for reading in &readings {
                let mut reading = reading.clone();
                reading.push(syllable.clone());
                next.push(reading);
            }
        }
        next.truncate(READINGS_MAX);
        readings = next;
    }
    let initials = |reading: &[String]| {
        reading.iter().filter_map(|syllable| syllable.chars().next()).collect::<String>()
    };
    readings.iter().map(|reading| (reading.join(" "), initials(reading))).collect()
}

/// For each character or Latin word, its readings, the likeliest first.
fn syllables(name: &str) -> Vec<Vec<String>> {
    let mut syllables: Vec<Vec<String>> = Vec::new();
    let mut word = String::new();
    for char in name.trim().chars() {
        if char.is_ascii_alphanumeric() {
            word.extend(char.to_lowercase());
            continue;
        }
        if !word.is_empty() {
            syllables.push(vec![std::mem::take(&mut word)]);
        }
        let first = syllables.is_empty();
        if let Some(readings) = of_char(char, first) {
            syllables.push(readings);
        }
    }
    if !word.is_empty() {
        syllables.push(vec![word]);
    }
    syllables
}

fn of_char(char: char, is_family_name: bool) -> Option<Vec<String>> {
    let mut readings: Vec<String> = Vec::new();
    let as_name = FAMILY_NAMES.iter().find(|(name, _)| *name == char && is_family_name);
    readings.extend(as_name.map(|(_, reading)| (*reading).to_owned()));
    readings.extend(char.to_pinyin().map(|reading| reading.plain().to_owned()));
    if let Some(several) = char.to_pinyin_multi() {
        readings.extend(several.into_iter().map(|reading| reading.plain().to_owned()));
    }
    let mut seen = std::collections::BTreeSet::new();
    readings.retain(|reading| seen.insert(reading.clone()));
    (!readings.is_empty()).then_some(readings)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_read_syllable_by_syllable() {
        let readings = readings("王小明");
        assert_eq!(readings.first().unwrap(), &("wang xiao ming".to_owned(), "wxm".to_owned()));
    }

    #[test]
    fn a_family_name_is_read_as_one() {
        assert_eq!(readings("曾国强").first().unwrap().0, "zeng guo qiang");
        assert_eq!(readings("单晓").first().unwrap().0, "shan xiao");
    }

    #[test]
    fn several_readings_are_kept() {
        let readings = readings("乐乐");
        assert!(readings.iter().any(|(pinyin, _)| pinyin == "le le"));
        assert!(readings.iter().any(|(pinyin, _)| pinyin.starts_with("yue")));
    }

    #[test]
    fn latin_letters_stay_a_word() {
        assert_eq!(readings("Tom 李").first().unwrap().1, "tl");
    }
}
