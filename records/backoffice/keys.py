"""The keys of the desk: one list, of which the dialog, the page without a script and the behaviour are made.

A template marks the control that a key stands for: `<button {% key "approve" %}>`. The page carries the list
as `_keys.html`; the script reads the keys from there, shows those that have a control on this page, and
presses it. So no key is listed that does nothing, and none works that is not listed.
"""

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

ROWS = "rows"
"""What the names of keys that walk through a list begin with: they belong to no control, but to its rows."""


class Key(NamedTuple):
    """One key: `name` as templates call it, `press` as it is typed ("g d" one after the other), its words.

    `goes`: it only leads to the control, and Enter presses it; for what cannot be taken back.
    """

    name: str
    press: str
    words: str
    goes: bool = False

    @property
    def caps(self) -> list[list[str]]:
        """What is written on the keys: for each stroke those that are held together."""
        strokes = [stroke.split("+") if len(stroke) > 1 else [stroke] for stroke in self.press.split()]
        return [[{"Control": "Ctrl"}.get(cap, cap) for cap in stroke] for stroke in strokes]

    @property
    def alone(self) -> bool:
        """Whether it is typed without Ctrl; such keys can be turned off."""
        return "+" not in self.press or len(self.press) == 1


class Group(NamedTuple):
    """Keys that are used in one place."""

    title: str
    keys: tuple[Key, ...]


GROUPS = (
    Group(_("Everywhere"), (
        Key("keys", "?", _("Show these keys")),
        Key("search", "/", _("To the search field")),
        Key("new_decision", "n", _("Enter a decision")),
        Key("new_inspection", "i", _("Enter an inspection")),
        Key("desk", "g d", _("To the desk")),
    )),
    Group(_("Go to a list"), (
        Key("inspection", "g i", _("Inspections")),
        Key("rating", "g r", _("Ratings")),
        Key("penalty", "g p", _("Decisions")),
        Key("establishment", "g e", _("Establishments")),
        Key("business", "g b", _("Businesses")),
        Key("law", "g l", _("Laws")),
        Key("batch", "g m", _("Imports")),
        Key("authority", "g a", _("Authorities")),
    )),
    Group(_("In a list"), (
        Key("rows-next", "j", _("To the next row")),
        Key("rows-previous", "k", _("To the row before")),
        Key("rows-mark", "x", _("Mark the row, or take the mark away")),
    )),
    Group(_("While entering"), (
        Key("save", "Control+s", _("Save the draft")),
        Key("submit", "Control+Enter", _("Submit, and begin the next")),
    )),
    Group(_("While checking"), (
        Key("approve", "a", _("To “Approve”; Enter presses it"), True),
        Key("give_back", "r", _("Return it, with a reason")),
        Key("publish", "p", _("To “Publish”; Enter presses it"), True),
        Key("confirm", "c", _("To “Confirm”; Enter presses it"), True),
        Key("skip", "s", _("Leave it, and see the next that waits")),
    )),
)  # fmt: skip
"""In the order in which they are listed."""

OF_STEPS = {"approve": "approve", "apply": "approve", "give_back": "give_back", "publish": "publish"}
"""Step of a record -> its key, for those that have one."""

KEYS = {key.name: key for group in GROUPS for key in group.keys}
