"""In which language a page is: its address says so, and nothing else.

Public pages are kept and shared, so neither a cookie nor what a browser prefers may change one. The default
language has addresses without a prefix, each other one its own: `/zh-hans/penalties/`. Files have one address
in all languages (`records/urls_files.py`). The back office has no prefix either: there the choice of the
clerk counts, a cookie that no public page sees.
"""

from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.utils.translation import override

COMPLETE = ("en", "zh-hans")
"""Languages of the back office; the others have the words of the public pages alone."""


class Address(NamedTuple):
    """The same page in a language; `path` with the query as it was sent, `whole` with scheme and host."""

    code: str
    name: str
    path: str
    whole: str
    current: bool


def others() -> list[str]:
    """The offered languages without the default one: each is the first part of the addresses of its pages."""
    return [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


def of_office() -> list[tuple[str, str]]:
    """Code and name of each language that the back office can be had in."""
    return [(code, name) for code, name in settings.LANGUAGES if code in COMPLETE] or [("en", "English")]


def of_path(path: str) -> str:
    """The language of an address."""
    first = path.lstrip("/").partition("/")[0]
    return first if first in others() else settings.LANGUAGE_CODE


def in_language(path: str, code: str) -> str:
    """The address of the same page in another language."""
    prefix = of_path(path)
    bare = path if prefix == settings.LANGUAGE_CODE else path.removeprefix(f"/{prefix}") or "/"
    return bare if code == settings.LANGUAGE_CODE else f"/{code}{bare}"


def alternates(request) -> list[Address]:
    """The page that was asked for in every language that is offered; none in the back office, and none of
    a host that is not ours."""
    try:
        request.get_host()
    except DisallowedHost:
        return []
    if request.path_info.startswith(settings.OFFICE_PATH):
        return []
    here, path = of_path(request.path_info), request.get_full_path()
    return [
        Address(code, name, place, request.build_absolute_uri(place), code == here)
        for code, name in settings.LANGUAGES
        for place in (in_language(path, code),)
    ]


def language(get_response):
    """The middleware: the language of the address while its page is made, and the header that says so."""

    def middleware(request):
        office = request.path_info.startswith(settings.OFFICE_PATH)
        code = _chosen(request) if office else of_path(request.path_info)
        request.LANGUAGE_CODE = code
        with override(code):
            response = get_response(request)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            response.headers.setdefault("Content-Language", code)
        return response

    return middleware


def _chosen(request) -> str:
    """What the clerk chose in the back office; else the first language that it has."""
    offered = [code for code, _name in of_office()]
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    if chosen in offered:
        return chosen
    return settings.LANGUAGE_CODE if settings.LANGUAGE_CODE in offered else offered[0]
