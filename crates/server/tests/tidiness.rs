//! House rules that a machine can see: how long files are, how they begin, what nothing is called.

use std::path::{Path, PathBuf};

const LONGEST_FILE_LINES: usize = 500;

/// Names that say nothing about the field.
const EMPTY_FOLDERS: [&str; 6] = ["common", "core", "helpers", "shared", "types", "utils"];
const EMPTY_ENDINGS: [&str; 5] = ["Manager", "Helper", "Service", "Util", "Impl"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// Every file of the project below `folder` whose name ends with `ending`.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let foreign = ["node_modules", "target", "build", "dist", "data"].contains(&name.as_str());
        if path.is_dir() && !foreign && !name.starts_with('.') {
            found.extend(files(&path, ending));
        } else if name.ends_with(ending) {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap().display().to_string()
}

#[test]
fn every_source_file_begins_with_what_it_is_and_ends_in_time() {
    let mut wrong = Vec::new();
    for path in files(&root().join("crates"), ".rs") {
        let text = read(&path);
        let lines = text.lines().count();
        if lines > LONGEST_FILE_LINES {
            wrong.push(format!("{}: {lines} lines; split it by subject", shown(&path)));
        }
        if !text.starts_with("//!") {
            wrong.push(format!("{}: begins without a `//!` sentence", shown(&path)));
        }
        if text.contains("#[allow(") || text.contains("#![allow(") {
            wrong.push(format!("{}: use `#[expect(.., reason = \"..\")]`", shown(&path)));
        }
    }
    let wrong: Vec<_> = wrong.into_iter().filter(|w| !w.contains("tests/tidiness.rs")).collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn nothing_is_called_by_a_word_that_says_nothing() {
    let mut wrong = Vec::new();
    for path in files(&root().join("crates"), ".rs") {
        let empty = |part: &str| EMPTY_FOLDERS.contains(&part.trim_end_matches(".rs"));
        if path.strip_prefix(root()).unwrap().iter().any(|p| empty(&p.to_string_lossy())) {
            wrong.push(shown(&path));
        }
        for line in read(&path).lines().map(str::trim_start) {
            let line = line.trim_start_matches("pub ").trim_start_matches("pub(crate) ");
            let Some(rest) =
                ["struct ", "enum ", "trait "].iter().find_map(|k| line.strip_prefix(k))
            else {
                continue;
            };
            let name = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
            if EMPTY_ENDINGS.iter().any(|ending| name.ends_with(ending)) {
                wrong.push(format!("{}: `{name}`", shown(&path)));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn links_between_documents_lead_somewhere() {
    let mut wrong = Vec::new();
    for path in files(&root(), ".md") {
        let text = read(&path);
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let file = link.split('#').next().unwrap_or_default();
            if file.is_empty() || file.contains("://") || file.contains(' ') {
                continue;
            }
            if !path.parent().unwrap().join(file).exists() {
                wrong.push(format!("{}: `{link}` leads nowhere", shown(&path)));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_page_of_the_handbook_is_in_its_table_of_contents() {
    let book = root().join("docs/src");
    let contents = read(&book.join("SUMMARY.md"));
    let missing: Vec<_> = files(&book, ".md")
        .into_iter()
        .map(|path| path.strip_prefix(&book).unwrap().display().to_string())
        .filter(|page| page != "SUMMARY.md" && !contents.contains(&format!("({page})")))
        .collect();
    assert!(missing.is_empty(), "not in docs/src/SUMMARY.md: {missing:?}");
}
