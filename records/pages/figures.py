"""The register in figures: what it holds, how fresh that is, and what became of appeals, by authority."""

from django.shortcuts import render

from records.penalties import appeals
from records.ratings import coverage, figures, statistics


def overview(request):
    """What this register holds, and the way to each of the figures."""
    counts = statistics.overview()
    graded = counts.by(_of_authority_graded)
    held, told = counts.by(statistics.of_authority), appeals.outcomes()
    rows = [
        {
            "authority": one.authority, "establishments": held[one.authority.pk],
            "graded": graded[one.authority.pk, True], "load": one.load, "stalls": one.stalls,
            "decisions": told.value.get(one.authority.pk, {}).get("", 0), "newest": one.newest,
        }
        for one in coverage.all_authorities()
    ]  # fmt: skip
    rows = [row for row in rows if row["establishments"] or row["decisions"] or row["load"]]
    context = {"rows": rows, "counts": counts, "all": appeals.together(), "at": told.at}
    return render(request, "pages/figures.html", context)


def ages(request):
    """How old the grades of each authority are, and what is overdue by the rule of the scheme."""
    counted = figures.all_ages()
    rows = sorted(
        (row for row in counted.value if row.authority),
        key=lambda row: (row.scheme.key, row.authority.name.casefold()),
    )
    return render(request, "pages/figures_ages.html", {"rows": rows, "at": counted.at})


def loads(request):
    """When each authority last sent something, how much comes in a month, and where nothing came."""
    rows = [one for one in coverage.all_authorities() if one.load or one.numbers]
    return render(request, "pages/figures_loads.html", {"rows": rows, "at": coverage.visits().at})


def contested(request):
    """How many decisions of each authority were contested, and what became of that."""
    context = {
        "rows": appeals.everybody(), "all": appeals.together(), "at": appeals.outcomes().at,
        "outcomes": [label for _key, label in appeals.OUTCOMES],
    }  # fmt: skip
    return render(request, "pages/figures_appeals.html", context)


def _of_authority_graded(cell) -> tuple[int, bool]:
    return cell.authority_id, cell.graded
