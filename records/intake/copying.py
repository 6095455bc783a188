"""What goes to the database by COPY: lines of its text format, and the fingerprint of what was published."""

from hashlib import blake2b

# Control characters that no published text holds; one that does loses them.
_BETWEEN, _NULL = "\x1e", "\x1d"


def fingerprint(*parts: object, size: int = 16) -> str:
    """A fingerprint of everything that was published, as two hexadecimal digits for each of `size` bytes."""
    return blake2b("\x1f".join(map(str, parts)).encode("utf-8", "replace"), digest_size=size).hexdigest()


def line(values: tuple) -> str:
    """One line of COPY text format; escaped once per line, as half a million lines have fifty values each."""
    out = [value if type(value) is str else _NULL if value is None else str(value) for value in values]
    text = _BETWEEN.join(out)
    if text.count(_BETWEEN) != len(out) - 1 or text.count(_NULL) != sum(value is None for value in values):
        text = _BETWEEN.join(
            _NULL if value is None else cell.replace(_BETWEEN, " ").replace(_NULL, " ")
            for value, cell in zip(values, out, strict=True)
        )
    if "\\" in text:
        text = text.replace("\\", "\\\\")
    if "\t" in text:
        text = text.replace("\t", "\\t")
    if "\r" in text:
        text = text.replace("\r", "\\r")
    return text.replace("\n", "\\n").replace(_BETWEEN, "\t").replace(_NULL, "\\N") + "\n"
