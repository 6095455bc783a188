"""A display ends before its time where its rule knows that: conditions met, fine paid, decided by a third."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from records.penalties import ending
from records.penalties.happenings import PenaltyEvent
from records.penalties.models import Penalty
from records.penalties.visible import PenaltyNotice
from tests import make
from tests.publication.attack import refuse

pytestmark = pytest.mark.django_db
MET = ("min_reached", "corrected", "duties_done", "public_commitment")
WHY = "All duties are fulfilled."


def ordinary(days: int = 200, paid: bool = True, **facts) -> Penalty:
    """A published decision of so many days ago under China's Order 36: shown for a year, or three months."""
    day = timezone.localdate() - timedelta(days=days)
    violations = (make.violation(seriousness="ordinary"),)
    authority = facts.pop("authority", None) or make.authority(rule_sets=["cn.ndrc36"])
    penalty = make.published_penalty(
        authority=authority, decided_on=day, served_on=day, notice_served_on=day, violations=violations,
        **facts,
    )  # fmt: skip
    if paid:
        clerk, checker = make.team(authority, "clerk", "checker")
        event = PenaltyEvent.objects.create(
            penalty=penalty, kind="paid", on=day, amount=5000, currency="GBP", entered_by=clerk
        )
        ending.confirm_event(event, checker)
        penalty.refresh_from_db()
    return penalty


def repaired(**facts) -> Penalty:
    """The same, with its display ended early."""
    penalty = ordinary(**facts)
    penalty.repair(make.user("adjudicator", penalty.authority), WHY, MET)
    return penalty


def test_it_ends_early_and_nothing_of_it_is_left(client):
    penalty = repaired(respondent="Copper Kettle Ltd")
    assert penalty.state == "repaired"
    step = penalty.trace()[0]
    assert (step.source, step.target, step.reason) == ("published", "repaired", WHY)
    assert not Penalty.objects.public().filter(pk=penalty.pk).exists()
    page = client.get(penalty.get_absolute_url())
    assert page.status_code == 410 and page["X-Robots-Tag"].startswith("noindex")
    html = page.content.decode()
    assert "Copper Kettle" not in html and penalty.decision_number not in html
    notice = PenaltyNotice.objects.public().get(reference=penalty.reference)
    assert penalty.decision_number not in [getattr(notice, f.name) for f in notice._meta.fields]
    with pytest.raises(ValidationError):
        penalty.propose("resume", make.user("adjudicator", penalty.authority), "Show it again.")


def test_before_the_minimum_it_does_not_end():
    penalty = ordinary(days=60)
    adjudicator = make.user("adjudicator", penalty.authority)
    with pytest.raises(ValidationError, match="can end early from"):
        penalty.repair(adjudicator, WHY, MET)
    refuse(
        "UPDATE records_penalty SET state = 'repaired', adjudicated_by_id = %s WHERE id = %s",
        adjudicator.pk, penalty.pk, match="cannot become repaired yet",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "met", "words"),
    [
        ({"paid": False}, MET, "not paid in full"),
        ({}, MET[:2], "Not yet affirmed: duties_done, public_commitment"),
        (
            {"sanctions": (("fine", 5000), ("licence_revocation", None))},
            MET,
            "Not possible with this sanction",
        ),
    ],
)
def test_what_is_not_met_is_named(facts, met, words):
    penalty = ordinary(**facts)
    with pytest.raises(ValidationError, match=words):
        penalty.repair(make.user("adjudicator", penalty.authority), WHY, met)
    penalty.refresh_from_db()
    assert penalty.state == "published"


def test_whoever_entered_or_checked_it_does_not_decide():
    penalty = ordinary()
    checker = penalty.checked_by
    make.membership(checker, "adjudicator", penalty.authority)
    with pytest.raises(ValidationError, match="You entered or checked this decision"):
        penalty.repair(checker, WHY, MET)


def test_a_rule_without_one_says_so():
    penalty = make.published_penalty()
    with pytest.raises(ValidationError, match="knows no early end"):
        penalty.repair(make.user("adjudicator", penalty.authority), WHY)
