"""Kinds of sanction: one list for forms, pages, files and filters; a new kind is an entry and no migration.

The first fourteen are those of the Chinese law on administrative penalties (2021), article 9; the others
occur elsewhere. The words under which a source publishes a kind stand beside it, so that every format reads
alike.
"""

import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Kind:
    """One kind of sanction.

    `money`: an amount makes sense; `payable`: the amount counts into what was imposed and is owed; `duration`
    and `licence`: what else is asked for; `early_stop`: its display may end early; `public`: it may be shown
    at all; `words`: folded published words that mean it.
    """

    slug: str
    label: str
    explanation: str
    tone: str = "fair"
    money: bool = False
    payable: bool = False
    duration: bool = False
    licence: bool = False
    early_stop: bool = True
    public: bool = True
    words: tuple[str, ...] = ()

    def asks(self) -> tuple[str, ...]:
        """The fields that a form shows for it, beside the words of the decision."""
        wanted = (
            ("amount", self.money),
            ("currency", self.money),
            ("duration", self.duration),
            ("licence", self.licence),
        )
        return tuple(name for name, shown in wanted if shown)


KINDS = (
    Kind("warning", _("Warning"), _("A formal warning without any other measure."), "none",
         words=("警告", "warning letter", "caution")),
    Kind("public_criticism", _("Public criticism"), _("A reprimand made known to others."), "none",
         words=("通报批评", "reprimand", "censure")),
    Kind("fine", _("Fine"), _("Money to be paid to the state."), "poor", money=True, payable=True,
         words=("罚款", "civil penalty", "penalty", "monetary penalty", "citation", "fixed penalty")),
    Kind("daily_fine", _("Daily fine"), _("Money to be paid for each day until something is done."), "poor",
         money=True, payable=True, words=("加处罚款", "coercive fine", "periodic penalty payment")),
    Kind("confiscation_gains", _("Confiscation of gains"), _("What was earned by the breach is taken."),
         "poor", money=True, words=("没收违法所得", "disgorgement")),
    Kind("confiscation_goods", _("Confiscation of goods"), _("Unlawful goods or tools are taken."), "poor",
         money=True, words=("没收非法财物", "没收违法所得、没收非法财物", "seizure", "forfeiture")),
    Kind("licence_suspension", _("Suspension of a licence"), _("A licence is without effect for a time."),
         "poor", duration=True, licence=True, early_stop=False, words=("暂扣许可证件", "暂扣许可证")),
    Kind("licence_revocation", _("Revocation of a licence"), _("A licence is taken away."), "poor",
         licence=True, early_stop=False,
         words=("吊销许可证件", "吊销许可证/执照", "吊销营业执照", "吊销许可证")),
    Kind("qualification_downgrade", _("Lower class of qualification"), _("A qualification is lowered."),
         "poor", licence=True, early_stop=False, words=("降低资质等级",)),
    Kind("activity_restriction", _("Restriction of activity"), _("Certain business may not be done."), "poor",
         duration=True, early_stop=False, words=("限制开展生产经营活动", "prohibition notice")),
    Kind("suspension_of_business", _("Suspension of business"), _("The business must stop for a time."),
         "poor", duration=True, early_stop=False, words=("责令停产停业", "责令停业整顿")),
    Kind("closure_order", _("Closure order"), _("The premises or the business must close."), "poor",
         duration=True, early_stop=False, words=("责令关闭", "closure", "emergency prohibition order")),
    Kind("occupation_ban", _("Ban from an occupation"), _("Certain work may not be done."), "poor",
         duration=True, early_stop=False, words=("限制从业", "debarment", "disqualification")),
    Kind("detention", _("Detention"), _("Never shown: these records are sealed by law."), "none",
         duration=True, public=False, words=("行政拘留",)),
    Kind("improvement_order", _("Order to improve"), _("Something must be put right by a date."),
         duration=True, words=("improvement notice", "enforcement notice", "责令改正", "abatement order")),
    Kind("restitution", _("Restitution"), _("Money to be paid to those who were harmed."), money=True,
         words=("责令退赔", "restitution order", "back wages")),
    Kind("other_statutory", _("Other sanction"), _("Another sanction that a law provides for."), money=True,
         duration=True, licence=True, words=("其他", "other", "法律、行政法规规定的其他行政处罚")),
)  # fmt: skip

BY_SLUG = {kind.slug: kind for kind in KINDS}
PAYABLE = tuple(kind.slug for kind in KINDS if kind.payable)


def _folded(words: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", words).casefold().replace("_", " ").split())


_BY_WORD = {_folded(word): kind.slug for kind in KINDS for word in (kind.slug, *kind.words)}


def choices():
    """Pairs of slug and label, for forms and columns; those that are never public are left to imports."""
    return [(kind.slug, kind.label) for kind in KINDS]


def of(word: str) -> str:
    """The slug for a word as published; "" where none fits."""
    return _BY_WORD.get(_folded(word), "")


class Respondent:
    """What the law takes a respondent for; decides whether the name may be shown."""

    ORGANISATION, PUBLIC_BODY = "organisation", "public_body"
    SOLE_TRADER, NATURAL_PERSON = "sole_trader", "natural_person"
    PERSONS = (SOLE_TRADER, NATURAL_PERSON)


def respondents():
    """Pairs of kind of respondent and label."""
    return [
        (Respondent.ORGANISATION, _("organisation")),
        (Respondent.PUBLIC_BODY, _("public body")),
        (Respondent.SOLE_TRADER, _("sole trader")),
        (Respondent.NATURAL_PERSON, _("natural person")),
    ]


def procedures():
    """Pairs of procedure and label."""
    return [
        ("ordinary", _("ordinary procedure")),
        ("summary", _("summary procedure, decided on the spot")),
        ("hearing", _("after a hearing")),
        ("settlement", _("agreed with the respondent")),
    ]


def seriousness_classes():
    """Pairs of class and label; what a class means is said by the rule set."""
    return [("minor", _("minor")), ("ordinary", _("ordinary")), ("serious", _("serious"))]
