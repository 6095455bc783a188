"""Two rows that are one establishment: the wrong one steps back, and its reference leads to the right one.

What was published about the row that steps back stays as it was published, locked and readable in the back
office; nothing is moved,
because a rating names the row that was inspected. The public no longer sees the row;
who follows its reference arrives at the one that stands.
"""

from django.contrib.postgres.functions import TransactionNow
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from records.businesses.models import Establishment, EstablishmentAlias
from records.publication.trace import acting


def refusals(establishment: Establishment, into: Establishment) -> list[str]:
    """What stands against the merge; empty when nothing does."""
    found = []
    if establishment.pk == into.pk:
        found.append(_("Choose another establishment: this one cannot be merged into itself."))
    if establishment.authority_id != into.authority_id:
        found.append(_("Both must be of the same authority."))
    if into.hide_at is not None:
        found.append(
            _("The establishment to merge into is itself no longer shown. Choose the one that stands.")
        )
    if establishment.hide_at is not None:
        found.append(_("This establishment is no longer shown already."))
    if establishment.source and establishment.left_source_at is None:
        found.append(
            _(
                "Its source still lists it as a place of its own. Have the source merge the "
                "two; the next import follows."
            )
        )
    if establishment.inspections.filter(state__in=["in_review", "approved"]).exists():
        found.append(_("Inspections of it wait to be checked or published. Finish those first."))
    return found


def merge(establishment: Establishment, into: Establishment, reason: str, by=None) -> EstablishmentAlias:
    """Let `establishment` step back in favour of `into`, from now on. Raises ValidationError with what to do.

    Its drafts move along, its current ratings end, its old references and its own lead to `into`.
    """
    if not reason.strip():
        raise ValidationError(_("Write down why the two are one."))
    with acting(by, reason):
        rows = (
            Establishment.objects.select_for_update()
            .order_by("pk")
            .filter(pk__in=[establishment.pk, into.pk])
        )
        held = {row.pk: row for row in rows}
        old, new = held[establishment.pk], held[into.pk]
        if found := refusals(old, new):
            raise ValidationError(found)
        now = TransactionNow()
        old.inspections.filter(state="draft").update(establishment=new)
        why = _("Merged into %(reference)s: %(reason)s") % {"reference": new.reference, "reason": reason}
        old.ratings.filter(state="published").update(
            state="ended", pending=False, ended_at=now, end_reason=why[:300]
        )
        old.hide_at = now
        old.save(update_fields=["hide_at"])
        old.aliases.update(establishment=new)
        alias = EstablishmentAlias.objects.create(reference=old.reference, establishment=new, reason=reason)
    establishment.refresh_from_db(fields=["hide_at"])
    return alias
