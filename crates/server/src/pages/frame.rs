//! What surrounds every page: site, reader, navigation, notices.

use chrono::{DateTime, Utc};

use super::person::initials;
use crate::language::{Key, Words};

/// Everything around the content of a page.
#[derive(Debug, Clone)]
pub struct Frame {
    /// Language and time zone of the reader.
    pub words: Words,
    /// Light, dark, or as the device says.
    pub theme: Theme,
    /// Name of the site as people call it.
    pub site: String,
    /// Who is signed in; `None` on the sign-in page and on error pages before it.
    pub reader: Option<Reader>,
    /// The entry of the navigation this page belongs to.
    pub place: Option<Place>,
    /// Goes into every form and every request of the script; bound to the session.
    pub csrf: String,
    /// Path and query of this page, to come back to after a change of language or theme.
    pub here: String,
    /// What has just happened, shown once.
    pub notices: Vec<Notice>,
    /// Whether the browser files were built. If not, the page says how to build them.
    pub styled: bool,
    /// Goes into the addresses of browser files, changes when they do.
    pub stamp: String,
    /// When the page was made; the clocks of the page go by it.
    pub now: DateTime<Utc>,
}

impl Frame {
    /// [`Frame::now`] as the script reads it.
    pub fn now_iso(&self) -> String {
        self.now.format("%Y-%m-%dT%H:%M:%SZ").to_string()
    }

    /// An id for the command that a form gives, so that pressing twice decides once.
    pub fn command(&self) -> String {
        app::CommandId::now_v7().to_string()
    }

    /// Whether this page belongs to `place`.
    pub fn is_at(&self, place: &Place) -> bool {
        self.place == Some(*place)
    }

    /// Every theme there is.
    pub fn themes(&self) -> [Theme; 3] {
        Theme::ALL
    }

    /// Whether `theme` is the reader's.
    pub fn has_theme(&self, theme: &Theme) -> bool {
        self.theme == *theme
    }
}

/// The person who reads the page.
#[derive(Debug, Clone)]
pub struct Reader {
    /// Name as shown to colleagues.
    pub name: String,
    /// Roles by name, the first one leads: `consultant`; shown as `role-<name>`.
    pub roles: Vec<String>,
    /// Where the reader may go, in order of the navigation.
    pub places: Vec<Place>,
}

impl Reader {
    /// One or two characters for the round picture.
    pub fn initials(&self) -> String {
        initials(&self.name)
    }

    /// The roles, in words.
    pub fn roles_text(&self, words: &Words) -> String {
        let roles: Vec<_> = self.roles.iter().map(|role| words.named("role", role)).collect();
        words.list(&roles)
    }
}

/// Colours of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// As the device says.
    #[default]
    Auto,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Theme {
    /// Every choice.
    pub const ALL: [Self; 3] = [Self::Auto, Self::Light, Self::Dark];

    /// The name used in cookie, form and `<html data-theme>`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.name() == name)
    }

    /// What the reader sees in the menu.
    pub fn key(&self) -> Key {
        match self {
            Self::Auto => Key("theme-auto"),
            Self::Light => Key("theme-light"),
            Self::Dark => Key("theme-dark"),
        }
    }
}

/// An entry of the navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The consultant's own page.
    Me,
    /// The supervisor's live floor.
    Floor,
    /// Arrival at the desk.
    Arrival,
    /// The rotation board.
    Board,
    /// The register of visits.
    Visits,
    /// The clients.
    Clients,
    /// The rulebooks.
    Rulebooks,
    /// People and roles.
    People,
    /// Import of sheets.
    Import,
}

impl Place {
    /// Where `roles` may go. The table of routes and roles in `web` is the authority on what they
    /// may do there.
    pub fn of(roles: &[String]) -> Vec<Self> {
        const ORDER: [Place; 9] = [
            Place::Me,
            Place::Floor,
            Place::Arrival,
            Place::Board,
            Place::Visits,
            Place::Clients,
            Place::Rulebooks,
            Place::People,
            Place::Import,
        ];
        ORDER.into_iter().filter(|place| roles.iter().any(|role| place.is_for(role))).collect()
    }

    fn is_for(self, role: &str) -> bool {
        let roles: &[&str] = match self {
            Self::Me => &["consultant"],
            Self::Floor => &["supervisor", "manager"],
            Self::Arrival => &["receptionist", "secretary", "supervisor", "manager"],
            Self::Board | Self::Visits | Self::Clients => {
                &["receptionist", "secretary", "consultant", "supervisor", "manager", "head_office"]
            }
            Self::Rulebooks => &["supervisor", "manager", "head_office", "administrator"],
            Self::People => &["manager", "administrator"],
            Self::Import => &["supervisor", "manager", "administrator"],
        };
        roles.contains(&role)
    }

    /// Where it is.
    pub fn path(&self) -> &'static str {
        match self {
            Self::Me => "/me",
            Self::Floor => "/floor",
            Self::Arrival => "/arrival",
            Self::Board => "/board",
            Self::Visits => "/visits",
            Self::Clients => "/clients",
            Self::Rulebooks => "/rulebooks",
            Self::People => "/people",
            Self::Import => "/import",
        }
    }

    /// What it is called.
    pub fn key(&self) -> Key {
        match self {
            Self::Me => Key("place-me"),
            Self::Floor => Key("place-floor"),
            Self::Arrival => Key("place-arrival"),
            Self::Board => Key("place-board"),
            Self::Visits => Key("place-visits"),
            Self::Clients => Key("place-clients"),
            Self::Rulebooks => Key("place-rulebooks"),
            Self::People => Key("place-people"),
            Self::Import => Key("place-import"),
        }
    }

    /// Its icon in the sprite.
    pub fn icon(&self) -> &'static str {
        match self {
            Self::Me => "user",
            Self::Floor => "layout-dashboard",
            Self::Arrival => "door-enter",
            Self::Board => "rotate-clockwise",
            Self::Visits => "notebook",
            Self::Clients => "briefcase",
            Self::Rulebooks => "book-2",
            Self::People => "users",
            Self::Import => "file-import",
        }
    }
}

/// Something that has just happened, shown once and spoken by screen readers.
#[derive(Debug, Clone)]
pub struct Notice {
    /// How it is meant.
    pub tone: Tone,
    /// The sentence, already in the reader's language.
    pub text: String,
}

/// How something is meant; colour never says it alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Done, allowed.
    Good,
    /// For information.
    Plain,
    /// Somebody should look.
    Attention,
    /// Refused, failed, or without a clause.
    Bad,
}

impl Tone {
    /// The part of the style's class names.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Plain => "plain",
            Self::Attention => "attention",
            Self::Bad => "bad",
        }
    }

    /// The icon that goes with it.
    pub fn icon(&self) -> &'static str {
        match self {
            Self::Good => "circle-check",
            Self::Plain => "info-circle",
            Self::Attention => "alert-triangle",
            Self::Bad => "alert-octagon",
        }
    }
}

/// What is wrong with one field of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Name of the field in the form; empty if it concerns the whole form.
    pub field: String,
    /// What is wrong and what to do, in the reader's language.
    pub text: String,
}

/// The problem of `field`, if it has one.
pub fn problem_of<'a>(problems: &'a [Problem], field: &str) -> Option<&'a str> {
    problems.iter().find(|problem| problem.field == field).map(|problem| problem.text.as_str())
}
