"""Finding records: text, suggestions, near me, facets and the list page; it knows no room.

A room plugs in with a file of the same name, in which one class declares its list (`listing.Listing`):

    class EstablishmentSearch(Listing):
        facets = (
            Facet("authority", _("Authority"), "authority__slug", authorities, _("in %(values)s")),
            Facet("type", _("Type"), "kind", lambda: kinds.choices, _("of type %(values)s")),
        )
        orders = {
            "relevance": (_("best match"), None),
            "name": (_("name"), Keyset({"name": str}, said=attrgetter("name"))),
            "opened": (_("newest"), Keyset({"opened_on": date}, said=opened, descending=True, unknown=True)),
            "distance": (_("distance"), None),
        }

    listing = EstablishmentSearch(request.GET, Establishment.objects.public().select_related("authority"))

One line adds a facet. `field` may be any path or annotation of the queryset by which rows can be filtered
and grouped; a facet that filters otherwise subclasses `Facet` and overrides `filter()`. Use paths that give
each row once: where a place has several ratings, list the ratings, or annotate the one that stands.

The page then shows `listing.page` (rows, previous, next), `listing.count`, `listing.panels` (facets with
options, counts, links), `listing.sorts`, `listing.page_link(listing.page.next)`, `listing.said()` (what is
shown, in words), `listing.suggestion`, and `highlight.pieces(row.name, listing.step)`. With `near`, rows
carry `distance` in metres for `near.distance_words`. Everything is computed when first asked for.
`parameters.BadParameter`, raised on creation or by `.page`, names the parameter of the URL that makes no
sense: answer it with status 400.

A table with an index of `ranking.beginning()` whose name ends in `_begins` has its best matches by it.

The files, from the bottom: `folding` and `reference` (strings), `text` (what a person types), `highlight`,
`ranking`, `near`, `vocabulary` and `suggest` (did you mean), `parameters`, `pages` (by number), `keyset` (by
value), `facets`, `listing`, and `bench`. The SQL functions are in the first migration; the vocabulary is a
table of its own: an import teaches it what it brought (`vocabulary.learn`), and once a day the clock counts
all that the public sees (`vocabulary.recount`).
"""
