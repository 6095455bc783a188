"""What ratings tell the intake: how a file of establishments, inspections and ratings enters the register.

A row takes this way: `checks` may refuse it, `staging` turns it into lines (both in worker processes, without
Django's models); `matching` compares the file with the register, `merge` brings the register in step,
`companies` links who runs what; `room` is what the pipeline holds on to.
"""
