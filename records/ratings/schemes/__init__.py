"""Rating schemes: one TOML file per scheme version, read and applied by one small engine.

To add a scheme, write one TOML file; no Python. Put it in this folder, or, for an authority's own schemes, in
the folder that the setting PLACARD_SCHEMES_DIR names. Every key is explained, with an example, in
docs/schemes.md.

A file says
  who     `key` ("uk-fhrs", the same in all versions), `domain`, `jurisdiction`, `effective_from`,
          `effective_until`, `languages`, `title`, `summary`, `source` (the law or guide, and whether its text
          was read), `scope`;
  what    `components` (the inputs, with every value that is allowed), `values` (the grades, best first),
          `statuses` (why there is no grade), `cards` (what may hang at the door), `from_source` (words as
          published);
  how     `method` (in plain words), `measures` (numbers made of components), `check` (what must hold between
          components) and `step`: the first step whose condition holds decides, by a fixed result, by bands on
          a measure (which may be capped by the worst component), or by an outcome the inspector picks;
  when    `validity`, `revisit`, `appeal`, `notify_days`, `display`, `variants` where jurisdictions differ.

A scheme belongs to one domain and its inputs come from that domain only. Facts about the past ("four happy
reports") are inputs too; `Scheme.derive` computes them from earlier visits where possible. A file with
a `policy` table is an inspection policy: it plans visits, cannot grade and is never published.

Loading is strict: an unknown key, overlapping versions, bands with a gap, a text without one of its languages
raise SchemeError with the file and the key. Try a scheme with `manage.py grade KEY --csv FILE`.
"""

from records.ratings.schemes import sql
from records.ratings.schemes.engine import InputError, Outcome
from records.ratings.schemes.history import Visit
from records.ratings.schemes.load import UnknownScheme, all_versions, get, policies, read_file, read_folders
from records.ratings.schemes.scheme import Scheme
from records.ratings.schemes.strict import SchemeError
from records.ratings.schemes.vocabulary import Card, Component, Status, Value

__all__ = [
    "Card",
    "Component",
    "InputError",
    "Outcome",
    "Scheme",
    "SchemeError",
    "Status",
    "UnknownScheme",
    "Value",
    "Visit",
    "all_versions",
    "get",
    "policies",
    "read_file",
    "read_folders",
    "sql",
]
