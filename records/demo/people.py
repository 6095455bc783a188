"""The two authorities of the county, and the people who work for them; all share one published password."""

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password

from records.authorities import roles
from records.authorities.models import Authority, Membership

PASSWORD = "made-up-county"
REGISTRAR = "registrar"
AUTHORITIES = (
    {
        "code": "demo-harrowmere",
        "slug": "harrowmere",
        "name": "Harrowmere Borough Council",
        "country": "GB-ENG",
        "address": "Town Hall\n1 Cooperage Row\nHarrowmere\nQH1 1AA",
        "phone": "01632 960900",
        "email": "food@harrowmere.example.org",
        "website": "https://harrowmere.example.org/",
    },
    {
        "code": "demo-aberwyrn",
        "slug": "aberwyrn",
        "name": "Cyngor Sir Aberwyrn / Aberwyrn County Council",
        "country": "GB-WLS",
        "address": "Neuadd y Sir\nHeol y Farchnad\nAberwyrn\nQA1 1AA",
        "phone": "01632 960901",
        "email": "bwyd@aberwyrn.example.org",
        "website": "https://aberwyrn.example.org/",
        "rule_sets": ["uk.appeal-embargo"],
    },
)
COMMON = {"domains": ["food-safety"], "time_zone": "Europe/London"}


def account(role: str, authority: Authority) -> str:
    """The user name of a role: clerk.harrowmere."""
    return f"{role}.{authority.slug}"


def create() -> list[Authority]:
    """The authorities, a person for each role at each, and the registrar; what exists stays as it is."""
    users, password = get_user_model().objects, make_password(PASSWORD)
    authorities = []
    for facts in AUTHORITIES:
        authority, _created = Authority.objects.get_or_create(code=facts["code"], defaults=facts | COMMON)
        for role in roles.ROLES:
            name = account(role.slug, authority)
            defaults = {"password": password, "email": f"{name}@example.org", "is_staff": True}
            user, _created = users.get_or_create(username=name, defaults=defaults)
            Membership.objects.get_or_create(user=user, authority=authority, role=role.slug)
        authorities.append(authority)
    registrar = {
        "password": password,
        "email": "registrar@example.org",
        "is_staff": True,
        "is_superuser": True,
    }
    users.get_or_create(username=REGISTRAR, defaults=registrar)
    return authorities


def accounts() -> list[str]:
    """Every user name of the demo."""
    codes = [authority["code"] for authority in AUTHORITIES]
    members = Membership.objects.filter(authority__code__in=codes).order_by("user__username")
    return [*members.values_list("user__username", flat=True), REGISTRAR]
