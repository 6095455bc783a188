"""The forms of establishments in the back office: entering one, and merging two."""

from django import forms
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records.businesses import duplicates
from records.businesses.facts import GeocodeQuality
from records.businesses.models import Establishment


class EstablishmentForm(forms.ModelForm):
    """A new establishment is compared with those that are there; the person decides."""

    another = forms.BooleanField(
        label=gettext_lazy("This is another establishment than those named above"), required=False,
        widget=forms.HiddenInput,
    )  # fmt: skip

    class Meta:
        model = Establishment
        fields = (
            "name", "kind", "business", "address", "postcode", "address_visibility", "latitude",
            "longitude", "phone",
            "opened_on", "closed_on", "authority", "local_id",
        )  # fmt: skip
        help_texts = {
            "address_visibility": gettext_lazy(
                "“Address shown” is for shops, restaurants and other premises. “Area only” "
                "shows the first part of the "
                "postcode. “Address withheld” is for private homes: no address, no postcode, "
                "no phone, no map."
            ),
            "opened_on": gettext_lazy("Leave empty where it is not known."),
            "closed_on": gettext_lazy(
                "A closed establishment stays in the register, with a banner that says so."
            ),
            "local_id": gettext_lazy("The number that your authority itself uses, if any."),
        }
        labels = {"address_visibility": gettext_lazy("How much of the address is public")}
        widgets = {"address": forms.Textarea(attrs={"rows": 4})}

    def clean(self):
        """Name the places that it may already be, once."""
        data = super().clean()
        if (data.get("latitude") is None) != (data.get("longitude") is None):
            self.add_error("latitude", _("Latitude and longitude belong together: give both or none."))
        new = self.instance.pk is None and data.get("authority") and data.get("name")
        if new and not data.get("another"):
            found = duplicates.similar(data["authority"], data["name"], data.get("postcode") or "")
            if found:
                self.fields["another"].widget = forms.CheckboxInput()
                raise forms.ValidationError({"name": self._hint(found)})
        return data

    def _hint(self, found):
        links = format_html_join(
            "; ", '<a href="{}">{}</a>, {}',
            ((reverse("admin:records_establishment_change", args=[e.pk]), e.name,
              " ".join([*e.address.split("\n"), e.postcode])) for e in found),
        )  # fmt: skip
        return format_html(
            "{} {}. {}", _("The register already has, under the same postcode:"), links,
            _("If it is one of these, use that one. If not, tick the box below and save again."),
        )  # fmt: skip

    def _post_clean(self):
        super()._post_clean()
        if {"latitude", "longitude"} & set(self.changed_data):
            known = self.cleaned_data.get("latitude") is not None
            self.instance.geocode_quality = GeocodeQuality.CLERK if known else GeocodeQuality.NONE


class MergeForm(forms.Form):
    """Which one stands, and why."""

    into = forms.CharField(
        label=gettext_lazy("Reference of the establishment that stands"), max_length=12,
        help_text=gettext_lazy(
            "Seven characters, at the end of the address of its public page and on its page "
            "here."
        ),
    )  # fmt: skip
    reason = forms.CharField(
        label=gettext_lazy("Why the two are one"), widget=forms.Textarea(attrs={"rows": 2}), max_length=300
    )

    def __init__(self, *args, choices, **kwargs):
        super().__init__(*args, **kwargs)
        self.choices = choices

    def clean_into(self):
        """An establishment that the person may change."""
        found = self.choices.filter(reference=self.cleaned_data["into"].strip().lower()).first()
        if found is None:
            raise forms.ValidationError(
                _("None of your establishments has this reference. Copy it from its page.")
            )
        return found
