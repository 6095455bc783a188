"""Which scheme file stands behind a row of the register: the rows hold numbers, the files hold the words."""

from records.ratings import schemes
from records.ratings.rulebook import SchemeVersion
from records.ratings.schemes import Scheme

# Versions are only ever added, so what was once read stays right.
_files: dict[int, Scheme] = {}
_keys: dict[int, str] = {}


def file_of(version_id: int) -> Scheme:
    """The scheme version with the row number `version_id`; KeyError when its file is gone."""
    if version_id not in _files:
        _read()
    return _files[version_id]


def key_of(scheme_id: int) -> str:
    """The key ("uk-fhrs") of the scheme with the row number `scheme_id`."""
    if scheme_id not in _keys:
        _read()
    return _keys[scheme_id]


def number_of(key: str) -> int | None:
    """The row number of the scheme with this key, or None when the register does not hold it."""
    if key not in _keys.values():
        _read()
    return next((number for number, held in _keys.items() if held == key), None)


def latest(key: str) -> Scheme:
    """The newest version of a scheme. Raises KeyError naming the known keys."""
    return schemes.get(key)


def forget() -> None:
    """Read the rows again when next asked."""
    _files.clear()
    _keys.clear()


def _read() -> None:
    files = {(scheme.key, scheme.effective_from): scheme for scheme in schemes.all_versions()}
    rows = SchemeVersion.objects.public().values_list("id", "scheme_id", "scheme__key", "effective_from")
    forget()
    for version_id, scheme_id, key, effective_from in rows.order_by("id"):
        _keys[scheme_id] = key
        if (key, effective_from) in files:
            _files[version_id] = files[key, effective_from]
