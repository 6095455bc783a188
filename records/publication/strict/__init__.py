"""Files that an authority adds without Python, read strictly: rating schemes, rule sets, mappings.

    data, languages = read_toml(path, SchemeError)
    table = Reader(path, languages).table(data, "scheme")      # by the grammar of a subclass

What cannot be used is a FileError: it names the file and the key, says what is wrong and what to do.
"""

from records.publication.strict.errors import FileError
from records.publication.strict.folders import folders_of, read_toml, toml_files, versions_in_order
from records.publication.strict.reader import Key, Reader, may, must
from records.publication.strict.words import NO_WORDS, Words

__all__ = [
    "NO_WORDS",
    "FileError",
    "Key",
    "Reader",
    "Words",
    "folders_of",
    "may",
    "must",
    "read_toml",
    "toml_files",
    "versions_in_order",
]
