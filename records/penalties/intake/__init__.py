"""What penalties tell the intake: how a file of decisions enters the register.

A row takes this way. In a worker process, without the database: `checks` may refuse a value, `pieces` reads
its sanctions, provisions, violations and events, `decision` makes of it what the register would hold and what
the gates look at, `staging` asks the gates and turns it into a line. `context` is what a worker knows of the
register. In the database: `matching` compares the file with the register; `supplies` adds the laws, types of
violation, documents and businesses that it needs; `merge` writes what is new, `renewal` what has changed.
`telling` says it all in words; `room` is what the pipeline holds on to.

Nothing goes in that a clerk could not enter: the gates are the same (`records.penalties.gates`), and two
people stand for it, one who uploads the file and another who confirms it.
"""
