"""How old a rating is, in words and in full units: a rating is a photograph with a date."""

from datetime import date

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from records.ratings.schemes.history import elapsed

OLD_YEARS = 3
"""From this age on an age stands out where the scheme itself states no interval between inspections."""


def age(on: date, today: date | None = None) -> str:
    """“6 months ago”: full days, weeks, months or years from `on` to today, never rounded up.

    A date after today is said to be one, because sources contain such dates.
    """
    today = today or localdate()
    if on > today:
        return _("dated in the future by the source")
    days = (today - on).days
    if days == 0:
        return _("today")
    if days == 1:
        return _("yesterday")
    if days < 14:
        return ngettext("%(n)d day ago", "%(n)d days ago", days) % {"n": days}
    months = elapsed(on, today, "months")
    if months < 2:
        return ngettext("%(n)d week ago", "%(n)d weeks ago", days // 7) % {"n": days // 7}
    if months < 24:
        return ngettext("%(n)d month ago", "%(n)d months ago", months) % {"n": months}
    return ngettext("%(n)d year ago", "%(n)d years ago", months // 12) % {"n": months // 12}


def is_old(on: date, today: date | None = None) -> bool:
    """Whether three full years have passed since `on`."""
    return elapsed(on, today or localdate(), "years") >= OLD_YEARS
