"""Mappings: small TOML files that make an import format of a file without a standard.

A mapping says what the file is, whose decisions it holds, which laws they cite, and what each column means;
docs/mappings.md describes it. Each is a format as `records.intake.formats` defines it, with `laws`,
`catalogue`, `rule_set` and `authority` of `records.intake.sources`. To add one: a file in this folder, or in
the one that PLACARD_MAPPINGS_DIR names.
"""

from records.intake.mappings.load import mappings, read_file
from records.intake.mappings.strict import MappingError

__all__ = ["MappingError", "mappings", "read_file"]
