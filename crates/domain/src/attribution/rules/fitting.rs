//! Whose a new client can be depends on how they came: nobody introduced whoever came on their own.

use rulebook::{Document, Problems};

use super::{OriginOwner, Rules};

/// Whom every way of coming knows of.
const ALWAYS: [OriginOwner; 3] = [OriginOwner::Receiver, OriginOwner::Ruling, OriginOwner::Nobody];
const CONTACT: [OriginOwner; 1] = [OriginOwner::Contact];
const INTRODUCER: [OriginOwner; 2] = [OriginOwner::IntroducerOwner, OriginOwner::HolderAndReceiver];
const RELATIVE: [OriginOwner; 1] = [OriginOwner::Relative];

impl Rules {
    /// Each setting of `[attribution.origin]` names somebody who is known of then.
    pub(super) fn check_origins(&self, document: &Document, problems: &mut Problems) {
        let rules = &self.origin;
        let checked: [(_, bool, &[OriginOwner]); 13] = [
            (&rules.new, false, &[]),
            (&rules.unknown, false, &[]),
            (&rules.named, true, &[]),
            (&rules.referral_open_named, true, &INTRODUCER),
            (&rules.referral_open_unnamed, false, &INTRODUCER),
            (&rules.referral_closed_named, true, &INTRODUCER),
            (&rules.referral_closed_unnamed, false, &INTRODUCER),
            (&rules.invited_named, true, &CONTACT),
            (&rules.invited_unnamed, false, &CONTACT),
            (&rules.outreach_named, true, &CONTACT),
            (&rules.outreach_unnamed, false, &CONTACT),
            (&rules.relative_named, true, &RELATIVE),
            (&rules.relative_unnamed, false, &RELATIVE),
        ];
        for (setting, named, further) in checked {
            let Some(owner) = setting.value() else { continue };
            let known = ALWAYS.contains(owner)
                || further.contains(owner)
                || (named && *owner == OriginOwner::Named);
            let Some(written) = document.setting(&setting.path).filter(|_| !known) else {
                continue;
            };
            let named = named.then_some(OriginOwner::Named);
            let may = ALWAYS.iter().chain(further).chain(&named);
            let may: Vec<String> = may.map(|owner| format!("`{}`", owner.word())).collect();
            problems.error(
                written.place(),
                format!("`{} = \"{}\"`: there is no such person then", setting.path, owner.word()),
                format!("write one of {}", may.join(", ")),
            );
        }
    }
}
