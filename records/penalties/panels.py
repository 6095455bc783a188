"""The filters of the list of decisions as a page shows them: options, how many each leads to, and links."""

from functools import cached_property

from django.utils.translation import gettext as _

from records.penalties import bands
from records.penalties.facets import Closed, Way
from records.search.facets import COUNTED, Facet, Option, Panel, grouped_counts
from records.search.pages import capped_count
from records.search.parameters import Parameters


class Panels:
    """Builds the panels of one page; `search` is its `PenaltySearch`.

    Counts are those under all other filters. Where there are more decisions than are counted, options stand
    without numbers, and only those of short lists.
    """

    def __init__(self, search):
        self.search, self.parameters = search, search.parameters

    def all(self) -> list[Panel]:
        """The panels that offer something, amounts behind the sanctions."""
        panels = {way.parameter: self._panel(way, self._counts(way)) for way in self.search.facets}
        order = list(panels.values())
        order[2:2] = self._amounts()
        return [panel for panel in order if panel.options]

    # -- counts

    def _counts(self, way: Way) -> dict[str, int] | None:
        chosen = bool(self.parameters.getlist(way.parameter))
        if way.column:
            grouped = self._grouped(way.parameter, [way.column]) if chosen else self._open_counts
            return None if grouped is None else way.grouped(grouped.get(way.column, {}))
        rows = self._bounded(way.parameter if chosen else None)
        return None if rows is None else way.counted(rows)

    @cached_property
    def _open_counts(self) -> dict[str, dict[str, int]] | None:
        """Counts by column of all columns by which nothing is narrowed: one query."""
        ways = [way for way in self.search.facets if way.column]
        columns = [way.column for way in ways if not self.parameters.getlist(way.parameter)]
        return self._grouped(None, [*columns, "currency"])

    def _grouped(self, left_out: str | None, columns: list[str]) -> dict[str, dict[str, int]] | None:
        return grouped_counts(self.search.under(left_out), columns) or None

    def _bounded(self, left_out: str | None):
        """The rows to count, or None where they are too many."""
        rows = self.search.under(left_out)
        many = capped_count(rows, COUNTED) if left_out else self.search.count
        return None if many.more else rows

    # -- panels

    def _panel(self, way: Way, counts: dict[str, int] | None) -> Panel:
        chosen = self.parameters.getlist(way.parameter)
        if counts is not None:
            values = way.ordered(counts)
        else:
            values = [value for value, _label in way.choices()] if isinstance(way, Closed) else []
        values += [value for value in chosen if value not in values]
        labels = way.labels(values)
        return Panel(
            Facet(way.parameter, way.label, "", tuple),
            [
                Option(
                    value, labels[value], None if counts is None else counts.get(value, 0), value in chosen,
                    self.parameters.toggled(way.parameter, value),
                )
                for value in values
                if value in labels
            ],
        )  # fmt: skip

    def _amounts(self) -> list[Panel]:
        """The currencies, and for one of them the bands of what was imposed and of what is owed."""
        grouped = self._grouped("currency", ["currency"]) if self.search.currency else self._open_counts
        counts = {} if grouped is None else {k: n for k, n in grouped["currency"].items() if k}
        chosen = self.search.currency
        panels = []
        if len(counts) > 1 or chosen:
            panels.append(self._currencies(counts))
        only = chosen or (next(iter(counts)) if len(counts) == 1 else "")
        if only:
            panels.append(self._bands("imposed", _("Amount imposed"), only))
            panels.append(self._bands("owed", _("Amount owed now"), only))
        return panels

    def _currencies(self, counts: dict[str, int]) -> Panel:
        chosen = self.search.currency
        values = sorted({*counts, *filter(None, [chosen])}, key=lambda value: (-counts.get(value, 0), value))
        options = [
            Option(
                value, value, counts.get(value), value == chosen,
                self._link(currency="" if value == chosen else value, imposed="", owed=""),
            )
            for value in values
        ]  # fmt: skip
        return Panel(Facet("currency", _("Currency"), "", tuple), options)

    def _bands(self, name: str, label: str, currency: str) -> Panel:
        rows = self._bounded(name if getattr(self.search, name) else None)
        counts = {} if rows is None else bands.counts(rows.filter(currency=currency), name)
        asked = getattr(self.search, name)
        shown = [band for band in bands.bands() if band.text in counts]
        if asked and asked.text not in counts:
            shown.append(asked)
        options = []
        for band in shown:
            selected = bool(asked) and band.text == asked.text
            link = self._link(**{"currency": currency, name: "" if selected else band.text})
            options.append(Option(band.text, band.words(currency), counts.get(band.text), selected, link))
        return Panel(Facet(name, label, "", tuple), options)

    def _link(self, **values: str) -> str:
        """The link with these parameters set, of which an empty one is removed."""
        link = self.parameters
        for name, value in values.items():
            link = Parameters(link.having(name, *filter(None, [value]))[1:], self.parameters.known)
        return link.without("page")
