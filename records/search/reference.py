"""Public references as people type them."""

_MISREAD = str.maketrans("ilo", "110")


def normalise_reference(text):
    """`text` as a reference is stored: lower case, no blanks, hyphens or NUL, i and l read as 1, o as 0.

    The alphabet of `disclosed.reference` has none of these letters, so nothing is lost; what is no reference
    at all stays wrong and simply matches nothing.
    """
    return "".join(text.lower().replace("-", "").replace("\0", "").split()).translate(_MISREAD)
