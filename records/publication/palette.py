"""The colours of the site for what is drawn on the server, from the one place where they are written down."""

import re
from functools import cache
from pathlib import Path

TOKENS = Path(__file__).resolve().parents[2] / "static" / "css" / "tokens.css"
_COLOUR = re.compile(r"--([a-z-]+): (#[0-9a-f]{3,6});")


@cache
def colours(dark: bool = False) -> dict[str, str]:
    """The colours by name: paper, card, ink, muted, line, good and so on."""
    text = TOKENS.read_text()
    light, _, rest = text.partition("prefers-color-scheme: dark")
    return dict(_COLOUR.findall(light)) | (dict(_COLOUR.findall(rest.partition("@media")[0])) if dark else {})
