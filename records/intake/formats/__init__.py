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
"""

from records.intake.formats import fhrs_xml, lives, nyc_csv, ratings_csv

FORMATS = (fhrs_xml.FORMAT, nyc_csv.FORMAT, lives.FORMAT, ratings_csv.FORMAT)


def get(key: str):
    """The format of that key; KeyError names the known ones."""
    for entry in FORMATS:
        if entry.key == key:
            return entry
    raise KeyError(f"{key} is not a format. Known: " + ", ".join(entry.key for entry in FORMATS))
