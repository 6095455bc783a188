"""The query string of a list: every filter is a link, and what cannot be understood is said by name."""

from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _


class BadParameter(Exception):
    """A parameter of the URL that is unknown or impossible; views answer with a page of status 400."""

    def __init__(self, name, value, message):
        super().__init__(f"{name}: {message}")
        self.name, self.value, self.message = name, value, message


class Parameters:
    """The parameters of a request, of which links are made; never changes."""

    # A different selection begins at its first page.
    FORGOTTEN = frozenset({"page", "after", "before"})

    def __init__(self, data, known):
        """`data` is a QueryDict or a string; `known` names the parameters in the order links give them."""
        data = QueryDict(data) if isinstance(data, str) else data
        self.known = tuple(known)
        for name in data:
            if name not in self.known:
                raise BadParameter(name, data[name], _("This page knows no parameter of this name."))
        self._values = {
            name: tuple(dict.fromkeys(filter(None, data.getlist(name))))
            for name in self.known
            if name in data
        }

    def get(self, name):
        """The value of a parameter that may be given once, or ''; BadParameter where it is given twice."""
        values = self._values.get(name, ())
        if len(values) > 1:
            raise BadParameter(name, ", ".join(values), _("Give this parameter only once."))
        return values[0] if values else ""

    def getlist(self, name):
        """All values of a parameter, each once, in the order given."""
        return list(self._values.get(name, ()))

    def having(self, name, *values):
        """The link with `name` set to `values`, of which none removes it."""
        return self._link({**self._values, name: tuple(str(value) for value in values)}, name)

    def replaced(self, **values):
        """The link with these parameters set to a value or a list of them; an empty one is removed."""
        given = {
            name: tuple(value) if isinstance(value, list) else (str(value),) if value else ()
            for name, value in values.items()
        }
        return self._link({**self._values, **given}, None)

    def toggled(self, name, value):
        """The link with one of the values of `name` removed where it is there, and added where it is not."""
        old = self._values.get(name, ())
        new = tuple(v for v in old if v != value) if value in old else (*old, value)
        return self.having(name, *new)

    def without(self, *names):
        """The link without these parameters."""
        return self._link({**self._values, **dict.fromkeys(names, ())}, None)

    def _link(self, values, changed):
        pairs = [
            (name, value)
            for name in self.known
            if name == changed or name not in self.FORGOTTEN
            for value in values.get(name, ())
        ]
        return "?" + urlencode(pairs)


def page_number(text):
    """The page that `text` asks for, 1 where it is empty; BadParameter where it is no number from 1."""
    if not text:
        return 1
    if not (text.isascii() and text.isdigit() and len(text) < 7 and int(text) > 0):
        raise BadParameter("page", text, _("“page” must be a number from 1."))
    return int(text)
