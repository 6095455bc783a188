"""A rule set speaks of kinds of sanction that there are."""

from pathlib import Path

import pytest

from records.penalties import registry
from records.publication import rules

pytestmark = pytest.mark.django_db


def test_a_kind_of_sanction_that_a_rule_set_misspells_is_named_with_its_file(tmp_path, settings):
    shipped = next(rule for rule in rules.rule_sets() if rule.early_end and rule.early_end.excluded_kinds)
    kind = shipped.early_end.excluded_kinds[0]
    text = Path(rules.__file__).with_name(Path(shipped.file).name).read_text("utf-8")
    text = text.replace(f'"{kind}"', '"licence_revoked"').replace(shipped.key, "own.rules")
    (tmp_path / "own.toml").write_text(text, "utf-8")
    settings.PLACARD_RULES_DIR = str(tmp_path)
    with pytest.raises(rules.RuleError, match="licence_revoked is no kind of sanction") as caught:
        registry.sync()
    assert caught.value.where == "early_end.excluded_kinds"
