"""Makes records for tests: plain functions, each with sensible values for what the test does not say.

    authority = make.authority()
    place = make.establishment(authority=authority, name="The Copper Kettle")
    make.inspection(establishment=place, scores={"hygiene": 5, "structural": 5, "confidence": 10})

What they make is as the back office would make it: a place is public from now on, an inspection is a draft.
For a register full of published ratings, use the fixture `world`.
"""

from datetime import timedelta
from itertools import count

from django.contrib.auth import get_user_model
from django.utils import timezone

from records.authorities.models import Authority, Membership
from records.businesses.models import Business, BusinessIdentifier, Establishment
from records.laws.models import Law, Provision, ProvisionText, ViolationType
from records.penalties.models import Penalty
from records.penalties.parting import Parts
from records.penalties.parts import PenaltyCitation, PenaltySanction, PenaltyViolation
from records.publication.documents import Document
from records.ratings import registry, schemes
from records.ratings.models import Finding, Inspection, Rating

_numbers = count(1)
PASSWORD = "a password for tests"


def authority(**facts) -> Authority:
    """A council in England that acts in food safety."""
    number = next(_numbers)
    defaults = {
        "code": f"test-{number}",
        "slug": f"test-council-{number}",
        "name": f"Test Council {number}",
        "domains": ["food-safety"],
        "country": "GB-ENG",
    }
    return Authority.objects.create(**defaults | facts)


def user(role: str = "", authority: Authority | None = None, **facts):
    """A person with the password `make.PASSWORD`: without role nobody in particular, "registrar" without an
    authority a superuser.

    `role` clerk, checker or auditor makes a membership at `authority`, or at a new one.
    """
    number = next(_numbers)
    defaults = {"username": f"{role or 'person'}-{number}", "email": f"person-{number}@example.org"}
    superuser = role == "registrar" and authority is None
    staff = {"is_staff": bool(role), "is_superuser": superuser}
    made = get_user_model().objects.create_user(password=PASSWORD, **defaults | staff | facts)
    if role and not superuser:
        membership(made, role, authority)
    return made


def membership(user, role: str, authority: Authority | None = None) -> Membership:
    """A role of a person at an authority."""
    return Membership.objects.create(user=user, role=role, authority=authority or globals()["authority"]())


def business(name: str = "Example Foods Ltd", identifiers: dict[str, str] | None = None, **facts) -> Business:
    """A company; `identifiers` maps numbering systems to numbers."""
    made = Business.objects.create(name=name, **facts)
    for scheme, value in (identifiers or {}).items():
        BusinessIdentifier.objects.create(business=made, scheme=scheme, value=value)
    return _fresh(made)


def establishment(**facts) -> Establishment:
    """A place that the public sees; `publish_at=None` for one that it does not."""
    number = next(_numbers)
    defaults = {
        "name": f"Test Kitchen {number}",
        "address": f"{number} Test Street\nTestham",
        "postcode": "QA1 1AA",
        "publish_at": timezone.now() - timedelta(minutes=1),
    }
    if "authority" not in facts:
        defaults["authority"] = authority()
    return _fresh(Establishment.objects.create(**defaults | facts))


def scheme_version(key: str = "uk-fhrs", on=None):
    """The row of a scheme's version in force on that date, by default of the latest."""
    return registry.version_of(schemes.get(key, on))


def inspection(scheme: str = "uk-fhrs", findings: tuple[str, ...] = (), **facts) -> Inspection:
    """A draft of a visit ten days ago, under the latest version of the scheme; `findings` are their texts.

    Other states are reached by the record's own verbs: the database refuses to begin with them.
    """
    defaults = {"kind": "Routine", "inspected_on": timezone.localdate() - timedelta(days=10)}
    if "version" not in facts:
        defaults["version"] = scheme_version(scheme)
    if "establishment" not in facts:
        defaults["establishment"] = establishment()
    if "scores" not in facts and scheme == "uk-fhrs":
        defaults["scores"] = {"hygiene": 5, "structural": 5, "confidence": 5}
    made = Inspection.objects.create(**defaults | facts)
    for position, text in enumerate(findings, 1):
        finding(made, text, position=position)
    return _fresh(made)


def finding(inspection: Inspection, text: str = "A tile was cracked.", **facts) -> Finding:
    """Something found at that visit, which must be a draft."""
    return Finding.objects.create(inspection=inspection, text=text, **facts)


def rating(establishment: Establishment, scheme: str = "uk-fhrs", key: str = "5", **facts) -> Rating:
    """A current rating without a visit, as a source publishes one; `key` is a grade or a status."""
    version = scheme_version(scheme)
    graded = key in schemes.get(scheme).value_keys
    defaults = {
        "value": key if graded else None,
        "status": None if graded else key,
        "by_source": graded,
        "rated_on": timezone.localdate() - timedelta(days=10),
        "publish_at": timezone.now() - timedelta(minutes=1),
    }
    return Rating.objects.create(
        establishment=establishment, scheme=version.scheme, version=version, **defaults | facts
    )


def law(**facts) -> Law:
    """An act of a made-up parliament."""
    number = next(_numbers)
    defaults = {
        "key": f"food-act-{number}",
        "title": f"Food Safety Act {1900 + number}",
        "rank": "law",
        "jurisdiction": "GB",
        "official_url": "https://laws.example.org/food-act",
    }
    return Law.objects.create(**defaults | facts)


def provision(law: Law | None = None, article: str = "s. 17(1)", text: str = "Keep food clean.") -> Provision:
    """A section of that law with its text, of all times."""
    made = Provision(law=law or globals()["law"](), article=article)
    made.clean()
    made.save()
    if text:
        ProvisionText.objects.create(provision=made, text=text)
    return made


def violation(**facts) -> ViolationType:
    """A type of violation in food safety, of ordinary seriousness, in force at all times."""
    number = next(_numbers)
    defaults = {
        "catalogue": "test",
        "code": f"F{number}",
        "title": "Food kept at the wrong temperature",
        "domain": "food-safety",
    }
    if "provision" not in facts:
        defaults["provision"] = provision()
    return ViolationType.objects.create(**defaults | facts)


def document(**facts) -> Document:
    """The decision as a document elsewhere."""
    defaults = {"title": "Decision", "url": f"https://decisions.example.org/{next(_numbers)}.pdf"}
    return Document.objects.create(**defaults | facts)


def team(authority: Authority, *roles: str):
    """A person for each role at that authority; by default clerk, checker and publisher, in this order."""
    return [user(role, authority) for role in roles or ("clerk", "checker", "publisher")]


def penalty(sanctions=(("fine", 5000),), violations=(), cited=(), **facts) -> Penalty:
    """A draft of a decision against a company, entered by a clerk, that every gate lets through.

    `sanctions` are pairs of kind and amount (None: without one), `violations` types of violation, `cited`
    provisions that the sanction rests on. Other states are reached by the record's own verbs.
    """
    number = next(_numbers)
    authority_ = facts.pop("authority", None) or globals()["authority"]()
    violations = violations or (violation(),)
    defaults = {
        "decision_number": f"EHO/2026/{number:04d}",
        "decided_on": timezone.localdate() - timedelta(days=30),
        "respondent": f"Example Foods {number} Ltd",
        "respondent_kind": "organisation",
        "domain": "food-safety",
        "legal_basis": "Food Safety Act, section 17(1)",
        "facts": "Cooked rice was kept at 21 degrees for two hours.",
        "served_on": timezone.localdate() - timedelta(days=28),
        "notice_served_on": timezone.localdate() - timedelta(days=28),
        "secrecy_checked_on": timezone.localdate() - timedelta(days=27),
        "remedy": "Appeal to the tribunal within 28 days.",
    }
    if "entered_by" not in facts:
        defaults["entered_by"] = user("clerk", authority_)
    if "law" not in facts:
        defaults["law"] = violations[0].provision.law if violations[0].provision else law()
    if "document" not in facts:
        defaults["document"] = document()
    given = defaults | facts
    given.setdefault("secrecy_checked_by", given["entered_by"])
    made = Penalty.objects.create(authority=authority_, **given)
    Parts(
        [
            PenaltySanction(kind=kind, amount=amount, currency="" if amount is None else "GBP")
            for kind, amount in sanctions
        ],
        [PenaltyCitation(role="applied", law=p.law, provision=p, text=p.article) for p in cited],
        [PenaltyViolation(violation=violation) for violation in violations],
    ).save(made.pk, 1)
    return _fresh(made)


def published_penalty(**facts) -> Penalty:
    """The same, checked and published by other people of its authority."""
    made = penalty(**facts)
    checker, publisher = team(made.authority, "checker", "publisher")
    made.submit(made.entered_by)
    made.approve(checker)
    made.publish(publisher)
    return made


def _fresh(made):
    """The row with what the database filled in: reference, grade, search column."""
    made.refresh_from_db()
    return made
