"""What is said about a decision beside its own text, for everybody to read: reasons, notes, titles.

The gates read the decision itself (`gates.holds_no_personal_data`); nothing here can be overruled, because
the person who writes a remark can write it without what is personal.
"""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from records.penalties import kinds
from records.publication import guard


def against(decision, **texts: str) -> dict[str, str]:
    """What stands against showing the texts, by their names; `decision` has the respondent of the record."""
    hidden = decision.respondent_kind in kinds.Respondent.PERSONS and not decision.person_rule
    told = {}
    for name, text in texts.items():
        found = guard.scan(text) + (guard.names_in(text, decision.respondent) if hidden else [])
        if found:
            where = "; ".join(f"{one.words} ({guard.hint(text, one, found)})" for one in found[:5])
            told[name] = _(
                "The public reads this, and it holds what looks personal. Take it out: %(found)s"
            ) % {"found": where}
    return told


def refuse(decision, **texts: str) -> None:
    """Raise ValidationError where something stands against showing one of the texts."""
    if found := against(decision, **texts):
        raise ValidationError(list(found.values()))
