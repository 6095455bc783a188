"""What of a decision about a person is kept from the public: the name, the document, what was corrected."""

import pytest

from records.penalties.models import Penalty
from records.penalties.parts import PenaltySanction
from records.penalties.versions import PenaltyVersion
from records.publication.documents import Document
from tests import make

pytestmark = pytest.mark.django_db

TRADER = {
    "respondent": "Ann Example",
    "respondent_kind": "sole_trader",
    "premises": "The Corner Café, Testham",
}


def corrected(**facts):
    penalty = make.published_penalty(**facts)
    clerk, checker = make.team(penalty.authority, "clerk", "checker")
    correction = penalty.correct(clerk)
    correction.facts = "Cooked rice was kept at 12 degrees."
    correction.save()
    correction.submit(clerk, "The temperature was misread.")
    correction.apply(checker)
    penalty.refresh_from_db()
    return penalty


def test_the_document_of_a_decision_that_names_nobody_is_not_public_because_it_names_the_person():
    document = make.document(title="Decision against Ann Example")
    penalty = make.published_penalty(document=document, **TRADER)
    shown = Penalty.objects.public().get(pk=penalty.pk)
    assert (shown.respondent, shown.document_id) == ("", None)
    assert not Document.objects.public().filter(pk=document.pk).exists()


def test_the_document_of_a_decision_against_an_organisation_is_public():
    penalty = make.published_penalty()
    assert Penalty.objects.public().get(pk=penalty.pk).document.title == "Decision"


def test_of_a_person_only_the_version_that_stands_is_public():
    penalty = corrected(**TRADER)
    assert Penalty.objects.public().get(pk=penalty.pk).version == 2
    assert not PenaltyVersion.objects.public().filter(penalty=penalty.pk).exists()
    assert {s.version for s in PenaltySanction.objects.public().filter(penalty=penalty.pk)} == {2}


def test_of_an_organisation_both_versions_are_public():
    penalty = corrected()
    assert PenaltyVersion.objects.public().get(penalty=penalty.pk).facts.endswith("two hours.")
    assert {s.version for s in PenaltySanction.objects.public().filter(penalty=penalty.pk)} == {1, 2}
