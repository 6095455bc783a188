"""The form of a step: just the fields that the step asks for, each with what it means."""

from datetime import datetime, time, timedelta

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records.penalties import ending, ledger, remarks, words
from records.penalties.desk import rows
from records.penalties.desk.actions import REASONS
from records.penalties.gates import GATES
from records.publication import documents, states
from records.publication.documents import Document

DAY = {"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}


def _events() -> list[tuple[str, str]]:
    """What a person can tell of a fine, each with what it means: “Paid – The sum was paid in full.”"""
    told = [(slug, f"{label} – {ledger.BY_SLUG[slug].explanation}") for slug, label in ledger.told()]
    return [("", _("Choose")), *[pair for pair in told if pair[0] != "imposed"]]


class StepForm(forms.Form):
    """All fields that a step can ask for; those that this one does not ask for are taken away."""

    gate = forms.ChoiceField(label=gettext_lazy("What stands against it"))
    hidden_because = forms.ChoiceField(label=gettext_lazy("Kind of reason"))
    withdrawn_because = forms.ChoiceField(label=gettext_lazy("Kind of reason"))
    caused_on = forms.DateField(
        label=gettext_lazy("Reason known since"),
        help_text=gettext_lazy("It must be withdrawn within three working days."), **DAY,
    )  # fmt: skip
    review_on = forms.DateField(label=gettext_lazy("Looked at again on"), **DAY)
    hide_on = forms.DateField(
        label=gettext_lazy("Last day of its display"),
        help_text=gettext_lazy("Not beyond the maximum of its rule."), **DAY
    )  # fmt: skip
    event = forms.ChoiceField(label=gettext_lazy("What happened"), choices=_events)
    event_on = forms.DateField(
        label=gettext_lazy("Date"), error_messages={"required": rows.NO_DAY}, **DAY
    )  # fmt: skip
    amount = forms.CharField(
        label=gettext_lazy("Amount"), max_length=40, required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )  # fmt: skip
    currency = forms.RegexField(
        r"^[A-Z]{3}$", label=gettext_lazy("Currency"), required=False, max_length=3,
        error_messages={"invalid": gettext_lazy("Three capitals, such as GBP.")},
    )  # fmt: skip
    note = forms.CharField(label=gettext_lazy("Note, shown beside it"), required=False, max_length=300)
    conditions = forms.MultipleChoiceField(
        label=gettext_lazy("Met and on record"), widget=forms.CheckboxSelectMultiple
    )
    reason = forms.CharField(label=gettext_lazy("Why?"), widget=forms.Textarea(attrs={"rows": 3}))
    address = forms.URLField(
        label=gettext_lazy("Address of the document"), required=False, assume_scheme="https", max_length=600
    )
    file = forms.FileField(label=gettext_lazy("or the document as a file"), required=False)
    title = forms.CharField(label=gettext_lazy("Title of the document"), required=False, max_length=300)
    name_on_notice = forms.BooleanField(
        label=gettext_lazy("The respondent asks to be named on the notice"), required=False
    )

    def __init__(self, *args, record, action, **kwargs):
        super().__init__(*args, **kwargs)
        self.record, self.action = record, action
        for name in set(self.fields) - set(action.fields):
            del self.fields[name]
        words = dict(states.reasons())
        for name, kinds in REASONS.items():
            if name in self.fields:
                self.fields[name].choices = [(kind, words[kind]) for kind in kinds]
        if "gate" in self.fields:
            found = [(r.code, r.words) for r in record.verdict().refusals]
            others = [(g.code, (g.__doc__ or g.code).split("\n")[0]) for g in GATES]
            known = {code for code, _words in found}
            self.fields["gate"].choices = [*found, *[pair for pair in others if pair[0] not in known]]
        if "conditions" in self.fields:
            early = ending.rule_of(record).early_end if record.rule_version_id else None
            self.fields["conditions"].choices = [
                (c, c.replace("_", " ")) for c in (early.conditions if early else ())
            ]
        if "currency" in self.fields:
            self.fields["currency"].initial = record.currency
        if "caused_on" in self.fields:
            self.fields["caused_on"].initial = record.authority.today()

    def clean_event_on(self):
        """Nothing happened tomorrow, and most of it not before the decision."""
        day, kind = self.cleaned_data["event_on"], self.data.get("event")
        if day > self.record.authority.today() and kind != "due":
            raise forms.ValidationError(_("The date lies in the future."))
        if rows.is_too_early(kind, day, self.record.decided_on):
            raise forms.ValidationError(rows.TOO_EARLY)
        return day

    def clean(self):
        """Amounts have currencies; a document is a file or an address."""
        data = super().clean()
        if "amount" in self.fields:
            self._read_amount(data)
        if "hide_on" in self.fields and data.get("hide_on"):
            after = data["hide_on"] + timedelta(days=1)
            data["hide_at"] = datetime.combine(after, time(), self.record.zone)
        shown = {name: data[name] for name in self._read_by_all() if data.get(name)}
        for name, told in remarks.against(self.record, **shown).items():
            self.add_error(name, told)
        if "address" in self.fields:
            data["document"] = None
            if not self.errors:
                data["document"] = self._document(data)
        return data

    def _read_amount(self, data) -> None:
        """Exactly or not at all, as in the form of a decision; in the currency of what is owed."""
        raw, currency = data.get("amount", ""), data.get("currency", "")
        data["amount"], data["currency"] = None, ""
        kind = ledger.BY_SLUG.get(data.get("event", ""))
        try:
            money = rows.event_money(kind, raw, currency or "...")
        except forms.ValidationError as error:
            self.add_error("amount", error)
            return
        if money and money.currency == "...":
            if "currency" not in self.errors:
                self.add_error("currency", _("An amount needs its currency."))
        elif money and self.record.currency not in ("", money.currency):
            self.add_error("currency", _("All fines of one decision are in one currency."))
        elif money and kind and kind.slug == "paid" and money.amount < (self.record.owed or 0):
            less = _("Less than is owed: %(owed)s. Choose “Paid in part”, or leave the amount empty.")
            owed = words.money(self.record.owed, self.record.currency)
            self.add_error("amount", less % {"owed": owed})
        elif money:
            data["amount"], data["currency"] = money.amount, money.currency

    def _read_by_all(self) -> tuple[str, ...]:
        """The fields whose text everybody reads: of reasons only that of a withdrawal."""
        return ("note", "title", "reason") if self.action.key == "withdraw" else ("note", "title")

    def _document(self, data) -> Document | None:
        if data.get("file"):
            try:
                return documents.store(data["file"], data.get("title", ""))
            except forms.ValidationError as error:
                self.add_error("file", error)
                return None
        if data.get("address"):
            return Document.objects.create(title=data.get("title") or _("Document"), url=data["address"])
        if self.action.key in ("withdraw", "extend"):
            self.add_error("address", _("Name the document that this rests on: its address, or the file."))
        return None
