"""The form of one decision, or of the correction of one: its fields, what is chosen, its rows.

Any part of it may be missing or wrong: what can be read goes into the draft, the rest is said beside its
field. What a decision must have is asked by the gates, when it is submitted.
"""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records.authorities import domains
from records.penalties import kinds
from records.penalties.desk import asked, choices, rows, typed
from records.penalties.desk.fields import PLAIN, field
from records.penalties.desk.pickers import Picker
from records.penalties.parting import Parts
from records.penalties.parts import PenaltyCitation, PenaltyViolation
from records.publication.documents import KINDS


class PenaltyEntry(forms.Form):
    """A decision of `scope.authority` as typed.

    After `is_valid()`: `fill(content)` and `parts()` give what could be read. `pickers` are the fields in
    which something of the register is chosen, `sanctions` and `events` the rows. `content` is the draft that
    is being edited, `corrects` whether it is the correction of a published one, `currency` the one that rows
    begin with.
    """

    secrecy = forms.BooleanField(required=False)
    file = forms.FileField(
        label=gettext_lazy("The decision as a file"), required=False,
        widget=forms.FileInput(attrs={"accept": ",".join(KINDS)}),
    )  # fmt: skip
    document_url = forms.URLField(
        label=gettext_lazy("or its address"), max_length=600, required=False, assume_scheme="https",
        error_messages={"invalid": gettext_lazy("Write the whole address, for example https://… .")},
    )  # fmt: skip
    document_title = forms.CharField(
        label=gettext_lazy("Title of the document"), max_length=300, required=False
    )
    inspection = forms.ChoiceField(label=gettext_lazy("Inspection that it followed from"), required=False)
    overrule_reason = forms.CharField(
        label=gettext_lazy("It may be shown, because"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 1}),
    )  # fmt: skip
    reason = forms.CharField(
        label=gettext_lazy("What was wrong"), required=False, max_length=2000,
        help_text=gettext_lazy("It is shown to the public beside the correction, for good."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def __init__(self, *args, scope, content, chosen=None, first=None, corrects=False, currency="", **kwargs):
        super().__init__(*args, **kwargs)
        self.scope, self.content = scope, content
        self.brought = False
        self.currency = currency or typed.currency_of(scope.authority.country)
        self.asked = asked.of(scope.authority)
        for name in PLAIN:
            self.fields[name] = field(name)
        own = [pair for pair in domains.choices() if pair[0] in scope.authority.domains]
        self.fields["domain"].choices = [("", _("Choose")), *own]
        self.fields["seriousness"] = forms.ChoiceField(
            label=_("Class"), required=False, help_text=_("Decides for how long the decision is shown."),
            choices=[("", _("that of the violations")), *self.asked.classes],
        )  # fmt: skip
        self.fields["secrecy"].label = _("I have checked that it holds no state secret and no trade secret")
        self._keep_foreign_values()
        data = self.data if self.is_bound else None
        self.pickers = {p.name: p for p in self._pickers(data, chosen or {})}
        self.fields["inspection"].choices = [("", _("none")), *self._inspections()]
        self.sanctions = self._rows(rows.SanctionRows, "sanctions", data, (first or {}).get("sanctions"))
        # What happened to the fine is no part of a correction: its form neither shows nor sends it.
        sent = None if corrects else data
        self.events = self._rows(rows.EventRows, "events", sent, (first or {}).get("events"))

    def _keep_foreign_values(self) -> None:
        """A value from before that is no longer offered stays in its list."""
        for name in ("domain", "seriousness"):
            value = getattr(self.content, name, "") or ""
            if value and value not in dict(self.fields[name].choices):
                self.fields[name].choices = [*self.fields[name].choices, (value, value)]

    def _pickers(self, data, chosen):
        def picker(name, label, **options):
            return Picker(name, label, self.scope, data=data, chosen=chosen.get(name, ()), **options)

        yield picker("business", _("Business in the register"))
        yield picker("establishment", _("Establishment"))
        yield picker("violations", _("Types of violation"), many=True)
        yield picker("violated", _("Provisions violated"), many=True)
        yield picker("applied", _("Provisions that the sanction rests on"), many=True)
        yield picker("law", _("Law that it rests on"))

    def _inspections(self):
        """Those of the place that is chosen."""
        place = self.pickers["establishment"].value
        held = getattr(self.content, "inspection", None)
        found = choices.inspections(place, held) if place else []
        self.inspections = {choice.value: choice.row for choice in found}
        return [(choice.value, choice.label) for choice in found]

    def _rows(self, formset, prefix: str, data, first):
        made = formset(
            data, prefix=prefix, initial=None if data is not None else first,
            form_kwargs={"default_currency": self.currency},
        )  # fmt: skip
        made.extra = 1 if prefix == "sanctions" and not first else 0
        return made

    # -- reading it

    def take_fills(self) -> None:
        """Let what was chosen just now answer fields in which nothing stands; `data` must be changeable."""
        for picker in list(self.pickers.values()):
            for choice in picker.fresh:
                for name, value in choice.fills.items():
                    self._take_fill(name, value)

    def _take_fill(self, name: str, value) -> None:
        other = self.pickers.get(name)
        if other is not None:
            if not other.chips:
                other.add(value)
        elif not (self.data.get(name) or "").strip() or (name, self.data.get(name)) == (
            "respondent_kind",
            kinds.Respondent.ORGANISATION,
        ):
            self.data[name] = str(value)

    @property
    def broken(self) -> bool:
        """Whether the numbers of rows are forged or lost: then nothing can be read."""
        sent = [formset for formset in (self.sanctions, self.events) if formset.is_bound]
        return not all(map(rows.readable, sent))

    def clean(self):
        """Dates that cannot follow each other, and rows."""
        data = super().clean()
        decided, remedy = data.get("decided_on"), data.get("remedy_until")
        if decided and remedy and remedy < decided:
            self.add_error("remedy_until", rows.TOO_EARLY)
        if decided and data.get("final_on") and data["final_on"] < decided:
            self.add_error("final_on", rows.TOO_EARLY)
        if not self.broken:
            self.sanctions.is_valid()
            self.events.is_valid()
            for form in self.events.forms if self.events.is_bound else ():
                event = getattr(form, "found", None)
                if event and rows.is_too_early(event.kind, event.on, decided):
                    form.add_error("on", rows.TOO_EARLY)
                    form.found = None
            self._one_currency()
        return data

    def _one_currency(self) -> None:
        """What is to be paid under one decision is one sum."""
        payable = [
            form for form in self.sanctions.forms
            if form.is_bound and getattr(form, "found", None) and form.found.kind in kinds.PAYABLE
            and form.found.amount is not None and not form.is_deleted
        ]  # fmt: skip
        for form in payable[1:]:
            if form.found.currency != payable[0].found.currency:
                form.add_error("currency", _("All fines of one decision are in one currency."))

    def settle(self) -> None:
        """Take what is typed in a picker and means one thing alone; ask about the rest."""
        for picker in self.pickers.values():
            picker.settle()

    @property
    def problems(self) -> dict[str, list[str]]:
        """What could not be read, by the id of its field."""
        found = {
            self[name].id_for_label: list(errors) for name, errors in self.errors.items() if name != "__all__"
        }
        found |= {picker.id: picker.errors for picker in self.pickers.values() if picker.errors}
        for formset in (self.sanctions, self.events):
            for form in () if self.broken else formset.forms:
                if not form.data.get(form.add_prefix("DELETE")):
                    found |= {form[name].id_for_label: list(errors) for name, errors in form.errors.items()}
        return found

    @property
    def empty(self) -> bool:
        """Whether nothing was entered beyond what a next form begins with."""
        texts = (
            "respondent",
            "decision_number",
            "facts",
            "legal_basis",
            "premises",
            "document_url",
            "reason",
        )
        chosen = ("business", "establishment", "violations", "violated", "applied")
        rows_ = [] if self.broken else [*self.sanctions.forms, *self.events.forms]
        return not (
            any(str(self[name].value() or "").strip() for name in texts) or self.files
            or any(self.pickers[name].chips for name in chosen) or any(form.typed for form in rows_)
        )  # fmt: skip

    # -- what was read

    def fill(self, content) -> None:
        """Write all that could be read into a draft; what could not keeps its value."""
        for name in PLAIN:
            if name in self.cleaned_data:
                setattr(content, name, self.cleaned_data[name])
        for name in ("business", "establishment", "law"):
            setattr(content, name, self.pickers[name].value)
        content.inspection = self.inspections.get(self.cleaned_data.get("inspection", ""))
        self._fill_secrecy(content)
        if content.respondent_kind not in kinds.Respondent.PERSONS:
            content.person_rule = content.proportionality_note = ""

    def _fill_secrecy(self, content) -> None:
        checked = self.cleaned_data.get("secrecy")
        if checked and not (content.secrecy_checked_on and content.secrecy_checked_by_id):
            content.secrecy_checked_on = self.scope.authority.today()
            content.secrecy_checked_by = self.scope.user
        elif not checked:
            content.secrecy_checked_on = content.secrecy_checked_by = None

    def still_typing(self, *names: str) -> bool:
        """Whether the script saves while one is in one of these fields; a file is never half chosen."""
        return self.data.get("_in", "") in set(names) - {"file"}

    def parts(self) -> Parts:
        """Sanctions, provisions and types of violation as far as they can be read."""
        cited = [
            PenaltyCitation(role=role, law=c.law, provision=c.provision, text=c.text)
            for role in ("applied", "violated")  # as the database orders them
            for c in self.pickers[role].rows
        ]
        violations = [PenaltyViolation(violation=row) for row in self.pickers["violations"].rows]
        return Parts(rows.found(self.sanctions), cited, violations)
