"""Pages in plain words: who runs the portal, what it keeps of readers, whom to ask, what terms mean."""

from datetime import date
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.shortcuts import render

from records.intake.models import Batch
from records.pages.terms import TERMS

ASSESSED_ON = date(2026, 11, 29)
"""When those who make the software last went through its pages for the accessibility statement."""


def about(request):
    """Whose portal it is, and what it is for."""
    return render(request, "pages/about.html", _named())


def contact(request):
    """Whom to ask for what."""
    return render(request, "pages/contact.html", _named())


def privacy(request):
    """What is kept of readers, and of clerks."""
    hours = settings.SESSION_COOKIE_AGE // 3600
    return render(request, "pages/privacy.html", _named() | {"hours": hours})


def accessibility(request):
    """The statement: how far it conforms, what does not, whom to tell, and who enforces it."""
    return render(request, "pages/accessibility.html", _named() | {"assessed_on": ASSESSED_ON})


def licence(request):
    """Under what the records and the software may be used."""
    rows = Batch.objects.public().exclude(licence="").order_by("licence", "source")
    context = {"licences": rows.values_list("licence", "source").distinct()}
    return render(request, "pages/licence.html", _named() | context)


def glossary(request):
    """What the words on the pages mean."""
    return render(
        request, "pages/glossary.html", {"terms": sorted(TERMS, key=lambda term: term.word.casefold())}
    )


def _named() -> dict:
    """What the operator has named, "" where it has not."""
    names = ("operator", "contact", "licence", "enforcement")
    found = {name: getattr(settings, f"PLACARD_{name.upper()}") for name in names}
    return found | {f"{name}_link": link(words) for name, words in found.items()}


def link(words: str) -> str:
    """The address behind words that are one, a web address or that of a mailbox; "" of others."""
    if urlsplit(words).scheme in ("http", "https"):
        return words
    try:
        validate_email(words)
    except ValidationError:
        return ""
    return f"mailto:{words}"
