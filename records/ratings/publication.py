"""What stands against publishing an inspection, and from when its rating may be shown.

Each gate takes an inspection and gives one reason, or "" when nothing stands against it. To add a reason to
refuse, write a function and name it in GATES.
"""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from records.ratings import schemes

# Country of the authority -> variant of a scheme in which the country has its own time limits.
VARIANTS = {"GB-ENG": "england", "GB-WLS": "wales", "GB-NIR": "northern-ireland", "GB-SCT": "scotland"}


def scheme_of(version) -> schemes.Scheme:
    """The scheme file behind a row of the versions. Raises LookupError when it is gone."""
    for scheme in schemes.all_versions():
        if scheme.key == version.scheme.key and scheme.effective_from == version.effective_from:
            return scheme
    raise LookupError(f"The file of {version} is missing")


def today_at(authority) -> date:
    """The date where the authority is."""
    return timezone.now().astimezone(ZoneInfo(authority.time_zone)).date()


def outcome_of(inspection) -> schemes.Outcome:
    """Grade and reason of an inspection by its scheme. Raises schemes.InputError."""
    return scheme_of(inspection.version).grade(inspection.scores or {})


def first_shown_on(inspection, notified_on: date) -> date:
    """The first day on which the rating may be shown, when the business is told of it on `notified_on`.

    The appeal rule of the scheme in the authority's country decides (UK: England 28 days except for a 5;
    Wales and Northern Ireland when the 21 days to appeal are over). No rule: at once.
    """
    outcome = outcome_of(inspection)
    country = inspection.establishment.authority.country
    appeal = scheme_of(inspection.version).appeal(VARIANTS.get(country))
    return appeal.publish_from(outcome.value or "", notified_on) if appeal else notified_on


def publish_at(inspection) -> datetime:
    """The instant from which the rating may be shown, when the business is told of it today."""
    authority = inspection.establishment.authority
    today = today_at(authority)
    first = first_shown_on(inspection, today)
    if first <= today:
        return timezone.now()
    return datetime.combine(first, time(), ZoneInfo(authority.time_zone))


def replaces_standing(inspection, outcome: schemes.Outcome, current) -> bool:
    """Whether the visit gives the establishment a new standing beside `current` (a Rating or None).

    An earlier visit entered late does not, and neither does one after which, by its scheme, the card before
    stays (New York: compliance visits, first visits that are not graded).
    """
    if current is None:
        return True
    if outcome.value is None and outcome.card == "unchanged" and current.value is not None:
        return False
    return current.rated_on is None or current.rated_on <= inspection.inspected_on


# -- gates


def scores_make_a_grade(inspection) -> str:
    """The scheme must be able to grade what was scored."""
    try:
        outcome_of(inspection)
    except schemes.InputError as error:
        label = next(
            (c.label() for c in scheme_of(inspection.version).components if c.key == error.component),
            error.component,
        )
        return _("%(component)s: %(message)s.") % {"component": label, "message": error.message.rstrip(".")}
    return ""


def visit_lies_in_the_past(inspection) -> str:
    """Nobody inspects tomorrow."""
    today = today_at(inspection.establishment.authority)
    if inspection.inspected_on > today:
        return _("The date of inspection, %(date)s, lies in the future. Correct the date.") % {
            "date": inspection.inspected_on.isoformat()
        }
    return ""


def scheme_was_in_force(inspection) -> str:
    """A visit is graded by the rule of its day."""
    scheme = scheme_of(inspection.version)
    if scheme.in_force(inspection.inspected_on):
        return ""
    return _(
        "%(scheme)s of %(version)s was not in force on %(date)s. Correct the date, or "
        "choose the scheme again."
    ) % {
        "scheme": scheme.title(), "version": scheme.version, "date": inspection.inspected_on.isoformat(),
    }  # fmt: skip


def authority_acts_in_the_domain(inspection) -> str:
    """An authority rates only in its own domains."""
    authority, scheme = inspection.establishment.authority, scheme_of(inspection.version)
    if scheme.domain in authority.domains:
        return ""
    return _("%(authority)s does not act in the domain of %(scheme)s. Choose another scheme.") % {
        "authority": authority.name, "scheme": scheme.title(),
    }  # fmt: skip


def establishment_is_not_merged(inspection) -> str:
    """A row that was merged into another gets no new ratings."""
    if inspection.establishment.hide_at and inspection.establishment.hide_at <= timezone.now():
        return _(
            "This establishment is no longer shown, so its rating would not be either. Choose "
            "the one that stands."
        )
    return ""


GATES = (
    scores_make_a_grade,
    visit_lies_in_the_past,
    scheme_was_in_force,
    authority_acts_in_the_domain,
    establishment_is_not_merged,
)


def refusals(inspection) -> list[str]:
    """What stands against sending the inspection on; empty when nothing does."""
    return [reason for gate in GATES if (reason := gate(inspection))]
