"""The back office's table of contents: each room, its kinds of record, and what of it waits on the desk.

The URLconf mounts it at /backoffice/; nobody else imports it.
"""

from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _

from records.authorities.admin import AuthorityAdmin, PersonAdmin
from records.authorities.models import Authority
from records.backoffice.site import Room, site
from records.businesses import admin as businesses
from records.businesses.models import Business, Establishment
from records.catalogue import ACCEPTED
from records.intake import queue as imports
from records.intake.admin import BatchAdmin
from records.intake.models import Batch
from records.laws import admin as laws
from records.laws.models import Law, Provision, ViolationType
from records.penalties.admin import PenaltyAdmin
from records.penalties.desk import queue as penalties
from records.penalties.models import Penalty
from records.ratings.admin import InspectionAdmin, RatingAdmin
from records.ratings.desk import queue as ratings
from records.ratings.models import Inspection, Rating

site.open(
    (
        Room("ratings", _("Ratings"), ratings.panels, ratings.starts),
        Room("penalties", _("Decisions"), penalties.panels, penalties.starts),
        Room("businesses", _("Businesses"), starts=businesses.starts),
        Room("laws", _("Laws")),
        Room("intake", _("Imports"), imports.panels, imports.starts),
        Room("authorities", _("Authorities")),
        Room("auth", _("People")),
    )
)
site.register(Inspection, InspectionAdmin)
site.register(Rating, RatingAdmin)
site.register(Penalty, PenaltyAdmin)
site.register(Establishment, businesses.EstablishmentAdmin)
site.register(Business, businesses.BusinessAdmin)
site.register(Law, laws.LawAdmin)
site.register(Provision, laws.ProvisionAdmin)
site.register(ViolationType, laws.ViolationTypeAdmin)
site.register(Batch, BatchAdmin, accepted=ACCEPTED)
site.register(Authority, AuthorityAdmin)
site.register(get_user_model(), PersonAdmin)

urlpatterns, app_name, _name = site.urls
