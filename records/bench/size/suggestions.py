"""Did you mean: a thousand typing errors over a vocabulary of 300,000 words, beside a scan of all of it."""

from django.db import connection, transaction

from records.bench.size.ground import Ground
from records.bench.size.lines import Line, ms
from records.search.bench import compare_suggestions, invented_words
from records.search.vocabulary import update_vocabulary

GROUP = "Did you mean"
WORDS, ERRORS = 300_000, 1_000
SCANNED = 50


def measure(ground: Ground) -> list[Line]:
    """How fast, and how often the right word is among five; the vocabulary is put back afterwards."""
    words = min(WORDS, 15 * ground.plan.penalties)
    with transaction.atomic():
        with connection.cursor() as cursor:
            update_vocabulary(cursor, "SELECT unnest(%s::text[])", [invented_words(words)])
            cursor.execute("ANALYZE records_word")
        found = compare_suggestions(using="default", number=min(ERRORS, 5 * ground.count), scanned=SCANNED)
        transaction.set_rollback(True)
    index, scan, many = found["index"], found["scan"], str(min(ERRORS, 5 * ground.count))
    what = f"the five likeliest of {found['words']:,} words"
    return [
        Line(
            GROUP, what, ms(index["p50"]), ms(index["p95"]), ms(index["max"]), many,
            f"scan of all words {ms(scan['p50'])} / {ms(scan['p95'])}",
        ),
        Line(
            GROUP, "right word among five", f"{index['five']:.1%}", queries=many,
            yardstick=f"scan of all words {scan['five']:.1%} (of {SCANNED})",
        ),
    ]  # fmt: skip
