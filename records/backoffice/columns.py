"""What lists and traces show of a record: its state with a mark, who did something, and when."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

NONE = "–"


def state(row) -> SafeString:
    """The state of a record in words; the stylesheet gives each a mark of its own shape."""
    mark = '<span class="record-state record-state-{}">{}</span>'
    return format_html(mark, row.state, row.get_state_display())


def ago(at) -> str:
    """How long ago an instant was, in its largest unit; days and hours, no seconds."""
    if (timezone.now() - at).total_seconds() < 60:
        return _("just now")
    return _("%(time)s ago") % {"time": timesince(at, depth=1)}


def when(at) -> SafeString:
    """An instant as people say it, then to the minute: “3 hours ago, 29 Nov 2026, 18:04”."""
    exact = date_format(timezone.localtime(at), "SHORT_DATETIME_FORMAT")
    return format_html('<time datetime="{}">{}, {}</time>', at.isoformat(timespec="seconds"), ago(at), exact)


def who_when(who, at, instead: str = NONE) -> SafeString:
    """A person, or what stands in place of one, and below it when that was."""
    name = (who.get_full_name() or who.get_username()) if who else instead
    return format_html("{}<small>{}</small>", name, when(at)) if at else format_html("{}", name)
