//! Every sample of every page, in every language, is whole, named, labelled and free of inline
//! script and style.

use std::collections::BTreeSet;

use scraper::{ElementRef, Html, Selector};

use super::frame::Theme;
use super::sample::{Sample, Viewer, all};
use crate::language::Language;

fn samples() -> Vec<(Language, Sample)> {
    Language::ALL
        .into_iter()
        .flat_map(|language| {
            let viewer = Viewer { language, theme: Theme::Auto };
            all(viewer).into_iter().map(move |sample| (language, sample))
        })
        .collect()
}

fn select(css: &str) -> Selector {
    Selector::parse(css).unwrap()
}

fn text(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().trim().to_owned()
}

/// Applies `check` to every sample and fails with everything that it found.
fn check_all(check: impl Fn(&Html, &Sample) -> Vec<String>) {
    let mut wrong = Vec::new();
    for (language, sample) in samples() {
        let page = if sample.whole {
            Html::parse_document(&sample.html)
        } else {
            Html::parse_fragment(&sample.html)
        };
        for what in check(&page, &sample) {
            wrong.push(format!("{} ({}): {what}", sample.name, language.tag()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn samples_have_names_of_their_own() {
    let viewer = Viewer { language: Language::Chinese, theme: Theme::Auto };
    let samples = all(viewer);
    let names: BTreeSet<_> = samples.iter().map(|sample| sample.name).collect();
    assert_eq!(names.len(), samples.len());
}

#[test]
fn nothing_is_left_untranslated() {
    check_all(|_, sample| {
        sample
            .html
            .split('⟦')
            .skip(1)
            .map(|rest| rest.split('⟧').next().unwrap_or_default().to_owned())
            .collect()
    });
}

#[test]
fn no_variable_of_a_message_is_left_open() {
    check_all(|page, _| {
        let text = page.root_element().text().collect::<String>();
        text.match_indices("{$").map(|(at, _)| text[at..].chars().take(30).collect()).collect()
    });
}

#[test]
fn english_pages_say_nothing_of_ours_in_chinese() {
    let chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    let viewer = Viewer { language: Language::English, theme: Theme::Auto };
    // What people typed stays as it is; buttons, headings and labels are ours.
    let ours = select("button:not([data-client]), h2, label > span, legend, th[scope=col], dt");
    let known = ["王**", "龙", "中文", "顾问", "案场来访", "姓名", "登录名", "角色", "组别"];
    for sample in all(viewer) {
        let page = Html::parse_document(&sample.html);
        for element in page.select(&ours) {
            let said = text(element);
            let excused = known.iter().any(|word| said.contains(word));
            assert!(excused || !said.contains(chinese), "{}: `{said}`", sample.name);
        }
    }
}

#[test]
fn every_page_has_a_title_a_language_and_one_main_heading() {
    check_all(|page, sample| {
        if !sample.whole {
            return Vec::new();
        }
        let mut wrong = Vec::new();
        let title = page.select(&select("title")).next().map(text).unwrap_or_default();
        if title.is_empty() || title.starts_with('·') {
            wrong.push(format!("empty title `{title}`"));
        }
        let headings: Vec<_> = page.select(&select("h1")).map(text).collect();
        if headings.len() != 1 || headings[0].is_empty() {
            wrong.push(format!("main headings {headings:?}"));
        }
        if page.select(&select("html[lang]")).next().is_none() {
            wrong.push("no language".to_owned());
        }
        wrong
    });
}

#[test]
fn every_field_has_a_label_and_every_button_a_name() {
    check_all(|page, _| {
        let labelled: BTreeSet<_> =
            page.select(&select("label[for]")).filter_map(|l| l.attr("for")).collect();
        let mut wrong = Vec::new();
        for field in page.select(&select("input:not([type=hidden]), select, textarea")) {
            let named = field.attr("id").is_some_and(|id| labelled.contains(id))
                || field.attr("aria-label").is_some()
                || field
                    .ancestors()
                    .filter_map(ElementRef::wrap)
                    .any(|up| up.value().name() == "label");
            if !named {
                wrong.push(format!("no label for `{}`", field.html()));
            }
        }
        for button in page.select(&select("button, summary, a[href]")) {
            if text(button).is_empty() && button.attr("aria-label").is_none() {
                wrong.push(format!("no name for `{}`", button.html()));
            }
        }
        wrong
    });
}

#[test]
fn nothing_is_inline_and_nothing_comes_from_elsewhere() {
    check_all(|page, sample| {
        let mut wrong = Vec::new();
        for element in page.select(&select("*")) {
            let name = element.value().name();
            if name == "style" || (name == "script" && element.attr("src").is_none()) {
                wrong.push(format!("inline <{name}>"));
            }
            for (attribute, value) in element.value().attrs() {
                if attribute == "style" || attribute.starts_with("on") {
                    wrong.push(format!("inline `{attribute}`"));
                }
                let leads = matches!(attribute, "src" | "href" | "action" | "hx-get" | "hx-post");
                if leads && !value.starts_with(['/', '#']) {
                    wrong.push(format!("`{attribute}` leads to `{value}`"));
                }
            }
        }
        if sample.html.contains("hx-on") {
            wrong.push("hx-on".to_owned());
        }
        wrong
    });
}

#[test]
fn ids_are_unique_and_every_form_carries_the_token() {
    check_all(|page, _| {
        let mut wrong = Vec::new();
        let mut seen = BTreeSet::new();
        for element in page.select(&select("[id]")) {
            let id = element.attr("id").unwrap_or_default();
            // The same decision may be shown twice; nothing points at it.
            let of_decision = id.starts_with("why-") || id.starts_with("reasons-");
            if !of_decision && !seen.insert(id.to_owned()) {
                wrong.push(format!("id `{id}` twice"));
            }
        }
        let token = select("input[name=csrf]");
        for form in page.select(&select("form[method=post]")) {
            if form.select(&token).next().is_none() {
                wrong.push(format!(
                    "no token in the form to `{}`",
                    form.attr("action").unwrap_or("")
                ));
            }
        }
        wrong
    });
}

#[test]
fn every_icon_is_in_the_sprite() {
    let used =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../web/icons/used.txt"))
            .unwrap();
    let used: BTreeSet<_> = used.split_whitespace().collect();
    check_all(|_, sample| {
        sample
            .html
            .split("/static/icons.svg#")
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap_or_default())
            .filter(|name| !used.contains(name))
            .map(|name| format!("icon `{name}` is not in web/icons/used.txt"))
            .collect()
    });
}
