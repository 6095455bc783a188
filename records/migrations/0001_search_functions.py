"""The SQL functions that generated columns and the search share: folding, words, map projection, references.

Written so that PostgreSQL 16 to 18 give the same answer whatever the locale of the database: no extension,
no ICU, no `lower()` beyond ASCII, no default text-search parser. Every function names its schema when it
calls a sister, because generated columns are computed under whatever search_path the session has. The Python
twin of `fold` and `tokens` is `records.search.folding`; a test compares the two.
"""

import unicodedata

from django.db import migrations

# Letters that Unicode does not take apart into a letter and an accent, although people type the plain letter.
PLAIN = dict(zip("øØłŁđĐðÐħĦıŧŦŋŊƶƵƒς", "oollddddhhittnnzzfσ", strict=True))
PAIRS = {"ß": "ss", "ẞ": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "þ": "th", "Þ": "th"}

# Scripts with capitals: Latin, Greek, Cyrillic, Armenian. A list of our own instead of lower(), which in a
# database of locale C knows only ASCII.
LATIN, OTHERS = range(0x180, 0x250), range(0x370, 0x557)

# What disappears from within a word: accents, vowel points, apostrophes, soft hyphens, marks without width.
VANISHING = (
    r"''`\u00AD\u02B9-\u02BF\u2018-\u201B\u2032\u0300-\u036F\u0483-\u0489\u0591-\u05BD\u05BF\u05C1\u05C2\u05C4\u05C5\u05C7"
    r"\u0610-\u061A\u0640\u064B-\u065F\u0670\u06D6-\u06DC\u06DF-\u06E4\u06E7\u06E8\u06EA-\u06ED\u180B-\u180F"
    r"\u1AB0-\u1AFF\u1DC0-\u1DFF\u200B-\u200F\u202A-\u202E\u2060-\u206F\u20D0-\u20FF\uFE00-\uFE0F\uFE20-\uFE2F"
    r"\uFEFF\U000E0000-\U000E01EF"
)

# What separates words: all of ASCII but letters and digits, and the punctuation and symbols of Unicode.
SEPARATING = (
    r"\u0001-\u002F\u003A-\u0040\u005B-\u0060\u007B-\u00A9\u00AB-\u00B4\u00B6-\u00B9\u00BB-\u00BF\u00D7\u00F7"
    r"\u02C2-\u02C5\u02D2-\u02DF\u037E\u0387\u055A-\u055F\u0589\u058A\u05BE\u05C0\u05C3\u05C6\u05F3\u05F4\u060C"
    r"\u061B-\u061F\u066A-\u066D\u06D4\u0964\u0965\u0970\u0E2F\u0E4F\u0E5A\u0E5B\u0F04-\u0F14\u10FB\u1360-\u1368"
    r"\u1680\u17D4-\u17DA\u2000-\u2BFF\u2E00-\u2E7F\u3000-\u3004\u3008-\u3020\u3030\u303D-\u303F\u30A0\u30FB"
    r"\uA67E\uE000-\uF8FF\uFD3E\uFD3F\uFE10-\uFE6F\uFFE0-\uFFFD\U0001F000-\U0001FAFF"
)

# Scripts written without blanks between words, or where words are found better by pairs of characters.
UNSPACED = (
    r"\u1100-\u11FF\u2E80-\u2FDF\u3005-\u3007\u3021-\u302F\u3031-\u303C\u3041-\u309F\u30A1-\u30FA\u30FC-\u318F"
    r"\u31A0-\u31FF\u3400-\u4DBF\u4E00-\u9FFF\uA960-\uA97F\uAC00-\uD7FF\uF900-\uFAFF\uFF66-\uFFDC"
    r"\U00020000-\U0003FFFF"
)


def lower_case(codes):
    """Pairs (capital, small) of the letters in `codes` that decomposition leaves whole."""
    for letter in map(chr, codes):
        small = letter.lower()
        if small != letter and len(small) == 1 and unicodedata.normalize("NFKD", letter) == letter:
            yield letter, small


def translation(text, pairs):
    """SQL that translates the characters of `text` by the mapping `pairs`."""
    return f"translate({text}, '{''.join(pairs)}', '{''.join(pairs.values())}')"


def replacement(text, pairs):
    """SQL that replaces in `text` each key of `pairs` by its value."""
    for key, value in pairs.items():
        text = f"replace({text}, '{key}', '{value}')"
    return text


LATIN_LETTERS = dict(lower_case(LATIN)) | PLAIN
OTHER_LETTERS = dict(lower_case(OTHERS))

FOLD = f"""
CREATE FUNCTION disclosed.fold(raw text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 20 AS $$
-- Lower case without accents, widths and apostrophes: what two people typing the same name have in common.
DECLARE folded text COLLATE "C";
BEGIN
    IF octet_length(raw) = length(raw) THEN
        IF strpos(raw, '''') > 0 OR strpos(raw, '`') > 0 THEN
            raw := translate(raw, '''`', '');
        END IF;
        RETURN lower(raw COLLATE "C");
    END IF;
    -- An acute accent standing alone serves as an apostrophe; decomposed it would become a blank.
    folded := normalize(replace(raw, U&'\\00B4', ''), NFKD);
    folded := regexp_replace(folded, '[{VANISHING}]', '', 'g');
    IF octet_length(folded) = length(folded) THEN
        RETURN lower(folded);
    END IF;
    folded := lower(normalize(folded, NFC));
    IF folded ~ '[\\u00C0-\\u024F\\u1E9E\\u03C2]' THEN
        folded := {translation(replacement("folded", PAIRS), LATIN_LETTERS)};
    END IF;
    IF folded ~ '[\\u0370-\\u0556]' THEN
        folded := {translation("folded", OTHER_LETTERS)};
    END IF;
    RETURN folded;
END $$;
"""

TOKENS = f"""
CREATE FUNCTION disclosed.tokens(raw text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 30 AS $$
-- The words of a text, folded, one blank between them; scripts without blanks as overlapping pairs.
DECLARE folded text COLLATE "C";
BEGIN
    IF octet_length(raw) > 20000 THEN
        raw := left(raw, 5000);
    END IF;
    folded := disclosed.fold(raw);
    IF strpos(folded, '&') > 0 THEN
        folded := replace(folded, '&', ' and ');
    END IF;
    IF octet_length(folded) = length(folded) THEN
        IF folded ~ '[^a-z0-9 .,()/:;\\n-]' THEN
            RETURN btrim(regexp_replace(folded, '[^a-z0-9]+', ' ', 'g'));
        END IF;
        -- Nearly every text has no other signs; replacing them takes a third of the time.
        folded := replace(replace(replace(replace(folded, '.', ' '), ',', ' '), '-', ' '), '/', ' ');
        folded := replace(replace(replace(replace(folded, '(', ' '), ')', ' '), ':', ' '), ';', ' ');
        folded := replace(folded, E'\\n', ' ');
        WHILE strpos(folded, '  ') > 0 LOOP
            folded := replace(folded, '  ', ' ');
        END LOOP;
        RETURN btrim(folded);
    END IF;
    folded := regexp_replace(folded, '[{SEPARATING}]+', ' ', 'g');
    IF folded ~ '[{UNSPACED}]' THEN
        folded := regexp_replace(folded, '(?<=[{UNSPACED}])([{UNSPACED}])(?=[{UNSPACED}])', '\\1 \\1', 'g');
        folded := regexp_replace(folded, '([{UNSPACED}]+)', ' \\1 ', 'g');
        folded := regexp_replace(folded, ' +', ' ', 'g');
    END IF;
    RETURN btrim(folded);
END $$;
"""

NAME_VECTOR = r"""
CREATE FUNCTION disclosed.name_vector(name text, address text, postcode text) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 100 AS $$
-- Words of the name (weight A), the address (B) and the postcode (C), with positions, so that phrases work.
-- The postcode also stands without its blanks and, where it has the British form, by its outward part.
DECLARE
    plain text := concat(name, ' | ', address, ' | ', postcode, ' |');
    code text := '';
    whole text;
    outward text;
    word text;
    words text := '';
    weight text := 'A ';
    place integer := 0;
BEGIN
    -- Nearly every row is plain enough to be cleaned by replacing a few signs, in two thirds of the time.
    IF plain !~ '[^A-Za-z0-9 |,''.&()/\n-]' AND octet_length(plain) < 1000 AND strpos(postcode, ' ') > 0
        AND length(plain) - length(replace(plain, '|', '')) = 3 THEN
        plain := replace(replace(replace(replace(plain, ',', ' '), '''', ''), '-', ' '), E'\n', ' ');
        plain := replace(replace(replace(replace(plain, '.', ' '), '/', ' '), '(', ' '), ')', ' ');
        FOREACH word IN ARRAY string_to_array(lower(replace(plain, '&', ' and ') COLLATE "C"), ' ') LOOP
            IF word = '|' THEN
                weight := CASE weight WHEN 'A ' THEN 'B ' ELSE 'C ' END;
            ELSIF word <> '' THEN
                place := place + 1;
                words := words || word || ':' || place || weight;
                IF weight = 'C ' THEN
                    code := code || word;
                END IF;
            END IF;
        END LOOP;
        RETURN (words || code || ':' || place + 1 || 'C')::tsvector;
    END IF;
    code := coalesce(disclosed.tokens(postcode), '');
    whole := replace(code, ' ', '');
    outward := substring(whole FROM '^([a-z]{1,2}[0-9][a-z0-9]?)[0-9][a-z]{2}$');
    IF whole <> code THEN
        code := code || ' ' || whole;
    ELSIF outward IS NOT NULL THEN
        code := outward || ' ' || whole;
    END IF;
    -- The cast from text takes the words as they are, where to_tsvector would parse them once more.
    FOREACH word IN ARRAY string_to_array(coalesce(disclosed.tokens(name), ''), ' ') LOOP
        place := place + 1;
        words := words || '''' || left(word, 100) || ''':' || place || 'A ';
    END LOOP;
    FOREACH word IN ARRAY string_to_array(coalesce(disclosed.tokens(address), ''), ' ') LOOP
        place := place + 1;
        words := words || '''' || left(word, 100) || ''':' || place || 'B ';
    END LOOP;
    FOREACH word IN ARRAY string_to_array(code, ' ') LOOP
        place := place + 1;
        words := words || '''' || left(word, 100) || ''':' || place || 'C ';
    END LOOP;
    RETURN words::tsvector;
END $$;
"""

MERCATOR = """
CREATE FUNCTION disclosed.mercator(lat double precision, lon double precision) RETURNS point
LANGUAGE sql IMMUTABLE PARALLEL SAFE
-- Mercator keeps angles: around a point it stretches all directions alike, so that the nearest neighbours
-- on the map (a core GiST index on points) are the nearest neighbours on the ground, at any latitude.
-- Not at the poles, and not across the 180th meridian.
RETURN CASE WHEN abs(lat) < 89 AND abs(lon) <= 180 THEN point(radians(lon), asinh(tan(radians(lat)))) END;
"""

REFERENCE = """
CREATE FUNCTION disclosed.reference(n bigint) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
-- A public reference of seven characters for a number: one to one for 0 <= n < 2^35, neighbours looking
-- unrelated. Crockford's base 32 has no i, l, o and u, which people misread.
DECLARE
    mask CONSTANT bigint := 34359738367;
    letters CONSTANT text := '0123456789abcdefghjkmnpqrstvwxyz';
    x bigint := n;
BEGIN
    IF n < 0 OR n > mask THEN
        RAISE EXCEPTION 'references exist for the numbers from 0 to %, not for %', mask, n
            USING ERRCODE = 'numeric_value_out_of_range';
    END IF;
    -- Each step can be undone: an odd factor has an inverse modulo 2^35, a shifted exclusive or is undone
    -- from the top bits down. The start is moved, so that the first reference is not seven zeros.
    x := (((x + 20261123) & mask) * 217645177) & mask;
    x := x # (x >> 17);
    x := (x * 152416547) & mask;
    x := x # (x >> 18);
    x := (x * 198491317) & mask;
    x := x # (x >> 16);
    RETURN substr(letters, 1 + (x >> 30)::integer, 1) || substr(letters, 1 + (x >> 25 & 31)::integer, 1)
        || substr(letters, 1 + (x >> 20 & 31)::integer, 1) || substr(letters, 1 + (x >> 15 & 31)::integer, 1)
        || substr(letters, 1 + (x >> 10 & 31)::integer, 1) || substr(letters, 1 + (x >> 5 & 31)::integer, 1)
        || substr(letters, 1 + (x & 31)::integer, 1);
END $$;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = ()
    operations = (
        migrations.RunSQL("CREATE SCHEMA IF NOT EXISTS disclosed", "DROP SCHEMA IF EXISTS disclosed"),
        migrations.RunSQL(FOLD, "DROP FUNCTION disclosed.fold(text)"),
        migrations.RunSQL(TOKENS, "DROP FUNCTION disclosed.tokens(text)"),
        migrations.RunSQL(NAME_VECTOR, "DROP FUNCTION disclosed.name_vector(text, text, text)"),
        migrations.RunSQL(MERCATOR, "DROP FUNCTION disclosed.mercator(double precision, double precision)"),
        migrations.RunSQL(REFERENCE, "DROP FUNCTION disclosed.reference(bigint)"),
    )
