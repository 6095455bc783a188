"""`personal.number_in` for the database: the last check, which no bulk statement and no form passes by.

`FUNCTIONS` makes `disclosed.holds_personal_number(text)`, `DROP` takes it away. Both copies answer alike for
every text; a test feeds them the same ones. A migration that was released keeps the text it had: who changes
the rule here adds a migration with the new one.
"""

from records.publication import plain
from records.publication.personal import FIRST_BIRTHDAY, LAST_BIRTHDAY


def _literal(characters: str) -> str:
    """An SQL literal of characters that nobody could tell apart, or see, if they stood there themselves."""
    return "U&'" + "".join(f"\\+{ord(character):06X}" for character in characters) + "'"


def _class(characters: str) -> str:
    """The characters as they stand within the brackets of a regular expression of PostgreSQL."""
    return "".join(f"\\U{ord(character):08X}" for character in characters)


_DIGITS = "".join(chr(first + digit) for first in plain.DIGITS for digit in range(10))
_LETTERS = "".join(chr(0xFF21 + place) for place in range(26)) + "".join(
    chr(0xFF41 + place) for place in range(26)
)
_UNUSUAL = _DIGITS + plain.DASHES + plain.BLANKS + _LETTERS + plain.INVISIBLE
_PLAIN = "0123456789" * len(plain.DIGITS) + "-" * len(plain.DASHES) + " " * len(plain.BLANKS)
_PLAIN += "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

FUNCTIONS = rf"""
-- Whether a text holds the number of a person: a Chinese resident identity number (GB 11643) by its province,
-- date of birth and check character, a US social security or taxpayer number by its hyphens or blanks.
CREATE OR REPLACE FUNCTION disclosed.holds_personal_number(raw text) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 50 AS $$
DECLARE
    plain text COLLATE "C" := raw;
    number text COLLATE "C";
    born_year integer;
    born_month integer;
    born_day integer;
    total integer;
BEGIN
    -- Full width and other digits, typographic hyphens and blanks; what nobody sees is left out.
    IF octet_length(raw) > length(raw) AND plain ~ '[{_class(_UNUSUAL)}]' THEN
        plain := translate(plain, {_literal(_UNUSUAL)}, '{_PLAIN}');
    END IF;
    -- Nearly every text holds neither eight digits together nor two between others, and this is soon seen.
    IF plain !~ '[0-9]{{8}}|[0-9][- ][0-9]{{2}}[- ][0-9]' THEN
        RETURN false;
    END IF;
    IF plain ~ '(?<![0-9-])[0-9]{{3}}(-[0-9]{{2}}-| [0-9]{{2}} )[0-9]{{4}}(?![0-9-])' THEN
        RETURN true;
    END IF;
    FOR number IN
        SELECT translate(candidate.parts[1], '- ', '')
        FROM regexp_matches(
            plain, '(?<![0-9])([1-8][0-9]{{5}}[- ]?[0-9]{{8}}[- ]?[0-9]{{3}}[0-9Xx])(?![0-9])', 'g'
        ) AS candidate(parts)
    LOOP
        born_year := substr(number, 7, 4)::integer;
        born_month := substr(number, 11, 2)::integer;
        born_day := substr(number, 13, 2)::integer;
        CONTINUE WHEN number !~ '^([1-6][0-9]|71|8[1-3])'
            OR born_year NOT BETWEEN {FIRST_BIRTHDAY.year} AND {LAST_BIRTHDAY.year}
            OR born_month NOT BETWEEN 1 AND 12
            OR born_day NOT BETWEEN 1 AND CASE
                WHEN born_month IN (4, 6, 9, 11) THEN 30
                WHEN born_month <> 2 THEN 31
                WHEN mod(born_year, 4) = 0 AND (mod(born_year, 100) <> 0 OR mod(born_year, 400) = 0) THEN 29
                ELSE 28
            END;
        total := (
            SELECT sum(w.weight * substr(number, w.place::integer, 1)::integer)
            FROM unnest('{{7,9,10,5,8,4,2,1,6,3,7,9,10,5,8,4,2}}'::integer[]) WITH ORDINALITY w(weight, place)
        );
        IF substr('10X98765432', mod(total, 11) + 1, 1) = upper(substr(number, 18)) THEN
            RETURN true;
        END IF;
    END LOOP;
    RETURN false;
END $$;
"""

DROP = "DROP FUNCTION IF EXISTS disclosed.holds_personal_number(text);"
