### People, roles, teams.

people-title = People
people-import = Import
people-add = Add a person
people-look = Look for a name
people-none = Nobody found
people-none-hint = Try another spelling, or add somebody.
people-name = Name
people-sign-in = Sign-in name
people-roles = Roles
people-team = Team
people-number = Badge
people-standing = Standing
people-certified = Certified
people-certified-long = Certified to receive
people-first-password = First password
people-inactive = Inactive
people-active-long = May sign in
people-edit = Edit
people-save = Save
people-cancel = Cancel
people-reset = Reset the password
people-reset-hint = Makes a new first password, to be changed at sign-in. Ends every session of theirs.
people-new-password = First password:
people-new-password-hint = Shown only now. Tell it to them in person.
