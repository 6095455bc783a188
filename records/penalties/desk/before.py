"""What a version of a decision says, by the names of the form's fields: to compare two of them."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from records.penalties import words
from records.penalties.desk import choices
from records.penalties.desk.fields import PLAIN
from records.penalties.parting import Parts


def of(content, parts: Parts) -> dict[str, str]:
    """The words of a version, stored or not; fields without any are left out."""
    found = {name: _value(content._meta.get_field(name), getattr(content, name)) for name in PLAIN}
    found |= {
        "secrecy": _value(None, bool(content.secrecy_checked_on)),
        "business": str(content.business or ""), "establishment": str(content.establishment or ""),
        "law": content.law.title if content.law else "",
        "inspection": choices.inspection(content.inspection).label if content.inspection else "",
        "document": str(content.document or ""),
    }  # fmt: skip
    return _spoken(found | _of_parts(parts))


def _of_parts(parts: Parts) -> dict[str, str]:
    found = {"sanctions": "\n".join(_sanction(row) for row in parts.sanctions)}
    for role in ("violated", "applied"):
        cited = [c for c in parts.citations if c.role == role]
        found[role] = "\n".join(f"{c.law}, {c.provision.article if c.provision else c.text}" for c in cited)
    return found | {"violations": "\n".join(str(v.violation) for v in parts.violations)}


def _sanction(row) -> str:
    said = words.sanction(row)
    return " · ".join(filter(None, (said.sentence, said.printed, said.text)))


def _value(column, value) -> str:
    if isinstance(value, bool):
        return _("yes") if value else ""
    if value in (None, ""):
        return ""
    if column is not None and column.get_internal_type() == "DateField":
        return date_format(value)
    return (
        str(dict(column.flatchoices).get(value, value))
        if column is not None and column.choices
        else str(value)
    )


def _spoken(found: dict[str, str]) -> dict[str, str]:
    return {name: text for name, text in found.items() if text}
