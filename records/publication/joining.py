"""Words put together as each language does it: lists, alternatives, a label before what it labels."""

from collections.abc import Iterable
from functools import reduce

from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def listed(parts: Iterable) -> str:
    """“a, b, c”, without those that are empty."""
    return between().join(_filled(parts))


def apart(parts: Iterable) -> str:
    """“a, with its own comma; b”."""
    return pgettext("between long parts of a list", "; ").join(_filled(parts))


def phrase(parts: Iterable) -> str:
    """“Fines over 10 GBP”: what is read in one breath."""
    return reduce(_beside, _filled(parts), "")


def behind(parts: Iterable, close: bool = False) -> str:
    """The parts as they follow something else; `close`, where the first belongs to it."""
    said = listed(parts)
    if not said:
        return ""
    return _("%(before)s %(after)s") % {"before": "", "after": said} if close else between() + said


def space() -> str:
    """What stands between two sentences: nothing in a language whose full stop is as wide as a character."""
    return _("%(before)s %(after)s") % {"before": "", "after": ""}


def one_of(words: Iterable) -> str:
    """“a, b or c”."""
    *others, last = [*_filled(words)] or [""]
    return _("%(words)s or %(last)s") % {"words": listed(others), "last": last} if others else last


def labelled(label, text) -> str:
    """“Label: text”, or the label where there is nothing to say."""
    return _("%(label)s: %(text)s") % {"label": label, "text": text} if text else str(label)


def ended(text: str) -> str:
    """The text with the full stop of the language."""
    return _("%(text)s.") % {"text": text}


def between() -> str:
    """What stands between the parts of a list: “, ”."""
    return pgettext("between the parts of a list", ", ")


def _beside(before: str, after: str) -> str:
    return _("%(before)s %(after)s") % {"before": before, "after": after} if before else after


def _filled(parts: Iterable) -> Iterable[str]:
    return (str(part) for part in parts if part)
