"""Finding records: text, facets, near me and the pages of a list; it knows no room."""
