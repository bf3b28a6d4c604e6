### The supervisor's live floor.

floor-title = Floor
floor-opened = opened { $at }
floor-not-open = day not open
floor-open = Open the day
floor-close = Close the day
floor-look = Look
floor-asks = asks for: { $kind }
floor-approve = Approve
floor-refuse = Refuse
floor-proposal = After the late entry: a make-up turn for { $name }
floor-grant = Grant
floor-drop = Drop
floor-take = Take away
floor-people = People
floor-nobody = Nobody has signed in
floor-second-allowed = may take a second
floor-actions = Actions
floor-actions-for = Actions for { $name }
late-title = Late entry
late-hint = Enter visits from paper with their own times. Finished turns are not dealt again; make-up turns are proposed.
late-happened-at = Arrived
late-ended-at = Ended
late-receiver = Receiver
late-by-order = By the order of then
late-situation = Situation
late-enter = Enter
close-nothing-open = Nothing is open. The day can be closed.
close-open =
    { $count ->
        [one] One thing is still open
       *[other] { $count } things are still open
    }
close-settle = Settle
close-anyway = Close with open things
sheet-presence = Presence
sheet-sign-in = Sign in
sheet-sign-out = Off for the day
sheet-return = Is back
sheet-make-up = Make-up turn
sheet-kind = Kind
sheet-reason = Reason
sheet-suspend = Suspend
sheet-days = Days
sheet-lift = Lift the suspension
sheet-assignment = Assignment
sheet-assignment-label = What
sheet-in-ring = In the ring
sheet-save = Save
sheet-order = Order
sheet-position = Place
sheet-move = Move
sheet-second = A second new client
sheet-second-hint = While a new client is still here, another one needs permission.
sheet-second-allow = Allow
sheet-second-end = End permission
