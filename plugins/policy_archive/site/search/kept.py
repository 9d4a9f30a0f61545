"""An index as it lies in the cache: files, with a digest of each that is looked at before use."""

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

_DIGESTS = "digests"
"""Where an index has the digest of each of its files."""


class DamagedError(ValueError):
    """What was kept is no longer as it was written."""


def seal(index: Path) -> None:
    """Add the digests to a new index."""
    files = sorted(path for path in index.rglob("*") if path.is_file())
    write(index / _DIGESTS, {path.relative_to(index).as_posix(): _of(path) for path in files})


def digests(index: Path) -> dict[str, str]:
    """Every file of an index by its place in it, with its digest.

    Raises:
        DamagedError: that cannot be told.
    """
    found: dict[str, str] = read(index / _DIGESTS)
    return found


def content(index: Path, name: str, digest: str) -> bytes:
    """A file of an index.

    Raises:
        DamagedError: it is not what `digest` is of.
    """
    try:
        data = (index / name).read_bytes()
    except OSError as error:
        raise DamagedError(str(error)) from error
    if hashlib.sha256(data).hexdigest() != digest:
        raise DamagedError(f"{index / name} has changed")
    return data


def write(path: Path, value: object) -> None:
    """Keep a value as JSON, below a line with its digest."""
    text = json.dumps(value, separators=(",", ":"))
    path.write_text(f"{hashlib.sha256(text.encode()).hexdigest()}\n{text}", "utf-8")


def read(path: Path) -> Any:
    """What was kept.

    Raises:
        DamagedError: it is not there, or has changed.
    """
    try:
        digest, _, text = path.read_text("utf-8").partition("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise DamagedError(str(error)) from error
    if hashlib.sha256(text.encode()).hexdigest() != digest:
        raise DamagedError(f"{path} has changed")
    return json.loads(text)


def remove(path: Path) -> None:
    """Take away whatever lies there.

    Raises:
        OSError: it cannot be removed.
    """
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
