"""Our style sheets, scripts and fonts, as every site publishes them."""

import re
from pathlib import Path

from policy_archive.pages.addresses import ASSETS
from policy_archive.pages.language import ENGLISH, LOCALE, current

FOLDER = Path(__file__).parents[1] / "site/assets"
_MESSAGES = FOLDER / "modules/messages.js"
"""The catalogue of scripts: the one that lies there is English, and empty."""
_COMMENTS = re.compile(r"^[ \t]*(?://[^\n]*|/\*\*.*?\*/)\n", re.MULTILINE | re.DOTALL)
"""Comments of scripts that stand on lines of their own: a quarter of what readers would fetch."""


def paths() -> list[Path]:
    """All of them, in a fixed order."""
    return sorted(path for path in FOLDER.rglob("*") if path.is_file())


def place_of(path: Path) -> str:
    """Where one is published below a site's root."""
    return f"{ASSETS}/{path.relative_to(FOLDER).as_posix()}"


def content(path: Path) -> bytes:
    """What is published of it: of scripts all but their comments, in the language of the site."""
    if path == _MESSAGES and current() is not ENGLISH:
        path = LOCALE / f"{current().code}.js"
    if path.suffix == ".js":
        return _COMMENTS.sub("", path.read_text("utf-8")).encode()
    return path.read_bytes()
