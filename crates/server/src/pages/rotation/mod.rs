//! The rotation board 轮排.

pub mod view;

#[cfg(any(test, feature = "samples"))]
pub mod sample;

use askama::Template;

use super::filters;
use super::frame::Frame;
use super::person::State;
use view::BoardView;

/// `GET /board?ring={id}`
#[derive(Debug, Template)]
#[template(path = "rotation/board.html")]
pub struct BoardPage {
    /// Around it.
    pub frame: Frame,
    /// What it shows.
    pub view: BoardView,
}

/// `GET /board/live?ring={id}`: the part of the board that changes.
#[derive(Debug, Template)]
#[template(path = "rotation/live.html")]
pub struct BoardLive {
    /// Around it.
    pub frame: Frame,
    /// What it shows.
    pub view: BoardView,
}

/// `GET /board?wall=1`: the board on a wall screen.
#[derive(Debug, Template)]
#[template(path = "rotation/wall.html")]
pub struct WallPage {
    /// Around it.
    pub frame: Frame,
    /// What it shows.
    pub view: BoardView,
}

/// `GET /board/live?wall=1`: the part of the wall screen that changes.
#[derive(Debug, Template)]
#[template(path = "rotation/wall-live.html")]
pub struct WallLive {
    /// Around it.
    pub frame: Frame,
    /// What it shows.
    pub view: BoardView,
}

/// `GET /board/print?ring={id}`: the order sheet of the day.
#[derive(Debug, Template)]
#[template(path = "rotation/print.html")]
pub struct PrintPage {
    /// Around it.
    pub frame: Frame,
    /// What it shows.
    pub view: BoardView,
}
