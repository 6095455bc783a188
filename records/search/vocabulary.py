"""Keeping the vocabulary: the words of the public texts, counted, with the hashes that find misspelt ones."""

from itertools import combinations
from zlib import crc32

from django.db import transaction

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
_FORGET = "DELETE FROM records_word w WHERE NOT EXISTS (SELECT FROM counted_word c WHERE c.word = w.word)"
# A count matters only as an order of magnitude, so that small changes rewrite no row.
_REFRESH = """
UPDATE records_word w SET count = c.count FROM counted_word c
WHERE c.word = w.word AND c.count NOT BETWEEN w.count * 0.8 AND w.count * 1.25
"""
_NEW = """
SELECT word, count FROM counted_word c
WHERE NOT EXISTS (SELECT FROM records_word w WHERE w.word = c.word) ORDER BY word
"""


# New entries of the index wait in a list that every look-up reads. The owner may empty it; for others the
# next vacuum does.
_EMPTY = """
SELECT gin_clean_pending_list(i.indexrelid)
FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am a ON a.oid = c.relam
WHERE i.indrelid = %s::regclass AND a.amname = 'gin' AND pg_has_role(c.relowner, 'USAGE')
"""


def update_public_words(cursor):
    """Make the vocabulary that of all public texts, which the view `records_text` gathers from the rooms.

    Of long texts a part is looked through where there are many. Returns what `update_vocabulary` does.
    """
    cursor.execute(_ABOUT)
    (long_texts,) = cursor.fetchone()
    lots = min(LOTS, -(-LOTS * LONG_TEXTS // max(1, int(long_texts))))
    select = f"SELECT text FROM disclosed.records_text WHERE lot IS NULL OR lot < {lots}"
    return update_vocabulary(cursor, select)


def update_vocabulary(cursor, select_sql, params=None):
    """Make the vocabulary that of the texts which `select_sql` selects: one column of text, all public texts.

    Words that are in none of them are forgotten, lest a suggestion tell of a record no longer public.
    Returns (new, forgotten) numbers of words. In one transaction of the cursor's connection.
    """
    with transaction.atomic(using=_alias(cursor)):
        cursor.execute(_COUNT.format(select=select_sql, shortest=SHORTEST, longest=LONGEST), params)
        cursor.execute(_FORGET)
        forgotten = cursor.rowcount
        cursor.execute(_REFRESH)
        cursor.execute(_NEW)
        new = cursor.fetchall()
        with cursor.copy("COPY records_word (word, count, deletes) FROM STDIN") as copy:
            for word, count in new:
                copy.write_row((word, count, list(hashes(word))))
        empty_pending(cursor, "records_word")
        cursor.execute("DROP TABLE counted_word")
    return len(new), forgotten


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
