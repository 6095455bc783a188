"""The back office: Django's admin on a site object of its own, arranged by rooms that it is told of.

`records/admin.py` opens it with the rooms and their panels; nothing here knows a room.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.exceptions import NotRegistered
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _

from records.backoffice import access

STYLESHEETS = tuple(
    f"css/backoffice{part}.css"
    for part in (
        "",
        "-frame",
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
            "office_stylesheets": STYLESHEETS,
            # Django's sign-in page has another idea of this name.
            "site_name": settings.PLACARD_NAME,
            "authorities_of_user": sorted({str(m.authority) for m in held}),
        }

    def index(self, request, extra_context=None):
        """The first screen: the panels that wait, in the order of the rooms."""
        panels = [panel for room in self.rooms for panel in room.panels(request)]
        starts = [start for room in self.rooms for start in room.starts(request)]
        return super().index(request, {"panels": panels, "starts": starts} | (extra_context or {}))


# Django's templates and log entries look for the name "admin".
site = BackOffice(name="admin")
