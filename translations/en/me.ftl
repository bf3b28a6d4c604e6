### The consultant's page.

me-title = My turn
me-no-ring = Not in a ring today
me-alarm = Alarm
me-your-turn = It is your turn
me-your-turn-hint = The next new client is yours. Please stay on the floor.
me-offered = Please receive
me-ahead =
    { $ahead ->
        [0] nobody before you
        [one] one person before you
       *[other] { $ahead } people before you
    }
me-return = I am back
me-step-out = Step out
me-outing-asked = Asked for: { $kind }. Waiting for approval.
me-outing-minutes = How long: { $kind }
me-outing-full = full
me-outing-approval = needs approval
me-outing-limit = up to { $minutes }
me-outing-away = { $away } of { $limit } away
me-turns = My turns today
me-turns-none = No turns yet today
forgotten-finish = Is the reception of { $visitor } over?
forgotten-return = { $kind } was due back at { $due }. Are you back?
me-sign-in = Sign in for the day
me-sign-out = Sign out for the day
me-turn = My turn
me-notice = I am free: use my make-up turn
me-give-up-hint = What becomes of the turn is up to the rulebook; it counts as given up of your own will.
me-give-up-confirm = Give this turn up
me-delegate = Who receives my clients when I am away
me-delegate-nobody = Nobody
me-more = More with this visit
