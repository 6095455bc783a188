"""The words in which formats hand over decisions are those of the rooms that take them in."""

from records.intake import sources
from records.laws import kinds as laws
from records.laws.models import ViolationType
from records.penalties import kinds, ledger


def slugs(choices) -> set[str]:
    """The slugs of pairs of slug and label."""
    return {slug for slug, _label in choices}


def test_formats_and_rooms_have_one_vocabulary():
    assert set(sources.SANCTIONS) == {kind.slug for kind in kinds.KINDS}
    assert set(sources.EVENTS) == {slug for slug, _label in ledger.told()}
    assert tuple(rank.slug for rank in laws.RANKS) == sources.RANKS
    assert set(sources.SERIOUSNESS) == set(ViolationType.Seriousness.values)
    assert set(sources.RESPONDENTS) == slugs(kinds.respondents())
    assert set(sources.PROCEDURES) == slugs(kinds.procedures()) - {""}
