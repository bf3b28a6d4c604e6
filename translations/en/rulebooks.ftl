### Rulebooks.

rulebooks-title = Rulebooks
rulebooks-hint = Who receives and why is decided by the rulebook in force.
rulebooks-own = This site
rulebooks-presets = Presets
rulebooks-none = This site has no rulebook yet
rulebooks-none-hint = Choose a preset below, copy it and change it.
rulebook-version = Version { $version }
rulebook-clauses =
    { $count ->
        [one] 1 clause
       *[other] { $count } clauses
    }
rulebook-failed =
    { $count ->
        [one] 1 scenario fails
       *[other] { $count } scenarios fail
    }
rulebook-passed =
    { $count ->
        [one] 1 scenario passes
       *[other] { $count } scenarios pass
    }
rulebook-unset = { $count } unset
rulebook-unset-one = unset
rulebook-unset-hint = Nobody has decided these. They must be decided before activation.
rulebook-warnings =
    { $count ->
        [one] 1 doubt
       *[other] { $count } doubts
    }
rulebook-doubts = Doubts
rulebook-covers = covers { $clauses }
rulebook-activate = Activate
rulebook-activate-at = Activate at (empty: now)
rulebook-hindered = Cannot be activated yet
rulebook-changes =
    { $count ->
        [one] One change against the rulebook in force
       *[other] { $count } changes against the rulebook in force
    }
rulebook-in-force = This is the rulebook in force.
rulebook-copy = Copy and change
standing-preset = Preset
standing-draft = Draft
standing-scheduled = Scheduled
standing-active = In force
standing-retired = Retired
rulebook-keeps-terms = Make-up turns that were granted, suspensions and receptions that run keep their terms.
rulebook-others-activate = A manager or head office activates it.
rulebook-copied = Copied as a draft
rulebook-activated = Activated
rulebook-scheduled = Will be activated then
rulebook-time-unread = This time is not understood
rulebook-time-passed = This time has passed
