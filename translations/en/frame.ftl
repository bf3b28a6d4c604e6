### What surrounds every page.

frame-product = Lunpai
frame-skip = Skip to content
frame-unstyled = Style and script have not been built. Run in the folder web:
frame-password = Change password
frame-sign-out = Sign out
frame-places = Main navigation
frame-dismiss = Close
frame-failed = That did not get through. Check the connection and try again.
frame-sheet = Actions
frame-preferences = Language and appearance
frame-language = Language
frame-theme = Appearance
theme-auto = As device
theme-light = Light
theme-dark = Dark
place-me = My turn
place-floor = Floor
place-arrival = Arrival
place-board = Board
place-visits = Visits
place-rulebooks = Rulebooks
place-people = People
place-import = Import
connection-live = Live
connection-reconnecting = Reconnecting
connection-connecting = Connecting
form-problems =
    { $count ->
        [one] One thing needs a change
       *[other] { $count } things need a change
    }
pager = Pages
pager-before = Previous
pager-after = Next
pager-page = Page { $page } of { $count }
choose-person = Choose
rings = Rings
people-count =
    { $count ->
        [one] 1 person
       *[other] { $count } people
    }
