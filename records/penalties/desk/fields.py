"""The form fields of the columns of a version: never required, because a draft may lack any of them."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from records.penalties.models import Penalty

LONGEST_TEXT = 30_000
"""Characters of the facts or of another text; the search keeps the beginning of longer ones."""

DATE_ERRORS = {"invalid": gettext_lazy("Write the day as year-month-day, for example 2026-05-12.")}
TEXTS = {"facts": 6, "legal_basis": 2, "remedy": 2, "necessity_note": 2, "proportionality_note": 2}
"""Fields with several lines, and how many of them are shown."""

PLAIN = (
    "decision_number", "decided_on", "respondent", "respondent_kind", "premises", "under_18", "domain",
    "legal_basis", "facts", "procedure", "seriousness", "served_on", "notice_served_on", "conduct_ended_on",
    "found_on", "restricted_until", "harm_removed", "final_on", "remedy", "remedy_until", "necessity_note",
    "person_rule", "proportionality_note", "language",
)  # fmt: skip
"""Columns of a version that the form takes as they stand."""


def field(name: str) -> forms.Field:
    """The form field of a column: never required, because a draft may lack it."""
    column = Penalty._meta.get_field(name)
    field = column.formfield(required=False)
    field.label = capfirst(column.verbose_name)
    if isinstance(field, forms.DateField):
        field.widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        field.error_messages |= DATE_ERRORS
    elif name in TEXTS:
        field = forms.CharField(
            label=field.label, help_text=field.help_text, required=False, max_length=LONGEST_TEXT,
            widget=forms.Textarea(attrs={"rows": TEXTS[name]}),
        )  # fmt: skip
    return field
