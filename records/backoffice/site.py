"""The back office: Django's admin on a site object of its own, arranged by rooms that it is told of.

`records/admin.py` opens it with the rooms and their panels; nothing here knows a room.
"""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import NamedTuple

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.exceptions import NotRegistered
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from records.backoffice import access
from records.backoffice.keys import GROUPS

STYLESHEETS = tuple(
    f"css/backoffice{part}.css"
    for part in (
        "",
        "-frame",
        "-keys",
        "-buttons",
        "-forms",
        "-records",
        "-lists",
        "-desk",
        "-enter",
        "-record",
        "-penalty",
        "-penalty-beside",
        "-penalty-chips",
        "-penalty-preview",
    )
)


class Room(NamedTuple):
    """A group on the desk: the package of its models, its name, and what of it waits for a person.

    `panels` and `starts` take the request and return lists of `desk.Panel` and `desk.Start`.
    """

    package: str
    label: str
    panels: Callable = lambda request: []
    starts: Callable = lambda request: []


class BackOffice(admin.AdminSite):
    """`/backoffice/`: open to members of authorities and to registrars."""

    site_title = _("Back office")
    site_header = _("Back office")
    index_title = _("Desk")
    index_template = "records/backoffice/desk.html"
    app_index_template = "records/backoffice/rooms.html"
    login_form = AuthenticationForm
    login_template = "records/backoffice/login.html"
    enable_nav_sidebar = False
    rooms: tuple[Room, ...] = ()

    def open(self, rooms: Iterable[Room]) -> None:
        """Take in the rooms, in the order in which the desk shows them."""
        self.rooms = tuple(rooms)

    def has_permission(self, request):
        """A membership opens the door; nobody has to be called staff besides."""
        return access.may_enter(request.user)

    def related(self, model):
        """The admin of a model, or None where it has none."""
        try:
            return self.get_model_admin(model)
        except NotRegistered:
            return None

    def get_app_list(self, request, app_label=None):
        """The kinds of record by room, in the order of `rooms` and of their registration."""
        found = {
            model["model"]: model for app in self._build_app_dict(request).values() for model in app["models"]
        }
        groups = []
        for room in self.rooms:
            models = [
                found[model]
                for model in self._registry
                if model in found and room.package in (*model.__module__.split("."), model._meta.app_label)
            ]
            if models:
                groups.append({
                    "name": room.label, "app_label": room.package, "app_url": models[0]["admin_url"],
                    "has_module_perms": True, "models": models,
                })  # fmt: skip
        return groups

    def each_context(self, request):
        """What every page of the back office knows: also whose desk this is."""
        held = access.memberships(request.user) if request.user.is_authenticated else []
        return super().each_context(request) | {
            "memberships": held,
            "key_groups": GROUPS,
            "office_starts": [start for start in self.starts(request) if start.key],
            "office_stylesheets": STYLESHEETS,
            # Django's sign-in page has another idea of this name.
            "site_name": settings.PLACARD_NAME,
            "authorities_of_user": sorted({str(m.authority) for m in held}),
        }

    def index(self, request, extra_context=None):
        """The first screen: the panels that wait, in the order of the rooms."""
        panels = [panel for room in self.rooms for panel in room.panels(request)]
        told = {
            "panels": [panel for panel in panels if panel.entries], "starts": self.starts(request),
            "empty_panels": [panel for panel in panels if not panel.entries],
        }  # fmt: skip
        return super().index(request, told | (extra_context or {}))

    def starts(self, request) -> list:
        """What the person may begin."""
        if not self.has_permission(request):
            return []
        return [start for room in self.rooms for start in room.starts(request)]

    def get_urls(self):
        """Also the page of the keys."""
        return [path("keys/", self.admin_view(self.keys_view), name="keys"), *super().get_urls()]

    def keys_view(self, request):
        """Which keys there are, for those without a script."""
        context = self.each_context(request) | {"title": gettext("Keys of the back office")}
        return TemplateResponse(request, "records/backoffice/keys.html", context)

    def admin_view(self, view, cacheable=False):
        """What is not there, or not for this person, is said within the back office."""
        guarded = super().admin_view(view, cacheable)

        def told(request, *args, **kwargs):
            try:
                return guarded(request, *args, **kwargs)
            except (Http404, PermissionDenied) as error:
                if not self.has_permission(request):
                    raise
                return self._nothing(request, 403 if isinstance(error, PermissionDenied) else 404)

        return wraps(guarded)(told)

    def _nothing(self, request, status: int):
        title = gettext("Not for your role") if status == 403 else gettext("Nothing at this address")
        context = self.each_context(request) | {"title": title, "status": status}
        response = TemplateResponse(request, "records/backoffice/nothing.html", context, status=status)
        return response.render()


# Django's templates and log entries look for the name "admin".
site = BackOffice(name="admin")
