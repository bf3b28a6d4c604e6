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
rulebook-unset-hint = The regulation leaves them out, and nobody has decided. Copy it and decide them one by one under Settings; until then it cannot be activated.
rulebook-unset-choices = May be:
rulebook-unset-proposal = Most sites write:
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
rulebook-others-activate = A manager or head office activates it.
rulebook-copied = Copied as a draft
rulebook-activated = Activated
rulebook-scheduled = Will be activated then
rulebook-time-unread = This time is not understood
rulebook-time-passed = This time has passed
standing-handed-in = handed in
standing-approved = approved
standing-withdrawn = withdrawn
rulebook-tabs = Pages of the rulebook
rulebook-tab-read = Read
rulebook-tab-settings = Settings
rulebook-tab-clauses = Clauses
rulebook-tab-text = Text
rulebook-tab-scenarios = Scenarios
rulebook-tab-difference = Difference
rulebook-tab-activation = Approve and activate
rulebook-saved-by = saved by { $by }
rulebook-system = the system
rulebook-overtaken = { $by } saved this draft meanwhile
rulebook-overtaken-hint = What you wrote is still below; nothing is lost. Look at it, and save again to have yours.
rulebook-tables = Tables of settings
rulebook-settings-look = Find a setting
rulebook-needed = Must be decided
rulebook-needed-none = Nothing must be decided.
rulebook-found = Settings with “{ $look }”
rulebook-found-none = There is no such setting.
rulebook-no-clause = no clause is carried by it
rulebook-now = now: { $value }
rulebook-default = not written: { $value }
rulebook-preset-says = preset: { $value }
rulebook-proposal = most sites write { $value }
rulebook-save = Save
rulebook-saved = Saved
rulebook-nothing-changed = Nothing was changed
rulebook-text-label = The rulebook as text (TOML)
rulebook-text-well = Nothing is wrong
rulebook-problems = Problems
rulebook-clause-new = New clause
rulebook-clause-id = Clause
rulebook-clause-carry = Carried by way of
rulebook-clause-covers = Covers
rulebook-clause-zh = Text in Chinese
rulebook-clause-en = Text in English
rulebook-clause-carried-by = Settings that carry it
rulebook-clause-carried-by-hint = One setting a line; ending in .* for a whole table.
rulebook-clause-settings = Every setting
rulebook-clause-warning-zh = Legal doubt (Chinese)
rulebook-clause-warning-en = Legal doubt (English)
rulebook-clause-remove = Take this clause out
rulebook-clause-edit = Change
rulebook-clause-added = new
rulebook-clause-removed = gone
rulebook-shown-by = Scenarios that show it
rulebook-files = Scenario files
rulebook-file = File name
rulebook-file-new = New file
rulebook-file-upload = Read from this device
rulebook-file-remove = Take the file out
rulebook-file-download = Download
rulebook-file-unfit = A file name takes letters, figures and hyphens and ends in .feature; a file has at most 200 kB.
rulebook-scenarios-all = Run all scenarios
rulebook-steps = Sentences that fit
rulebook-steps-look = Find a sentence
rulebook-steps-hint = Sentences like the line you write; click one to put it in.
rulebook-compare = Compare with
rulebook-compare-do = Compare
rulebook-same = Nothing differs
rulebook-settings-differ = { $count } settings differ
rulebook-clauses-differ = { $count } clauses differ
rulebook-approval = Approval
rulebook-submitted-by = handed in by { $by }
rulebook-not-submitted = not handed in yet
rulebook-approved-by = approved by { $by }
rulebook-not-approved = not approved yet
rulebook-hand-in = Hand in
rulebook-handed-in = Handed in
rulebook-approve = Approve
rulebook-approved = Approved
rulebook-withdraw = Take back
rulebook-withdrawn = Taken back
rulebook-not-now = This cannot be done now: the draft may have changed, may not be handed in, or somebody else must approve it.
rulebook-eyes-author = Whoever wrote a draft does not approve it; ask another manager, or head office.
rulebook-eyes-alone = Nobody else in the company could approve it, so you may yourself.
rulebook-eyes-role = A manager or head office approves it.
rulebook-counting = Counting what it affects …
rulebook-affects-nothing = The changes touch no right, make-up turn or suspension that was granted.
rulebook-affects-clients = { $count } clients are somebody's now.
rulebook-existing = What was granted
rulebook-lapse = lapse at once
rulebook-shortened = end sooner
rulebook-extended = end later
rulebook-keep = Keeps its terms
rulebook-convert = Gets the new terms
rulebook-convert-hint = Each client's record will say that it was converted; filings keep the protection they were promised.
rulebook-affects-make-ups = { $count } make-up turns are open; they end as the rulebook in force then says.
rulebook-affects-suspensions = { $count } people are suspended; they stay so until the day that was set.
rulebook-replay = Replay: what would have been
rulebook-clauses-look = Find a clause
rulebook-look-none = No clause mentions “{ $look }”.
rulebook-contents = Contents
rulebook-draft = Draft
rulebook-edit = Change settings
rulebook-decide = Decide them
rulebook-severity-error = error
rulebook-severity-undecided = undecided
rulebook-severity-warning = notice
rulebook-kind-rotation = Rotation
rulebook-kind-attribution = Attribution
rulebook-kind-follow-up = Follow-up
rulebook-kind-commission = Splits and commission
rulebook-kind-registers = Registers
rulebook-kind-none = Others
