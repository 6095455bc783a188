"""Numbers and dates in words, for every template."""

from urllib.parse import urlsplit

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.formats import number_format
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe
from django.utils.timezone import localdate
from django.utils.translation import ngettext

from records.publication import joining
from records.ratings import ages

register = template.Library()


@register.simple_block_tag(takes_context=True)
def term(context, content, key):
    """Words that lead to their entry in the glossary, where they stand first on a page; else as they are.

    {% term "owed" %}{% translate "Now owed" %}{% endterm %}
    """
    request = getattr(context, "request", None)
    if request is None or request.path.startswith(settings.OFFICE_PATH):
        return content
    explained = request.__dict__.setdefault("explained", set())
    if key in explained:
        return content
    explained.add(key)
    return render_to_string("components/term.html", {"key": key, "words": content})


@register.simple_tag
def comma() -> str:
    """What stands between the parts of a list, where these hold markup: “, ”."""
    return joining.between()


@register.simple_tag
def space() -> str:
    """What stands between two sentences of this site."""
    return joining.space()


@register.filter
def ended(text) -> str:
    """A sentence with the full stop of the language."""
    return joining.ended(str(text))


@register.simple_block_tag
def labelled(content, label="", text="") -> str:
    """“Label: text”, of which one is given and the other is what the block holds, with its markup."""
    said = joining.labelled(conditional_escape(label) or content, conditional_escape(text) or content)
    return mark_safe(said)


@register.filter
def points(number) -> str:
    """“7 points”, “1 point”, “2.5 points”."""
    whole = number == int(number)
    said = number_format(number, decimal_pos=0 if whole else 1)
    return ngettext("%(points)s point", "%(points)s points", int(number) if whole else 2) % {"points": said}


@register.filter
def count(number) -> str:
    """A whole number with its thousands apart; of one that is about right, see `Count.figure`."""
    if hasattr(number, "figure"):
        return number.figure
    return number_format(int(number), decimal_pos=0, use_l10n=True, force_grouping=True)


@register.filter
def percent(part, whole) -> str:
    """`part` of `whole` as a share: “12 %”, “0.4 %”, “less than 0.1 %”; '' of nothing."""
    if not whole:
        return ""
    share = 100 * part / whole
    if 0 < share < 0.1:
        return f"< {number_format(0.1, decimal_pos=1)}\N{NO-BREAK SPACE}%"
    digits = 0 if share >= 10 or share == 0 else 1
    return f"{number_format(round(share, digits), decimal_pos=digits)}\N{NO-BREAK SPACE}%"


@register.filter
def width(part, whole) -> str:
    """`part` of `whole` as an SVG width out of 100, with a point in every language."""
    return f"{100 * part / whole:.2f}" if whole else "0"


@register.filter
def age(on) -> str:
    """How long ago a date or an instant was, in words."""
    return ages.age(localdate(on) if hasattr(on, "hour") else on) if on else ""


@register.filter
def lines(text) -> list[str]:
    """The lines of an address that hold anything."""
    return [line for line in text.split("\n") if line.strip()]


@register.filter
def one_line(text) -> str:
    """An address in one line."""
    return ", ".join(lines(text))


@register.filter
def host(address) -> str:
    """The host of a web address, as the words of a link to it."""
    return urlsplit(address).hostname or address


@register.filter
def coordinate(number) -> str:
    """Degrees with a point and five decimals, whatever the language."""
    return f"{number:.5f}"


@register.filter
def file_size(number) -> str:
    """A number of bytes in kB or MB."""
    if number < 1_000_000:
        return f"{max(1, round(number / 1000))}\N{NO-BREAK SPACE}kB"
    return f"{number_format(number / 1_000_000, decimal_pos=1)}\N{NO-BREAK SPACE}MB"
