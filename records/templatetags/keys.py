"""Marks the control that a key of the desk stands for."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from records.backoffice.keys import KEYS, OF_STEPS

register = template.Library()


@register.simple_tag
def key(name: str) -> SafeString:
    """The attributes of the control: `<a href="…" {% key "desk" %}>`; an unknown name is a mistake."""
    press = KEYS[name].press
    strokes = press.split()
    # A sequence has no way to be said in aria-keyshortcuts; it is said in the list.
    known = format_html(' aria-keyshortcuts="{}"', press) if len(strokes) == 1 else ""
    return format_html('data-key="{}"{}', name, known)


@register.simple_tag
def key_of_step(step: str) -> SafeString:
    """The same for the button of a step; most have none."""
    return key(OF_STEPS[step]) if step in OF_STEPS else SafeString("")


@register.simple_tag
def key_of_list(name: str) -> SafeString:
    """The same for the list of a kind of record, which need not have a key."""
    return key(name) if name in KEYS else SafeString("")
