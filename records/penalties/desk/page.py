"""The form as it is laid out: sections with their lines, and beside each line what is to be said about it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.translation import gettext as _

from records.penalties.desk import watch
from records.penalties.desk.entry import PenaltyEntry
from records.penalties.desk.pickers import Picker

PERSONS = "sole_trader natural_person"


@dataclass
class Line:
    """One field of the form: `bound` or a `picker`; errors, what was found, what was published before.

    `only` names the kinds of respondent for which it is asked, `minor` that it belongs to minor decisions;
    the script hides it otherwise. `size` is how many of twelve columns it takes, or the name of its cell.
    """

    name: str
    bound: object = None
    picker: Picker | None = None
    size: int | str = 12
    only: str = ""
    minor: bool = False
    hidden: bool = False
    note: str = ""
    errors: list = field(default_factory=list)
    seen: list = field(default_factory=list)
    was: str | None = None

    @property
    def id(self) -> str:
        """The id of its input."""
        return self.picker.id if self.picker else self.bound.id_for_label

    @property
    def label(self) -> str:
        """Its words."""
        return self.picker.label if self.picker else self.bound.label

    def __post_init__(self):
        if self.note and self.bound is not None:
            self.bound.help_text = self.note

    @property
    def help(self) -> str:
        """What is said under it."""
        return self.note or (self.picker.help_text if self.picker else self.bound.help_text)

    @property
    def suggests(self) -> str:
        """What the script suggests while somebody types in it."""
        return self.name if self.picker or self.name == "respondent" else ""

    @property
    def field_name(self) -> str:
        """Its name without that of its row."""
        return self.name.rpartition("-")[2]

    @property
    def kind(self) -> str:
        """What template shows it: picker, check or field."""
        if self.picker:
            return "picker"
        return "check" if getattr(self.bound.field.widget, "input_type", "") == "checkbox" else "field"


@dataclass(frozen=True)
class Row:
    """One sanction, or one event, as a row of lines."""

    form: object
    cells: tuple[Line, ...]

    @property
    def hidden(self) -> list:
        """What travels with it unseen."""
        return self.form.hidden_fields()

    @property
    def remove(self):
        """The box that takes the row away."""
        return self.form["DELETE"]


@dataclass(frozen=True)
class Section:
    """A group of lines; `part` is a template that stands below them."""

    id: str
    title: str
    lines: tuple[Line, ...] = ()
    part: str = ""


class Page:
    """The sections of one form; of a correction also the words that are published and those of the draft."""

    def __init__(self, entry: PenaltyEntry, published: dict | None = None, drafted: dict | None = None):
        self.entry, self.published, self.drafted = entry, published, drafted or {}
        self.seen = watch.look(entry)
        self.signature = watch.signature(entry)

    @cached_property
    def sections(self) -> list[Section]:
        """All of them, in the order in which a decision is read."""
        corrects = self.published is not None
        found = [
            Section("correction", _("Correction"), tuple(self._lines([("reason", {})])))
            if corrects else None,
            Section("who", _("Who"), tuple(self._lines(self._who()))),
            Section("what", _("What was decided"), tuple(self._lines(self._what()))),
            Section("law", _("Law"), tuple(self._lines(self._law()))),
            Section("sanctions", _("Sanctions"), part="sanctions"),
            Section("remedy", _("Remedy and deadline"), tuple(self._lines(self._remedy()))),
            Section("service", _("Service and publication"), tuple(self._lines(self._service()))),
            Section("document", _("Source document"), tuple(self._lines(self._document())), part="document"),
            None if corrects else Section("events", _("What already happened to the fine"), part="events"),
        ]  # fmt: skip
        return [section for section in found if section]

    def _lines(self, wanted: Iterable[tuple[str, dict]]) -> Iterable[Line]:
        for name, options in wanted:
            picker = self.entry.pickers.get(name)
            line = Line(name, None if picker else self.entry[name], picker, **options)
            line.errors = picker.errors if picker else list(line.bound.errors)
            line.seen = [seen for seen in self.seen if seen.field == name]
            line.was = self.was(name)
            yield line

    @property
    def lines(self) -> list[Line]:
        """Every line of the form, those of the rows too."""
        found = [line for section in self.sections for line in section.lines]
        return found + [cell for row in (*self.sanctions, *self.events) for cell in row.cells]

    @cached_property
    def sanctions(self) -> list[Row]:
        """One row for each sanction, an empty one where there is none."""
        return [] if self.entry.broken else [self._row(form) for form in self.entry.sanctions]

    @cached_property
    def events(self) -> list[Row]:
        """One row for each event."""
        return [] if self.entry.broken else [self._row(form) for form in self.entry.events]

    @cached_property
    def another(self) -> dict[str, Row]:
        """An empty row of each kind, for the script to copy."""
        formsets = {"sanctions": self.entry.sanctions, "events": self.entry.events}
        return {name: self._row(formset.empty_form) for name, formset in formsets.items()}

    @property
    def was_sanctions(self) -> str | None:
        """The sanctions that are published, where the correction changes them."""
        return self.was("sanctions")

    def _row(self, form) -> Row:
        cells = []
        for bound in form.visible_fields():
            if bound.name != "DELETE":
                line = Line(form.add_prefix(bound.name), bound, size=bound.name, errors=list(bound.errors))
                line.seen = [seen for seen in self.seen if seen.field == line.name]
                cells.append(line)
        return Row(form, tuple(cells))

    def was(self, name: str) -> str | None:
        """What is published in a field that the correction changes; None where it changes nothing."""
        if self.published is None or self.published.get(name, "") == self.drafted.get(name, ""):
            return None
        return self.published.get(name, "")

    def _who(self):
        yield "respondent", {"size": 8}
        yield "respondent_kind", {"size": 4}
        yield "business", {"size": 6}
        yield "establishment", {"size": 6}
        yield "inspection", {"size": 12, "hidden": not self.entry.inspections}
        yield "premises", {"size": 12, "only": PERSONS}
        yield "under_18", {"size": 12, "only": PERSONS}
        if "person_rule" in self.entry.asked or self.entry["person_rule"].value():
            yield "person_rule", {"size": 12, "only": PERSONS}
            yield "proportionality_note", {"size": 12, "only": PERSONS}

    def _what(self):
        yield "decision_number", {"size": 5}
        yield "decided_on", {"size": 3}
        yield "domain", {"size": 4}
        yield "violations", {"size": 12, "note": _("Type a code, words or an article.")}
        yield "facts", {"size": 12}
        yield "procedure", {"size": 6}
        yield "seriousness", {"size": 6}

    def _law(self):
        yield "violated", {"size": 12, "note": _("Type for example: food act 17, 149.148, 第十四条.")}
        yield "applied", {"size": 12}
        yield "law", {"size": 12}
        yield "legal_basis", {"size": 12}

    def _remedy(self):
        yield "remedy", {"size": 8}
        yield "remedy_until", {"size": 4}

    def _service(self):
        yield "served_on", {"size": 4}
        yield "notice_served_on", {"size": 8}
        for name in ("conduct_ended_on", "found_on", "restricted_until", "final_on"):
            if name in self.entry.asked or self.entry[name].value():
                yield name, {"size": 4}
        yield "secrecy", {"size": 12, "note": self._secrecy_note()}
        if "harm_removed" in self.entry.asked or self.entry["harm_removed"].value():
            yield "harm_removed", {"size": 12}
        if "necessity_note" in self.entry.asked or self.entry["necessity_note"].value():
            yield "necessity_note", {"size": 12, "minor": True}

    def _secrecy_note(self) -> str:
        content = self.entry.content
        if content.secrecy_checked_on and content.secrecy_checked_by_id:
            who = content.secrecy_checked_by
            return _("Recorded: %(who)s, %(day)s.") % {
                "who": who.get_full_name() or who.get_username(),
                "day": content.secrecy_checked_on.isoformat(),
            }
        return _("Your name and the day are recorded.")

    def _document(self):
        yield "file", {"size": 6, "note": _("PDF, image, text or office document, at most 20 MB.")}
        yield "document_url", {"size": 6}
        yield "document_title", {"size": 6}
        yield "language", {"size": 6, "note": _("For example en, cy or zh-Hans.")}
