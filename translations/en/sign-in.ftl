### Signing in, passwords.

sign-in-title = Sign in
sign-in-name = Sign-in name
sign-in-password = Password
sign-in-enter = Sign in
sign-in-demo = Demo sign-ins
sign-in-wrong = Name or password is wrong.
sign-in-locked = Too many tries. Locked
sign-in-signed-out = You are signed out.
sign-in-ended = Your session has ended. Please sign in again.
password-title = Change password
password-forced = Please change your first password before going on.
password-old = Present password
password-new = New password
password-again = New password again
password-least = At least { $count } characters
password-change = Change password
