"""What an import of ratings is told in."""

from django.utils.translation import gettext_lazy as _

from records.intake.words import Nouns

ESTABLISHMENTS = Nouns(
    things=_("establishments"),
    new=_("establishments that the register does not have yet"),
    kinds={
        "rating": _("another rating"),
        "rated_on": _("another date of the rating"),
        "pending": _("a new rating on its way, or no longer"),
        "name": _("another name"),
        "address": _("another address"),
        "postcode": _("another postcode"),
        "place": _("other coordinates"),
        "kind": _("another kind of establishment"),
        "dates": _("other opening or closing dates"),
        "returned": _("back in the source"),
    },
)
