"""Measures imports and searches, each beside a yardstick of the same run: a peer, or what the machine can do.

Nothing here is a test: `make bench` prints a table, and a person judges it. Every measurement is a function
that returns `Result`s. They work on a scratch database; `serving` and `crowd` start the site and read the
register that there is.
"""
