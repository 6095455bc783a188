"""How fast the public site answers, beside a row fetched by its key and a page without content."""

from random import Random

from records.bench import visits
from records.bench.results import Result, spread
from records.businesses.models import Establishment
from records.search.bench import compare_suggestions

QUERIES = 200


def measure() -> list[Result]:
    """Pages of the list and of one establishment, the ten nearest, and "did you mean"."""
    public = Establishment.objects.public()
    sample = list(
        public.order_by("reference").only("name", "postcode", "reference", "latitude", "longitude")[:QUERIES]
    )
    Random(1).shuffle(sample)
    key, key_worst = spread(lambda row: public.only("name").get(pk=row.pk), sample)
    with visits.site() as client:
        bare, bare_worst = spread(lambda _row: client.get("/healthz"), sample)
        pages = {
            "establishment page": lambda row: client.get(f"/establishments/{row.reference}/"),
            "search page, a name": lambda row: client.get("/ratings/", {"q": row.name}),
            "search page, one word": lambda row: client.get("/ratings/", {"q": row.name.split()[0]}),
            "search page, a postcode": lambda row: client.get("/ratings/", {"q": row.postcode or row.name}),
            "search page, near a place": lambda row: client.get("/ratings/", _near(row)),
            "search page, nothing asked": lambda _row: client.get("/ratings/"),
        }
        results = []
        for what, visit in pages.items():
            middle, worst = spread(visit, sample)
            results.append(
                Result(f"{what}, p50 / p95", f"{middle:.1f} / {worst:.1f} ms",
                       f"/healthz {bare:.1f} / {bare_worst:.1f} ms", f"{middle / bare:.0f} times")
            )  # fmt: skip
    results.append(Result("a row by its key, p50 / p95", f"{key:.2f} / {key_worst:.2f} ms"))
    return [*results, *_suggestions()]


def _near(row) -> dict:
    return {"near": f"{row.latitude},{row.longitude}"} if row.latitude is not None else {"q": row.name}


def _suggestions() -> list[Result]:
    found = compare_suggestions()
    index, scan = found["index"], found["scan"]
    return [
        Result(
            f"did you mean over {found['words']:,} words, p50 / p95",
            f"{index['p50']:.1f} / {index['p95']:.1f} ms",
            f"scan of all words {scan['p50']:.1f} / {scan['p95']:.1f} ms",
            f"{scan['p50'] / index['p50']:.0f} times as fast",
        ),
        Result("right word among five", f"{index['five']:.1%}", f"scan of all words {scan['five']:.1%}"),
    ]  # fmt: skip
