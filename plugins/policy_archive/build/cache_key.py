"""What a stored result depends on besides its source: our code, the libraries under it, Python."""

import hashlib
import platform
import unicodedata
from functools import cache
from importlib import metadata
from pathlib import Path

PACKAGE = Path(__file__).parents[1]

SHOWING = ("api", "assistant", "cli", "dataset", "intake", "pages", "site", "standalone")
"""Rooms that bring captures in, or show results, and make none."""

LIBRARIES = (
    "beautifulsoup4",
    "brotli",
    "chardet",
    "ftfy",
    "idna",
    "lxml",
    "markdown-it-py",
    "mdurl",
    "msgspec",
    "numpy",
    "py3langid",
    "python-frontmatter",
    "PyYAML",
    "RapidFuzz",
    "soupsieve",
    "warcio",
    "wcwidth",
)
"""Distributions whose version may change a result."""


@cache
def code_digest(without: tuple[str, ...] = ()) -> str:
    """SHA-256 of every file of this package, its libraries' versions, and Python's.

    `without` names rooms (subpackages) to leave out. A result that was kept under another digest
    is of another program, even while that is being worked on.
    """
    found = hashlib.sha256()
    for path in sorted(PACKAGE.rglob("*")):
        inside = path.relative_to(PACKAGE)
        if inside.parts[0] in without or "__pycache__" in inside.parts or not path.is_file():
            continue
        found.update(f"{inside.as_posix()}\0".encode())
        found.update(hashlib.sha256(path.read_bytes()).digest())
    versions = [f"{name} {_version(name)}" for name in LIBRARIES]
    versions += [platform.python_version(), unicodedata.unidata_version]
    found.update("\0".join(versions).encode())
    return found.hexdigest()


def _version(distribution: str) -> str:
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return ""
