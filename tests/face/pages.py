"""One list of every type of page, which all checks of this folder walk through.

A new page gets a line in `public` or `office`; `test_every_page_is_listed` asks for it. Addresses are made in
the language that is switched on when the list is.
"""

from typing import NamedTuple
from urllib.parse import urlencode

from django.urls import reverse

FILES = {"healthz", "map:marks", "pages:card", "penalties:card", "signs:badge", "signs:card"}
"""Public addresses that are no page, besides those of `records/urls_files.py`."""


class Page(NamedTuple):
    """Where it is, how it answers, and in which role of `town.people` somebody is signed in."""

    address: str
    status: int = 200
    who: str = ""

    def __str__(self):
        return f"{self.address} ({self.who})" if self.who else self.address


def _to(name: str, *args, status=200, who="", **query) -> Page:
    address = reverse(name, args=args)
    return Page(f"{address}?{urlencode(query)}" if query else address, status, who)


def public(town) -> list[Page]:
    """What anybody sees."""
    world, law, kettle = town.world, town.law, town.kettle
    places = (
        "copper_kettle", "private_home", "by_source", "superseded", "letter", "overdue", "face", "plate",
        "chinese", "awaiting", "with_reply", "with_company", "without_address",
    )  # fmt: skip
    return [
        _to("pages:home"),
        _to("pages:help"),
        _to("pages:no_total_score"),
        _to("pages:data"),
        _to("pages:about"),
        _to("pages:contact"),
        _to("pages:privacy"),
        _to("pages:accessibility"),
        _to("pages:licence"),
        _to("pages:glossary"),
        _to("pages:figures"),
        _to("pages:figures_ages"),
        _to("pages:figures_changes"),
        _to("pages:figures_loads"),
        _to("pages:figures_appeals"),
        _to("pages:style_guide"),
        _to("pages:find", q="kettle"),
        _to("pages:find", q="zzzzqqqq"),
        _to("map:page"),
        _to("map:page", scheme="uk-fhrs", grade="5"),
        _to("signs:detail", world.copper_kettle.reference, "uk-fhrs"),
        _to("signs:detail", world.chinese.reference, "cn-catering-dynamic"),
        _to("verify:form"),
        _to("verify:code", town.sign),
        Page(reverse("pages:home") + "not-there/", 404),
        _to("ratings:list"),
        _to("ratings:list", q="kitchen", scheme="uk-fhrs", grade="5"),
        _to("ratings:list", q="coper ketle"),
        _to("ratings:list", near="51.15,-6.3"),
        _to("ratings:list", near="abc", status=400),
        _to("ratings:schemes"),
        *(_to("ratings:scheme", key) for key in ("uk-fhrs", "us-nyc", "dk-smiley", "cn-catering-dynamic")),
        _to("authorities:list"),
        _to("authorities:detail", "almond-borough"),
        *(Page(getattr(world, place).get_absolute_url()) for place in places),
        _to("businesses:list"),
        _to("businesses:list", q="kettle"),
        _to("businesses:detail", town.company.reference),
        _to("laws:list"),
        _to("laws:detail", law.key),
        _to("laws:provision", law.key, town.article.key),
        _to("penalties:list"),
        _to("penalties:list", q="kettle", sanction="fine", currency="GBP", imposed="1000-", sort="imposed"),
        _to("penalties:list", q="zzzzqqqq"),
        _to("penalties:list", imposed="1", status=400),
        _to("penalties:corrections"),
        *(Page(p.get_absolute_url()) for p in (kettle, town.trader, town.contested)),
        *(Page(p.get_absolute_url()) for p in (town.withdrawn, town.hidden)),
        Page(town.over.get_absolute_url(), 410),
        _to("penalties:version", kettle.reference, 1),
    ]


def office(town) -> list[Page]:
    """What the people of an authority see."""
    place = town.world.copper_kettle
    rows = {
        "inspection": town.seen, "penalty": town.in_review, "establishment": place, "business": town.company,
        "law": town.law, "provision": town.article, "violationtype": town.violation,
        "authority": town.authority,
    }  # fmt: skip
    pages = [
        _to("admin:login"),
        _to("admin:index", who="clerk"),
        _to("admin:index", who="checker"),
        _to("admin:index", who="registrar"),
        _to("admin:password_change", who="clerk"),
        Page(reverse("admin:index") + "not-there/", 404, "clerk"),
        _to("admin:auth_user_changelist", who="clerk", status=403),
    ]
    for kind, row in rows.items():
        name = f"admin:records_{kind}"
        pages += [
            _to(f"{name}_changelist", who="registrar"),
            _to(f"{name}_change", row.pk, who="registrar"),
            _to(f"{name}_history", row.pk, who="registrar"),
        ]
    pages += [
        *(_to(f"admin:records_{kind}_add", who="registrar") for kind in (*list(rows)[2:], "batch")),
        _to("admin:records_inspection_add", who="clerk"),
        _to("admin:records_inspection_add", who="clerk", q="kettle"),
        _to("admin:records_inspection_add", who="clerk", establishment=place.pk),
        _to("admin:records_inspection_change", town.visit.pk, who="clerk"),
        _to("admin:records_inspection_change", town.seen.pk, who="checker"),
        _to("admin:records_rating_changelist", who="registrar"),
        _to("admin:records_rating_change", place.ratings.first().pk, who="registrar"),
        _to("admin:records_establishment_merge", place.pk, who="registrar"),
        _to("admin:records_penalty_add", who="clerk"),
        _to("admin:records_penalty_change", town.draft.pk, who="clerk"),
        _to("admin:records_penalty_change", town.in_review.pk, who="checker"),
        _to("admin:records_penalty_change", town.kettle.pk, who="clerk"),
        _to("admin:records_penalty_change", town.withdrawn.pk, who="auditor"),
        _to("admin:records_penalty_correction", town.correction.pk, who="clerk"),
        _to("admin:records_penalty_do", town.in_review.pk, "give_back", who="checker"),
        _to("admin:records_penalty_do", town.in_review.pk, "refuse", who="checker"),
        _to("admin:records_penalty_do", town.kettle.pk, "event", who="clerk"),
        _to("admin:records_penalty_do", town.kettle.pk, "withdraw", who="checker"),
        _to("admin:records_batch_changelist", who="checker"),
        _to("admin:records_batch_change", town.batch.pk, who="checker"),
        _to("admin:auth_user_changelist", who="registrar"),
        _to("admin:auth_user_add", who="registrar"),
        _to("admin:auth_user_change", town.people["clerk"].pk, who="registrar"),
        _to("admin:auth_user_password_change", town.people["clerk"].pk, who="registrar"),
    ]
    return pages
