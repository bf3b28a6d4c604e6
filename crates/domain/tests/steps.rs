//! Every sentence's examples say that sentence, in both languages.

use domain::scenario::{StepDefinition, all_steps, step::matching, text::normalise};

#[test]
fn every_example_is_understood_as_its_own_step() {
    let mut wrong = Vec::new();
    for step in all_steps() {
        for example in [step.example_zh, step.example_en] {
            let sentence = example.split(",因为").next().unwrap_or_default();
            let sentence = sentence.split(", because").next().unwrap_or_default();
            let found = matching(&normalise(sentence)).map(|(found, _)| found);
            if found.map(|found: &StepDefinition| found.zh) != Some(step.zh) {
                let found = found.map_or("nothing", |found| found.zh);
                wrong.push(format!("`{example}` of `{}` is taken as `{found}`", step.zh));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn full_width_punctuation_and_digits_are_understood() {
    let says = |text: &str| matching(&normalise(text)).map(|(step, words)| (step.zh, words));
    let half = says("\"甲\" 于 09:20 签到");
    assert!(half.is_some());
    assert_eq!(says("“甲”于０９：２０签到。"), half);
    assert_eq!(says("「甲」 于 09:20 签到"), half);
}
