"""Measures imports and searches, each beside a yardstick of the same run: a peer, or what the machine can do.

Nothing here is a test: `make bench` prints a table, and a person judges it. Every measurement is a function
that returns `Result`s; `MEASUREMENTS` is the order in which they run. All of them work on a scratch database.
"""
