"""Searches, files and changes on a register of a size that somebody names: `make bench SIZE=10m`.

It measures on a made-up register (`records.bench.load`) in a database of its own, which it keeps, because ten
million decisions take hours. Each part is a function that takes a `Ground` and returns `Line`s, each figure
with a yardstick of the same run; `run.PARTS` is the order. What changes the register comes last and is taken
back (`cleaning`). The search is reached by its public face alone.

    sizes, database, phases    which size fits, where it is kept, how long each phase took
    drawn, queries, visits     what is asked: the same every time, by frequency
    timing, lines, plain       time in the database, a line of the table, the same questions in plain SQL
    firsts, relevance, counting, paging, places, suggestions, files    questions
    publishing, ending, importing, cleaning    changes
    serving, datasette, beside    over HTTP, beside Datasette
    report, run    the table, and all of it in order
"""
