"""Every address of the public site, from the URLconf and from the links of its pages."""

from itertools import product
from urllib.parse import urljoin, urlsplit

from django.urls import URLPattern, get_resolver, reverse
from lxml import html

from portal import languages
from records.ratings import schemes


def _patterns(resolver, namespaces=()):
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield ":".join((*namespaces, entry.name)), sorted(entry.pattern.converters)
        elif entry.namespace != "admin":
            inner = (*namespaces, entry.namespace) if entry.namespace else namespaces
            yield from _patterns(entry, inner)


def public_patterns() -> list[tuple[str, list[str]]]:
    """Name and parameters of every pattern outside the back office."""
    return [pair for pair in _patterns(get_resolver()) if not pair[0].startswith(("admin:", "office_"))]


def public_addresses(references, slugs) -> list[str]:
    """One address for each pattern and values; a parameter that is not known here fails: give it values."""
    values = {
        "reference": list(references),
        "slug": list(slugs),
        "key": sorted({scheme.key for scheme in schemes.all_versions()}),
        "part": [1],
        "article": ["17-1"],
        "number": [1, 2],
        "pk": [1],
        "scheme": ["uk-fhrs"],
        "code": ["R1FG-S7FK"],
    }
    found = []
    for name, parameters in public_patterns():
        if not parameters:
            found.append(reverse(name))
            continue
        assert set(parameters) <= values.keys(), (
            f"{name} has parameters that tests/addresses.py does not know"
        )
        given = product(*(values[parameter] for parameter in parameters))
        found += [reverse(name, kwargs=dict(zip(parameters, each, strict=True))) for each in given]
    return found


def links(address: str, content: bytes) -> set[str]:
    """The addresses on this site that a page links to, without fragments, and without its other languages."""
    found, elsewhere = set(), ("/static/", "/backoffice/", *(f"/{code}/" for code in languages.others()))
    for element in html.fromstring(content).iter("a", "link"):
        target = urlsplit(urljoin(f"http://testserver{address}", element.get("href") or ""))
        if target.netloc == "testserver" and not target.path.startswith(elsewhere):
            found.add(target._replace(scheme="", netloc="", fragment="").geturl())
    return found


def crawl(client, starts, most: int):
    """Pairs (address, response) of the starts and of what they link to, each once, `most` at the most."""
    waiting, seen = list(starts), set()
    while waiting and len(seen) < most:
        address = waiting.pop(0)
        if address in seen:
            continue
        seen.add(address)
        response = client.get(address)
        yield address, response
        if response.headers.get("Content-Type", "").startswith("text/html") and response.content:
            waiting += sorted(links(address, response.content) - seen)
