"""Rows of the form: one for each sanction, one for each thing that already happened to the fine."""

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records.penalties import kinds, ledger
from records.penalties.desk import stored, typed
from records.penalties.happenings import PenaltyEvent
from records.penalties.parts import PenaltySanction

MOST = 40
"""So many rows at most."""

NO_AMOUNT = gettext_lazy("Write the amount in digits, for example 2,500 or 12 000.50 or 1.5万元.")
NO_DAY = gettext_lazy("Give the day; the order of events decides what is owed.")
TOO_EARLY = gettext_lazy("This day lies before the decision.")
NO_LENGTH = gettext_lazy("Write a number and a unit, for example 6 months, 1 year or 10 days.")


def _choices(pairs, left_out=()):
    return [("", gettext_lazy("Choose")), *(pair for pair in pairs if pair[0] not in left_out)]


class KindSelect(forms.Select):
    """Each kind says what else is asked for, so that a script shows these fields and no others."""

    def create_option(self, name, value, *args, **kwargs):
        """The option, with the fields that its kind asks for."""
        option = super().create_option(name, value, *args, **kwargs)
        if kind := kinds.BY_SLUG.get(value):
            option["attrs"]["data-asks"] = " ".join(kind.asks())
        return option


class SanctionRow(forms.Form):
    """One sanction; an empty row is none. `default_currency` holds where none is typed."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False, widget=KindSelect)
    amount = forms.CharField(
        label=gettext_lazy("Amount"), max_length=300, required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "size": 12}),
    )  # fmt: skip
    currency = forms.CharField(
        label=gettext_lazy("Currency"), max_length=3, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "size": 4, "autocapitalize": "characters"}),
    )  # fmt: skip
    duration = forms.CharField(
        label=gettext_lazy("For how long"), max_length=60, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "size": 12}),
    )  # fmt: skip
    licence = forms.CharField(label=gettext_lazy("Licence affected"), max_length=300, required=False)
    text = forms.CharField(
        label=gettext_lazy("In the words of the decision"), max_length=5000, required=False,
        widget=forms.Textarea(attrs={"rows": 1}),
    )  # fmt: skip
    printed = forms.CharField(max_length=330, required=False, widget=forms.HiddenInput)

    def __init__(self, *args, default_currency="", **kwargs):
        super().__init__(*args, **kwargs)
        self.empty_permitted, self.default_currency = True, default_currency
        self.fields["currency"].initial = default_currency
        held = self.initial.get("kind") or self.data.get(self.add_prefix("kind"))
        left_out = [kind.slug for kind in kinds.KINDS if not kind.public and kind.slug != held]
        self.fields["kind"].choices = _choices(kinds.choices(), left_out)

    @property
    def asks(self) -> tuple[str, ...]:
        """The fields of the chosen kind beside its words; all of them while none is chosen."""
        kind = kinds.BY_SLUG.get(self["kind"].value() or "")
        return kind.asks() if kind else ()

    @property
    def typed(self) -> bool:
        """Whether anything stands in the row."""
        return any(self[name].value() for name in ("kind", "amount", "duration", "licence", "text"))

    def clean(self):
        """Read amount and duration; `found` is the sanction as far as it can be read."""
        data = super().clean()
        slug = data.get("kind", "")
        if self.typed and not slug and not self.is_deleted:
            self.add_error("kind", _("Choose the kind of sanction, or empty the whole row."))
        asked = kinds.BY_SLUG[slug].asks() if slug else ()
        found = PenaltySanction(kind=slug, text=data.get("text", ""))
        if "licence" in asked:
            found.licence = data.get("licence", "")
        self._read_amount(found, "amount" in asked)
        self._read_duration(found, "duration" in asked)
        self.found = found
        return data

    @property
    def is_deleted(self) -> bool:
        """Whether its box “remove” is ticked."""
        return bool(self.data.get(self.add_prefix("DELETE")))

    def _read_amount(self, found: PenaltySanction, asked: bool) -> None:
        raw = self.cleaned_data.get("amount", "")
        known, _bar, printed = self.cleaned_data.get("printed", "").partition("|")
        if not raw or not asked:
            if raw:
                self.add_error("amount", _("This kind of sanction has no amount. Empty the field."))
            return
        currency = (self.cleaned_data.get("currency") or self.default_currency).strip().upper()
        if printed and raw == printed and not known:
            found.amount_text = printed  # the source gave words and no sum
            return
        try:
            money = typed.money(raw, currency)
        except ValueError:
            found.amount_text = raw
            self.add_error("amount", NO_AMOUNT)
            return
        if not (len(money.currency) == 3 and money.currency.isascii() and money.currency.isalpha()):
            found.amount_text = raw
            self.add_error("currency", _("Write the three letters of the currency, for example GBP."))
            return
        found.amount, found.currency = money.amount, money.currency
        found.amount_text = money.text or (printed if known == stored.plain(money.amount) else "")

    def _read_duration(self, found: PenaltySanction, asked: bool) -> None:
        raw = self.cleaned_data.get("duration", "")
        if raw and not asked:
            self.add_error("duration", _("This kind of sanction has no duration. Empty the field."))
        elif raw:
            try:
                found.duration = typed.duration(raw)
            except ValueError:
                self.add_error("duration", NO_LENGTH)


class EventRow(forms.Form):
    """Something that already happened to the fine, with its day; the sum imposed comes from the sanctions."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What happened"), required=False, choices=_choices(ledger.told(), ("imposed",))
    )
    on = forms.DateField(
        label=gettext_lazy("On"), required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": gettext_lazy("Write the day as year-month-day, for example 2026-05-12.")},
    )  # fmt: skip
    amount = forms.CharField(
        label=gettext_lazy("Amount"), max_length=40, required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "size": 12}),
    )  # fmt: skip
    note = forms.CharField(label=gettext_lazy("Note"), max_length=300, required=False)

    def __init__(self, *args, default_currency="", **kwargs):
        super().__init__(*args, **kwargs)
        self.empty_permitted, self.default_currency = True, default_currency

    @property
    def typed(self) -> bool:
        """Whether anything stands in the row."""
        return any(self[name].value() for name in self.fields if name != "DELETE")

    def clean(self):
        """An event has a kind and a day, and an amount where the sum depends on it."""
        data = super().clean()
        kind = ledger.BY_SLUG.get(data.get("kind", ""))
        self.found = None
        if not self.typed:
            return data
        if kind is None:
            self.add_error("kind", _("Choose what happened, or empty the whole row."))
        if data.get("on") is None and "on" not in self.errors:
            self.add_error("on", NO_DAY)
        try:
            money = event_money(kind, data.get("amount", ""), self.default_currency)
        except forms.ValidationError as error:
            self.add_error("amount", error)
        if not self.errors:
            amount, currency = (money.amount, money.currency) if money else (None, "")
            self.found = PenaltyEvent(
                kind=kind.slug, on=data["on"], amount=amount, currency=currency, note=data["note"]
            )
        return data


def is_too_early(kind: str, on, decided) -> bool:
    """Whether an event lies before the decision, which only what was proposed or agreed may."""
    return bool(on and decided and on < decided) and kind not in ("proposed", "settled")


def event_money(kind, raw: str, currency: str):
    """What was typed as the amount of an event, None of nothing; a ValidationError in words for the clerk."""
    if kind and raw and not kind.amount:
        raise forms.ValidationError(_("No amount belongs to this event. Empty the field."))
    if kind and not raw and (kind.sets or kind.pays or kind.slug == "proposed"):
        raise forms.ValidationError(_("Give the amount; what is owed depends on it."))
    try:
        money = typed.money(raw, currency)
    except ValueError:
        raise forms.ValidationError(NO_AMOUNT) from None
    if money and len(money.currency) != 3:
        raise forms.ValidationError(_("Add the currency, for example 500 GBP."))
    return money


_LIMITS = {"max_num": MOST, "absolute_max": MOST + 10, "can_delete": True}
SanctionRows = formset_factory(SanctionRow, extra=0, **_LIMITS)
EventRows = formset_factory(EventRow, extra=0, **_LIMITS)


def readable(formset) -> bool:
    """Whether a form that was sent says how many rows it has, and not too many."""
    told = formset.management_form
    return told.is_valid() and 0 <= told.cleaned_data["TOTAL_FORMS"] <= MOST


def found(formset, left_out=()) -> list:
    """What the rows of a bound and cleaned formset say, removed and unreadable ones left out."""
    return [
        form.found
        for form in formset.forms
        if getattr(form, "found", None) is not None and form.found.kind and form not in left_out
        and not form.data.get(form.add_prefix("DELETE"))
    ]  # fmt: skip
