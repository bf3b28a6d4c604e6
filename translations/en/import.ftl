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
