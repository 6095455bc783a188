"""The form of one inspection: its fields are the components of the scheme, in the scheme's own words."""

from django import forms
from django.forms import formset_factory
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records.ratings import publication, schemes
from records.ratings.models import Finding, Inspection
from records.ratings.rulebook import SchemeVersion
from records.ratings.schemes import engine, reading
from records.ratings.schemes.vocabulary import Component, plain

MOST_RADIOS = 7
"""More values than these make a list to choose from instead of buttons in a row."""


def options(component: Component) -> list[tuple[str, str]]:
    """Pairs of text and words for a component with listed values: ("5", "5 Good")."""
    if component.kind == "flag":
        return [("yes", _("Yes")), ("no", _("No"))]
    found = []
    for value in component.allowed:
        text, word = plain(value), component.word(value)
        found.append((text, word if component.kind == "choice" and word else f"{text} {word}".strip()))
    return found


def allowed(component: Component) -> str:
    """What may be entered, for the help under the field and the message of an error."""
    if component.kind == "list":
        example = plain(list(component.allowed or (90, 85))[:2])
        return _("Numbers with commas between them, for example %(example)s.") % {"example": example}
    if component.allowed or component.kind == "flag":
        return _("Choose one of: %(values)s.") % {
            "values": ", ".join(label for _v, label in options(component))
        }
    parts = [_("A whole number") if component.step == 1 or component.kind == "integer" else _("A number")]
    if component.minimum is not None:
        parts.append(_("from %(low)s") % {"low": plain(component.minimum)})
    if component.maximum is not None:
        parts.append(_("to %(high)s") % {"high": plain(component.maximum)})
    return " ".join(parts) + "."


def shown(pairs, component: Component):
    """The pairs for buttons, the number of a score set off from its word."""
    if component.kind in ("choice", "flag"):
        return pairs
    return [
        (text, format_html("<b>{}</b> <small>{}</small>", text, label.removeprefix(text).strip()))
        for text, label in pairs
    ]


def score_field(component: Component) -> forms.Field:
    """The form field of a component; `read` checks what is typed."""
    choices = options(component) if component.kind in ("choice", "flag") or component.allowed else []
    if component.kind == "list":
        choices = []
    help_text = component.explain()
    if component.derive:
        help_text += " " + _("Leave it empty to have it worked out from the earlier inspections.")
    elif not choices:
        help_text += " " + allowed(component)
    # What is missing or wrong is said by `clean`, in the scheme's terms.
    settings = {"label": component.label(), "help_text": help_text, "required": False}
    if not choices:
        mode = "numeric" if component.kind == "integer" else "text" if component.kind == "list" else "decimal"
        attrs = {"inputmode": mode, "autocomplete": "off", "class": "score"}
        field = forms.CharField(max_length=200, widget=forms.TextInput(attrs=attrs), **settings)
    elif len(choices) <= MOST_RADIOS:
        choices = shown(choices, component)
        if not component.required:
            choices = [("", _("Not stated")), *choices]
        field = forms.CharField(widget=forms.RadioSelect(choices=choices), **settings)
    else:
        field = forms.CharField(widget=forms.Select(choices=[("", "…"), *choices]), **settings)
    field.component = component
    field.shown_as_required = component.required and not component.derive
    return field


class InspectionEntry(forms.Form):
    """One visit to `establishment` under `scheme`; `inspection` is the draft being edited, if any.

    Clean data: `inspected_on`, `kind`, `outcome`, and after `is_valid` the attributes `inputs` (typed
    scores, those
    about the past worked out) and `result` (an Outcome, or None while scores are missing).
    """

    inspected_on = forms.DateField(
        label=gettext_lazy("Inspected on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": gettext_lazy("Enter the date of the inspection."),
            "invalid": gettext_lazy(
                "This is not a date. Write it as year-month-day, for example 2026-05-12."
            ),
        },
    )
    kind = forms.CharField(
        label=gettext_lazy("Kind of inspection"), max_length=100, required=False,
        help_text=gettext_lazy("For example: routine, re-inspection, after a complaint."),
    )  # fmt: skip
    outcome = forms.CharField(
        label=gettext_lazy("Outcome in words"), required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy(
            "What was decided or asked for. It is published as written; name no private "
            "person."
        ),
    )  # fmt: skip

    def __init__(self, *args, establishment, scheme, inspection=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.establishment, self.scheme, self.inspection = establishment, scheme, inspection
        self.inputs, self.result = None, None
        for component in scheme.components:
            self.fields[f"score_{component.key}"] = score_field(component)
        self.order_fields(["inspected_on", *(f"score_{c.key}" for c in scheme.components), "kind", "outcome"])

    def scores(self):
        """The bound fields of the components, for the template."""
        return [self[f"score_{component.key}"] for component in self.scheme.components]

    def texts(self) -> dict[str, str]:
        """What was typed for each component."""
        return {c.key: str(self.data.get(f"score_{c.key}", "")).strip() for c in self.scheme.components}

    def clean_inspected_on(self):
        """Not in the future where the authority is."""
        day = self.cleaned_data["inspected_on"]
        today = publication.today_at(self.establishment.authority)
        if day > today:
            raise forms.ValidationError(
                _("%(day)s lies in the future; today is %(today)s.")
                % {"day": day.isoformat(), "today": today.isoformat()}
            )
        if not self.scheme.in_force(day):
            raise forms.ValidationError(
                _(
                    "This scheme was not in force on that day; it began on %(first)s. Choose "
                    "another scheme or date."
                )
                % {"first": self.scheme.effective_from.isoformat()}
            )
        return day

    def clean(self):
        """Grade what was scored; errors go to the component that causes them."""
        cleaned = super().clean()
        found, wrong = self._read()
        self.empty = not any(self.texts().values())
        if wrong:
            return cleaned
        day = cleaned.get("inspected_on")
        try:
            self.inputs = self._with_past(found, day) if day else found
            self.result = self.scheme.grade(self.inputs)
        except schemes.InputError as error:
            self.inputs = None
            self.add_error(self._field(error.component), self._message(error))
        return cleaned

    def _read(self) -> tuple[dict, bool]:
        found, wrong, texts = {}, False, self.texts()
        for component in self.scheme.components:
            try:
                typed = reading.read((component,), texts)
                if typed:
                    engine.clean((component,), typed)
                elif component.required and not component.derive:
                    raise schemes.InputError(component.key, None, "", "missing")
                found |= typed
            except schemes.InputError as error:
                wrong = True
                self.add_error(f"score_{component.key}", self._message(error))
        return found, wrong

    def _with_past(self, found: dict, day) -> dict:
        """The typed scores and, where left empty, what follows from the earlier visits."""
        if not any(component.derive for component in self.scheme.components):
            return found
        earlier = self.establishment.inspections.filter(
            version__scheme__key=self.scheme.key, inspected_on__lte=day, state="published"
        )
        if self.inspection and (corrected := self.inspection.corrected()):
            earlier = earlier.exclude(pk=corrected.pk)
        known = {component.key for component in self.scheme.components}
        visits = [
            schemes.Visit(i.inspected_on, {k: v for k, v in (i.scores or {}).items() if k in known})
            for i in earlier
        ]
        past = self.scheme.derive([*visits, schemes.Visit(day, found)], day, self.establishment.opened_on)
        return past | found

    def _field(self, name: str) -> str | None:
        return f"score_{name}" if f"score_{name}" in self.fields else None

    def _message(self, error: schemes.InputError) -> str:
        component = self.scheme.component(error.component)
        if error.code == "check":
            return error.message
        if error.code == "missing":
            return _("This is missing. %(allowed)s") % {"allowed": allowed(component)}
        return _("“%(value)s” is not allowed. %(allowed)s") % {
            "value": plain(error.value),
            "allowed": allowed(component),
        }

    def fill(self, inspection: Inspection) -> Inspection:
        """Write the entry into an unsaved or draft inspection; scores only when they make a grade."""
        data = self.cleaned_data
        inspection.establishment, inspection.inspected_on = self.establishment, data["inspected_on"]
        inspection.kind, inspection.outcome = data.get("kind", ""), data.get("outcome", "")
        inspection.version = SchemeVersion.objects.get(
            scheme__key=self.scheme.key, effective_from=self.scheme.effective_from
        )
        inspection.scores = self.inputs if self.result else None
        return inspection


class FindingEntry(forms.ModelForm):
    """One thing that was found; an empty row is no finding."""

    class Meta:
        model = Finding
        fields = ("code", "text", "criticality", "points")
        widgets = {
            "code": forms.TextInput(attrs={"size": 8, "autocomplete": "off"}),
            "text": forms.Textarea(attrs={"rows": 1}),
            "points": forms.TextInput(attrs={"size": 4, "inputmode": "decimal", "autocomplete": "off"}),
        }
        error_messages = {
            "text": {"required": gettext_lazy("Say what was found, or empty the whole row.")},
            "points": {"invalid": gettext_lazy("Points are a number, for example 7 or 2.5.")},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.empty_permitted = True
        self.fields["criticality"].choices = [("", "–"), *Finding.Criticality.choices]


FindingEntries = formset_factory(FindingEntry, extra=3, max_num=200, absolute_max=300)


def finding_rows(formset) -> list[Finding]:
    """The findings of a valid formset, in the order of the rows, empty rows left out."""
    filled = [form for form in formset.forms if form.has_changed() and form.cleaned_data.get("text")]
    return [
        Finding(
            position=position, code=form.cleaned_data["code"], text=form.cleaned_data["text"],
            criticality=form.cleaned_data["criticality"], points=form.cleaned_data["points"],
        )
        for position, form in enumerate(filled, 1)
    ]  # fmt: skip
