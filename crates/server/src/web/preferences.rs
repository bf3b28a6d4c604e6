//! Language and theme: what the reader chose, else what the site's people usually read.

use axum::http::{HeaderMap, HeaderValue, header};

use crate::language::Language;
use crate::pages::frame::Theme;

const LANGUAGE: &str = "lunpai_language";
const THEME: &str = "lunpai_theme";
const KEPT_SECONDS: u32 = 60 * 60 * 24 * 365;

/// What a reader chose, as far as they did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Preferences {
    /// Language of display.
    pub language: Language,
    /// Colours.
    pub theme: Theme,
}

impl Preferences {
    /// The choices in the cookies of a request; the defaults where there are none.
    pub fn of(headers: &HeaderMap) -> Self {
        Self {
            language: cookie(headers, LANGUAGE).and_then(Language::from_tag).unwrap_or_default(),
            theme: cookie(headers, THEME).and_then(Theme::from_name).unwrap_or_default(),
        }
    }

    /// The cookies that keep the choices on this device for a year.
    pub fn cookies(&self) -> [HeaderValue; 2] {
        [kept(LANGUAGE, self.language.tag()), kept(THEME, self.theme.name())]
    }
}

fn kept(name: &str, value: &'static str) -> HeaderValue {
    let cookie = format!("{name}={value}; Path=/; Max-Age={KEPT_SECONDS}; SameSite=Lax; HttpOnly");
    HeaderValue::from_str(&cookie).unwrap_or(HeaderValue::from_static(""))
}

/// The value of cookie `name`, if the request brings it.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(found, value)| (found == name).then_some(value))
}

/// `here` if it is a path of ours, else the start page: a form must not lead elsewhere.
pub fn way_back(here: &str) -> &str {
    let ours =
        here.starts_with('/') && !here.starts_with("//") && !here.contains(['\\', '\n', '\r']);
    if ours { here } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(cookies: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::from_str(cookies).unwrap());
        headers
    }

    #[test]
    fn chinese_and_the_devices_colours_unless_chosen() {
        assert_eq!(Preferences::of(&HeaderMap::new()), Preferences::default());
        let chosen = Preferences::of(&headers("a=b; lunpai_language=en; lunpai_theme=dark"));
        assert_eq!(chosen, Preferences { language: Language::English, theme: Theme::Dark });
        assert_eq!(Preferences::of(&headers("lunpai_language=fr")), Preferences::default());
    }

    #[test]
    fn the_way_back_stays_on_the_site() {
        assert_eq!(way_back("/board?ring=1"), "/board?ring=1");
        assert_eq!(way_back("//elsewhere"), "/");
        assert_eq!(way_back("/\\elsewhere"), "/");
        assert_eq!(way_back("https://elsewhere"), "/");
    }
}
