"""The columns that a reader may choose for the list of decisions; their names are those of the file.

`columns=` chooses, in the list as in the file: `/penalties/?columns=decided_on&columns=imposed` is a table of
two columns beside the name, and `.csv` with the same parameter a file of two columns and the reference.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from records.authorities import domains
from records.penalties import ledger, words

PARAMETER = "columns"
ALWAYS = ("reference",)
"""Of a file that is narrowed: without it nobody could tell the rows apart."""


@dataclass(frozen=True)
class Shown:
    """A column of the table: name, heading, what stands in it for a decision; `style`: how it is set."""

    name: str
    label: str
    say: Callable[[object], object]
    style: str = ""


def _day(moment) -> str:
    return date_format(localdate(moment)) if moment else ""


def _domain(row) -> str:
    domain = domains.BY_SLUG.get(row.domain)
    return str(domain.label) if domain else row.domain


def _appeal(row) -> str:
    said = {
        "open": _("open"),
        "decided": _("decided"),
        "withdrawn": pgettext_lazy("outcome of an appeal", "taken back"),
    }
    return str(said.get(row.appeal, ""))


COLUMNS = (
    Shown("decided_on", _("Decided"), lambda row: row.decided_on and date_format(row.decided_on), "nowrap"),
    Shown("authority_name", _("Authority"), lambda row: row.authority.name),
    Shown("decision_number", _("Number"), lambda row: row.decision_number),
    Shown("respondent_kind", _("Kind of respondent"), lambda row: row.get_respondent_kind_display()),
    Shown("premises", _("Premises"), lambda row: row.premises),
    Shown("domain", pgettext_lazy("of supervision", "Field"), _domain),
    Shown("sanctions", _("Sanctions"), lambda row: words.sanction_kinds(row.sanction_kinds)),
    Shown("imposed", _("Imposed"), lambda row: words.money(row.imposed, row.currency), "number"),
    Shown("owed", _("Now owed"), lambda row: words.money(row.owed, row.currency), "number"),
    Shown("fine_state", _("State of the fine"),
          lambda row: capfirst(str(dict(ledger.fine_states()).get(row.fine_state, "")))),
    Shown("appeal", pgettext_lazy("against a decision", "Appeal"), _appeal),
    Shown("law_title", _("Law"), lambda row: row.law.title if row.law_id else ""),
    Shown("legal_basis", pgettext_lazy("of a decision", "Legal basis"), lambda row: row.legal_basis),
    Shown("facts", _("Facts"), lambda row: row.facts),
    Shown("shown_since", _("Shown since"), lambda row: _day(row.published_at), "nowrap"),
    Shown("shown_until", _("Shown until"), lambda row: _day(row.hide_at), "nowrap"),
)  # fmt: skip
BY_NAME = {column.name: column for column in COLUMNS}


def chosen(names: list[str]) -> list[Shown]:
    """The columns of these names, in the order of the file."""
    return [column for column in COLUMNS if column.name in names]


def cells(row, columns: list[Shown]) -> list[tuple[Shown, object]]:
    """What a decision says in each of the columns."""
    return [(column, column.say(row)) for column in columns]
