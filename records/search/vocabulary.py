"""Keeping the vocabulary: the words of the public texts, counted, with the hashes that find misspelt ones.

An import teaches the words that it brought (`learn`); once a day the clock counts all (`recount`), which also
teaches what clerks have published, and forgets what is public no longer.
"""

from itertools import combinations
from time import monotonic
from zlib import crc32

from django.db import connection, transaction
from django.utils import timezone

from records.search.models import Vocabulary

LOTS = 1024
"""Long texts are divided into so many lots by chance; short ones, such as names, are in none."""

LONG_TEXTS = 40_000
"""So many long texts are looked through: a word that is in none of them is hardly the one meant."""

_ABOUT = """
SELECT greatest(reltuples, 0) FROM pg_class WHERE oid = 'public.records_indexcard'::regclass
"""

# Shorter words have too many neighbours; longer ones are not words.
SHORTEST, LONGEST = 4, 40
EDITS = 2
PREFIX = 7

# Letters only: what holds a digit is a number or a code, and nobody can guess those.
_COUNT = """
CREATE TEMPORARY TABLE counted_word ON COMMIT DROP AS
SELECT word, count(*)::integer AS count
FROM ({select}) AS texts(text), string_to_table(disclosed.tokens(text), ' ') AS word
WHERE length(word) BETWEEN {shortest} AND {longest} AND word !~ '[0-9]'
GROUP BY word
"""
_NEW = """
SELECT word, count FROM counted_word c
WHERE NOT EXISTS (SELECT FROM records_word w WHERE w.word = c.word) ORDER BY word
"""

# A count matters only as an order of magnitude, so that small changes rewrite no row.
_MORE = """
UPDATE records_word w SET count = w.count + c.count FROM counted_word c
WHERE c.word = w.word AND c.count > w.count * 0.25
"""
_BEFORE = "CREATE TEMPORARY TABLE word_before ON COMMIT DROP AS SELECT word, count FROM records_word"
# What an import has learnt or counted higher since is left to it.
_FORGET = """
DELETE FROM records_word w USING word_before b
WHERE b.word = w.word AND b.count = w.count AND NOT EXISTS (SELECT FROM counted_word c WHERE c.word = w.word)
"""
_REFRESH = """
UPDATE records_word w SET count = c.count FROM counted_word c, word_before b
WHERE c.word = w.word AND b.word = w.word AND b.count = w.count
    AND c.count NOT BETWEEN w.count * 0.8 AND w.count * 1.25
"""

# Whoever writes words waits here for another who does, and nobody while counting.
_WRITE = "SELECT pg_advisory_xact_lock(hashtext('placard.words'))"
_ALONE = "SELECT pg_try_advisory_xact_lock(hashtext('placard.words recounted'))"


# New entries of the index wait in a list that every look-up reads. The owner may empty it; for others the
# next vacuum does.
_EMPTY = """
SELECT gin_clean_pending_list(i.indexrelid)
FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am a ON a.oid = c.relam
WHERE i.indrelid = %s::regclass AND a.amname = 'gin' AND pg_has_role(c.relowner, 'USAGE')
"""


def recount(cursor):
    """Make the vocabulary that of all public texts, which the view `records_text` gathers from the rooms.

    Of long texts a part is looked through where there are many. Returns what `update_vocabulary` does, or
    None where another is at it. It takes a walk through the register, and stops nobody.
    """
    with transaction.atomic(using=_alias(cursor)):
        cursor.execute(_ALONE)
        if not cursor.fetchone()[0]:
            return None
        begun = monotonic()
        told = update_vocabulary(cursor, _texts(cursor))
        facts = {"counted_at": timezone.now(), "seconds": monotonic() - begun}
        Vocabulary.objects.using(_alias(cursor)).update_or_create(pk=1, defaults=facts)
    return told


def recount_daily():
    """Recount with the first call of a day. For the clock; returns what `recount` does."""
    last = Vocabulary.objects.first()
    if last is not None and timezone.localdate(last.counted_at) == timezone.localdate():
        return None
    with connection.cursor() as cursor:
        return recount(cursor)


def learn(cursor, of, batch):
    """Add the words of the public texts that the import of this number brought or changed; forget none.

    `of`: whose texts these are, "establishment" or "penalty"; not all have an index by import.

    What is counted too often by it, and what only ceased to be public, is put right by the next `recount`.
    Returns the number of new words.
    """
    with transaction.atomic(using=_alias(cursor)):
        _count(cursor, f"{_texts(cursor)} AND of = %s AND batch = %s", [of, batch])
        cursor.execute(_MORE)
        new = _add(cursor)
    return new


def update_vocabulary(cursor, select_sql, params=None):
    """Make the vocabulary that of the texts which `select_sql` selects: one column of text, all public texts.

    Words that are in none of them are forgotten, lest a suggestion tell of a record no longer public.
    Returns (new, forgotten) numbers of words. In one transaction of the cursor's connection.
    """
    with transaction.atomic(using=_alias(cursor)):
        cursor.execute(_BEFORE)
        _count(cursor, select_sql, params)
        cursor.execute(_FORGET)
        forgotten = cursor.rowcount
        cursor.execute(_REFRESH)
        new = _add(cursor)
        cursor.execute("DROP TABLE word_before")
    return new, forgotten


def _texts(cursor):
    """SQL for all public texts, of long ones as many as are looked through."""
    cursor.execute(_ABOUT)
    (long_texts,) = cursor.fetchone()
    lots = min(LOTS, -(-LOTS * LONG_TEXTS // max(1, int(long_texts))))
    return f"SELECT text FROM disclosed.records_text WHERE (lot IS NULL OR lot < {lots})"


def _count(cursor, select_sql, params):
    """Count the words of the texts; from here on the transaction is the one that writes words."""
    cursor.execute(_COUNT.format(select=select_sql, shortest=SHORTEST, longest=LONGEST), params)
    cursor.execute("ANALYZE counted_word")
    cursor.execute(_WRITE)


def _add(cursor):
    """Add the counted words that are new; their number."""
    cursor.execute(_NEW)
    new = cursor.fetchall()
    with cursor.copy("COPY records_word (word, count, deletes) FROM STDIN") as copy:
        for word, count in new:
            copy.write_row((word, count, list(hashes(word))))
    empty_pending(cursor, "records_word")
    cursor.execute("DROP TABLE counted_word")
    return len(new)


def empty_pending(cursor, table):
    """Sort what waits into the text indexes of a table, where its owner is at work."""
    cursor.execute(_EMPTY, [table])


def hashes(word, edits=EDITS):
    """The signed 32-bit hashes of the first seven letters of `word` with up to `edits` of them left out."""
    start = word[:PREFIX]
    forms = {start}
    for missing in range(1, min(edits, len(start)) + 1):
        forms.update(map("".join, combinations(start, len(start) - missing)))
    return {(crc32(form.encode()) ^ 0x80000000) - 0x80000000 for form in forms}


def _alias(cursor):
    """The database alias of a Django cursor."""
    return cursor.db.alias
