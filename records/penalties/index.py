"""The index card of a decision: what the search looks through, apart from the decision itself.

One text index answers every search. Its lexemes are the words of the decision, and tokens for what a list is
narrowed and sorted by, which begin with a sign that no word has:

    @kettle     a word of the name that is shown;  @@…  the whole name, hashed;  #hb77  the whole number
    =a12        authority;  =l7 law;  =p31 provision;  =v8 type of violation;  =kfine kind of sanction
    =fpaid      state of the fine;  =gserious  class;  =trestaurant  kind of the place;  =dQA1  its area
    =y2024      year;  =m202403  month;  =n152  block of numbers
    =cGBP       currency;  =iGBP025  step of what was imposed, =i- not known;  =oGBP000  step of what is owed
    =IGBP3      band of what was imposed;  =OGBP0  band of what is owed
    =s4 … =s1024  one decision in so many, for counts of what is too much to count

Beside them a card has three fingerprints, by which lists are counted (`tally.py`): `terms` of kinds, state,
class and place, `money` of year, currency and bands, `cited` of laws, provisions and violations. The database
computes them; equal contents have equal ones.

A card stands apart because an index entry of a hundred lexemes is dear: when a display begins or ends, only
`shown_from` and `shown_until` change, which no index holds. The database writes cards and nobody else
(migrations 0014 and 0023); `month` and `step` say in Python what tokens say in SQL.
"""

import math
from datetime import date
from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from records.authorities.models import Authority
from records.penalties.models import Penalty
from records.publication.querysets import DisclosedQuerySet

SAMPLES = (4, 16, 64, 256, 1024)
"""One in so many decisions bears the token of a sample; each sample is part of the one before it."""

SIGNS = {"imposed": "=i", "owed": "=o"}
"""What begins the tokens of the steps of an amount; in capitals of its bands."""

STEPS = 8
"""So many steps of amounts for each power of ten."""

BLOCK = 1 << 16
"""So many numbers of decisions share a block."""


class IndexCard(models.Model):
    """What is searched, narrowed and counted of one decision; read by the public while it is shown."""

    penalty = models.OneToOneField(
        Penalty, models.DO_NOTHING, primary_key=True, db_constraint=False, related_name="card"
    )
    shown_from = models.DateTimeField(null=True)
    shown_until = models.DateTimeField(null=True)
    decided_on = models.DateField(null=True)
    year = models.SmallIntegerField(null=True)
    authority = models.ForeignKey(
        Authority, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    imposed = models.DecimalField(max_digits=20, decimal_places=3, null=True)
    owed = models.DecimalField(max_digits=20, decimal_places=3, null=True)
    imposed_band = models.SmallIntegerField(null=True)
    owed_band = models.SmallIntegerField(null=True)
    currency = models.CharField(max_length=3)
    fine_state = models.CharField(max_length=20)
    seriousness = models.CharField(max_length=60)
    place = models.CharField(max_length=20)
    kinds = ArrayField(models.CharField(max_length=40))
    laws = ArrayField(models.IntegerField())
    provisions = ArrayField(models.IntegerField())
    violations = ArrayField(models.IntegerField())
    area = models.CharField(max_length=20)
    words = SearchVectorField()
    terms = models.BigIntegerField(editable=False)
    money = models.BigIntegerField(editable=False)
    cited = models.BigIntegerField(editable=False)

    objects = DisclosedQuerySet.as_manager()

    class Meta:
        indexes = (GinIndex("words", name="indexcard_words"),)

    def __str__(self):
        return str(self.penalty_id)


def month(day: date) -> str:
    """The token of the month of a decision."""
    return f"=m{day.year}{day.month:02}"


def step(amount: Decimal) -> int:
    """The number of the step that an amount lies in: 0 for nothing, more for more."""
    if amount <= 0:
        return 0
    return 1 + max(0, math.ceil(STEPS * math.log10(float(amount))))
