//! Samples of signing in.

use super::view::{Answer, DemoSignIn, PasswordView, SignInView};
use super::{PasswordPage, SignInPage};
use crate::pages::frame::Problem;
use crate::pages::sample::{Sample, Viewer, ago, frame, frame_outside, sample};

/// Every sample.
pub fn all(viewer: Viewer) -> Vec<Sample> {
    let page = |answer| SignInPage {
        frame: frame_outside(viewer),
        view: SignInView { name: "chenzy".to_owned(), answer, ..SignInView::default() },
    };
    let demo = SignInPage {
        frame: frame_outside(viewer),
        view: SignInView {
            demo: [("qiantai", "receptionist"), ("chenzy", "consultant"), ("zhujg", "supervisor")]
                .map(|(name, role)| DemoSignIn {
                    name: name.to_owned(),
                    password: "lunpai-demo".to_owned(),
                    role: role.to_owned(),
                })
                .to_vec(),
            ..SignInView::default()
        },
    };
    let password = |forced, problems| PasswordPage {
        frame: frame(viewer, None, "consultant"),
        view: PasswordView { forced, least_count: 10, problems },
    };
    let short = vec![Problem { field: "new".to_owned(), text: "至少 10 个字符".to_owned() }];
    vec![
        sample("sign_in/demo", true, &demo),
        sample("sign_in/wrong", true, &page(Some(Answer::Wrong))),
        sample("sign_in/locked", true, &page(Some(Answer::Locked(ago(-15))))),
        sample("sign_in/signed-out", true, &page(Some(Answer::SignedOut))),
        sample("sign_in/ended", true, &page(Some(Answer::Ended))),
        sample("sign_in/password-forced", true, &password(true, Vec::new())),
        sample("sign_in/password-short", true, &password(false, short)),
    ]
}
