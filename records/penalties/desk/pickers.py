"""Fields in which something of the register is chosen: what is typed, what was found, what is chosen.

What is chosen is a ticked box with its words, so that a form works without a script: untick to take it back,
type and press “Find” to have more boxes to tick. The script only makes this faster.
"""

from django.utils.translation import gettext as _

from records.penalties.desk.choices import FINDERS, Choice
from records.penalties.desk.scope import Scope

MOST = 60
"""So many things at most are chosen in one field."""


class Picker:
    """One such field: `chips` are what is chosen, `found` what may be, `fresh` what was chosen just now."""

    def __init__(
        self, name: str, label: str, scope: Scope, *, many=False, help_text="", data=None, chosen=()
    ):
        self.name, self.label, self.many, self.help_text = name, label, many, help_text
        self.scope, self.finder = scope, FINDERS[name]
        self.typed, self.found, self.errors = "", [], []
        self.chips: list[Choice] = list(chosen)
        self.fresh: list[Choice] = []
        if data is not None:
            self._read(data)

    def _read(self, data) -> None:
        values = list(dict.fromkeys(data.getlist(self.name)))[:MOST]
        taken = self.finder.take(values, self.scope)
        self.typed = data.get(f"{self.name}_q", "").strip()[:200]
        if len(taken) < len(values):
            self.errors.append(_("One of these is not in the register, or not yours. Choose again."))
        had = set(data.getlist(f"{self.name}_had"))
        self.chips = taken if self.many else taken[-1:]
        self.fresh = [choice for choice in self.chips if choice.value not in had]

    def search(self) -> None:
        """Look for what is typed; what is found can be ticked."""
        chosen = {choice.value for choice in self.chips}
        self.found = [c for c in self.finder.find(self.typed, self.scope) if c.value not in chosen]
        if not self.found:
            self.errors.append(_("Nothing in the register matches. Try fewer words, or a number alone."))

    def settle(self) -> None:
        """What is typed and not chosen: taken where it can mean one thing alone, else asked about."""
        if not self.typed:
            return
        found = self.finder.find(self.typed, self.scope)
        folded = self.typed.casefold()
        exact = [
            c for c in found if c.label.casefold() == folded or c.label.casefold().startswith(folded + " ")
        ]
        one = found if len(found) == 1 else exact
        if len(one) == 1:
            self.add(one[0])
            self.typed = ""
            return
        self.search()
        if self.found:
            self.errors.append(_("Choose one of these, or empty the field."))

    def add(self, choice: Choice) -> None:
        """Choose it, unless it is chosen already."""
        if choice.value not in {chip.value for chip in self.chips}:
            self.chips = [*self.chips, choice] if self.many else [choice]
            self.fresh.append(choice)

    @property
    def value(self):
        """The record that is chosen in a field for one, or None."""
        return self.chips[0].row if self.chips else None

    @property
    def rows(self) -> list:
        """The records that are chosen in a field for many."""
        return [chip.row for chip in self.chips]

    @property
    def id(self) -> str:
        """The id of the input, to which labels and links lead."""
        return f"id_{self.name}"
