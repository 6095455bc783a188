"""The form of an authority: what it acts in, under which rules it publishes, and when it works."""

from datetime import date

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from records.authorities import domains
from records.authorities.models import Authority
from records.publication import rules


def rule_choices() -> list[tuple[str, str]]:
    """Every rule set once, in the words of its newest version."""
    newest = {rule.key: rule for rule in rules.rule_sets()}
    language = get_language() or "en"
    return [(key, f"{rule.jurisdiction}: {rule.title_in(language)}") for key, rule in newest.items()]


def weekdays() -> list[tuple[int, str]]:
    """Monday is 1."""
    return [(number + 1, name) for number, name in WEEKDAYS.items()]


class DaysField(forms.CharField):
    """Dates, one on each line; what stands behind a date, such as a name, is left out."""

    widget = forms.Textarea

    def prepare_value(self, value):
        """One line for each date."""
        return value if isinstance(value, str) else "\n".join(str(day) for day in value or ())

    def to_python(self, value):
        """The dates in order, each once. ValidationError names the line."""
        found = set()
        for number, line in enumerate((value or "").splitlines(), 1):
            if not line.strip():
                continue
            try:
                found.add(date.fromisoformat(line.split()[0].rstrip(",;")))
            except ValueError:
                raise forms.ValidationError(
                    _("Line %(number)s holds no date. Write it as year-month-day, for example 2026-12-25.")
                    % {"number": number}
                ) from None
        return sorted(found)


class AuthorityForm(forms.ModelForm):
    """Domains, rules and days of rest as boxes to tick."""

    domains = forms.MultipleChoiceField(
        label=gettext_lazy("domains"), choices=domains.choices, required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("An authority rates and decides in these fields and in no other."),
    )  # fmt: skip
    rule_sets = forms.MultipleChoiceField(
        label=gettext_lazy("publication rules"), choices=rule_choices, required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Its decisions are published under these; where several hold, the one that hides first decides. "
            "None: the neutral rules. A change holds for decisions that are approved from then on."
        ),
    )  # fmt: skip
    weekend = forms.TypedMultipleChoiceField(
        label=gettext_lazy("days of rest"), choices=weekdays, coerce=int, required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("They do not count where a time limit counts working days."),
    )  # fmt: skip
    holidays = DaysField(
        label=gettext_lazy("public holidays"), required=False,
        help_text=gettext_lazy(
            "One date on each line, such as 2026-12-25. They do not count as working days."
        ),
    )  # fmt: skip

    class Meta:
        model = Authority
        fields = (
            "name", "code", "slug", "parent", "domains", "country", "time_zone", "rule_sets", "weekend",
            "holidays", "website", "email", "phone", "address",
        )  # fmt: skip
