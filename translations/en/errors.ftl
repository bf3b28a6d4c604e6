### Error pages.

error-forbidden = Not allowed
error-forbidden-hint = Your role may not use this page. Ask an administrator if you need it.
error-not-found = Nothing here
error-not-found-hint = The address may be wrong, or the record is gone. Start again from the first page.
error-conflict = Somebody was faster
error-conflict-hint = Nothing was done. Go back, look at how things stand, and decide again.
error-unprocessable = This cannot be understood
error-unprocessable-hint = Go back, check what you entered and send it again.
error-internal = Something went wrong
error-internal-hint = Try again. If it fails again, tell an administrator the number.
error-reference = Number { $reference }
error-home = To the first page
