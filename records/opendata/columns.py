"""What columns are made of: expressions that the database writes as they stand in a file."""

from django.db import models


class Harmless(models.Func):
    """A text that no spreadsheet takes for a formula: what begins like one gets an apostrophe before it."""

    template = "regexp_replace(%(expressions)s, '^(?=[-=+@\\t\\r])', '''')"
    arity = 1
    output_field = models.TextField()


class Moment(models.Func):
    """An instant as 2026-01-31T09:30:00Z."""

    template = """to_char(%(expressions)s AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')"""
    arity = 1
    output_field = models.CharField()


class Plain(models.Func):
    """An amount without the noughts that say nothing."""

    function = "trim_scale"
    arity = 1
    output_field = models.DecimalField(max_digits=20, decimal_places=3)


class Joined(models.Func):
    """The texts of an array, divided by semicolons."""

    template = "array_to_string(%(expressions)s, '; ')"
    arity = 1
    output_field = models.TextField()
