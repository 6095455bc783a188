"""Establishments and businesses in the back office: entering, correcting, merging, earlier versions."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records.backoffice.desk import Start
from records.backoffice.record import AuthorityFilter, ReadOnlyInline, RecordAdmin, RecordInline
from records.businesses.forms import EstablishmentForm, MergeForm
from records.businesses.merge import merge
from records.businesses.models import BusinessIdentifier, EstablishmentVersion
from records.search import text


class VersionInline(ReadOnlyInline):
    """What the row said before; written by the database."""

    model = EstablishmentVersion
    fields = (
        "replaced_at",
        "name",
        "address",
        "postcode",
        "kind",
        "address_visibility",
        "opened_on",
        "closed_on",
    )
    verbose_name_plural = gettext_lazy("Earlier versions")
    max_num = 0


class EstablishmentAdmin(RecordAdmin):
    """The places of a person's authorities."""

    authority_path = "authority"
    form = EstablishmentForm
    list_display = ("name", "one_line", "postcode", "kind", "shown", "closed_on", "reference")
    list_filter = (
        AuthorityFilter, "kind", "address_visibility", ("closed_on", admin.EmptyFieldListFilter),
        ("left_source_at", admin.EmptyFieldListFilter), ("hide_at", admin.EmptyFieldListFilter),
    )  # fmt: skip
    search_fields = ("name",)
    search_help_text = gettext_lazy("Name, address, postcode or reference")
    ordering = ("-pk",)
    raw_id_fields = ("business",)
    change_form_template = "records/backoffice/establishment.html"

    def get_urls(self):
        """Merging."""
        view = self.admin_site.admin_view(self.merge_view)
        return [path("<int:object_id>/merge/", view, name="records_establishment_merge"), *super().get_urls()]

    def get_inlines(self, request, obj):
        """Earlier versions, where there are any."""
        return (VersionInline,) if obj is not None and obj.versions.exists() else ()

    def get_fieldsets(self, request, obj=None):
        """In the order in which a person describes a place."""
        first = ("another", "name", "kind", "business") if obj is None else ("name", "kind", "business")
        groups = [
            (_("What it is"), {"fields": first}),
            (_("Where it is"), {
                "fields": ("address", "postcode", "address_visibility", ("latitude", "longitude"), "phone"),
            }),
            (_("Since when, until when"), {"fields": (("opened_on", "closed_on"),)}),
            (_("Whose record it is"), {"fields": ("authority", "local_id")}),
        ]  # fmt: skip
        if obj is None:
            groups[0][1]["fields"] = ("name", "another", "kind", "business")
        else:
            groups.append((_("In the register"), {"fields": (
                "reference", "recorded_at", "publish_at", "hide_at", "source", "source_id",
                "name_published", "kind_published",
                "geocode_quality", "left_source_at",
            )}))  # fmt: skip
        return groups

    def get_readonly_fields(self, request, obj=None):
        """Reference and authority never change; what the source said stays what it said."""
        if obj is None:
            return ()
        return (
            "authority", "reference", "recorded_at", "publish_at", "hide_at", "source", "source_id",
            "name_published",
            "kind_published", "geocode_quality", "left_source_at",
        )  # fmt: skip

    def get_changeform_initial_data(self, request):
        """The authority is known where there is only one."""
        own = self.reach(request, "add").authorities
        return super().get_changeform_initial_data(request) | (
            {"authority": own[0].pk} if len(own) == 1 else {}
        )

    @admin.display(description=gettext_lazy("address"))
    def one_line(self, row):
        """The address without line breaks."""
        return ", ".join(filter(None, row.address.split("\n"))) or "–"

    @admin.display(description=gettext_lazy("public"), ordering="publish_at")
    def shown(self, row):
        """Whether the public sees it, in words."""
        if row.hide_at:
            return _("no longer")
        return _("yes") if row.publish_at else _("not yet")

    def get_search_results(self, request, queryset, search_term):
        """By the search column, where an index answers."""
        steps = text.parse(search_term).ladder()
        if not steps:
            return queryset, False
        return queryset.filter(
            Q(search=steps[-1].expression) | Q(reference=search_term.strip().lower())
        ), False

    def response_add(self, request, obj, post_url_continue=None):
        """Whoever came to inspect it goes on to that."""
        if "_inspect" in request.POST:
            messages.success(request, _("Added %(name)s.") % {"name": obj.name})
            return HttpResponseRedirect(f"{reverse('admin:records_inspection_add')}?establishment={obj.pk}")
        return super().response_add(request, obj, post_url_continue)

    def merge_view(self, request, object_id: int):
        """Two rows, one place: asks which one stands and why."""
        obj = self.get_object(request, object_id)
        if obj is None:
            raise Http404
        if not self.has_change_permission(request, obj):
            raise PermissionDenied
        choices = self.within(self.model.objects.all(), self.reach(request, "change"))
        form = MergeForm(request.POST or None, choices=choices)
        if request.method == "POST" and form.is_valid():
            into = form.cleaned_data["into"]
            try:
                merge(obj, into, form.cleaned_data["reason"], request.user)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                self.log_change(request, obj, _("Merged into %(reference)s.") % {"reference": into.reference})
                messages.success(
                    request, _("%(old)s now leads to %(new)s.") % {"old": obj.reference, "new": into}
                )
                return HttpResponseRedirect(reverse("admin:records_establishment_change", args=[into.pk]))
        context = self.admin_site.each_context(request) | {
            "title": _("Merge %(name)s into another") % {"name": obj.name}, "opts": self.opts,
            "original": obj, "form": form,
        }  # fmt: skip
        return TemplateResponse(request, "records/backoffice/merge.html", context)


class IdentifierInline(RecordInline):
    """Numbers of the business in other registers."""

    model = BusinessIdentifier
    fields = ("scheme", "value")
    extra = 1


class BusinessAdmin(RecordAdmin):
    """Organisations are seen by every authority that may run into them; sole traders by their own.

    A sole trader's name is personal data.
    """

    inlines = (IdentifierInline,)
    list_display = ("name", "kind", "country", "reference")
    list_filter = ("kind",)
    search_fields = ("name", "identifiers__value")
    readonly_fields = ("reference", "name_published")
    fields = ("name", "kind", "country", "reference", "name_published")

    def within(self, queryset, reach):
        """Organisations, and whoever runs an establishment of the person's authorities, or none at all."""
        if reach.everywhere or not reach:
            return super().within(queryset, reach)
        known = Q(establishments__authority__in=reach.keys) | Q(establishments__isnull=True)
        return queryset.filter(~Q(kind="sole_trader") | known).distinct()

    def has_change_permission(self, request, obj=None):
        """Changed by an authority only where no other one's establishment hangs on it."""
        reach = self.reach(request, "change")
        if obj is None or reach.everywhere or not reach:
            return bool(reach)
        return not obj.establishments.exclude(authority__in=reach.keys).exists()


def starts(request) -> list[Start]:
    """What a clerk begins here."""
    from records.backoffice import access

    if not access.reach(request.user, "records.add_establishment"):
        return []
    url = reverse("admin:records_establishment_add")
    return [Start(_("Add an establishment"), url, _("A place that is not in the register yet."))]
