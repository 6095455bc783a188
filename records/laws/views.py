"""The public pages of laws: which there are, one law with its articles, one article with its texts.

What decisions there are under them the templates ask of the room of decisions.
"""

import re
from itertools import groupby

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate

from records.laws import kinds
from records.laws.models import Law, Provision, ViolationType

_RANKS = {rank.slug: number for number, rank in enumerate(kinds.RANKS)}


def listing(request):
    """All laws by country and rank."""
    laws = sorted(Law.objects.public(), key=lambda law: (law.jurisdiction, _RANKS[law.rank], law.title))
    countries = [
        (country, [(kinds.BY_SLUG[rank], list(rows)) for rank, rows in groupby(group, lambda law: law.rank)])
        for country, group in groupby(laws, lambda law: law.jurisdiction)
    ]
    return render(request, "records/laws/list.html", {"countries": countries})


def detail(request, key):
    """One law: its rank and number, its articles, and the violations that rest on it."""
    law = get_object_or_404(Law.objects.public(), key=key)
    violations = ViolationType.objects.public().filter(provision__law=law).select_related("provision")
    context = {
        "law": law,
        "rank": kinds.BY_SLUG[law.rank],
        "provisions": sorted(law.provisions.public().select_related("law"), key=_in_order),
        "violations": violations.order_by("catalogue", "code"),
        "ended": law.in_force_until is not None and law.in_force_until < localdate(),
    }
    return render(request, "records/laws/detail.html", context)


def provision(request, key, article):
    """One article with its texts; an article as people type it leads to the address of its key."""
    rows = Provision.objects.public().select_related("law").filter(law__key=key)
    found = rows.filter(key=article).first()
    if found is None:
        canonical = kinds.article_key(article)
        if canonical and canonical != article and rows.filter(key=canonical).exists():
            return redirect("laws:provision", key, canonical, permanent=True)
        raise Http404("no such article")
    today, texts = localdate(), list(found.texts.public())
    context = {
        "provision": found,
        "law": found.law,
        "current": next((text for text in reversed(texts) if text.in_force(today)), None),
        "coming": [text for text in texts if text.in_force_from and text.in_force_from > today],
        "earlier": [text for text in reversed(texts) if text.in_force_until and text.in_force_until < today],
        "violations": found.violation_types.public().order_by("catalogue", "code"),
    }
    return render(request, "records/laws/provision.html", context)


def _in_order(provision: Provision) -> list:
    """Sorts articles as a law counts them: 2 before 17, and 17 before 17-1."""
    parts = re.split(r"(\d+)", provision.key)
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts if part]
