"""What the public may see: states, transitions, the roles and views that enforce it.

The lowest floor of the house. The definition of "public" is written once, in SQL (`views.py`), and the
database enforces it: the public site connects as a role that can read those views and nothing else.
"""
