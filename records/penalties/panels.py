"""The filters of the list of decisions as a page shows them: options, how many each leads to, and links."""

from collections.abc import Callable
from functools import partial

from django.utils.translation import gettext as _

from records.penalties import bands
from records.penalties.facets import Way
from records.search.facets import Facet, Option, Panel
from records.search.pages import Count


class Panels:
    """Builds the panels of one page; `search` is its `PenaltySearch`.

    Counts are those under all other filters. Where those leave too many decisions to count them all, they are
    about right, and say so.
    """

    def __init__(self, search):
        self.search, self.parameters = search, search.parameters

    def all(self) -> list[Panel]:
        """The panels that offer something, amounts behind the sanctions."""
        panels = [self._panel(way) for way in self.search.facets]
        panels[2:2] = self._amounts()
        return [panel for panel in panels if panel.options]

    def _counts(self, parameter: str, group: str, chosen: bool) -> tuple[dict, Callable[[int], Count]]:
        """The numbers of a panel by value, and what makes counts of them."""
        found = self.search.tally_without(parameter, group) if chosen else self.search.tally
        return found.groups[group], partial(Count, about=found.count.about)

    def _panel(self, way: Way) -> Panel:
        chosen = self.parameters.getlist(way.parameter)
        counts, count = self._counts(way.parameter, way.column, bool(chosen))
        options = [
            Option(
                value, label, count(number), value in chosen,
                self.parameters.toggled(way.parameter, value),
            )
            for value, label, number in way.offered(counts, chosen)
        ]  # fmt: skip
        return Panel(Facet(way.parameter, way.label, "", tuple), options)

    def _amounts(self) -> list[Panel]:
        """The currencies, and for one of them the bands of what was imposed and of what is owed."""
        chosen = self.search.currency
        counts, count = self._counts("currency", "currency", bool(chosen))
        panels = []
        if len(counts) > 1 or chosen:
            panels.append(self._currencies(counts, count))
        only = chosen or (next(iter(counts)) if len(counts) == 1 else "")
        if only:
            panels.append(self._bands("imposed", _("Amount imposed"), only))
            panels.append(self._bands("owed", _("Amount owed now"), only))
        return panels

    def _currencies(self, counts: dict[str, int], count) -> Panel:
        chosen = self.search.currency
        values = sorted({*counts, *filter(None, [chosen])}, key=lambda value: (-counts.get(value, 0), value))
        options = [
            Option(
                value, value, count(counts.get(value, 0)), value == chosen,
                self.parameters.replaced(currency="" if value == chosen else value, imposed="", owed=""),
            )
            for value in values
        ]  # fmt: skip
        return Panel(Facet("currency", _("Currency"), "", tuple), options)

    def _bands(self, name: str, label: str, currency: str) -> Panel:
        asked = getattr(self.search, name)
        found, count = self._counts(name, name, bool(asked))
        held = {at: number for (code, at), number in found.items() if code == currency}
        counts = {band.text: number for band, number in bands.offered(held)}
        shown = [band for band, _number in bands.offered(held)]
        if asked and asked.text not in counts:
            shown.append(asked)
        options = []
        for band in shown:
            selected = bool(asked) and band.text == asked.text
            asked_for = {"currency": currency, name: "" if selected else band.text}
            link = self.parameters.replaced(**asked_for)
            number = counts.get(band.text)
            counted = None if number is None else count(number)
            options.append(Option(band.text, band.words(currency), counted, selected, link))
        return Panel(Facet(name, label, "", tuple), options)
