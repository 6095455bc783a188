"""How a person is reached: telephone, messengers, e-mail."""

import re

from django.utils.translation import gettext_lazy as _

from records.publication.guard.detector import Detector, Span, after, beside, number, value_of

_HOTLINE = re.compile(r"(?:\+?86)?[48]00[0-9]{7}|(?:\+?1)?8(?:00|33|44|55|66|77|88)[0-9]{7}|0800[0-9]+")
_DATE = re.compile(
    r"(?:19|20)[0-9]{2}(?:[-./ ][01]?[0-9][-./ ][0-3]?[0-9]|[01][0-9][0-3][0-9]|[-./ ]+(?:19|20)[0-9]{2})"
    r"(?![0-9])"
    r"|[0-3]?[0-9][-./ ][0-3]?[0-9][-./ ](?:19|20)[0-9]{2}(?![0-9])"
)
"""What begins with a date, or with a range of years."""
_PHONE_WORDS = (
    "电话", "手机", "联系方式", "传真", "座机",
    "phone", "telephone", "tel", "mobile", "cell", "fax", "whatsapp",
)  # fmt: skip
_PUNCTUATION = str.maketrans("", "", " ()-./")


def _telephone(match: re.Match) -> Span | None:
    """Not a date, and not a number that is free to call: only organisations have those."""
    start, end = value_of(match)
    value = match.string[start:end]
    if _DATE.match(value) or _HOTLINE.fullmatch(value.translate(_PUNCTUATION)):
        return None
    return start, end


# libphonenumber was measured: 3 ms for 2 kB of text and one country, where this takes microseconds, and 46 MB
# on disk. It also passes over numbers that no exchange gives out, and what is mistyped has to be found too.
PHONE = Detector(
    "phone",
    _("telephone number or messenger account"),
    _("The telephone of a person is no part of a decision, and people who read it may call."),
    (
        # with the code of a country
        number(0, r"\+(?<![0-9A-Za-z].)\(?[1-9](?:[ ().\-]{0,2}[0-9]){7,14}(?![0-9])", _telephone),
        number(0, r"0(?<![0-9A-Za-z.\-].)0[1-9][0-9]{0,2}[ -](?:[ ()-]{0,2}[0-9]){7,11}(?![0-9])"),
        # China: mobile; landline with the code of its area
        number(
            11,
            r"(?<![0-9A-Za-z])(?<![0-9]\.)(?:0{0,2}86[- ]?)?1[3-9][0-9][- ]?[0-9]{4}[- ]?[0-9]{4}"
            r"(?![0-9A-Za-z]|\.[0-9])",
        ),
        number(
            10,
            r"(?<![0-9A-Za-z.\-])(?:\(0(?:10|2[0-9]|[3-9][0-9]{2})\) ?|0(?:10|2[0-9]|[3-9][0-9]{2})[- ])"
            r"[2-9][0-9]{2,3}[- ]?[0-9]{4}(?![0-9])",
        ),
        # United Kingdom: mobile; cities with 02; all others
        number(
            10,
            r"(?<![0-9A-Za-z.\-])\(?0(?:7[0-9]{3}\)?[ -]?[0-9]{3}[ -]?[0-9]{3}"
            r"|7[0-9]{2}[ -][0-9]{3}[ -][0-9]{4}|2[0-9]\)?[ -]?[0-9]{4}[ -]?[0-9]{4}"
            r"|1[0-9]{3}\)?[ -]?[0-9]{3}[ -]?[0-9]{2,3}|1[0-9]{2}\)?[ -]?[0-9]{3}[ -]?[0-9]{4})"
            r"(?![0-9A-Za-z]|[.-][0-9])",
        ),
        # North America
        number(
            10,
            r"(?<![0-9A-Za-z.\-])(?:1[-. ])?(?:\([2-9](?!00)[0-8][0-9]\) ?|[2-9](?!00)[0-8][0-9][-. ])"
            r"[2-9][0-9]{2}[-. ][0-9]{4}(?![0-9A-Za-z]|[.-][0-9])",
            _telephone,
        ),
        after(
            _PHONE_WORDS,
            r"[^0-9+\n-]{0,15}(?: - )?(?P<value>\+?\(?[0-9](?:[ ().\-]{0,2}[0-9]){6,14})(?![0-9])",
            _telephone,
        ),
        after(("微信号", "微信:", "微信 :"), r"[是为: ]{0,3}(?P<value>[a-z][-_a-z0-9]{5,19})"),
    ),
)

EMAIL = Detector(
    "email",
    _("e-mail address"),
    _("An e-mail address often holds a name, and people who read it may write."),
    (
        beside(
            ("@",),
            320,
            r"(?<![a-z0-9._%+'-])[a-z0-9_](?:[a-z0-9._%+'-]{0,62}[a-z0-9_])?"
            r"@(?:[a-z0-9][a-z0-9-]{0,61}\.)+[a-z]{2,24}",
        ),
    ),
)
