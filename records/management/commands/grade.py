"""Grades the rows of a CSV file by a rating scheme, so that an authority can try a scheme before using it."""

import csv
import re
import sys
from contextlib import nullcontext
from datetime import date
from io import TextIOWrapper
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from records.ratings import schemes
from records.ratings.schemes.vocabulary import plain


class Command(BaseCommand):
    """Prints the rows with a `grade` column; problems go to standard error and make the exit status 1."""

    help = (
        "Grade the rows of a CSV file by a scheme. Its columns are named like the scheme's components; "
        "a dash or an empty cell is no value. The rows are printed with a column named grade: the grade, or "
        "the reason why there is none. Rows that the scheme does not allow are named and get an empty grade."
    )
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("scheme", help="key of the scheme, such as uk-fhrs")
        parser.add_argument(
            "--csv",
            required=True,
            metavar="FILE",
            help="the file, UTF-8 with a header; - reads standard input",
        )
        parser.add_argument(
            "--on", type=_day, metavar="YYYY-MM-DD", help="use the version in force on this day"
        )
        parser.add_argument(
            "--language",
            metavar="CODE",
            help="also print the grade, the card and the reason in words of this language, such as en",
        )

    def handle(self, scheme, **options):
        try:
            version = schemes.get(scheme, options["on"])
        except schemes.UnknownScheme as error:
            raise CommandError(str(error)) from error
        language = options["language"]
        if language and language not in version.languages:
            raise CommandError(
                f"{version.key} has no words in {language!r}; it has {', '.join(version.languages)}"
            )
        with _opened(options["csv"]) as file:
            refused = self.print_graded(version, file, language)
        if refused:
            raise CommandError(f"{refused} {'problem' if refused == 1 else 'problems'}; see above.")

    def print_graded(self, scheme, file, language) -> int:
        """Print every row with its grade; the number of problems."""
        reader = csv.reader(file, strict=True)
        header = _header(reader)
        added = ["grade", "grade_words", "grade_card", "grade_reason"] if language else ["grade"]
        taken = [name for name in added if name in header]
        if taken:
            raise CommandError(
                f"The file already has a column named {taken[0]}. Rename or remove it and try again."
            )
        columns = _columns(scheme, header)
        absent = [c.key for c in scheme.components if c.required and c.key not in columns]
        for key in absent:
            self.complain(1, key, f"the column is missing; the scheme needs {_needed(scheme)}")
        writer = csv.writer(self.stdout, lineterminator="\n")
        writer.writerow(header + added)
        problems = len(absent)
        for line, row, fault in _rows(reader, len(header)):
            cells = [""] * len(added)
            if fault:
                problems += 1
                self.complain(line, "row", fault)
            elif row and not absent:
                texts = {key: row[at] for key, at in columns.items()}
                try:
                    cells = _graded(scheme, texts, language)[: len(added)]
                except schemes.InputError as error:
                    problems += 1
                    self.complain(line, error.component, error.message)
            if row is not None:
                writer.writerow(row[: len(header)] + cells + row[len(header) :])
        return problems

    def complain(self, line: int, where: str, message: str) -> None:
        self.stderr.write(f"line {line}: {where}: {message}")


def _day(text: str) -> date:
    """A date argument; argparse turns the ValueError into a usage message."""
    return date.fromisoformat(text)


def _opened(name: str):
    """The file as text; bytes that are not UTF-8 become U+FFFD, which _rows finds."""
    if name == "-":
        binary = getattr(sys.stdin, "buffer", None)
        if binary is None:
            return nullcontext(sys.stdin)
        return nullcontext(TextIOWrapper(binary, "utf-8-sig", errors="replace", newline=""))
    try:
        return Path(name).open(encoding="utf-8-sig", errors="replace", newline="")
    except OSError as error:
        raise CommandError(f"{name} cannot be read: {error.strerror}. Check the path.") from error


def _header(reader) -> list[str]:
    try:
        return next(reader)
    except StopIteration:
        raise CommandError(
            "The file is empty. It needs a first line with the names of the columns."
        ) from None
    except csv.Error as error:
        raise CommandError(f"line 1: the header cannot be read: {error}") from error


def _columns(scheme, header: list[str]) -> dict[str, int]:
    """Where each component stands ("Score after hearing" is score_after_hearing); refuses a second one."""
    known = {component.key for component in scheme.components}
    found = {}
    for at, name in enumerate(header):
        key = re.sub(r"[\s-]+", "_", name.strip().lower())
        if key in known:
            if key in found:
                raise CommandError(f"Two columns are named {key}. Keep one of them and try again.")
            found[key] = at
    return found


def _needed(scheme) -> str:
    return ", ".join(component.key for component in scheme.components if component.required)


def _rows(reader, width: int):
    """(line, row, fault) of every row: fault is '' for a readable one, row None when it cannot be printed."""
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield line, None, f"cannot be read: {error}"
            continue
        if not row:
            continue
        if len(row) != width:
            fault = f"has {len(row)} cells where the header has {width}"
            yield line, row + [""] * (width - len(row)), fault
        elif any("\ufffd" in cell for cell in row):
            yield line, row, "has letters that are not UTF-8; save the file as UTF-8"
        else:
            yield line, row, ""


def _graded(scheme, texts: dict[str, str], language: str | None) -> list[str]:
    inputs = scheme.read(texts)
    outcome = scheme.grade(inputs, language)
    key = outcome.value or outcome.status
    if not language:
        return [key]
    entry = scheme.entry(key)
    shown = getattr(entry, "shows", "")
    words = f"{entry.label(language)} ({plain(inputs.get(shown))})" if shown else entry.label(language)
    card = scheme.card(outcome.card).label(language) if outcome.card else ""
    return [key, words, card, outcome.reason]
