"""The vocabulary: which words the public texts hold, so that a misspelt one can be recognised."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from records.publication.querysets import DisclosedQuerySet


class Word(models.Model):
    """A folded word, how many texts hold it, and what is left of it when letters are missing.

    `deletes` are hashes of the word's first seven letters with none, one or two of them deleted (the SymSpell
    algorithm): two words within two typing errors share at least one, so one index look-up finds them all.
    """

    word = models.TextField(_("word"), primary_key=True)
    count = models.IntegerField(_("number of texts"))
    deletes = ArrayField(models.IntegerField(), verbose_name=_("hashes of its shortened forms"))

    objects = DisclosedQuerySet.as_manager()

    class Meta:
        ordering = ("word",)
        verbose_name = _("word")
        verbose_name_plural = _("words")
        indexes = (GinIndex("deletes", name="word_deletes"),)

    def __str__(self):
        return self.word


class Vocabulary(models.Model):
    """When the words of all public texts were last counted, and how long it took: one row, or none yet."""

    counted_at = models.DateTimeField()
    seconds = models.FloatField()

    class Meta:
        constraints = (models.CheckConstraint(name="vocabulary_is_one", condition=models.Q(pk=1)),)

    def __str__(self):
        return f"{self.counted_at:%Y-%m-%d %H:%M}"
