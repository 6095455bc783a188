"""The grade badge: all that a page says about one rating, in one place, in the scheme's own words.

One shape per scheme family (bar, letter, face, plate; a dashed outline where there is no grade), the scheme's
own word, the date and the age. `sentence` is what a screen reader says. Tone never carries meaning alone.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from records.publication import joining
from records.publication.strict import Words
from records.ratings import ages, versions
from records.ratings.models import Rating
from records.ratings.schemes import Scheme, Status, Value
from records.ratings.schemes.vocabulary import plain

# Where a scheme's second language is an official one of the authority's country, both stand side by side.
SECOND_LANGUAGE = {"GB-WLS": "cy", "CN": "zh-hans", "DK": "da"}


@dataclass(frozen=True)
class Spoken:
    """A text and its language tag; `lang` is empty where it is the language of the page."""

    text: str
    lang: str = ""


def spoken(words: Words, language: str | None = None) -> Spoken:
    """The text in a language (None: the page's) with the tag to set where it is another than the page's."""
    page = (get_language() or "en").lower()
    wanted = (language or page).lower()
    found = next((tag for tag in (wanted, wanted.split("-")[0]) if tag in words), next(iter(words), page))
    return Spoken(words.get(found, ""), "" if found.split("-")[0] == page.split("-")[0] else found)


@dataclass(frozen=True)
class Place:
    """One place of a bar."""

    key: str
    reached: bool


@dataclass(frozen=True)
class Badge:
    """One grade, or one status, of one scheme version, at one date; `closed`: of a place that has closed."""

    scheme: Scheme
    entry: Value | Status
    on: date | None = None
    inspected: bool = True
    score: object = None
    country: str = ""
    today: date | None = None
    closed: bool = False

    @property
    def graded(self) -> bool:
        """Whether this is a grade; else it is a status that says why there is none."""
        return isinstance(self.entry, Value)

    @property
    def family(self) -> str:
        """The shape: bar, letter, face or plate; "status" without a grade."""
        return self.scheme.family if self.graded else "status"

    @property
    def tone(self) -> str:
        """good, fair, poor or none."""
        return self.entry.tone

    @cached_property
    def title(self) -> Spoken:
        """The name of the scheme."""
        return spoken(self.scheme.title)

    @cached_property
    def word(self) -> Spoken:
        """The scheme's own word."""
        return spoken(self.entry.label)

    @cached_property
    def explanation(self) -> Spoken:
        """What the grade or status means."""
        return spoken(self.entry.explain)

    @cached_property
    def second_word(self) -> Spoken | None:
        """The word in the authority's other official language, where the scheme has it."""
        language = SECOND_LANGUAGE.get(self.country) or SECOND_LANGUAGE.get(self.country.split("-")[0])
        if not language or language not in self.entry.label:
            return None
        second = spoken(self.entry.label, language)
        return second if second.lang and second.text != self.word.text else None

    @property
    def mark(self) -> str:
        """What stands in the shape: the grade's key, or the number that the scheme shows instead."""
        shows = getattr(self.entry, "shows", "")
        return plain(self.score) if shows and self.score is not None else self.entry.key

    @property
    def says_word(self) -> bool:
        """Whether the word says more than what stands in the shape: an A is called A."""
        return self.family not in ("bar", "letter") or self.word.text.casefold() != self.mark.casefold()

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """The places of a bar from left to right."""
        ordered = sorted(self.scheme.values, key=lambda value: value.position)
        return tuple(Place(value.key, value.key == self.entry.key) for value in ordered)

    @property
    def face(self) -> str:
        """Which face is drawn."""
        return getattr(self.entry, "face", "")

    @property
    def age(self) -> str:
        """How long ago, in words; '' without a date."""
        return ages.age(self.on, self.today) if self.on else ""

    @cached_property
    def due_on(self) -> date | None:
        """The last day for the next inspection by the scheme's own rule, where it states one."""
        return self.scheme.due_on(self.entry.key, self.on) if self.on and self.graded else None

    @property
    def overdue(self) -> bool:
        """Whether that day has passed, where there is still something to inspect."""
        return not self.closed and self.due_on is not None and self.due_on < (self.today or localdate())

    @property
    def stale(self) -> bool:
        """Whether the age should stand out: overdue, or three years old where no rule states an interval."""
        if not self.on or not self.graded:
            return False
        return self.overdue if self.due_on else ages.is_old(self.on, self.today)

    @property
    def dated(self) -> str:
        """“inspected 12 May 2026”; a status has a date but no inspection."""
        if not self.on:
            return _("no date given")
        day = date_format(self.on, "DATE_FORMAT")
        if self.inspected:
            return _("inspected %(date)s") % {"date": day}
        return (_("rated %(date)s") if self.graded else _("since %(date)s")) % {"date": day}

    @property
    def mark_word(self) -> str:
        """The grade in a heading: “4”, “A”, “Pass”."""
        return self.mark if self.family in ("bar", "letter") else f"“{self.word.text}”"

    @property
    def short(self) -> str:
        """The grade as a few words: “5, Very good”, “A”, “Pass”, “Exempt”."""
        beside = self.family in ("bar", "letter") and self.says_word
        return joining.listed((self.mark, self.word.text)) if beside else self.word.text

    @property
    def sentence(self) -> str:
        """The badge as one sentence: “Food hygiene: 4 of 5, Good, inspected 12 May 2026, 6 months ago.”"""
        parts = []
        if self.family == "bar":
            parts.append(_("%(mark)s of %(best)s") % {"mark": self.mark, "best": self.scheme.values[0].key})
        elif self.family == "letter":
            parts.append(self.mark)
        if self.says_word:
            parts.append(self.word.text)
        parts.append(self.dated)
        if self.age:
            parts.append(self.age)
        if self.overdue:
            parts.append(_("next inspection overdue"))
        return joining.ended(joining.labelled(self.title.text, joining.listed(parts)))


def of_rating(rating: Rating, country: str = "", today: date | None = None) -> Badge:
    """The badge of a rating; its inspection and its establishment, where loaded, say more."""
    scheme = versions.file_of(rating.version_id)
    inspection = rating.inspection if rating.inspection_id else None
    entry = scheme.entry(rating.value or rating.status)
    shows = getattr(entry, "shows", "")
    score = (inspection.scores or {}).get(shows) if inspection and shows else None
    on = inspection.inspected_on if inspection else rating.rated_on
    closed = Rating.establishment.is_cached(rating) and rating.establishment.closed_on is not None
    return Badge(scheme, entry, on, bool(inspection), score, country, today, closed)


def example(scheme: Scheme, key: str, on: date | None = None, country: str = "") -> Badge:
    """A badge of no establishment, for explanations and the style guide."""
    entry = scheme.entry(key)
    score = 68 if getattr(entry, "shows", "") else None
    return Badge(scheme, entry, on, True, score, country)
