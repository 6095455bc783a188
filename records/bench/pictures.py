"""Pictures of ten key pages, light and dark, narrow and wide, with a page to look through them."""

from itertools import product
from pathlib import Path

from django.urls import reverse
from django.utils.html import format_html, format_html_join

from records.bench.chromium import chromium
from records.bench.serving import pages
from records.bench.site import served
from records.businesses.models import Business
from records.laws.models import Provision

THEMES, WIDTHS = ("light", "dark"), (360, 1280)


def take(folder: Path, account: tuple[str, str], say) -> Path:
    """All of them into that folder; the page that shows them. `account`: name and password of a clerk."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted, names = _wanted(), []
    with served() as site, chromium() as browser:
        for theme, width in product(THEMES, WIDTHS):
            context = browser.new_context(
                viewport={"width": width, "height": 800}, color_scheme=theme, reduced_motion="reduce"
            )
            page = context.new_page()
            root = f"http://127.0.0.1:{site.port}"
            _sign_in(page, root, account)
            for number, (name, path) in enumerate(wanted.items(), 1):
                page.goto(root + path, wait_until="load")
                file = f"{number:02d}-{name}-{width}-{theme}.png"
                page.screenshot(path=folder / file, full_page=True)
                names.append((name, file))
                say(file)
            context.close()
    index = folder / "index.html"
    index.write_text(_index(names))
    return index


def _wanted() -> dict[str, str]:
    """Ten pages of what the register holds."""
    found = {"home": "/", "search-of-ratings": f"{reverse('ratings:list')}?q=kitchen"}
    found |= {name.replace(" ", "-"): path for name, path in pages().items()}
    article = Provision.objects.public().select_related("law").first()
    business = Business.objects.public().first()
    found |= {
        "scheme": reverse("ratings:scheme", args=["uk-fhrs"]),
        "article": reverse("laws:provision", args=[article.law.key, article.key]) if article else "",
        "organisation": reverse("businesses:detail", args=[business.reference]) if business else "",
        "desk": reverse("admin:index"),
        "entry-of-a-decision": reverse("admin:records_penalty_add"),
    }
    return {name: path for name, path in found.items() if path}


def _sign_in(page, root: str, account: tuple[str, str]) -> None:
    page.goto(root + reverse("admin:login"))
    page.fill("[name=username]", account[0])
    page.fill("[name=password]", account[1])
    page.press("[name=password]", "Enter")
    page.wait_for_load_state()


def _index(names: list[tuple[str, str]]) -> str:
    """The pictures of a page stand side by side."""
    kinds = dict.fromkeys(name for name, _file in names)
    parts = (
        format_html(
            "<h2>{}</h2><div>{}</div>", name.replace("-", " "),
            format_html_join("", '<a href="{0}"><img src="{0}" alt="{0}" height="600" loading="lazy"></a> ',
                             ((file,) for kind, file in names if kind == name)),
        )
        for name in kinds
    )  # fmt: skip
    head = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Pages in pictures</title>'
    return head + "<h1>Pages in pictures</h1>" + "".join(parts)
