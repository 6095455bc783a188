"""What the desk says of steps and proposals."""

from django import template
from django.utils.translation import gettext_lazy as _

from records.penalties.desk.queue import PROPOSED

register = template.Library()
TAKEN = {
    "draft": _("returned"),
    "in_review": _("submitted"),
    "approved": _("approved"),
    "published": _("published"),
    "suspended": _("hidden"),
    "refused": _("refused"),
    "withdrawn": _("withdrawn"),
    "expired": _("expired"),
    "repaired": _("ended early"),
    "sealed": _("sealed"),
    "applied": _("applied"),
    "dropped": _("dropped"),
}


@register.filter
def step_words(step) -> str:
    """What a step of the trace did."""
    if step.source == step.target:
        return _("corrected, or shown for longer")
    if not step.source:
        return _("begun")
    if (step.source, step.target) == ("suspended", "published"):
        return _("shown again")
    if (step.source, step.target) == ("approved", "in_review"):
        return _("taken back for checking")
    if step.is_taken_back:
        return _("taken back")
    return TAKEN.get(step.target, step.target)


@register.filter
def proposal_words(proposal) -> str:
    """What is proposed."""
    return PROPOSED.get(proposal.verb, proposal.verb)
