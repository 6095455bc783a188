"""What a list can be had as: the ending of its address, and what answers."""

from records.opendata.formats import atom, csv, json

FORMATS = {"csv": csv.answer, "json": json.answer, "atom": atom.answer}
"""By ending; each is `answer(request, dataset, search) -> HttpResponse`."""
