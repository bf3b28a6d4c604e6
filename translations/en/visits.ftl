### The visitor register.

visits-title = Visitor register
visits-count =
    { $count ->
        [one] 1 visit
       *[other] { $count } visits
    }
visits-export = Export
visits-day = Day
visits-all = All
visits-show = Show
visits-none = No visits
visits-none-hint = Try another day or fewer conditions.
visits-at = Time
visits-visitor = Visitor
visits-receiver = Receiver
visits-purpose = Purpose
visits-source = Came by
visits-stage = Stage
visits-why = Why
