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
rulebook-unset-title =
    { $count ->
        [one] One setting is undecided
       *[other] { $count } settings are undecided
    }
rulebook-unset-hint = The regulation does not say, and nobody has decided. Agree on each with whoever answers for the regulation, write it into a copy of the document, and submit the copy as a new version (handbook, "Rulebooks"; POST /api/v1/sites/../rulebooks). Until then it cannot be activated.
rulebook-unset-choices = May be:
rulebook-unset-proposal = Most sites write:
rulebook-hindered-unset =
    { $count ->
        [one] One setting is undecided
       *[other] { $count } settings are undecided
    }
rulebook-scenarios = Scenarios
rulebook-scenarios-hint = Examples written from the regulation, which show what this version decides.
rulebook-scenarios-run = Run the scenarios
rulebook-scenario-line = line { $line }
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
