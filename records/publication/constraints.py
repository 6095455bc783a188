"""Row checks that models of every room put on the texts which everybody reads."""

from django.db import models
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _


class HoldsPersonalNumber(models.Func):
    """Whether a text holds the number of a person; `personal.number_in`, asked of the database."""

    function = "disclosed.holds_personal_number"
    arity = 1
    output_field = models.BooleanField()


def no_personal_number(name: str, *fields: str) -> models.CheckConstraint:
    """None of the text columns holds an identity number, whoever writes it and by whatever statement.

    A form checks it only where it holds all of the fields: what a clerk enters and what an import keeps as
    published are two constraints. Of the text of a decision the gates may be overruled, so there a trigger
    asks instead.
    """
    texts = [models.F(field) for field in fields]
    for place in range(len(texts) - 1, 0, -1):
        texts.insert(place, models.Value("\n"))
    text = Concat(*texts, output_field=models.TextField()) if len(texts) > 1 else texts[0]
    return models.CheckConstraint(
        condition=~models.Q(HoldsPersonalNumber(text)),
        name=f"{name}_no_personal_number",
        violation_error_message=_(
            "A text holds what looks like the number of a person, such as an identity or social security "
            "number. Remove it."
        ),
    )
