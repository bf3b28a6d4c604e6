### What was decided, in one sentence.

outcome-receive = { $receiver } receives { $visitor }
outcome-receive-by-override = { $receiver } receives { $visitor } by override
outcome-receives = { $receiver } receives
outcome-stays = { $receiver } goes on receiving
outcome-waits = The visitor waits: nobody is free
outcome-asks-owner = First the owner, { $owner }, is asked
outcome-recorded = Entered late: { $receiver } received
outcome-refused = Not possible
outcome-undecided = The rulebook has not decided; a supervisor must
outcome-done = Done
outcome-make-up-granted = { $person } gets a make-up turn
outcome-make-up-taken-away = { $person } loses a make-up turn
outcome-turn-passed = { $person } is passed over
outcome-turn-lost = { $person } loses the turn
outcome-suspended = { $person } is suspended
outcome-outing-approved = { $person }'s outing is approved
outcome-outing-refused = { $person }'s outing is refused
outcome-order-set = The order is set
outcome-day-opened = The day is open
outcome-day-closed = The day is closed
