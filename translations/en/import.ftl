### Import of sheets.

import-title = Import
import-choose = Choose a sheet
import-preview = Check before it is written
import-done = Import done
import-kind = What
import-file = File
import-file-hint = xlsx or CSV, headings in the first row.
import-read = Read and check
import-templates = Empty sheets:
import-counts = { $good } rows are good, { $bad } have problems
import-line = Row
import-problem = Problem
import-confirm =
    { $count ->
        [one] Import 1 row
       *[other] Import { $count } rows
    }
import-again = Choose another file
import-written =
    { $count ->
        [one] 1 row written
       *[other] { $count } rows written
    }
import-left-out =
    { $count ->
        [one] 1 row left out
       *[other] { $count } rows left out
    }
import-confirm-good =
    { $count ->
        [one] Import only the good row
       *[other] Import only the { $count } good rows
    }
import-more =
    { $count ->
        [one] 1 more good row is not listed
       *[other] { $count } more good rows are not listed
    }
import-known =
    { $count ->
        [one] 1 row was here before
       *[other] { $count } rows were here before
    }
import-refused =
    { $count ->
        [one] 1 row was refused
       *[other] { $count } rows were refused
    }
import-row = Row { $row }
import-passwords = First passwords
import-unreadable = “{ $file }” cannot be read: give xlsx, or CSV in UTF-8
import-too-large = The file is too large: at most 20 MB
import-no-file = Choose a file
import-empty = The sheet is empty
import-gone = This sheet was written already or has gone: choose the file again
import-fault-missing = must not be empty
import-fault-unreadable = “{ $given }” is not understood
import-fault-nobody = nobody here is called “{ $given }”
import-fault-several = several people are called “{ $given }”
import-fault-twice = “{ $given }” stands twice
import-fault-taken = “{ $given }” belongs to somebody else
import-fault-future = “{ $given }” has not come yet
import-fault-before-arrival = “{ $given }” lies before the arrival
import-fault-not-yours = only an administrator gives “{ $given }”
import-fault-not-open = the day is not open: open it first
import-fault-heading = the heading “{ $given }” is unknown; the column is left out
import-fault-note = write: { $note }
import-fault-too-long = this is too long; shorten it
import-fault-no-text = these bytes are no text; save the file as CSV in UTF-8 or GB18030
import-fault-here = a client with this telephone is here already
