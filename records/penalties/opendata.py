"""What decisions are in a file: the columns of the table, and what a feed tells of each."""

from collections.abc import Iterator

from django.db.models import F, OuterRef, Q, StringAgg, Subquery, Value
from django.db.models.functions import Coalesce, Concat
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from records.opendata import Column, Dataset, Entry
from records.opendata.columns import Joined, Moment, Plain
from records.penalties import kinds, words
from records.penalties.columns import ALWAYS, PARAMETER
from records.penalties.models import Penalty
from records.penalties.parts import PenaltyCitation, PenaltyViolation
from records.penalties.search import PenaltySearch
from records.search.keyset import Sought, any_of

NEWEST = 50
THOUSAND = 1000


def rows(search: PenaltySearch):
    """All decisions of the search in the order of its list; by date where that is by relevance.

    By amount it has its currencies by their codes, where a long list may have a rare one last.
    """
    order = "date" if search.order == "relevance" else search.order
    return search.under().order_by(*search.orders[order][1].ordering)


def columns(request) -> tuple[Column, ...]:
    """The columns, of which headings never change their meaning."""
    address = request.build_absolute_uri(reverse("penalties:list"))
    return (
        Column("reference", F("reference"), _("The reference of this site; it never changes.")),
        Column("address", Concat(Value(address), F("reference"), Value("/")), _("The page of the decision.")),
        Column("version", F("version"), _("1, or more after corrections.")),
        Column("authority", F("authority__code"), _("Code of the authority.")),
        Column("authority_name", F("authority__name"), _("Name of the authority."), prose=True),
        Column("decision_number", F("decision_number"), _("As the authority writes it."), prose=True),
        Column("decided_on", F("decided_on"), _("Date of the decision.")),
        Column("respondent", F("respondent"),
               _("As named in the decision; empty where a person is not named."), prose=True),
        Column("respondent_kind", F("respondent_kind"),
               _("organisation, public_body, sole_trader or natural_person.")),
        Column("premises", F("premises"), _("Trading name and premises, where they are told."), prose=True),
        Column("domain", F("domain"), _("Field of supervision.")),
        Column("procedure", F("procedure"), _("How the decision was made.")),
        Column("seriousness", F("seriousness"), _("Class that decides how long it is shown.")),
        Column("sanctions", Joined(F("sanction_kinds")), _("Kinds of sanction, divided by semicolons.")),
        Column("imposed", Plain(F("imposed")),
               _("Sum that was imposed; empty where there is none or it is not known.")),
        Column("owed", Plain(F("owed")), _("Sum that is owed now.")),
        Column("currency", F("currency"), _("ISO 4217; sums of two currencies are never added up.")),
        Column("fine_state", F("fine_state"), _("Where the fine stands.")),
        Column("appeal", F("appeal"), _("open, decided, withdrawn, or empty: none is recorded.")),
        Column("law", F("law__key"), _("Key of the law that it rests on.")),
        Column("law_title", F("law__title"), _("Title of that law."), prose=True),
        Column("violated", _cited("violated"),
               _("Articles violated, each after the key of its law, divided by semicolons.")),
        Column("applied", _cited("applied"), _("Articles that the sanction rests on.")),
        Column("violations", _found(), _("Types of violation as catalogue and code.")),
        Column("legal_basis", F("legal_basis"), _("Legal basis in the words of the decision."), prose=True),
        Column("facts", F("facts"), _("Facts in the words of the decision."), prose=True),
        Column("language", F("language"), _("Language of the decision.")),
        Column("shown_since", Moment(F("published_at")), _("When it was first shown here.")),
        Column("shown_until", Moment(F("hide_at")), _("When its display ends; delete copies then.")),
        Column("establishment", F("establishment__reference"), _("Reference of the place, if any.")),
        Column("business", F("business__reference"), _("Reference of the business, if any.")),
    )  # fmt: skip


def narrowed(search: PenaltySearch) -> tuple[str, ...]:
    """The headings that the list asks for, with what no row can do without; none where all are."""
    names = search.parameters.getlist(PARAMETER)
    return (*ALWAYS, *names) if names else ()


def entries(search: PenaltySearch) -> Iterator[Entry]:
    """What is shown newly, of organisations alone: readers of feeds keep what they get.

    Of much, the newest of the register are looked through; where these have hardly any of it, and of little,
    the newest thousand of the search itself.
    """
    shown = Penalty.objects.public().exclude(respondent_kind__in=kinds.Respondent.PERSONS)
    cards = search.cards(search.step)
    own = shown.filter(pk__in=cards.order_by("-shown_from", "-pk").values("pk")[:THOUSAND])
    sought = Sought(shown, Q(any_of(cards.filter(pk=OuterRef("pk")))), own)
    found = (own if search.is_small else sought).order_by("-published_at", "-pk")[:NEWEST]
    found = shown.filter(pk__in=[row.pk for row in found])
    for row in found.select_related("authority").order_by("-published_at", "-pk"):
        yield Entry(
            _title(row), row.get_absolute_url(), row.facts, row.reference, row.published_at, row.hide_at
        )


def _title(row: Penalty) -> str:
    labels = ", ".join(str(kinds.BY_SLUG[kind].label) for kind in row.sanction_kinds)
    amount = words.money(row.imposed, row.currency)
    return " · ".join(filter(None, (row.respondent, amount or labels, row.authority.name)))


def _cited(role: str) -> Subquery:
    named = Concat(F("law__key"), Value(" "), Coalesce("provision__article", "text"))
    return _parts(PenaltyCitation, Q(role=role), named)


def _found() -> Subquery:
    return _parts(PenaltyViolation, Q(), Concat("violation__catalogue", Value(":"), "violation__code"))


def _parts(model, condition: Q, text) -> Subquery:
    own = model.objects.filter(condition, penalty=OuterRef("pk"), version=OuterRef("version"))
    joined = StringAgg(text, delimiter=Value("; "), order_by="position")
    return Subquery(own.order_by().values("penalty").annotate(all=joined).values("all"))


DECISIONS = Dataset(
    key="decisions", title=_("Decisions and penalties"),
    page="penalties:list", search=PenaltySearch, sentence=PenaltySearch.sentence, rows=rows,
    columns=columns, entries=entries, narrowed=narrowed,
)  # fmt: skip
