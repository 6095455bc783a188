"""The form that hands a file to the back office."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records.intake import uploads


class UploadForm(forms.Form):
    """Format, file, whose records, and where they come from. `reach` is where the person may upload."""

    format = forms.ChoiceField(label=gettext_lazy("Format"), widget=forms.RadioSelect)
    file = forms.FileField(
        label=gettext_lazy("File"), allow_empty_file=True,
        help_text=gettext_lazy(
            "At most 50 MB. It is stored privately and deleted when the import is "
            "discarded."
        ),
    )  # fmt: skip
    authority = forms.ChoiceField(label=gettext_lazy("Whose records these are"))
    source = forms.CharField(
        label=gettext_lazy("Source"), max_length=300, required=False,
        help_text=gettext_lazy(
            "Who published the file, shown beside the records. Empty: the name of the "
            "format."
        ),
    )  # fmt: skip
    licence = forms.CharField(
        label=gettext_lazy("Licence"), max_length=200, required=False,
        help_text=gettext_lazy(
            "Under which licence the data may be published, where the format does not "
            "say."
        ),
    )  # fmt: skip

    def __init__(self, *args, accepted, reach, authorities, **kwargs):
        super().__init__(*args, **kwargs)
        self.accepted = accepted
        self.fields["format"].choices = [(key, entry.format.label) for key, entry in accepted.items()]
        choices = [(a.code, str(a)) for a in authorities]
        if reach.everywhere:
            choices = [("", _("The file says whose they are")), *choices]
            self.fields["authority"].required = False
        elif len(choices) == 1:
            self.fields["authority"].initial = choices[0][0]
        else:
            choices = [("", "…"), *choices]
        self.fields["authority"].choices = choices
        self.fields["authority"].help_text = (
            _("Rows of any other authority are refused.") if choices[0][0] else ""
        )

    def explained(self):
        """Each format with what it reads, for the template."""
        for key, entry in self.accepted.items():
            yield {
                "key": key, "label": entry.format.label, "explanation": entry.format.explanation,
                "suffixes": ", ".join(entry.format.suffixes), "template": hasattr(entry.format, "template"),
                "chosen": (self.data.get("format") or self.initial.get("format")) == key,
            }  # fmt: skip

    def clean(self):
        """The file must have an ending that the format reads, and something in it."""
        data = super().clean()
        if data.get("file") and data.get("format"):
            upload = data["file"]
            if not upload.size:
                self.add_error("file", _("The file is empty. Save it again and choose it once more."))
            elif upload.size > uploads.LARGEST:
                self.add_error("file", _("The file is larger than 50 MB. Use manage.py import_file for it."))
            else:
                try:
                    data["suffix"] = uploads.suffix_of(self.accepted[data["format"]].format, upload.name)
                except forms.ValidationError as error:
                    self.add_error("file", error)
        return data
