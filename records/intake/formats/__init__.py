"""The import formats: each an object that cuts a file into parts and reads a part into rows and problems.

A format has a key (as on the command line), a label and an explanation for people, the suffixes of its files,
the default text of the licence ('' = the importer must say), what to put before the authority codes of the
file, whether each part holds all that the file says about its authorities, the country and time zone of
authorities that it introduces, and two methods:

    parts(path) -> Iterator[Part]            pieces that can be read independently, picklable, opened safely
    rows(part) -> Iterator[Row | Problem]    streams; needs no database, so it can run in a worker process

Neither raises for bad input: whatever cannot be read comes as a Problem, and every record of the file ends as
part of a Row or as a Problem. To add one: a module here with its FORMAT, a line below, a sample in
tests/samples/.

A format of decisions yields PenaltyRow in place of Row, one in which `records.intake.decisions.faults` finds
nothing wrong, and has besides, as described in `records.intake.sources`,

    laws         the laws that its rows cite by key
    catalogue    the list that its types of violation belong to
    rule_set     key of the rule set that suits it, '' = whoever imports chooses
    authority    whose decisions they are; its code is `authority_prefix` and the `authority` of the rows

A file without a standard needs no module: a mapping makes its format (`records.intake.mappings`).
"""

from records.intake.formats import fhrs_xml, lives, nyc_csv, osha, penalties_csv, ratings_csv, shuanggongshi
from records.intake.mappings import MappingError, mappings

FORMATS = (fhrs_xml.FORMAT, nyc_csv.FORMAT, lives.FORMAT, ratings_csv.FORMAT)
"""Those of ratings and inspections."""

DECISION_FORMATS = (penalties_csv.FORMAT, shuanggongshi.FORMAT, osha.FORMAT)
"""Those of decisions that are code; `decision_formats` has those of mappings too."""


def decision_formats() -> tuple:
    """Every format of decisions: those of this folder, then the mappings. Raises MappingError."""
    taken = {entry.key for entry in (*FORMATS, *DECISION_FORMATS)}
    for mapped in mappings():
        if mapped.key in taken:
            raise MappingError(mapped.key, "key", "is the key of another format; give the mapping its own")
    return (*DECISION_FORMATS, *mappings())


def get(key: str):
    """The format of that key; KeyError names the known ones."""
    known = {entry.key: entry for entry in (*FORMATS, *decision_formats())}
    if key in known:
        return known[key]
    raise KeyError(f"{key} is not a format. Known: " + ", ".join(known))
