"""The law of a decision as its page shows it: each article once, with its text as it stood on that day."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import prefetch_related_objects
from django.utils.timezone import localdate

from records.laws.models import Law, Provision, ProvisionText


@dataclass
class LawCard:
    """One article, or one law without an article, that a decision cites.

    `roles` says for what: violated, applied, or both; `printed` how the decision writes it. `text` is what
    the article said on the day of the decision, None where that is not held here.
    """

    law: Law
    provision: Provision | None = None
    roles: list[str] = field(default_factory=list)
    printed: str = ""
    text: ProvisionText | None = None
    on: date | None = None

    @property
    def title(self) -> str:
        """“Food Safety Act 1990”; the short title where there is one."""
        return self.law.short_title or self.law.title

    @property
    def article(self) -> str:
        """The article as it is cited; '' where the decision names only the law."""
        return self.provision.article if self.provision else self.printed

    @property
    def heading(self) -> str:
        """What the article is about; '' where that is not held."""
        return self.provision.heading if self.provision else ""

    @property
    def official_url(self) -> str:
        """The official text elsewhere; of the article where it has an address, else of the law."""
        return (self.provision.official_url if self.provision else "") or self.law.official_url

    @property
    def violated(self) -> bool:
        """Whether the decision finds it violated."""
        return "violated" in self.roles

    @property
    def applied(self) -> bool:
        """Whether the sanction rests on it."""
        return "applied" in self.roles

    @property
    def reads_otherwise_now(self) -> bool:
        """Whether the article has another text today than on the day of the decision."""
        now = self.provision.text_on(localdate()) if self.provision else None
        return bool(self.text and now and now.text != self.text.text)


def cards(citations: Iterable, law: Law | None, on: date | None) -> list[LawCard]:
    """A card per article cited, violated ones first; the main law has one even where no article is cited."""
    rows = list(citations)
    prefetch_related_objects([row.provision for row in rows if row.provision_id], "texts")
    found: dict[tuple, LawCard] = {}
    for row in sorted(rows, key=lambda row: row.role != "violated"):
        key = (row.law_id, row.provision_id, "" if row.provision_id else row.text)
        card = found.setdefault(key, LawCard(row.law, row.provision, printed=row.text, on=on))
        card.roles.append(row.role)
        if row.provision_id:
            card.text = row.provision.text_on(on or localdate())
    if law is not None and all(card.law.pk != law.pk for card in found.values()):
        found[law.pk, None, ""] = LawCard(law, roles=["applied"], on=on)
    return list(found.values())
