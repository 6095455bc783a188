"""A list of decisions in words: the sentence above it, and what was chosen, with links to take it back."""

from django.utils.translation import gettext as _

from records.penalties import columns
from records.penalties.facets import SANCTION
from records.publication import joining


class Saying:
    """What `PenaltySearch` says of itself."""

    @property
    def narrowed_by_filters(self) -> bool:
        """Whether more than the text narrows the list, so that single parts can be taken back."""
        names = [*(way.parameter for way in self.facets), *self.others]
        names.remove(columns.PARAMETER)
        return any(self.parameters.getlist(name) for name in names)

    @property
    def subject(self) -> str:
        """What is listed: “Fines” where only fines are asked for, else “Decisions”."""
        kinds = self.parameters.getlist(SANCTION.parameter)
        fines = kinds == ["fine"] or (not kinds and (self.imposed or self.owed))
        return _("Fines") if fines else _("Decisions")

    def sentence(self) -> str:
        """What is shown: “Fines over 10,000 GBP under the Food Act, 2019 to 2021, largest first”."""
        said = {way.parameter: way.words(self.parameters.getlist(way.parameter)) for way in self.facets}
        if self.parameters.getlist(SANCTION.parameter) == ["fine"]:
            said["sanction"] = ""
        amount = self.imposed.words(self.currency) if self.imposed else ""
        if self.currency and not (self.imposed or self.owed):
            amount = _("in %(currency)s") % {"currency": self.currency}
        text = self.text.sentence()
        close = [self.subject, amount, said["sanction"], said["article"] or said["law"], text]
        owed = _("%(amount)s still owed") % {"amount": self.owed.words(self.currency)} if self.owed else ""
        place = self.establishment or self.business
        about = _("about %(name)s") % {"name": place.name} if place else ""
        order = {"date": _("newest first"), "imposed": _("largest first"), "owed": _("most owed first")}
        loose = [said["violation"], about, said["place"], said["authority"], said["area"], said["class"]]
        loose += [owed, said["state"], said["year"]]
        return joining.listed([joining.phrase(close), *loose, order.get(self.order, "")])

    def chips(self):
        """(label, link that takes it back) of everything chosen: text and filters."""
        found = [(f"“{self.text.text}”", self.parameters.without("q"))] if self.text else []
        for way in self.facets:
            values = self.parameters.getlist(way.parameter)
            for value, label in way.labels(values).items():
                found.append((label, self.parameters.toggled(way.parameter, value)))
        for name, label in (("imposed", _("imposed: %(amount)s")), ("owed", _("owed: %(amount)s"))):
            if asked := getattr(self, name):
                said = label % {"amount": asked.words(self.currency)}
                found.append((said, self.parameters.without(name)))
        if self.currency:
            found.append((self.currency, self.parameters.without("currency", "imposed", "owed")))
        for name in ("establishment", "business"):
            if place := getattr(self, name):
                found.append((place.name, self.parameters.without(name)))
        return found

    def kept(self):
        """Pairs of name and value that stay when another text is typed."""
        names = (*(way.parameter for way in self.facets), *self.others)
        return [(name, value) for name in names for value in self.parameters.getlist(name)]

    def kept_beside_columns(self):
        """The same, with what is sorted by and searched for, when other columns are chosen."""
        more = [(name, self.parameters.get(name)) for name in ("q", "sort")]
        return [(name, value) for name, value in (*more, *self.kept()) if value and name != columns.PARAMETER]

    def as_cards(self):
        """The link to the list without a table."""
        return self.parameters.without(columns.PARAMETER)
