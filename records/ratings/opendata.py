"""What ratings are in a file: a row for each current rating of an establishment."""

from django.db.models import F, FilteredRelation, Q, TextField, Value
from django.db.models.functions import Concat, Replace
from django.utils.translation import gettext_lazy as _

from records.opendata import Column, Dataset
from records.ratings.search import RatingSearch


def rows(search: RatingSearch):
    """Every establishment of the search with its current ratings; one without any has a row as well."""
    standing = FilteredRelation("ratings", condition=Q(ratings__state="published"))
    order = ("name", "pk") if search.order == "name" else ("pk",)
    return search.rows.annotate(standing=standing).order_by(*order, "standing__scheme__key")


def columns(request) -> tuple[Column, ...]:
    """The columns, of which headings never change their meaning."""
    address = request.build_absolute_uri("/establishments/")
    lines = Replace(F("address"), Value("\n"), Value(", "), output_field=TextField())
    return (
        Column("reference", F("reference"), _("The reference of this site; it never changes.")),
        Column("page", Concat(Value(address), F("reference"), Value("/")), _("Its page on this site.")),
        Column("name", F("name"), _("Name of the establishment."), prose=True),
        Column("kind", F("kind"), _("Kind of establishment.")),
        Column("address", lines, _("Address; empty where it is a private home."), prose=True),
        Column("postcode", F("postcode"), _("Postcode, or its district where it is a private home.")),
        Column("latitude", F("latitude"), _("In degrees, WGS 84.")),
        Column("longitude", F("longitude"), _("In degrees, WGS 84.")),
        Column("authority", F("authority__code"), _("Code of the authority.")),
        Column("authority_name", F("authority__name"), _("Name of the authority."), prose=True),
        Column("scheme", F("standing__scheme__key"), _("Rating scheme; a grade means nothing without it.")),
        Column("grade", F("standing__value"), _("Grade under this scheme.")),
        Column("status", F("standing__status"), _("What stands in place of a grade.")),
        Column("rated_on", F("standing__rated_on"), _("Date of the rating.")),
        Column("inspected_on", F("standing__inspection__inspected_on"), _("Date of the inspection.")),
        Column("closed_on", F("closed_on"), _("Since when it is closed, if it is.")),
    )  # fmt: skip


def sentence(search: RatingSearch) -> str:
    """What is shown, in words."""
    return ", ".join([str(_("Ratings")), *search.said()])


RATINGS = Dataset(
    key="ratings", title=_("Ratings"), page="ratings:list", search=RatingSearch,
    sentence=sentence, rows=rows, columns=columns,
)  # fmt: skip
