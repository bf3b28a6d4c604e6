### Durations, lists, yes and no.

format-yes = yes
format-no = no
format-none = none
format-unknown = not known
format-days =
    { $days ->
        [one] 1 day
       *[other] { $days } days
    }
format-minutes = { $minutes } min
format-hours = { $hours } h
format-hours-minutes = { $hours } h { $minutes } min
format-list = { $first } and { $last }
script-minutes = {"{m}"} min
script-hours = {"{h}"} h
script-hours-minutes = {"{h}"} h {"{m}"} min
since-before = for
left-before = left
