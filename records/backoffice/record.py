"""The admin of any kind of record: a person meets the records of their own authorities and no others.

    class InspectionAdmin(RecordAdmin):
        authority_path = "establishment__authority"

Lists, forms, choices of related records, autocompletes, raw numbers, history and typed addresses all pass
through `get_queryset` and `allowed`. Nothing is deleted unless a class says what may be.
"""

from django.contrib import admin
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.forms import DateInput
from django.http import Http404
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records.backoffice import access, columns

# The browser's own calendar: no script, and the keyboard types the date.
OVERRIDES = {models.DateField: {"widget": DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}}


class RecordAdmin(admin.ModelAdmin):
    """Plumbing for every room; `authority_path` leads from a record to its authority ("pk" for itself).

    None: the record belongs to no authority, and whoever holds the permission anywhere may.
    """

    authority_path: str | None = None
    formfield_overrides = OVERRIDES
    list_per_page = 50
    empty_value_display = columns.NONE
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    save_on_top = False

    def reach(self, request, *actions: str) -> access.Reach:
        """Where the person may do any of the actions ("view", "change") to this kind of record."""
        meta = self.opts
        names = (f"{meta.app_label}.{action}_{meta.model_name}" for action in actions)
        return access.reach(request.user, *names)

    def within(self, queryset, reach: access.Reach):
        """The records of the authorities that are reached."""
        if self.authority_path is None:
            return queryset if reach else queryset.none()
        return reach.within(queryset, self.authority_path)

    def allowed(self, request, action: str, obj=None) -> bool:
        """Whether the person may: to that record or, without one, to any at all."""
        reach = self.reach(request, action)
        if obj is None or obj.pk is None or reach.everywhere:
            return bool(reach)
        return self.within(self.model._default_manager.filter(pk=obj.pk), reach).exists()

    def get_queryset(self, request):
        """The records that the person may see."""
        return self.within(super().get_queryset(request), self.reach(request, "view", "change"))

    def has_view_permission(self, request, obj=None):
        """Reading; whoever may change may read."""
        return self.allowed(request, "view", obj) or self.allowed(request, "change", obj)

    def has_add_permission(self, request):
        """At some authority at least; the form offers only those."""
        return self.allowed(request, "add")

    def has_change_permission(self, request, obj=None):
        """The role at that record's authority decides."""
        return self.allowed(request, "change", obj)

    def has_delete_permission(self, request, obj=None):
        """Nothing that was recorded is deleted."""
        return False

    def has_module_permission(self, request):
        """Whether the kind appears on the desk at all."""
        return self.has_view_permission(request)

    def changelist_view(self, request, extra_context=None):
        """The list is called what it is, not what can be done with it."""
        title = capfirst(self.opts.verbose_name_plural)
        return super().changelist_view(request, {"title": title} | (extra_context or {}))

    def get_field_queryset(self, db, db_field, request):
        """Related records to choose from: those that the person may see and, on the way to the authority,
        those of authorities where they may write this kind of record."""
        queryset = super().get_field_queryset(db, db_field, request)
        related = self.admin_site.related(db_field.remote_field.model)
        if not isinstance(related, RecordAdmin):
            return queryset
        if queryset is None:
            queryset = related.get_queryset(request)
        else:
            queryset = related.within(queryset, related.reach(request, "view", "change"))
        if self.authority_path and self.authority_path.split("__")[0] == db_field.name:
            queryset = related.within(queryset, self.reach(request, "add", "change"))
        return queryset

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        """A typed address of somebody else's record is as wrong as one of no record."""
        raise Http404


class Rows(admin.TabularInline):
    """Rows of fields that say to a screen reader what the head of their column says to the eye."""

    formfield_overrides = OVERRIDES
    extra = 0

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """With the name of the column on the field itself."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None:
            widget = getattr(field.widget, "widget", field.widget)
            widget.attrs["aria-label"] = field.label
        return field


class RecordInline(Rows):
    """Rows under a record; whoever may change the record may change them, nobody deletes them."""

    def _parent(self):
        return self.admin_site.get_model_admin(self.parent_model)

    def has_view_permission(self, request, obj=None):
        """As the record."""
        return self._parent().has_view_permission(request, obj)

    def has_add_permission(self, request, obj=None):
        """As changing the record, or adding it."""
        if obj is None:
            return self._parent().has_add_permission(request)
        return self._parent().has_change_permission(request, obj)

    def has_change_permission(self, request, obj=None):
        """As the record."""
        return self.has_add_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        """Kept."""
        return False


class ReadOnlyInline(RecordInline):
    """Rows that are shown and never written here."""

    def has_add_permission(self, request, obj=None):
        """Never."""
        return False

    def get_readonly_fields(self, request, obj=None):
        """All of them."""
        return self.fields


class ReadOnlyAdmin(RecordAdmin):
    """Records that the database or an import writes; the desk shows them."""

    def has_add_permission(self, request):
        """Never."""
        return False

    def has_change_permission(self, request, obj=None):
        """Never."""
        return False

    def has_view_permission(self, request, obj=None):
        """As the role says."""
        return self.allowed(request, "view", obj)


class AuthorityFilter(admin.SimpleListFilter):
    """Which authority; offered to those who see more than one."""

    title = "authority"
    parameter_name = "authority"

    def __init__(self, request, params, model, model_admin):
        self.path = model_admin.authority_path
        try:
            self.title = model._meta.get_field(self.path).verbose_name
        except FieldDoesNotExist:
            self.title = self.title
        super().__init__(request, params, model, model_admin)

    def lookups(self, request, model_admin):
        """The person's own; a registrar, who has them all, uses the search."""
        reach = model_admin.reach(request, "view", "change")
        by_code = self.path.endswith("code")
        choices = [(a.code if by_code else str(a.pk), str(a)) for a in reach.authorities]
        return choices if len(choices) > 1 else []

    def queryset(self, request, queryset):
        """The rows of the chosen one."""
        return queryset.filter(**{self.path: self.value()}) if self.value() else queryset


class MineFilter(admin.SimpleListFilter):
    """Only what the person entered."""

    title = gettext_lazy("entered by")
    parameter_name = "mine"

    def lookups(self, request, model_admin):
        """One choice beside all."""
        return [("1", _("me"))]

    def queryset(self, request, queryset):
        """The person's own."""
        return queryset.filter(entered_by=request.user) if self.value() == "1" else queryset
