"""Public references: ours, stable, never reused; the database makes them when a row is born."""

from django.db import models


class NewReference(models.Func):
    """A fresh public reference: seven characters, never reused, telling nothing of row numbers."""

    function = "disclosed.new_reference"
    template = "%(function)s()"
    arity = 0
    output_field = models.CharField()
