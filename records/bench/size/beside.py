"""The site beside Datasette: the same establishments, the same questions, each served to this machine."""

from time import perf_counter
from urllib.parse import urlencode

from records.bench.load.chance import source
from records.bench.size import datasette, lines, plain, serving
from records.bench.size.ground import Ground
from records.bench.size.lines import Line
from records.bench.size.timing import Refused

GROUP = "Over HTTP beside Datasette"
_SAMPLE = """
SELECT e.reference, e.name, a.slug,
    (SELECT coalesce(r.value, r.status) FROM records_rating r WHERE r.establishment_id = e.id LIMIT 1)
FROM records_establishment e JOIN records_authority a ON a.id = e.authority_id WHERE e.id = ANY (%s)
ORDER BY e.id
"""


def measure(ground: Ground) -> list[Line]:
    """Search as JSON, the page with two facets, one record, and all rows as CSV; or why there is none."""
    rows = min(datasette.ROWS, ground.plan.establishments)
    try:
        with ground.phases.phase("  Datasette is installed"):
            programs = datasette.install()
        with ground.phases.phase(f"  SQLite with {rows:,} establishments"):
            file = datasette.write(programs, f"establishments-{rows}", rows)
        asked = _questions(ground, rows)
        with serving.datasette(programs / "datasette", file) as visitor:
            theirs = _ask(ground, visitor, {what: pair[1] for what, pair in asked.items()})
            their_rate = _rate(visitor, f"/{file.stem}/{datasette.TABLE}.csv?_stream=on&_size=max", rows)
    except (datasette.Unavailable, serving.NotServed) as problem:
        ground.phases.say(f"  Datasette is left out: {problem}")
        return [Line(GROUP, "Datasette is not measured", "–", yardstick=str(problem))]
    with serving.site() as visitor:
        ours = _ask(ground, visitor, {what: pair[0] for what, pair in asked.items()})
        our_rate = _rate(visitor, "/ratings.csv", rows)
    found = [
        lines.spread(GROUP, what, spread, f"{lines.beside('Datasette', theirs[what])}, "
                     f"maximum {lines.ms(theirs[what].most)}")
        for what, spread in ours.items()
    ]  # fmt: skip
    many = f"CSV of {rows:,} establishments"
    return [*found, Line(GROUP, many, our_rate, queries="1", yardstick=f"Datasette {their_rate}")]


def _questions(ground: Ground, rows: int) -> dict[str, tuple[list[str], list[str]]]:
    """Of each kind the addresses of the site and those of Datasette."""
    chance = source("beside", rows)
    keys = sorted(chance.sample(range(1, rows + 1), min(ground.count, rows)))
    sample = plain.rows(_SAMPLE, [keys])
    chance.shuffle(sample)
    table = f"/establishments-{rows}/{datasette.TABLE}"
    facets = [("_facet", "authority"), ("_facet", "grade"), ("_size", 20)]

    def word(name: str, at: int) -> str:
        words = [word for word in name.replace("&", " ").split() if len(word) > 2] or [name]
        return words[at % len(words)]

    asked = [(row, word(row[1], at)) for at, row in enumerate(sample)]
    return {
        "search as JSON, one word": (
            [f"/ratings.json?{urlencode({'q': text})}" for _row, text in asked],
            [f"{table}.json?{urlencode({'_search': _quoted(text), '_size': 20})}" for _row, text in asked],
        ),
        "search page with facets, one word": (
            [f"/ratings/?{urlencode({'q': text})}" for _row, text in asked],
            [f"{table}?{urlencode([('_search', _quoted(text)), *facets])}" for _row, text in asked],
        ),
        "page of an authority and a grade with facets": (
            [f"/ratings/?{urlencode({'authority': row[2], 'grade': row[3]})}" for row, _text in asked],
            [
                f"{table}?{urlencode([('authority', row[2]), ('grade', row[3]), *facets])}"
                for row, _text in asked
            ],
        ),
        "page of one establishment": (
            [f"/establishments/{row[0]}/" for row in sample],
            [f"{table}/{row[0]}" for row in sample],
        ),
    }  # fmt: skip


def _quoted(text: str) -> str:
    return f'"{text}"'


def _ask(ground: Ground, visitor, questions: dict[str, list[str]]) -> dict:
    return {what: ground.over(visitor.time, addresses) for what, addresses in questions.items()}


def _rate(visitor, address: str, wanted: int) -> str:
    begun = perf_counter()
    try:
        rows = visitor.rows(address, wanted)
    except (Refused, OSError) as problem:
        return f"not measured ({problem})"
    return f"{rows / (perf_counter() - begun):,.0f} rows/s"
