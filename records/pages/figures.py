"""The register in figures: what it holds, how fresh that is, and what became of appeals, by authority."""

from django.shortcuts import render

from records.penalties import appeals, months
from records.ratings import changes, coverage, figures, schemes, statistics


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


def changed(request):
    """How grades changed from one inspection to the next, by scheme and authority."""
    latest = {scheme.key: scheme for scheme in schemes.all_versions()}
    together = [changes.of_scheme(scheme) for _key, scheme in sorted(latest.items())]
    rows = [(all.scheme, all, changes.by_authority(all.scheme)) for all in together if all.enough]
    context = {"schemes": rows, "fewest": changes.FEWEST, "at": changes.all_changes().at}
    return render(request, "pages/figures_changes.html", context)


def loads(request):
    """When each authority last sent something, how much comes in a month, and where nothing came."""
    rows = [one for one in coverage.all_authorities() if one.load or one.numbers]
    context = {"rows": rows, "decided": months.chart(), "at": coverage.visits().at}
    return render(request, "pages/figures_loads.html", context)


def contested(request):
    """How many decisions of each authority were contested, and what became of that."""
    context = {
        "rows": appeals.everybody(), "all": appeals.together(), "at": appeals.outcomes().at,
        "outcomes": [label for _key, label in appeals.OUTCOMES],
    }  # fmt: skip
    return render(request, "pages/figures_appeals.html", context)


def _of_authority_graded(cell) -> tuple[int, bool]:
    return cell.authority_id, cell.graded
