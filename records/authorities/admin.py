"""Authorities, people and their memberships in the back office; only registrars change them."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from records.authorities.forms import AuthorityForm
from records.authorities.models import AuthorityIdentifier, Membership
from records.backoffice.record import RecordAdmin, RecordInline, Rows


class RegistrarsOnly:
    """For records that decide who may do what: superusers, and nobody else."""

    def has_view_permission(self, request, obj=None):
        """Registrars."""
        return request.user.is_active and request.user.is_superuser

    def has_module_permission(self, request):
        """Registrars."""
        return self.has_view_permission(request)

    def has_add_permission(self, request, obj=None):
        """Registrars."""
        return self.has_view_permission(request)

    def has_change_permission(self, request, obj=None):
        """Registrars."""
        return self.has_view_permission(request)


class IdentifierInline(RecordInline):
    """Numbers under which other registers know the authority."""

    model = AuthorityIdentifier
    fields = ("scheme", "value")


class MembershipInline(RegistrarsOnly, Rows):
    """Who works for the authority, or where a person works, and as what."""

    model = Membership
    extra = 1

    def has_delete_permission(self, request, obj=None):
        """A membership may end."""
        return self.has_view_permission(request)


class AuthorityAdmin(RecordAdmin):
    """Members read their own authority; registrars add and change."""

    authority_path = "pk"
    form = AuthorityForm
    inlines = (IdentifierInline, MembershipInline)
    list_display = ("name", "code", "country", "time_zone", "establishments_count")
    list_filter = ("country",)
    search_fields = ("name", "code")
    prepopulated_fields = {"slug": ("name",)}
    raw_id_fields = ("parent",)
    fieldsets = (
        (None, {"fields": ("name", "code", "slug", "parent", "domains")}),
        (_("Where it is"), {"fields": ("country", "time_zone")}),
        (_("When it publishes, and when it works"), {"fields": ("rule_sets", "weekend", "holidays")}),
        (_("How to reach it"), {"fields": ("website", "email", "phone", "address")}),
    )

    def get_queryset(self, request):
        """With the number of their establishments."""
        return super().get_queryset(request).annotate(establishments_number=Count("establishments"))

    @admin.display(description=_("establishments"), ordering="establishments_number")
    def establishments_count(self, row):
        """How many the register holds."""
        return row.establishments_number

    def get_prepopulated_fields(self, request, obj=None):
        """The address is suggested once; later it stays, because others link to it."""
        return {} if obj else super().get_prepopulated_fields(request, obj)

    def get_readonly_fields(self, request, obj=None):
        """The code is what files and commands use, so it stays."""
        return ("code",) if obj else ()


class PersonAdmin(RegistrarsOnly, UserAdmin):
    """People: a name, a password, and memberships; a person who leaves is made inactive, not deleted."""

    inlines = (MembershipInline,)
    list_display = ("username", "last_name", "first_name", "roles", "is_active", "is_superuser", "last_login")
    list_filter = ("is_active", "is_superuser")
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Person"), {"fields": ("first_name", "last_name", "email")}),
        (_("Rights"), {"fields": ("is_active", "is_superuser"),
                       "description": _(
                           "A registrar (superuser) sees and changes the records of every "
                           "authority."
                       )}),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )  # fmt: skip
    readonly_fields = ("last_login", "date_joined")
    filter_horizontal = ()
    show_facets = admin.ShowFacets.NEVER
    empty_value_display = "–"

    def changelist_view(self, request, extra_context=None):
        """The list is called what it is."""
        return super().changelist_view(request, {"title": _("People")} | (extra_context or {}))

    def get_queryset(self, request):
        """With their memberships."""
        return super().get_queryset(request).prefetch_related("memberships__authority")

    @admin.display(description=_("memberships"))
    def roles(self, row):
        """Role and authority, one after the other."""
        return ", ".join(f"{m.get_role_display()}, {m.authority}" for m in row.memberships.all()) or "–"

    def has_delete_permission(self, request, obj=None):
        """What a person did stays theirs."""
        return False
