"""Laws, their articles with the texts as in force, and the catalogue of violations, in the back office.

They belong to no authority: every member reads them, those who keep the law up to date write them, nothing is
deleted. What decisions cite keeps what it was cited as.
"""

from django import forms
from django.contrib import admin
from django.db.models import Count
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records.backoffice import access
from records.backoffice.record import RecordAdmin, RecordInline
from records.laws import finding
from records.laws.kinds import article_key
from records.laws.models import Law, Provision, ProvisionText

MOST = 500
TOO_EARLY = gettext_lazy("The last day lies before the first.")


class OfLaws(RecordAdmin):
    """Whoever may write laws may write what belongs to them; every member reads them."""

    authority_path = None

    def reach(self, request, *actions):
        """The right to laws stands for the right to their articles and their catalogue."""
        names = [f"records.{action}_{name}" for action in actions for name in {"law", self.opts.model_name}]
        return access.reach(request.user, *names)

    def get_search_results(self, request, queryset, search_term):
        """By the words of the title, without accents; the search of each kind is named by `found`."""
        if not search_term.strip():
            return queryset, False
        return queryset.filter(pk__in=[row.pk for row in self.found(search_term)]), False

    def found(self, typed: str) -> list:
        """The rows that match what was typed, not more than a list shows."""
        raise NotImplementedError


class Dated(forms.ModelForm):
    """Something that is in force from a day until a day."""

    def clean(self):
        """In this order."""
        data = super().clean()
        first, last = data.get("in_force_from"), data.get("in_force_until")
        if first and last and last < first:
            self.add_error("in_force_until", TOO_EARLY)
        return data


class LawAdmin(OfLaws):
    """Laws, regulations, rules and memoranda."""

    form = Dated
    list_display = ("title", "rank", "jurisdiction", "articles", "in_force_until")
    list_filter = ("rank", "jurisdiction", ("in_force_until", admin.EmptyFieldListFilter))
    search_fields = ("title",)
    search_help_text = gettext_lazy("Words of the title, its number or its key")
    prepopulated_fields = {"key": ("title",)}
    fieldsets = (
        (None, {"fields": ("title", "short_title", "key", "rank", "jurisdiction", "number", "language")}),
        (gettext_lazy("Where it is written"), {"fields": ("official_url",)}),
        (gettext_lazy("In force"), {"fields": (("in_force_from", "in_force_until"),)}),
        (gettext_lazy("Sealed by law"), {"fields": ("public_security",)}),
    )

    def found(self, typed):
        """By title, short title, number or key."""
        return finding.laws(typed, MOST)

    def get_queryset(self, request):
        """With the number of their articles."""
        return super().get_queryset(request).annotate(articles_number=Count("provisions"))

    @admin.display(description=gettext_lazy("articles"), ordering="articles_number")
    def articles(self, row):
        """How many the register holds, as a link to them."""
        url = f"{reverse('admin:records_provision_changelist')}?law__id__exact={row.pk}"
        return format_html('<a href="{}">{}</a>', url, row.articles_number)

    def get_readonly_fields(self, request, obj=None):
        """What decisions rest on keeps its key, its rank and its kind."""
        return ("key", "rank", "public_security") if obj is not None and self._cited(obj) else ()

    def get_prepopulated_fields(self, request, obj=None):
        """The key is suggested once."""
        return {} if obj else super().get_prepopulated_fields(request, obj)

    def _cited(self, law: Law) -> bool:
        rows = (
            relation.related_model._base_manager.filter(**{relation.field.name: law})
            for relation in Law._meta.get_fields(include_hidden=True)
            if relation.one_to_many and relation.related_model is not Provision
        )
        return any(found.exists() for found in rows)


class TextRows(forms.BaseInlineFormSet):
    """The texts of one article: no two of them for one day."""

    def clean(self):
        """Days in order, and none twice; the database would refuse it without telling which."""
        super().clean()
        spans = []
        for form in self.forms:
            data = getattr(form, "cleaned_data", {})
            if not data.get("text"):
                continue
            first = data.get("in_force_from")
            last = data.get("in_force_until")
            if first and last and last < first:
                form.add_error("in_force_until", TOO_EARLY)
            for other_first, other_last in spans:
                if _meet((first, last), (other_first, other_last)):
                    form.add_error("in_force_from", _("Another text of this article holds on the same days."))
                    break
            spans.append((first, last))


def _meet(one, other) -> bool:
    """Whether two spans of days have one in common; None is open."""
    (a, b), (c, d) = one, other
    return (a is None or d is None or a <= d) and (c is None or b is None or c <= b)


class TextInline(RecordInline):
    """What the article says, and from when until when."""

    model = ProvisionText
    formset = TextRows
    verbose_name_plural = gettext_lazy("What it says, and when")
    fields = ("text", "in_force_from", "in_force_until")
    extra = 0
    min_num = 0

    def get_extra(self, request, obj=None, **kwargs):
        """A new article begins with a row for its text."""
        return 1 if obj is None else 0


class ProvisionForm(forms.ModelForm):
    """An article; its key follows from how it is cited and stays."""

    def clean_article(self):
        """Something that can be told from other articles, and of a known article the same key."""
        article, key = self.cleaned_data["article"], article_key(self.cleaned_data["article"])
        if not key:
            raise forms.ValidationError(
                _("Write the article as it is cited, for example s. 17(1) or 第十四条.")
            )
        if self.instance.pk and key != self.instance.key:
            raise forms.ValidationError(
                _("This would be another article. Add that one instead; this one stays as it was cited.")
            )
        return article

    def clean(self):
        """Each article of a law once, however it is written."""
        data = super().clean()
        law, article = data.get("law"), data.get("article")
        if law and article and not self.instance.pk:
            same = Provision.objects.filter(law=law, key=article_key(article)).first()
            if same:
                self.add_error(
                    "article",
                    _("This law already has this article: %(article)s.") % {"article": same.article},
                )
        return data


class ProvisionAdmin(OfLaws):
    """Articles, sections and paragraphs, with their texts."""

    form = ProvisionForm
    inlines = (TextInline,)
    list_display = ("article", "law", "heading", "key")
    list_select_related = ("law",)
    list_filter = (("law", admin.RelatedOnlyFieldListFilter),)
    search_fields = ("article",)
    search_help_text = gettext_lazy("For example food act 17, 149.148, 第十四条, or words of the heading")
    fields = ("law", "article", "heading", "official_url")

    def found(self, typed):
        """By law and article, or by the heading."""
        return finding.provisions(typed, MOST)

    def get_readonly_fields(self, request, obj=None):
        """An article stays in its law."""
        return ("law",) if obj else ()


class ViolationTypeAdmin(OfLaws):
    """The catalogue: what may be recorded at all, and how serious it is as a rule."""

    form = Dated
    list_display = ("code", "title", "catalogue", "domain", "seriousness", "provision", "in_force_until")
    list_filter = ("catalogue", "domain", "seriousness", ("in_force_until", admin.EmptyFieldListFilter))
    list_select_related = ("provision__law",)
    search_fields = ("code", "title")
    search_help_text = gettext_lazy("Code or words of the title")
    raw_id_fields = ("provision",)
    fields = (
        "catalogue", "code", "title", "domain", "provision", "seriousness",
        ("in_force_from", "in_force_until"),
    )  # fmt: skip

    def get_search_results(self, request, queryset, search_term):
        """Those of the past too, unlike while a decision is entered."""
        return super(OfLaws, self).get_search_results(request, queryset, search_term.replace("\0", ""))
