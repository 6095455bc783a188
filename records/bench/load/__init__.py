"""A register of any size that nobody made: what searches are measured on, up to millions of decisions.

`manage.py make_load` fills a scratch database. The same plan makes the same rows, whatever the size of the
chunks and however many processes load them: rows come in blocks, and each block draws from a source of chance
of its own. Rows satisfy what the triggers would have checked, so that triggers, keys and indexes can be away
while rows come in; `verify` asks the database's own checks about a sample afterwards.

    plan        how much of what, and where its numbers begin
    chance      weighted choices that cost one look-up
    vocabulary  words;  phrases  words that go together;  names, places  what things are called, and where
    rulebook    authorities, laws, provisions, types of violation: the small tables
    businesses, premises, decisions, fines    blocks of rows
    tables      the big tables, and how rows become COPY
    progress    what was loaded, kept in a schema of its own;  taking_down  keys, indexes and triggers
    filling     chunks, processes;  verify;  run  all of it in order
"""
