"""The addresses of a dataset: those of its list with an ending in place of the slash."""

from django.shortcuts import render
from django.urls import path, reverse

from records.opendata import Dataset
from records.opendata.formats import FORMATS
from records.publication.caching import public_page
from records.search.parameters import BadParameter


def addresses(dataset: Dataset, place: str) -> list:
    """One for each format; `place` is the path of the list without its slash."""
    return [
        path(f"{place}.{ending}", public_page(_view(dataset, FORMATS[ending])), name=ending)
        for ending in _endings(dataset)
    ]


def files(dataset: Dataset, link: str = "") -> list[tuple[str, str]]:
    """(ending, address) of all that it can be had as; `link` is the query string of a list with its mark."""
    asked = link.removesuffix("?")
    return [(ending, reverse(f"{dataset.space}:{ending}") + asked) for ending in _endings(dataset)]


def _endings(dataset: Dataset) -> list[str]:
    return [ending for ending in FORMATS if ending != "atom" or dataset.entries is not None]


def _view(dataset: Dataset, answer):
    def view(request):
        try:
            return answer(request, dataset, dataset.search(request.GET))
        except BadParameter as problem:
            context = {"problem": problem, "room": dataset.page.partition(":")[0]}
            return render(request, "400.html", context, status=400)

    return view
